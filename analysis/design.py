"""Designs of experiments: at which points of a space of parameters and levers a sweep is run.

A space is a box of described numbers, from the one table that knows each number's range; a design is points in it and
what is needed to analyse them. Samples are made in the unit cube and carried to the space: a whole number's values have
equal shares of it, a switch and a choice too.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import need

if TYPE_CHECKING:
    import pandas

CUSTOMARY = "status_quo."
"""Before the name of a lever: what is customary in the place, instead of what a mode sets."""


@dataclass(frozen=True)
class Axis:
    """One number that a design varies."""

    key: str
    """As ``--set`` knows it: ``encounter.adverse_event_rate``, ``authority``, ``status_quo.authority``."""
    low: float
    high: float
    type: str = "float"
    """``float``, ``int``, ``bool`` or ``choice``; of the last three each value is a whole number."""
    choices: tuple[str, ...] = ()
    """The names of a choice; the number of a name counts from `first`."""
    first: int = 0
    confidence: str = ""

    @property
    def whole(self) -> bool:
        return self.type != "float"

    def scaled(self, unit: np.ndarray) -> np.ndarray:
        """From the unit interval to the axis."""
        if not self.whole:
            return self.low + unit * (self.high - self.low)
        return np.minimum(np.floor(self.low + unit * (self.high - self.low + 1)), self.high)

    def number(self, value: Any) -> float:
        """A value as a number; the name of a choice becomes the number of that name."""
        if isinstance(value, str):
            if value in self.choices:
                return float(self.choices.index(value) + self.first)
            allowed = ", ".join(self.choices) or f"a number from {self.low:g} to {self.high:g}"
            raise ValueError(f"{self.key}: {value!r} is not allowed; write {allowed}")
        number = float(value)
        if not math.isfinite(number) or (self.whole and number != round(number)):
            raise ValueError(f"{self.key}: {value!r} is not {'a whole number' if self.whole else 'a finite number'}")
        return number


class Space(Mapping[str, Axis]):
    """Axes by key, in order."""

    def __init__(self, axes: Sequence[Axis]):
        self._axes = {axis.key: axis for axis in axes}
        if len(self._axes) != len(axes):
            keys = [axis.key for axis in axes]
            raise ValueError(f"{next(key for key in keys if keys.count(key) > 1)!r} is listed twice")

    def __getitem__(self, key: str) -> Axis:
        return self._axes[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._axes)

    def __len__(self) -> int:
        return len(self._axes)

    @property
    def problem(self) -> dict[str, Any]:
        """As SALib asks for it, in the unit cube."""
        return {"num_vars": len(self), "names": list(self), "bounds": [[0.0, 1.0]] * len(self)}

    def scaled(self, unit: np.ndarray) -> np.ndarray:
        """Points of the unit cube in this space; both of shape (points, keys)."""
        columns = [axis.scaled(unit[:, k]) for k, axis in enumerate(self.values())]
        return np.column_stack(columns) if columns else np.empty((len(unit), 0))

    def __repr__(self) -> str:
        inside = ", ".join(f"{axis.key} {axis.low:g} to {axis.high:g}" for axis in self.values())
        return f"Space({inside})"


def space(
    keys: Sequence[str] | Mapping[str, tuple[float, float]], place: str | os.PathLike[str] | None = None
) -> Space:
    """The box in which some numbers may lie.

    Parameters
    ----------
    keys
        Parameters, numbers of the place or levers, each over the whole range that the table allows; or a mapping from key
        to (low, high) within it.
    place
        Name or file; its own labels are the same everywhere, so it is rarely needed.

    Raises
    ------
    ValueError
        An unknown key (with the nearest name), or bounds outside the range.
    """
    known = _known(place)
    axes = []
    for key in keys:
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(key, known, n=1)
            raise ValueError(f"unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        axis = known[key]
        if isinstance(keys, Mapping):
            low, high = map(float, keys[key])
            if not (axis.low <= low <= high <= axis.high):
                raise ValueError(f"{key}: {low:g} to {high:g} is not within the range {axis.low:g} to {axis.high:g}")
            axis = Axis(key, low, high, axis.type, axis.choices, axis.first, axis.confidence)
        axes.append(axis)
    return Space(axes)


def uncertain(place: str | os.PathLike[str] | None = None, confidence: str = "C") -> Space:
    """All parameters and rates that the evidence leaves open, over their whole ranges.

    Parameters
    ----------
    confidence
        Letters of the table: A published and read, B derived, C assumed. ``"BC"`` takes both.

    Counts of parties, choices of a model and shares that have to add up to one are left out.
    """
    from parley.describe import parameters

    return Space([
        _axis(p, p.address)
        for p in parameters(place)
        if p.kind == "parameter" and p.confidence in confidence.replace("A*", "") and p.type == "float"
        and p.low < p.high and not p.name.endswith("_shares")
    ])  # fmt: skip


def _axis(parameter: Any, key: str) -> Axis:
    return Axis(key, parameter.low, parameter.high, parameter.type, tuple(parameter.choices), int(parameter.low)
                if parameter.type == "choice" else 0, parameter.confidence)  # fmt: skip


def _known(place: str | os.PathLike[str] | None = None) -> dict[str, Axis]:
    from parley.describe import parameters

    found: dict[str, Axis] = {}
    for p in parameters(place):
        found[p.address] = _axis(p, p.address)
        if p.kind == "lever":
            found[CUSTOMARY + p.address] = _axis(p, CUSTOMARY + p.address)
    return found


@dataclass(frozen=True, eq=False)
class Design:
    """Points of a space, and how they were made."""

    space: Space
    points: np.ndarray
    """Shape (points, keys), float64; a switch is 0 or 1, a choice the number of its name."""
    kind: str = "points"
    """``grid``, ``latin_hypercube``, ``triangular``, ``sobol``, ``saltelli``, ``morris``, ``tornado`` or ``points``."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the analysis needs to know: samples, levels, trajectories, seed."""

    def __post_init__(self) -> None:
        points = np.ascontiguousarray(self.points, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != len(self.space):
            raise ValueError(f"points must have the shape (points, {len(self.space)}), not {points.shape}")
        points.setflags(write=False)
        object.__setattr__(self, "points", points)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.space)

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def unit(self) -> np.ndarray:
        """The points in the unit cube, as they were sampled; shape (points, keys)."""
        return _unit_of(self)

    def to_pandas(self) -> pandas.DataFrame:
        """One row per point, one column per key; choices as names, switches as booleans."""
        pandas = need("pandas", "a design as a table")
        columns: dict[str, Any] = {}
        for k, axis in enumerate(self.space.values()):
            column = self.points[:, k]
            if axis.type == "choice":
                columns[axis.key] = [axis.choices[int(value) - axis.first] for value in column]
            elif axis.whole:
                columns[axis.key] = column.astype(bool if axis.type == "bool" else np.int64)
            else:
                columns[axis.key] = column
        return pandas.DataFrame(columns, index=pandas.RangeIndex(len(self), name="point"))

    def as_json(self) -> str:
        """How the points were made, for the file; the same design gives the same text."""
        axes = [
            {"key": a.key, "low": a.low, "high": a.high, "type": a.type, "choices": list(a.choices), "first": a.first,
             "confidence": a.confidence}
            for a in self.space.values()
        ]  # fmt: skip
        return json.dumps({"kind": self.kind, "settings": dict(self.settings), "space": axes}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str, keys: Sequence[str], points: np.ndarray) -> Design:
        """A design as it stands in a file."""
        try:
            said = json.loads(text)
            axes = [Axis(**{**axis, "choices": tuple(axis["choices"])}) for axis in said["space"]]
            made = cls(Space(axes), points, str(said["kind"]), dict(said["settings"]))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"this is not how a design is written down ({error})") from error
        if list(made.keys) != list(keys):
            raise ValueError("the keys of the design are not those of its points")
        return made

    def __repr__(self) -> str:
        return f"<parley.design {self.kind}: {len(self)} points of {', '.join(self.keys)}>"

    def _repr_html_(self) -> str:
        from html import escape

        shown = 8
        head = "".join(f"<th>{escape(key)}</th>" for key in self.keys)
        rows = "".join(
            f"<tr><th>{i}</th>" + "".join(f"<td>{value:.4g}</td>" for value in row) + "</tr>"
            for i, row in enumerate(self.points[:shown])
        )
        more = f"<p>and {len(self) - shown} more points</p>" if len(self) > shown else ""
        return f"<p>{escape(repr(self))}</p><table><tr><th>point</th>{head}</tr>{rows}</table>{more}"


# ---- designs ----------------------------------------------------------------------------------------------------------


def grid(values: Mapping[str, Sequence[Any]]) -> Design:
    """Every combination of some values, the last key varying fastest: ``grid({"authority": [0, 0.5, 1], …})``."""
    axes, columns = [], []
    for key, chosen in values.items():
        axis = space([key])[key]
        if isinstance(chosen, str) or not len(chosen):
            raise ValueError(f"{key}: a grid needs a list of values, not {chosen!r}")
        columns.append([axis.number(value) for value in chosen])
        axes.append(axis)
    points = np.array(np.meshgrid(*columns, indexing="ij")).reshape(len(columns), -1).T
    return Design(Space(axes), points, "grid", {"shape": [len(column) for column in columns]})


def latin_hypercube(over: Space, points: int, seed: int = 1) -> Design:
    """Points of which each axis has one in every slice (McKay, Beckman and Conover 1979)."""
    unit = _latin_unit(over, points, seed)
    return Design(over, over.scaled(unit), "latin_hypercube", {"points": points, "seed": seed})


def _latin_unit(over: Space, points: int, seed: int, names: Sequence[str] = ()) -> np.ndarray:
    """One point in every slice of each axis, shape (points, keys). A column is drawn by the name of its key, so that it stays
    as it is where other keys come or go; keys with one of `names` in common have one column in common."""
    _count("points", points)

    def column(name: str) -> np.ndarray:
        rng = np.random.default_rng([seed, *hashlib.sha256(name.encode()).digest()])
        return (rng.permutation(points) + rng.random(points)) / points

    return np.column_stack([column(name) for name in names or over]) if len(over) else np.empty((points, 0))


UNEVEN = 4.0
"""So many times as far up as down: then a parameter is drawn by factors instead of by steps."""
WIDE = 100.0
"""The same where the end of its range is so many times its beginning."""


def triangular(over: Space, middle: Mapping[str, float], points: int, seed: int = 1) -> Design:
    """A Latin hypercube about a place: half of each column's draws lie below the middle and half above it, the likeliest
    near it, and none beyond the range.

    Each half is one side of a triangle with its peak at the middle, so the median is the middle whatever the range; a middle
    at an end of its range has all draws on its one side. A range that begins at zero or above is drawn on the log scale (by
    factors) where the way up from the middle is more than `UNEVEN` times the way down, or where its end is at least `WIDE`
    times its beginning; one that begins at zero then reaches as many times below the middle as above it, down to middle²/high.
    Entries of one vector (``group.name.entry``) that are positive and rise in the order of the table, as damages by severity do,
    share one quantile and the scale of the first, so their order holds in every draw.

    Parameters
    ----------
    middle
        Value of each key in its own unit, for instance that of the place: the best guess, where the range says how far it may
        be off. Of a vector all entries are looked at, drawn or not.

    Raises
    ------
    ValueError
        A key has no middle, or one that is not a number.
    """
    missing = [key for key in over if key not in middle]
    if missing:
        raise ValueError(f"{missing[0]} has no middle about which it could be drawn")
    middles = {key: min(max(axis.number(middle[key]), axis.low), axis.high) for key, axis in over.items()}
    columns_of = {key: _rising_vector(key, middle) for key in over}
    unit = _latin_unit(over, points, seed, [name for name, _ in columns_of.values()])
    columns = []
    for k, (key, axis) in enumerate(over.items()):
        first = columns_of[key][1]
        if _by_factors(axis, middles[key] if first is None else first) and middles[key] > 0:
            floor = axis.low if axis.low > 0 else middles[key] ** 2 / axis.high
            column = np.exp(_split_triangle(unit[:, k], *np.log([floor, middles[key], axis.high])))
        else:
            column = _split_triangle(unit[:, k], axis.low, middles[key], axis.high)
        column = np.clip(column, axis.low, axis.high)  # the way over logarithms may miss an end by the last digit
        columns.append(np.rint(column) if axis.whole else column)
    made = np.column_stack(columns) if columns else np.empty((points, 0))
    return Design(over, made, "triangular", {"points": points, "seed": seed})


def _by_factors(axis: Axis, middle: float) -> bool:
    """Whether an axis is drawn on the log scale."""
    up, down = axis.high - middle, middle - axis.low
    return axis.low >= 0 and middle > 0 and up > 0 and (up > UNEVEN * down or axis.high >= WIDE * axis.low > 0)


def _split_triangle(unit: np.ndarray, low: float, middle: float, high: float) -> np.ndarray:
    """Quantiles of two half triangles that meet at the middle, each with half of the probability, or one with all of it."""
    below = 0.5 if low < middle < high else float(low < middle)
    under = unit < below
    down = np.sqrt(np.where(under, unit / (below or 1.0), 0.0))
    up = 1 - np.sqrt(np.where(under, 0.0, (1 - unit) / ((1 - below) or 1.0)))
    return np.where(under, low + down * (middle - low), middle + up * (high - middle))


def _rising_vector(key: str, middle: Mapping[str, float]) -> tuple[str, float | None]:
    """The vector of which a key is an entry, where its entries are positive and rise in the order of the table, and the first
    of them; else the key itself."""
    vector = key.rpartition(".")[0]
    if "." not in vector:
        return key, None
    values = [float(value) for other, value in middle.items() if other.rpartition(".")[0] == vector]
    rises = len(values) > 1 and values[0] > 0 and all(a < b for a, b in itertools.pairwise(values))
    return (vector, values[0]) if rises else (key, None)


def sobol(over: Space, points: int, seed: int = 1) -> Design:
    """A scrambled Sobol' sequence, which fills the space evenly (Owen 1998).

    Raises
    ------
    ValueError
        The number of points is not a power of two, of which the evenness depends.
    """
    exponent = _power_of_two("points", points)
    qmc = need("scipy.stats", "a Sobol' sequence").qmc
    unit = qmc.Sobol(d=len(over), scramble=True, rng=np.random.default_rng(seed)).random_base2(exponent)
    return Design(over, over.scaled(unit), "sobol", {"points": points, "seed": seed})


def saltelli(over: Space, samples: int, second_order: bool = False, seed: int = 1) -> Design:
    """Points from which Sobol' indices are estimated (Saltelli 2002): samples × (keys + 2), or × (2 keys + 2) with
    second order. ``samples`` is a power of two."""
    _power_of_two("samples", samples)
    settings = {"samples": samples, "second_order": second_order, "seed": seed}
    return _from_unit(over, "saltelli", settings)


def morris(over: Space, trajectories: int, levels: int = 4, seed: int = 1) -> Design:
    """Trajectories that change one key at a time (Morris 1991): trajectories × (keys + 1) points on a grid of levels."""
    _count("trajectories", trajectories)
    if levels < 2 or levels % 2:
        raise ValueError(f"levels must be an even number from 2 on, not {levels}")
    return _from_unit(over, "morris", {"trajectories": trajectories, "levels": levels, "seed": seed})


def tornado(over: Space, middle: Mapping[str, float]) -> Design:
    """A middle point, then for each key the point with its low and that with its high end, all else as in the middle.

    Parameters
    ----------
    middle
        Value of each key, for instance that of the place.
    """
    base = np.array([over[key].number(middle[key]) for key in over])
    rows = [base]
    for k, axis in enumerate(over.values()):
        for end in (axis.low, axis.high):
            row = base.copy()
            row[k] = end
            rows.append(row)
    return Design(over, np.array(rows), "tornado", {})


def points(table: Any, keys: Sequence[str] | None = None) -> Design:
    """Points of one's own: a pandas DataFrame, a dict of columns, or an array of shape (points, keys) with its keys."""
    if isinstance(table, np.ndarray):
        if keys is None or table.ndim != 2 or table.shape[1] != len(keys):
            raise ValueError("an array of points needs its keys, one for each column")
        columns: dict[str, Any] = {key: table[:, k] for k, key in enumerate(keys)}
    else:
        columns = {str(key): table[key] for key in (keys if keys is not None else table.keys())}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise ValueError(f"the columns of points have different lengths: {sorted(lengths)}")
    over = space(list(columns))
    rows = [[axis.number(value) for value in columns[axis.key]] for axis in over.values()]
    return Design(over, np.array(rows, dtype=np.float64).reshape(len(rows), -1).T, "points", {})


def design_of(asked: Any) -> Design:
    """What `parley.sweep` takes for a design: one as it is, a dict of lists as a grid, a table as points."""
    if isinstance(asked, Design):
        return asked
    if isinstance(asked, Mapping):
        return grid(asked)
    if hasattr(asked, "columns") and hasattr(asked, "keys"):
        return points(asked)
    raise TypeError(
        f"a design is made by parley.design, or is a dict of lists or a DataFrame of points, not {type(asked).__name__}"
    )


# ---- samples in the unit cube -----------------------------------------------------------------------------------------


def _from_unit(over: Space, kind: str, settings: dict[str, Any]) -> Design:
    return Design(over, over.scaled(_sampled(over, kind, settings)), kind, settings)


def _sampled(over: Space, kind: str, settings: Mapping[str, Any]) -> np.ndarray:
    if kind == "saltelli":
        sample = need("SALib.sample.sobol", "a design for Sobol' indices", "sweep").sample
        return sample(over.problem, settings["samples"], calc_second_order=settings["second_order"],
                      seed=settings["seed"])  # fmt: skip
    sample = need("SALib.sample.morris", "a design for Morris's method", "sweep").sample
    return sample(over.problem, settings["trajectories"], num_levels=settings["levels"], seed=settings["seed"])


def _unit_of(design: Design) -> np.ndarray:
    if design.kind in ("saltelli", "morris"):
        return _sampled(design.space, design.kind, design.settings)
    columns = []
    for k, axis in enumerate(design.space.values()):
        width = axis.high - axis.low + (1 if axis.whole else 0)
        shift = 0.5 if axis.whole else 0.0
        columns.append((design.points[:, k] - axis.low + shift) / width if width > 0 else np.full(len(design), 0.5))
    return np.column_stack(columns)


def _count(name: str, value: int) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"{name} must be a whole number from 1 on, not {value!r}")
    return value


def _power_of_two(name: str, value: int) -> int:
    exponent = _count(name, value).bit_length() - 1
    if value != 1 << exponent:
        raise ValueError(f"{name} must be a power of two, not {value}; the nearest are {1 << exponent} and "
                         f"{1 << exponent + 1}")  # fmt: skip
    return exponent
