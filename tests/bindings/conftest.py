"""A small study of the toy place, run once."""

import pytest

import parley

SMALL = dict(modes=["backing", "purchased"], years=1, burn_in=1, replicates=3, seed=11)


@pytest.fixture(scope="session")
def small_study():
    return parley.study("toy", **SMALL)


@pytest.fixture(scope="session")
def small_result(small_study):
    return parley.compare(small_study, threads=2)


@pytest.fixture(scope="session")
def small_file(small_result, tmp_path_factory):
    return small_result.write(tmp_path_factory.mktemp("small") / "small.h5").path
