"""Sensitivity against functions whose indices are known, and the variance split against known components."""

import numpy as np
import pytest

from parley import design
from parley.analysis import sensitivity

KEYS = {"authority": (0.0, 1.0), "encounter.adverse_event_rate": (0.03, 0.12), "linkage_strength": (0.0, 1.0)}


@pytest.fixture(scope="module")
def box():
    return design.space(KEYS)


def ishigami(unit: np.ndarray) -> np.ndarray:
    """Ishigami and Homma 1990, a = 7 and b = 0.1."""
    x = (2 * unit - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


FIRST, TOTAL = [0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437]


def test_sobol_indices_of_ishigami(box):
    made = design.saltelli(box, 2048, second_order=True)
    found = sensitivity.sobol(made, ishigami(made.unit))
    np.testing.assert_allclose(found.indices["first"], FIRST, atol=0.03)
    np.testing.assert_allclose(found.indices["total"], TOTAL, atol=0.03)
    for name, truth in (("first", FIRST), ("total", TOTAL)):
        assert ((found.low[name] <= truth) & (found.high[name] >= truth)).all()
    assert abs(found.settings["second"][0, 2] - 0.2437) < 0.05
    assert found.ranking() == ["authority", "encounter.adverse_event_rate", "linkage_strength"]


def test_elementary_effects_of_a_linear_function_are_its_slopes(box):
    made = design.morris(box, 10)
    found = sensitivity.morris(made, made.unit @ np.array([3.0, -1.0, 0.0]))
    np.testing.assert_allclose(found.indices["mu"], [3, -1, 0], atol=1e-9)
    np.testing.assert_allclose(found.indices["mu_star"], [3, 1, 0], atol=1e-9)
    np.testing.assert_allclose(found.indices["sigma"], 0, atol=1e-9)


def test_interplay_shows_in_sigma(box):
    made = design.morris(box, 40)
    found = sensitivity.morris(made, ishigami(made.unit))
    assert found.indices["sigma"][2] > 1


def test_pawn_tells_influence_from_none(box):
    made = design.sobol(box, 256)
    found = sensitivity.pawn(made, made.unit[:, 0] ** 2)
    assert found.indices["median"][0] > 0.5 > 0.2 > found.indices["median"][1:].max()
    assert found.low["median"][0] > found.settings["nothing"] > found.indices["median"][1:].min()
    again = sensitivity.pawn(made, made.unit[:, 0] ** 2)
    assert np.array_equal(found.low["median"], again.low["median"])


def test_delta_ranks_and_finds_first_order(box):
    made = design.latin_hypercube(box, 400)
    found = sensitivity.delta(made, 2 * made.unit[:, 0] + made.unit[:, 1])
    assert found.ranking()[:2] == ["authority", "encounter.adverse_event_rate"]
    np.testing.assert_allclose(found.indices["first"], [0.8, 0.2, 0.0], atol=0.1)


def test_a_tornado_pairs_its_replicates(box):
    made = design.tornado(box, {"authority": 0.5, "encounter.adverse_event_rate": 0.06, "linkage_strength": 0.5})
    luck = 100 * np.random.default_rng(1).normal(size=12)
    found = sensitivity.tornado(made, (made.points @ np.array([2.0, 0.0, -1.0]))[:, None] + luck)
    np.testing.assert_allclose(found.indices["at_high"], [1, 0, -0.5], atol=1e-9)
    np.testing.assert_allclose(found.high["at_high"] - found.low["at_high"], 0, atol=1e-6)
    assert found.ranking()[0] == "authority"


def test_replicates_without_a_value_anywhere_are_left_out_everywhere(box):
    made = design.sobol(box, 64)
    values = made.unit[:, :1] + np.zeros((64, 3))
    values[5, 1] = np.nan
    values[:, 1] += 50
    np.testing.assert_allclose(sensitivity._means(values), made.unit[:, 0])


def test_faults(box):
    made = design.sobol(box, 64)
    with pytest.raises(ValueError, match=r"parley\.design\.saltelli"):
        sensitivity.sobol(made, np.ones(64))
    with pytest.raises(ValueError, match=r"parley\.design\.morris"):
        sensitivity.morris(made, np.ones(64))
    with pytest.raises(ValueError, match="nothing of the design moves it"):
        sensitivity.pawn(made, np.ones(64))
    with pytest.raises(ValueError, match=r"not defined at 2 of 64 points \(3, 9\)"):
        values = np.arange(64.0)
        values[[3, 9]] = np.nan
        sensitivity.pawn(made, values)
    with pytest.raises(ValueError, match="64 points"):
        sensitivity.pawn(made, np.ones(60))


def test_it_prints_and_tabulates(box):
    made = design.saltelli(box, 64)
    found = sensitivity.sobol(made, ishigami(made.unit))
    assert "first" in str(found) and "<pre>" in found._repr_html_()
    table = found.to_pandas()
    assert list(table.columns) == ["first", "first_low", "first_high", "total", "total_low", "total_high"]


# ---- the variance split -----------------------------------------------------------------------------------------------


def crossed(random, policies=40, points=60, replicates=50, policy=1.0, parameter=2.0, chance=1.0, pair=0.5, rest=0.5):
    normal = random.normal
    return (
        policy * normal(size=(policies, 1, 1)) + parameter * normal(size=(1, points, 1))
        + chance * normal(size=(1, 1, replicates)) + pair * normal(size=(policies, points, 1))
        + rest * normal(size=(policies, points, replicates))
    )  # fmt: skip


def test_components_are_unbiased():
    random = np.random.default_rng(3)
    truth = {
        "policy": 1.0,
        "parameter": 4.0,
        "chance": 1.0,
        "policy × parameter": 0.25,
        "policy × parameter × chance": 0.25,
    }
    found = [sensitivity._components(crossed(random)) for _ in range(30)]
    for name, value in truth.items():
        column = np.array([one[name] for one in found])
        assert abs(column.mean() - value) < 4 * column.std(ddof=1) / np.sqrt(len(column)) + 0.01, name
    for name in ("policy × chance", "parameter × chance"):
        assert np.mean([one[name] for one in found]) < 0.01


def test_shares_add_up_and_intervals_cover_the_shares():
    """The policies compared are these and no others, so their part of the variance is held fixed."""
    random = np.random.default_rng(5)
    effects = np.array([-1.0, 0.0, 1.0])[:, None, None]
    covered = 0
    for _ in range(60):
        table = effects + crossed(random, policies=3, points=40, replicates=30, policy=0.0, parameter=1.0, pair=0.0)
        found = sensitivity.variance_split(table)
        assert abs(sum(found.shares.values()) - 1) < 1e-12
        covered += found.low["parameter"] <= 1 / (1 + 1 + 1 + 0.25) <= found.high["parameter"]
    assert covered >= 0.85 * 60


def test_a_missing_factor_is_left_out():
    random = np.random.default_rng(2)
    one_policy = sensitivity.variance_split(random.normal(size=(1, 30, 20)))
    assert set(one_policy.shares) == {"parameter", "chance", "parameter × chance"}
    assert one_policy.shares["parameter × chance"] > 0.9
    only_chance = sensitivity.variance_split(random.normal(size=(1, 1, 20)))
    assert dict(only_chance.shares) == {"chance": 1.0}


def test_faults_of_the_split():
    with pytest.raises(ValueError, match="policies, points, replicates"):
        sensitivity.variance_split(np.zeros((3, 4)))
    with pytest.raises(ValueError, match="1 of 24 runs"):
        values = np.arange(24.0).reshape(2, 3, 4)
        values[0, 0, 0] = np.nan
        sensitivity.variance_split(values)
    with pytest.raises(ValueError, match="the same in every run"):
        sensitivity.variance_split(np.ones((2, 3, 4)))
