"""The answer to a study as a page: what changes, how sure, who pays, where it comes from, and what would change it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from parley.analysis.attribution import FEWEST_FOR_INTERVAL, has_interval
from parley.analysis.compare import Comparison, Estimate, PairedEstimate
from parley.analysis.equal_spending import at_equal_spending
from parley.analysis.robustness import FEWEST_DRAWS, FEWEST_FLIPS, NOT_DECIDED, NOT_DEFINED, OTHER_WAY, SURE, TOO_FEW
from parley.analysis.table import contrast_name, policy_name
from parley.analysis.texts import markdown, runs_each, write_page, years_text
from parley.analysis.welfare import COMPONENTS, better_or_worse, measure_or_component, welfare, with_components
from parley.errors import FileError, ScenarioError, WrongValue

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.attribution import Attribution
    from parley.analysis.load import Contrast, Results
    from parley.analysis.robustness import Robustness, Verdict
    from parley.progress import Listener

HEADLINE = ("success_over_accepted", "success_over_closed", "success_with_reconciled", "success_not_to_court", "days_mean",
            "paid_per_agreement", "compensation_error", "system_cost_per_year", "disturbances_per_100_disputes", "trust",
            "harm", "negligence")  # fmt: skip
"""What the page answers for: measures, success by each of its denominators, and what of welfare no measure has."""
DRAWN = (*HEADLINE, *(name for name in COMPONENTS if name not in HEADLINE))
"""What is looked at over joint draws."""
SPLIT = (
    "success_over_closed",
    "days_mean",
    "compensation_error",
    "system_cost_per_year",
    "disturbances_per_100_disputes",
    "negligence",
)
MOST_COLUMNS = 8
"""Groups that fit side by side; where there are more, each has a row."""
E = TypeVar("E", bound=Estimate)
ROUNDING = 1e-12
"""Numbers nearer to zero are what the rounding of sums leaves of it."""
PAYERS = {
    "paid_by_hospital_per_year": "compensation by hospitals",
    "paid_by_insurer_per_year": "compensation by insurers",
    "paid_by_fund_per_year": "compensation by mutual funds",
    "paid_by_government_per_year": "compensation by government",
    "premiums_per_year": "hospitals to insurers, premiums",
    "insurer_capital_per_year": "hospitals to insurers, capital of who joins or is ruined",
    "fund_contributions_per_year": "hospitals to mutual funds",
    "committees_by_hospitals_per_year": "hospitals and donors to committees",
    "committees_by_insurers_per_year": "insurers to committees",
    "public_outlay_per_year": "public budgets, all outlay",
    "paid_per_year": "patients, compensation received",
}
"""Of the table of who pays: what each measure is there."""

LEANS = 2 / 3
"""Share of the draws that differ from which on an undecided sign is said to turn seldom."""


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """A comparison, its split by lever, and what joint draws of everything uncertain leave of it."""

    results: Results
    comparison: Comparison
    contrast: Contrast
    attribution: Attribution | None
    robustness: Robustness | None
    command: str
    not_split: str = ""
    """Why there is no split by lever, where it was asked for."""

    def verdict(self, measure: str) -> str:
        """In a few words: decided, open by chance, or what the draws say against it."""
        found = self._difference(measure)
        if not np.isfinite(found.mean):
            return "not defined"
        if self.robustness is None:
            return "decided against chance" if found.decided else "may be chance"
        over = self.robustness.verdicts[measure]
        return over.word if found.decided or not (over.decided or over.decided_otherwise) else "may be chance"

    def _difference(self, measure: str, position: int | None = None) -> PairedEstimate:
        chosen = self.comparison.contrasts.index(self.contrast) if position is None else position
        return self.comparison.differences[chosen][measure]

    @property
    def _otherwise(self) -> list[str]:
        """What is more than chance at the place's own values, and of which the draws decide the opposite."""
        over = self.robustness.verdicts if self.robustness else {}
        return [m for m in HEADLINE if m in over and over[m].decided_otherwise and self.verdict(m) == over[m].word]

    def markdown(self) -> str:
        policy, baseline = policy_name(self.contrast.policy), policy_name(self.contrast.baseline)
        sections = [
            *self._heading(policy, baseline), "",
            "*Made by one command; every number comes out of the model's mechanisms with the assumptions of the parameter page. "
            "Nothing here is a forecast.*", "",
            *self._sentences(policy, baseline), "",
            *self._table(policy, baseline), "",
            *self._payers(policy, baseline), "",
            *self._welfare(policy, baseline), *self._groups(), *self._split(), *self._turning(policy), *self._made(),
        ]  # fmt: skip
        return "\n".join(sections).rstrip() + "\n"

    def _heading(self, policy: str, baseline: str) -> list[str]:
        """The study's title and question; where it was asked of other modes than its own, or of a place, what they are."""
        if self.results.question:
            return [f"# {self.results.title}", "", self.results.question]
        return [f"# {policy[0].upper()}{policy[1:]} against {baseline}: {self.results.title}"]

    def _sentences(self, policy: str, baseline: str) -> list[str]:
        by_verdict: dict[str, list[str]] = {}
        for measure in HEADLINE:
            by_verdict.setdefault(self.verdict(measure), []).append(measure)
        decided = [m for m in HEADLINE if self.verdict(m).startswith("decided")]
        lines = ["## The answer", "", f"**{self._in_short(policy, baseline, decided)}**", ""]
        for measure in decided:
            found = self._difference(measure)
            word = "higher" if found.mean > 0 else "lower"
            near, far = sorted((abs(found.low), abs(found.high)))
            lines.append(
                f"- **{_label(measure)}**: {word} by {_number(abs(found.mean))} ({_number(near)} to {_number(far)}) {_unit(measure)}{self._reason(measure)}."
            )
        over = self.robustness.verdicts if self.robustness else {}
        for measure in self._otherwise:
            found = self._difference(measure)
            lines.append(
                f"- **{_label(measure)}**: *{OTHER_WAY}*. At the place's own values the difference is "
                f"{_told(found)} {_unit(measure)}; over the draws it is {over[measure].shares}."
            )
        for verdict, names in by_verdict.items():
            if not verdict.startswith(("decided", OTHER_WAY)):
                lines.append(f"- *{verdict}*: {_labels(names)}.")
        return lines + self._of_welfare() + self._leanings()

    def _of_welfare(self) -> list[str]:
        """Components of welfare that are decided and are not among the measures above."""
        if self.robustness is None:
            return []
        more = [name for name in DRAWN if name not in HEADLINE and self.verdict(name) == "decided"]
        return [f"- Of welfare by component, below, decided as well: {_sides(more, self._difference)}."] if more else []

    def _reason(self, measure: str) -> str:
        """The part of the split that does most of it, where one is told from chance and has the sign of the whole."""
        split = self.attribution
        if split is None or measure not in split.parts:
            return ""
        whole = split.whole[measure].mean
        sure = {g: one for g, one in split.parts[measure].items()
                if has_interval(one) and one.low * one.high > 0 and one.mean * whole > 0}  # fmt: skip
        if not sure:
            return ""
        group, part = max(sure.items(), key=lambda item: abs(item[1].mean))
        word = "mostly" if abs(part.mean) >= abs(whole) / 2 else "the largest part"
        return f"; {word} from {group} ({_signed(part.mean)} of {_signed(whole)} in the split below)"

    def _in_short(self, policy: str, baseline: str, decided: list[str]) -> str:
        """One sentence for who reads no further."""
        begin = f"{policy[0].upper()}{policy[1:]} instead of {baseline}, {contrast_name(self.contrast)[1]}:"
        by, of = "" if self.robustness else " against chance", f"of the {len(HEADLINE)} measures looked at"
        few = {TOO_FEW, NOT_DEFINED}
        if self.robustness and all(self.verdict(m) in few for m in HEADLINE):
            return f"{begin} {self.robustness.draws} draws are too few to decide anything."
        if self._otherwise:
            by += f"; of {_labels(self._otherwise)} the draws decide the other way than the place's own values"
        if not decided:
            return f"{begin} nothing {of} is decided{by or ' by the evidence'}."
        return f"{begin} {_sides(decided, self._difference)}. Nothing else {of} is decided{by}."

    def _leanings(self) -> list[str]:
        """What holds at the place's own values where the draws do not decide, and which of it they seldom turn."""
        over = self.robustness.verdicts if self.robustness else {}
        here = [m for m in HEADLINE if m in over and self.verdict(m) == NOT_DECIDED and self._difference(m).decided]
        if not here:
            return []
        sides = []
        for word, sign in (("lower", -1), ("higher", 1)):
            names = [
                f"{_label(m)} ({_told(self._difference(m))})" for m in here if np.sign(self._difference(m).mean) == sign
            ]
            if names:
                sides.append(f"{word} {'; '.join(names)}")
        seldom = [f"{_label(m)} ({1 - over[m].agreeing:.0%})" for m in here if over[m].agreeing >= LEANS]
        beyond = ", luck taken out" if any(np.isfinite(over[m].alike) for m in here) else ""
        words = f"At the place's own values these are beyond chance all the same: {'; '.join(sides)}."
        if seldom:
            words += f" Of the draws in which the policies differ, fewer than a third turn the sign of {'; '.join(seldom)}{beyond}."
        else:
            words += " Each of these signs turns in a third of the draws or more."
        return ["", words]

    def _table(self, policy: str, baseline: str) -> list[str]:
        kinds = [(position, contrast) for position, contrast in enumerate(self.comparison.contrasts)
                 if contrast.policy.split(":")[0] == self.contrast.policy.split(":")[0]]  # fmt: skip
        heads = [contrast_name(contrast)[0] for _, contrast in kinds]
        over = self.robustness
        draws = (
            ""
            if over is None
            else f" over {over.draws:,} draws{', at equal public spending' if over.solved_lever else ''} |"
        )
        lines = ["## What changes", "",
                 f"Mean under {baseline}, then {policy} minus {baseline} with its 95 % interval over {len(self.results.replicates)} paired replicates "
                 f"of {years_text(self.results.years)}.", "", *self._legend(), "",
                 f"| measure | unit | {baseline} | " + " | ".join(heads) + " |" + draws + " verdict |",
                 "| --- | --- | --- |" + " --- |" * len(heads) + (" --- |" if over else "") + " --- |"]  # fmt: skip
        for measure in HEADLINE:
            base = self.comparison.means[self.contrast.baseline][measure].mean
            cells = [_label(measure), measure_or_component(measure).unit, _number(base)]
            for position, _ in kinds:
                found = self._difference(measure, position)
                cells.append(_told(found))
            if over is not None:
                cells.append(over.verdicts[measure].shares)
            cells.append(self.verdict(measure))
            lines.append("| " + " | ".join(cells) + " |")
        differs = f"{self.contrast.spending_gap:+.1%}".replace("-", "−")
        if self.contrast.solved_lever:
            lines += ["", f"For equal public spending `{self.contrast.solved_lever}` of {policy} was solved at the place's own values: {self.contrast.solved_value:.3g}; outlay differs by {differs}"
                      + (", and each measure is moved along the line to the mode's own value to where it does not." if not self.contrast.missed else ", which is more than was asked for: no value of the lever does better.")]  # fmt: skip
        return lines

    def _legend(self) -> list[str]:
        """What the columns of draws and verdicts mean, for a reader who has not met them."""
        over = self.robustness
        if over is None:
            return ["*Decided against chance*: the interval does not hold zero, so the difference is hardly the luck of these replicates. "
                    "*May be chance*: it does. What is not known of the parameters is not in the interval."]  # fmt: skip
        lines = [
            over_draws_of(
                over.draws, f"{over.keys} uncertain parameters", over.replicates, over.years, self.results.years
            )
        ]
        if over.solved_lever:
            values = ", ".join(f"{value:.3g}" for value in over.solved_values)
            lines += ["", f"`{over.solved_lever}` was solved for equal public spending at the place's own values alone. In every draw the policy is "
                      f"therefore run with several values of it ({values}), and each measure is read off the straight lines between them where outlay equals the "
                      "baseline's. A pilot of few draws chose them, so that four of five draws lie between the outermost; one that lies beyond them by more than the "
                      "distance to the value next to them has no value."]  # fmt: skip
        return [*lines, "", meanings("the interval does not hold zero", "the interval holds zero")]

    def _payers(self, policy: str, baseline: str) -> list[str]:
        lines = ["## Who pays, who gains", "", f"Yuan a year, {policy} minus {baseline}; a plus is what somebody pays more, or what patients get more.", "",
                 "| who | under " + baseline + " | difference |", "| --- | --- | --- |"]  # fmt: skip
        for measure, words in PAYERS.items():
            base, found = self.comparison.means[self.contrast.baseline][measure].mean, self._difference(measure)
            lines.append(f"| {words} | {_number(base)} | {_told(found)} |")
        return lines

    def _welfare(self, policy: str, baseline: str) -> list[str]:
        """Each component of the whole place, then which of them move in each district."""
        over = self.robustness
        words = (
            f"{policy} minus {baseline}, {contrast_name(self.contrast)[1]}; costs by who pays are costs to them, whatever they are good for. *Better* and *worse* are told where the "
            f"interval does not hold zero; *decided* and the like are of the draws. No sum is made of them: what weighs how much is the reader's (`parley interior {self.results.place}` draws weights)."
        )
        cells = [["component", "unit", baseline, "difference", "", *(["over the draws"] if over else [])]]
        for name, component in COMPONENTS.items():
            base, found = self.comparison.means[self.contrast.baseline][name].mean, self._difference(name)
            row = [component.label, component.unit, _number(base), _told(found), better_or_worse(component, exact_zero(found))]  # fmt: skip
            cells.append([*row, *([f"{self.verdict(name)}: {over.verdicts[name].shares}"] if over else [])])
        lines = ["## Welfare by component", "", f"{words[0].upper()}{words[1:]}", "", *markdown(cells), ""]
        return [*lines, *self._welfare_of_districts()]

    def _welfare_of_districts(self) -> list[str]:
        districts = welfare(self.results, self.contrast.policy, self.contrast.baseline).districts
        if len(districts) < 2:
            return []
        moved = [name for name in COMPONENTS if any(rows[name].difference.low != rows[name].difference.high
                                                    for rows in districts.values())]  # fmt: skip
        cells = [["", *(f"{COMPONENTS[name].label}, {COMPONENTS[name].unit}" for name in moved)]]
        for district, rows in districts.items():
            told = [(_signed(exact_zero(rows[name].difference).mean), rows[name].verdict) for name in moved]
            cells.append(
                [
                    district,
                    *(f"**{number}** {word}" if word in ("better", "worse") else number for number, word in told),
                ]
            )
        return ["The same by district, differences alone, at the spending that was solved for; in bold where the 95 % interval does not hold zero. Of many districts and components some are "
                "bold by chance: one in twenty where there is no effect at all.", "", *markdown(cells), ""]  # fmt: skip

    def _groups(self) -> list[str]:
        from parley.analysis.groups import BY, by_group

        lines = ["## Who gains, by income, insurance and district", "",
                 "Disputes of each group: mean under the baseline → difference with its 95 % interval.", ""]  # fmt: skip
        for by in BY:
            found = by_group(self.results, by, self.contrast.policy, self.contrast.baseline)
            found = replace(found, gap={f: exact_zero(one) for f, one in found.gap.items()}, difference={
                name: {f: exact_zero(one) for f, one in figures.items()} for name, figures in found.difference.items()})  # fmt: skip
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
            return ["## Where it comes from", "", self.not_split, ""] if self.not_split else []
        split, above = self.attribution.replicates, len(self.results.replicates)
        years, years_above = self.attribution.years, self.results.years
        fewer = ""
        if years != years_above:
            fewer = f" The table above is over {years_text(years_above)}: *together* is the difference in the first {years_text(years)} of {split} replicates."
        elif split != above:
            fewer = f" The table above has {above} replicates: *together* is the difference in the first {split} of them, and departs from that of the table by chance."
        sure = (
            "with 95 % intervals" if all(has_interval(found) for found in self.attribution.whole.values()) else
            f"without an interval where fewer than {FEWEST_FOR_INTERVAL} replicates have a value"
        )  # fmt: skip
        lines = ["## Where it comes from", "",
                 f"The difference of the leading contrast, split over the levers in which the two differ (Shapley values, {split} replicates of {years_text(years)} of each of "
                 f"{2 ** len(self.attribution.moved)} combinations), {sure}. Parts add up to *together*.{fewer}", "",
                 "| part | " + " | ".join(f"{_label(m)}, {measure_or_component(m).unit}" for m in SPLIT) + " |", "| --- |" + " --- |" * len(SPLIT)]  # fmt: skip
        for group in self.attribution.moved:
            cells = [self.attribution.parts[m][group] for m in SPLIT]
            lines.append(f"| {group} | " + " | ".join(_part(c) for c in cells) + " |")
        lines.append("| together | " + " | ".join(_part(self.attribution.whole[m]) for m in SPLIT) + " |")
        return [*lines, ""]

    def _turning(self, policy: str) -> list[str]:
        if self.robustness is None:
            return []
        lines = ["## What would change the answer", "",
                 "Of the draws in which the policies differ: parameters that tell those in which the sign turns from those in which it does not, with the value that parts them "
                 "best. Shares on the two sides of such a value are freed of luck where that leaves them known well enough, of the draws in which it was found; shares of a box are counted in the half of the draws in which it was not "
                 "looked for, the luck of its replicates included.", ""]  # fmt: skip
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
    split_years: int | None = None,
    draw_years: int | None = None,
    draw_replicates: int = 2,
    folder: str | os.PathLike[str] = ".",
    threads: int = 0,
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
    split_replicates, split_years
        Replicates of each combination of levers, and years (those of the study where none are given); 0 replicates leave the split out.
    draw_years, draw_replicates
        Years of each draw (those of the study where none are given) and its replicates: in a small place a single one tells
        more of chance than of parameters.
    folder
        Where the files stand, ``STUDY_answer.h5``, ``STUDY_answer_draws.h5`` and ``STUDY_answer_split.h5``: the comparison, the sweep
        over draws and that over sets of levers. The same call again takes what is finished and goes on where an interrupted one stopped.
    threads
        0 takes as many as the machine has.

    Raises
    ------
    ScenarioError
        The study cannot be run, or has fewer than two modes or more.
    WrongValue
        It has no contrast.
    FileError
        A file cannot be written, or a journal in the folder keeps an interrupted run of another study.
    """
    from parley import scenario
    from parley.analysis.attribution import attribute, refuse_dated
    from parley.analysis.compare import compare
    from parley.analysis.robustness import robustness

    study = scenario.study(name, modes=modes, years=years, burn_in=burn_in, replicates=replicates, seed=seed)
    scenario.require_two_modes(study, name, no_more=True)
    if not study.contrasts:
        raise WrongValue(f"{name} has no contrast, and an answer needs one (contrasts: in the study's file)")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    drawn = folder / f"{study.slug}_answer_draws.h5"
    results = run_or_keep(folder / f"{study.slug}_answer.h5", study, threads=threads, progress=progress)
    comparison = at_equal_spending(with_components(compare(results)))
    contrast = comparison.contrasts[comparison.headline]
    pair = (contrast.policy, contrast.baseline)
    over = None
    if draws:
        over = robustness(results, *pair, DRAWN, draws=draws, years=draw_years, replicates=draw_replicates, path=drawn,
                          threads=threads, progress=progress)  # fmt: skip
    split, not_split = None, ""
    if split_replicates:
        try:
            refuse_dated(study, pair)
        except ScenarioError as error:
            levers = ", ".join(f"`{lever}`" for lever in dict.fromkeys(fault.key for fault in error.faults))
            not_split = f"Not split over levers: {levers} is set with dates, under a condition or for one party, and is no number that could be moved."
        else:
            split = attribute(
                results,
                *pair,
                SPLIT,
                replicates=split_replicates,
                years=split_years,
                path=folder / f"{study.slug}_answer_split.h5",
                threads=threads,
                progress=progress,
            )
    return Answer(results, comparison, contrast, split, over, command or f"parley answer {name}", not_split)


def run_or_keep(path: Path, study: Study, **how: Any) -> Results:
    """Run a study into a file, or take the file as it is where this version of Parley has finished the same study into it.

    Nothing is forced: a journal of the same study is gone on with, and one of another study, or a file that Parley did not write,
    is a FileError. Options are those of `parley.running.run_into`.
    """
    from parley import _parley, running
    from parley.analysis.load import Results, open

    if path.is_file() and not _parley.has_journal(str(path)):
        try:
            found = open(path)
        except FileError:  # which run_into() tells of, before it works
            found = None
        asked = {"scenario": study.text(), "run.version": _parley.version, "run.commit": _parley.commit}
        if (
            isinstance(found, Results)
            and found.complete
            and all(found.provenance.get(n) == v for n, v in asked.items())
        ):
            return found
    return running.run_into(path, study, **how)


def meanings(beyond: str, within: str) -> str:
    """What verdicts over draws mean; `beyond` and `within` say how chance is told from more."""
    sure = f"{100 * SURE:.0f} %"
    return (
        f"*Decided*: {beyond}, and of the draws in which the two policies differ (at least {FEWEST_DRAWS}) at least {sure}, by the lower end of the interval, have the sign that "
        f"the difference has at the place's own values. *The draws decide the other way*: at least {sure} have the opposite sign; what holds at the place's own values then holds in hardly any other case that the "
        "evidence allows. *Not decided by the evidence*: neither. *No effect in most draws*: in more than half of them the two policies come to exactly the same. "
        f"*May be chance*: the draws have a sign, but {within}. *Too few draws to judge*: fewer than {FEWEST_DRAWS} differ."
    )


def over_draws_of(draws: int, keys: str, replicates: int, years: float, compared_years: float) -> str:
    """What a joint draw is, and how it was run."""
    other = (
        ""
        if years == compared_years
        else f", where the comparison runs {years_text(compared_years)}: effects that build up slowly are smaller in the draws"
    )
    luck = (
        "A draw of one replicate also turns a sign by luck, so that the larger share is told too small."
        if replicates == 1
        else "So few replicates turn a sign by luck as well; how often those of one draw differ in sign tells how much of it is luck. *Beyond luck* is the share that is left of the "
        "draws in which the policies differ, with its 95 % interval, and the verdict goes by it (a probit model with random effects, `parley.analysis.robustness`)."
    )
    return (
        f"Draws: what the evidence leaves open is drawn anew {draws:,} times. Each draw gives {keys} other values, all at once, half of each parameter's below the place's own "
        f"value and half above; both policies are run on it with the same luck ({runs_each(replicates)}, {years_text(years)}{other}). The column says in how many draws the "
        f"difference came out higher or lower than zero. {luck}"
    )


def exact_zero(found: E) -> E:
    """The estimate with a mean of exactly zero where all that is left of it is the rounding of a sum."""
    return replace(found, mean=0.0) if abs(found.mean) <= 1e-9 * max(abs(found.low), abs(found.high)) else found


def turns(over: Verdict) -> str:
    """What parts the draws in which the sign turns from the others, in words."""
    if not over.thresholds:
        turned = round(over.opposite * over.draws)
        if min(turned, over.differing - turned) < FEWEST_FLIPS:
            return f"fewer than {FEWEST_FLIPS} draws have the rarer sign: too few to look for what turns it."
        return "no single parameter tells the draws that turn from the others."
    words = [
        f"turns in {t.share_there:.0%} of draws with `{t.key}` {t.turns} {t.value:.3g}, and in {t.share_elsewhere:.0%} of the others"
        for t in over.thresholds
    ]
    text = "; ".join(words) + "."
    if over.box:
        limits = ", ".join(f"`{key}` {low:.3g} to {high:.3g}" for key, (low, high) in over.box.items())
        text += f" It mostly turns with {limits} together ({over.box_share:.0%} of these draws turn; they are {over.box_coverage:.0%} of all that do)."
    return text


def _unit(measure: str) -> str:
    unit = measure_or_component(measure).unit
    return "points of 100" if unit == "0 to 100" else unit


def _sides(names: Sequence[str], difference: Callable[[str], Estimate]) -> str:
    """``lower A; B; higher C``."""
    sides = (("lower", -1), ("higher", 1))
    parted = [(word, [name for name in names if np.sign(difference(name).mean) == sign]) for word, sign in sides]
    return "; ".join(f"{word} {_labels(some)}" for word, some in parted if some)


def _labels(measures: Sequence[str]) -> str:
    return "; ".join(_label(measure) for measure in measures)


def _label(measure: str) -> str:
    return measure_or_component(measure).label.strip().replace("|", "\\|")  # as a table of Markdown takes it


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "–"
    if abs(value) < ROUNDING:
        return "0"
    if abs(value) >= 1e3:
        return f"{value:,.0f}".replace("-", "−")
    return f"{value:.3g}".replace("-", "−")


def _signed(value: float) -> str:
    return ("+" if value >= ROUNDING else "") + _number(value)


def _told(found: Estimate) -> str:
    """A difference with its interval, where there is one."""
    found = exact_zero(found)
    if not np.isfinite(found.low):
        return _signed(found.mean)
    return f"{_signed(found.mean)} ({_number(found.low)} to {_number(found.high)})"


def _part(found: Estimate) -> str:
    """The same of a part of a split, without an interval that would rest on too few replicates."""
    return _told(found) if has_interval(found) else _signed(found.mean)
