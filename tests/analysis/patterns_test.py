"""Patterns: each figure once, computed as it says, known by hand on small tables."""

import re
from pathlib import Path

import numpy as np
import pytest

import parley
from parley import cli
from parley.analysis import patterns
from parley.analysis.dispute_table import DAY_BITS, DAY_OFFSET, ORDINAL_BITS, Cases, NotRecorded, calendar_days
from parley.analysis.measures import Totals
from parley.analysis.patterns import PATTERNS

NUMBERS = [*range(1, 19), *range(21, 29), 25, 30, *range(32, 41)]
"""Of the evidence; 19, 20, 29 and 31 were never given."""


def test_every_number_of_the_evidence_is_there_once():
    found = {int(re.match(r"T(\d+)", id)[1]) for id in PATTERNS}
    assert found == set(NUMBERS) - {19, 20}
    for pattern in PATTERNS.values():
        ways = [
            pattern.of_totals is not None,
            pattern.of_cases is not None,
            pattern.of_run is not None,
        ]
        assert sum(ways) == 1, pattern.id
        assert pattern.low <= pattern.high and pattern.use in ("calibration", "validation", "input")
        assert set(pattern.places) <= {"china", "chongqing", "zigong", "chenggong", "xining"}


def test_the_page_is_the_table(repository: Path, capsys):
    assert cli.main(["patterns", "--markdown"]) == 0
    assert (repository / "docs/reference/patterns.md").read_text().endswith(capsys.readouterr().out), (
        "renew: parley patterns --markdown"
    )


def totals(**sums) -> Totals:
    return Totals({name: np.array([float(value)]) for name, value in sums.items()}, years=2.0, population=200_000.0)


@pytest.mark.parametrize(
    ("id", "sums", "value"),
    [
        ("T1", dict(mediation_accepted=80), 30.0),
        ("T21", dict(mediation_agreements=3, mediation_accepted=4), 0.75),
        ("T9", dict(mediation_accepted=80), 25.0),
        ("T16", dict(disputes=5, admissions=10_000), 5.0),
        ("T17", dict(disputes=20), 5.0),
        ("T22", dict(mediation_agreements=3, mediation_reconciled=1, mediation_accepted=8), 0.5),
        ("T23.court", dict(mediation_to_court=1, mediation_closed=8), 0.125),
        ("T23.withdrawn", dict(mediation_withdrawn=2, mediation_closed=8), 0.25),
        ("T24", dict(mediation_agreements=5, mediation_reconciled=1, mediation_closed=10, mediation_withdrawn=2), 0.75),
        ("T38", dict(paid_by_insurer=43, premiums=100), 0.43),
    ],
)
def test_from_sums(id, sums, value):
    assert PATTERNS[id].of_totals(totals(**sums)).tolist() == pytest.approx([value])


CHANNELS = ["negotiation", "people_mediation", "administrative_mediation", "arbitration", "court", "none"]
OUTCOMES = ["open", "agreement", "reconciled", "award", "judgment", "dismissed", "withdrawn", "dropped"]
SEVERITIES = ["minor", "moderate", "permanent", "death"]
NEVER = np.iinfo(np.int32).max


def small(rows: list[dict], *, without: tuple[str, ...] = ()) -> Cases:
    """A table by hand: what a row does not say is an agreement on day 100 after ninety days in mediation."""
    plain = dict(replicate=0, opened=0, closed=100, first_channel="people_mediation", last_channel="people_mediation", outcome="agreement",
                 severity="moderate", demand=100_00, claimed=0, paid=50_00, mediation_day=10, administration_day=NEVER, arbitration_day=NEVER,
                 filing_day=NEVER, disturbed_day=NEVER, attended=0, calmed=0, negligent=0, onset=0)  # fmt: skip
    table = [plain | row for row in rows]
    for row in table:
        row["first_channel"], row["last_channel"] = (CHANNELS.index(row[k]) for k in ("first_channel", "last_channel"))
        row["outcome"], row["severity"] = OUTCOMES.index(row["outcome"]), SEVERITIES.index(row["severity"])
        row["id"] = ((7 << DAY_BITS | row["onset"] + DAY_OFFSET) << ORDINAL_BITS) | 3
    columns = {name: np.array([row[name] for row in table]) for name in [*plain, "id"] if name not in without}
    columns["disturbed"] = (np.array([row["disturbed_day"] for row in table]) != NEVER).astype(np.uint8)
    return Cases(
        columns, replicates=[0], years=1.0, meanings={"last_channel": CHANNELS, "outcome": OUTCOMES, "severity": SEVERITIES},
        negligent_events=np.array([100.0]), deadline=calendar_days(30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("id", "rows", "value"),
    [
        # Of three taken by the end of September one has succeeded by then, one later; the fourth was taken after it.
        ("T2", [dict(), dict(closed=300), dict(closed=-1), dict(mediation_day=290, closed=300)], 1 / 3),
        ("T3", [dict(), dict(closed=300), dict(closed=-1), dict(closed=-1, mediation_day=290), dict(closed=-1, filing_day=90, last_channel="court")], 2),
        ("T4", [dict(demand=300_00), dict(demand=100_00), dict(demand=900_00, mediation_day=NEVER)], 200),
        ("T5", [dict(paid=80_00), dict(outcome="withdrawn", paid=0), dict(closed=300)], 80),
        ("T6", [dict(paid=80_00), dict(paid=0), dict(outcome="withdrawn", paid=0), dict(closed=300)], 40),
        ("T7", [dict(), dict(outcome="withdrawn", paid=0)], 0.25),
        ("T10", [dict(closed=220), dict(closed=230)], 0.5),
        ("T18.negotiation", [dict(first_channel="negotiation"), dict(closed=-1), dict(opened=-5, first_channel="negotiation"),
                             dict(first_channel="none")], 0.5),
        ("T26.mean", [dict(closed=50), dict(closed=70), dict(closed=500, last_channel="court", filing_day=40), dict(closed=-1)], (40 + 60 + 30) / 3),
        ("T26.month", [dict(closed=40), dict(closed=41), dict(closed=-1, filing_day=30)], 2 / 3),
        ("T30", [dict(outcome="judgment"), dict(outcome="judgment"), dict(outcome="dismissed", paid=0), dict()], 2 / 3),
        ("T32", [dict(outcome="judgment", claimed=100_00), dict(outcome="dismissed", claimed=100_00, paid=0), dict(claimed=50_00)], 0.25),
        ("T33", [dict(disturbed_day=1), dict(), dict(), dict(), dict(disturbed_day=1, mediation_day=NEVER)], 0.25),
        ("T34", [dict(severity="death", onset=20, disturbed_day=20), dict(severity="death", onset=-3, disturbed_day=20), dict(severity="death"),
                 dict(onset=20, disturbed_day=20)], 0.5),
        ("T35", [dict(disturbed_day=5, attended=1, calmed=1), dict(disturbed_day=5, attended=1), dict(disturbed_day=5), dict()], 0.5),
        ("T39", [dict(negligent=1), dict(negligent=1), dict(), dict(negligent=1, opened=-3)], 0.02),
    ],
)  # fmt: skip
def test_from_cases(id, rows, value):
    assert PATTERNS[id].of_cases(small(rows)).tolist() == pytest.approx([value])


def test_success_by_class_of_claim():
    """The same odds ratio from each class to the next is found, however many cases a class has."""
    classes = [(5_000, 16, 1, 1), (50_000, 8, 1, 2), (200_000, 4, 1, 1), (900_000, 2, 1, 3)]
    rows = [
        dict(demand=claim * 100, outcome=outcome)
        for claim, won, lost, times in classes
        for outcome in ["agreement"] * (won * 100 * times) + ["withdrawn"] * (lost * 100 * times)
    ]
    assert PATTERNS["T28"].of_cases(small(rows))[0] == pytest.approx(0.5, abs=0.01)


def test_what_older_files_do_not_hold_is_told():
    for id, column in (("T32", "claimed"), ("T34", "disturbed_day"), ("T35", "attended")):
        with pytest.raises(NotRecorded, match=column):
            PATTERNS[id].of_cases(small([dict(disturbed_day=3)], without=(column,)))


def days_of(*days):
    return [dict(closed=10 + day) for day in days]


def test_both_peaks_are_wanted():
    early, between, late = [1, 2, 3, 4] * 3, [10, 15, 25, 30], [41, 42, 43, 44]
    assert PATTERNS["T27"].of_cases(small(days_of(*early, *between, *late, 60)))[0] > 2
    assert PATTERNS["T27"].of_cases(small(days_of(*between, *late, 60)))[0] == 0  # none early
    assert PATTERNS["T27"].of_cases(small(days_of(*early, *between, *[60] * 5)))[0] == 0  # none at the deadline
    withdrawn = [dict(closed=11, outcome="withdrawn")] * 9
    assert (
        PATTERNS["T27"].of_cases(small([*withdrawn, *days_of(*between, *late, 60)]))[0] == 0
    )  # giving up is no settlement


class Few:
    """As much of a file as a pattern of the roll-out asks for: two districts, twelve years, one replicate."""

    policies, years, replicates, months = ("rollout",), 12.0, (0,), 144
    dates = np.arange("2015-01", "2027-01", dtype="datetime64[M]")

    def __init__(self, metric: str, by_year: dict[int, int]):
        monthly = np.repeat([by_year.get(year, 0) for year in range(2006, 2018)], 12)
        self.values = {metric: np.stack([monthly, 2 * monthly], axis=1)[None, None]}

    def metric(self, name):
        return self.values[name]


@pytest.mark.parametrize(
    ("id", "metric", "by_year", "value"),
    [
        ("T36.disputes", "disputes", {2013: 10, 2017: 8, 2006: 1}, -0.2),
        ("T36.crimes", "disturbances", {2013: 10, 2017: 5}, -0.5),
        ("T37", "disturbances", {2006: 4, 2010: 7, 2017: 1}, 0.75),
    ],
)
def test_from_the_study_of_the_rollout(id, metric, by_year, value):
    assert PATTERNS[id].of_run(Few(metric, by_year), "rollout").tolist() == pytest.approx([value])
    assert PATTERNS[id].needs.study == "rollout"


def test_the_study_of_the_rollout_is_what_its_patterns_take_it_for(repository: Path):
    """Twelve years that begin with the first, before which nothing of it was in force, and dates nine years late."""
    text = (repository / "scenarios/studies/rollout.yaml").read_text()
    assert patterns.FIRST_YEAR == 2006 and re.search(r"^years: 12\b", text, re.M)
    dates = re.findall(r"lever: (\w+),.*from: (\d{4})", text)
    of_the_rollout = [int(year) for lever, year in dates if lever != "insurance_generosity"]
    assert of_the_rollout and all(year - 9 > 2009 for year in of_the_rollout)
    before = text[text.index("status_quo:\n") :]
    assert "mediation_open: false" in before and "public_funding_share: 0\n" in before


def test_what_early_warning_prevented_is_the_difference_of_twins():
    twins = Few("disturbances", {})
    twins.values["disturbances"] = np.array([[[[3]]], [[[11]]]])
    assert PATTERNS["T8"].of_run(twins, "status_quo").tolist() == [(11 - 3) / 12 * 0.75]


def test_subsidies_come_from_the_ledger(tmp_path):
    plain = dict(
        years=2,
        replicates=3,
        seed=5,
        set={"pay_per_success": 500, "public_funding_share": 0.5, "hospital_funding_share": 0.3},
    )
    full = parley.run("toy", **plain, record="full").write(tmp_path / "full.h5")
    ledger = full.ledger()
    pay = ledger[ledger.reason == "case_pay"]
    cases, sums, each = (PATTERNS[id].compute(full, "status_quo") for id in ("T11", "T12.sum", "T12.case"))
    scale = (1 + 7.5 / 12) / 2
    for number in full.replicates:
        mine = pay[pay.replicate == number]
        assert cases[number] == pytest.approx(mine.case.nunique() * scale)
        assert sums[number] == pytest.approx(mine.yuan.sum() * scale)
    assert cases.sum() > 0
    assert each[cases > 0] == pytest.approx(500 * (0.5 + 0.1 + 0.3))  # what nobody funds is not paid
    assert np.isnan(each[cases == 0]).all()
    few = parley.run("toy", **plain).write(tmp_path / "few.h5")
    with pytest.raises(NotRecorded, match="--record full"):
        PATTERNS["T11"].compute(few, "status_quo")


def test_a_table_of_a_run(tmp_path):
    """Days of onset are read from names: no dispute is opened before its harm, and many long after."""
    cases = Cases.of(parley.run("toy", years=2, replicates=2, seed=5).write(tmp_path / "a.h5"), "status_quo")
    wait = cases["opened"] - cases.onset
    assert (wait >= 0).all() and 20 < wait.mean() < 150
    assert cases.deadline == 42 and (cases.mediation_end[cases.had] >= cases["mediation_day"][cases.had]).all()


def test_patterns_of_a_run_and_of_a_sweep_agree(tmp_path):
    result = parley.run("toy", years=2, replicates=3, seed=5).write(tmp_path / "a.h5")
    sweep = parley.sweep("toy", {"authority": [0.5]}, years=2, replicates=3, seed=5)
    for id, pattern in PATTERNS.items():
        if pattern.of_totals:
            np.testing.assert_allclose(pattern.compute(result, "status_quo"), sweep.measure(id)[0, 0], err_msg=id)


def test_targets():
    assert patterns.target("T24").low == 0.78
    with pytest.raises(ValueError, match="T24"):
        patterns.target("T244")
    with pytest.raises(ValueError, match="more than the sums"):
        patterns.target("T25")
    with pytest.raises(ValueError, match="rollout"):
        patterns.target("T37")


class Swept:
    """A sweep of two points and three replicates, with what each measure is."""

    def __init__(self, **measures):
        self.measures = measures

    def measure(self, name: str, policy: str) -> np.ndarray:
        assert policy == "status_quo"
        return np.array(self.measures[name], dtype=float)


def test_disclosure_is_the_ratio_of_the_second_point_to_the_first():
    swept = Swept(
        disputes=[[100, 200, 0], [60, 100, 5]],
        court_filings=[[10, 20, 30], [5, 5, 30]],
        days_to_resolution=[[1000, 900, 100], [500, 900, 50]],
        closed=[[10, 9, 1], [10, 10, 1]],
    )
    found = {id: PATTERNS[f"T40.{id}"].compute(swept, "status_quo") for id in ("claims", "suits", "time")}
    assert found["claims"] == pytest.approx([0.6, 0.5, np.nan], nan_ok=True)
    assert found["suits"] == pytest.approx([0.5, 0.25, 1])
    assert found["time"] == pytest.approx([0.5, 0.9, 0.5])
    assert (
        str(PATTERNS["T40.time"].needs)
        == "runs with other values of disclosure.disclosure_probability, disclosure.offer_probability"
    )


def test_what_the_verb_prints():
    assert "leans on T12.sum / T12.case" in patterns.listing("chenggong") and "T16" not in patterns.listing("chenggong")
    assert patterns.listing().count("\n") + 1 == len(PATTERNS)
    assert "no published figure speaks of this place" in patterns.listing("toy")
    with pytest.raises(parley.ScenarioError, match="did you mean 'chenggong'"):
        patterns.listing("chengong")
    with pytest.raises(parley.ScenarioError, match="parley list"):
        patterns.listing("nowhere")
    with pytest.raises(parley.ScenarioError):
        patterns.listing("nowhere.yaml")


def test_an_unknown_pattern_is_an_error_of_parley():
    with pytest.raises(parley.ParleyError, match="did you mean 'T24'"):
        patterns.target("T244")


def test_cases_are_read_once_for_all_patterns(tmp_path, monkeypatch):
    results = parley.run("toy", replicates=2, years=1, burn_in=1).write(tmp_path / "a.h5")
    reads = []
    columns = type(results).case_columns
    monkeypatch.setattr(
        type(results), "case_columns", lambda self, *names: reads.append(names) or columns(self, *names)
    )
    for pattern in PATTERNS.values():
        if pattern.of_totals or pattern.of_cases:
            pattern.compute(results, "status_quo")
    assert len(reads) == 2  # the table of cases, and the two columns of the median


# ---- independence -----------------------------------------------------------------------------------------------------


def simple_functions(values: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Of one or two figures: themselves, products, ratios, and one times what the other leaves."""
    found = dict(values)
    for a, one in values.items():
        found |= {f"{a} × {b}": one * other for b, other in values.items() if a < b}
        found |= {f"{a} / {b}": one / other for b, other in values.items() if a != b}
        found |= {f"{a} × (1 − {b})": one * (1 - other) for b, other in values.items() if a != b}
    return found


def follows_from(id: str, values: dict[str, np.ndarray], within: float = 0.01) -> list[str]:
    """Simple functions of other figures to which it keeps the same ratio over all replicates."""
    others = {name: value for name, value in values.items() if name != id}
    found = []
    for name, value in simple_functions(others).items():
        quotient = values[id] / value
        if np.isfinite(quotient).all() and np.std(quotient) < within * abs(np.mean(quotient)):
            found.append(name)
    return found


@pytest.fixture(scope="module")
def by_replicate(tmp_path_factory) -> dict[str, np.ndarray]:
    """Every pattern that one run suffices for, where it differs between replicates; of a place that all of them can be computed of."""
    results = parley.run("chenggong", replicates=16, years=3, burn_in=1, seed=3, record="full").write(
        tmp_path_factory.mktemp("independence") / "a.h5"
    )
    found = {}
    for id, pattern in PATTERNS.items():
        if pattern.needs is None and pattern.use != "input" and not id.startswith("T36"):
            values = pattern.compute(results, "status_quo")
            if np.isfinite(values).all() and np.ptp(values) > 0:
                found[id] = values
    return found


@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
def test_no_independent_pattern_is_a_simple_function_of_others(by_replicate):
    tested = [id for id in by_replicate if PATTERNS[id].independent]
    assert {"T21", "T30"} <= set(tested)
    for id in tested:
        assert not follows_from(id, by_replicate), id


@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
def test_those_that_are_one_are_found(by_replicate):
    """So that the test above can fail: what is known to follow is seen to follow."""
    assert "T16" in follows_from("T17", by_replicate)
    assert "T12.sum" in follows_from("T11", by_replicate)  # each case has the same pay, which is put in
    some = totals(
        mediation_agreements=5,
        mediation_reconciled=2,
        mediation_closed=12,
        mediation_withdrawn=3,
        mediation_accepted=15,
    )
    of = {id: PATTERNS[id].of_totals(some)[0] for id in ("T22", "T24", "T23.withdrawn")}
    assert of["T22"] == pytest.approx(of["T24"] * (1 - of["T23.withdrawn"]) * 12 / 15)  # closed over accepted
    for id in ("T11", "T17", "T22"):
        assert not PATTERNS[id].independent and PATTERNS[id].leans_on


def test_a_place_may_have_none():
    assert not [p.id for p in patterns.of_place("chenggong") if p.independent]
    assert [p.id for p in patterns.of_place("zigong") if p.independent] == ["T8"]
    assert [p.id for p in patterns.of_place("chongqing") if p.independent] == ["T21", "T27", "T30"]
