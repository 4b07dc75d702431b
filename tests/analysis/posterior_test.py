"""Posterior files, and runs in which each replicate has a draw of its own."""

import numpy as np
import pytest

import parley
from parley import FileError, Posterior, ScenarioError

KEYS = ("encounter.adverse_event_rate", "claim.formal_claim_probability")


@pytest.fixture
def posterior():
    draws = np.array([[0.05, 0.1], [0.07, 1 / 30], [0.12, 0.15]])
    return Posterior(KEYS, draws, np.array([1.0, 2.0, 1.0]), {"place": "toy"})


def test_a_file_reads_back_to_the_same_bits(posterior, tmp_path):
    back = Posterior.read(posterior.write(tmp_path / "p.csv"))
    assert back.keys == posterior.keys and back.settings == {"place": "toy"}
    assert np.array_equal(back.draws, posterior.draws) and np.array_equal(back.weights, posterior.weights)
    import pandas

    table = pandas.read_csv(tmp_path / "p.csv", comment="#")
    assert list(table) == [*KEYS, "weight"] and table["weight"].sum() == 1


def test_samples_follow_the_weights_and_grow_at_the_end(posterior):
    many = posterior.sample(20_000, seed=3)
    shares = [(many[:, 0] == value).mean() for value in (0.05, 0.07, 0.12)]
    np.testing.assert_allclose(shares, [0.25, 0.5, 0.25], atol=0.015)
    assert np.array_equal(posterior.sample(10, seed=3), many[:10])
    assert abs(posterior.effective_size - 16 / 6) < 1e-12


def test_quantiles_are_weighted():
    many = Posterior(("authority",), np.linspace(0, 1, 101)[:, None], np.r_[np.zeros(50), np.ones(51)])
    np.testing.assert_allclose(many.quantile(0.5), 0.75, atol=0.01)


def test_run_and_compare_take_it(posterior, tmp_path):
    small = dict(years=1, burn_in=1, replicates=4, seed=9)
    file = posterior.write(tmp_path / "p.csv")
    result = parley.compare("toy", modes=["backing", "purchased"], posterior=file, **small)
    assert result.study.drawn == list(KEYS)
    rows = posterior.sample(4, seed=9)
    for replicate, row in enumerate(rows):
        plain = parley.compare("toy", modes=["backing", "purchased"], set=dict(zip(KEYS, row, strict=True)), **small)
        assert np.array_equal(plain.metrics(0, replicate), result.metrics(0, replicate))
        assert np.array_equal(plain.metrics(1, replicate), result.metrics(1, replicate))
    written = result.write(tmp_path / "a.h5")
    assert parley.verify(written.path).same
    alone = parley.run("toy", "backing", posterior=posterior, **small)
    assert np.array_equal(alone.metrics(0, 2), result.metrics(0, 2))


def test_what_cannot_be_drawn_is_refused(posterior):
    lever = Posterior(("authority",), np.array([[0.5]]), np.ones(1))
    with pytest.raises(ScenarioError, match="levers and counts"):
        parley.run("toy", posterior=lever, years=1)
    outside = Posterior(KEYS[:1], np.array([[0.5]]), np.ones(1))
    with pytest.raises(ScenarioError, match=r"draws\.rows\[0\]"):
        parley.run("toy", posterior=outside, years=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "first line"),
        ("a,b\n1,2\n", "first line"),
        ("# parley-posterior 1 {\na,weight\n1,1\n", ":1: .*JSON"),
        ("# parley-posterior 1 {}\na,b\n1,1\n", ":2: .*weight"),
        ("# parley-posterior 1 {}\na,weight\n1,x\n", ":3: .*'x'"),
        ("# parley-posterior 1 {}\na,weight\n1,1\n2\n", ":4: 1 numbers for 2"),
        ("# parley-posterior 1 {}\na,weight\n1,-1\n", "weights"),
        ("# parley-posterior 1 {}\na,weight\nnan,1\n", "finite"),
    ],
)
def test_damaged_files(text, words, tmp_path):
    (tmp_path / "p.csv").write_text(text)
    with pytest.raises(FileError, match=words):
        Posterior.read(tmp_path / "p.csv")
    with pytest.raises(FileError, match="cannot be read"):
        Posterior.read(tmp_path / "none.csv")


def test_it_says_what_it_holds(posterior):
    assert "3 draws of" in repr(posterior) and "median" in str(posterior) and "<pre>" in posterior._repr_html_()
