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


def test_how_the_differences_lie_by_hand():
    """Differences −1, 0, 2, 3: of four one is below and one is a tie, so 2.5 of 4 are above."""
    found = compare.paired(np.array([1.0, 2.0, 5.0, 7.0]), np.array([2.0, 2.0, 3.0, 4.0]))
    assert found.median == 1 and found.quantiles[0] == pytest.approx(-0.85)
    assert found.superiority == 0.625
    # Variances: 7.583 of the policy, 0.917 of the baseline, 3.333 of the difference.
    assert found.replicates_saved == pytest.approx((91 / 12 + 11 / 12) / (10 / 3))
    one = compare.paired(np.array([1.0]), np.array([0.0]))
    assert one.superiority == 1 and np.isnan(one.replicates_saved)


def test_the_interval_of_a_share_is_wilsons():
    for wins, count in [(0, 10), (3, 10), (10, 10), (37, 80)]:
        expected = stats.binomtest(wins, count).proportion_ci(0.95, method="wilson")
        assert compare.wilson(wins / count, count) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_pairs_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="3 replicates of the policy cannot be paired with 2"):
        compare.paired(np.zeros(3), np.zeros(2))


def test_what_pairing_saves_is_what_independent_luck_would_need():
    """The interval of the paired mean, against that of a mean of as many unpaired differences: the root of the factor."""
    draw = np.random.default_rng(9)
    luck = draw.normal(100, 30, 4000)
    policy, baseline = luck + draw.normal(1, 10, 4000), luck + draw.normal(0, 10, 4000)
    found = compare.paired(policy, baseline)
    unpaired = compare.paired(policy, np.roll(baseline, 1))
    assert (unpaired.half_width / found.half_width) ** 2 == pytest.approx(found.replicates_saved, rel=0.1)
    assert found.replicates_saved == pytest.approx(10, rel=0.1)  # (1000 + 1000)/200
    assert unpaired.replicates_saved == pytest.approx(1, rel=0.1)


@pytest.mark.parametrize("skewed", [False, True])
def test_the_bootstrap_interval_covers_nearly_as_often_as_it_says(skewed):
    draw = np.random.default_rng(77)
    studies, replicates, truth = 600, 30, 2.0
    covered = 0
    for seed in range(studies):
        values = draw.exponential(truth, replicates) if skewed else draw.normal(truth, 3, replicates)
        low, high = compare.bootstrap(values, resamples=999, seed=seed)
        covered += low <= truth <= high
    # It is known to cover some two points too seldom at thirty replicates, a little more where they are skewed; and four
    # standard errors of the share.
    short = 0.05 if skewed else 0.03
    assert 0.95 - short - 4 * np.sqrt(0.95 * 0.05 / studies) < covered / studies < 0.98


def test_the_bootstrap_interval_depends_on_nothing_but_its_seed():
    values = np.random.default_rng(1).normal(1, 1, 25)
    assert compare.bootstrap(values) == compare.bootstrap(values) != compare.bootstrap(values, seed=2)
    assert compare.bootstrap(np.append(values, np.nan)) == compare.bootstrap(values)
    assert compare.bootstrap(np.array([3.0, 3.0])) == (3.0, 3.0)
    assert np.isnan(compare.bootstrap(np.array([3.0]))).all()


def test_statistics_as_text(study_file):
    text = load.open(study_file).statistics()
    assert text.splitlines()[0].endswith("20 paired replicates")
    row = next(line for line in text.splitlines() if line.startswith("Days to resolution, mean"))
    assert "×" in row and "%" in row
    assert load.open(study_file).compare().paired_values(0, "days_mean").shape == (20,)


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
