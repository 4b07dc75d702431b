"""Target patterns: published figures that a good model of a place should show, each with its band and its source.

A pattern is marked ``calibration`` where its figure was aimed at or its source also set a parameter, and ``validation``
where it is independent (Grimm et al. 2005, pattern-oriented modelling). It is computed from `Totals` where sums suffice, so
that sweeps and calibrations know it too, or from the table of cases. What a run of one place under its status quo cannot show is
in the table with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.dispute_table import Cases, hazard, mean, mediated, share_of, tried
from parley.analysis.guard import nearest
from parley.analysis.measures import CENTS, MEASURES, Totals, ratio, totals

if TYPE_CHECKING:
    from parley.analysis.calibration import Target
    from parley.analysis.load import Results

NATION = ("china", "chongqing")
"""Figures of the nation and of provinces: the national template, and the municipality that stands for a province."""
CALIBRATION, VALIDATION, INPUT = "calibration", "validation", "input"
MONTH_OF_WORK = 42  # days of 30 working days
MONTH = 30


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
    why_not: str = ""
    """Why a run of the place alone does not show it."""

    def compute(self, results: Results, policy: str) -> np.ndarray | None:
        """One number per replicate; None where it is not computed."""
        if self.of_totals is not None:
            return np.asarray(self.of_totals(totals(results, policy)), dtype=np.float64)
        if self.of_cases is not None and results.has_cases:
            return self.of_cases(Cases(results, policy))
        return None


PATTERNS: dict[str, Pattern] = {}


def _totals(id: str, statement: str, unit: str, published: str, band: tuple[float, float], use: str,
            places: tuple[str, ...], source: str):  # fmt: skip
    def enter(compute: Callable[[Totals], np.ndarray]):
        PATTERNS[id] = Pattern(id, statement, unit, published, *band, use, places, source, of_totals=compute)
        return compute

    return enter


def _cases(id: str, statement: str, unit: str, published: str, band: tuple[float, float], use: str,
           places: tuple[str, ...], source: str):  # fmt: skip
    def enter(compute: Callable[[Cases], np.ndarray]):
        PATTERNS[id] = Pattern(id, statement, unit, published, *band, use, places, source, of_cases=compute)
        return compute

    return enter


def _not_here(id: str, statement: str, unit: str, published: str, band: tuple[float, float], use: str,
              places: tuple[str, ...], source: str, why: str) -> None:  # fmt: skip
    PATTERNS[id] = Pattern(id, statement, unit, published, *band, use, places, source, why_not=why)


# ---- the seeds --------------------------------------------------------------------------------------------------------

ZIGONG, CHENGGONG = ("zigong",), ("chenggong",)
REPORT, REPLY = "report on Zigong", "Chenggong's reply of August 2024"
REPORTED_SHARE_OF_A_YEAR = 0.75
"""The report counts "this year" without saying in which month; three quarters, with a band that reaches from a half to a whole."""
TO_MID_AUGUST = 7.5 / 12


@_totals("T1", "accepted in the year to date (nine months of it)", "cases", "42", (30, 57), CALIBRATION, ZIGONG, REPORT)
def _(total: Totals) -> np.ndarray:
    return total["mediation_accepted"] / total.years * REPORTED_SHARE_OF_A_YEAR


@_totals("T2", "successful over accepted", "1", "33/42 = 0.786", (0.64, 0.88), CALIBRATION, ZIGONG, REPORT)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_agreements"], total["mediation_accepted"])


@_cases("T3", "open in mediation at the report", "cases", "9", (4, 17), VALIDATION, ZIGONG, REPORT)
def _(cases: Cases) -> np.ndarray:
    """On the last day of the run; accepted by mediation and not closed."""
    inside = cases.through("people_mediation") & cases.had & ~cases.closed
    return cases.each(lambda rows: float((inside & rows).sum()))


@_cases("T4", "demand per accepted case", "yuan", "156,490", (90_000, 300_000), CALIBRATION, ZIGONG, REPORT)
def _(cases: Cases) -> np.ndarray:
    return cases.each(lambda rows: mean(cases["demand"][rows & cases.accepted]) / CENTS)


@_cases(
    "T5",
    "paid in mediation in the year to date (nine months of it)",
    "yuan",
    "1,785,600",
    (1.0e6, 3.2e6),
    VALIDATION,
    ZIGONG,
    REPORT,
)
def _(cases: Cases) -> np.ndarray:
    settled = mediated(cases)
    return cases.each(lambda rows: cases["paid"][rows & settled].sum() / CENTS / cases.years * REPORTED_SHARE_OF_A_YEAR)


@_cases("T6", "paid per success", "yuan", "54,109", (35_000, 85_000), CALIBRATION, ZIGONG, REPORT)
def _(cases: Cases) -> np.ndarray:
    settled = mediated(cases)
    return cases.each(lambda rows: mean(cases["paid"][rows & settled]) / CENTS)


@_cases("T7", "paid over demanded, mixed denominators", "1", "0.272", (0.20, 0.38), VALIDATION, ZIGONG, REPORT)
def _(cases: Cases) -> np.ndarray:
    settled = mediated(cases)
    return cases.each(
        lambda rows: float(np.divide(cases["paid"][rows & settled].sum(), cases["demand"][rows & cases.accepted].sum()))
    )


@_totals("T8", "disturbances calmed on the spot in the year to date", "cases", "1", (0, 6), VALIDATION, ZIGONG, REPORT)
def _(total: Totals) -> np.ndarray:
    return total["disturbances_calmed"] / total.years * REPORTED_SHARE_OF_A_YEAR


@_totals("T9", "accepted from January to mid-August", "cases", "19", (11, 30), CALIBRATION, CHENGGONG, REPLY)
def _(total: Totals) -> np.ndarray:
    return total["mediation_accepted"] / total.years * TO_MID_AUGUST


@_totals("T10", "successful over accepted", "1", "13/19 = 0.684", (0.46, 0.85), CALIBRATION, CHENGGONG, REPLY)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_agreements"], total["mediation_accepted"])


_not_here("T11", "subsidised cases since 2023", "cases", "20", (12, 31), VALIDATION, CHENGGONG, REPLY,
          "needs a metric: files accepted for pay (successes less the refused files)")  # fmt: skip
_not_here("T12", "subsidy in all, since 2023", "yuan", "10,050", (5_000, 16_000), CALIBRATION, CHENGGONG, REPLY,
          "needs a metric: pay for successes by itself, apart from other outlay")  # fmt: skip
_not_here(
    "T13", "experts", "persons", "183", (183, 183), INPUT, ZIGONG, REPORT, "put in: expert_pool_size of the status quo"
)
_not_here("T14", "sites: district, sub-district, hospital, health centre", "sites", "1, 6, 3, 6", (16, 16), INPUT, CHENGGONG, REPLY,
          "put in: committees and mediation_rooms of the place")  # fmt: skip
_not_here(
    "T15",
    "trainings in the year so far",
    "1",
    "2",
    (2, 2),
    INPUT,
    CHENGGONG,
    REPLY,
    "put in: training_sessions of the status quo",
)

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
)
def _(total: Totals) -> np.ndarray:
    return 1e5 * total["disputes"] / total.years / total.population


def _channel(*channels: str) -> Callable[[Cases], np.ndarray]:
    def share(cases: Cases) -> np.ndarray:
        opened = cases["opened"] >= 0
        here = np.isin(cases["last_channel"], [cases.channels.index(name) for name in channels])
        return cases.each(lambda rows: share_of(here & opened & cases.closed & rows, cases.closed & opened & rows))

    return share


for _id, _words, _channels, _share_of_all, _half in (
    ("negotiation", "negotiation", ("negotiation",), 0.618, 0.08),
    ("mediation", "people's mediation", ("people_mediation",), 0.207, 0.06),
    ("administration", "administrative mediation", ("administrative_mediation",), 0.088, 0.04),
    ("court", "court", ("court",), 0.088, 0.04),
):
    _cases(
        f"T18.{_id}", f"disputes that ended in {_words}, share", "1", f"{_share_of_all} (Sichuan)",
        (round(_share_of_all - _half, 3), round(_share_of_all + _half, 3)), CALIBRATION, NATION, "Wang 2022",
    )(_channel(*_channels))  # fmt: skip


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
)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_withdrawn"], total["mediation_closed"])


@_totals(
    "T24",
    "success over cases concluded",
    "1",
    "0.86 Tianjin; 0.82 Chongqing and the nation",
    (0.78, 0.90),
    CALIBRATION,
    NATION,
    "several",
)
def _(total: Totals) -> np.ndarray:
    return ratio(total["mediation_agreements"], total["mediation_closed"])


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
    """Which disputes mediation closed, and how long it had them."""
    closed = cases.through("people_mediation") & cases.closed & cases.had
    return closed, cases["closed"].astype(np.int64) - cases["mediation_day"]


@_cases("T26.mean", "mean duration of mediation", "days", "87 (Guangdong)", (60, 115), CALIBRATION, NATION, "Guangdong")
def _(cases: Cases) -> np.ndarray:
    closed, days = _mediation_days(cases)
    return cases.each(lambda rows: mean(days[rows & closed]))


@_cases(
    "T26.month",
    "mediations closed within one month",
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


@_cases("T27", "second peak of the settlement hazard: that of the fortnight around the deadline over that of the fortnight before it", "1",
        "above 1", (1.0, 20.0), VALIDATION, NATION, "Spier 1992, deadline rule")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    closed, days = _mediation_days(cases)
    fortnight = 14

    def peak(rows: np.ndarray) -> float:
        mine = days[rows & closed]
        around = hazard(mine, MONTH_OF_WORK - fortnight // 2, fortnight)
        return around / hazard(mine, MONTH_OF_WORK - fortnight // 2 - fortnight, fortnight)

    return cases.each(peak)


@_cases("T28", "success in mediation: odds of the upper half of demands over those of the lower half", "1", "below 1", (0.05, 1.0), CALIBRATION,
        NATION, "Gansu, Guangdong")  # fmt: skip
def _(cases: Cases) -> np.ndarray:
    """Of the disputes that mediation had."""
    had = cases.accepted & cases.closed
    settled = mediated(cases)

    def odds(rows: np.ndarray) -> float:
        mine = rows & had
        large = cases["demand"] > np.median(cases["demand"][mine]) if mine.any() else mine
        high, low = share_of(settled & mine & large, mine & large), share_of(settled & mine & ~large, mine & ~large)
        return (high / (1 - high)) / (low / (1 - low))

    return cases.each(odds)


@_cases("T30", "plaintiffs paid in court", "1", "0.68", (0.52, 0.83), VALIDATION, NATION, "several")
def _(cases: Cases) -> np.ndarray:
    decided = tried(cases)
    return cases.each(lambda rows: share_of(rows & decided & (cases["paid"] > 0), rows & decided))


_not_here("T32", "mean share of the claim paid in court", "1", "0.48", (0.40, 0.56), CALIBRATION, NATION, "Liang",
          "needs a column: the sum claimed in the suit, which is not what was first asked of the hospital")  # fmt: skip


@_cases(
    "T33",
    "disputes of mediation with a disturbance",
    "1",
    "0.090 (Guangdong)",
    (0.05, 0.15),
    CALIBRATION,
    NATION,
    "Guangdong",
)
def _(cases: Cases) -> np.ndarray:
    return cases.each(lambda rows: share_of(rows & cases.accepted & (cases["disturbed"] != 0), rows & cases.accepted))


_not_here("T34", "violence after a death on the same day", "1", "0.51", (0.40, 0.62), CALIBRATION, NATION, "Li 2019",
          "needs a column: the day of the disturbance")  # fmt: skip
_not_here("T35", "call-outs to disturbances that calmed", "1", "0.88", (0.80, 0.95), CALIBRATION, NATION, "Hexie",
          "needs a metric: disturbances to which a mediator came in time")  # fmt: skip
_not_here("T36.disputes", "change of disputes from 2013 to 2017 under mediation and policing", "1", "−20 %", (-0.30, -0.10), VALIDATION,
          NATION, "health commission", "needs the study rollout")  # fmt: skip
_not_here("T36.crimes", "change of crimes from 2013 to 2017 under mediation and policing", "1", "−41 %", (-0.55, -0.25), VALIDATION, NATION,
          "health commission", "needs the study rollout")  # fmt: skip
_not_here("T37", "growth of disturbances from 2006 to 2010, before the roll-out", "1", "+75 %", (0.40, 1.20), VALIDATION, NATION,
          "Hesketh 2012, press", "needs the study rollout")  # fmt: skip


@_totals(
    "T38",
    "loss ratio of liability insurance",
    "1",
    "0.43 to 0.70",
    (0.35, 0.80),
    VALIDATION,
    NATION,
    "Guizhou, Chongqing",
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
)
def _(cases: Cases) -> np.ndarray:
    opened = (cases["opened"] >= 0) & (cases["negligent"] != 0)
    return cases.each(lambda rows: float((rows & opened).sum())) / cases.negligent_events


for _name, _ratio, _band in (
    ("claims", "0.64", (0.44, 0.95)),
    ("suits", "0.35", (0.22, 0.58)),
    ("time", "0.70", (0.5, 0.9)),
):
    _not_here(f"T40.{_name}", f"disclosure with offer: {_name}, ratio to before", "1", _ratio, _band, CALIBRATION, NATION, "Kachalia 2010",
              "needs a study with disclosure on and off")  # fmt: skip


def of_place(place: str) -> list[Pattern]:
    """The patterns that a place is compared with, in the order of the table."""
    return [pattern for pattern in PATTERNS.values() if place in pattern.places]


def target(id: str) -> Target:
    """A pattern as a target of `parley.calibrate`.

    Raises
    ------
    ValueError
        There is no such pattern, or it needs more than a sweep keeps.
    """
    from parley.analysis.calibration import Target

    if id not in PATTERNS:
        raise ValueError(f"there is no pattern {id!r}{nearest(id, list(PATTERNS))}")
    pattern = PATTERNS[id]
    if pattern.of_totals is None:
        why = pattern.why_not or "it is computed from the table of cases, which a sweep does not keep"
        raise ValueError(f"pattern {id} cannot be calibrated to: {why}")
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
        "| id | pattern | published | band | use | places | source | computed from |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for p in PATTERNS.values():
        how = "sums" if p.of_totals else "cases" if p.of_cases else p.why_not
        unit = "" if p.unit == "1" else f" {p.unit}"
        lines.append(
            f"| {p.id} | {p.statement} | {p.published} | {p.low:g} to {p.high:g}{unit} | {p.use} | {', '.join(p.places)} | {p.source} | {how} |"
        )
    return "\n".join(lines) + "\n"
