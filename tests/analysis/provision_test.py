"""A service by year: the last one is told like the first, and by day as by month."""

import numpy as np
import pytest

import parley
from parley.analysis import provision


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    result = parley.compare("toy", modes=["backing", "purchased"], replicates=4, years=6, burn_in=1)
    return result.write(tmp_path_factory.mktemp("compared") / "compared.h5")


def test_the_last_year_is_not_quick_because_its_long_cases_are_open(compared):
    """Only what could be followed counts, and for no longer than the last of them could be."""
    cases = provision.Cases.of(compared, "purchased")
    end = provision._days_recorded(compared)
    begun = cases["mediation_day"].astype(np.int64)
    had = cases.accepted & (begun < end - provision.FOLLOWED)
    days = np.minimum(cases.mediation_end - begun, provision.FOLLOWED)
    found = provision._followed(compared, "purchased", 6)
    assert found["had"].sum() == had.sum() and found["days"].sum() == days[had].sum()
    assert (begun[cases.accepted & ~had] + provision.FOLLOWED >= end).all()
    assert (found["lapsed"] <= found["had"]).all() and found["lapsed"].sum() > 0
    assert end == 6 * 365 + 2  # 2016 and 2020 have a day more


def test_a_service_by_day_is_that_by_month(tmp_path):
    ask = dict(replicates=2, years=3, burn_in=1, seed=4)
    month, day = (parley.run("toy", **ask, daily=daily).write(tmp_path / f"{daily}.h5") for daily in (False, True))
    of_month, of_day = (provision.figures(results, "status_quo", 3) for results in (month, day))
    for name in ("taken", "skimming", "days_in_mediation", "lapsed", "success", "cost", "index"):
        assert of_day[name] == pytest.approx(of_month[name], nan_ok=True), name
