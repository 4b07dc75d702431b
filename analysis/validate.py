"""Validation: a place under its status quo against every pattern that speaks of it, and what its file moved to get there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.measures import MEASURES, SUCCESS, totals
from parley.analysis.patterns import CALIBRATION, INPUT, VALIDATION, Pattern, of_place

if TYPE_CHECKING:
    from parley.analysis.load import Results
    from parley.progress import Listener

ENOUGH = {CALIBRATION: 0.90, VALIDATION: 0.70}
"""Share of patterns that should lie inside their bands."""
STATUS_QUO = "status_quo"


@dataclass(frozen=True)
class Row:
    """One pattern and what the place shows of it."""

    pattern: Pattern
    median: float
    low: float
    high: float
    """Quantiles 5 % and 95 % over replicates; NaN where it is not computed."""

    @property
    def computed(self) -> bool:
        return bool(np.isfinite(self.median))

    @property
    def inside(self) -> bool:
        return bool(self.pattern.low <= self.median <= self.pattern.high)

    @property
    def verdict(self) -> str:
        if self.computed:
            return "inside" if self.inside else "outside"
        return self.pattern.why_not or "nothing happened that it could be computed from"


@dataclass(frozen=True)
class Moved:
    """A number that the place's file sets otherwise than the table's default."""

    address: str
    default: Any
    value: Any
    low: float
    high: float
    confidence: str


@dataclass(frozen=True, eq=False, repr=False)
class Validation:
    """A place against its patterns."""

    place: str
    title: str
    replicates: int
    years: float
    rows: list[Row]
    moved: list[Moved]
    success: dict[str, float]
    """Success of people's mediation by each of its four denominators, %, mean over replicates."""

    def met(self, use: str) -> tuple[int, int]:
        """Patterns of that use inside their bands, and how many were computed."""
        chosen = [row for row in self.rows if row.pattern.use == use and row.computed]
        return sum(row.inside for row in chosen), len(chosen)

    def __str__(self) -> str:
        lines = [f"{self.title}: {self.replicates} replicates of {self.years:g} years under the status quo", ""]
        for use in (CALIBRATION, VALIDATION, INPUT):
            chosen = [row for row in self.rows if row.pattern.use == use]
            if not chosen:
                continue
            inside, count = self.met(use)
            lines.append(use + (f": {inside} of {count} inside their bands" if count else ""))
            for row in chosen:
                p = row.pattern
                numbers = f"{_text(row.median)} ({_text(row.low)} to {_text(row.high)})" if row.computed else "–"
                lines.append(
                    f"  {p.id:<16} {p.statement[:58]:<58} {numbers:>30}  band {_text(p.low)} to {_text(p.high)}  {row.verdict}"
                )
            lines.append("")
        lines.append(
            "success of people's mediation, %: "
            + ", ".join(f"{name} {value:.0f}" for name, value in self.success.items())
        )
        return "\n".join(lines)

    def __repr__(self) -> str:
        parts = ", ".join(f"{use} {self.met(use)[0]} of {self.met(use)[1]}" for use in (CALIBRATION, VALIDATION))
        return f"<parley.Validation {self.place}: {parts}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"

    def markdown(self) -> str:
        """The same as a page, with what the place's file moved and what does not fit."""
        lines = [f"# {self.title}: validation", "",
                 f"`parley validate {self.place} --replicates {self.replicates}`: {self.years:g} years under the status quo. "
                 "The median over replicates is judged; in brackets the interval that holds nine tenths of them.", ""]  # fmt: skip
        for use in (CALIBRATION, VALIDATION):
            inside, count = self.met(use)
            wanted = ENOUGH[use]
            lines.append(
                f"- {use}: **{inside} of {count}** inside their bands ({wanted:.0%} wanted)"
                if count
                else f"- {use}: none computed"
            )
        lines += [
            "",
            "| id | pattern | simulated | band | published | use | verdict |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        for row in self.rows:
            p = row.pattern
            numbers = f"{_text(row.median)} ({_text(row.low)} to {_text(row.high)})" if row.computed else "–"
            verdict = f"**{row.verdict}**" if row.computed and not row.inside else row.verdict
            lines.append(
                f"| {p.id} | {p.statement} | {numbers} | {_text(p.low)} to {_text(p.high)} | {p.published} | {p.use} | {verdict} |"
            )
        lines += ["", "Success of people's mediation by denominator, %: "
                  + ", ".join(f"{name} {value:.0f}" for name, value in self.success.items()) + ".", ""]  # fmt: skip
        lines += ["## What the place's file sets otherwise than the defaults", "", "| number | default | here | range | confidence |",
                  "| --- | --- | --- | --- | --- |"]  # fmt: skip
        lines += [
            f"| `{m.address}` | {_value(m.default)} | {_value(m.value)} | {m.low:g} to {m.high:g} | {m.confidence} |"
            for m in self.moved
        ]
        return "\n".join(lines) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Plain objects; what is not a number is null."""

        def number(value: float) -> float | None:
            return float(value) if np.isfinite(value) else None

        return {
            "place": self.place,
            "replicates": self.replicates,
            "years": self.years,
            "met": {use: list(self.met(use)) for use in (CALIBRATION, VALIDATION)},
            "success": {name: number(value) for name, value in self.success.items()},
            "patterns": [
                {"id": r.pattern.id, "statement": r.pattern.statement, "unit": r.pattern.unit, "use": r.pattern.use,
                 "low": r.pattern.low, "high": r.pattern.high, "published": r.pattern.published, "source": r.pattern.source,
                 "median": number(r.median), "quantiles": [number(r.low), number(r.high)], "verdict": r.verdict}
                for r in self.rows
            ],
            "moved": [{"address": m.address, "default": m.default, "value": m.value, "confidence": m.confidence} for m in self.moved],
        }  # fmt: skip

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the page."""
        path = Path(path)
        path.write_text(self.markdown(), encoding="utf-8")
        return path


def validate(
    place: str | os.PathLike[str],
    *,
    replicates: int = 20,
    years: int = 5,
    burn_in: int | None = None,
    seed: int | None = None,
    set: Any = None,
    threads: int = 0,
    progress: bool | Listener | None = None,
) -> Validation:
    """Run a place under its status quo and compare it with every pattern that speaks of it.

    Raises
    ------
    ScenarioError
        The place cannot be run.
    """
    import tempfile

    from parley import running, scenario

    study = scenario.single(place, None, years=years, burn_in=burn_in, replicates=replicates, seed=seed, set=set)
    result = running.execute(study, threads=threads, progress=progress)
    with tempfile.TemporaryDirectory() as folder:
        results = running.write(result, Path(folder) / "validation.h5")
        return judge(results, place, study.place, study.place_title)


def judge(results: Results, file: str | os.PathLike[str], place: str, title: str) -> Validation:
    """The verdicts on a result that is there already."""
    policy = results.policies[0]
    rows = []
    for pattern in of_place(place):
        values = pattern.compute(results, policy)
        defined = values[np.isfinite(values)] if values is not None else np.array([])
        quantiles: Sequence[float] = np.quantile(defined, [0.05, 0.5, 0.95]).tolist() if len(defined) else [np.nan] * 3
        rows.append(Row(pattern, quantiles[1], quantiles[0], quantiles[2]))
    sums = totals(results, policy)
    success = {}
    for measure in MEASURES.values():
        if measure.section == SUCCESS:
            found = measure.compute(sums)
            success[measure.label.strip()] = (
                float(np.nanmean(found)) if found is not None and np.isfinite(found).any() else float("nan")
            )
    return Validation(place, title, len(results.replicates), results.years, rows, moved_of(file), success)


def moved_of(place: str | os.PathLike[str]) -> list[Moved]:
    """What a place's file sets otherwise than the defaults: parameters and levers of the status quo, not its counts."""
    from parley.describe import parameters

    return [
        Moved(p.address, p.default, p.value, p.low, p.high, p.confidence)
        for p in parameters(place)
        if p.value != p.default and p.group != "place"
    ]


def _text(value: float) -> str:
    if not np.isfinite(value):
        return "–"
    if abs(value) >= 10_000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
