"""What can go wrong, by whose hand it can be mended: your scenario, your file, our bug."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class ParleyError(Exception):
    """Everything that Parley raises on purpose."""


@dataclass(frozen=True)
class Fault:
    """One fault in something that a user wrote, with the place where it stands."""

    file: str
    """Path as it was given, or ``--set`` for a setting."""
    line: int
    """From 1; 0 where there is no line."""
    column: int
    """From 1; 0 where there is no column."""
    key: str
    """Dotted key, for instance ``parameters.harm.severity_shares``."""
    message: str
    """What is wrong, the value, what is allowed, the nearest name."""

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f":{self.line}:{self.column}"
        return ": ".join(part for part in (where, self.key, self.message) if part)


class ScenarioError(ParleyError):
    """A scenario that cannot be run. ``faults`` holds every fault found, not only the first."""

    def __init__(self, message: str, faults: list[Fault] | tuple[Fault, ...] = ()):
        super().__init__(message)
        self.faults: list[Fault] = list(faults)

    def __reduce__(self):
        return type(self), (str(self), self.faults)


class WrongValue(ParleyError, ValueError):
    """An argument of a function has a value that it cannot have."""


class WrongType(ParleyError, TypeError):
    """An argument of a function is of another kind than what is needed."""


class NoSuchName(ParleyError, KeyError):
    """Something was asked for by a name that is not there; the text has the nearest."""

    __str__ = Exception.__str__  # KeyError puts its text between quotation marks


class FileError(ParleyError):
    """A file that cannot be read or written: missing, no permission, disk full, damaged, not Parley's."""


class WorkerLost(ParleyError):
    """Workers of a sweep were lost (killed, out of memory, their machine gone) and nothing made new ones."""


class BrokenLaw(ParleyError):
    """A law of the simulator does not hold (money, stages, ceilings). Always our bug: please report it."""


class MissingExtra(ParleyError, ImportError):
    """A package is needed that the core of Parley does not need; the text says how to install it."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C ended a run. ``result`` holds the replicates that were finished; it can be written and analysed."""

    def __init__(self, message: str, result: Any = None):
        super().__init__(message)
        self.result = result


def _scenario_error(message: str, rows: list[tuple[str, int, int, str, str]]) -> ScenarioError:
    """How the C++ module builds its exception."""
    return ScenarioError(message, [Fault(*row) for row in rows])


def whole(name: str, value: Any, low: int, high: int) -> int:
    """An argument as a whole number.

    Raises
    ------
    WrongType
        It is none.
    WrongValue
        It is outside what is allowed.
    """
    from operator import index

    try:
        number = index(value)
    except TypeError:
        raise WrongType(f"{name} must be a whole number, not {value!r}") from None
    if isinstance(value, bool):
        raise WrongType(f"{name} must be a whole number, not {value!r}")
    if not low <= number <= high:
        raise WrongValue(f"{name} must be a whole number from {low} to {high}, not {number}")
    return number


def listed(name: str, value: Any, allowed: str) -> list[Any]:
    """An argument as a list, or WrongType."""
    try:
        return list(value)
    except TypeError:
        raise WrongType(f"{name} must be {allowed}, not {value!r}") from None


def need(module: str, purpose: str, extra: str = "analysis"):
    """Import an optional package, or say in one sentence what it is for and how to get it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.split(".")[0]
        raise MissingExtra(
            f"{purpose} needs the package {name}, which is not installed: pip install 'parley[{extra}]'"
        ) from error
