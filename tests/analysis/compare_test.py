"""Paired differences and their intervals: against SciPy, by simulation, and at the edges."""

import numpy as np
import pytest
from scipy import stats

from parley.analysis import compare, load


@pytest.mark.parametrize("count", [2, 3, 5, 20, 200])
def test_the_interval_is_that_of_a_paired_t_test(count):
    draw = np.random.default_rng(count)
    luck = draw.normal(50, 10, count)
    policy, baseline = luck + draw.normal(1, 2, count), luck + draw.normal(0, 2, count)
    found = compare.paired(policy, baseline)
    test = stats.ttest_1samp(policy - baseline, 0)
    expected = test.confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-9)
    assert found.mean == pytest.approx(np.mean(policy - baseline))
    assert found.decided == (test.pvalue < 0.05)
    assert found.sign_probability == pytest.approx(1 - test.pvalue / 2, rel=1e-9)


def test_the_interval_covers_as_often_as_it_says():
    draw = np.random.default_rng(20150101)
    studies, replicates, truth = 4000, 8, 0.7
    covered = 0
    for _ in range(studies):
        luck = draw.exponential(30, replicates)
        found = compare.paired(luck + draw.normal(truth, 3, replicates), luck)
        covered += found.low <= truth <= found.high
    # Four standard errors of a share of 0.95 in 4,000 studies.
    assert abs(covered / studies - 0.95) < 4 * np.sqrt(0.95 * 0.05 / studies)


def test_pairing_takes_common_luck_out():
    draw = np.random.default_rng(3)
    luck = draw.normal(100, 40, 20)
    policy = luck + 2 + draw.normal(0, 0.5, 20)
    alone = compare.estimate(policy)
    assert compare.paired(policy, luck).half_width < alone.half_width / 20
    assert compare.paired(policy, luck).decided


def test_by_hand():
    """Differences 1, 2, 3: mean 2, standard error 1/√3, t quantile of 2 degrees of freedom 4.302653."""
    found = compare.paired(np.array([11.0, 22.0, 33.0]), np.array([10.0, 20.0, 30.0]))
    assert found.mean == 2
    assert found.half_width == pytest.approx(4.302653 / np.sqrt(3), rel=1e-6)
    assert (found.replicates, found.given) == (3, 3)


def test_one_replicate_has_no_interval():
    found = compare.paired(np.array([3.0]), np.array([1.0]))
    assert found.mean == 2 and np.isnan(found.low) and np.isnan(found.high) and not found.decided


def test_replicates_without_a_number_are_left_out_and_counted():
    found = compare.paired(np.array([1.0, np.nan, 3.0]), np.array([0.0, 0.0, 0.0]))
    assert (found.mean, found.replicates, found.given) == (2, 2, 3)
    assert compare.estimate(np.array([np.nan, np.nan])).replicates == 0


def test_differences_without_any_spread():
    always = compare.paired(np.array([2.0, 3.0]), np.array([1.0, 2.0]))
    assert always.decided and always.half_width == 0 and always.sign_probability == 1
    never = compare.paired(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    assert not never.decided and never.mean == 0 and never.sign_probability == 0.5


def test_a_file_is_compared_contrast_by_contrast(study_file):
    found = load.open(study_file).compare()
    assert [contrast.name for contrast in found.contrasts] == ["bundle", "contract_only", "equal_spending"]
    assert found.contrasts[found.headline].name == "equal_spending"
    for contrast, row in zip(found.contrasts, found.differences, strict=True):
        for name in ("success_over_closed", "days_mean", "public_outlay_per_year"):
            difference = found.values[contrast.policy][name] - found.values[contrast.baseline][name]
            assert row[name].mean == pytest.approx(difference.mean())
    # As invented: purchased services cost a quarter less, and nothing less at equal spending.
    outlay = [row["public_outlay_per_year"] for row in found.differences]
    mean = found.means["backing"]["public_outlay_per_year"].mean
    assert outlay[0].mean / mean == pytest.approx(-0.25, abs=0.01)
    assert abs(outlay[2].mean) / mean < 0.01


def test_swapping_policy_and_baseline_turns_the_sign():
    policy, baseline = np.array([4.0, 5.5, 7.0]), np.array([3.0, 5.0, 5.0])
    one, other = compare.paired(policy, baseline), compare.paired(baseline, policy)
    assert (one.mean, one.low, one.high) == (-other.mean, -other.high, -other.low)
