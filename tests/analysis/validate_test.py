"""Validation: what is inside and outside, what was moved, and the page that says so."""

import dataclasses
import json

import numpy as np
import pytest

import parley
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
    assert Row(PATTERNS["T32"], np.nan, np.nan, np.nan, "not recorded: x").verdict == "not recorded: x"


def test_how_a_pattern_misses():
    pattern = dataclasses.replace(PATTERNS["T21"], remark="no reason known")
    assert Row(pattern, 0.4, 0.3, 0.6).miss == ""
    assert (
        Row(pattern, 0.6, 0.55, 0.7).miss.startswith("0.6 is above 0.5; ")
        and pattern.remark in Row(pattern, 0.6, 0.55, 0.7).miss
    )
    assert (
        "the interval reaches the band" in Row(pattern, 0.3, 0.2, 0.45).miss
        and "below 0.35" in Row(pattern, 0.3, 0.2, 0.45).miss
    )
    assert Row(pattern, np.nan, np.nan, np.nan).miss == ""


def test_only_patterns_of_the_place_are_judged(found):
    assert [row.pattern.id for row in found.rows] == ["T9", "T10", "T11", "T12.sum", "T12.case", "T14", "T15"]
    inside, count = found.met("calibration")
    assert count == 3 and 0 <= inside <= 3
    assert found.met("validation")[1] == 1 and found.met("input") == (3, 3)
    assert found.independent == []


def test_a_place_without_independent_patterns_says_so(found):
    for text in (str(found), found.markdown()):
        assert "none of them speaks for the model" in text


def test_what_is_put_in_is_no_pattern_met(found):
    row = next(row for row in found.rows if row.pattern.id == "T12.case")
    assert row.verdict == "put in" and row.low == row.high
    assert "input: put in, no pattern met" in str(found)


def test_success_has_its_four_denominators(found):
    assert len(found.success) == 4 and all(0 <= value <= 100 for value in found.success.values())


def test_what_the_file_moved_is_listed_within_its_range(found):
    moved = {one.address: one for one in found.moved}
    assert moved["claim.formal_claim_probability"].value == 0.08
    assert "expert_pool_size" in moved and not any(address.startswith("place.") for address in moved)
    assert all(one.low <= one.value <= one.high for one in found.moved)
    assert moved["claim.minor_odds"].sure == "C here; default A" and moved["claim.minor_odds"].at_end
    assert moved["expert_pool_size"].sure == "see the file here; default A" and not moved["expert_pool_size"].at_end
    assert "One parameter lies at an end of the range: `claim.minor_odds`." in found.markdown()


def test_ends_of_ranges_are_counted():
    ends = {
        place: sorted(one.address.split(".")[1] for one in validate.moved_of(place) if one.at_end)
        for place in ("china", "chongqing")
    }
    assert ends["china"] == ["generosity", "minor_odds", "neutrality_base", "talk_motive", "withdrawal_hazard"]
    assert ends["chongqing"] == ["generosity", "minor_odds", "neutrality_base"]


def test_the_page_says_how_it_was_made(found):
    assert found.markdown().endswith(
        f"`parley validate chenggong --replicates 3 --years 2 --seed 2`; digest of the run {found.digest[:16]}….\n"
    )
    again = validate._command("toy", 4, 1, 0, None, ["claim.demand_multiple=0.9", "title=a b"])
    assert again == (
        "parley validate toy --replicates 4 --years 1 --burn-in 0 --set claim.demand_multiple=0.9 --set 'title=a b'"
    )


def test_table_page_and_json(found, tmp_path):
    text = str(found)
    assert "calibration: used for calibration, " in text and "T10" in text and "<pre>" in found._repr_html_()
    page = found.write(tmp_path / "page.md").read_text()
    for words in (
        "independent",
        "held back",
        "used for calibration",
        "put in",
        "claim.formal_claim_probability",
        found.rows[0].numbers,
    ):
        assert words in text and words in page, words
    assert "`claim.formal_claim_probability`" in page and "| T10 |" in page and "(90% wanted)" in page
    numbers = json.loads(json.dumps(found.as_json()))
    assert numbers["patterns"][1]["quantiles"][0] <= numbers["patterns"][1]["median"]


def test_a_place_that_no_figure_speaks_of():
    found = validate.validate("toy", replicates=2, years=1)
    assert found.rows == [] and "toy" in repr(found)
    for text in (str(found), found.markdown()):
        assert "no published figure speaks of this place" in text and "independent" not in text


def test_what_is_not_computed_and_what_was_seen_is_told():
    rows = [Row(PATTERNS["T35"], np.nan, np.nan, np.nan), Row(PATTERNS["T21"], 0.4, 0.3, 0.5)]
    seen, unseen = (validate.Validation(place, place, 3, 5.0, rows, [], {}) for place in ("china", "elsewhere"))
    for text in (str(seen), seen.markdown()):
        assert "Not computed, and in no count: T35 (nothing happened" in text and validate.NOT_BLIND in text
    assert validate.NOT_BLIND not in unseen.markdown() and seen.as_json()["not_computed"] == ["T35"]


def test_misses_are_told_in_text_and_page():
    rows = [
        Row(PATTERNS["T21"], 0.7, 0.6, 0.8),
        Row(PATTERNS["T30"], 0.6, 0.5, 0.7),
        Row(PATTERNS["T27"], 2.0, 1.0, 3.0),
    ]
    found = validate.Validation("china", "China", 3, 5.0, rows, [], {})
    for text in (str(found), found.markdown()):
        assert "hat does not fit" in text and "0.7 is above 0.5" in text and "1 or more" in text
        assert "2 of 3 inside their bands; inside T30, T27; outside T21" in text
    assert json.loads(json.dumps(found.as_json(), allow_nan=False))["patterns"][2]["high"] is None


def test_what_a_pattern_needs_is_run_beside():
    found = {row.pattern.id: row for row in validate.validate("zigong", replicates=2, years=1, burn_in=1).rows}
    assert found["T8"].computed and found["T13"].verdict == "put in" and found["T13"].median == 183


def test_the_study_of_a_place_is_run_with_it():
    found = {row.pattern.id: row for row in validate.validate("china", replicates=2, years=1, burn_in=1).rows}
    for id in ("T36.disputes", "T37"):
        assert found[id].computed, found[id].verdict


def test_a_file_alone_says_what_else_is_needed(tmp_path):
    result = parley.run("china", replicates=2, years=1, burn_in=1).write(tmp_path / "a.h5")
    found = {row.pattern.id: row.verdict for row in validate.judge(result, "china", "china", "China").rows}
    assert found["T37"] == "needs the study rollout"
    result = parley.run("chenggong", replicates=2, years=1, burn_in=1).write(tmp_path / "b.h5")
    found = {row.pattern.id: row.verdict for row in validate.judge(result, "chenggong", "chenggong", "Chenggong").rows}
    assert found["T11"] == "not recorded: the ledger (--record full)"
