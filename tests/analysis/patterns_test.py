"""Patterns: each figure once, computed as it says, known by hand on small tables."""

import re
from pathlib import Path

import numpy as np
import pytest

import parley
from parley import cli
from parley.analysis import patterns
from parley.analysis.dispute_table import FARTHEST_DAY, Cases
from parley.analysis.measures import Totals
from parley.analysis.patterns import PATTERNS

NUMBERS = [*range(1, 19), *range(21, 29), 25, 30, *range(32, 41)]
"""Of the evidence; 19, 20, 29 and 31 were never given."""


def test_every_number_of_the_evidence_is_there_once():
    found = {int(re.match(r"T(\d+)", id)[1]) for id in PATTERNS}
    assert found == set(NUMBERS) - {19, 20}
    for pattern in PATTERNS.values():
        ways = [pattern.of_totals is not None, pattern.of_cases is not None, bool(pattern.why_not)]
        assert sum(ways) == 1, pattern.id
        assert pattern.low <= pattern.high and pattern.use in ("calibration", "validation", "input")
        assert set(pattern.places) <= {"china", "chongqing", "zigong", "chenggong", "xining"}


def test_patterns_whose_source_set_a_parameter_are_no_validation():
    leaning = {"T12", "T18", "T23", "T28", "T32", "T33", "T34", "T35", "T40"}
    for id, pattern in PATTERNS.items():
        if id.split(".")[0] in leaning:
            assert pattern.use == "calibration", id


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
        ("T2", dict(mediation_agreements=3, mediation_accepted=4), 0.75),
        ("T9", dict(mediation_accepted=80), 25.0),
        ("T16", dict(disputes=5, admissions=10_000), 5.0),
        ("T17", dict(disputes=20), 5.0),
        ("T22", dict(mediation_agreements=3, mediation_reconciled=1, mediation_accepted=8), 0.5),
        ("T23.court", dict(mediation_to_court=1, mediation_closed=8), 0.125),
        ("T23.withdrawn", dict(mediation_withdrawn=2, mediation_closed=8), 0.25),
        ("T24", dict(mediation_agreements=6, mediation_closed=8), 0.75),
        ("T38", dict(paid_by_insurer=43, premiums=100), 0.43),
    ],
)
def test_from_sums(id, sums, value):
    assert PATTERNS[id].of_totals(totals(**sums)).tolist() == pytest.approx([value])


class Small(Cases):
    """A table by hand."""

    def __init__(self, rows: list[dict], negligent_events: float = 100):
        self.channels = ["negotiation", "people_mediation", "administrative_mediation", "arbitration", "court", "none"]
        self.outcomes = ["open", "agreement", "reconciled", "award", "judgment", "dismissed", "withdrawn", "dropped"]
        plain = dict(replicate=0, opened=0, closed=100, last_channel="people_mediation", outcome="agreement", demand=100_00, paid=50_00,
                     mediation_day=10, disturbed=0, negligent=0)  # fmt: skip
        table = [plain | row for row in rows]
        for row in table:
            row["last_channel"] = self.channels.index(row["last_channel"])
            row["outcome"] = self.outcomes.index(row["outcome"])
        self.columns = {name: np.array([row[name] for row in table]) for name in plain}
        self.replicates, self.years, self.population = [0], 1.0, 1e5
        self.negligent_events = np.array([float(negligent_events)])
        self.had = np.abs(self["mediation_day"].astype(np.int64)) < FARTHEST_DAY
        self.accepted = self.had & (self["mediation_day"] >= 0)
        self.closed = self["closed"] >= 0


NEVER = np.iinfo(np.int32).max


@pytest.mark.parametrize(
    ("id", "rows", "value"),
    [
        ("T3", [dict(closed=-1), dict(closed=-1, last_channel="court"), dict()], 1),
        ("T4", [dict(demand=300_00), dict(demand=100_00), dict(demand=900_00, mediation_day=NEVER)], 200),
        ("T5", [dict(paid=80_00), dict(outcome="withdrawn", paid=0)], 60),
        ("T7", [dict(), dict(outcome="withdrawn", paid=0)], 0.25),
        ("T18.negotiation", [dict(last_channel="negotiation"), dict(), dict(opened=-5, last_channel="negotiation"), dict(closed=-1)], 0.5),
        ("T26.mean", [dict(closed=50), dict(closed=70), dict(closed=500, last_channel="court")], 50),
        ("T26.month", [dict(closed=40), dict(closed=41)], 0.5),
        ("T28", [dict(demand=d, outcome=o) for d, o in
                 ((1, "agreement"), (2, "agreement"), (3, "withdrawn"), (4, "agreement"), (7, "agreement"), (8, "withdrawn"), (9, "withdrawn"), (10, "withdrawn"))],
         (1 / 3) / 3),
        ("T30", [dict(outcome="judgment"), dict(outcome="judgment"), dict(outcome="dismissed", paid=0), dict()], 2 / 3),
        ("T33", [dict(disturbed=1), dict(), dict(), dict(), dict(disturbed=1, mediation_day=NEVER)], 0.25),
        ("T39", [dict(negligent=1), dict(negligent=1), dict(), dict(negligent=1, opened=-3)], 0.02),
    ],
)  # fmt: skip
def test_from_cases(id, rows, value):
    assert PATTERNS[id].of_cases(Small(rows)).tolist() == pytest.approx([value])


def test_a_peak_at_the_deadline_shows():
    early, late = (
        [dict(closed=10 + day) for day in (3, 5, 8, 22, 25)],
        [dict(closed=10 + day) for day in (41, 42, 43, 44, 60)],
    )
    assert PATTERNS["T27"].of_cases(Small(early + late))[0] > 2
    flat = [dict(closed=10 + day) for day in range(5, 400, 5)]
    assert PATTERNS["T27"].of_cases(Small(flat))[0] < 1.6


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
    with pytest.raises(ValueError, match="table of cases"):
        patterns.target("T25")
    with pytest.raises(ValueError, match="rollout"):
        patterns.target("T37")
