"""Modes alone, in pairs and together; who gains; a service year by year."""

import dataclasses

import numpy as np
import pytest

import parley
from parley.analysis import groups, programme, provision
from parley.analysis.load import NOT_CLOSED

STUDY = """study: three
title: Three measures
question: What do they do?
place: toy
modes: [status_quo, coordination, safeguard, shared_cases]
baseline: status_quo
years: 2
burn_in_years: 1
replicates: 4
seed: 3
contrasts:
  bundle: {title: As they are}
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    file = tmp_path_factory.mktemp("programme") / "three.yaml"
    file.write_text(STUDY, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def found(study):
    return programme.programme(study, folder=study.parent, draws=4, draw_years=1, draw_replicates=1)


def test_each_alone_in_pairs_and_all_together(found):
    assert found.parts == ("coordination", "safeguard", "shared_cases")
    assert set(found.interactions) == {
        ("coordination", "safeguard"),
        ("coordination", "shared_cases"),
        ("safeguard", "shared_cases"),
    }
    assert len(found.results.policies) == 1 + 3 + 3 + 1
    assert found.together["public_outlay_per_year"].mean > 0


def test_alone_is_what_a_comparison_says(found):
    compared = parley.compare("toy", modes=["status_quo", "safeguard"], replicates=4, years=2, burn_in=1, seed=3)
    answer = compared.write(found.results.path.parent / "one.h5").compare()
    same = answer.differences[0]["public_outlay_per_year"]
    assert found.alone["safeguard"]["public_outlay_per_year"].mean == pytest.approx(same.mean, rel=1e-12)


def test_interaction_is_what_goes_beyond_the_sum(found):
    values = found.results.compare().values
    name = "public_outlay_per_year"
    both, a, b, none = (
        np.asarray(values[p][name]) for p in ("coordination_and_safeguard", "coordination", "safeguard", "status_quo")
    )
    expected = ((both - none) - (a - none) - (b - none)).mean()
    assert found.interactions["coordination", "safeguard"][name].mean == pytest.approx(expected, abs=1e-6)


def test_what_costs_money_is_seen_to_cost_money(found):
    assert found.alone["coordination"]["public_outlay_per_year"].decided
    assert found.alone["coordination"]["public_outlay_per_year"].mean > 0


def test_draws_judge_each_part(found):
    assert set(found.verdicts) == set(found.parts)
    assert found.verdicts["safeguard"]["public_outlay_per_year"].draws == 4


def test_the_page_says_all_of_it(found, tmp_path):
    text = found.write(tmp_path / "page.md").read_text(encoding="utf-8")
    for words in (
        "# Three measures",
        "## At a glance",
        "## Stronger coordination",
        "## All together",
        "## In pairs",
        "## How it was made",
    ):
        assert words in text
    for line in text.splitlines():
        if line.startswith("| --- |"):
            assert set(line) <= set("| -")


def test_words_beside_effects(found):
    for part in found.parts:
        for measure in programme.TOLD:
            word = found.word(part, measure)
            assert word == "same" or word.split(" (")[0] in (found.verdicts[part][measure].word, "may be chance", "–")
    text = found.markdown()
    assert "drawn anew 4 times" in text and "(1 replicate each, 1 year, where the comparison runs 2 years" in text
    assert "*Decided*: the effect is more than chance" in text and "too few draws to judge" in text


def test_without_draws_chance_alone_is_spoken_of(found):
    plain = dataclasses.replace(found, verdicts={})
    text = plain.markdown()
    assert "## At a glance, against chance alone" in text and "Holm's procedure" in text
    assert "| better |" not in text and "| worse |" not in text
    words = {plain.word(part, m) for part in plain.parts for m in programme.TOLD}
    assert words <= {"same", "not chance", "may be chance", "–"} and "not chance" in words


def test_a_constant_difference_is_not_the_same(found):
    one = dataclasses.replace(found.alone["safeguard"]["trust"], mean=2.0, low=2.0, high=2.0, sign_probability=1.0)
    alone = {**found.alone, "safeguard": {**found.alone["safeguard"], "trust": one}}
    assert dataclasses.replace(found, alone=alone, verdicts={}).word("safeguard", "trust") == "not chance"
    none = dataclasses.replace(one, mean=0.0, low=0.0, high=0.0, sign_probability=0.5)
    alone = {**found.alone, "safeguard": {**found.alone["safeguard"], "trust": none}}
    assert dataclasses.replace(found, alone=alone, verdicts={}).word("safeguard", "trust") == "same"


def test_holm():
    """Of four chances 0.01, 0.04, 0.03 and 0.005: 0.005 ≤ 0.05/4 and 0.01 ≤ 0.05/3 stand, 0.03 > 0.05/2 does not."""
    assert programme.holm(np.array([0.01, 0.04, 0.03, 0.005]), 0.05) == [3, 0]
    assert programme.holm(np.array([0.01, 0.02]), 0.05) == [0, 1]
    assert programme.holm(np.array([]), 0.05) == []
    # Forty effects of luck alone: some are below 0.05, none stands.
    chances = np.linspace(0.01, 1, 40)
    assert programme.holm(chances, 0.05) == []


def test_two_values_of_one_lever_do_not_go_together():
    study = parley.study("toy", modes=["backing", "purchased"])
    with pytest.raises(parley.ScenarioError, match="two of its modes set"):
        study.with_combinations([("both", ["backing", "purchased"])])
    with pytest.raises(parley.ScenarioError, match="did you mean 'backing'"):
        study.with_combinations([("one", ["baking"])])


def test_a_study_of_one_mode_has_no_programme(tmp_path):
    with pytest.raises(parley.ScenarioError, match="a place alone does not say"):
        programme.programme("toy", folder=tmp_path)
    one = tmp_path / "one.yaml"
    one.write_text(STUDY.replace("status_quo, coordination, safeguard, shared_cases", "status_quo"), encoding="utf-8")
    with pytest.raises(parley.ScenarioError, match="needs two modes"):
        programme.programme(one, folder=tmp_path)


# ---- groups -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    result = parley.compare("toy", modes=["backing", "purchased"], replicates=4, years=6, burn_in=1)
    return result.write(tmp_path_factory.mktemp("groups") / "compared.h5")


@pytest.mark.parametrize("by", list(groups.BY))
def test_groups_hold_all_disputes(compared, by):
    column, labels = groups.BY[by]
    count = len(labels) or len(compared.places)
    found = groups.figures(compared, "backing", column, count)
    opened = compared.case_columns("policy", "opened")
    new = ((opened["policy"] == compared.policies.index("backing")) & (opened["opened"] >= 0)).sum()
    assert found["disputes"].sum() * compared.years == pytest.approx(new)


def test_figures_of_a_group_are_those_of_its_cases(compared):
    found = groups.figures(compared, "purchased", "low_income", 2)
    cases = compared.case_columns(
        "policy", "replicate", "low_income", "opened", "closed", "paid", "owed", "satisfaction"
    )
    mine = (cases["policy"] == compared.policies.index("purchased")) & (cases["replicate"] == compared.replicates[1])
    mine &= (cases["low_income"] == 0) & (cases["closed"] != NOT_CLOSED) & (cases["satisfaction"] >= 0)
    assert found["days"][1, 0] == pytest.approx((cases["closed"] - cases["opened"])[mine].mean())
    short = np.maximum(cases["owed"][mine] - cases["paid"][mine], 0).mean() / 100
    assert found["too_little"][1, 0] == pytest.approx(short)


def test_the_gap_compares_the_two_groups(compared):
    found = groups.by_group(compared, "income")
    a, b = (found.difference[name]["disputes"].mean for name in found.names)
    assert found.gap["disputes"].mean == pytest.approx(b - a)
    assert "low income" in str(found)
    assert not groups.by_group(compared, "district").gap


def test_many_groups_have_a_row_each_with_the_same_figures(compared):
    found = groups.by_group(compared, "income")
    flat, tall = found.table(), found.rows()
    assert [row[0] for row in tall[1:]] == list(found.names)
    assert [cell for row in tall[1:] for cell in row[1:]] == [row[2 + g] for g in range(2) for row in flat[1:]]


def test_what_cannot_be_parted_is_said(compared):
    with pytest.raises(KeyError, match="income"):
        groups.by_group(compared, "incom")
    with pytest.raises(KeyError, match="no policy"):
        groups.by_group(compared, "income", "nobody")
    with pytest.raises(ValueError, match="with itself"):
        groups.by_group(compared, "income", "backing", "backing")


# ---- a service year by year -------------------------------------------------------------------------------------------


def test_a_service_year_by_year(compared):
    found = provision.of_results(compared, "purchased", "backing")
    assert all(len(years) == 6 for years in found.by_year.values())
    figures = provision.figures(compared, "purchased", 6)
    closed = compared.metric("mediation_closed")[compared.policies.index("purchased")].sum(axis=(1, 2))
    agreed = compared.metric("mediation_agreements")[compared.policies.index("purchased")].sum(axis=(1, 2))
    yearly = (
        compared.metric("mediation_closed")[compared.policies.index("purchased")].reshape(4, 6, 12, -1).sum(axis=(2, 3))
    )
    assert np.nansum(figures["success"] * yearly, axis=1) / 100 == pytest.approx(agreed)
    assert closed.sum() > 0
    index = figures["index"]
    assert ((index >= 0) & (index <= 100)).all()
    assert found.differences["replaced"].mean >= 0
    assert "Cream-skimming" in str(found)


def test_nobody_takes_more_than_came(compared):
    for policy in compared.policies[:2]:
        taken = provision.figures(compared, policy, 6)["taken"]
        assert np.nanmax(taken) <= 100
        assert np.nanmin(taken) >= 0


def test_the_page_of_a_service(compared, tmp_path):
    text = (
        provision.of_results(compared, "purchased", "backing", "parley provision x")
        .write(tmp_path / "p.md")
        .read_text(encoding="utf-8")
    )
    assert "## What is different" in text
    assert "`parley provision x`" in text
    with pytest.raises(KeyError, match="no policy"):
        provision.of_results(compared, "nobody", "backing")
