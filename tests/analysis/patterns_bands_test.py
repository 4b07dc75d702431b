"""Bands: each the one that the evidence states, transcribed here once more and apart from the table of patterns.

From the evidence's list of target patterns (its sections 2.1, seeds, and 2.2, published), line by line: low, high, unit, and how the line
puts it. A band that is widened, or moved to what the model happens to show, is told here.
"""

import math

import pytest

from parley.analysis.patterns import PATTERNS

NONE = math.inf
BANDS: dict[str, tuple[float, float, str, str]] = {
    # ---- seeds
    "T1": (30, 57, "cases", "Zigong, accepted in the year to date: 42; Poisson"),
    "T2": (0.64, 0.88, "1", "Zigong, successful over accepted: 33/42 = 0.786; Wilson"),
    "T3": (4, 17, "cases", "Zigong, open at the report: 9; Poisson"),
    "T4": (90_000, 300_000, "yuan", "Zigong, demand per accepted case: 156,490; bootstrap with log-SD 1.25"),
    "T5": (1_000_000, 3_200_000, "yuan", "Zigong, total paid: 1,785,600; 1.0–3.2 m"),
    "T6": (35_000, 85_000, "yuan", "Zigong, paid per success: 54,109"),
    "T7": (0.20, 0.38, "1", "Zigong, paid over demanded, mixed denominators: 0.272"),
    "T8": (0, 6, "cases", "Zigong, disturbance prevented in advance: 1"),
    "T9": (11, 30, "cases", "Chenggong, accepted 2024 to mid-August: 19 (30 a year); Poisson"),
    "T10": (0.46, 0.85, "1", "Chenggong, successful over accepted: 13/19 = 0.684; Wilson"),
    "T11": (12, 31, "cases", "Chenggong, subsidised cases since 2023: 20"),
    "T12.sum": (5_000, 16_000, "yuan", "Chenggong, subsidy sum: 10,050"),
    "T12.case": (400, 700, "yuan", "Chenggong, subsidy per case: 502.5"),
    "T13": (183, 183, "persons", "Zigong experts: 183 (input), exact"),
    "T14": (16, 16, "sites", "Chenggong sites: 1 district, 6 sub-district, 3 hospital, 6 centre; exact"),
    "T15": (2, 2, "1", "Chenggong trainings in the year so far: 2, input"),
    # ---- published
    "T16": (2.5, 6.5, "1", "formal disputes per 10,000 admissions: 3.6 (2013), 5.6 (2014)"),
    "T17": (3.5, 7.5, "1", "formal disputes per 100,000 residents, Sichuan 2017: 5.0"),
    "T18.negotiation": (0.538, 0.698, "1", "channel shares Sichuan: 0.618 ± 0.08"),
    "T18.mediation": (0.147, 0.267, "1", "channel shares Sichuan: 0.207 ± 0.06"),
    "T18.administration": (0.048, 0.128, "1", "channel shares Sichuan: 0.088 ± 0.04"),
    "T18.court": (0.048, 0.128, "1", "channel shares Sichuan: 0.088 ± 0.04"),
    "T21": (0.35, 0.50, "1", "agreement over committee cases, broad mix: 0.41"),
    "T22": (0.55, 0.70, "1", "agreement plus reconciliation: 0.62"),
    "T23.court": (0.08, 0.16, "1", "sent to court: 0.115"),
    "T23.withdrawn": (0.15, 0.28, "1", "withdrawn: 0.21"),
    "T24": (0.78, 0.90, "1", "success, concluded basis: 0.86 Tianjin; 0.82 Chongqing, nation 2011"),
    "T25": (40_000, 72_000, "yuan", "mean mediated payment: 48,700–60,200"),
    "T26.mean": (60, 115, "days", "mean duration: 87 days"),
    "T26.month": (0.25, 0.50, "1", "share within one month: 0.36"),
    "T27": (1, NONE, "1", "two-peaked settlement hazard, early and at the deadline: qualitative, second peak exists"),
    "T28": (0, 1, "1", "success falls with amount: OR per class below 1, monotone"),
    "T30": (0.52, 0.83, "1", "plaintiffs paid in court: 0.68"),
    "T32": (0.40, 0.56, "1", "mean share of claim paid in court: 0.48"),
    "T33": (0.05, 0.15, "1", "disturbance share of mediated records: 0.090"),
    "T34": (0.40, 0.62, "1", "same-day share of violence after death: 0.51"),
    "T35": (0.80, 0.95, "1", "on-site calming success: 0.88"),
    "T36.disputes": (-0.30, -0.10, "1", "fall 2013–2017 under mediation and policing roll-out, disputes: −20 %; −10…−30 %"),
    "T36.crimes": (-0.55, -0.25, "1", "fall 2013–2017 under mediation and policing roll-out, crimes: −41 %; −25…−55 %"),
    "T37": (0.40, 1.20, "1", "disturbance growth 2006–2010 before roll-out: +75 %; +40…+120 %"),
    "T38": (0.35, 0.80, "1", "loss ratio of liability insurance: 0.43–0.70"),
    "T39": (0.005, 0.04, "1", "negligent events leading to a formal dispute: 1–3 %; 0.5–4 %"),
    "T40.claims": (0.44, 0.95, "1", "disclosure with offer, claims: RR 0.64"),
    "T40.suits": (0.22, 0.58, "1", "disclosure with offer, suits: RR 0.35"),
    "T40.time": (0.5, 0.9, "1", "disclosure with offer, time: RR 0.70"),
}  # fmt: skip

AIMED_AT = {"T1", "T2", "T4", "T6", "T9", "T10", "T12", "T16", "T18", "T24", "T25", "T26", "T33", "T36.crimes"}
"""Marked c in the evidence; and crimes under the roll-out, by which `disturbance.sanction` is set because nothing else tells it."""
SET_A_PARAMETER = {"T12", "T18", "T23", "T28", "T32", "T33", "T34", "T35", "T40", "T38"}
"""Marked v, but their source set a parameter: the list that the evidence gives before its table; and T38, from whose two sources row 120,
the loss ratio that insurers steer to, is taken."""
PUT_IN = {"T13", "T14", "T15", "T12.case"}
"""Marked input in the evidence; and pay by case, which Chenggong's file sets (row 182)."""


def test_the_same_patterns():
    assert list(PATTERNS) == list(BANDS)


@pytest.mark.parametrize("id", BANDS)
def test_band(id):
    low, high, unit, words = BANDS[id]
    pattern = PATTERNS[id]
    assert (pattern.low, pattern.high, pattern.unit) == (pytest.approx(low), pytest.approx(high), unit), words


@pytest.mark.parametrize("id", BANDS)
def test_use(id):
    number = id.split(".")[0]
    expected = (
        "input"
        if {id, number} & PUT_IN
        else "calibration"
        if {id, number} & (AIMED_AT | SET_A_PARAMETER)
        else "validation"
    )
    assert PATTERNS[id].use == expected
    if number in SET_A_PARAMETER:
        assert PATTERNS[id].leans_on and not PATTERNS[id].independent


def test_what_follows_from_other_patterns_is_not_independent():
    assert [id for id, p in PATTERNS.items() if p.use == "validation" and not p.independent] == [
        *("T3", "T5", "T7", "T11", "T17", "T22", "T37", "T39")
    ]
