"""Sweeps: one place at many points, on this machine or on any executor.

Runs are pure: what one comes to depends on the place, the point, the mode and the number of the replicate alone. So it
does not matter who runs which of them, in what order and in what batches; the file has the same bytes.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import _parley, scenario
from parley._parley import Study, SweepJournal
from parley.errors import FileError, Interrupted, MissingExtra, ScenarioError, WorkerLost
from parley.progress import Listener, shown
from parley.running import program

if TYPE_CHECKING:
    from parley.analysis.design import Design
    from parley.analysis.sweep_results import SweepResults

BATCH_SECONDS = 1.0
"""Work that is sent at a time: long against the way to a worker and back, short against what a lost worker costs."""
MOST_TRIES = 3
"""So often a batch is sent again after its worker was lost, before it is taken to be the batch's own fault."""
POINTS_LOOKED_AT = 1000
RUNS_OF_A_THREAD = 4
"""In one batch: runs take unlike time, and the threads that are done wait for the last."""
LONGEST_BATCH_SECONDS = 20.0
"""But a batch is not made longer for the sake of either."""
BATCHES_IN_FLIGHT = 3
"""For each worker: one that it works on, two on their way."""

Factory = Callable[[], Executor]


def sweep(
    place: str | os.PathLike[str] | Study,
    design: Design | Mapping[str, Sequence[Any]] | Any,
    *,
    mode: str | Sequence[str] | None = None,
    years: int | None = None,
    burn_in: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    set: Mapping[str, Any] | Sequence[str] | None = None,
    executor: Executor | Factory | str | None = None,
    threads: int = 0,
    path: str | os.PathLike[str] | None = None,
    force: bool = False,
    progress: bool | Listener | None = None,
    batch_seconds: float = BATCH_SECONDS,
) -> SweepResults:
    """Run a place at every point of a design, each point with the same luck.

    Parameters
    ----------
    place
        Name or file of a place (or of a study, whose place is taken), or a `Study`, whose modes are taken.
    design
        From `parley.design`; or a dict of lists, which is a grid; or a table of points (a pandas DataFrame or a dict of
        arrays by `parley.design.points`). Its keys are parameters, numbers of the place and levers, as ``--set`` knows
        them. A lever is set on top of every mode; ``status_quo.`` before it sets what is customary.
    mode
        Name or file of a mode, or several, which then share their luck; the status quo where none is given.
    years, burn_in, replicates, seed, set
        As in `study`; replicates are those of each point.
    executor
        None runs here, in threads of the simulator. Any `concurrent.futures.Executor` runs batches of about a second:
        a `ProcessPoolExecutor` or a ``loky`` pool, Dask's ``client.get_executor()``, ``mpi4py``'s `MPIPoolExecutor`, or
        a `parley.RayExecutor`. ``"processes"`` makes a pool of processes. A function without arguments that
        makes an executor is called again when a lost worker has broken it.
    threads
        Of the simulator where there is no executor; 0 takes as many as the machine has.
    path
        The HDF5 file. What is finished goes into ``path`` + ``.journal`` at once, so that the same call again, or
        `resume`, goes on after a kill. Without it the results are in memory alone.
    progress
        True for a bar, or a function of (share done, seconds, what).
    batch_seconds
        Work of an executor's batch. Longer batches keep more workers busy, shorter ones lose less with a worker.

    Returns
    -------
    SweepResults
        Metrics over (policy, point, replicate); ``.to_pandas()``, ``.to_xarray()``.

    Raises
    ------
    ScenarioError
        The place or a point cannot be run; all faults, each with its point.
    FileError
        The file cannot be written, or its journal holds an interrupted sweep of something else.
    WorkerLost
        Workers were lost and nothing makes new ones; what was finished is in the journal.
    Interrupted
        Ctrl-C; the same.
    """
    from parley.analysis import design as designs

    study = _study(place, mode, years=years, burn_in=burn_in, replicates=replicates, seed=seed, set=set)
    made = designs.design_of(design)
    _parley.check_points(study, list(made.keys), made.points)
    journal = None
    if path is not None:
        _parley.check_destination(os.fspath(path), force)
        journal = _parley.begin_sweep_journal(os.fspath(path), study, list(made.keys), made.points, made.as_json(),
                                              program(), force)  # fmt: skip
    return _finish(study, made, journal, path, force, executor, threads, progress, batch_seconds)


def sweep_or_keep(study: Study, design: Design, path: str | os.PathLike[str] | None, **how: Any) -> SweepResults:
    """`sweep` into a file, or the file as it is where this version of Parley has finished the same sweep into it."""
    from parley.analysis.load import open
    from parley.analysis.sweep_results import SweepResults

    if path is not None and Path(path).is_file() and not _parley.has_sweep_journal(os.fspath(path)):
        try:
            found = open(path)
        except FileError:  # which sweep() tells of, before it works
            found = None
        if isinstance(found, SweepResults) and found.answers(study, design, program()):
            return found
    return sweep(study, design, path=path, **how)


def resume(
    path: str | os.PathLike[str],
    *,
    executor: Executor | Factory | str | None = None,
    threads: int = 0,
    force: bool = False,
    progress: bool | Listener | None = None,
) -> SweepResults:
    """Finish a sweep that was interrupted, from the journal beside its file; `parley.resume` comes here by itself."""
    from parley.analysis.design import Design

    journal = _parley.resume_sweep_journal(os.fspath(path), program())
    _parley.check_destination(os.fspath(path), force)
    design = Design.from_json(journal.design, journal.keys, journal.rows)
    return _finish(journal.study, design, journal, path, force, executor, threads, progress)


def _study(place: str | os.PathLike[str] | Study, mode: str | Sequence[str] | None, **asked: Any) -> Study:
    if isinstance(place, Study):
        given = [name for name, value in {"mode": mode, **asked}.items() if value is not None]
        if given:
            raise TypeError(
                f"sweep() was given a study that is already read; give {', '.join(given)} to parley.study()"
            )
        return place
    if mode is None or isinstance(mode, str):
        return scenario.single(place, mode, **asked)
    return scenario.study(place, modes=mode, **asked)


def _finish(
    study: Study,
    design: Design,
    journal: SweepJournal | None,
    path: str | os.PathLike[str] | None,
    force: bool,
    executor: Executor | Factory | str | None,
    threads: int,
    progress: bool | Listener | None,
    batch_seconds: float = BATCH_SECONDS,
) -> SweepResults:
    from parley.analysis.load import open
    from parley.analysis.sweep_results import SweepResults

    runs = Runs(study, design, journal)
    with shown(progress) as listener:
        if executor is None:
            _here(runs, threads, listener)
        else:
            with ExitStack() as stack:
                _Crew(runs, _factory(executor), listener, stack, batch_seconds).work()
    if path is None or journal is None:
        return SweepResults.in_memory(study, design, runs.values)
    _parley.write_sweep(os.fspath(path), study, list(design.keys), design.points, design.as_json(), runs.values,
                        program(), force)  # fmt: skip
    journal.remove()
    try:
        opened = open(path)
    except MissingExtra:  # NumPy alone writes the file, but does not read it
        return SweepResults.in_memory(study, design, runs.values, Path(path))
    assert isinstance(opened, SweepResults)
    return opened


class Runs:
    """All runs of a sweep, points first: which are finished, and what they came to."""

    def __init__(self, study: Study, design: Design, journal: SweepJournal | None):
        self.study, self.design, self.journal = study, design, journal
        self.total = len(design.points) * study.replicates
        self.values = np.full((self.total, len(study.modes), len(_parley.summary_names)), np.nan)
        self.finished = np.zeros(self.total, dtype=bool)
        self.began = time.perf_counter()
        for first, values in journal.batches() if journal else ():
            self._enter(first, values.reshape(-1, *self.values.shape[1:]))
        self.found = int(self.finished.sum())
        """Finished by an earlier call."""
        burning = np.logical_not(_parley.levers_among(study, list(design.keys)))
        few = design.points[:POINTS_LOOKED_AT][:, burning]
        alike = (few[1:] == few[:-1]).all(axis=1)
        self.branch = len(alike) > 0 and bool(alike.mean() >= 0.5)
        """Whether points mostly differ from the one before in levers alone, as far as the first of them tell."""

    @property
    def done(self) -> int:
        return int(self.finished.sum())

    def keep(self, first: int, values: np.ndarray) -> None:
        if self.journal is not None:
            self.journal.keep(first, np.ascontiguousarray(values).reshape(-1))
        self._enter(first, values)

    def _enter(self, first: int, values: np.ndarray) -> None:
        self.values[first : first + len(values)] = values
        self.finished[first : first + len(values)] = True

    def batches(self, size: Callable[[], int]) -> Iterator[tuple[int, int]]:
        """First run and number of runs of what is left, in order; ``size()`` is asked before each."""
        at = 0
        while at < self.total:
            if self.finished[at]:
                at += 1
                continue
            count, most = 1, max(1, size())
            while count < most and at + count < self.total and not self.finished[at + count]:
                count += 1
            yield at, count
            at += count

    def task(self, first: int, count: int) -> Batch:
        """What a worker needs for some runs: of the design only the points that they are at."""
        replicates = self.study.replicates
        low, high = first // replicates, (first + count - 1) // replicates + 1
        return Batch(self.study, tuple(self.design.keys), self.design.points[low:high], first - low * replicates, count)

    def together(self, threads: int) -> int:
        """How many runs at a time let so many threads share burn-ins, and none wait long for the last."""
        if self.branch:
            return _parley.points_of_a_burn_in * max(self.study.replicates, threads)
        return RUNS_OF_A_THREAD * threads if threads > 1 else 1

    def tell(self, listener: Listener | None, done: float) -> None:
        """That so many runs' worth of work is done."""
        if listener is not None:
            listener(min(done / max(1, self.total), 1.0), time.perf_counter() - self.began, "sweeping")

    def interrupted(self) -> Interrupted:
        kept = "the journal keeps them: the same call again goes on" if self.journal else "nothing was kept of them"
        return Interrupted(f"stopped; {self.done} of {self.total} runs were finished; {kept}", None)


@dataclass(frozen=True)
class Batch:
    """Some runs, for one worker. It carries the study as text, so that workers need nothing but Parley."""

    study: Study
    keys: tuple[str, ...]
    rows: np.ndarray
    first: int
    count: int


def run_batch(batch: Batch) -> tuple[np.ndarray, float]:
    """What a worker does: values over (run, mode, number), and the seconds that it took."""
    began = time.perf_counter()
    values, interrupted = _parley.run_points(batch.study, list(batch.keys), batch.rows, batch.first, batch.count,
                                             threads=1)  # fmt: skip
    if interrupted:
        raise KeyboardInterrupt
    return values, time.perf_counter() - began


class Pace:
    """How many runs make a batch of so many seconds; small at first, because nothing is known of them.

    Never fewer than there are threads to work on them, and at least `least` where that does not take longer than
    `LONGEST_BATCH_SECONDS`.
    """

    def __init__(self, most: int, seconds: float = BATCH_SECONDS, threads: int = 1, least: int = 1):
        self.size, self._most, self._seconds = threads, max(1, most), seconds
        self._threads, self._least = threads, least

    def __call__(self) -> int:
        return self.size

    def learn(self, count: int, seconds: float) -> None:
        each = max(seconds, 1e-6) / count
        wanted = max(
            math.ceil(self._seconds / each), min(self._least, int(LONGEST_BATCH_SECONDS / each)), self._threads
        )
        self.size = max(1, min(wanted, 8 * max(self.size, count), self._most))


def _here(runs: Runs, threads: int, listener: Listener | None) -> None:
    threads = threads or os.cpu_count() or 1
    pace = Pace(runs.total, threads=threads, least=runs.together(threads))
    for first, count in runs.batches(pace):
        batch, began, before = runs.task(first, count), time.perf_counter(), runs.done

        def within(share: float, _seconds: float, _what: str, before: int = before, count: int = count) -> None:
            runs.tell(listener, before + share * count)

        values, interrupted = _parley.run_points(batch.study, list(batch.keys), batch.rows, batch.first, batch.count,
                                                 threads=threads, progress=within if listener else None)  # fmt: skip
        if interrupted:
            raise runs.interrupted()
        runs.keep(first, values)
        pace.learn(count, time.perf_counter() - began)
        runs.tell(listener, runs.done)


class _Crew:
    """The workers of an executor. A lost one costs its batch, which another does again."""

    def __init__(self, runs: Runs, factory: Factory, listener: Listener | None, stack: ExitStack,
                 batch_seconds: float):  # fmt: skip
        self.runs, self.factory, self.listener = runs, factory, listener
        self.remakes = not isinstance(factory, _Given)
        self.executor = factory()
        if self.remakes:
            stack.callback(lambda: self.executor.shutdown(wait=True, cancel_futures=True))
        self.workers = _workers(self.executor)
        # Enough batches that every worker has its part, and that the last ones do not wait long for one another.
        self.pace = Pace(-(-runs.total // (4 * self.workers)), batch_seconds, least=runs.together(1))
        self.batches = runs.batches(self.pace)
        self.pending: dict[Future, tuple[int, int]] = {}
        self.again: list[tuple[int, int]] = []
        self.tries: dict[tuple[int, int], int] = {}

    def work(self) -> None:
        try:
            self._fill()
            while self.pending:
                done, _ = wait(self.pending, return_when=FIRST_COMPLETED)
                for future in done:
                    self._take(future)
                self.runs.tell(self.listener, self.runs.done)
                self._fill()
        except KeyboardInterrupt:
            self._cancel()
            raise self.runs.interrupted() from None
        except BaseException:
            self._cancel()
            raise

    def _fill(self) -> None:
        while len(self.pending) < BATCHES_IN_FLIGHT * self.workers:
            batch = self.again.pop() if self.again else next(self.batches, None)
            if batch is None:
                return
            try:
                future = self.executor.submit(run_batch, self.runs.task(*batch))
            except BrokenExecutor as error:
                self.again.append(batch)
                self._remake(error)
                continue
            self.pending[future] = batch

    def _take(self, future: Future) -> None:
        batch = self.pending.pop(future, None)
        if batch is None:  # of an executor that broke meanwhile
            return
        # Of a future that was cancelled exception() does not return the error, it raises it.
        error = CancelledError("cancelled by its executor") if future.cancelled() else future.exception()
        if error is None:
            values, seconds = future.result()
            self.runs.keep(batch[0], values)
            self.pace.learn(batch[1], seconds)
        elif _lost(error):
            self._once_more(batch, error)
            if isinstance(error, BrokenExecutor):
                self._remake(error)
        else:
            raise error

    def _once_more(self, batch: tuple[int, int], error: BaseException) -> None:
        self.tries[batch] = self.tries.get(batch, 0) + 1
        if self.tries[batch] >= MOST_TRIES:
            raise self._gone(f"the workers of runs {batch[0]} to {batch[0] + batch[1] - 1} were lost {MOST_TRIES} times "
                             f"({_first_line(error)})") from error  # fmt: skip
        self.again.append(batch)

    def _remake(self, error: BaseException) -> None:
        if not self.remakes:
            raise self._gone(f"a worker was lost and its executor broke ({_first_line(error)})") from error
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.again.extend(self.pending.values())
        self.pending.clear()
        self.executor = self.factory()

    def _gone(self, what: str) -> WorkerLost:
        kept = ("what was finished is in the journal: the same call again goes on" if self.runs.journal
                else "give sweep() a path, and what is finished is kept")  # fmt: skip
        return WorkerLost(f"{what}; {self.runs.done} of {self.runs.total} runs were finished; {kept}")

    def _cancel(self) -> None:
        for future in self.pending:
            future.cancel()


class _Given:
    """An executor that somebody else made and will close."""

    def __init__(self, executor: Executor):
        self.executor = executor

    def __call__(self) -> Executor:
        return self.executor


def _factory(executor: Executor | Factory | str) -> Factory:
    if isinstance(executor, str):
        if executor != "processes":
            raise ValueError(f"executor must be 'processes' or an executor, not {executor!r}")
        return ProcessPoolExecutor
    if hasattr(executor, "submit"):
        return _Given(executor)  # type: ignore[arg-type]
    if callable(executor):
        return executor
    raise TypeError(
        f"executor must be a concurrent.futures.Executor or make one, not {type(executor).__name__}; "
        "of a Dask client give client.get_executor()"
    )


def _workers(executor: Any) -> int:
    """How many batches it works on at a time, as far as executors tell."""
    for name in ("_max_workers", "num_workers"):
        number = getattr(executor, name, None)
        if isinstance(number, int) and number > 0:
            return number
    client = getattr(executor, "_client", None)  # Dask's
    if client is not None and hasattr(client, "nthreads"):
        return max(1, sum(client.nthreads().values()))
    return os.cpu_count() or 1


def _lost(error: BaseException) -> bool:
    """Whether it was the worker that failed, not the work."""
    if isinstance(error, ScenarioError | FileError | MissingExtra):
        return False
    return isinstance(error, BrokenExecutor) or type(error).__name__ in (
        "KilledWorker",  # Dask's
        "WorkerCrashedError",  # Ray's
        "CancelledError",
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
