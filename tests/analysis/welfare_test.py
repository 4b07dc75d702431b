"""Components of welfare: each from its metrics, with its sign; the same from a file and from a sweep; weights on the simplex."""

import re
from pathlib import Path

import numpy as np
import pytest

import parley
from parley import design
from parley.analysis import welfare
from parley.analysis.compare import compare
from parley.analysis.measures import Totals

ROOT = Path(__file__).resolve().parent.parent.parent
CONCERNS = {"harm", "time", "cost", "compensation error", "disturbances", "trust", "safety", "public money"}


def total(**sums) -> Totals:
    return Totals({name: np.atleast_1d(value) for name, value in sums.items()}, 2.0, 5000.0, np.array([0.7]))


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    result = parley.compare("toy", modes=["backing", "purchased"], replicates=4, years=2, burn_in=1)
    return result.write(tmp_path_factory.mktemp("welfare") / "toy.h5")


def test_every_concern_has_components_that_explain_themselves():
    assert set(welfare.CONCERNS) == CONCERNS
    for component in welfare.COMPONENTS.values():
        assert component.better in ("lower", "higher") and component.unit and component.definition and component.metrics
    assert [c.name for c in welfare.COMPONENTS.values() if c.sign > 0] == ["trust"]


def test_amounts_are_by_people_and_year():
    assert welfare.harm(total(adverse_events=100)) == pytest.approx(100)  # 10,000 / (5,000 × 2)
    assert welfare.disturbances(total(disturbances=3)) == pytest.approx(3)
    assert welfare.negligence(total(negligent_events=5, admissions=1000)) == pytest.approx(50)
    assert welfare.days_in_dispute(total(open_disputes=2)) == pytest.approx(2 * 2 * 365)  # a stock: no year in it
    assert welfare.public_money(total(public_outlay=1234)) == pytest.approx(12.34)
    assert welfare.trust(total()) == pytest.approx(70)


def test_the_error_of_compensation_has_two_sides():
    draw = np.random.default_rng(5)
    paid, owed = draw.integers(0, 1000, (2, 40))
    sums = total(compensation_error=np.abs(paid - owed).sum(), paid=paid.sum(), owed=owed.sum())
    assert welfare.paid_too_little(sums) == pytest.approx(np.maximum(owed - paid, 0).sum() / 100)
    assert welfare.paid_too_much(sums) == pytest.approx(np.maximum(paid - owed, 0).sum() / 100)


def test_premiums_and_contributions_move_cost_between_payers_and_make_none():
    def costs(**moved: int) -> list[float]:
        sums = total(**{"paid_by_hospital": 700, "paid_by_insurer": 500, "paid_by_fund": 100, "indirect_cost": 30,
                        "defensive_cost": 20, "premiums": 0, "insurer_capital": 0, "fund_contributions": 0, "committees_by_insurers": 0,
                        "committees_by_hospitals": 0} | moved)  # fmt: skip
        return [
            payer(sums).item() for payer in (welfare.cost_to_hospitals, welfare.cost_to_insurers, welfare.cost_to_funds)
        ]

    assert costs() == pytest.approx([7.5, 5, 1])
    assert costs(premiums=400) == pytest.approx([11.5, 1, 1])
    assert costs(insurer_capital=300) == pytest.approx([10.5, 2, 1])
    assert costs(fund_contributions=60) == pytest.approx([8.1, 5, 0.4])
    # What is given to committees is the giver's cost.
    assert costs(committees_by_insurers=70) == pytest.approx([7.5, 5.7, 1])
    assert costs(committees_by_hospitals=80) == pytest.approx([8.3, 5, 1])
    assert welfare.cost_of_handling(total(system_cost=100, defensive_cost=20)) == pytest.approx(0.8)


def test_a_file_and_a_sweep_say_the_same(compared):
    study = parley.study("toy", modes=["backing", "purchased"], replicates=4, years=2, burn_in=1)
    rate = parley.groups("toy").encounter.adverse_event_rate
    swept = parley.sweep(study, design.grid({"encounter.adverse_event_rate": [rate]}))
    for policy in ("backing", "purchased"):
        of_file, of_sweep = welfare.components(compared, policy), welfare.components(swept, policy)
        assert list(of_file) == list(of_sweep) == list(welfare.COMPONENTS)
        for name, values in of_file.items():
            assert of_sweep[name].shape == (1, 4)
            assert of_sweep[name][0] == pytest.approx(values, rel=1e-12), name
            if name not in swept.metric_names:  # disturbances: the number of them is a metric
                assert (swept.measure(name, policy) == of_sweep[name]).all()
    assert str(welfare.welfare(swept)) == str(welfare.welfare(compared)).split("\n\nriverside")[0]
    with pytest.raises(ValueError, match="totals"):
        welfare.components(swept, "backing", place="riverside")
    with pytest.raises(ValueError, match="no point 3"):
        welfare.welfare(swept, point=3)


def test_components_stand_beside_the_measures_of_a_comparison(compared):
    plain = compare(compared)
    found = welfare.with_components(plain)
    row = welfare.welfare(compared, "purchased", "backing").rows["cost_to_hospitals"]
    assert found.measures == plain.measures and found.contrasts == plain.contrasts
    assert found.means["backing"]["cost_to_hospitals"] == row.baseline
    assert found.differences[found.headline]["days_mean"] == plain.differences[plain.headline]["days_mean"]
    position = [c.name for c in found.contrasts].index("bundle")
    assert found.differences[position]["cost_to_hospitals"] == row.difference


def test_districts_and_years_add_up(compared):
    whole = welfare.components(compared, "backing")
    share = compared.population / compared.population.sum()
    districts = [welfare.components(compared, "backing", place=place) for place in compared.places]
    years = [welfare.components(compared, "backing", year=year) for year in range(2)]
    for name in (
        "harm",
        "days_in_dispute",
        "cost_of_handling",
        "paid_too_much",
        "disturbances",
        "trust",
        "public_money",
    ):
        assert sum(s * d[name] for s, d in zip(share, districts, strict=True)) == pytest.approx(whole[name])
    for name in ("harm", "cost_to_hospitals", "public_money"):
        assert np.mean([y[name] for y in years], axis=0) == pytest.approx(whole[name])
    assert years[1]["trust"] == pytest.approx(whole["trust"])  # the last year is the one looked at
    with pytest.raises(ValueError, match="no year 2"):
        welfare.components(compared, "backing", year=2)
    with pytest.raises(KeyError, match="riverside"):
        welfare.components(compared, "backing", place="rivrside")
    with pytest.raises(KeyError, match="backing"):
        welfare.components(compared, "bakcing")


def test_days_instead_of_months_say_the_same(tmp_path):
    ask = dict(modes=["backing", "purchased"], replicates=2, years=2, burn_in=0)
    by_month = parley.compare("toy", **ask).write(tmp_path / "months.h5")
    by_day = parley.compare("toy", **ask, daily=True).write(tmp_path / "days.h5")
    for year in (None, 0, 1):
        months, days = (welfare.components(r, "backing", year=year) for r in (by_month, by_day))
        for name in months.keys() - {"days_in_dispute", "trust"}:  # stocks: of each day instead of the month's last
            assert days[name] == pytest.approx(months[name]), name
        assert days["trust"] == pytest.approx(months["trust"], abs=0.5)


def test_the_table(study_file):
    results = parley.open(study_file)
    found = welfare.welfare(results, "purchased", "backing")
    assert found.rows["public_money"].verdict == "better" and found.rows["days_in_dispute"].verdict == "worse"
    assert set(found.districts) == set(results.places) and found.replicates == 20
    assert found.rows["public_money"].difference.mean == pytest.approx(
        np.mean(
            welfare.components(results, "purchased")["public_money"]
            - welfare.components(results, "backing")["public_money"]
        )
    )
    assert found.missing == ("cost_to_hospitals", "cost_of_handling")
    text = str(found)
    assert "whole place" in text and "district_6" in text and "not recorded: Cost to hospitals" in text
    assert "<pre>" in found._repr_html_() and "better" in repr(found)
    assert not re.search(r"\b(total|sum)\b", text.lower()), "parts are never added up without weights"
    with pytest.raises(ValueError, match="with itself"):
        welfare.welfare(results, "backing", "backing")


def test_one_replicate_decides_nothing(tmp_path):
    results = parley.compare("toy", modes=["backing", "purchased"], replicates=1, years=1, burn_in=0).write(
        tmp_path / "one.h5"
    )
    assert {row.verdict for row in welfare.welfare(results).rows.values()} == {"–"}


NAMES = list(welfare.COMPONENTS)


@pytest.mark.parametrize("nested", [True, False])
def test_weights_lie_on_the_simplex(nested):
    drawn = welfare.draw_weights(NAMES, 20_000, seed=3, nested=nested)
    assert drawn.shape == (20_000, len(NAMES)) and (drawn >= 0).all() and drawn.sum(axis=1) == pytest.approx(1)
    assert (drawn == welfare.draw_weights(NAMES, 20_000, seed=3, nested=nested)).all()
    assert (drawn != welfare.draw_weights(NAMES, 20_000, seed=4, nested=nested)).any()
    expected = list(welfare.equal_weights(NAMES).values()) if nested else [1 / len(NAMES)] * len(NAMES)
    assert drawn.mean(axis=0) == pytest.approx(expected, abs=0.005)


def test_weights_are_flat():
    """Of two concerns the weight of one is uniform; of k its chance to be above x is (1 − x)^(k − 1)."""
    two = welfare.draw_weights(["harm", "trust"], 20_000, seed=1)[:, 0]
    assert np.quantile(two, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.02)
    drawn = welfare.draw_weights(NAMES, 20_000, seed=1)
    costs = [k for k, name in enumerate(NAMES) if welfare.COMPONENTS[name].concern == "cost"]
    assert (drawn[:, costs].sum(axis=1) > 0.2).mean() == pytest.approx(0.8**7, abs=0.01)


def test_weights_need_components():
    with pytest.raises(ValueError, match="no component"):
        welfare.draw_weights([], 10)
    assert sum(welfare.equal_weights().values()) == pytest.approx(1)


def test_what_the_guide_shows_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/guide/welfare.md").read_text(encoding="utf-8")
    found = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    names: dict = {"__name__": "guide"}
    for number, block in enumerate(found):
        exec(compile(block, f"block {number} of docs/guide/welfare.md", "exec"), names)
    assert len(found) >= 3 and names["found"].shares and names["validity"].found
    for name in welfare.COMPONENTS.values():
        assert name.label in page, f"the guide does not explain {name.label}"
