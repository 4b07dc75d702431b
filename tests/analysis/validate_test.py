"""Validation: what is inside and outside, what was moved, and the page that says so."""

import json

import numpy as np
import pytest

from parley.analysis import validate
from parley.analysis.patterns import PATTERNS
from parley.analysis.validate import Row


@pytest.fixture(scope="module")
def found():
    return validate.validate("chenggong", replicates=3, years=2, seed=2)


def test_verdicts():
    pattern = PATTERNS["T24"]
    assert Row(pattern, 0.8, 0.7, 0.9).verdict == "inside"
    assert Row(pattern, 0.5, 0.4, 0.6).verdict == "outside"
    assert "nothing happened" in Row(pattern, np.nan, np.nan, np.nan).verdict
    assert Row(PATTERNS["T37"], np.nan, np.nan, np.nan).verdict == "needs the study rollout"


def test_only_patterns_of_the_place_are_judged(found):
    assert [row.pattern.id for row in found.rows] == ["T9", "T10", "T11", "T12", "T14", "T15"]
    inside, count = found.met("calibration")
    assert count == 2 and 0 <= inside <= 2
    assert found.met("validation") == (0, 0)  # its only one needs a metric that there is not


def test_success_has_its_four_denominators(found):
    assert len(found.success) == 4 and all(0 <= value <= 100 for value in found.success.values())


def test_what_the_file_moved_is_listed_within_its_range(found):
    moved = {one.address: one for one in found.moved}
    assert moved["claim.formal_claim_probability"].value == 0.08
    assert "expert_pool_size" in moved and not any(address.startswith("place.") for address in moved)
    assert all(one.low <= one.value <= one.high for one in found.moved)


def test_table_page_and_json(found, tmp_path):
    assert "calibration:" in str(found) and "T10" in str(found) and "<pre>" in found._repr_html_()
    page = found.write(tmp_path / "page.md").read_text()
    assert "`claim.formal_claim_probability`" in page and "| T10 |" in page and "(90% wanted)" in page
    numbers = json.loads(json.dumps(found.as_json()))
    assert numbers["patterns"][1]["quantiles"][0] <= numbers["patterns"][1]["median"]


def test_a_place_that_no_figure_speaks_of():
    found = validate.validate("toy", replicates=2, years=1)
    assert found.rows == [] and "toy" in repr(found)
