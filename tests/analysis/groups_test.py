"""Groups: their disputes are those of the table, no more and no fewer."""

import numpy as np
import pytest

import parley
from parley.analysis import groups


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    result = parley.compare("toy", modes=["backing", "purchased"], replicates=4, years=6, burn_in=1)
    return result.write(tmp_path_factory.mktemp("compared") / "compared.h5")


@pytest.mark.parametrize("policy", ["backing", "purchased"])
def test_groups_add_up_to_the_table(compared, policy):
    """Whoever signed and is not paid yet is in neither."""
    found = groups.figures(compared, policy, "place", len(compared.places))
    index = compared.policies.index(policy)
    closed, owed, error, days = (
        compared.metric(name)[index].sum(axis=1)
        for name in ("closed", "owed", "compensation_error", "days_to_resolution")
    )
    assert np.where(closed > 0, found["days"] * closed, 0) == pytest.approx(days)
    both = (found["too_little"] + found["too_much"]) * closed * 100
    assert np.nansum(both, axis=1) == pytest.approx(error.sum(axis=1)) and owed.sum() > 0


def test_several_looks_widen_the_intervals_of_groups(compared, monkeypatch):
    plain = groups.by_group(compared, "income")
    monkeypatch.setattr(type(compared), "looks", 4)
    wide = groups.by_group(compared, "income")
    name = plain.names[0]
    assert wide.difference[name]["disputes"].half_width > plain.difference[name]["disputes"].half_width
    assert "98.75 % t-intervals" in str(wide) and "95 % t-intervals" in str(plain)
