"""Calibration finds parameters that are known, and says what it did."""

import numpy as np
import pytest

import parley
from parley.analysis.calibration import Target, targets_of

pytest.importorskip("pyabc")
TRUTH = {"encounter.adverse_event_rate": 0.06, "claim.formal_claim_probability": 0.11}
RUN = dict(years=2, burn_in=1)


@pytest.fixture(scope="module")
def found():
    seen = parley.sweep("toy", {key: [value] for key, value in TRUTH.items()}, replicates=100, seed=501, **RUN)
    bands = {}
    for measure, tolerance in (("adverse_events", 0.06), ("disputes", 0.10)):
        mean = float(seen.measure(measure).mean())
        bands[measure] = (mean * (1 - tolerance), mean * (1 + tolerance))
    return parley.calibrate("toy", list(TRUTH), bands, replicates=12, particles=60, populations=5, seed=4, **RUN)


def test_known_parameters_are_recovered(found):
    low, high = found.posterior.quantile(0.025), found.posterior.quantile(0.975)
    for k, (key, truth) in enumerate(TRUTH.items()):
        axis = found.prior[key]
        assert low[k] <= truth <= high[k], (key, low[k], high[k])
        assert high[k] - low[k] < 0.5 * (axis.high - axis.low), key


def test_the_distance_falls(found):
    assert found.distances == sorted(found.distances, reverse=True) and found.distances[-1] < found.distances[0] / 2


def test_runs_at_the_posterior_meet_the_bands(found):
    for row in found.predictive(60):
        assert row["low"] <= sum(row["band"]) / 2 <= row["high"]
        assert 0 < row["inside"] <= 1


def test_the_same_seed_gives_the_same_posterior():
    ask = dict(replicates=2, particles=12, populations=2, seed=7, **RUN)
    key, band = ["encounter.adverse_event_rate"], {"adverse_events": (400.0, 700.0)}
    state = np.random.get_state()[1].copy()
    one, two = (parley.calibrate("toy", key, band, threads=threads, **ask) for threads in (1, 2))
    assert np.array_equal(one.posterior.draws, two.posterior.draws)
    assert np.array_equal(state, np.random.get_state()[1])  # nobody else's luck was touched


def test_faults():
    with pytest.raises(ValueError, match="success_over_accepted"):
        targets_of({"succes_over_accepted": (1, 2)})
    with pytest.raises(ValueError, match="low end below"):
        Target("disputes", 3, 2)
    with pytest.raises(ValueError, match="did you mean"):
        parley.calibrate("toy", ["encounter.adverse_event_rat"], {"disputes": (1, 2)})
    with pytest.raises(ValueError, match="continuous range"):
        parley.calibrate("toy", ["place.committees"], {"disputes": (1, 2)})


def test_it_prints(found):
    assert "prior" in str(found) and "2 targets" in repr(found) and "<pre>" in found._repr_html_()


def test_what_a_study_says_itself_is_not_asked_again():
    study = parley.study("toy", modes=["backing"])
    with pytest.raises(TypeError, match=r"give years, replicates to parley\.study"):
        parley.calibrate(study, ["encounter.adverse_event_rate"], {"disputes": (1, 2)}, years=7, replicates=9)


def test_an_unknown_measure_is_an_error_of_parley():
    with pytest.raises(parley.ParleyError, match="did you mean 'disputes'"):
        parley.calibrate("toy", ["encounter.adverse_event_rate"], {"dispute": (1, 2)})
    with pytest.raises(parley.ParleyError, match="did you mean 'T16'"):
        parley.calibrate("toy", ["encounter.adverse_event_rate"], ["T166"])
