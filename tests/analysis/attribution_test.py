"""Shapley values: against games whose values are known, and a real split whose parts add up."""

import numpy as np
import pytest

import parley
from parley import sweeping
from parley.analysis.attribution import attribute, complete, moved_groups, shapley


def game(worth, players: int) -> np.ndarray:
    rows = [worth({g for g in range(players) if mask >> g & 1}) for mask in range(1 << players)]
    return np.array(rows, dtype=float)[:, None]


def test_an_additive_game_gives_each_its_own():
    own = [3.0, -1.0, 0.5]
    values = game(lambda s: sum(own[g] for g in s), 3)
    assert [shapley(values, g)[0] for g in range(3)] == pytest.approx(own)


def test_the_glove_game():
    """One left and two right gloves: 2/3, 1/6, 1/6 (Shapley 1953)."""
    values = game(lambda s: 1.0 if 0 in s and s & {1, 2} else 0.0, 3)
    assert [shapley(values, g)[0] for g in range(3)] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_parts_add_up_to_the_whole_in_every_replicate():
    values = np.random.default_rng(1).normal(size=(16, 5))
    parts = np.array([shapley(values, g) for g in range(4)])
    np.testing.assert_allclose(parts.sum(axis=0), values[-1] - values[0])


def test_parts_and_whole_rest_on_the_same_replicates():
    values = np.random.default_rng(1).normal(size=(8, 6))
    values[3, 2] = values[0, 4] = np.nan  # one in a coalition half way, one in the baseline
    kept = complete(values)
    np.testing.assert_array_equal(kept, values[:, [0, 1, 3, 5]])
    parts = np.array([shapley(kept, g).mean() for g in range(3)])
    assert parts.sum() == pytest.approx((kept[-1] - kept[0]).mean())


def test_levers_that_belong_together_move_together():
    before = dict(
        authority=0.8, public_funding_share=0.9, hospital_funding_share=0.05, base_fee_case=0.0, mediation_open=1.0
    )
    after = dict(
        authority=0.8, public_funding_share=0.8, hospital_funding_share=0.1, base_fee_case=5.0, mediation_open=0.0
    )
    assert moved_groups(before, after) == {
        "who funds": ["public_funding_share", "hospital_funding_share"],
        "what the contract pays for": ["base_fee_case"],
        "mediation_open": ["mediation_open"],
    }


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    result = parley.compare("chenggong", modes=["backing", "purchased"], years=1, burn_in=1, replicates=3)
    return result.write(tmp_path_factory.mktemp("compared") / "a.h5")


def test_a_split_of_a_comparison(compared):
    found = attribute(compared, "purchased", "backing", ["days_mean", "public_outlay_per_year"], replicates=3)
    assert set(found.moved) >= {"authority", "who funds", "what the contract pays for", "linkage and feedback"}
    for measure in ("days_mean", "public_outlay_per_year"):
        total = sum(part.mean for part in found.parts[measure].values())
        assert total == pytest.approx(found.whole[measure].mean)
    # Both ends are the policies of the comparison, on the same luck.
    comparison = compared.compare()
    bundle = comparison.differences[0]["public_outlay_per_year"]
    assert found.whole["public_outlay_per_year"].mean == pytest.approx(bundle.mean)
    assert found.years == 1 and "no intervals: they need 5 replicates" in str(found)
    assert "together" in str(found) and "<pre>" in found._repr_html_()


def test_a_split_is_kept_in_its_file(compared, tmp_path, monkeypatch):
    ask = dict(replicates=2, years=1, path=tmp_path / "split.h5")
    one = attribute(compared, "purchased", "backing", ["days_mean"], **ask)
    other = attribute(compared, "purchased", "backing", ["days_mean"], **ask | {"replicates": 3, "path": None})
    monkeypatch.setattr(sweeping, "sweep", lambda *_, **__: pytest.fail("it was run again"))
    assert str(attribute(compared, "purchased", "backing", ["days_mean"], **ask)) == str(one) != str(other)
    with pytest.raises(pytest.fail.Exception):
        attribute(compared, "purchased", "backing", ["days_mean"], **ask | {"replicates": 3})


def test_what_cannot_be_split(compared):
    with pytest.raises(ValueError, match="differ in no lever"):
        attribute(compared, "backing", "backing", ["days_mean"])


def test_levers_with_dates_are_refused_before_anything_is_run(tmp_path):
    mode = tmp_path / "pilot.yaml"
    mode.write_text("""mode: pilot
title: A pilot
sources: ["Invented"]
dated_levers:
  - {lever: feedback_rate, value: 0.9, from: 2015-06-01}
""", encoding="utf-8")  # fmt: skip
    result = parley.compare("toy", modes=["status_quo", str(mode)], years=1, burn_in=0, replicates=2)
    results = result.write(tmp_path / "a.h5")
    with pytest.raises(parley.ParleyError, match="pilot: feedback_rate: is set with dates"):
        attribute(results, "pilot", "status_quo", ["days_mean"], executor="no such executor")
