"""Running from Python: views, the lock, Ctrl-C, progress, files."""

import gc
import os
import signal
import threading
import time

import h5py
import netCDF4
import numpy as np
import pytest
import xarray

import parley
from parley import _parley
from parley.scenario import single

LONG = dict(modes=["backing", "purchased"], years=40, burn_in=0, replicates=400, seed=5)


def test_what_a_result_says(small_result):
    assert small_result.policies[:2] == ["backing", "purchased"]
    assert {row[0] for row in small_result.contrasts} == {"bundle", "contract_only", "equal_spending"}
    assert small_result.replicates == [0, 1, 2] and small_result.complete
    assert len(small_result.month_starts) == 13 and small_result.month_starts[-1] == 365
    assert small_result.person_days > 0 and small_result.adverse_events > 0
    assert small_result.study.place == "toy"
    assert "3 of 3 replicates" in repr(small_result)


def test_metrics_are_views_without_copies(small_result):
    metrics = small_result.metrics(0, 0)
    assert metrics.shape == (len(_parley.metric_names), 12, 3) and metrics.dtype == np.int64
    assert not metrics.flags.owndata and not metrics.flags.writeable
    assert np.shares_memory(metrics, small_result.metrics(0, 0))
    assert metrics[_parley.metric_names.index("admissions")].sum() > 0
    with pytest.raises(IndexError):
        small_result.metrics(99, 0)
    with pytest.raises(IndexError):
        small_result.metrics(0, 3)


def test_views_outlive_the_result():
    result = parley.run("toy", "backing", years=1, burn_in=0, replicates=1)
    metrics, cases = result.metrics(0, 0), result.cases(0, 0)
    before = metrics.copy(), cases.copy()
    del result
    gc.collect()
    assert (metrics == before[0]).all() and (cases == before[1]).all()


def test_cases_are_views_with_names(small_result):
    cases = small_result.cases(0, 1)
    assert not cases.flags.owndata and not cases.flags.writeable
    assert (np.diff(cases["id"].astype(np.int64)) > 0).all()
    closed = cases[cases["closed"] != np.iinfo(np.int32).min]
    assert (closed["closed"] >= closed["opened"]).all()
    assert (cases["paid"] >= 0).all() and cases["severity"].max() <= 3


def test_metrics_alone():
    result = parley.run("toy", "backing", years=1, burn_in=0, replicates=1, record="metrics")
    assert len(result.cases(0, 0)) == 0
    with pytest.raises(ValueError, match="'metrics', 'cases' or 'full'"):
        parley.run("toy", "backing", record="all")


def test_threads_do_not_matter(small_study):
    digests = {_parley.digest_result(parley.compare(small_study, threads=threads)) for threads in (1, 2, 3, 8)}
    assert len(digests) == 1


def test_a_study_that_was_read_takes_no_more_options(small_study):
    with pytest.raises(TypeError, match=r"years to parley\.study"):
        parley.compare(small_study, years=2)
    with pytest.raises(TypeError, match="mode"):
        parley.run(small_study, mode="backing")


def test_the_lock_is_free_while_running():
    """A thread of Python goes on counting. By counter, not by clock: the machine may be busy."""
    turns, done = 0, threading.Event()

    def count():
        nonlocal turns
        while not done.is_set():
            turns += 1

    thread = threading.Thread(target=count)
    thread.start()
    try:
        before = turns
        parley.compare(parley.study("toy", modes=["backing", "purchased"], years=2, burn_in=1, replicates=8))
        assert turns - before > 1000
    finally:
        done.set()
        thread.join()


def test_progress_is_called_in_the_callers_thread():
    seen = []
    study = parley.study("toy", modes=["backing", "purchased"], years=5, burn_in=2, replicates=8)
    parley.compare(study, progress=lambda *news: seen.append((threading.current_thread(), *news)))
    assert seen and all(thread is threading.main_thread() for thread, *_ in seen)
    assert all(0 <= done <= 1 and seconds >= 0 and isinstance(what, str) for _, done, seconds, what in seen)


def test_an_error_in_progress_ends_the_run():
    def fails(*_):
        raise RuntimeError("enough")

    began = time.monotonic()
    with pytest.raises(RuntimeError, match="enough"):
        parley.compare(parley.study("toy", **LONG), progress=fails)
    assert time.monotonic() - began < 30


def test_ctrl_c_keeps_what_was_finished(tmp_path):
    study = single("toy", "backing", years=20, burn_in=0, replicates=3000)
    sent = []

    def interrupt(*_):
        if not sent:
            sent.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(1.5, interrupt)
    timer.start()
    try:
        with pytest.raises(parley.Interrupted) as caught:
            parley.run(study, threads=2)
    finally:
        timer.cancel()
    assert time.monotonic() - sent[0] < 3
    assert isinstance(caught.value, KeyboardInterrupt)
    result = caught.value.result
    assert 0 < len(result.replicates) < 3000 and not result.complete
    opened = result.write(tmp_path / "part.h5")
    assert not opened.complete and opened.asked_replicates == 3000
    assert opened.replicates == result.replicates
    assert "stopped early" in opened.table()


def test_what_was_finished_is_what_would_have_been():
    """A replicate kept after Ctrl-C is the replicate of the whole run, bit by bit."""
    options = dict(years=1, burn_in=0)
    whole = parley.run("toy", "backing", replicates=3, **options)

    def stop(done, *_):
        raise KeyboardInterrupt

    study = single("toy", "backing", replicates=5_000, **options)
    with pytest.raises(parley.Interrupted) as caught:
        parley.run(study, threads=1, progress=lambda done, *_: stop(done) if done > 0.002 else None)
    part = caught.value.result
    for position, number in enumerate(part.replicates):
        if number < 3:
            assert (part.metrics(0, position) == whole.metrics(0, number)).all()
    assert part.replicates[:3] == [0, 1, 2]


def test_other_signals_are_heard():
    class Rang(Exception):
        pass

    def ring(*_):
        raise Rang

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(Rang):
            parley.compare(parley.study("toy", **LONG))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def test_files_and_digests(small_result, small_file, tmp_path):
    assert parley.digest(small_file) == _parley.digest_result(small_result) == parley.open(small_file).digest
    again = small_result.write(tmp_path / "again.h5")
    assert again.digest == parley.digest(small_file)
    with pytest.raises(parley.FileError):
        small_result.write(tmp_path / "no" / "folder.h5")
    other = tmp_path / "other.txt"
    other.write_text("mine")
    with pytest.raises(parley.FileError):
        small_result.write(other)
    assert other.read_text() == "mine"
    with pytest.raises(parley.FileError):
        parley.digest(other)


def test_memory_and_file_agree(small_result, small_file):
    results = parley.open(small_file)
    for position, name in enumerate(_parley.metric_names):
        if name in ("trust", "evaluation_index"):
            continue  # recorded as real numbers
        for policy in range(len(small_result.policies)):
            for replicate in range(3):
                assert (
                    results.metric(name)[policy, replicate] == small_result.metrics(policy, replicate)[position]
                ).all()
    assert len(results.cases()) == sum(
        len(small_result.cases(policy, replicate))
        for policy in range(len(small_result.policies))
        for replicate in range(3)
    )


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
def test_xarray_opens_root_and_cases(small_file, small_result, engine):
    with xarray.open_dataset(small_file, engine=engine) as root:
        assert dict(root.sizes) == {"policy": len(small_result.policies), "replicate": 3, "time": 12, "place": 3}
        assert root.disputes.dims == ("policy", "replicate", "time", "place")
        assert root.time.dtype.kind == "M" and str(root.time.values[0]).startswith("2015-01-01")
        assert list(root.policy.values) == small_result.policies
        assert root.paid.attrs["units"] == "0.01 CNY"
        assert 0 < float(root.trust.mean()) < 1
    with xarray.open_dataset(small_file, engine=engine, group="cases") as cases:
        wanted = (
            "id policy replicate hospital patient place severity negligent opened closed first_channel last_channel"
        )
        assert set(wanted.split()) | {"outcome", "demand", "owed", "paid"} <= set(cases.variables)
        assert cases.severity.attrs["flag_meanings"] == "minor moderate permanent death"
        assert cases.severity.dtype == np.uint8


def test_plain_readers_open_everything(small_file):
    with netCDF4.Dataset(small_file) as file:
        assert {"cases", "parameters", "provenance"} <= set(file.groups)
        assert file["disputes"].dimensions == ("policy", "replicate", "time", "place")
    with h5py.File(small_file) as file:
        assert file["cases/severity"].dtype == np.uint8
        assert file.attrs["Conventions"]


def test_the_table_of_a_real_run(small_file):
    text = parley.open(small_file).table()
    for words in ("purchased − backing", "whole bundle", "contract only", "equal spending", "In words:", "Trust"):
        assert words in text


def test_everything_says_something_useful_in_a_notebook(small_study, small_result, small_file):
    for thing, words in (
        (small_study, "20,000 people"),
        (small_result, "3 of 3"),
        (parley.open(small_file), "backing"),
        (parley.open(small_file).compare(), "backing"),
        (parley.verify(small_file, sample=1), "same"),
    ):
        html = thing._repr_html_()
        assert words in html and html.count("<") == html.count(">"), thing
