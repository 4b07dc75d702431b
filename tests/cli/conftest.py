"""The command line as a user meets it: another process, in an empty folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


class Shell:
    """Runs `parley …` in a folder of its own; never a traceback."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.environment = {**os.environ, "COLUMNS": "120", "PYTHONUNBUFFERED": "1"}

    def words(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "parley", *map(str, arguments)]

    def __call__(self, *arguments: object, code: int = 0) -> subprocess.CompletedProcess:
        done = subprocess.run(
            self.words(*arguments), cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *arguments: object) -> subprocess.Popen:
        return subprocess.Popen(
            self.words(*arguments), cwd=self.folder, env=self.environment, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip


@pytest.fixture
def parley(tmp_path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def compared(tmp_path_factory) -> Path:
    """The file of a small comparison."""
    shell = Shell(tmp_path_factory.mktemp("compared"))
    shell("compare", "toy", "--modes", "backing,purchased", "--years", 1, "--burn-in", 1, "--replicates", 3, "--quiet")
    return shell.folder / "toy.h5"
