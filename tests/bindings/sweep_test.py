"""Sweeps: the same bytes whoever runs them, and what happens when workers are lost, killed or stopped."""

import concurrent.futures
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

import parley
from parley import FileError, ScenarioError, WorkerLost, sweeping

GRID = {"encounter.adverse_event_rate": [0.05, 0.08, 0.12], "authority": [0.0, 1.0]}
SMALL = dict(mode=["backing", "purchased"], replicates=3, years=1, burn_in=1)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return parley.sweep("toy", GRID, path=tmp_path_factory.mktemp("here") / "a.h5", **SMALL)


def by(executor, folder, **more):
    return parley.sweep("toy", GRID, path=folder / "b.h5", executor=executor, **SMALL, **more)


def same(one, other) -> bool:
    return one.path.read_bytes() == other.path.read_bytes()


# ---- what comes out ---------------------------------------------------------------------------------------------------


def test_a_run_of_a_sweep_is_a_run_of_that_study(here, tmp_path):
    settings = {"encounter.adverse_event_rate": 0.08, "authority": 1.0}
    study = parley.study("toy", modes=SMALL["mode"], years=1, burn_in=1, replicates=3, set=settings)
    alone = parley.compare(study).write(tmp_path / "alone.h5")
    point = 3  # of the grid: the last key varies fastest
    assert here.design.points[point].tolist() == [0.08, 1.0]
    for k, policy in enumerate(SMALL["mode"]):
        index = alone.policies.index(policy)
        for metric in ("disputes", "paid", "public_outlay", "admissions"):
            assert here.metric(metric)[k, point].tolist() == alone.metric(metric)[index].sum(axis=(1, 2)).tolist()
        comparison = alone.compare()
        for measure in ("success_over_accepted", "days_mean", "days_median", "trust", "paid_per_agreement"):
            np.testing.assert_allclose(
                here.measure(measure, policy)[point], comparison.values[policy][measure], rtol=1e-9
            )


def test_shapes_and_tables(here):
    assert here.shape == (2, 6, 3)
    table = here.to_pandas(["disputes", "trust"])
    assert table.shape == (36, 4) and table.index.names == ["policy", "point", "replicate"]
    assert table.loc[("purchased", 5, 2), "encounter.adverse_event_rate"] == 0.12
    assert table.loc[("purchased", 5, 2), "disputes"] == here.metric("disputes")[1, 5, 2]
    dataset = here.to_xarray()
    assert dict(dataset.sizes) == {"policy": 2, "point": 6, "replicate": 3}
    assert dataset["authority"].dims == ("point",)
    assert here.difference("trust", "purchased", "backing").shape == (6, 3)
    assert "6 points" in repr(here) and "<pre>" in here._repr_html_()


def test_any_reader_opens_the_file(here):
    import xarray

    with xarray.open_dataset(here.path) as root:
        assert root["disputes"].dims == ("policy", "point", "replicate")
        assert root["policy"].values.tolist() == SMALL["mode"]
    with xarray.open_dataset(here.path, group="design") as design:
        assert design["value"].shape == (6, 2)


def test_in_memory_and_from_a_file(here, tmp_path):
    memory = parley.sweep("toy", GRID, **SMALL)
    assert memory.path is None
    assert same(memory.write(tmp_path / "c.h5"), here)
    with pytest.raises(ValueError, match="write"):
        _ = memory.digest


def test_names_that_are_not_there_have_a_nearest_one(here):
    with pytest.raises(KeyError, match="success_over_accepted"):
        here.measure("succes_over_accepted")
    with pytest.raises(KeyError, match="backing"):
        here.measure("trust", "backin")
    with pytest.raises(ValueError, match="name a policy"):
        here.sensitivity("trust")


# ---- who runs it ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes(here, tmp_path, method):
    parley.run("toy", replicates=2, years=1, threads=2)  # the simulator's threads have been at work in this process
    with concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
        assert same(by(pool, tmp_path), here)


def test_a_forked_child_may_use_threads_itself():
    parley.run("toy", replicates=2, years=1, threads=2)
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        digest = pool.submit(_digest_with_threads).result(timeout=120)
    assert digest == _digest_with_threads()


def _digest_with_threads() -> str:
    from parley import _parley

    return _parley.digest_result(parley.run("toy", replicates=3, years=1, threads=2))


def test_threads(here, tmp_path):
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        assert same(by(pool, tmp_path), here)


def test_the_word_processes(here, tmp_path):
    assert same(by("processes", tmp_path), here)


def test_loky(here, tmp_path):
    loky = pytest.importorskip("loky")
    assert same(by(loky.get_reusable_executor(max_workers=2), tmp_path), here)


def test_a_dask_cluster_of_several_workers(here, tmp_path):
    distributed = pytest.importorskip("dask.distributed")
    with (
        distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert same(by(client.get_executor(), tmp_path), here)
        with pytest.raises(TypeError, match="get_executor"):
            by(client.cluster, tmp_path)


def test_ranks_of_mpi(here, tmp_path):
    pytest.importorskip("mpi4py")
    mpiexec = os.path.join(os.path.dirname(sys.executable), "mpiexec")
    if not os.path.exists(mpiexec):
        pytest.skip("no mpiexec beside this Python")
    script = tmp_path / "ranks.py"
    script.write_text(
        textwrap.dedent(f"""
        from mpi4py.futures import MPIPoolExecutor
        import parley

        if __name__ == "__main__":
            with MPIPoolExecutor() as pool:
                print("workers", pool.num_workers)
                parley.sweep("toy", {GRID!r}, executor=pool, path={str(tmp_path / "b.h5")!r}, **{SMALL!r})
    """)
    )
    environment = os.environ | {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    done = subprocess.run([mpiexec, "--oversubscribe", "-n", "3", sys.executable, "-m", "mpi4py.futures", script],
                          capture_output=True, text=True, timeout=300, env=environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "workers 2" in done.stdout  # one rank hands out the work
    assert same(parley.open(tmp_path / "b.h5"), here)


def test_order_does_not_matter(here, tmp_path):
    study = parley.study("toy", modes=SMALL["mode"], years=1, burn_in=1, replicates=3)
    runs = sweeping.Runs(study, parley.design.grid(GRID), None)
    batches = [(first, min(4, runs.total - first)) for first in range(0, runs.total, 4)]
    for batch in reversed(batches):
        runs.keep(batch[0], pickle.loads(pickle.dumps(sweeping.run_batch(runs.task(*batch))))[0])
    values = runs.values.reshape(6, 3, 2, -1).transpose(3, 2, 0, 1)
    assert np.array_equal(values[0], here.metric("admissions"))


# ---- what goes wrong --------------------------------------------------------------------------------------------------


def _die_once(flag: str, batch):
    if not os.path.exists(flag):
        open(flag, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return sweeping.run_batch(batch)


class Deadly(concurrent.futures.ProcessPoolExecutor):
    """One of its workers is killed over its first batch."""

    def __init__(self, flag):
        super().__init__(2, multiprocessing.get_context("spawn"))
        self.flag = flag

    def submit(self, function, /, *arguments):
        return super().submit(_die_once, self.flag, *arguments)


def test_a_killed_worker_costs_its_batch(here, tmp_path):
    flag = str(tmp_path / "killed")
    found = by(lambda: Deadly(flag), tmp_path)
    assert os.path.exists(flag)
    assert same(found, here)


def test_an_executor_that_cannot_be_made_anew_ends_the_sweep_and_the_next_call_goes_on(here, tmp_path):
    pool = Deadly(str(tmp_path / "killed"))
    with pytest.raises(WorkerLost, match="same call again goes on"), pool:
        by(pool, tmp_path)
    assert (tmp_path / "b.h5.journal").exists()
    assert same(by(None, tmp_path), here)
    assert not (tmp_path / "b.h5.journal").exists()


def _always_dies(batch):
    os.kill(os.getpid(), signal.SIGKILL)


class Doomed(concurrent.futures.ProcessPoolExecutor):
    def submit(self, function, /, *arguments):
        return super().submit(_always_dies, *arguments)


def test_a_batch_that_kills_its_workers_is_given_up(tmp_path):
    with pytest.raises(WorkerLost, match=r"runs \d+ to \d+ were lost 3 times"):
        parley.sweep("toy", GRID, executor=lambda: Doomed(1), **SMALL)


def test_a_killed_sweep_resumes(here, tmp_path):
    script = tmp_path / "slow.py"
    script.write_text(
        textwrap.dedent(f"""
        import time
        from concurrent.futures import ThreadPoolExecutor
        import parley
        from parley import sweeping

        def slowly(batch, work=sweeping.run_batch):
            time.sleep(0.3)
            return work(batch)

        sweeping.run_batch = slowly
        with ThreadPoolExecutor(1) as pool:
            parley.sweep("toy", {GRID!r}, executor=pool, path={str(tmp_path / "b.h5")!r}, **{SMALL!r})
    """)
    )
    process = subprocess.Popen([sys.executable, script])
    journal = tmp_path / "b.h5.journal"
    begun = time.monotonic()
    empty = 20_000  # the study and the points alone
    while not (journal.exists() and journal.stat().st_size > empty) and time.monotonic() - begun < 60:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert journal.exists() and not (tmp_path / "b.h5").exists()
    with pytest.raises(FileError, match="parley resume"):
        parley.sweep("toy", {"authority": [0.5]}, path=tmp_path / "b.h5", **SMALL)
    assert same(parley.resume(tmp_path / "b.h5"), here)
    assert not journal.exists()


def test_ctrl_c_keeps_what_was_finished(here, tmp_path, monkeypatch):
    work, calls = sweeping._parley.run_points, []

    def stopped(*arguments, **options):
        calls.append(arguments)
        if len(calls) == 2:
            return None, True
        return work(*arguments, **options)

    monkeypatch.setattr(sweeping._parley, "run_points", stopped)
    with pytest.raises(parley.Interrupted, match="same call again goes on"):
        by(None, tmp_path)
    monkeypatch.undo()
    assert same(by(None, tmp_path), here)


def test_points_that_cannot_be_run_are_told_before_any_work(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        parley.sweep("toy", {"authority": [0.0, 3.0, 7.0]}, path=tmp_path / "b.h5", **SMALL)
    assert caught.value.faults[0].file == "point 1" and "0 to 1" in str(caught.value)
    assert not (tmp_path / "b.h5.journal").exists()
    with pytest.raises(ValueError, match="did you mean 'authority'"):
        parley.sweep("toy", {"authorty": [0.0]}, **SMALL)
    with pytest.raises(TypeError, match="dict of lists"):
        parley.sweep("toy", [1, 2], **SMALL)
    with pytest.raises(ValueError, match="'processes'"):
        parley.sweep("toy", GRID, executor="proceses", **SMALL)


def test_an_error_of_a_batch_arrives_as_it_is():
    class Failing(concurrent.futures.ThreadPoolExecutor):
        def submit(self, function, /, *arguments):
            return super().submit(lambda: 1 / 0)

    with Failing(1) as pool, pytest.raises(ZeroDivisionError):
        parley.sweep("toy", GRID, executor=pool, **SMALL)


def test_progress_is_told(tmp_path):
    told = []
    parley.sweep("toy", GRID, progress=lambda done, seconds, what: told.append((done, what)), **SMALL)
    assert told[-1] == (1.0, "sweeping") and [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_study_travels_in_a_pickle():
    study = parley.study("toy", modes=["backing"], years=2)
    assert pickle.loads(pickle.dumps(study)).text() == study.text()


def test_a_batch_has_work_for_every_thread_and_points_that_share_a_burn_in():
    from parley.analysis import design
    from parley.sweeping import LONGEST_BATCH_SECONDS, Pace, Runs

    slow = Pace(1000, threads=4, least=16)
    assert slow() == 4
    slow.learn(4, 40.0)  # ten seconds each: two fit, but four have threads
    assert slow() == 4
    slow.learn(4, 4.0)
    assert slow() == 16 <= LONGEST_BATCH_SECONDS
    slow.learn(16, 0.16)
    assert slow() == 100
    study = parley.study("toy", modes=["backing"], replicates=3, years=1)
    lever, other = {"authority": [0.1, 0.2, 0.3, 0.4]}, {"encounter.adverse_event_rate": [0.05, 0.1]}
    for grid, together in ((lever, 24), (other | lever, 24), (lever | other, 2 * 4), (other, 2 * 4)):
        assert Runs(study, design.grid(grid), None).together(2) == together
    assert (
        Runs(study, design.grid(lever), None).together(1) == 24
        and Runs(study, design.grid(other), None).together(1) == 1
    )
