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
    return robustness.judge(Swept(difference), "days_mean", "a", "b", mean)


def test_a_sign_that_stands():
    found = judged(lambda unit, random: 1 + 0.1 * random.normal(size=len(unit)))
    assert found.same == 1 and found.decided and found.thresholds == () and found.box == {}


def test_a_parameter_that_turns_it_is_named_with_its_threshold():
    swept = Swept(lambda unit, random: 0.6 - unit[:, 4] + 0.02 * random.normal(size=len(unit)))
    found = robustness.judge(swept, "days_mean", "a", "b", 1.0)
    key = swept.design.keys[4]
    axis = swept.design.space[key]
    assert found.same == pytest.approx(0.6, abs=0.03) and not found.decided
    assert found.thresholds[0].key == key and found.thresholds[0].turns == "above"
    assert (found.thresholds[0].value - axis.low) / (axis.high - axis.low) == pytest.approx(0.6, abs=0.06)
    assert found.thresholds[0].share_there > 0.9 > 0.1 > found.thresholds[0].share_elsewhere


def test_a_box_of_two_parameters_is_found():
    pytest.importorskip("ema_workbench")
    swept = Swept(lambda unit, random: np.where((unit[:, 2] > 0.5) & (unit[:, 7] < 0.6), -1.0, 1.0))
    found = robustness.judge(swept, "days_mean", "a", "b", 1.0)
    assert set(found.box) == {swept.design.keys[2], swept.design.keys[7]}
    assert found.box_share > 0.9 and found.box_coverage > 0.85


def test_where_chance_alone_turns_it_nothing_is_named():
    def noise(seed):
        return robustness.judge(
            Swept(lambda unit, random: random.normal(size=len(unit)), seed=seed), "days_mean", "a", "b", 1.0
        )

    found = [noise(seed) for seed in range(20)]
    assert np.mean([one.same for one in found]) == pytest.approx(0.5, abs=0.02)
    # But for one in twenty, which is how sure a name is: five or more of twenty would be luck of one in four hundred.
    assert sum(one.thresholds != () or one.box != {} for one in found) <= 4


def test_draws_without_a_value_are_not_counted():
    found = judged(lambda unit, random: np.where(unit[:, 0] < 0.25, np.nan, 1.0))
    assert found.draws == pytest.approx(450, abs=2) and found.same == 1
    nothing = judged(lambda unit, random: np.full(len(unit), np.nan))
    assert nothing.draws == 0 and not nothing.decided
    ties = judged(lambda unit, random: np.zeros(len(unit)))
    assert ties.same == 0.5


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
