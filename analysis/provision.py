"""A service year by year: whom the providers take, how they handle cases, what they report, and who is replaced.

Theory says what buying a service by results does to it, and what to look at (domain 2.4): *cream-skimming*, the hard cases are
taken less often than the easy ones; *parking*, a case is taken and little is done for it, so that it lapses; *inflation*,
failures are reported as successes; a *ratchet*, what was achieved is demanded; turnover of staff and of providers. Each is a
figure here, by year of the contract, and nothing but a figure: under one policy, and as a difference to another on common luck.

What becomes of a case is known only later. So figures of cases are over those that could be followed for 180 days, in the last
year as in the first, and days in mediation are counted up to 180 (a restricted mean, Royston and Parmar 2013): without that the
last year would look quick only because its long cases are still open.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.compare import Estimate, PairedEstimate, estimate, paired
from parley.analysis.dispute_table import Cases
from parley.analysis.flow import LONGEST_PATH, PATH_BITS, PATH_MASK
from parley.analysis.guard import nearest
from parley.analysis.index_validity import IndexValidity, Yearly, index_validity
from parley.analysis.measures import CENTS, MILLIONTHS, MONTHS_OF_A_YEAR, mean_of_finite, ratio
from parley.analysis.precision import level_of, level_text
from parley.analysis.texts import aligned, markdown, shown, span, write_page
from parley.analysis.welfare import equal_weights, months_of

if TYPE_CHECKING:
    from parley.analysis.load import Results
    from parley.progress import Listener

FIGURES: Mapping[str, tuple[str, str]] = {
    "taken": ("Cases taken", "% of those that came"),
    "skimming": ("Cream-skimming", "slight taken − severe taken, points"),
    "days_in_mediation": ("Days in mediation", "days, up to 180"),
    "lapsed": ("Parking: unsettled at the deadline, and at the end", "% of taken"),
    "success": ("Success", "% of closed"),
    "reported": ("Success as reported", "% of closed"),
    "error": ("Error of estimates", "points of responsibility"),
    "index": ("Evaluation index", "0 to 100"),
    "replaced": ("Providers replaced", "a year"),
    "left": ("Mediators who left", "a year"),
    "vacant": ("Vacant posts", "mean"),
    "cost": ("Public outlay per case taken", "yuan"),
}
"""Label and unit of each figure."""
SEVERE = 2
"""Code from which on a case is severe: permanent injury or death."""
PEOPLE_MEDIATION = 2
FOLLOWED = 180
"""Days for which a case has to be followed to count, and up to which its days in mediation count."""


@dataclass(frozen=True, eq=False, repr=False)
class Provision:
    """Figures of the service under one policy by year, and against another."""

    policy: str
    baseline: str
    results: Results
    by_year: dict[str, list[Estimate]]
    """[figure][year] under the policy."""
    differences: dict[str, PairedEstimate]
    """[figure], policy − baseline over all years."""
    drift: dict[str, Estimate]
    """[figure], the last third of the years less the first, under the policy."""
    validity: IndexValidity | None
    command: str

    def table(self) -> list[list[str]]:
        years = len(next(iter(self.by_year.values())))
        cells = [["", "unit", *(f"year {year + 1}" for year in range(years))]]
        for figure, (label, unit) in FIGURES.items():
            cells.append([label, unit, *(shown(found.mean) for found in self.by_year[figure])])
        return cells

    def difference_table(self) -> list[list[str]]:
        cells = [["", "unit", f"{self.policy} − {self.baseline}", "last third − first third"]]
        for figure, (label, unit) in FIGURES.items():
            cells.append([label, unit, span(self.differences[figure]), span(self.drift[figure])])
        return cells

    def __str__(self) -> str:
        lines = [f"{self.policy} in {self.results.place}: {len(self.results.replicates)} replicates", "",
                 *aligned(self.table(), left=2), "", *aligned(self.difference_table(), left=2)]  # fmt: skip
        if self.validity is not None:
            lines += ["", str(self.validity)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<parley.Provision {self.policy} − {self.baseline}: {len(self.by_year['taken'])} years>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"

    def markdown(self) -> str:
        """The answer as a page."""
        lines = [f"# {self.results.title}", "", self.results.question, "",
                 "*Made by one command; every number comes out of the model's mechanisms with the assumptions of the parameter page. "
                 "Nothing here is a forecast.*", "",
                 f"Means over {len(self.results.replicates)} replicates on common luck, {self.policy} year by year.", "",
                 *markdown(self.table()), "",
                 "## What is different", "",
                 f"{self.policy} minus {self.baseline} over all years, and under {self.policy} the last third of the years less the first, with "
                 f"{level_text(level_of(self.results.looks))} intervals. Cases that came are those whose way through the forums leads to the committee; a few of them are lost on "
                 "the way, slight and severe alike. They are counted in the year of their opening, days in mediation and parking in the year in which the "
                 f"committee took the case; those of the last {FOLLOWED} days are left out, because what became of them is not known. Parked is a case "
                 "that was unsettled when the legal time was over, and remained so.", "", *markdown(self.difference_table()), ""]  # fmt: skip
        if self.validity is not None:
            lines += ["## Is the evaluation worth following?", "", "Spearman's correlation with welfare, every concern weighing the same; the weights are a choice "
                      "like any other ([welfare](../guide/welfare.md)).", "", "```text", str(self.validity), "```", ""]  # fmt: skip
        lines += ["## How it was made", "", f"`{self.command}`; digest of the runs {self.results.digest[:16]}…; seed {self.results.seed}."]  # fmt: skip
        return "\n".join(lines).rstrip() + "\n"

    def write(self, path: str | os.PathLike[str]) -> Path:
        return write_page(path, self.markdown())


def provision(
    name: str | os.PathLike[str], *, modes: list[str] | None = None, replicates: int | None = None, years: int | None = None,
    burn_in: int | None = None, seed: int | None = None, folder: str | os.PathLike[str] = ".", threads: int = 0,
    progress: bool | Listener | None = None, command: str = "",
) -> Provision:  # fmt: skip
    """Run a study of two modes and look at its last mode's service year by year, against its baseline.

    Parameters
    ----------
    name
        A study, or a place with two modes. Several contract terms need ten years and more.
    folder
        Where the file of the runs stands.

    Raises
    ------
    ScenarioError
        The study cannot be run, or has fewer than two modes.
    """
    from parley import running, scenario

    study = scenario.study(name, modes=modes, years=years, burn_in=burn_in, replicates=replicates, seed=seed)
    scenario.require_two_modes(study, name)
    chosen = [mode for mode in study.modes if mode != study.baseline]
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    results: Any = running.run_into(folder / f"{study.slug}_provision.h5", study, threads=threads, progress=progress)
    return of_results(results, chosen[-1], study.baseline, command or f"parley provision {name}")


def of_results(results: Results, policy: str, baseline: str, command: str = "") -> Provision:
    """The same of a file of `parley compare` with cases.

    Raises
    ------
    KeyError
        There is no such policy.
    """
    for one in (policy, baseline):
        if one not in results.policies:
            raise KeyError(f"there is no policy {one!r}{nearest(one, results.policies)}")
    years = -(-int(months_of(results)[-1] + 1) // MONTHS_OF_A_YEAR)
    mine, other = figures(results, policy, years), figures(results, baseline, years)
    third, level = max(years // 3, 1), level_of(results.looks)
    with np.errstate(all="ignore"):
        by_year = {f: [estimate(mine[f][:, year], level) for year in range(years)] for f in FIGURES}
        differences = {f: paired(mean_of_finite(mine[f]), mean_of_finite(other[f]), level) for f in FIGURES}
        drift = {
            f: estimate(mean_of_finite(mine[f][:, -third:]) - mean_of_finite(mine[f][:, :third]), level)
            for f in FIGURES
        }
    try:
        validity = index_validity(results, equal_weights(), policy)
    except ValueError:  # too small for anything to differ
        validity = None
    return Provision(policy, baseline, results, by_year, differences, drift, validity, command)


def figures(results: Results, policy: str, years: int) -> dict[str, np.ndarray]:
    """Every figure of one policy, shape (replicates, years); NaN where it is not defined."""
    yearly = Yearly(results, policy, years)

    def of(metric: str) -> np.ndarray:
        return np.asarray(yearly.sum(metric).sum(axis=-1))

    closed, agreed = of("mediation_closed"), of("mediation_agreements")
    cases = _followed(results, policy, years)
    return {
        "taken": 100 * ratio(cases["taken"].sum(axis=2), cases["came"].sum(axis=2)),
        "skimming": 100 * (ratio(cases["taken"][..., 0], cases["came"][..., 0]) - ratio(cases["taken"][..., 1], cases["came"][..., 1])),
        "days_in_mediation": ratio(cases["days"], cases["had"]),
        "lapsed": 100 * ratio(cases["lapsed"], cases["had"]),
        "success": 100 * ratio(agreed, closed),
        "reported": 100 * ratio(agreed + of("inflated_reports"), closed),
        "error": 100 * MILLIONTHS * ratio(of("estimate_error"), of("estimates")),
        "index": 100 * yearly.last("evaluation_index").mean(axis=-1),
        "replaced": of("providers_replaced"),
        "left": of("mediators_left"),
        "vacant": yearly.mean("vacancies").sum(axis=-1),
        "cost": ratio(of("public_outlay") / CENTS, of("mediation_accepted")),
    }  # fmt: skip


def _followed(results: Results, policy: str, years: int) -> dict[str, np.ndarray]:
    """Counts of cases that could be followed long enough, by year, shape (replicates, years).

    Those that came to a committee and were taken by year of opening, with a last axis for slight (0) and severe (1); those
    that it had, their days and those that lapsed by the year in which it took them. Where a case went on to another forum, the
    day on which that had it stands for the end.
    """
    cases = Cases.of(results, policy)
    starts = results.dates.astype("datetime64[D]").astype(np.int64)
    first = np.unique(months_of(results) // MONTHS_OF_A_YEAR, return_index=True)[1]
    beginnings = starts[first] - starts[0]
    last_followed = _days_recorded(results) - FOLLOWED
    replicate = np.searchsorted(np.asarray(results.replicates), cases["replicate"])
    shape = (len(results.replicates), years)

    def year_of(day: np.ndarray) -> np.ndarray:
        return np.searchsorted(beginnings, day, side="right") - 1

    def count(which: np.ndarray, year: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        cell = replicate[which] * years + year[which]
        chosen = None if weights is None else weights[which]
        return np.bincount(cell, weights=chosen, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)

    opened, begun = (cases[name].astype(np.int64) for name in ("opened", "mediation_day"))
    came = np.zeros(len(opened), dtype=bool)
    path = cases["path"].astype(np.int64)
    for position in range(LONGEST_PATH):
        came |= ((path >> (PATH_BITS * position)) & PATH_MASK) == PEOPLE_MEDIATION
    came &= (opened >= 0) & (opened < last_followed)
    severe = cases["severity"] >= SEVERE

    def by_severity(which: np.ndarray) -> np.ndarray:
        return np.stack([count(which & (severe == kind), year_of(opened)) for kind in (False, True)], axis=-1)

    had = cases.accepted & (begun < last_followed)
    days = np.minimum(cases.mediation_end - begun, FOLLOWED)
    settled = cases.through("people_mediation") & cases.ended("agreement", "reconciled") & cases.closed
    lapsed = had & (days >= cases.deadline) & ~settled
    return {
        "came": by_severity(came), "taken": by_severity(came & cases.had), "had": count(had, year_of(begun)),
        "days": count(had, year_of(begun), days.astype(np.float64)), "lapsed": count(lapsed, year_of(begun)),
    }  # fmt: skip


def _days_recorded(results: Results) -> int:
    """From the first day recorded to the end of the last period, a month or a day."""
    last, monthly = results.dates[-1], len(results.dates) == results.months
    end = (last.astype("datetime64[M]") + 1).astype("datetime64[D]") if monthly else last + 1
    return int((end - results.dates[0]).astype(np.int64))
