"""Adding replicates until the answer is precise enough: honest intervals, and the result of a fixed number."""

import json

import numpy as np
import pytest

import parley
from parley.analysis.compare import estimate, paired
from parley.analysis.measures import MEASURES, totals
from parley.analysis.precision import (
    LEAST_PAIRS,
    Precision,
    Width,
    level_of,
    level_text,
    numbers_of_looks,
    parse,
    totals_of,
)

SMALL = dict(modes=["backing", "purchased"], years=1, burn_in=1, seed=3)


def test_looks_double_up_to_the_budget():
    assert numbers_of_looks(8, 100) == [8, 16, 32, 64, 100]
    assert numbers_of_looks(8, 8) == [8]
    with pytest.raises(ValueError, match="first look needs 8"):
        numbers_of_looks(8, 7)


@pytest.mark.parametrize("draw", [
    lambda random, size: random.normal(size=size),
    lambda random, size: random.exponential(size=size) - 1,
    lambda random, size: np.where(random.random(size) < 0.2, 4.0, -1.0),
], ids=["normal", "exponential", "two values"])  # fmt: skip
def test_intervals_hold_when_looking_made_one_stop(draw):
    """Coverage of the interval at the look where it became narrow enough. The naive one covers less."""
    random = np.random.default_rng(8)
    looks, asked, trials = numbers_of_looks(16, 256), 0.2, 1500
    honest = naive = 0
    for _ in range(trials):
        values = draw(random, looks[-1])
        for count in looks:
            found = estimate(values[:count], level_of(len(looks)))
            if found.half_width <= asked:
                break
        honest += found.low <= 0 <= found.high
        plain = estimate(values[:count])
        naive += plain.low <= 0 <= plain.high
    margin = 3 * np.sqrt(0.05 * 0.95 / trials)
    assert honest / trials > 0.95 - margin
    assert naive < honest


def test_plain_intervals_cover_what_they_say():
    random = np.random.default_rng(2)
    trials, covered = 2000, 0
    for _ in range(trials):
        luck = 3 * random.normal(size=20)
        found = paired(1 + luck + random.normal(size=20), luck)
        covered += found.low <= 1 <= found.high
    assert abs(covered / trials - 0.95) < 3 * np.sqrt(0.05 * 0.95 / trials)


def test_totals_in_memory_are_those_of_the_file(small_result, small_file):
    results = parley.open(small_file)
    for k, policy in enumerate(small_result.policies):
        mine, files = totals_of(small_result, k), totals(results, policy)
        for measure in MEASURES.values():
            np.testing.assert_allclose(measure.compute(mine), measure.compute(files), rtol=1e-12, err_msg=measure.name)


@pytest.fixture(scope="module")
def small_result():
    return parley.compare("toy", replicates=4, **SMALL)


@pytest.fixture(scope="module")
def small_file(small_result, tmp_path_factory):
    return small_result.write(tmp_path_factory.mktemp("precision") / "a.h5").path


def test_it_stops_when_every_interval_is_narrow_enough(tmp_path):
    asked = {"days_mean": 6.0, "success_over_accepted": 0.08}
    small = SMALL | {"seed": 5}
    result = parley.compare("toy", replicates=8, precision=asked, budget=512, **small)
    precision = Precision.from_json(result.precision)
    assert all(width.enough for width in precision.widths(result))
    count = len(result.replicates)
    assert 8 < count < 512
    half = parley.compare("toy", replicates=count // 2, **small)
    assert not all(width.enough for width in precision.widths(half))
    fixed = parley.compare("toy", replicates=count, **small)
    assert all(
        np.array_equal(fixed.metrics(p, r), result.metrics(p, r))
        for p in range(len(fixed.policies))
        for r in range(count)
    )
    wide, narrow = result.write(tmp_path / "a.h5").compare(), fixed.write(tmp_path / "b.h5").compare()
    assert wide.results.looks == 7 and narrow.results.looks == 1
    one, other = wide.differences[0]["days_mean"], narrow.differences[0]["days_mean"]
    assert one.mean == other.mean and one.half_width > other.half_width
    assert "7 looks planned" in wide.results.table()


def test_the_budget_ends_it():
    result = parley.compare("toy", replicates=2, precision={"days_mean": 1e-6}, budget=5, **SMALL)
    assert len(result.replicates) == 5


def test_a_file_and_its_journal_know_what_was_asked(tmp_path):
    study = parley.study("toy", replicates=4, **SMALL)
    asked = dict(precision={"days_mean": 1.0}, budget=16)
    whole = parley.run_into(tmp_path / "a.h5", study, **asked)
    memory = parley.compare("toy", replicates=4, **asked, **SMALL).write(tmp_path / "b.h5")
    assert whole.digest == memory.digest
    assert json.loads(whole.precision)["budget"] == 16


def test_faults():
    with pytest.raises(ValueError, match="did you mean 'days_mean'"):
        parley.compare("toy", replicates=4, precision={"day_mean": 1.0}, **SMALL)
    with pytest.raises(ValueError, match="above 0"):
        parley.compare("toy", replicates=4, precision={"days_mean": 0}, **SMALL)
    with pytest.raises(TypeError, match="a budget needs a precision"):
        parley.compare("toy", replicates=4, budget=8, **SMALL)


def test_what_does_not_vary_or_is_hardly_defined_is_never_enough():
    assert Width("disturbances_per_year", "", 0.5, 1.0, LEAST_PAIRS).enough
    assert not Width("disturbances_per_year", "", 0.0, 1.0, 64).enough  # 0, 0, 0: nothing was seen yet
    assert not Width("disturbances_per_year", "", 0.5, 1.0, LEAST_PAIRS - 1).enough
    assert not Width("disturbances_per_year", "", float("nan"), 1.0, 64).enough


def test_words_of_the_command_line():
    assert parse(["days_mean=5", "success_over_accepted=0.01"]) == {"days_mean": 5.0, "success_over_accepted": 0.01}
    for word, told in (("days_mean=5%", "not '5%'"), ("days_mean=", "not nothing"), ("days_mean", "days_mean=NUMBER"),
                       ("success_over_accepted=1%", "asked for as fractions"), ("", "the measures are "),
                       ("day_mean=5", "did you mean 'days_mean'")):  # fmt: skip
        with pytest.raises(ValueError, match=told):
            parse([word])
    assert level_text(0.95) == "95 %" and level_text(level_of(4)) == "98.75 %"


def test_each_replicate_that_is_added_has_a_draw_of_its_own(monkeypatch):
    from parley import running
    from parley.analysis.posterior import Posterior

    posterior = Posterior(("claim.formal_claim_probability",), np.linspace(0.05, 0.14, 40)[:, None], np.ones(40))
    rows = []
    into = Posterior.into
    monkeypatch.setattr(
        Posterior, "into", lambda self, study, draws=None: rows.append(draws) or into(self, study, draws)
    )
    result = parley.compare("toy", replicates=2, precision={"days_mean": 1e-6}, budget=6, posterior=posterior, **SMALL)
    assert rows == [6] and len(result.replicates) == 6
    running.with_posterior(parley.study("toy", replicates=2, **SMALL), posterior)
    assert rows == [6, None]


def test_totals_of_a_result_by_day_are_those_of_its_file(tmp_path):
    result = parley.compare("toy", replicates=2, daily=True, **SMALL | {"years": 2})
    results = parley.open(result.write(tmp_path / "a.h5").path)
    for k, policy in enumerate(result.policies):
        np.testing.assert_allclose(totals_of(result, k).trust, totals(results, policy).trust, rtol=1e-12)
