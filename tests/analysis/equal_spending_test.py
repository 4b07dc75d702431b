"""Equal spending in every draw: read off lines between values of the solved lever, which a pilot chooses."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from parley.analysis import equal_spending
from parley.analysis.compare import paired
from parley.analysis.design import space

POSTS = "mediators_fulltime"


@dataclass
class Compared:
    """What of a comparison is looked at."""

    values: dict
    contrasts: list
    differences: list
    level: float = 0.95


class Arms:
    """Outlay, and one measure that is a function of posts, of some policies in some draws of one replicate."""

    def __init__(self, spent, worth):
        self.spent, self.worth = spent, worth

    def measure(self, name, policy):
        table = self.spent if name == equal_spending.OUTLAY else self.worth
        return np.array(table[policy], dtype=float)[:, None]


TWO = Arms(
    {"base": [100] * 5, "a": [90, 100, 120, 90, 100], "b": [110, 120, 140, 93, 100]},
    {"base": [1] * 5, "a": [2] * 5, "b": [4] * 5},
)


def test_draws_are_brought_to_equal_spending_on_a_line():
    """Half way; at the first; as far before it as they are apart; farther beyond the second and no value; no line, no value."""
    found = equal_spending.at_equal_outlay(TWO, "days_mean", ["a", "b"], "base")[:, 0]
    np.testing.assert_allclose(found, [2.0, 1.0, -1.0, np.nan, np.nan])
    spent = equal_spending.at_equal_outlay(TWO, equal_spending.OUTLAY, ["a", "b"], "base")[:, 0]
    np.testing.assert_array_equal(spent, [0, 0, 0, np.nan, np.nan])


def test_between_three_values_the_line_bends():
    three = Arms(
        {"base": [100, 150, 50, 250, 301], "a": [100] * 5, "b": [200] * 5, "c": [300] * 5},
        {"base": [0] * 5, "a": [0] * 5, "b": [10] * 5, "c": [12] * 5},
    )
    found = equal_spending.at_equal_outlay(three, "days_mean", ["a", "b", "c"], "base")[:, 0]
    np.testing.assert_allclose(found, [0, 5, -5, 11, 12.02])
    # Where more of the lever costs less it is the same.
    falling = Arms({k: [400 - x for x in v] for k, v in three.spent.items()}, three.worth)
    np.testing.assert_allclose(
        equal_spending.at_equal_outlay(falling, "days_mean", ["a", "b", "c"], "base")[:, 0], found
    )


def test_a_pilot_chooses_values_between_which_most_draws_spend_alike():
    low, high = space([POSTS])[POSTS].low, space([POSTS])[POSTS].high
    needed = np.linspace(1, 11, 101)  # posts at which each draw spends what the baseline spends
    pilot = Arms(
        {"base": 1000 * needed, "three": np.full(101, 3000.0), "four": np.full(101, 4000.0)},
        {},
    )
    found = equal_spending.values_for_draws(pilot, ["three", "four"], [3, 4], "base", POSTS)
    assert found == pytest.approx([2, 6, 10])
    # What lies beyond the lever's range cannot be had.
    wild = Arms({**pilot.spent, "base": 1000 * np.linspace(-50, 50, 101)}, {})
    assert equal_spending.values_for_draws(wild, ["three", "four"], [3, 4], "base", POSTS) == [low, high]
    # All draws alike: a line needs two values.
    alike = Arms({**pilot.spent, "base": np.full(101, 5000.0)}, {})
    assert equal_spending.values_for_draws(alike, ["three", "four"], [3, 4], "base", POSTS) == pytest.approx(
        [4.5, 5, 5.5]
    )
    # Posts that cost nothing lead nowhere.
    free = Arms({**pilot.spent, "four": np.full(101, 3000.0)}, {})
    assert equal_spending.values_for_draws(free, ["three", "four"], [3, 4], "base", POSTS) == [3, 4]


@pytest.mark.parametrize(("solved", "given", "expected"), [(3, 4, [3, 4]), (3, 3.1, [3, 4.5]), (10, 10, [10, 5])])
def test_the_pilot_has_two_values_apart(solved, given, expected):
    levers = {"purchased:equal_spending": {POSTS: solved}, "purchased": {POSTS: given}}
    results = SimpleNamespace(levers=levers.__getitem__)
    assert equal_spending.pilot_values(results, "purchased:equal_spending", POSTS) == expected


def test_the_comparison_is_read_at_exactly_equal_outlay():
    """Outlay a hundredth off, on the way from the solved value to the mode's own: a fifth of the way between these two."""
    outlay, cost = equal_spending.OUTLAY, "system_cost_per_year"
    values = {
        "base": {outlay: np.array([100.0, 100.0]), cost: np.array([50.0, 52.0])},
        "buy:equal": {outlay: np.array([99.0, 99.0]), cost: np.array([49.0, 51.0])},
        "buy": {outlay: np.array([104.0, 104.0]), cost: np.array([54.0, 56.0])},
    }

    def comparison(**changed):
        contrast = {
            "policy": "buy:equal",
            "baseline": "base",
            "solved_lever": POSTS,
            "missed": False,
            "tolerance": 0.02,
        }
        arms = {"policy": "buy:equal", "baseline": "base"}
        raw = {m: paired(values[arms["policy"]][m], values[arms["baseline"]][m]) for m in (outlay, cost)}
        return Compared(values, [SimpleNamespace(**contrast | changed)], [raw])

    found = equal_spending.at_equal_spending(comparison()).differences[0]
    assert found[outlay].mean == pytest.approx(0) and found[cost].mean == pytest.approx(0)
    for left in ({"missed": True}, {"solved_lever": ""}, {"tolerance": 0.06}):
        assert equal_spending.at_equal_spending(comparison(**left)).differences[0][cost].mean == pytest.approx(-1)
