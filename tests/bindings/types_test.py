"""The package is typed: a checker finds nothing to say, of the package and of a script that uses it."""

import subprocess
import sys
from pathlib import Path

import pytest

import parley

pytest.importorskip("mypy")


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


def checked(*words: object, cwd: Path, cache: Path) -> str:
    done = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", str(cache), "--ignore-missing-imports",
                           *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False)  # fmt: skip
    return done.stdout + done.stderr


def test_the_package(tmp_path: Path, cache: Path):
    assert "Success: no issues" in checked("-p", "parley", cwd=tmp_path, cache=cache)


SCRIPT = """
import numpy as np
import parley

result = parley.compare("toy", modes=["backing", "purchased"], precision={"days_mean": 3.0}, budget=64)
table: str = result.write("toy.h5").table()
found = parley.sweep("toy", {"authority": [0.0, 1.0]}, replicates=2)
values: np.ndarray = found.measure("trust")
rate = parley.groups("toy").encounter.adverse_event_rate
"""


def test_a_script_that_uses_it(tmp_path: Path, cache: Path):
    (tmp_path / "script.py").write_text(SCRIPT)
    assert "Success: no issues" in checked("--strict", "--allow-untyped-calls", "script.py", cwd=tmp_path, cache=cache)
    (tmp_path / "wrong.py").write_text('import parley\nparley.sweep("toy", {}, replicates="two")\n')
    assert "incompatible type" in checked("--strict", "wrong.py", cwd=tmp_path, cache=cache)


def test_it_says_that_it_is_typed():
    assert (Path(parley.__file__).parent / "py.typed").exists()
