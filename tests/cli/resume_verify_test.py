"""Runs that are interrupted, watched and proved, from the command line."""

import json
import signal
import time

import h5py
import pytest

import parley as library
from parley import scenario
from parley.errors import FileError

RUN = ("run", "toy", "--mode", "backing", "--years", 5, "--burn-in", 1, "--record", "full", "--panel", 20)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    study = scenario.single("toy", "backing", years=5, burn_in=1, replicates=60)
    path = tmp_path_factory.mktemp("undisturbed") / "whole.h5"
    return library.run_into(path, study, record="full", panel=20).digest


def interrupted(shell, how: int, seconds: float = 1.2):
    process = shell.start(*RUN, "--replicates", 60, "--threads", 1, "--out", "a.h5")
    journal = shell.folder / "a.h5.journal"
    begun = time.monotonic()
    while not (journal.exists() and journal.stat().st_size > 500_000) and time.monotonic() - begun < 60:
        time.sleep(0.02)
    process.send_signal(how)
    process.communicate()
    return journal


def test_a_killed_run_goes_on_and_ends_in_the_same_digest(parley, undisturbed):
    journal = interrupted(parley, signal.SIGKILL)
    assert journal.exists() and not (parley.folder / "a.h5").exists()
    so_far = library.open(parley.folder / "a.h5")
    assert so_far.running and not so_far.complete and 0 < len(so_far.replicates) < 60
    assert "replicates so far" in parley("show", "a.h5").stdout
    done = parley("resume", "a.h5")
    assert "of 60 replicates were finished before" in done.stderr
    assert undisturbed in done.stdout
    assert not journal.exists()
    whole = library.open(parley.folder / "a.h5")
    assert whole.complete and not whole.running
    assert (whole.metric("disputes")[:, so_far.replicates] == so_far.metric("disputes")).all()


def test_the_same_command_goes_on_too(parley, undisturbed):
    interrupted(parley, signal.SIGKILL)
    done = parley(*RUN, "--replicates", 60, "--out", "a.h5", "--no-png")
    assert "were finished before" in done.stderr and undisturbed in done.stdout


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(parley, undisturbed):
    journal = interrupted(parley, signal.SIGINT)
    assert journal.exists()
    assert not library.open(parley.folder / "a.h5").complete
    assert undisturbed in parley("resume", "a.h5", "--no-png").stdout


def test_another_run_into_the_same_file_is_refused(parley):
    interrupted(parley, signal.SIGKILL)
    done = parley("run", "toy", "--mode", "purchased", "--replicates", 1, "--out", "a.h5", code=2)
    assert "finished replicates of another run" in done.stderr and "parley resume a.h5" in done.stderr
    parley("run", "toy", "--mode", "purchased", "--years", 1, "--replicates", 1, "--out", "a.h5", "--force", "--no-png")


def test_nothing_to_resume(parley):
    assert "nothing was interrupted there" in parley("resume", "a.h5", code=2).stderr


def test_follow(parley):
    process = parley.start(*RUN, "--replicates", 40, "--threads", 1, "--out", "a.h5", "--quiet", "--no-png")
    while not (parley.folder / "a.h5.journal").exists():
        time.sleep(0.02)
    done = parley("show", "a.h5", "--follow")
    process.communicate()
    assert "digest" in done.stdout.splitlines()[-1] or "digest" in done.stdout
    assert not (parley.folder / "a.h5.journal").exists()


def test_verify(parley, compared):
    done = parley("verify", compared, "--sample", 2)
    assert "Certificate of reproduction" in done.stdout and "every state is the same" in done.stdout
    found = json.loads(parley("verify", compared, "--json", "--threads", 1).stdout)
    assert found["same"] and found["replicates"] == [0, 1, 2]
    answer = library.verify(compared, sample=1)
    assert answer and answer.states == 12 + 5 * 12 and str(answer) == answer.certificate


def test_verify_finds_what_was_changed(parley, compared):
    copy = parley.folder / "changed.h5"
    copy.write_bytes(compared.read_bytes())
    with h5py.File(copy, "r+") as file:
        file["certificate/state"][1, 1, 7] ^= 1
    assert "damaged or edited" in parley("verify", copy, code=2).stderr  # the digest tells already


def test_verify_needs_a_certificate(tmp_path, parley):
    assert "no such file" in parley("verify", "none.h5", code=2).stderr


def test_reading_a_journal_that_is_no_journal(tmp_path):
    (tmp_path / "a.h5.journal").write_text("hello")
    with pytest.raises(FileError, match="not a journal of Parley"):
        library.open(tmp_path / "a.h5")


def test_sizes_are_told_before_a_full_record(parley):
    done = parley("run", "toy", "--years", 1, "--replicates", 1, "--record", "full", "--no-png")
    assert "the file will take about" in done.stderr


def test_daily(parley):
    parley("run", "toy", "--years", 1, "--replicates", 2, "--daily", "--out", "d.h5", "--no-png", "--quiet")
    answer = library.open(parley.folder / "d.h5")
    assert answer.metric("disputes").shape[2] == 365 and answer.months == 12 and answer.years == 1
    assert "Disputes per 10,000 admissions" in parley("show", "d.h5").stdout
