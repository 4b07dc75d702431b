"""Validation: a place under its status quo against every pattern that speaks of it, and what its file moved to get there.

Where a pattern needs it, the place is also run without a lever or with other parameters, or a study of the place is. What the
place's file sets is read back and shown, but is no pattern met.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.dispute_table import NotRecorded
from parley.analysis.measures import MEASURES, SUCCESS, totals
from parley.analysis.patterns import CALIBRATION, INPUT, NATION, VALIDATION, Needs, Pattern, no_figure, of_place
from parley.analysis.texts import counted, write_page, years_text

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.load import Results
    from parley.analysis.sweep_results import SweepResults
    from parley.progress import Listener

ENOUGH = {CALIBRATION: 0.90, VALIDATION: 0.70}
"""Share of patterns that should lie inside their bands: of those used for calibration, and of those held back that are independent."""
STATUS_QUO, WITHOUT = "status_quo", "without"
PRINTED_BESIDE = NATION
"""Places whose values were set by hand, after the search, with most of what is held back printed beside the rest (their files say so)."""
NOT_BLIND = (
    "What is held back was in no loss that was searched, but most of it was printed beside the rest while values of this place were "
    "set by hand: that it lies inside is less of a proof than it would be of figures that nobody saw."
)
NO_INDEPENDENT = "none: every pattern of this place was aimed at, put in, or follows from such ones, so none of them speaks for the model"
HELD_BACK = {CALIBRATION: "used for calibration", VALIDATION: "held back", INPUT: "put in"}


@dataclass(frozen=True)
class Row:
    """One pattern and what the place shows of it."""

    pattern: Pattern
    median: float
    low: float
    high: float
    """Quantiles 5 % and 95 % over replicates; NaN where it is not computed."""
    why_not: str = ""
    """Why it is not computed."""

    @property
    def computed(self) -> bool:
        return bool(np.isfinite(self.median))

    @property
    def inside(self) -> bool:
        return bool(self.pattern.low <= self.median <= self.pattern.high)

    @property
    def verdict(self) -> str:
        if self.computed:
            if self.pattern.use == INPUT:
                return "put in" if self.inside else "not what was put in"
            return "inside" if self.inside else "outside"
        return self.why_not or "nothing happened that it could be computed from"

    @property
    def numbers(self) -> str:
        """Median and the interval that holds nine tenths of the replicates."""
        return f"{_text(self.median)} ({_text(self.low)} to {_text(self.high)})" if self.computed else "–"

    @property
    def miss(self) -> str:
        """How it misses its band, and what is known to bear on that; empty where it does not."""
        if not self.computed or self.inside:
            return ""
        p = self.pattern
        side, end = ("below", p.low) if self.median < p.low else ("above", p.high)
        reached = " (the interval reaches the band)" if self.low <= p.high and self.high >= p.low else ""
        return f"{_text(self.median)} is {side} {_text(end)}{reached}" + (f"; {p.remark}" if p.remark else "")


@dataclass(frozen=True)
class Moved:
    """A number that the place's file sets otherwise than the table's default."""

    address: str
    default: Any
    value: Any
    low: float
    high: float
    confidence: str
    """How sure the default is; of the value here the file speaks."""
    kind: str = "parameter"
    """``parameter`` or ``lever``."""

    @property
    def at_end(self) -> bool:
        """Whether a parameter lies at an end of its range, where a search would have gone on."""
        return self.kind == "parameter" and not isinstance(self.value, str) and self.value in (self.low, self.high)

    @property
    def sure(self) -> str:
        """A parameter that was set to fit is C, whatever its default rests on; of a lever the place's file says where it comes from."""
        return f"{'C' if self.kind == 'parameter' else 'see the file'} here; default {self.confidence}"


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
    command: str = ""
    """What was asked, as it is typed; empty where a file was judged."""
    digest: str = ""
    """Of the run under the status quo; what patterns need beside it is told by the same command."""

    def met(self, use: str) -> tuple[int, int]:
        """Patterns of that use inside their bands, and how many were computed; of what was put in, how much is there."""
        chosen = [row for row in self._of(use) if row.computed]
        return sum(row.inside for row in chosen), len(chosen)

    def _of(self, use: str) -> list[Row]:
        return [row for row in self.rows if row.pattern.use == use]

    @property
    def at_end(self) -> list[Moved]:
        """Parameters that the place's file sets to an end of their range."""
        return [one for one in self.moved if one.at_end]

    @property
    def not_computed(self) -> list[Row]:
        return [row for row in self.rows if not row.computed]

    @property
    def independent(self) -> list[Row]:
        """The patterns that speak for the model where they are met: held back, and no consequence of what was put in."""
        return [row for row in self.rows if row.pattern.independent]

    @property
    def misses(self) -> list[Row]:
        return [row for row in self.rows if row.miss]

    def _notes(self) -> list[str]:
        """What bears on the counts."""
        notes = []
        if self.not_computed:
            notes.append(
                "Not computed, and in no count: "
                + "; ".join(f"{r.pattern.id} ({r.verdict})" for r in self.not_computed)
                + "."
            )
        if self.place in PRINTED_BESIDE and self._of(VALIDATION):
            notes.append(NOT_BLIND)
        return notes

    def _ends(self) -> str:
        if not self.at_end:
            return "No parameter lies at an end of its range."
        names = ", ".join(f"`{one.address}`" for one in self.at_end)
        lie = "One parameter lies" if len(self.at_end) == 1 else f"{len(self.at_end)} parameters lie"
        return f"{lie} at an end of the range: {names}."

    def __str__(self) -> str:
        lines = [
            f"{self.title}: {counted(self.replicates, 'replicate')} of {years_text(self.years)} under the status quo",
            "",
        ]
        if not self.rows:
            lines += [no_figure(self.title), ""]
        for use in (CALIBRATION, VALIDATION, INPUT):
            chosen = self._of(use)
            if not chosen:
                continue
            inside, count = self.met(use)
            told = f", {inside} of {count} inside their bands" if count else ", none computed"
            lines.append(f"{use}: {HELD_BACK[use]}" + (told if use != INPUT else ", no pattern met"))
            for row in chosen:
                p = row.pattern
                lines.append(f"  {p.id:<18} {p.statement[:58]:<58} {row.numbers:>30}  band {_band(p)}  {row.verdict}")
            lines.append("")
        if self.rows:
            lines += [
                f"independent: {_summary(self.independent)}",
                "",
                *(line for note in self._notes() for line in (note, "")),
            ]
        if self.misses:
            lines += ["what does not fit", *(f"  {row.pattern.id:<18} {row.miss}" for row in self.misses), ""]
        if self.moved:
            lines += ["what the place's file sets otherwise than the defaults",
                      *(f"  {m.address:<44} {_value(m.default)} → {_value(m.value)} ({m.sure})" for m in self.moved), "",
                      self._ends().replace("`", ""), ""]  # fmt: skip
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
                 f"{counted(self.replicates, 'replicate')} of {years_text(self.years)} under the status quo. "
                 "The median over replicates is judged; in brackets the interval that holds nine tenths of them.", ""]  # fmt: skip
        lines += self._counted() if self.rows else [no_figure(self.title)]
        lines += ["", "Success of people's mediation by denominator, %: "
                  + ", ".join(f"{name} {value:.0f}" for name, value in self.success.items()) + ".", ""]  # fmt: skip
        if self.misses:
            lines += ["## What does not fit", "", *(f"- {r.pattern.id}, {r.pattern.statement}: {r.miss}" for r in self.misses), ""]  # fmt: skip
        lines += ["## What the place's file sets otherwise than the defaults", "", self._ends() + " A parameter that a place's file sets is assumed or "
                  "fitted (C), however sure its default is, unless the file says more; where levers come from, it says.", "",
                  "| number | default | here | range | how sure |", "| --- | --- | --- | --- | --- |"]  # fmt: skip
        lines += [
            f"| `{m.address}` | {_value(m.default)} | {_value(m.value)} | {m.low:g} to {m.high:g} | {m.sure} |"
            for m in self.moved
        ]
        made = f"`{self.command}`" if self.command else "judged from a file of results"
        lines += [
            "",
            "## How it was made",
            "",
            made + (f"; digest of the run {self.digest[:16]}…." if self.digest else "."),
        ]
        return "\n".join(lines) + "\n"

    def _counted(self) -> list[str]:
        """Counts and table of the patterns."""
        lines = []
        for use, wanted in ((CALIBRATION, f" ({ENOUGH[CALIBRATION]:.0%} wanted)"), (VALIDATION, "")):
            inside, count = self.met(use)
            lines.append(
                f"- {use}: **{inside} of {count}** inside their bands{wanted}" if count else f"- {use}: none computed"
            )
        lines += [
            f"- independent of what was put in or aimed at ({ENOUGH[VALIDATION]:.0%} wanted): {_summary(self.independent)}",
            "",
            *(line for note in self._notes() for line in (note, "")),
            "| id | pattern | simulated | band | published | use | verdict |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        for row in self.rows:
            p = row.pattern
            verdict = f"**{row.verdict}**" if row.miss else row.verdict
            use = f"{HELD_BACK[p.use]}; leans on {p.leans_on}" if p.leans_on else HELD_BACK[p.use]
            lines.append(f"| {p.id} | {p.statement} | {row.numbers} | {_band(p)} | {p.published} | {use} | {verdict} |")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain objects; what is not a number is null."""

        def number(value: float) -> float | None:
            return float(value) if np.isfinite(value) else None

        return {
            "place": self.place,
            "replicates": self.replicates,
            "years": self.years,
            "command": self.command,
            "digest": self.digest,
            "not_computed": [row.pattern.id for row in self.not_computed],
            "at_end": [one.address for one in self.at_end],
            "met": {use: list(self.met(use)) for use in (CALIBRATION, VALIDATION)},
            "success": {name: number(value) for name, value in self.success.items()},
            "patterns": [
                {"id": r.pattern.id, "statement": r.pattern.statement, "unit": r.pattern.unit, "use": r.pattern.use,
                 "independent": r.pattern.independent, "leans_on": r.pattern.leans_on, "miss": r.miss,
                 "low": number(r.pattern.low), "high": number(r.pattern.high), "published": r.pattern.published, "source": r.pattern.source,
                 "median": number(r.median), "quantiles": [number(r.low), number(r.high)], "verdict": r.verdict}
                for r in self.rows
            ],
            "moved": [{"address": m.address, "default": m.default, "value": m.value, "confidence": m.confidence, "sure": m.sure} for m in self.moved],
        }  # fmt: skip

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the page."""
        return write_page(path, self.markdown())


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

    Patterns that need more are given it: the same place without a lever, with other parameters, or a study of it (as long as the study says, with as many
    replicates). A study names its own place, so one is run where that is the place asked for.

    Raises
    ------
    ScenarioError
        The place, or a study that a pattern needs, cannot be run.
    """
    import tempfile

    from parley import running, scenario, sweeping
    from parley.analysis import design

    study = scenario.single(place, None, years=years, burn_in=burn_in, replicates=replicates, seed=seed, set=set)
    patterns = of_place(study.place)
    record = "full" if any(pattern.record == "full" for pattern in patterns) else "cases"
    with tempfile.TemporaryDirectory() as folder:

        def run(what: Study, record: str, name: str) -> Results:
            result = running.execute(what, threads=threads, record=record, panel=0, progress=progress)
            return running.write(result, Path(folder) / f"{name}.h5")

        others: dict[Needs, Results | SweepResults] = {}
        for needs in {pattern.needs: None for pattern in patterns if pattern.needs}:
            if needs is None:
                continue
            if needs.points:
                table = {name: [dict(point)[name] for point in needs.points] for name, _ in needs.points[0]}
                others[needs] = sweeping.sweep(study, design.points(table), threads=threads, progress=progress)
                continue
            if needs.study:
                what = scenario.study(needs.study, modes=needs.policies, replicates=replicates, seed=seed, set=set)
                if what.place != study.place:
                    continue
            else:
                what = study.with_policies([(STATUS_QUO, {}), (WITHOUT, dict(needs.without))])
            others[needs] = run(what, "metrics", f"other_{len(others)}")
        command = _command(place, replicates, years, burn_in, seed, scenario.settings(set))
        return judge(run(study, record, "validation"), place, study.place, study.place_title, others, command)


def _command(
    place: str | os.PathLike[str],
    replicates: int,
    years: int,
    burn_in: int | None,
    seed: int | None,
    settings: Sequence[str],
) -> str:
    """The command that asks for the same."""
    words = ["parley", "validate", os.fspath(place), "--replicates", str(replicates), "--years", str(years)]
    for option, value in (("--burn-in", burn_in), ("--seed", seed)):
        if value is not None:
            words += [option, str(value)]
    for setting in settings:
        words += ["--set", setting]
    return shlex.join(words)


def judge(
    results: Results,
    file: str | os.PathLike[str],
    place: str,
    title: str,
    others: Mapping[Needs, Results | SweepResults] | None = None,
    command: str = "",
) -> Validation:
    """The verdicts on a result that is there already, and on those of what patterns need beside it."""
    rows = [_row(pattern, results, others or {}) for pattern in of_place(place)]
    policy = results.policies[0]
    sums = totals(results, policy)
    success = {}
    for measure in MEASURES.values():
        if measure.section == SUCCESS:
            found = measure.compute(sums)
            success[measure.label.strip()] = (
                float(np.nanmean(found)) if found is not None and np.isfinite(found).any() else float("nan")
            )
    return Validation(
        place, title, len(results.replicates), results.years, rows, moved_of(file), success, command, results.digest
    )


def _row(pattern: Pattern, results: Results, others: Mapping[Needs, Results | SweepResults]) -> Row:
    if pattern.needs is not None and pattern.needs not in others:
        return Row(pattern, np.nan, np.nan, np.nan, f"needs {pattern.needs}")
    found = results if pattern.needs is None else others[pattern.needs]
    try:
        values = pattern.compute(found, found.policies[0])
    except NotRecorded as error:
        return Row(pattern, np.nan, np.nan, np.nan, f"not recorded: {error}")
    defined = values[np.isfinite(values)] if values is not None else np.array([])
    quantiles: Sequence[float] = np.quantile(defined, [0.05, 0.5, 0.95]).tolist() if len(defined) else [np.nan] * 3
    return Row(pattern, quantiles[1], quantiles[0], quantiles[2])


def moved_of(place: str | os.PathLike[str]) -> list[Moved]:
    """What a place's file sets otherwise than the defaults: parameters and levers of the status quo, not its counts."""
    from parley.describe import parameters

    return [
        Moved(p.address, p.default, p.value, p.low, p.high, p.confidence, p.kind)
        for p in parameters(place)
        if p.value != p.default and p.group != "place"
    ]


def _text(value: float) -> str:
    if not np.isfinite(value):
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _band(pattern: Pattern) -> str:
    if not np.isfinite(pattern.high):
        return f"{_text(pattern.low)} or more"
    return f"{_text(pattern.low)} to {_text(pattern.high)}"


def _summary(rows: list[Row]) -> str:
    """Which are met, which not, which are not computed."""
    if not rows:
        return NO_INDEPENDENT
    computed = [row for row in rows if row.computed]
    words = f"{sum(row.inside for row in computed)} of {len(computed)} inside their bands"
    for what, chosen in (
        ("inside", [row for row in computed if row.inside]),
        ("outside", [row for row in computed if not row.inside]),
        ("not computed", [row for row in rows if not row.computed]),
    ):
        if chosen:
            words += f"; {what} " + ", ".join(row.pattern.id for row in chosen)
    return words
