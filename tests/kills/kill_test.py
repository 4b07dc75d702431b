"""kill -9 at any moment of a run, the writing of the file included: `resume` ends in the digest of an undisturbed run.

Ten kills in every run; 200 with PARLEY_ALL_TESTS=1.
"""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

import parley
from parley import _parley

KILLS = 200 if os.environ.get("PARLEY_ALL_TESTS") == "1" else 10
RUN = ("run", "toy", "--mode", "backing", "--years", "4", "--burn-in", "1", "--replicates", "40", "--record", "full",
       "--panel", "20", "--quiet", "--threads", "1")  # fmt: skip


@pytest.fixture(scope="module")
def simulator(repository: Path) -> str:
    program = repository / "build" / "release" / "parley-sim"
    if not program.exists():
        pytest.skip("build/release/parley-sim is not built")
    return str(program)


def digest_of(simulator: str, path: Path) -> str:
    return subprocess.run([simulator, "digest", path], capture_output=True, text=True, check=True).stdout.split()[0]


@pytest.fixture(scope="module")
def undisturbed(simulator, tmp_path_factory) -> tuple[str, float]:
    path = tmp_path_factory.mktemp("undisturbed") / "whole.h5"
    begun = time.monotonic()
    subprocess.run([simulator, *RUN, "--out", path], check=True)
    return digest_of(simulator, path), time.monotonic() - begun


def test_kills(simulator, undisturbed, tmp_path):
    digest, seconds = undisturbed
    luck = random.Random(11)
    kills = rounds = torn = 0
    while kills < KILLS:
        rounds += 1
        file = tmp_path / f"{rounds}.h5"
        words = [simulator, *RUN, "--out", str(file)]
        while not file.exists():
            process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
            try:
                process.wait(luck.uniform(0, 1.2) * seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                kills += 1
            _, errors = process.communicate()
            if process.returncode not in (0, -signal.SIGKILL):
                # Killed before even the head of the journal was whole: there is nothing to go on from.
                assert "cut off before anything was finished" in errors or "nothing was interrupted" in errors, errors
                torn += 1
                words = [simulator, *RUN, "--out", str(file)]
                continue
            words = [simulator, "resume", str(file), "--quiet", "--threads", "1"]
        assert digest_of(simulator, file) == digest, f"round {rounds}, after {kills} kills"
        # A kill between the renaming and the removal leaves a journal that is no longer needed; it asks the same.
        for rest in tmp_path.glob(f"{rounds}.h5*"):
            rest.unlink()
    print(f"{kills} kills in {rounds} runs, {torn} of them before anything was kept")


def test_what_is_to_be_precise_is_left_to_those_who_can_judge(simulator, tmp_path):
    journal = _parley.begin_journal(
        parley.study("toy", modes=["backing", "purchased"], years=1, replicates=2), str(tmp_path / "a.h5"),
        program=f"{_parley.version} ({_parley.commit})", precision='{"days_mean": 1.0}',
    )  # fmt: skip
    del journal
    done = subprocess.run([simulator, "resume", tmp_path / "a.h5"], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "finish it with parley resume" in done.stderr and not (tmp_path / "a.h5").exists()
