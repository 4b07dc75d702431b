"""Files with invented numbers for the tests of the analysis."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import synthetic


@pytest.fixture(scope="session")
def study_file(tmp_path_factory) -> Path:
    """Five policies, three contrasts, 20 replicates, 5 years, cases."""
    return synthetic.invented(tmp_path_factory.mktemp("study") / "study.h5")


@pytest.fixture(scope="session")
def small_file(tmp_path_factory) -> Path:
    """The same with 4 replicates, one year and metrics alone."""
    path = tmp_path_factory.mktemp("small") / "small.h5"
    return synthetic.invented(path, replicates=4, years=1, with_cases=False)
