"""What a sweep came to: metrics over (policy, point, replicate), and every measure computed from them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import _parley
from parley.analysis.design import Design
from parley.analysis.guard import nearest
from parley.analysis.measures import MEASURES, Totals, mean_of_finite
from parley.analysis.patterns import value_of
from parley.analysis.texts import counted
from parley.errors import FileError, NoSuchName, WrongValue, need

if TYPE_CHECKING:
    import pandas
    import xarray

    from parley._parley import Study

SHOWN = ("disputes_per_10000_admissions", "success_over_accepted", "days_mean", "paid_per_agreement",
         "public_outlay_per_year", "disturbances_per_100_disputes", "trust")  # fmt: skip
"""Measures that a table shows unless others are asked for."""


WIDEST_HEAD = 14
"""Letters of a line in the head of the table."""


class SweepResults:
    """A sweep, in memory or from its file.

    Attributes
    ----------
    design : Design
        Its points and how they were made.
    policies : list of str
    replicates : int
        Of each point; the same number has the same luck at every point and under every policy.
    years : int
        Years recorded.
    path : Path or None
        The file that it was read from.
    program : str
        Version and commit of Parley that wrote the file; empty in memory.
    """

    def __init__(self, design: Design, policies: Sequence[str], replicates: int, years: int, title: str,
                 metrics: Mapping[str, np.ndarray], path: Path | None = None, study: Study | None = None, program: str = ""):  # fmt: skip
        self.program = program
        self.design, self.policies, self.replicates, self.years = design, list(policies), replicates, years
        self.title, self.path = title, path
        self._metrics = metrics
        self._study = study

    @classmethod
    def in_memory(cls, study: Study, design: Design, values: np.ndarray, path: Path | None = None) -> SweepResults:
        """From values over (run, mode, number), points first; `path` where they have been written."""
        shaped = values.reshape(len(design), study.replicates, len(study.modes), -1)
        metrics = {name: shaped[..., k].transpose(2, 0, 1) for k, name in enumerate(_parley.summary_names)}
        return cls(design, study.modes, study.replicates, study.years, study.title, metrics, path, study)

    @classmethod
    def from_file(cls, path: Path, file: Any) -> SweepResults:
        """From an open file of a sweep, which has been looked over."""
        from parley.analysis.load import _dataset, _group, _texts, plain

        def text(where: Any, name: str) -> str:
            return str(plain(_dataset(where, name)[()]))

        group, provenance = _group(file, "design"), _group(file, "provenance")
        policies, replicates = _texts(file, "policy"), len(_dataset(file, "replicate"))
        values = np.asarray(_dataset(group, "value")[...], dtype=np.float64)
        try:
            design = Design.from_json(text(group, "method"), _texts(group, "key"), values)
        except ValueError as error:
            raise FileError(f"{path}: /design is damaged: {error}") from error
        shape = (len(policies), len(design), replicates)
        metrics: dict[str, np.ndarray] = {}
        for name in _parley.summary_names:
            if name in file:
                data = _dataset(file, name)
                if data.shape != shape:
                    raise FileError(f"{path}: /{name} has the shape {data.shape}; its axes have the lengths {shape}")
                metrics[name] = data[...]
        study = _parley.study_of_text(text(provenance, "scenario"))
        return cls(design, policies, replicates, int(_dataset(provenance, "years")[()]),
                   str(plain(file.attrs.get("title", path.stem))), metrics, path, study,
                   text(_group(provenance, "run"), "program"))  # fmt: skip

    def answers(self, study: Study, design: Design, program: str) -> bool:
        """Whether it is what this version of Parley makes of these points of this study."""
        return (self._study is not None and self._study.text() == study.text() and self.program == program
                and list(self.design.keys) == list(design.keys) and self.design.as_json() == design.as_json()
                and np.array_equal(self.design.points, design.points))  # fmt: skip

    # ---- numbers ----------------------------------------------------------------------------------------------------

    @property
    def shape(self) -> tuple[int, int, int]:
        """Policies, points, replicates."""
        return len(self.policies), len(self.design), self.replicates

    @property
    def metric_names(self) -> list[str]:
        return list(self._metrics)

    def metric(self, name: str) -> np.ndarray:
        """One metric over (policy, point, replicate): added up over time and places; of a stock the last year's mean."""
        if name not in self._metrics:
            raise NoSuchName(f"the sweep has no metric {name!r}{nearest(name, list(self._metrics))}")
        return self._metrics[name]

    @cached_property
    def _totals(self) -> Totals:
        sums = {name: np.asarray(values, dtype=np.float64) for name, values in self._metrics.items()}
        population = float(self._study.population) if self._study is not None else float("nan")
        return Totals(sums, float(self.years), population, sums["trust"], sums["days_median"])

    def measure(self, name: str, policy: str | None = None) -> np.ndarray:
        """A measure of the answer's table, a pattern, a metric or a component of welfare, over (policy, point, replicate).

        Parameters
        ----------
        policy
            One policy alone; then over (point, replicate).
        """
        from parley.analysis.welfare import COMPONENTS  # which needs this module

        found = value_of(name, self._totals)
        if found is not None:
            values = np.broadcast_to(np.asarray(found, dtype=np.float64), self.shape)
        elif name in self._metrics:
            values = np.asarray(self._metrics[name], dtype=np.float64)
        elif name in COMPONENTS and set(self._metrics).issuperset(COMPONENTS[name].metrics):
            values = COMPONENTS[name].compute(self._totals)
        else:
            raise NoSuchName(f"there is no measure {name!r}{nearest(name, [*MEASURES, *self._metrics, *COMPONENTS])}")
        return values if policy is None else values[self._position(policy)]

    def difference(self, name: str, policy: str, baseline: str) -> np.ndarray:
        """Policy minus baseline on the same point and luck, over (point, replicate)."""
        return self.measure(name, policy) - self.measure(name, baseline)

    def _position(self, policy: str) -> int:
        if policy not in self.policies:
            raise NoSuchName(f"the sweep has no policy {policy!r}{nearest(policy, self.policies)}")
        return self.policies.index(policy)

    def to_pandas(self, measures: str | Sequence[str] | None = None) -> pandas.DataFrame:
        """One row per policy, point and replicate: the point's values, then measures (all of them unless some are named)."""
        pandas = need("pandas", "a sweep as a table")
        names = _names(measures)
        index = pandas.MultiIndex.from_product(
            [self.policies, range(len(self.design)), range(self.replicates)], names=["policy", "point", "replicate"]
        )
        of_points = self.design.to_pandas().iloc[index.get_level_values("point").to_numpy()].reset_index(drop=True)
        of_points.index = index
        columns = {name: self.measure(name).reshape(-1) for name in names}
        return pandas.concat([of_points, pandas.DataFrame(columns, index=index)], axis=1)

    def to_xarray(self, measures: str | Sequence[str] | None = None) -> xarray.Dataset:
        """Measures over (policy, point, replicate), the values of the points as coordinates of ``point``."""
        xarray = need("xarray", "a sweep as a Dataset")
        axes = ("policy", "point", "replicate")
        names = _names(measures)
        variables = {
            name: (axes, self.measure(name), {"long_name": MEASURES[name].definition, "units": MEASURES[name].unit}
                   if name in MEASURES else {})
            for name in names
        }  # fmt: skip
        table = self.design.to_pandas()
        coordinates = {"policy": self.policies, "point": np.arange(len(self.design)),
                       "replicate": np.arange(self.replicates)}  # fmt: skip
        coordinates |= {key: ("point", table[key].to_numpy()) for key in self.design.keys}
        return xarray.Dataset(variables, coordinates, {"title": self.title})

    # ---- what follows from them ---------------------------------------------------------------------------------------

    def sensitivity(self, measure: str, method: str | None = None, policy: str | None = None,
                    baseline: str | None = None, **settings: Any) -> Any:  # fmt: skip
        """Which numbers of the design a measure depends on, with intervals.

        Parameters
        ----------
        method
            ``morris``, ``sobol``, ``pawn``, ``delta`` or ``tornado``; what the design was made for where none is given.
        policy
            The only one of the sweep where none is given.
        baseline
            Then of the difference between the two.
        """
        from parley.analysis import sensitivity

        chosen = method or {"saltelli": "sobol", "morris": "morris", "tornado": "tornado"}.get(self.design.kind, "pawn")
        if chosen not in sensitivity.METHODS:
            raise WrongValue(f"method must be one of {', '.join(sensitivity.METHODS)}, not {chosen!r}")
        name = policy or self._only_policy()
        values = self.measure(measure, name) if baseline is None else self.difference(measure, name, baseline)
        return sensitivity.METHODS[chosen](self.design, values, **settings)

    def variance_split(self, measure: str, **settings: Any) -> Any:
        """How much of a measure's variance comes from policy, parameters and chance, and from their interplay."""
        from parley.analysis.sensitivity import variance_split

        return variance_split(self.measure(measure), **settings)

    def _only_policy(self) -> str:
        if len(self.policies) > 1:
            raise WrongValue(f"name a policy; the sweep has {', '.join(self.policies)}")
        return self.policies[0]

    # ---- files and looks ----------------------------------------------------------------------------------------------

    def write(self, path: str | os.PathLike[str], force: bool = False) -> SweepResults:
        """Write one HDF5 file, whole or not at all, and open it."""
        from parley.analysis.load import open
        from parley.running import program

        assert self._study is not None
        values = np.stack([np.asarray(self._metrics[name], dtype=np.float64) for name in _parley.summary_names], -1)
        _parley.write_sweep(os.fspath(path), self._study, list(self.design.keys), self.design.points,
                            self.design.as_json(), values.transpose(1, 2, 0, 3), program(), force)  # fmt: skip
        opened = open(path)
        assert isinstance(opened, SweepResults)
        return opened

    @cached_property
    def digest(self) -> str:
        """The digest of the file: the same whoever ran the sweep."""
        if self.path is None:
            raise WrongValue("the sweep is in memory; write() it first")
        return _parley.digest_file(str(self.path))

    def table(self, measures: Sequence[str] = SHOWN, most: int = 20) -> str:
        """Means over replicates, point by point, as text for a terminal.

        Parameters
        ----------
        measures
            Names of measures or metrics.
        most
            Points of each policy that are shown.
        """
        number = min(len(self.design), most)
        columns: list[tuple[list[str], list[str]]] = []  # lines of the head, then a cell for each row
        if len(self.policies) > 1:
            columns.append((["policy"], [policy for policy in self.policies for _ in range(number)]))
        for k, key in enumerate(self.design.keys):
            cells = [f"{value:.6g}" for value in self.design.points[:number, k]] * len(self.policies)
            columns.append((_head(key.replace(".", ".\a").replace("_", "_\a")), cells))
        columns += [self._column(name, number) for name in measures]
        tallest = max(len(head) for head, _ in columns)
        only = f"{self.policies[0]} · " if len(self.policies) == 1 else ""
        lines = [f"{self.title} · {only}{self._extent()}", ""]
        widths = [max(map(len, [*head, *cells])) for head, cells in columns]
        rows = [[([""] * (tallest - len(head)) + head)[line] for head, _ in columns] for line in range(tallest)]
        rows += [list(row) for row in zip(*(cells for _, cells in columns), strict=True)]
        for position, row in enumerate(rows):
            if position > tallest and len(self.policies) > 1 and (position - tallest) % number == 0:
                lines.append("")
            lines.append("  ".join(cell.rjust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip())
        lines.append("")
        if len(self.design) > most:
            lines.append(f"… and {len(self.design) - most} more points; to_pandas() has them all.")
        lines.append(f"Means over {counted(self.replicates, 'replicate')} of each point.")
        shown = [cell for _, cells in columns for cell in cells]
        if "–" in shown:
            lines.append("– nothing to divide by in any replicate, such as agreements where no case was accepted")
        if any(cell.endswith("*") for cell in shown):
            lines.append("* some replicates had nothing to divide by and are left out of this number")
        return "\n".join(lines)

    def _extent(self) -> str:
        """Points, years and replicates in words."""
        return (f"{counted(len(self.design), 'point')} ({self.design.kind.replace('_', ' ')}), "
                f"{counted(self.years, 'year')}, {counted(self.replicates, 'replicate')} each")  # fmt: skip

    def _column(self, name: str, number: int) -> tuple[list[str], list[str]]:
        """Head and cells of one measure: one scale and so many decimals for all of its rows."""
        from parley.analysis.table import MILLION, decimals_for, row_label, show

        values = self.measure(name)[:, :number]
        means = mean_of_finite(values.reshape(-1, values.shape[-1]))
        left_out = ~np.isfinite(values).all(axis=-1).reshape(-1)
        measure = MEASURES.get(name)
        label, scale = name.replace("_", " "), 1.0
        if measure is not None:
            unit = measure.unit
            large = np.nanmax(np.abs(means), initial=0.0) >= MILLION
            if unit.startswith("yuan") and large:
                scale, unit = MILLION, unit.replace("yuan", "million yuan", 1)
            label = row_label(measure, unit).strip()
            if measure.label.startswith("  "):
                label += f", {unit}"
        decimals = decimals_for(list(means / scale), [])
        cells = ["–" if not np.isfinite(mean) else show(mean / scale, decimals) + ("*" if gap else "")
                 for mean, gap in zip(means, left_out, strict=True)]  # fmt: skip
        return _head(label), cells

    def __repr__(self) -> str:
        where = f" {self.path}" if self.path else ""
        return (f"<parley.SweepResults{where}: {len(self.design)} points of {', '.join(self.design.keys)} × "
                f"{self.replicates} replicates; {', '.join(self.policies)}>")  # fmt: skip

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(repr(self))}</p><pre>{escape(self.table(most=8))}</pre>"


def _names(measures: str | Sequence[str] | None) -> list[str]:
    """One measure or several; all of them where none is named."""
    if measures is None:
        return [*MEASURES]
    return [measures] if isinstance(measures, str) else list(measures)


def _head(text: str) -> list[str]:
    """A head in lines short enough for a column of numbers; may break after a ``\\a``."""
    lines: list[str] = []
    for word in text.replace(" ", " \a").split("\a"):
        if lines and len(lines[-1] + word.rstrip()) <= WIDEST_HEAD:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.rstrip() for line in lines]
