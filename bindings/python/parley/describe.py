"""Every parameter and lever as Python sees it, made from the one description in the simulator; nothing is typed twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from parley import _parley
from parley.scenario import search_path

LEVERS = "levers"
"""The group of numbers that have no group: the levers of the status quo."""


@dataclass(frozen=True)
class Parameter:
    """One number that a scenario may set."""

    kind: str
    """``parameter`` (numbers of the place included) or ``lever``."""
    group: str
    name: str
    label: str
    """Element of an array; empty for a single number."""
    address: str
    """The key by which ``--set`` and scenario files know it."""
    symbol: str
    unit: str
    low: float
    high: float
    meaning: str
    source: str
    confidence: str
    """A published and read, A* from memory, B derived, C assumed."""
    type: str
    """``float``, ``int``, ``bool`` or ``choice``."""
    choices: list[str]
    """The names of which a choice is one; empty for numbers."""
    default: float | int | bool | str
    value: float | int | bool | str
    """In the place that was asked about; the default where none was."""

    def sentence(self) -> str:
        """Symbol, unit, range, meaning, source: what a docstring says."""
        unit = "" if self.unit in ("1", "") or self.type == "bool" else f" {self.unit}"
        return f"{self.symbol}: {self.meaning}; {self.span()}{unit}; {self.source} ({self.confidence})."

    def span(self, between: str = " to ") -> str:
        """What a scenario may write, without the unit."""
        if self.type == "bool":
            return "true or false"
        return ", ".join(self.choices) or f"{self.low:g}{between}{self.high:g}"


def parameters(place: str | os.PathLike[str] | None = None) -> list[Parameter]:
    """Every parameter, number of the place and lever, with its default and its value in a place.

    Parameters
    ----------
    place
        Name or file of a place; defaults alone where it is not given.
    """
    rows = _parley.describe_place(os.fspath(place), search_path()) if place else _parley.describe_defaults()
    return [Parameter(**row) for row in rows]


class Group:
    """Parameters of one mechanism or instrument. Read only: a study is asked for with other values by ``set=``."""

    _values: dict[str, Any]

    def __init__(self, values: dict[str, Any]):
        object.__setattr__(self, "_values", values)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{name} is read only; ask for another value with parley.study(..., set={{...}})")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._values]

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={_plain(value)}" for name, value in self._values.items())
        return f"{type(self).__name__}({inside})"


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, MappingProxyType) else value


def _reader(name: str, text: str | None) -> property:
    def value(group: Group) -> Any:
        return group._values[name]

    return property(value, doc=text)


def _class_of(group: str, members: list[Parameter]) -> type[Group]:
    """A class with a documented property for each name; an array is a mapping from label to number."""
    by_name: dict[str, list[Parameter]] = {}
    for member in members:
        by_name.setdefault(member.name, []).append(member)
    body: dict[str, Any] = {"__doc__": f"{group}: {len(by_name)} parameters.\n\n" + "\n".join(
        f"{name}\n    {found[0].sentence()}" for name, found in by_name.items()
    ), "__module__": __name__}  # fmt: skip
    for name, found in by_name.items():
        text = found[0].sentence()
        if found[0].label:
            text += " One number for each of " + ", ".join(member.label for member in found) + "."
        body[name] = _reader(name, text)
    return type("".join(part.capitalize() for part in group.split("_")), (Group,), body)


def groups_of(rows: list[dict[str, Any]]) -> Any:
    """All groups of a description, as attributes of one object."""
    members: dict[str, list[Parameter]] = {}
    for row in rows:
        parameter = Parameter(**row)
        members.setdefault(parameter.group or LEVERS, []).append(parameter)
    made = {}
    for group, found in members.items():
        values: dict[str, Any] = {}
        for parameter in found:
            if parameter.label:
                values.setdefault(parameter.name, {})[parameter.label] = parameter.value
            else:
                values[parameter.name] = parameter.value
        values = {name: MappingProxyType(v) if isinstance(v, dict) else v for name, v in values.items()}
        made[group] = _class_of(group, found)(values)
    body: dict[str, Any] = {name: _reader(name, type(v).__doc__) for name, v in made.items()}
    body |= {"__doc__": "Parameters by group.", "__module__": __name__}
    return type("Parameters", (Group,), body)(made)


def groups(place: str | os.PathLike[str] | None = None) -> Any:
    """The same by group: ``parley.groups("chongqing").encounter.adverse_event_rate``; ``help()`` explains each."""
    if place:
        return groups_of(_parley.describe_place(os.fspath(place), search_path()))
    return groups_of(_parley.describe_defaults())
