"""Every measure on a table of ten rows (five months of two places), worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
import synthetic

from parley.analysis import load, measures

ROWS = {  # month by month, (place 1, place 2); sums beside
    "admissions": [(700, 300)] * 5,                                   # 5,000
    "disputes": [(3, 1), (2, 2), (0, 1), (4, 2), (3, 2)],             # 20
    "mediation_accepted": [(2, 1), (2, 1), (0, 1), (3, 2), (2, 2)],   # 16
    "mediation_closed": [(1, 1), (2, 0), (1, 1), (2, 1), (1, 2)],     # 12
    "mediation_agreements": [(1, 0), (1, 0), (1, 1), (1, 1), (1, 1)], # 8
    "mediation_reconciled": [(0, 0), (1, 0), (0, 0), (0, 0), (0, 0)], # 1
    "mediation_to_court": [(0, 1), (0, 0), (0, 0), (1, 0), (0, 0)],   # 2
    "closed": [(2, 1), (2, 1), (1, 1), (3, 2), (2, 1)],               # 16
    "days_to_resolution": [(100, 60), (80, 20), (40, 20), (200, 100), (120, 60)],  # 800
    "within_30_working_days": [(1, 0), (1, 1), (1, 1), (1, 0), (0, 0)],            # 6
    "closed_with_payment": [(1, 1), (2, 0), (1, 1), (1, 1), (1, 1)],               # 10
    "paid_by_hospital": [(100_00, 200_00)] * 5,     # 1,500 yuan
    "paid_by_insurer": [(50_00, 50_00)] * 5,        # 500 yuan
    "paid_by_fund": [(0, 60_00)] * 5,               # 300 yuan
    "paid_by_government": [(40_00, 0)] * 5,         # 200 yuan
    "paid": [(190_00, 310_00)] * 5,                 # 2,500 yuan
    "owed": [(200_00, 425_00)] * 5,                 # 3,125 yuan
    "compensation_error": [(60_00, 100_00)] * 5,    # 800 yuan
    "public_outlay": [(1_000_00, 500_00)] * 5,      # 7,500 yuan
    "system_cost": [(2_000_00, 1_000_00)] * 5,      # 15,000 yuan
    "premiums": [(30_00, 50_00)] * 5,               # 400 yuan
    "fund_contributions": [(20_00, 5_00)] * 5,      # 125 yuan
    "insurer_capital": [(0, 0)] * 4 + [(100_00, 0)],  # 100 yuan
    "committees_by_insurers": [(10_00, 15_00)] * 3 + [(0, 0)] * 2,   # 75 yuan
    "committees_by_hospitals": [(5_00, 5_00)] * 5,  # 50 yuan
    "disturbances": [(1, 0), (0, 0), (0, 0), (1, 1), (2, 0)],  # 5
    "trust": [(0.5, 0.8)] * 5,                      # places of 3,000 and 1,000 people: 0.575
}  # fmt: skip

EXPECTED = {
    "disputes_per_10000_admissions": 40.0,   # 10,000 × 20 / 5,000
    "success_over_accepted": 50.0,           # 8 / 16
    "success_over_closed": 100 * 8 / 12,
    "success_with_reconciled": 75.0,         # (8 + 1) / 12
    "success_not_to_court": 100 * 10 / 12,   # 1 − 2 / 12
    "days_mean": 50.0,                       # 800 / 16
    "days_median": 45.0,                     # of 10, 30, 60, 400; the open one and the one closed before day 0 left out
    "within_30_working_days": 37.5,          # 6 / 16
    "paid_per_agreement": 250.0,             # 2,500 / 10
    "paid_per_year": 6_000.0,                # 2,500 in five months
    "paid_by_hospital_per_year": 3_600.0,
    "paid_by_insurer_per_year": 1_200.0,
    "paid_by_fund_per_year": 720.0,
    "paid_by_government_per_year": 480.0,
    "share_by_hospital": 60.0,
    "share_by_insurer": 20.0,
    "share_by_fund": 12.0,
    "share_by_government": 8.0,
    "compensation_error": 50.0,              # 800 / 16
    "compensation_error_relative": 25.6,     # 800 / 3,125
    "public_outlay_per_year": 18_000.0,
    "system_cost_per_year": 36_000.0,
    "premiums_per_year": 960.0,              # 400 in five months
    "fund_contributions_per_year": 300.0,
    "insurer_capital_per_year": 240.0,
    "committees_by_insurers_per_year": 180.0,
    "committees_by_hospitals_per_year": 120.0,
    "disturbances_per_year": 12.0,           # 5 in five months
    "disturbances_per_100_disputes": 25.0,   # 5 / 20
    "trust": 57.5,                           # (3 × 0.5 + 1 × 0.8) / 4
}  # fmt: skip


@pytest.fixture(scope="module")
def ten_rows(tmp_path_factory):
    metrics = {name: np.array(rows, dtype=float).reshape(1, 1, 5, 2) for name, rows in ROWS.items()}
    cases = {
        "opened": np.array([5, 10, 40, 50, 20, -90]),
        "closed": np.array([15, 40, 100, 450, synthetic.NOT_CLOSED, -1]),
    }
    path = tmp_path_factory.mktemp("ten") / "ten.h5"
    synthetic.write(path, metrics, policies=["backing"], population=[3000, 1000], cases=cases)
    return measures.totals(load.open(path), "backing")


@pytest.mark.parametrize("name", EXPECTED)
def test_by_hand(ten_rows, name):
    assert measures.MEASURES[name].compute(ten_rows) == pytest.approx([EXPECTED[name]], rel=1e-12)


def test_every_measure_has_a_number_worked_by_hand():
    assert set(EXPECTED) == set(measures.MEASURES)


@pytest.mark.parametrize("measure", measures.MEASURES.values(), ids=lambda measure: measure.name)
def test_every_measure_says_what_it_is(measure):
    assert measure.definition.endswith(".") and len(measure.definition) > 30
    assert measure.unit and measure.label.strip()
    assert measure.better in ("", "lower", "higher")


def test_payers_add_up_to_what_was_paid(ten_rows):
    parts = [name for name in EXPECTED if name.startswith("paid_by_")]
    whole = measures.MEASURES["paid_per_year"].compute(ten_rows)
    assert sum(measures.MEASURES[name].compute(ten_rows) for name in parts) == pytest.approx(whole)


def test_who_gives_the_committees_what_is_not_known_of_older_files(ten_rows):
    later = ("fund_contributions", "insurer_capital", "committees_by_insurers", "committees_by_hospitals")
    older = replace(ten_rows, sums={name: sums for name, sums in ten_rows.sums.items() if name not in later})
    assert [measures.MEASURES[f"{name}_per_year"].compute(older) for name in later] == [None] * 4


def test_the_median_needs_cases(tmp_path):
    metrics = {name: np.array(rows, dtype=float).reshape(1, 1, 5, 2) for name, rows in ROWS.items()}
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing"], population=[3000, 1000])
    total = measures.totals(load.open(path), "backing")
    assert measures.MEASURES["days_median"].compute(total) is None
    assert measures.MEASURES["days_mean"].compute(total) == pytest.approx([50.0])


def test_medians_follow_the_numbers_of_replicates(tmp_path):
    """After a stop the replicates kept may be 0 and 3; the case table names them so."""
    cases = {
        "opened": np.zeros(3),
        "closed": np.array([10, 30, 30]),
        "replicate": np.array([0, 3, 3]),
        "policy": np.array([0, 0, 0]),
    }
    metrics = {"disputes": np.ones((1, 2, 12, 1))}
    path = tmp_path / "a.h5"
    synthetic.write(path, metrics, policies=["backing"], population=[10], cases=cases, replicates=[0, 3], asked=5)
    assert measures.totals(load.open(path), "backing").median_days == pytest.approx([10, 30])


def test_trust_is_that_of_the_last_year(tmp_path):
    trust = np.full((1, 1, 15, 1), 0.2)
    trust[:, :, 3:] = 0.6
    path = synthetic.write(tmp_path / "a.h5", {"trust": trust}, policies=["backing"], population=[10])
    assert measures.totals(load.open(path), "backing").trust == pytest.approx([0.6])


def test_nothing_to_divide_by_is_not_a_number(tmp_path):
    path = synthetic.write(tmp_path / "a.h5", {"admissions": np.zeros((1, 2, 12, 1))}, policies=["a"], population=[1])
    total = measures.totals(load.open(path), "a")
    for name in ("disputes_per_10000_admissions", "success_over_closed", "days_mean", "compensation_error_relative"):
        assert np.isnan(measures.MEASURES[name].compute(total)).all(), name


def test_a_ratio_is_one_of_sums_not_a_mean_of_ratios(tmp_path):
    """A place with 1 of 1 and a place with 0 of 9 closed by agreement: 10 %, not 50 %."""
    metrics = {
        "mediation_closed": np.array([1, 9]).reshape(1, 1, 1, 2),
        "mediation_agreements": np.array([1, 0]).reshape(1, 1, 1, 2),
    }
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["a"], population=[1, 9])
    assert measures.success_over_closed(measures.totals(load.open(path), "a")) == pytest.approx([10.0])


def test_trust_of_the_last_year_by_day_is_that_of_its_months(tmp_path):
    """Of a file by day the last twelve months are looked at, not its last twelve days."""
    import parley

    ask = dict(replicates=2, years=2, burn_in=1, seed=4)
    month, day = (parley.run("toy", **ask, daily=daily).write(tmp_path / f"{daily}.h5") for daily in (False, True))
    of_month, of_day = (measures.trust_of_last_year(results, 0) for results in (month, day))
    assert of_day == pytest.approx(of_month, rel=0.01)
    assert measures.months_of(day)[[0, 30, 31, -1]].tolist() == [0, 0, 1, 23]


def test_an_unknown_measure_has_the_nearest_name_or_all_of_them():
    assert "did you mean 'days_mean'" in str(measures.unknown_measure("day_mean"))
    assert "success_over_accepted, " in str(measures.unknown_measure("zzz"))
