"""An indicator that follows welfare is told from one that does not, and districts that differ from what is done in them."""

import numpy as np
import pytest
import synthetic

import parley
from parley.analysis import index_validity as validity
from parley.analysis import welfare

SHAPE = (1, 8, 24, 5)
"""Policy, replicate, month, place."""
HARM = {"harm": 1.0}


def by_year(seed: int) -> np.ndarray:
    """One number per replicate, year and place, the same in each of its months."""
    return np.random.default_rng(seed).normal(0, 1, (1, 8, 2, 5)).repeat(12, axis=2)


def file(path, quality, success, index=None, closed=None, monkeypatch=None):
    """Harm falls with quality; success and index are as given."""
    metrics = {
        "admissions": np.full(SHAPE, 10_000.0),
        "adverse_events": 1000 - 50 * quality,
        "mediation_closed": np.full(SHAPE, 1_000_000.0) if closed is None else closed,
        "mediation_agreements": (500_000 + 50_000 * success) * (1 if closed is None else closed / 1_000_000),
        "trust": np.full(SHAPE, 0.6),
    }
    if index is not None:
        monkeypatch.setattr(synthetic, "METRICS", list(dict.fromkeys([*synthetic.METRICS, validity.INDEX])))
        metrics[validity.INDEX] = 500_000 + 50_000 * index
    made = synthetic.write(path, metrics, policies=["backing"], population=[100_000] * 5)
    return parley.open(made)


def test_spearman_has_ties_and_gaps():
    stats = pytest.importorskip("scipy.stats")
    draw = np.random.default_rng(3)
    left = draw.integers(0, 6, 200).astype(float)
    right = left + draw.integers(0, 9, 200)
    assert validity.spearman(left, right) == pytest.approx(stats.spearmanr(left, right).statistic)
    assert validity.ranks(left) == pytest.approx(stats.rankdata(left))
    left[:20] = np.nan
    assert validity.spearman(left, right) == pytest.approx(stats.spearmanr(left[20:], right[20:]).statistic)
    assert np.isnan(validity.spearman(np.ones(5), np.arange(5.0))) and np.isnan(validity.spearman(left[:1], right[:1]))


@pytest.mark.parametrize("sign", [1, -1])
def test_an_indicator_that_follows_welfare(tmp_path, sign):
    quality = by_year(1)
    found = validity.index_validity(file(tmp_path / "a.h5", quality, sign * quality), HARM).found["success_share"]
    assert found.overall.value == pytest.approx(sign, abs=0.01) and found.within.value == pytest.approx(sign, abs=0.01)
    assert found.units == found.of == 8 * 2 * 5 and found.by_component["harm"] == pytest.approx(sign, abs=0.01)


def test_one_that_does_not(tmp_path):
    found = validity.index_validity(file(tmp_path / "a.h5", by_year(1), by_year(2)), HARM).found["success_share"]
    assert found.overall.low < 0 < found.overall.high and abs(found.overall.value) < 0.3


def test_the_index_is_taken_where_it_was_recorded(tmp_path, monkeypatch):
    quality = by_year(1)
    results = file(tmp_path / "a.h5", quality, by_year(2), quality + by_year(3), monkeypatch=monkeypatch)
    found = validity.index_validity(results, HARM)
    assert list(found.found) == [validity.INDEX, "success_share"]
    index, success = found.found[validity.INDEX].overall, found.found["success_share"].overall
    assert 0.5 < index.low < index.value < index.high < 0.9 and index.value > success.high
    assert "evaluation index" in str(found) and found.missing == ("reported_share",)


def test_districts_that_differ_are_told_from_what_is_done_in_them(tmp_path):
    """Where care is good, success is rare; but in each district success and care rise together."""
    done, district = by_year(1), np.arange(5.0)
    results = file(tmp_path / "a.h5", 0.1 * done + 2 * district, 0.1 * done - 2 * district)
    found = validity.index_validity(results, HARM).found["success_share"]
    assert found.overall.high < -0.8 and found.within.low > 0.8


def test_years_without_a_case_are_left_out(tmp_path):
    closed = np.full(SHAPE, 1_000_000.0)
    closed[..., 0] = 0
    found = validity.index_validity(file(tmp_path / "a.h5", by_year(1), by_year(1), closed=closed), HARM).found[
        "success_share"
    ]
    assert found.units == 64 and found.of == 80 and found.overall.value == pytest.approx(1, abs=0.01)


def test_weights_decide_what_welfare_is(tmp_path):
    results = file(tmp_path / "a.h5", by_year(1), by_year(1))
    both = validity.index_validity(results, {"harm": 1.0, "negligence": 0.0})
    alone = validity.index_validity(results, HARM)
    assert both.found["success_share"].overall == alone.found["success_share"].overall
    with pytest.raises(ValueError, match="no weight is above zero"):
        validity.index_validity(results, {"harm": 0.0})
    with pytest.raises(ValueError, match="no weight is above zero"):
        validity.index_validity(results, {})
    with pytest.raises(ValueError, match="from 0 on"):
        validity.index_validity(results, {"harm": -1.0})
    with pytest.raises(KeyError, match="'harm'"):
        validity.index_validity(results, {"harms": 1.0})
    with pytest.raises(KeyError, match="indirect_cost"):
        validity.index_validity(results, {"cost_to_hospitals": 1.0})
    with pytest.raises(KeyError, match="backing"):
        validity.index_validity(results, HARM, "bakcing")


def test_a_real_one_is_deterministic(tmp_path):
    results = parley.run("toy", replicates=4, years=2).write(tmp_path / "toy.h5")
    one, two = (validity.index_validity(results, welfare.equal_weights(), seed=7) for _ in range(2))
    assert str(one) == str(two)
    for name in ("success_share", "reported_share"):
        found = one.found[name]
        assert found.of == 4 * 2 * 3 and 0 < found.units <= found.of and -1 <= found.overall.value <= 1
    assert "<pre>" in one._repr_html_() and "success_share" in repr(one)
    assert (validity.INDEX in one.found) == (validity.INDEX in results.metric_names)


def test_the_number_of_cases_is_taken_out():
    """Two that have nothing in common but the third; and where the third says nothing, the plain correlation."""
    draw = np.random.default_rng(5)
    cases = draw.normal(0, 1, 4000)
    left, right = cases + draw.normal(0, 0.5, 4000), cases + draw.normal(0, 0.5, 4000)
    assert validity.spearman(left, right) > 0.7
    assert validity.partial_spearman(left, right, cases) == pytest.approx(0, abs=0.05)
    assert validity.partial_spearman(left, right, np.ones(4000)) == validity.spearman(left, right)
    assert np.isnan(validity.partial_spearman(cases, right, cases))


def test_districts_with_many_cases_are_told_from_good_ones(tmp_path):
    """Where there are many cases there is much harm and little success, and that is all."""
    many = 10 + np.round(100 * np.random.default_rng(6).random((1, 8, 2, 5))).repeat(12, axis=2)
    results = file(tmp_path / "a.h5", -many / 20 + by_year(1), -many / 20 + by_year(2), closed=1000 * many)
    found = validity.index_validity(results, HARM).found["success_share"]
    assert found.overall.low > 0.3 and found.given_cases.low < 0 < found.given_cases.high
    assert "given cases closed" in str(validity.index_validity(results, HARM))


def test_a_years_index_is_that_of_its_last_month(tmp_path, monkeypatch):
    """It covers twelve months, so that of January is mostly the year before's."""
    index = np.zeros(SHAPE)
    index[:, :, 11::12] = 1
    results = file(tmp_path / "a.h5", by_year(1), by_year(2), index, monkeypatch=monkeypatch)
    assert (validity.Yearly(results, "backing", 2).last(validity.INDEX) == 550_000).all()


def test_all_indicators_are_judged_over_the_same_units(tmp_path, monkeypatch):
    closed = np.full(SHAPE, 1_000_000.0)
    closed[..., 0] = 0
    results = file(tmp_path / "a.h5", by_year(1), by_year(1), by_year(1), closed=closed, monkeypatch=monkeypatch)
    assert {name: found.units for name, found in validity.index_validity(results, HARM).found.items()} == {
        validity.INDEX: 64, "success_share": 64,
    }  # fmt: skip
