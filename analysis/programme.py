"""A programme of measures: each mode of a study alone, in pairs and all together, against its baseline on common luck.

A study names what is put in force; its baseline is the state without any of it. Alone, the effect of a mode is its paired
difference to the baseline. Of two modes together the interaction is what they do beyond the sum of what each does alone,
(ab − 0) − (a − 0) − (b − 0), replicate by replicate: above zero they help each other, below they get in each other's way.
Over joint draws of everything that the evidence leaves open, each mode alone is judged by `parley.analysis.robustness`.

A page tells many effects, of which some look real by chance: whether one is more than chance is judged over all effects of the
modes alone together (Holm 1979), so that in at most one page of twenty without any effect something would be told as one.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.answer import exact_zero, meanings, over_draws_of, run_or_keep
from parley.analysis.compare import LEVEL, Estimate, PairedEstimate, estimate, paired
from parley.analysis.equal_spending import ROUNDING
from parley.analysis.texts import aligned, markdown, shown, signed, span, write_page, years_text
from parley.analysis.welfare import measure_or_component, with_components

if TYPE_CHECKING:
    from parley.analysis.load import Results
    from parley.analysis.robustness import Verdict
    from parley.progress import Listener

TOLD = ("disputes_per_10000_admissions", "success_over_accepted", "success_over_closed", "success_with_reconciled",
        "success_not_to_court", "days_mean", "compensation_error", "disturbances_per_100_disputes", "trust", "harm", "negligence",
        "paid_by_hospital_per_year", "public_outlay_per_year", "system_cost_per_year")  # fmt: skip
"""What the answer tells: measures of outcome, success by each of its denominators, and what of welfare no measure has."""
JOINED = "_and_"
ALL = "all_together"


@dataclass(frozen=True, eq=False, repr=False)
class Programme:
    """What each part of a programme does."""

    results: Results
    baseline: str
    parts: tuple[str, ...]
    titles: dict[str, str]
    base: dict[str, Estimate]
    """By measure, under the baseline."""
    alone: dict[str, dict[str, PairedEstimate]]
    """[part][measure], part − baseline."""
    together: dict[str, PairedEstimate]
    """All parts − baseline, by measure; empty where they were not run."""
    interactions: dict[tuple[str, str], dict[str, Estimate]]
    """[two parts][measure], beyond the sum of both alone; empty where pairs were not run."""
    verdicts: dict[str, dict[str, Verdict]]
    """[part][measure] over joint draws; empty where none were made."""
    draws: int
    draw_replicates: int
    draw_years: int
    draw_keys: int
    """Joint draws, replicates and years of each, and how many parameters are drawn; 0 where none were made."""
    command: str

    @cached_property
    def beyond_chance(self) -> frozenset[tuple[str, str]]:
        """[part, measure] of the effects that chance alone would hardly make, all effects of the parts alone taken together."""
        effects = self._effects
        chances = np.array([2 * (1 - self.alone[part][m].sign_probability) for part, m in effects])
        return frozenset(effects[k] for k in holm(chances, 1 - LEVEL))

    @property
    def _effects(self) -> list[tuple[str, str]]:
        """[part, measure] of the effects that there may be: defined in two replicates at least, and not exactly none in all."""
        return [(part, m) for part in self.parts for m, found in self.alone[part].items()
                if np.isfinite(found.sign_probability) and not found.mean == found.low == found.high == 0]  # fmt: skip

    def word(self, part: str, measure: str) -> str:
        """Decided, open by chance, or what the draws say against it."""
        found, sure = self.alone[part][measure], (part, measure) in self.beyond_chance
        if not np.isfinite(found.mean):
            return "–"
        if found.mean == found.low == found.high == 0:
            return "same"
        if part not in self.verdicts:
            return "not chance" if sure else "may be chance"
        over = self.verdicts[part][measure]
        word = over.word if sure or not (over.decided or over.decided_otherwise) else "may be chance"
        return f"{word} ({over.shares})" if over.draws else word

    def effect_table(self, part: str) -> list[list[str]]:
        cells = [["measure", "unit", self.titles[self.baseline], "difference", ""]]
        for measure in TOLD:
            base, found = self.base[measure], self.alone[part][measure]
            cells.append(
                [_label(measure), measure_or_component(measure).unit, shown(base.mean), span(found), self.word(part, measure)]
            )  # fmt: skip
        return cells

    def pair_table(self, measure: str) -> list[list[str]]:
        """Interactions of one measure, a part in each row and column."""
        cells = [["", *(self.titles[part] for part in self.parts[1:])]]
        for i, row in enumerate(self.parts[:-1]):
            cells.append([self.titles[row], *[""] * i, *(span(self.interactions[row, column][measure]) for column in self.parts[i + 1 :])])  # fmt: skip
        return cells

    def __str__(self) -> str:
        lines = [f"{self.results.title}: {len(self.results.replicates)} replicates on common luck, 95 % t-intervals"]
        for part in self.parts:
            lines += ["", self.titles[part], *aligned(self.effect_table(part), left=2)]
        if self.together:
            lines += ["", "all together", *aligned(self._together_table(), left=2)]
        for measure in self._pair_measures():
            lines += [
                "",
                f"together beyond the sum of both alone: {_label(measure)}",
                *aligned(self.pair_table(measure)),
            ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<parley.Programme {self.results.title}: {', '.join(self.parts)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"

    def markdown(self) -> str:
        """The answer as a page."""
        lines = [f"# {self.results.title}", "", self.results.question, "",
                 "*Made by one command; every number comes out of the model's mechanisms with the assumptions of the parameter page. "
                 "Nothing here is a forecast.*", "",
                 f"Differences to *{self.titles[self.baseline]}* over {len(self.results.replicates)} replicates on common luck, "
                 f"{years_text(self.results.years)}, with 95 % intervals, each for itself.", "", *self._legend(), ""]  # fmt: skip
        glance = "## At a glance" if self.verdicts else "## At a glance, against chance alone"
        lines += [glance, "", *markdown(self._glance()), ""]
        for part in self.parts:
            lines += [f"## {self.titles[part]}", "", *markdown(self.effect_table(part)), "", *self._turns(part)]
        if self.together:
            lines += ["## All together", "", *markdown(self._together_table()), ""]
        if self.interactions:
            lines += ["## In pairs", "", "What two do together beyond the sum of what each does alone; zero where they do not touch each other.", ""]  # fmt: skip
            for measure in self._pair_measures():
                lines += [f"### {_label(measure)}", "", *markdown(self.pair_table(measure)), ""]
        lines += ["## How it was made", "", f"`{self.command}`; digest of the runs {self.results.digest[:16]}…; seed {self.results.seed}. What each "
                  "puts in force is its file under `scenarios/modes`."]  # fmt: skip
        return "\n".join(lines).rstrip() + "\n"

    def _legend(self) -> list[str]:
        """What words beside an effect mean."""
        together = (
            f"Whether an effect is more than chance is judged over the {len(self._effects)} effects of the parts alone together (Holm's procedure at 5 %), so that in one page of "
            "twenty at most the luck of the replicates alone passes for an effect; an interval may therefore leave out zero beside *may be chance*. *Same*: no difference in any replicate."
        )
        if self.verdicts:
            drawn = over_draws_of(
                self.draws,
                f"{self.draw_keys} uncertain parameters",
                self.draw_replicates,
                self.draw_years,
                self.results.years,
            )
            return [drawn, "", meanings("the effect is more than chance", "it is not told from chance"), "", together]
        return [f"{together} Parameters stay at the place's own values: what is not known of them is not in these words, and *not chance* is no decision "
                "by the evidence (`--draws 1000` asks for one)."]  # fmt: skip

    def write(self, path: str | os.PathLike[str]) -> Path:
        return write_page(path, self.markdown())

    def _pair_measures(self) -> tuple[str, ...]:
        chosen = ("success_over_closed", "days_mean", "compensation_error", "disturbances_per_100_disputes", "negligence", "public_outlay_per_year")  # fmt: skip
        return chosen if self.interactions else ()

    def _glance(self) -> list[list[str]]:
        heads = ("better", "worse", "open") if self.verdicts else (
            "more than chance, to the good", "more than chance, to the bad", "may be chance alone"
        )  # fmt: skip
        cells = [["", *heads]]
        for part in self.parts:
            columns: tuple[list[str], ...] = ([], [], [])
            for measure in TOLD:
                better, found, word = (
                    measure_or_component(measure).better,
                    self.alone[part][measure],
                    self.word(part, measure),
                )
                if not better or not np.isfinite(found.mean) or word == "same":
                    continue
                sure = word.startswith(("decided", "not chance"))
                good = (found.mean > 0) == (better == "higher")
                columns[2 if not sure else 0 if good else 1].append(_label(measure))
            cells.append([self.titles[part], *("; ".join(column) or "–" for column in columns)])
        return cells

    def _together_table(self) -> list[list[str]]:
        cells = [["measure", "unit", self.titles[self.baseline], "difference", "sum of each alone"]]
        for measure in TOLD:
            found = self.together[measure]
            summed = sum(self.alone[part][measure].mean for part in self.parts)
            cells.append([_label(measure), measure_or_component(measure).unit, shown(self.base[measure].mean), span(found), signed(summed)])  # fmt: skip
        return cells

    def _turns(self, part: str) -> list[str]:
        from parley.analysis.answer import turns

        told = []
        for measure in TOLD:
            over = self.verdicts.get(part, {}).get(measure)
            if over is not None and not over.decided and over.thresholds:
                told.append(f"- {_label(measure)}: {turns(over)}")
        return ["What would change it:", "", *told, ""] if told else []


def programme(
    name: str | os.PathLike[str], *, pairs: bool = True, replicates: int | None = None, years: int | None = None,
    burn_in: int | None = None, seed: int | None = None, draws: int = 0, draw_years: int | None = None, draw_replicates: int = 2,
    folder: str | os.PathLike[str] = ".", threads: int = 0, progress: bool | Listener | None = None, command: str = "",
) -> Programme:  # fmt: skip
    """Run each mode of a study alone, in pairs and all together, and over joint draws alone.

    Parameters
    ----------
    name
        A study; its baseline is where none of its other modes is in force.
    pairs
        Whether pairs, and all together, are run: of modes that may be in force at once.
    draws, draw_years, draw_replicates
        Joint draws of all uncertain parameters, each over so many years and replicates; 0 leaves them out.
    folder
        Where files stand, ``STUDY_programme.h5`` and ``STUDY_programme_draws.h5``: the runs and the sweep over draws. The same call
        again takes what is finished and goes on where an interrupted one stopped.

    Raises
    ------
    ScenarioError
        The study cannot be run or has fewer than two modes, or two of its modes set one lever to different values and pairs are asked for.
    FileError
        A file cannot be written, or a journal in the folder keeps an interrupted run of another study.
    """
    from parley import scenario
    from parley.analysis.robustness import judge, over_draws

    study = scenario.study(name, years=years, burn_in=burn_in, replicates=replicates, seed=seed)
    scenario.require_two_modes(study, name)
    parts = [mode for mode in study.modes if mode != study.baseline]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    combinations = _combinations(study.baseline, parts, pairs)
    made = study.with_combinations(combinations)
    drawn = folder / f"{study.slug}_programme_draws.h5"
    results = run_or_keep(folder / f"{study.slug}_programme.h5", made, threads=threads, progress=progress)
    titles = {entry["slug"]: entry["title"] for entry in scenario.scenarios() if entry["kind"] == "mode"}
    found = summarise(results, study.baseline, parts, {name: titles.get(name, name.replace("_", " ")) for name in [study.baseline, *parts]},
                      command or f"parley programme {name}")  # fmt: skip
    if draws:
        alone = study.with_combinations(_combinations(study.baseline, parts, False))
        swept = over_draws(alone, results.parameters(), draws, replicates=draw_replicates, years=draw_years, seed=study.seed,
                           path=drawn, threads=threads, progress=progress)  # fmt: skip
        verdicts = {
            part: {m: judge(swept, m, [part], study.baseline, found.alone[part][m].mean) for m in TOLD}
            for part in parts
        }
        found = replace(found, verdicts=verdicts, draws=draws, draw_replicates=draw_replicates, draw_years=swept.years,
                        draw_keys=len(swept.design.keys))  # fmt: skip
    return found


def summarise(results: Results, baseline: str, parts: Sequence[str], titles: dict[str, str], command: str) -> Programme:
    """The same of a file that holds the combinations."""
    from parley.analysis.compare import compare

    values = with_components(compare(results)).values
    base = {m: _values(values, baseline, m) for m in TOLD}
    alone = {part: {m: exact_zero(paired(_values(values, part, m), base[m])) for m in TOLD} for part in parts}
    together = {m: exact_zero(paired(_values(values, ALL, m), base[m])) for m in TOLD} if ALL in values else {}
    interactions = {}
    for a, b in itertools.combinations(parts, 2):
        both = a + JOINED + b
        if both in values:
            interactions[a, b] = {
                m: exact_zero(
                    estimate(
                        _beyond(_values(values, both, m), _values(values, a, m), _values(values, b, m), base[m]), LEVEL
                    )
                )
                for m in TOLD
            }
    return Programme(results, baseline, tuple(parts), titles, {m: estimate(base[m], LEVEL) for m in TOLD}, alone, together,
                     interactions, {}, 0, 0, 0, 0, command)  # fmt: skip


def holm(chances: np.ndarray, level: float) -> list[int]:
    """Positions of the effects that stand at a level for all of them together (Holm 1979).

    Parameters
    ----------
    chances
        Of each effect, how likely luck alone makes one as large (two-sided), shape (effects,).
    """
    order = np.argsort(chances, kind="stable")
    stands = chances[order] <= level / (len(chances) - np.arange(len(chances)))
    return [int(k) for k in order[: len(order) if stands.all() else int(stands.argmin())]]


def _beyond(both: np.ndarray, a: np.ndarray, b: np.ndarray, none: np.ndarray) -> np.ndarray:
    """What two do together beyond the sum of both alone; exactly zero where only rounding is left."""
    found = both - a - b + none
    return np.where(np.abs(found) <= ROUNDING * np.abs(none), 0.0, found)


def _combinations(baseline: str, parts: Sequence[str], pairs: bool) -> list[tuple[str, list[str]]]:
    made = [(baseline, [baseline]), *((part, [part]) for part in parts)]
    if pairs:
        made += [(a + JOINED + b, [a, b]) for a, b in itertools.combinations(parts, 2)]
        if len(parts) > 2:
            made.append((ALL, list(parts)))
    return made


def _values(values: dict[str, dict[str, np.ndarray | None]], policy: str, measure: str) -> np.ndarray:
    found = values[policy][measure]
    return np.asarray(np.nan if found is None else found, dtype=np.float64)


def _label(measure: str) -> str:
    label = measure_or_component(measure).label
    return f"Paid {label.strip()}" if label.startswith("  by ") else label.strip()
