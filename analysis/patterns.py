"""Target patterns: published figures that a good model of a place should show, each with its band and its source.

A pattern is marked ``calibration`` where its figure was aimed at or its source also set a parameter, and ``validation``
where no search aimed at it (Grimm et al. 2005, pattern-oriented modelling); `leans_on` says of which others, or of what was put in, it is
a consequence all the same. It is computed from `Totals` where sums suffice, so
that sweeps and calibrations know it too, from the table of cases, or from a whole file. Some need another run beside that of the place
under its status quo: a study, the same place without a lever, or with other parameters.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from parley.analysis.dispute_table import (
    DAYS_OF_A_YEAR,
    FARTHEST_DAY,
    Cases,
    hazard,
    mean,
    mediated,
    paid_by_case,
    share_of,
    taken_in_year_to_date,
    tried,
)
from parley.analysis.guard import nearest
from parley.analysis.measures import CENTS, MEASURES, MONTHS_OF_A_YEAR, Totals, months_of, ratio, totals
from parley.errors import Fault, ScenarioError, WrongValue

if TYPE_CHECKING:
    from parley.analysis.calibration import Target
    from parley.analysis.load import Results
    from parley.analysis.sweep_results import SweepResults

NATION = ("china", "chongqing")
"""Figures of the nation and of provinces: the national template, and the municipality that stands for a province."""
NATION_ALONE = ("china",)
"""Where a study of the national template is needed."""
CALIBRATION, VALIDATION, INPUT = "calibration", "validation", "input"
MONTH = 30


@dataclass(frozen=True)
class Needs:
    """What is run for a pattern instead of the place under its status quo."""

    study: str = ""
    """A study of the place, by name."""
    policies: tuple[str, ...] = ()
    """Those of its modes that are looked at."""
    without: tuple[tuple[str, float], ...] = ()
    """Or the place twice, the second time with these levers: what they changed."""
    points: tuple[tuple[tuple[str, float], ...], ...] = ()
    """Or the place with each of these sets of parameters: a sweep on common luck."""

    def __str__(self) -> str:
        if self.study:
            return f"the study {self.study}"
        if self.points:
            return "runs with other values of " + ", ".join(name for name, _ in self.points[0])
        return "a second run with " + ", ".join(f"{lever} at {value:g}" for lever, value in self.without)


@dataclass(frozen=True)
class Pattern:
    """One figure."""

    id: str
    statement: str
    unit: str
    published: str
    low: float
    high: float
    use: str
    """``calibration``, ``validation``, or ``input`` where the figure is put in."""
    places: tuple[str, ...]
    source: str
    of_totals: Callable[[Totals], np.ndarray] | None = None
    of_cases: Callable[[Cases], np.ndarray] | None = None
    of_run: Callable[[Any, str], np.ndarray] | None = None
    leans_on: str = ""
    """What else the model was given from the same source, or which other patterns it follows from."""
    remark: str = ""
    """What bears on a miss."""
    needs: Needs | None = None
    record: str = "cases"
    """The least that must be recorded."""

    @property
    def independent(self) -> bool:
        """Whether meeting it speaks for the model: held back, and no consequence of what was put in or aimed at."""
        return self.use == VALIDATION and not self.leans_on

    @property
    def band(self) -> str:
        return f"{self.low:g} or more" if math.isinf(self.high) else f"{self.low:g} to {self.high:g}"

    @property
    def computed_from(self) -> str:
        what = "sums" if self.of_totals else "cases" if self.of_cases else "ledger" if self.record == "full" else "file"
        return f"{what} of {self.needs}" if self.needs else what

    def compute(self, results: Any, policy: str) -> np.ndarray | None:
        """One number per replicate, of `Results`, or of the `SweepResults` of what it needs; None where the file has no case.

        Raises
        ------
        NotRecorded
            The file does not hold what it is computed from.
        """
        if self.of_run is not None:
            return np.asarray(self.of_run(results, policy), dtype=np.float64)
        if self.of_totals is not None:
            return np.asarray(self.of_totals(_seen(results, policy, totals)), dtype=np.float64)
        if self.of_cases is not None and results.has_cases:
            return self.of_cases(_seen(results, policy, Cases.of))
        return None


PATTERNS: dict[str, Pattern] = {}
_SEEN: WeakKeyDictionary[Any, dict[Any, tuple[str, Any]]] = WeakKeyDictionary()
"""Of each file, as long as somebody has it open: what patterns are computed from, of the policy that was looked at last."""


def _seen(results: Any, policy: str, read: Callable[[Any, str], Any]) -> Any:
    """What is read once for all patterns of a policy: its sums, or the table of its cases."""
    kept = _SEEN.setdefault(results, {})
    if kept.get(read, ("", None))[0] != policy:
        kept[read] = policy, read(results, policy)
    return kept[read][1]


def _entering(how: str) -> Callable[..., Any]:
    """A decorator that enters a pattern which is computed in one of the three ways."""

    def pattern(id: str, statement: str, unit: str, published: str, band: tuple[float, float], use: str,
                places: tuple[str, ...], source: str, **more: Any):  # fmt: skip
        def enter(compute: Callable[..., np.ndarray]):
            given: dict[str, Any] = {how: compute, **more}
            PATTERNS[id] = Pattern(id, statement, unit, published, *band, use, places, source, **given)
            return compute

        return enter

    return pattern


_totals, _cases, _run = _entering("of_totals"), _entering("of_cases"), _entering("of_run")


# ---- the seeds --------------------------------------------------------------------------------------------------------

ZIGONG, CHENGGONG = ("zigong",), ("chenggong",)
REPORT, REPLY = "report on Zigong", "Chenggong's reply of August 2024"
REPORTED_SHARE_OF_A_YEAR = 0.75
"""The report counts "this year" without saying in which month; three quarters, with a band that reaches from a half to a whole."""
TO_MID_AUGUST = 7.5 / 12
SUBSIDISED_YEARS = 1 + TO_MID_AUGUST
"""The reply counts subsidies since 2023: that year and the next to mid-August."""


@_totals("T1", "accepted in the year to date (nine months of it)", "cases", "42", (30, 57), CALIBRATION, ZIGONG, REPORT)
def _(total: Totals) -> np.ndarray:
    return total["mediation_accepted"] / total.years * REPORTED_SHARE_OF_A_YEAR


@_cases(
    "T2",
    "successful at the report, of those accepted in the year to date",
    "1",
    "33/42 = 0.786",
    (0.64, 0.88),
    CALIBRATION,
    ZIGONG,
    REPORT,
)
def _(cases: Cases) -> np.ndarray:
    """The report's 33 and its 9 open make its 42: what was taken this year and how that stands, not this year's successes."""
    taken, successful = taken_in_year_to_date(cases, REPORTED_SHARE_OF_A_YEAR)
    return cases.each(lambda rows: share_of(successful & rows, taken & rows))


@_cases(
    "T3",
    "open in mediation at the report, of those accepted in the year to date",
    "cases",
    "9",
    (4, 17),
    VALIDATION,
    ZIGONG,
    REPORT,
    leans_on="T1 × (1 − T2): the report's 42 less its 33 leave 9",
)
def _(cases: Cases) -> np.ndarray:
    """A mean over the reports of the years recorded."""
    taken, _ = taken_in_year_to_date(cases, REPORTED_SHARE_OF_A_YEAR)
    report = (np.floor(cases["mediation_day"] / DAYS_OF_A_YEAR) + REPORTED_SHARE_OF_A_YEAR) * DAYS_OF_A_YEAR
    inside = taken & (cases.mediation_end >= report)
    return cases.each(lambda rows: float((inside & rows).sum()) / cases.years)


@_cases("T4", "demand per accepted case", "yuan", "156,490", (90_000, 300_000), CALIBRATION, ZIGONG, REPORT)
def _(cases: Cases) -> np.ndarray:
    return cases.each(lambda rows: mean(cases["demand"][rows & cases.accepted]) / CENTS)


@_cases("T5", "paid in mediation in the year to date (nine months of it)", "yuan", "1,785,600", (1.0e6, 3.2e6), VALIDATION, ZIGONG, REPORT,
        leans_on="T1 × T2 × T6")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    _, successful = taken_in_year_to_date(cases, REPORTED_SHARE_OF_A_YEAR)
    return cases.each(lambda rows: cases["paid"][rows & successful].sum() / CENTS / cases.years)


@_cases("T6", "paid per success", "yuan", "54,109", (35_000, 85_000), CALIBRATION, ZIGONG, REPORT)
def _(cases: Cases) -> np.ndarray:
    _, successful = taken_in_year_to_date(cases, REPORTED_SHARE_OF_A_YEAR)
    return cases.each(lambda rows: mean(cases["paid"][rows & successful]) / CENTS)


@_cases("T7", "paid over demanded, mixed denominators", "1", "0.272", (0.20, 0.38), VALIDATION, ZIGONG, REPORT,
        leans_on="T5 over T1 × T4")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    """What the successful ones were paid over what all of the year to date demanded."""
    taken, successful = taken_in_year_to_date(cases, REPORTED_SHARE_OF_A_YEAR)
    return cases.each(
        lambda rows: float(np.divide(cases["paid"][rows & successful].sum(), cases["demand"][rows & taken].sum()))
    )


@_run("T8", "disturbances that early warning prevented in the year to date", "cases", "1", (0, 6), VALIDATION, ZIGONG, REPORT,
      needs=Needs(without=(("warning_coverage", 0.0),)))  # fmt: skip
def _(results: Results, policy: str) -> np.ndarray:
    """What there is more of with the same luck where nobody warns."""
    warned, unwarned = (results.metric("disturbances")[index].sum(axis=(1, 2)) for index in (0, 1))
    return (unwarned - warned) / results.years * REPORTED_SHARE_OF_A_YEAR


@_totals("T9", "accepted from January to mid-August", "cases", "19", (11, 30), CALIBRATION, CHENGGONG, REPLY)
def _(total: Totals) -> np.ndarray:
    return total["mediation_accepted"] / total.years * TO_MID_AUGUST


@_cases(
    "T10",
    "successful by mid-August, of those accepted since January",
    "1",
    "13/19 = 0.684",
    (0.46, 0.85),
    CALIBRATION,
    CHENGGONG,
    REPLY,
)
def _(cases: Cases) -> np.ndarray:
    taken, successful = taken_in_year_to_date(cases, TO_MID_AUGUST)
    return cases.each(lambda rows: share_of(successful & rows, taken & rows))


@_run(
    "T11",
    "subsidised cases since 2023 (nineteen and a half months)",
    "cases",
    "20",
    (12, 31),
    VALIDATION,
    CHENGGONG,
    REPLY,
    leans_on="T12.sum / T12.case",
    record="full",
)
def _(results: Results, policy: str) -> np.ndarray:
    """Cases with pay for their file in the ledger."""
    return np.array([len(cases) for cases in paid_by_case(results, policy)]) / results.years * SUBSIDISED_YEARS


@_run("T12.sum", "subsidy in all, since 2023 (nineteen and a half months)", "yuan", "10,050", (5_000, 16_000), CALIBRATION, CHENGGONG, REPLY,
      leans_on="row 182: pay_per_success", record="full")  # fmt: skip
def _(results: Results, policy: str) -> np.ndarray:
    return np.array([cases.sum() for cases in paid_by_case(results, policy)]) / results.years * SUBSIDISED_YEARS


@_run("T12.case", "subsidy per subsidised case", "yuan", "502.5", (400, 700), INPUT, CHENGGONG, REPLY,
      leans_on="row 182: pay_per_success", record="full")  # fmt: skip
def _(results: Results, policy: str) -> np.ndarray:
    """The place's file sets it: pay by case is what the reply says it is."""
    return np.array([mean(cases) for cases in paid_by_case(results, policy)])


def _put_in(
    results: Results, policy: str, compute: Callable[[dict[str, float], dict[str, float]], float]
) -> np.ndarray:
    """From what the place was given, the same in each replicate."""
    value = compute(results.levers(policy), results.parameters())
    return np.full(len(results.replicates), value)


@_run("T13", "experts", "persons", "183", (183, 183), INPUT, ZIGONG, REPORT)
def _(results: Results, policy: str) -> np.ndarray:
    return _put_in(results, policy, lambda levers, place: levers["expert_pool_size"])


@_run(
    "T14",
    "sites: district, sub-district, hospital, health centre",
    "sites",
    "1, 6, 3, 6",
    (16, 16),
    INPUT,
    CHENGGONG,
    REPLY,
)
def _(results: Results, policy: str) -> np.ndarray:
    return _put_in(results, policy, lambda levers, place: place["place.committees"] + place["place.mediation_rooms"])


@_run("T15", "trainings from January to mid-August", "1", "2", (2, 2), INPUT, CHENGGONG, REPLY)
def _(results: Results, policy: str) -> np.ndarray:
    """Sessions are whole."""
    return _put_in(results, policy, lambda levers, place: round(levers["training_sessions"] * TO_MID_AUGUST))


# ---- published --------------------------------------------------------------------------------------------------------


@_totals(
    "T16",
    "formal disputes per 10,000 admissions",
    "1",
    "3.6 (2013), 5.6 (2014)",
    (2.5, 6.5),
    CALIBRATION,
    NATION,
    "national",
)
def _(total: Totals) -> np.ndarray:
    return 1e4 * ratio(total["disputes"], total["admissions"])


@_totals(
    "T17",
    "formal disputes a year per 100,000 residents",
    "1",
    "5.0 (Sichuan 2017)",
    (3.5, 7.5),
    VALIDATION,
    NATION,
    "Wang 2022",
    leans_on="T16 × admissions per resident (row 2)",
    remark="with 0.17 admissions per resident both are met where T16 is below 4.4",
)
def _(total: Totals) -> np.ndarray:
    return 1e5 * total["disputes"] / total.years / total.population


def _channel(channel: str) -> Callable[[Cases], np.ndarray]:
    def share(cases: Cases) -> np.ndarray:
        """Of the disputes that came to any forum."""
        entered = (cases["opened"] >= 0) & (cases["first_channel"] != cases.channels.index("none"))
        here = cases["first_channel"] == cases.channels.index(channel)
        return cases.each(lambda rows: share_of(here & entered & rows, entered & rows))

    return share


for _id, _words, _channel_name, _share_of_all, _half in (
    ("negotiation", "direct talks", "negotiation", 0.618, 0.08),
    ("mediation", "people's mediation", "people_mediation", 0.207, 0.06),
    ("administration", "administrative mediation", "administrative_mediation", 0.088, 0.04),
    ("court", "court", "court", 0.088, 0.04),
):
    _cases(
        f"T18.{_id}", f"disputes whose first forum was {_words}, share", "1", f"{_share_of_all} (Sichuan)",
        (round(_share_of_all - _half, 3), round(_share_of_all + _half, 3)), CALIBRATION, NATION, "Wang 2022",
        leans_on="row 58: inclination to each forum",
    )(_channel(_channel_name))  # fmt: skip


@_totals(
    "T21",
    "agreement over committee cases, broad mix",
    "1",
    "0.41 (Guangdong)",
    (0.35, 0.50),
    VALIDATION,
    NATION,
    "Guangdong",
)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_agreements"], total["mediation_accepted"])


@_totals(
    "T22",
    "agreement and reconciliation over committee cases",
    "1",
    "0.62 (Guangdong)",
    (0.55, 0.70),
    VALIDATION,
    NATION,
    "Guangdong",
    leans_on="T24 × (1 − T23.withdrawn), but for the few cases that are still open",
)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_agreements"] + total["mediation_reconciled"], total["mediation_accepted"])


@_totals(
    "T23.court",
    "sent to court, of committee cases closed",
    "1",
    "0.115 (Guangdong)",
    (0.08, 0.16),
    CALIBRATION,
    NATION,
    "Guangdong",
    leans_on="row 95: withdrawals of the same records",
)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_to_court"], total["mediation_closed"])


@_totals(
    "T23.withdrawn",
    "withdrawn, of committee cases closed",
    "1",
    "0.21 (Guangdong)",
    (0.15, 0.28),
    CALIBRATION,
    NATION,
    "Guangdong",
    leans_on="row 95: withdrawal_hazard",
)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_withdrawn"], total["mediation_closed"])


@_totals(
    "T24",
    "settled over cases concluded, those that were withdrawn left out",
    "1",
    "0.86 Tianjin; 0.82 Chongqing and the nation",
    (0.78, 0.90),
    CALIBRATION,
    NATION,
    "several",
)
def _(total: Totals) -> np.ndarray:
    settled = total["mediation_agreements"] + total["mediation_reconciled"]
    return ratio(settled, total["mediation_closed"] - total["mediation_withdrawn"])


@_cases(
    "T25",
    "mean mediated payment",
    "yuan",
    "48,700 to 60,200",
    (40_000, 72_000),
    CALIBRATION,
    NATION,
    "Gansu, Guangdong",
)
def _(cases: Cases) -> np.ndarray:
    settled = mediated(cases) & (cases["paid"] > 0)
    return cases.each(lambda rows: mean(cases["paid"][rows & settled]) / CENTS)


def _mediation_days(cases: Cases) -> tuple[np.ndarray, np.ndarray]:
    """Which disputes were over in mediation, however, and how long it had them; those that went on until another forum had them."""
    days = cases.mediation_end - cases["mediation_day"]
    return cases.had & (days < FARTHEST_DAY // 2) & (cases.mediation_end >= 0), days


@_cases("T26.mean", "mean duration of mediation", "days", "87 (Guangdong)", (60, 115), CALIBRATION, NATION, "Guangdong")
def _(cases: Cases) -> np.ndarray:
    closed, days = _mediation_days(cases)
    return cases.each(lambda rows: mean(days[rows & closed]))


@_cases(
    "T26.month",
    "mediations over within one month",
    "1",
    "0.36 (Guangdong)",
    (0.25, 0.50),
    CALIBRATION,
    NATION,
    "Guangdong",
)
def _(cases: Cases) -> np.ndarray:
    closed, days = _mediation_days(cases)
    return cases.each(lambda rows: share_of(rows & closed & (days <= MONTH), rows & closed))


WEEK, FORTNIGHT = 7, 14


@_cases("T27", "two peaks of the settlement hazard: the lesser of first week over the fortnight after it, and fortnight around the deadline over that before it",
        "1", "above 1", (1.0, math.inf), VALIDATION, NATION, "Spier 1992, deadline rule")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    """Per day at risk, of what mediation took; the deadline is the legal time without extension."""
    settled = cases.through("people_mediation") & cases.ended("agreement", "reconciled") & cases.closed
    days = (cases.mediation_end - cases["mediation_day"]).astype(np.float64)
    about = cases.deadline - WEEK

    def lesser_peak(rows: np.ndarray) -> float:
        mine = rows & cases.accepted
        ends, events = days[mine], settled[mine]
        early = np.divide(hazard(ends, events, 0, WEEK), hazard(ends, events, WEEK, WEEK + FORTNIGHT))
        late = np.divide(hazard(ends, events, about, about + FORTNIGHT), hazard(ends, events, about - FORTNIGHT, about))
        return float(np.minimum(early, late))

    with np.errstate(divide="ignore", invalid="ignore"):  # few cases: nobody settles in a fortnight, or nobody is left
        return cases.each(lesser_peak)


CLAIM_CLASSES = np.array([10_000, 100_000, 500_000]) * CENTS
"""The bands of Guangdong's records."""


@_cases("T28", "success in mediation: odds ratio from one class of claims to the next (to 10, 100, 500 thousand yuan, above)", "1",
        "below 1, falling from class to class", (0.0, 1.0), CALIBRATION, NATION, "Gansu, Guangdong",
        leans_on="rows 90 to 92: check values, intake.perceived_amount")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    """Of the disputes that mediation had: the slope of log odds over classes, each weighed by what its odds tell."""
    over = cases.accepted & (cases.mediation_end < FARTHEST_DAY)
    settled = mediated(cases)
    of_class = np.searchsorted(CLAIM_CLASSES, cases["demand"])

    def odds_ratio(rows: np.ndarray) -> float:
        mine = rows & over
        won = np.bincount(of_class[mine & settled], minlength=len(CLAIM_CLASSES) + 1) + 0.5  # none is not never
        lost = np.bincount(of_class[mine & ~settled], minlength=len(CLAIM_CLASSES) + 1) + 0.5
        weight = won * lost / (won + lost)
        classes = np.arange(len(won)) - np.average(np.arange(len(won)), weights=weight)
        slope = (weight * classes * np.log(won / lost)).sum() / (weight * classes**2).sum()
        return float(np.exp(slope)) if mine.any() else float("nan")

    return cases.each(odds_ratio)


@_cases("T30", "plaintiffs paid in court", "1", "0.68", (0.52, 0.83), VALIDATION, NATION, "several")
def _(cases: Cases) -> np.ndarray:
    decided = tried(cases)
    return cases.each(lambda rows: share_of(rows & decided & (cases["paid"] > 0), rows & decided))


@_cases("T32", "mean share of the claim paid in court", "1", "0.48", (0.40, 0.56), CALIBRATION, NATION, "Liang",
        leans_on="row 46: responsibility of negligent events")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    """Of the sum claimed in the suit, over all claims decided, those that got nothing included."""
    claimed = cases["claimed"].astype(np.float64)
    decided = tried(cases) & (claimed > 0)
    share = np.divide(cases["paid"], claimed, out=np.full(len(claimed), np.nan), where=claimed > 0)
    return cases.each(lambda rows: mean(share[rows & decided]))


@_cases(
    "T33",
    "disputes of mediation with a disturbance",
    "1",
    "0.090 (Guangdong)",
    (0.05, 0.15),
    CALIBRATION,
    NATION,
    "Guangdong",
    leans_on="row 147: check value",
)
def _(cases: Cases) -> np.ndarray:
    return cases.each(lambda rows: share_of(rows & cases.accepted & cases.with_disturbance, rows & cases.accepted))


@_cases("T34", "disturbances after a death that come on the same day", "1", "0.51", (0.40, 0.62), CALIBRATION, NATION, "Li 2019",
        leans_on="row 148: check value")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    day = cases.disturbance_day
    after_death = cases.of_severity("death") & cases.with_disturbance & (day >= 0)
    return cases.each(lambda rows: share_of(rows & after_death & (day == cases.onset), rows & after_death))


@_cases("T35", "disturbances to which a mediator came that calmed", "1", "0.88", (0.80, 0.95), CALIBRATION, NATION, "Hexie",
        leans_on="row 158: check value")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    came = cases["attended"] != 0
    return cases.each(lambda rows: share_of(rows & came & (cases["calmed"] != 0), rows & came))


ROLLOUT = Needs(study="rollout", policies=("rollout",))
FIRST_YEAR = 2006
"""The year that the first one of the study stands for."""


def _change(results: Results, policy: str, metric: str, before: int, after: int) -> np.ndarray:
    """Of a metric's sum over the whole place, from one year to another of the study."""
    index = results.policies.index(policy)
    values = results.metric(metric)[index].sum(axis=2).astype(np.float64)
    year_of = FIRST_YEAR + months_of(results) // MONTHS_OF_A_YEAR
    return ratio(values[:, year_of == after].sum(axis=1), values[:, year_of == before].sum(axis=1)) - 1


FEWER = (
    "mediation changes where disputes go; that there are fewer comes in the model of lessons and trust alone, both slow"
)


@_run("T36.disputes", "change of disputes from 2013 to 2017 under mediation and policing", "1", "−20 %", (-0.30, -0.10), VALIDATION,
      NATION_ALONE, "health commission", needs=ROLLOUT, remark=FEWER)  # fmt: skip
def _(results: Results, policy: str) -> np.ndarray:
    return _change(results, policy, "disputes", 2013, 2017)


@_run("T36.crimes", "change of crimes (disturbances) from 2013 to 2017 under mediation and policing", "1", "−41 %", (-0.55, -0.25), CALIBRATION,
      NATION_ALONE, "health commission", needs=ROLLOUT,
      remark="the one figure that says how much sanctions deter: disturbance.sanction is set by it")  # fmt: skip
def _(results: Results, policy: str) -> np.ndarray:
    return _change(results, policy, "disturbances", 2013, 2017)


@_run("T37", "growth of disturbances from 2006 to 2010, before the roll-out", "1", "+75 %", (0.40, 1.20), VALIDATION, NATION_ALONE,
      "Hesketh 2012, press", needs=ROLLOUT, leans_on="place.admission_growth: hospital care of the same years",
      remark="hospital care and health insurance grow as they did in the nation; beside them only what districts learn about noise, and trust, can move")  # fmt: skip
def _(results: Results, policy: str) -> np.ndarray:
    return _change(results, policy, "disturbances", 2006, 2010)


@_totals(
    "T38",
    "loss ratio of liability insurance",
    "1",
    "0.43 to 0.70",
    (0.35, 0.80),
    CALIBRATION,
    NATION,
    "Guizhou, Chongqing",
    leans_on="row 120: premium.loss_ratio_target",
)
def _(total: Totals) -> np.ndarray:
    return ratio(total["paid_by_insurer"], total["premiums"])


@_cases(
    "T39",
    "negligent events that lead to a formal dispute",
    "1",
    "0.01 to 0.03",
    (0.005, 0.04),
    VALIDATION,
    NATION,
    "HMPS, Utah and Colorado",
    leans_on="T16 / rate of negligent events (rows 18, 20, 21); left free is only how many disputes are about one",
)
def _(cases: Cases) -> np.ndarray:
    opened = (cases["opened"] >= 0) & (cases["negligent"] != 0)
    return cases.each(lambda rows: float((rows & opened).sum())) / cases.negligent_events


DISCLOSURE = Needs(
    points=(
        (("disclosure.disclosure_probability", 0.05), ("disclosure.offer_probability", 0.0)),
        (("disclosure.disclosure_probability", 0.90), ("disclosure.offer_probability", 1.0)),
    )
)
"""Hardly anything is told and nothing offered; nearly everything is told, with an offer to whoever claims: the ends of the ranges."""


def _disclosed(above: str, below: str | None = None) -> Callable[[SweepResults, str], np.ndarray]:
    """What disclosure with offer makes of a metric, or of one over another."""

    def compute(results: SweepResults, policy: str) -> np.ndarray:
        values = results.measure(above, policy)
        if below is not None:
            values = ratio(values, results.measure(below, policy))
        return ratio(values[1], values[0])

    return compute


for _name, _ratio, _band, _of in (
    ("claims", "0.64", (0.44, 0.95), ("disputes",)),
    ("suits", "0.35", (0.22, 0.58), ("court_filings",)),
    ("time", "0.70", (0.5, 0.9), ("days_to_resolution", "closed")),
):
    _run(f"T40.{_name}", f"disclosure with offer: {_name}, ratio to before", "1", _ratio, _band, CALIBRATION, NATION, "Kachalia 2010",
         needs=DISCLOSURE, leans_on="row 35: apology_effect")(_disclosed(*_of))  # fmt: skip


def of_place(place: str) -> list[Pattern]:
    """The patterns that a place is compared with, in the order of the table."""
    return [pattern for pattern in PATTERNS.values() if place in pattern.places]


def no_figure(title: str) -> str:
    """What is said of a place without patterns."""
    return f"{title}: no published figure speaks of this place, so there is nothing to compare it with."


def listing(place: str | None = None) -> str:
    """The table for a terminal: all patterns, or those of a place by name or file.

    Raises
    ------
    ScenarioError
        There is no such place, with the nearest name.
    """
    chosen = list(PATTERNS.values()) if place is None else of_place(place)
    if place is not None and not chosen:
        from parley import scenario

        known = {one["slug"]: one["title"] for one in scenario.scenarios() if one["kind"] == "place"}
        if place in known:
            return no_figure(known[place])
        if "/" not in place and "." not in place:  # a name, and that of no place
            fault = Fault(
                place, 0, 0, "", f"there is no such place{nearest(place, list(known))}; parley list has them all"
            )
            raise ScenarioError(str(fault), [fault])
        study = scenario.single(place)
        chosen = of_place(study.place)
        if not chosen:
            return no_figure(study.place_title)
    return "\n".join(
        f"{p.id:<16} {p.use:<11} {p.low:g} to {p.high:g}  {p.statement} [{p.source}]"
        + (f"; leans on {p.leans_on}" if p.leans_on else "")
        for p in chosen
    )


def target(id: str) -> Target:
    """A pattern as a target of `parley.calibrate`.

    Raises
    ------
    WrongValue
        There is no such pattern (the text has the nearest name), or it needs more than a sweep keeps.
    """
    from parley.analysis.calibration import Target

    if id not in PATTERNS:
        raise WrongValue(f"there is no pattern {id!r}{nearest(id, list(PATTERNS)) or '; parley patterns lists them'}")
    pattern = PATTERNS[id]
    if pattern.of_totals is None:
        why = (
            f"it needs {pattern.needs}"
            if pattern.needs
            else "it is computed from more than the sums that a sweep keeps"
        )
        raise WrongValue(f"pattern {id} cannot be calibrated to: {why}")
    return Target(id, pattern.low, pattern.high)


def value_of(name: str, total: Totals) -> np.ndarray | None:
    """A measure, or a pattern that sums suffice for, by name; None where there is none of that name."""
    if name in MEASURES:
        return MEASURES[name].compute(total)
    if name in PATTERNS and (compute := PATTERNS[name].of_totals) is not None:
        return compute(total)
    return None


def markdown() -> str:
    """The table of the page."""
    lines = [
        "| id | pattern | published | band | use | leans on | places | source | computed from |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for p in PATTERNS.values():
        unit = "" if p.unit == "1" else f" {p.unit}"
        lines.append(
            f"| {p.id} | {p.statement} | {p.published} | {p.band}{unit} | {p.use} | {p.leans_on} | {', '.join(p.places)} | {p.source} | {p.computed_from} |"
        )
    return "\n".join(lines) + "\n"
