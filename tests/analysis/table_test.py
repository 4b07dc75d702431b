"""The table and its words: what a newcomer reads."""

import h5py
import numpy as np
import pytest
import synthetic

from parley.analysis import load, plots, table
from parley.analysis.compare import Estimate
from parley.analysis.measures import MEASURES


@pytest.fixture(scope="module")
def text(study_file):
    return load.open(study_file).table(width=120)


def row(text: str, label: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(label))


def test_head_rows_and_legend(text):
    assert text.startswith("Chongqing (invented numbers)\nHow do government backing")
    assert "toy town · 32,000,000 people · 5 years · 20 paired replicates · seed 1" in text
    for measure in MEASURES.values():
        if measure.in_table:
            assert row(text, measure.label.strip()), measure.label
    assert "whole bundle" in text and "contract only" in text and "equal spending" in text
    assert "unit_price of purchased services set to 3150" in text
    assert "+ better   - worse   ~ not told apart from chance" in text


def test_direction_and_marks(text):
    assert "purchased − backing" in text
    # As invented: fewer agreements, longer, cheaper; trust worse.
    assert row(text, "agreements / closed").count(" -") == 3
    assert row(text, "Days to resolution, mean").count(" -") == 3
    outlay = row(text, "Public outlay")
    assert "−17.97" in outlay and outlay.count(" +") >= 1 and outlay.rstrip().endswith("~")
    assert row(text, "Disputes per 10,000").count(" .") == 3  # told apart, no direction


def test_money_is_in_millions_where_it_is_large(text, tmp_path):
    assert "Public outlay, million yuan/year" in text and "Paid per agreement, yuan" in text
    metrics = {"public_outlay": np.full((1, 2, 12, 1), 10_000_00)}  # 120,000 yuan a year
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing"], population=[10])
    assert "Public outlay, yuan/year" in load.open(path).table() and "120,000" in load.open(path).table()


def test_words_say_what_and_how_sure(study_file):
    words = load.open(study_file).summary().replace("\n    ", " ")
    assert words.startswith("In words: purchased services instead of backing, at equal public spending")
    assert "Agreements among the cases that people's mediation closed: 71.63 % under backing, 67.56 under" in words
    assert "4.07 points less (95 % interval 4.04 to 4.09). Decided." in words
    assert "days longer" in words
    assert "Who pays 100 yuan of compensation: hospitals 60, insurers 28, mutual funds 8, government 4" in words
    assert "Public outlay" not in words  # equal by construction


def test_words_for_what_is_not_decided(tmp_path):
    values = np.array([[10, 20, 30], [12, 20, 28]]).reshape(2, 3, 1, 1).repeat(12, axis=2)
    metrics = {"disputes": values, "admissions": np.full((2, 3, 12, 1), 10_000)}
    contrasts = [("bundle", "", "purchased", "backing", "", np.nan)]
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing", "purchased"], population=[10],
                           contrasts=contrasts)  # fmt: skip
    words = " ".join(load.open(path).summary().split())
    # Differences 2, 0, −2: mean 0, standard error 2/√3, times 4.3027.
    assert "20 under purchased services; the difference may be anything from −5 to +5. Not decided." in words


def test_every_width_holds_every_number(study_file):
    wide = load.open(study_file).table(width=140)
    narrow = load.open(study_file).table(width=72)
    assert max(len(line) for line in narrow.splitlines()) <= 72
    for number in ("−17.97", "+7.62", "−2.03", "53.27"):
        assert number in wide and number in narrow
    assert narrow.count("Trust in hospitals") > wide.count("Trust in hospitals") == 1


def test_without_cases_the_median_says_so(small_file):
    assert "n/a: needs --record cases" in row(load.open(small_file).table(), "Days to resolution, median")


def test_one_policy(tmp_path):
    metrics = {"disputes": np.array([10, 12, 14]).reshape(1, 3, 1, 1).repeat(12, 2),
               "admissions": np.full((1, 3, 12, 1), 1_000)}  # fmt: skip
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing"], population=[10])
    text = load.open(path).table()
    # 100, 120, 140: mean 120, standard error 20/√3, times 4.3027
    assert "120 ±50" in row(text, "Disputes") and "half of the 95 % interval of the mean" in text
    assert "In words" not in text
    assert "nothing to divide by" in row(text, "agreements / closed")


def test_one_replicate_and_an_early_stop(tmp_path):
    contrasts = [("bundle", "", "purchased", "backing", "", np.nan)]
    metrics = {"disputes": np.ones((2, 1, 12, 1)), "admissions": np.full((2, 1, 12, 1), 100)}
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing", "purchased"], population=[10],
                           contrasts=contrasts, asked=20)  # fmt: skip
    text = load.open(path).table()
    assert "1 of 20 replicates (stopped early)" in text
    assert "One replicate gives no interval" in text and "±" not in row(text, "Disputes per")
    assert "In words" not in text


def test_replicates_left_out_are_marked(tmp_path):
    closed = np.ones((2, 3, 12, 1))
    closed[1, 0] = 0
    contrasts = [("bundle", "", "purchased", "backing", "", np.nan)]
    metrics = {"mediation_closed": closed, "mediation_agreements": closed}
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing", "purchased"], population=[10],
                           contrasts=contrasts)  # fmt: skip
    text = load.open(path).table()
    assert "*" in row(text, "agreements / closed")
    assert "some replicates had nothing to divide by" in text


def test_more_than_two_modes(tmp_path):
    policies = ["backing", "purchased", "ceded", "purchased:equal_spending", "ceded:equal_spending"]
    contrasts = [
        ("bundle", "", "purchased", "backing", "", np.nan),
        ("bundle", "", "ceded", "backing", "", np.nan),
        ("equal_spending", "", "purchased:equal_spending", "backing", "posts", 2.0),
        ("equal_spending", "", "ceded:equal_spending", "backing", "posts", 3.0),
    ]
    draw = np.random.default_rng(2)
    metrics = {name: draw.integers(50, 99, (5, 4, 12, 1)) for name in ("disputes", "admissions", "closed")}
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=policies, population=[10], contrasts=contrasts)
    text = load.open(path).table(width=100)
    assert "purchased − backing" in text and "ceded − backing" in text
    assert "In words: purchased services instead of backing" in text
    assert "In words: ceding to society instead of backing" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_equal_spending_that_was_not_reached(tmp_path):
    policies = ["backing", "purchased", "purchased:equal_spending"]
    contrasts = [
        ("bundle", "", "purchased", "backing", "", np.nan),
        ("equal_spending", "", "purchased:equal_spending", "backing", "posts", 2.0),
    ]
    draw = np.random.default_rng(2)
    metrics = {name: draw.integers(50, 99, (3, 4, 12, 1)) for name in ("disputes", "admissions", "public_outlay")}
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=policies, population=[10], contrasts=contrasts)
    assert "near equal" not in load.open(path).table(width=120)
    with h5py.File(path, "r+") as file:
        file["contrasts"].create_dataset("spending_gap", data=[np.nan, -0.0123])
        file["contrasts"].create_dataset("tolerance", data=[np.nan, 0.01])
    results = load.open(path)
    assert [contrast.missed for contrast in results.contrasts] == [False, True]
    text = " ".join(results.table(width=120).split())
    assert "purchased services instead of backing, near equal public spending (1.2 % less)" in text
    assert "at equal public spending" not in text and "no value of the lever brings the two nearer" in text
    with h5py.File(path, "r+") as file:
        file["contrasts/spending_gap"][1] = 0.3
    text = " ".join(load.open(path).table(width=120).split())
    assert "NOT at equal public spending (30 % more)" in text and "unequal spending" in text


def test_what_was_set_stands_in_the_head(tmp_path):
    metrics = {"disputes": np.ones((1, 2, 12, 1)), "admissions": np.ones((1, 2, 12, 1))}
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing"], population=[10])
    assert "set:" not in load.open(path).table()
    with h5py.File(path, "r+") as file:
        run = file["provenance"].require_group("run")
        if "command" in run:
            del run["command"]
        run["command"] = "parley run toy --set authority=0.1 --set=claim.patient_bias=0.25 --quiet"
    results = load.open(path)
    assert "\nset: authority = 0.1, claim.patient_bias = 0.25\n" in results.table()
    assert table.settings_text(results, 1) == "set: authority = 0.1, and 1 more"
    assert "set: authority = 0.1" in plots.source_line(results)


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "expected"),
    [(1234.56, 1, False, "1,234.6"), (-0.04, 1, False, "0.0"), (-3.21, 2, True, "−3.21"), (3.0, 0, True, "+3"),
     (0.0, 1, True, "0.0"), (float("nan"), 1, True, "n/a")],
)  # fmt: skip
def test_numbers(value, decimals, signed, expected):
    assert table.show(value, decimals, signed) == expected


@pytest.mark.parametrize(
    ("name", "low", "high", "expected"),
    [("days_mean", 1, 3, "-"), ("days_mean", -3, -1, "+"), ("days_mean", -1, 1, "~"),
     ("success_over_closed", 1, 3, "+"), ("success_over_closed", -3, -1, "-"), ("paid_per_year", 1, 3, ".")],
)  # fmt: skip
def test_verdicts(name, low, high, expected):
    assert table.verdict(MEASURES[name], Estimate((low + high) / 2, low, high, 5, 0.99, 5)) == expected
