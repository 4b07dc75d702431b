"""Every file in scenarios/ runs, for a short while."""

from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHORT = ["--years", "1", "--burn-in", "1", "--record", "metrics", "--quiet"]


def files(kind):
    return [pytest.param(str(path), id=path.stem) for path in sorted((SCENARIOS / kind).glob("*.yaml"))]


@pytest.mark.parametrize("place", files("places"))
def test_every_place_runs(parley, place):
    done = parley("run", place, *SHORT, "--replicates", "1", "--out", "out.h5")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("mode", files("modes"))
def test_every_mode_runs(parley, mode):
    done = parley("run", "toy", "--mode", mode, *SHORT, "--replicates", "1", "--out", "out.h5")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("study", files("studies"))
def test_every_study_runs(parley, study):
    done = parley("compare", study, *SHORT, "--replicates", "2", "--out", "out.h5")
    assert done.returncode == 0, done.stderr
