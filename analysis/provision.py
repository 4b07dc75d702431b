"""A service year by year: whom the providers take, how they handle cases, what they report, and who is replaced.

Theory says what buying a service by results does to it, and what to look at (domain 2.4): *cream-skimming*, the hard cases are
taken less often than the easy ones; *parking*, a case is taken and little is done for it, so that it lapses; *inflation*,
failures are reported as successes; a *ratchet*, what was achieved is demanded; turnover of staff and of providers. Each is a
figure here, by year of the contract, and nothing but a figure: under one policy, and as a difference to another on common luck.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.compare import LEVEL, Estimate, PairedEstimate, estimate, paired
from parley.analysis.flow import LONGEST_PATH, PATH_BITS, PATH_MASK
from parley.analysis.guard import nearest
from parley.analysis.index_validity import IndexValidity, Yearly, index_validity
from parley.analysis.load import NOT_CLOSED
from parley.analysis.measures import CENTS, MILLIONTHS, MONTHS_OF_A_YEAR, mean_of_finite, ratio
from parley.analysis.texts import aligned, markdown, shown, span, write_page
from parley.analysis.welfare import equal_weights, months_of

if TYPE_CHECKING:
    from parley.analysis.load import Results
    from parley.progress import Listener

FIGURES: Mapping[str, tuple[str, str]] = {
    "taken": ("Cases taken", "% of those that came"),
    "skimming": ("Cream-skimming", "slight taken − severe taken, points"),
    "days_in_mediation": ("Days in mediation", "days"),
    "lapsed": ("Parking: closed without result", "% of closed"),
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
                 "95 % intervals. Cases that came are those whose way through the forums leads to the committee; a few of them are lost on "
                 "the way, slight and severe alike.", "", *markdown(self.difference_table()), ""]  # fmt: skip
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
        The study cannot be run.
    ValueError
        There is nothing to compare with.
    """
    from parley import running, scenario

    study = scenario.study(name, modes=modes, years=years, burn_in=burn_in, replicates=replicates, seed=seed)
    chosen = [mode for mode in study.modes if mode != study.baseline]
    if not chosen:
        raise ValueError(f"{study.slug} has one mode alone; provision compares two")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    results: Any = running.run_into(
        folder / f"{study.slug}-provision.h5", study, threads=threads, progress=progress, force=True
    )
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
    third = max(years // 3, 1)
    with np.errstate(all="ignore"):
        by_year = {f: [estimate(mine[f][:, year], LEVEL) for year in range(years)] for f in FIGURES}
        differences = {f: paired(mean_of_finite(mine[f]), mean_of_finite(other[f])) for f in FIGURES}
        drift = {
            f: estimate(mean_of_finite(mine[f][:, -third:]) - mean_of_finite(mine[f][:, :third]), LEVEL)
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
    lapsed = closed - agreed - of("mediation_reconciled")
    cases = _by_year_opened(results, policy, years)
    return {
        "taken": 100 * ratio(cases["taken"].sum(axis=2), cases["came"].sum(axis=2)),
        "skimming": 100 * (ratio(cases["taken"][..., 0], cases["came"][..., 0]) - ratio(cases["taken"][..., 1], cases["came"][..., 1])),
        "days_in_mediation": ratio(cases["days"], cases["ended"]),
        "lapsed": 100 * ratio(lapsed, closed),
        "success": 100 * ratio(agreed, closed),
        "reported": 100 * ratio(agreed + of("inflated_reports"), closed),
        "error": 100 * MILLIONTHS * ratio(of("estimate_error"), of("estimates")),
        "index": 100 * yearly.fraction("evaluation_index").mean(axis=-1),
        "replaced": of("providers_replaced"),
        "left": of("mediators_left"),
        "vacant": yearly.mean("vacancies").sum(axis=-1),
        "cost": ratio(of("public_outlay") / CENTS, of("mediation_accepted")),
    }  # fmt: skip


def _by_year_opened(results: Results, policy: str, years: int) -> dict[str, np.ndarray]:
    """Cases that came to a committee and were taken, by year of opening and slight (0) or severe (1)."""
    never = np.iinfo(np.int32).max
    columns = results.case_columns("policy", "replicate", "path", "severity", "opened", "closed", "mediation_day",
                                   "filing_day", "payment_day")  # fmt: skip
    mine = columns["policy"] == results.policies.index(policy)
    column = {name: np.asarray(values[mine], dtype=np.int64) for name, values in columns.items()}
    starts = results.dates.astype("datetime64[D]").astype(np.int64)
    year = np.searchsorted(starts[::MONTHS_OF_A_YEAR] - starts[0], column["opened"], side="right") - 1
    came = np.zeros(len(year), dtype=bool)
    for position in range(LONGEST_PATH):
        came |= ((column["path"] >> (PATH_BITS * position)) & PATH_MASK) == PEOPLE_MEDIATION
    came &= (year >= 0) & (year < years)
    taken = came & (column["mediation_day"] != never)
    severe = (column["severity"] >= SEVERE).astype(np.int64)
    replicate = np.searchsorted(np.asarray(results.replicates), column["replicate"])
    shape = (len(results.replicates), years)

    def count(which: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        cell = replicate[which] * years + year[which]
        chosen = None if weights is None else weights[which]
        return np.bincount(cell, weights=chosen, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)

    def by_severity(which: np.ndarray) -> np.ndarray:
        return np.stack([count(which & (severe == kind)) for kind in (0, 1)], axis=-1)

    ends = np.full(len(year), never)
    for name in ("filing_day", "payment_day"):
        later = column[name] >= column["mediation_day"]
        ends = np.where(later, np.minimum(ends, column[name]), ends)
    closed = np.where(column["closed"] == NOT_CLOSED, never, column["closed"])
    ends = np.minimum(ends, np.where(closed >= column["mediation_day"], closed, never))
    ended = taken & (ends != never)
    days = (ends - column["mediation_day"]).astype(np.float64)
    return {"came": by_severity(came), "taken": by_severity(taken), "ended": count(ended), "days": count(ended, days)}
