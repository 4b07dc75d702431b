"""Joint draws: the share of signs, the parameters that turn one, and silence where none does."""

import numpy as np
import pytest

import parley
from parley import design
from parley.analysis import robustness


class Swept:
    """Differences by hand over points in the unit square and some that do not matter."""

    def __init__(self, difference, points: int = 600, keys: int = 12, seed: int = 3):
        table = {key: (axis.low, axis.high) for key, axis in list(design.uncertain().items())[:keys]}
        self.design = design.latin_hypercube(design.space(table), points, seed)
        unit = self.design.unit
        self._values = difference(unit, np.random.default_rng(seed))[:, None]

    def difference(self, measure, policy, baseline):
        return self._values


def judged(difference, mean=1.0):
    return robustness.judge(Swept(difference), "days_mean", ["a"], "b", mean)


def test_a_sign_that_stands():
    found = judged(lambda unit, random: 1 + 0.1 * random.normal(size=len(unit)))
    assert found.same == 1 and found.decided and found.thresholds == () and found.box == {}


def test_a_parameter_that_turns_it_is_named_with_its_threshold():
    swept = Swept(lambda unit, random: 0.6 - unit[:, 4] + 0.02 * random.normal(size=len(unit)))
    found = robustness.judge(swept, "days_mean", ["a"], "b", 1.0)
    key = swept.design.keys[4]
    axis = swept.design.space[key]
    assert found.same == pytest.approx(0.6, abs=0.03) and not found.decided
    assert found.thresholds[0].key == key and found.thresholds[0].turns == "above"
    assert (found.thresholds[0].value - axis.low) / (axis.high - axis.low) == pytest.approx(0.6, abs=0.06)
    assert found.thresholds[0].share_there > 0.9 > 0.1 > found.thresholds[0].share_elsewhere


def test_a_box_of_two_parameters_is_found():
    pytest.importorskip("ema_workbench")
    swept = Swept(lambda unit, random: np.where((unit[:, 2] > 0.5) & (unit[:, 7] < 0.6), -1.0, 1.0))
    found = robustness.judge(swept, "days_mean", ["a"], "b", 1.0)
    assert set(found.box) == {swept.design.keys[2], swept.design.keys[7]}
    assert found.box_share > 0.9 and found.box_coverage > 0.85


def test_where_chance_alone_turns_it_nothing_is_named():
    def noise(seed):
        return robustness.judge(
            Swept(lambda unit, random: random.normal(size=len(unit)), seed=seed), "days_mean", ["a"], "b", 1.0
        )

    found = [noise(seed) for seed in range(20)]
    assert np.mean([one.same for one in found]) == pytest.approx(0.5, abs=0.02)
    # But for one in twenty, which is how sure a name is: five or more of twenty would be luck of one in four hundred.
    assert sum(one.thresholds != () or one.box != {} for one in found) <= 4


def test_draws_without_a_value_are_not_counted():
    found = judged(lambda unit, random: np.where(unit[:, 0] < 0.25, np.nan, 1.0))
    assert found.draws == pytest.approx(450, abs=2) and found.same == 1 and found.asked == 600
    assert f"of {found.draws}; {600 - found.draws} draws had no value" in found.shares
    nothing = judged(lambda unit, random: np.full(len(unit), np.nan))
    assert nothing.draws == 0 and not nothing.decided and nothing.word == "not defined in any draw"


def noisy(effects, replicates, random, noise=2.0):
    return effects[:, None] + noise * random.normal(size=(len(effects), replicates))


@pytest.mark.parametrize("replicates", [2, 4])
@pytest.mark.parametrize("mean", [0.5, 1.5])
def test_the_luck_of_a_draw_is_taken_out(mean, replicates):
    """Effects of unit variance under luck of four times as much: as they come out too few have the sign, freed of luck the right share."""
    random = np.random.default_rng(7)
    shares, covered, plain = [], 0, []
    for _ in range(40):
        effects = mean + random.normal(size=1000)
        table = noisy(effects, replicates, random)
        share, low, high, alike = robustness.share_beyond_luck(np.sign(table))
        shares.append(share)
        plain.append((table.mean(axis=1) > 0).mean())
        covered += low <= (effects > 0).mean() <= high
        assert alike == pytest.approx(0.2, abs=0.15)
    truth = {0.5: 0.691, 1.5: 0.933}[mean]
    assert np.mean(shares) == pytest.approx(truth, abs=0.015)
    assert np.mean(plain) < truth - 0.04
    assert covered >= 34  # of 40 intervals at 95 %: fewer would come once in a hundred times


@pytest.mark.parametrize("effects", [
    lambda random: np.exp(random.normal(size=1000)) - 0.4,  # a long tail on the side of the sign: 82 %
    lambda random: 3 - np.exp(random.normal(size=1000)),  # and on the other: 86 %
    lambda random: np.exp(random.normal(size=1000)) * np.where(random.random(1000) < 0.15, -1, 1),  # two sorts of draws: 85 %
    lambda random: np.ones(1000),  # the same everywhere
])  # fmt: skip
def test_luck_taken_out_of_effects_far_from_normal(effects):
    """Nearer to the truth than the draws as they come out, and hardly beyond it."""
    random = np.random.default_rng(11)
    found, plain, truth = [], [], []
    for _ in range(20):
        made = effects(random)
        table = noisy(made, 2, random)
        found.append(robustness.share_beyond_luck(np.sign(table))[0])
        plain.append((table.mean(axis=1) > 0).mean())
        truth.append((made > 0).mean())
    assert np.mean(plain) < np.mean(found) < np.mean(truth) + 0.03


def test_luck_taken_out_where_there_is_none_or_nothing_else():
    random = np.random.default_rng(13)
    effects = np.where(random.random(1000) < 0.93, 1.0, -1.0)
    share, low, high, alike = robustness.share_beyond_luck(np.sign(np.column_stack([effects, effects])))
    assert share == pytest.approx((effects > 0).mean()) and low < share < high and alike == pytest.approx(1)
    share, low, high, _ = robustness.share_beyond_luck(np.sign(noisy(np.zeros(1000), 2, random)))
    assert high - low > 0.3  # nobody knows
    share, low, high, alike = robustness.share_beyond_luck(np.ones((100, 2)))
    assert share == high == 1 and 0.95 < low < 1 and np.isnan(alike)
    one = robustness.share_beyond_luck(effects[:, None])
    assert one[0] == (effects > 0).mean() and np.isnan(one[3])
    assert np.isnan(robustness.share_beyond_luck(np.zeros((5, 2)))).all()


def test_replicates_without_a_difference_have_no_say():
    random = np.random.default_rng(17)
    signs = np.sign(noisy(1 + random.normal(size=800), 4, random))
    padded = np.column_stack([signs, np.zeros(800), np.full(800, np.nan)])
    assert robustness.share_beyond_luck(padded) == robustness.share_beyond_luck(signs)


def test_a_verdict_goes_by_what_luck_leaves():
    def swept(mean, seed):
        made = Swept(
            lambda unit, random: noisy(mean + random.normal(size=len(unit)), 2, random), points=1000, seed=seed
        )
        made._values = made._values[:, 0]
        return robustness.judge(made, "days_mean", ["a"], "b", 1.0)

    found = swept(2.2, 5)
    assert found.same < 0.95 and found.agreeing > 0.95 and found.decided
    assert f"beyond luck higher in {robustness.percent(found.agreeing)}" in found.shares
    unsure = swept(1.2, 5)  # 88 % in truth
    assert not unsure.decided and unsure.low < robustness.SURE
    below = swept(-2.2, 5)
    assert below.decided_otherwise and f"beyond luck lower in {robustness.percent(1 - below.agreeing)}" in below.shares


def test_luck_is_taken_out_on_both_sides_of_a_threshold():
    swept = Swept(lambda unit, random: np.zeros(len(unit)), points=2000)
    unit, random = swept.design.unit, np.random.default_rng(3)
    swept._values = noisy(np.where(unit[:, 4] > 0.6, -1.0, 1.0), 2, random)
    found = robustness.judge(swept, "days_mean", ["a"], "b", 1.0).thresholds[0]
    assert found.key == swept.design.keys[4] and found.turns == "above"
    # As they came out 76 % turn on that side, and 24 % on the other.
    assert found.share_there > 0.9 and found.share_elsewhere < 0.1


def test_where_a_sign_is_nearly_all_luck_shares_stand_as_they_came_out():
    """A tenth more of the replicates turn on one side; freed of luck, all draws of that side would."""
    random = np.random.default_rng(4)
    column = random.uniform(size=600)
    signs = np.where(random.uniform(size=(600, 2)) < np.where(column > 0.5, 0.55, 0.45)[:, None], -1, 1)
    found = robustness.threshold("key", column, signs.sum(axis=1) < 0, signs)
    assert found.turns == "above"
    assert found.share_there == pytest.approx(0.55, abs=0.07)
    assert found.share_elsewhere == pytest.approx(0.45, abs=0.07)


def test_ties_are_no_votes():
    """Of 600 draws 240 differ, 228 of them with the sign: 38 % of all, 95 % of those that differ."""

    def some(unit, random):
        values = np.zeros(len(unit))
        values[:228], values[228:240] = 2.0, -1.0
        return values

    found = judged(some)
    assert (found.same, found.opposite, found.none) == pytest.approx((0.38, 0.02, 0.6))
    assert found.differing == 240 and found.agreeing == pytest.approx(0.95)
    assert found.low < 0.95 < found.high and found.high - found.low < 0.06  # over 240 draws, not 600
    assert found.word == "no effect in most draws" and not found.decided
    ties = judged(lambda unit, random: np.zeros(len(unit)))
    assert ties.none == 1 and ties.differing == 0 and ties.word == "no effect in most draws"
    rounding = judged(lambda unit, random: np.where(np.arange(len(unit)) < 400, 1.0, 0.0))
    assert rounding.word == "decided" and rounding.shares == "higher in 67%, lower in 0%, no difference in 33% of 600"


def test_draws_may_decide_the_other_way():
    def share(negative):
        return judged(lambda unit, random: np.where(np.arange(len(unit)) < negative * len(unit), -1.0, 1.0))

    found = share(0.94)
    assert found.decided_otherwise and not found.decided and found.word == "the draws decide the other way"
    assert found.shares == "higher in 6%, lower in 94% of 600"
    assert share(0.84).word == "not decided by the evidence"
    below = judged(lambda unit, random: np.full(len(unit), -1.0), mean=-3.0)
    assert below.decided and below.shares == "lower in 100%, higher in 0% of 600"


def test_a_few_draws_do_not_judge():
    few = robustness.judge(Swept(lambda unit, random: np.ones(len(unit)), points=49), "days_mean", ["a"], "b", 1.0)
    assert few.word == "too few draws to judge" and not few.decided
    enough = robustness.judge(Swept(lambda unit, random: np.ones(len(unit)), points=50), "days_mean", ["a"], "b", 1.0)
    assert enough.decided
    hardly = judged(lambda unit, random: np.where(np.arange(len(unit)) < 0.91 * len(unit), 1.0, -1.0))
    assert hardly.agreeing == pytest.approx(0.91) and not hardly.decided  # 88 % by the lower end of its interval
    even = judged(lambda unit, random: np.ones(len(unit)), mean=0.0)
    assert even.word == "no difference at the place's own values"


def test_a_box_is_told_only_where_the_sign_mostly_turns():
    pytest.importorskip("ema_workbench")
    # In the box 45 % turn, elsewhere 10 %: a key tells the two apart, but nowhere do most draws turn.
    swept = Swept(
        lambda unit, random: np.where(random.random(len(unit)) < np.where(unit[:, 2] > 0.5, 0.42, 0.1), -1.0, 1.0)
    )
    found = robustness.judge(swept, "days_mean", ["a"], "b", 1.0)
    assert found.thresholds[0].key == swept.design.keys[2]
    assert found.box == {} or found.box_share >= 0.5


def test_shares_of_a_box_are_counted_where_it_was_not_looked_for():
    pytest.importorskip("ema_workbench")
    random = np.random.default_rng(5)
    points = random.random((400, 3))
    turned = points[:, 0] > 0.6
    turned[1::2] = random.random(200) < 0.2  # the half that is kept back knows nothing of it
    assert robustness.prim_box(["a", "b", "c"], points, turned)[0] == {}
    turned[1::2] = points[1::2, 0] > 0.6
    box, share, coverage = robustness.prim_box(["a", "b", "c"], points, turned)
    assert list(box) == ["a"] and share > 0.9 and coverage > 0.9


def test_equal_spending_is_equal_in_every_draw(tmp_path):
    result = parley.compare("chenggong", modes=["backing", "purchased"], years=1, burn_in=1, replicates=3).write(
        tmp_path / "a.h5"
    )
    found = robustness.robustness(
        result, "purchased:equal_spending", "backing", ["trust"], draws=10, path=tmp_path / "d.h5"
    )
    assert found.solved_lever == "mediators_fulltime" and "at equal public spending" in str(found)
    swept, pilot = parley.open(tmp_path / "d.h5"), parley.open(tmp_path / "d_pilot.h5")
    assert len(pilot.policies) == 3 and pilot.replicates == 1
    baseline, *arms = swept.policies
    assert len(arms) == len(found.solved_values) >= 2 and found.years == 1
    assert list(found.solved_values) == sorted(found.solved_values)
    expected = robustness.judge(swept, "trust", arms, baseline, 1.0)
    assert expected.median == found.verdicts["trust"].median
    again = robustness.robustness(
        result, "purchased:equal_spending", "backing", ["trust"], draws=10, path=tmp_path / "d.h5"
    )
    assert again.solved_values == found.solved_values and again.verdicts["trust"].median == expected.median


PILOT = """mode: pilot
title: A pilot
sources: ["Invented"]
levers: {feedback_rate: 0.5}
dated_levers:
  - {lever: mediators_fulltime, value: 6, from: 2015-02-01}
  - {lever: linkage_strength, value: 0.9, when: petitions_last_month > 2}
"""


def test_levers_with_dates_stay_in_force_in_the_draws(tmp_path):
    mode = tmp_path / "pilot.yaml"
    mode.write_text(PILOT, encoding="utf-8")
    result = parley.compare("toy", modes=["status_quo", str(mode)], years=1, burn_in=1, replicates=2).write(
        tmp_path / "a.h5"
    )
    study = parley.study("toy", modes=["status_quo", str(mode)], years=1, burn_in=1, replicates=2)
    assert [lever for lever, _ in study.dated_levers("pilot")] == ["mediators_fulltime", "linkage_strength"]
    assert study.dated_levers("status_quo") == []
    arms = [("one", "status_quo", result.levers("status_quo")), ("two", "pilot", result.levers("pilot"))]
    made = study.with_policies(
        [(name, levers) for name, _, levers in arms], {name: came_from for name, came_from, _ in arms}
    )
    again = parley.compare(made).write(tmp_path / "b.h5")
    for name, policy in (("one", "status_quo"), ("two", "pilot")):
        for metric in ("public_outlay", "trust"):
            np.testing.assert_array_equal(
                again.metric(metric)[again.policies.index(name)], result.metric(metric)[result.policies.index(policy)]
            )
    without = study.with_policies([(name, levers) for name, _, levers in arms])
    plain = parley.compare(without).write(tmp_path / "c.h5")
    assert (plain.metric("public_outlay")[1] != again.metric("public_outlay")[1]).any()


def test_a_real_one_is_resumable_and_deterministic(tmp_path):
    result = parley.compare("toy", modes=["backing", "purchased"], years=1, burn_in=1, replicates=3).write(
        tmp_path / "a.h5"
    )
    ask = dict(draws=30, years=1, replicates=1)
    one = robustness.robustness(result, "purchased", "backing", ["days_mean", "trust"], path=tmp_path / "d.h5", **ask)
    two = robustness.robustness(result, "purchased", "backing", ["days_mean", "trust"], **ask)
    assert str(one) == str(two)
    assert parley.open(tmp_path / "d.h5").policies == ["backing", "purchased"]
    assert "30 joint draws" in str(one) and "<pre>" in one._repr_html_()


def test_a_share_says_where_something_is_missing():
    told = [robustness.percent(share) for share in (0.0, 0.0002, 0.004, 0.3, 0.8996, 0.9, 0.996, 0.9997, 1.0)]
    assert told == ["0%", "<0.1%", "0.4%", "30%", "90.0%", "90%", "99.6%", ">99.9%", "100%"]
