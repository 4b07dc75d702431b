"""Every reported measure once: a pure function of summed metrics, with its definition, unit and better direction.

A measure sees `Totals`: each additive metric of one policy summed over time and places, one number per replicate.
Ratios are therefore ratios of sums, and a difference between two policies is taken replicate by replicate after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from parley.analysis.guard import nearest
from parley.analysis.load import Results
from parley.errors import WrongValue

MONTHS_OF_A_YEAR = 12
CENTS = 100
MILLIONTHS = 1e-6


@dataclass(frozen=True)
class Totals:
    """What a measure may see of one policy: one number per replicate and metric."""

    sums: Mapping[str, np.ndarray]
    """Additive metrics summed over time and places; money in cents."""
    years: float
    """Years recorded."""
    population: float = float("nan")
    """Residents of the place."""
    trust: np.ndarray = field(default_factory=lambda: np.array(np.nan))
    """Trust averaged over the months of the last year and over places by population, 0 to 1."""
    median_days: np.ndarray | None = None
    """Median days from opening to closing of the disputes closed; None where no case was recorded."""

    def __getitem__(self, metric: str) -> np.ndarray:
        return np.asarray(self.sums[metric], dtype=np.float64)


@dataclass(frozen=True)
class Measure:
    """One row of the answer."""

    name: str
    label: str
    unit: str
    better: str
    """``lower``, ``higher``, or empty where neither direction is better as such."""
    section: str
    definition: str
    compute: Callable[[Totals], np.ndarray | None]
    in_table: bool = True


MEASURES: dict[str, Measure] = {}


def unknown_measure(name: str, known: Sequence[str] | None = None) -> WrongValue:
    """The error for a measure that does not exist: the nearest name, or all of them, and where the list is."""
    names = list(MEASURES if known is None else known)
    hint = nearest(name, names) or f"; the measures are {', '.join(MEASURES)}"
    return WrongValue(f"there is no measure {name!r}{hint} (parley measures lists them)")


DISPUTES = "Disputes"
SUCCESS = "Success of people's mediation, %"
TIME = "Time"
COMPENSATION = "Compensation and who paid it"
COST = "Public money and cost"
PEACE = "Peace and trust"


def _measure(section: str, label: str, unit: str, better: str = "", in_table: bool = True):
    def enter(compute: Callable[[Totals], np.ndarray | None]):
        definition = " ".join((compute.__doc__ or "").split())
        MEASURES[compute.__name__] = Measure(
            compute.__name__, label, unit, better, section, definition, compute, in_table
        )
        return compute

    return enter


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part over whole; not a number where there is nothing to divide by."""
    part, whole = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    return np.divide(part, whole, out=np.full(np.broadcast(part, whole).shape, np.nan), where=whole != 0)


def mean_of_finite(table: np.ndarray) -> np.ndarray:
    """Of each row of a table; what is not finite is left out, and NaN where nothing is left."""
    finite = np.isfinite(table)
    return ratio(np.where(finite, table, 0).sum(axis=1), finite.sum(axis=1))


def _yuan_a_year(total: Totals, metric: str) -> np.ndarray:
    return total[metric] / CENTS / total.years


def _if_recorded(total: Totals, metric: str) -> np.ndarray | None:
    """The same; None where the file was written before this was recorded."""
    return _yuan_a_year(total, metric) if metric in total.sums else None


# ---- disputes ---------------------------------------------------------------------------------------------------------


@_measure(DISPUTES, "Disputes", "per 10,000 admissions")
def disputes_per_10000_admissions(total: Totals) -> np.ndarray:
    """Formal disputes opened per 10,000 hospital admissions. Fewer may mean less harm or less voice."""
    return 10_000 * ratio(total["disputes"], total["admissions"])


# ---- success rates, each with its denominator -------------------------------------------------------------------------


@_measure(SUCCESS, "  agreements / accepted", "%", "higher")
def success_over_accepted(total: Totals) -> np.ndarray:
    """Signed agreements over the cases that people's mediation accepted."""
    return 100 * ratio(total["mediation_agreements"], total["mediation_accepted"])


@_measure(SUCCESS, "  agreements / closed", "%", "higher")
def success_over_closed(total: Totals) -> np.ndarray:
    """Signed agreements over the cases that people's mediation closed, however they ended."""
    return 100 * ratio(total["mediation_agreements"], total["mediation_closed"])


@_measure(SUCCESS, "  agreements + reconciled / closed", "%", "higher")
def success_with_reconciled(total: Totals) -> np.ndarray:
    """Signed agreements and cases that the two sides settled between themselves, over the cases closed."""
    return 100 * ratio(total["mediation_agreements"] + total["mediation_reconciled"], total["mediation_closed"])


@_measure(SUCCESS, "  not sent to court / closed", "%", "higher")
def success_not_to_court(total: Totals) -> np.ndarray:
    """Everything that did not go from people's mediation to court, over the cases closed."""
    return 100 * (1 - ratio(total["mediation_to_court"], total["mediation_closed"]))


# ---- time -------------------------------------------------------------------------------------------------------------


@_measure(TIME, "Days to resolution, mean", "days", "lower")
def days_mean(total: Totals) -> np.ndarray:
    """Days from opening to closing, mean over the disputes closed in any channel."""
    return ratio(total["days_to_resolution"], total["closed"])


@_measure(TIME, "Days to resolution, median", "days", "lower")
def days_median(total: Totals) -> np.ndarray | None:
    """Days from opening to closing, median over the disputes closed in any channel; needs the case table."""
    return total.median_days


@_measure(TIME, "Closed within 30 working days", "%", "higher")
def within_30_working_days(total: Totals) -> np.ndarray:
    """Disputes closed within 30 working days (42 days) of their opening, over the disputes closed."""
    return 100 * ratio(total["within_30_working_days"], total["closed"])


# ---- compensation -----------------------------------------------------------------------------------------------------


@_measure(COMPENSATION, "Paid per agreement", "yuan")
def paid_per_agreement(total: Totals) -> np.ndarray:
    """Compensation paid over the disputes closed with a payment."""
    return ratio(total["paid"], total["closed_with_payment"]) / CENTS


@_measure(COMPENSATION, "Paid to patients", "yuan per year")
def paid_per_year(total: Totals) -> np.ndarray:
    """Compensation that reached patients, per year."""
    return _yuan_a_year(total, "paid")


@_measure(COMPENSATION, "  by hospitals", "yuan per year")
def paid_by_hospital_per_year(total: Totals) -> np.ndarray:
    """Compensation paid by hospitals and their staff, per year."""
    return _yuan_a_year(total, "paid_by_hospital")


@_measure(COMPENSATION, "  by insurers", "yuan per year")
def paid_by_insurer_per_year(total: Totals) -> np.ndarray:
    """Compensation paid by insurers, per year."""
    return _yuan_a_year(total, "paid_by_insurer")


@_measure(COMPENSATION, "  by mutual funds", "yuan per year")
def paid_by_fund_per_year(total: Totals) -> np.ndarray:
    """Compensation paid by mutual risk funds, per year."""
    return _yuan_a_year(total, "paid_by_fund")


@_measure(COMPENSATION, "  by government", "yuan per year")
def paid_by_government_per_year(total: Totals) -> np.ndarray:
    """Compensation paid from public relief, per year."""
    return _yuan_a_year(total, "paid_by_government")


@_measure(COMPENSATION, "Share paid by hospitals", "%", in_table=False)
def share_by_hospital(total: Totals) -> np.ndarray:
    """Share of compensation that hospitals and their staff paid."""
    return 100 * ratio(total["paid_by_hospital"], total["paid"])


@_measure(COMPENSATION, "Share paid by insurers", "%", in_table=False)
def share_by_insurer(total: Totals) -> np.ndarray:
    """Share of compensation that insurers paid."""
    return 100 * ratio(total["paid_by_insurer"], total["paid"])


@_measure(COMPENSATION, "Share paid by mutual funds", "%", in_table=False)
def share_by_fund(total: Totals) -> np.ndarray:
    """Share of compensation that mutual risk funds paid."""
    return 100 * ratio(total["paid_by_fund"], total["paid"])


@_measure(COMPENSATION, "Share paid by government", "%", in_table=False)
def share_by_government(total: Totals) -> np.ndarray:
    """Share of compensation that public relief paid."""
    return 100 * ratio(total["paid_by_government"], total["paid"])


@_measure(COMPENSATION, "Error |paid − owed|", "yuan per dispute", "lower")
def compensation_error(total: Totals) -> np.ndarray:
    """Absolute difference between what was paid and what was truly owed, mean over the disputes closed."""
    return ratio(total["compensation_error"], total["closed"]) / CENTS


@_measure(COMPENSATION, "Error relative to owed", "%", "lower")
def compensation_error_relative(total: Totals) -> np.ndarray:
    """Sum of absolute differences between paid and owed, over the sum owed."""
    return 100 * ratio(total["compensation_error"], total["owed"])


# ---- public money and cost --------------------------------------------------------------------------------------------


@_measure(COST, "Public outlay", "yuan per year", "lower")
def public_outlay_per_year(total: Totals) -> np.ndarray:
    """All money that left public budgets, per year."""
    return _yuan_a_year(total, "public_outlay")


@_measure(COST, "Cost of system", "yuan per year", "lower")
def system_cost_per_year(total: Totals) -> np.ndarray:
    """Cost of handling disputes to everybody, compensation itself left out, per year."""
    return _yuan_a_year(total, "system_cost")


@_measure(COST, "Committees, from insurers", "yuan per year", in_table=False)
def committees_by_insurers_per_year(total: Totals) -> np.ndarray | None:
    """What insurers gave to mediation committees, per year; in files of layout 1.4 or later."""
    return _if_recorded(total, "committees_by_insurers")


@_measure(COST, "Committees, from hospitals and donors", "yuan per year", in_table=False)
def committees_by_hospitals_per_year(total: Totals) -> np.ndarray | None:
    """What hospitals and donors gave to mediation committees, per year; in files of layout 1.4 or later."""
    return _if_recorded(total, "committees_by_hospitals")


@_measure(COST, "Paid into mutual funds", "yuan per year", in_table=False)
def fund_contributions_per_year(total: Totals) -> np.ndarray | None:
    """What hospitals paid into mutual risk funds, per year; in files of layout 1.4 or later."""
    return _if_recorded(total, "fund_contributions")


@_measure(COST, "Paid into insurers' capital", "yuan per year", in_table=False)
def insurer_capital_per_year(total: Totals) -> np.ndarray | None:
    """What hospitals paid into the capital of insurers, on joining or where one was ruined, per year; in files of layout 1.4 or later."""
    return _if_recorded(total, "insurer_capital")


@_measure(COST, "Liability premiums", "yuan per year", in_table=False)
def premiums_per_year(total: Totals) -> np.ndarray | None:
    """Liability premiums that hospitals paid to insurers, per year."""
    return _if_recorded(total, "premiums")


# ---- peace and trust --------------------------------------------------------------------------------------------------


@_measure(PEACE, "Disturbances", "per year", "lower")
def disturbances_per_year(total: Totals) -> np.ndarray:
    """Disturbances at hospitals per year."""
    return total["disturbances"] / total.years


@_measure(PEACE, "Disturbances", "per 100 disputes", "lower")
def disturbances_per_100_disputes(total: Totals) -> np.ndarray:
    """Disturbances at hospitals per 100 formal disputes opened."""
    return 100 * ratio(total["disturbances"], total["disputes"])


@_measure(PEACE, "Trust in hospitals", "0 to 100", "higher")
def trust(total: Totals) -> np.ndarray:
    """Trust of residents in hospitals, mean over the last year recorded, places weighted by population."""
    return 100 * np.asarray(total.trust, dtype=np.float64)


# ---- from a file ------------------------------------------------------------------------------------------------------

ADDITIVE = (
    "admissions", "disputes", "mediation_accepted", "mediation_closed", "mediation_agreements", "mediation_reconciled",
    "mediation_to_court", "closed", "days_to_resolution", "within_30_working_days", "closed_with_payment", "paid",
    "paid_by_hospital", "paid_by_insurer", "paid_by_fund", "paid_by_government", "owed", "compensation_error",
    "public_outlay", "system_cost", "disturbances", "disturbances_calmed", "mediation_withdrawn", "premiums",
    "committees_by_insurers", "committees_by_hospitals", "fund_contributions", "insurer_capital",
)  # fmt: skip
"""The metrics that the measures need."""


def totals(results: Results, policy: str) -> Totals:
    """Sum the metrics of one policy over time and places."""
    index = results.policies.index(policy)
    known = set(results.metric_names)
    sums = {name: results.metric(name)[index].sum(axis=(1, 2)) for name in ADDITIVE if name in known}
    return Totals(sums, results.years, float(results.population.sum()), trust_of_last_year(results, index),
                  median_days(results, index))  # fmt: skip


def months_of(results: Results) -> np.ndarray:
    """Month of each recorded period from the first on, shape (periods,); a period is a month, or a day."""
    whole = results.dates.astype("datetime64[M]").astype(np.int64)
    return np.arange(len(whole)) if len(whole) == results.months else np.asarray(whole - whole[0])


def trust_of_last_year(results: Results, index: int) -> np.ndarray:
    """Mean over the last twelve months, places weighted by population; a period may be a month or a day."""
    months = months_of(results)
    last = months > months[-1] - MONTHS_OF_A_YEAR
    values = results.metric("trust")[index][:, last, :].mean(axis=1)
    scale = MILLIONTHS if results.unit("trust") == "1e-6" else 1.0
    return scale * values @ (results.population / results.population.sum())


def median_days(results: Results, index: int) -> np.ndarray | None:
    """Median of closed − opened over the disputes closed on day 0 or later, one number per replicate."""
    if not results.has_cases:
        return None
    columns = results.case_columns("policy", "replicate", "opened", "closed")
    chosen = (columns["policy"] == index) & (columns["closed"] >= 0)
    days = columns["closed"][chosen].astype(np.int64) - columns["opened"][chosen]
    replicate = columns["replicate"][chosen]
    medians = np.full(len(results.replicates), np.nan)
    for position, number in enumerate(results.replicates):
        mine = days[replicate == number]
        if len(mine):
            medians[position] = np.median(mine)
    return medians
