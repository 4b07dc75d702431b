"""The answer to a study as a page: what changes, how sure, who pays, where it comes from, and what would change it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.compare import Comparison, PairedEstimate
from parley.analysis.measures import MEASURES
from parley.analysis.table import contrast_name, policy_name
from parley.analysis.texts import markdown, runs_each, write_page

if TYPE_CHECKING:
    from parley.analysis.attribution import Attribution
    from parley.analysis.load import Contrast, Results
    from parley.analysis.robustness import Robustness, Verdict
    from parley.progress import Listener

HEADLINE = ("success_over_accepted", "success_over_closed", "success_with_reconciled", "success_not_to_court", "days_mean",
            "paid_per_agreement", "compensation_error", "system_cost_per_year", "disturbances_per_100_disputes", "trust")  # fmt: skip
"""What the page answers for; success by each of its denominators."""
SPLIT = ("success_over_closed", "days_mean", "compensation_error", "system_cost_per_year")
MOST_COLUMNS = 8
"""Groups that fit side by side; where there are more, each has a row."""
PAYERS = ("paid_by_hospital_per_year", "paid_by_insurer_per_year", "paid_by_fund_per_year", "paid_by_government_per_year",
          "public_outlay_per_year")  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """A comparison, its split by lever, and what joint draws of everything uncertain leave of it."""

    results: Results
    comparison: Comparison
    contrast: Contrast
    attribution: Attribution | None
    robustness: Robustness | None
    command: str

    def verdict(self, measure: str) -> str:
        """In one word: decided, open by chance, or not decided by the evidence."""
        found = self._difference(measure)
        if not np.isfinite(found.mean):
            return "not defined"
        if self.robustness is None:
            return "decided against chance" if found.decided else "may be chance"
        over = self.robustness.verdicts[measure]
        if over.draws == 0:
            return "not defined in any draw"
        if not over.decided:
            return "not decided by the evidence"
        return "decided" if found.decided else "may be chance"

    def _difference(self, measure: str, position: int | None = None) -> PairedEstimate:
        chosen = self.comparison.contrasts.index(self.contrast) if position is None else position
        return self.comparison.differences[chosen][measure]

    def markdown(self) -> str:
        policy, baseline = policy_name(self.contrast.policy), policy_name(self.contrast.baseline)
        sections = [
            f"# {self.results.title}", "", self.results.question, "",
            "*Made by one command; every number comes out of the model's mechanisms with the assumptions of the parameter page. "
            "Nothing here is a forecast.*", "",
            *self._sentences(policy, baseline), "",
            *self._table(policy, baseline), "",
            *self._payers(policy, baseline), "",
            *self._groups(), *self._split(), *self._turning(policy), *self._made(),
        ]  # fmt: skip
        return "\n".join(sections).rstrip() + "\n"

    def _sentences(self, policy: str, baseline: str) -> list[str]:
        by_verdict: dict[str, list[str]] = {}
        for measure in HEADLINE:
            by_verdict.setdefault(self.verdict(measure), []).append(_label(measure))
        title = contrast_name(self.contrast)[1]
        lines = ["## The answer", "", f"{policy[0].upper()}{policy[1:]} against {baseline}, {title}:", ""]
        decided = [m for m in HEADLINE if self.verdict(m).startswith("decided")]
        for measure in decided:
            found = self._difference(measure)
            word = "higher" if found.mean > 0 else "lower"
            lines.append(
                f"- **{_label(measure)}** is {word} by {_number(abs(found.mean))} ({_number(found.low)} to {_number(found.high)}) {MEASURES[measure].unit}."
            )
        for verdict, names in by_verdict.items():
            if not verdict.startswith("decided"):
                lines.append(f"- *{verdict}*: {', '.join(names)}.")
        return lines

    def _table(self, policy: str, baseline: str) -> list[str]:
        kinds = [(position, contrast) for position, contrast in enumerate(self.comparison.contrasts)
                 if contrast.policy.split(":")[0] == self.contrast.policy.split(":")[0]]  # fmt: skip
        heads = [contrast_name(contrast)[0] for _, contrast in kinds]
        draws = "" if self.robustness is None else f" same sign in {self.robustness.draws:,} draws |"
        lines = ["## What changes", "",
                 f"Mean under {baseline}, then {policy} minus {baseline} with its 95 % interval over {len(self.results.replicates)} paired replicates"
                 + (f"; then the share of {self.robustness.draws:,} joint draws of {self.robustness.keys} uncertain parameters ({runs_each(self.robustness.replicates)}) in which the difference of "
                    f"the leading contrast has the same sign." if self.robustness else "."), "",
                 f"| measure | unit | {baseline} | " + " | ".join(heads) + " |" + draws + " verdict |",
                 "| --- | --- | --- |" + " --- |" * len(heads) + (" --- |" if self.robustness else "") + " --- |"]  # fmt: skip
        for measure in HEADLINE:
            base = self.comparison.means[self.contrast.baseline][measure].mean
            cells = [_label(measure), MEASURES[measure].unit, _number(base)]
            for position, _ in kinds:
                found = self._difference(measure, position)
                cells.append(
                    f"{_signed(found.mean)} ({_number(found.low)} to {_number(found.high)})"
                    if np.isfinite(found.mean)
                    else "–"
                )
            if self.robustness is not None:
                over = self.robustness.verdicts[measure]
                cells.append(f"{over.same:.0%} of {over.draws:,}" if over.draws else "–")
            cells.append(self.verdict(measure))
            lines.append("| " + " | ".join(cells) + " |")
        gap = self.contrast.spending_gap
        if self.contrast.solved_lever:
            lines += ["", f"For equal public spending `{self.contrast.solved_lever}` of {policy} was solved at the place's own values: {self.contrast.solved_value:.3g}; outlay differs by {gap:+.1%}"
                      + ("." if not self.contrast.missed else ", which is more than was asked for: no value of the lever does better.")]  # fmt: skip
        return lines

    def _payers(self, policy: str, baseline: str) -> list[str]:
        lines = ["## Who pays, who gains", "", f"Yuan a year, {policy} minus {baseline}; a plus is what somebody pays more.", "",
                 "| who | under " + baseline + " | difference |", "| --- | --- | --- |"]  # fmt: skip
        for measure in PAYERS:
            base, found = self.comparison.means[self.contrast.baseline][measure].mean, self._difference(measure)
            words = (
                "public budgets, all outlay"
                if measure == "public_outlay_per_year"
                else "compensation " + _label(measure)
            )
            lines.append(
                f"| {words} | {_number(base)} | {_signed(found.mean)} ({_number(found.low)} to {_number(found.high)}) |"
            )
        got, found = (
            self.comparison.means[self.contrast.baseline]["paid_per_year"].mean,
            self._difference("paid_per_year"),
        )
        lines.append(
            f"| patients, compensation received | {_number(got)} | {_signed(found.mean)} ({_number(found.low)} to {_number(found.high)}) |"
        )
        return lines

    def _groups(self) -> list[str]:
        from parley.analysis.groups import BY, by_group

        lines = ["## Who gains, by income, insurance and district", "",
                 "Disputes of each group: mean under the baseline → difference with its 95 % interval.", ""]  # fmt: skip
        for by in BY:
            found = by_group(self.results, by, self.contrast.policy, self.contrast.baseline)
            if len(found.names) < 2:  # one district alone
                continue
            if len(found.names) > MOST_COLUMNS:
                lines += [*markdown(found.rows()), ""]
                continue
            heads = ["", "unit", *found.names, *(["second − first"] if found.gap else [])]
            lines += [*markdown([heads, *found.table()[1:]]), ""]
        return lines

    def _split(self) -> list[str]:
        if self.attribution is None:
            return []
        lines = ["## Where it comes from", "",
                 f"The difference of the leading contrast, split over the levers in which the two differ (Shapley values, {self.attribution.replicates} replicates of each of "
                 f"{2 ** len(self.attribution.moved)} combinations). Parts add up to the whole.", "",
                 "| part | " + " | ".join(f"{_label(m)}, {MEASURES[m].unit}" for m in SPLIT) + " |", "| --- |" + " --- |" * len(SPLIT)]  # fmt: skip
        for group in self.attribution.moved:
            cells = [self.attribution.parts[m][group] for m in SPLIT]
            lines.append(
                f"| {group} | "
                + " | ".join(f"{_signed(c.mean)} ({_number(c.low)} to {_number(c.high)})" for c in cells)
                + " |"
            )
        lines.append("| together | " + " | ".join(f"{_signed(self.attribution.whole[m].mean)}" for m in SPLIT) + " |")
        return [*lines, ""]

    def _turning(self, policy: str) -> list[str]:
        if self.robustness is None:
            return []
        lines = ["## What would change the answer", "",
                 "Parameters that tell the draws in which the sign turns from those in which it does not, with the value that parts them best.", ""]  # fmt: skip
        for measure in HEADLINE:
            over = self.robustness.verdicts[measure]
            if over.decided or over.draws == 0:
                continue
            lines.append(f"- **{_label(measure)}**: " + turns(over))
        return [*lines, ""]

    def _made(self) -> list[str]:
        return ["## How it was made", "",
                f"`{self.command}`; digest of the comparison {self.results.digest[:16]}…; seed {self.results.seed}. "
                "[Parameters](../reference/parameters.md) with ranges and sources; [validation](../reference/patterns.md) against published figures by `parley validate "
                f"{self.results.place}`."]  # fmt: skip

    def write(self, path: str | os.PathLike[str]) -> Path:
        return write_page(path, self.markdown())

    def __str__(self) -> str:
        return self.markdown()

    def __repr__(self) -> str:
        return f"<parley.Answer {self.results.title}: {sum(self.verdict(m) == 'decided' for m in HEADLINE)} of {len(HEADLINE)} decided>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.markdown())}</pre>"


def answer(
    name: str | os.PathLike[str],
    *,
    modes: list[str] | None = None,
    replicates: int | None = None,
    years: int | None = None,
    burn_in: int | None = None,
    seed: int | None = None,
    draws: int = 1000,
    split_replicates: int = 20,
    draw_years: int | None = None,
    draw_replicates: int = 2,
    folder: str | os.PathLike[str] = ".",
    progress: bool | Listener | None = None,
    command: str = "",
) -> Answer:
    """Ask a study and everything around it: comparison, split by lever, joint draws of what is uncertain.

    Parameters
    ----------
    name
        A study, or a place with two modes.
    draws
        Joint draws; 0 leaves them out.
    split_replicates
        Replicates of each combination of levers; 0 leaves the split out.
    draw_years, draw_replicates
        Years of each draw (those of the study where none are given) and its replicates: in a small place a single one tells
        more of chance than of parameters.
    folder
        Where the files stand: the comparison, and the sweep over draws, which can be resumed.
    """
    from parley import running, scenario
    from parley.analysis.attribution import attribute
    from parley.analysis.compare import compare
    from parley.analysis.robustness import robustness

    study = scenario.study(name, modes=modes, years=years, burn_in=burn_in, replicates=replicates, seed=seed)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    results: Any = running.run_into(folder / f"{study.slug}.h5", study, progress=progress, force=True)
    comparison = compare(results)
    if comparison.headline < 0:
        raise ValueError(f"{study.slug} compares nothing: an answer needs two modes")
    contrast = comparison.contrasts[comparison.headline]
    pair = (contrast.policy, contrast.baseline)
    split = (
        attribute(results, *pair, SPLIT, replicates=split_replicates, progress=progress) if split_replicates else None
    )
    over = None
    if draws:
        over = robustness(results, *pair, HEADLINE, draws=draws, years=draw_years, replicates=draw_replicates, path=folder / f"{study.slug}-draws.h5",
                          progress=progress)  # fmt: skip
    return Answer(results, comparison, contrast, split, over, command or f"parley answer {name}")


def turns(over: Verdict) -> str:
    """What parts the draws in which the sign turns from the others, in words."""
    if not over.thresholds:
        return (
            "no single parameter decides; chance and many small ones do."
            if over.same > 0.5
            else "no single parameter decides."
        )
    words = [
        f"turns in {t.share_there:.0%} of draws with `{t.key}` {t.turns} {t.value:.3g}, and in {t.share_elsewhere:.0%} of the others"
        for t in over.thresholds
    ]
    text = "; ".join(words) + "."
    if over.box:
        limits = ", ".join(f"`{key}` {low:.3g} to {high:.3g}" for key, (low, high) in over.box.items())
        text += (
            f" Box: {limits} ({over.box_share:.0%} of its draws turn; it holds {over.box_coverage:.0%} of all that do)."
        )
    return text


def _label(measure: str) -> str:
    return MEASURES[measure].label.strip().replace("|", "\\|")  # as a table of Markdown takes it


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "–"
    if abs(value) >= 1e3:
        return f"{value:,.0f}".replace("-", "−")
    return f"{value:.3g}".replace("-", "−")


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + _number(value)
