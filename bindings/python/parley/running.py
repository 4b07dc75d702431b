"""Running studies and writing what came out."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parley import _parley, scenario
from parley._parley import Journal, Keeper, Result, Study
from parley.errors import Interrupted, whole
from parley.progress import Listener, shown

if TYPE_CHECKING:
    from parley.analysis.load import Results
    from parley.analysis.precision import Precision
    from parley.analysis.sweep_results import SweepResults

PANEL = 200
"""Patients followed in the snapshots unless asked otherwise."""


def execute(
    study: Study,
    *,
    threads: int = 0,
    record: str = "cases",
    daily: bool = False,
    panel: int = PANEL,
    progress: bool | Listener | None = None,
    keeper: Keeper | None = None,
    precision: Precision | None = None,
) -> Result:
    """Run a study that was read before; everything else comes down to this.

    With a precision replicates are added, look by look, until every asked interval is narrow enough or the budget is
    spent; those of the looks before are taken from the keeper.
    """
    whole("threads", threads, 0, scenario.LARGEST_NUMBER)
    whole("panel", panel, 0, scenario.LARGEST_NUMBER)
    options: dict[str, Any] = dict(threads=threads, record=record, daily=daily, panel=panel)
    with shown(progress) as listener:
        if precision is None:
            result, interrupted = _parley.run_study(study, keeper=keeper, progress=listener, **options)
        else:
            kept = keeper or _parley.MemoryKeeper()
            asked: dict[str, Any] = dict(looks=len(precision.looks), precision=precision.as_json())
            for look, replicates in enumerate(precision.looks):
                study = study.with_replicates(replicates)
                result, interrupted = _parley.run_study(study, keeper=kept, progress=listener, look=look, **asked,
                                                        **options)  # fmt: skip
                if interrupted or all(width.enough for width in precision.widths(result)):
                    break
    if interrupted:
        raise Interrupted(
            f"stopped; {len(result.replicates)} of {study.replicates} replicates were finished and are kept in .result",
            result,
        )
    return result


def run(
    place: str | os.PathLike[str] | Study,
    mode: str | None = None,
    *,
    years: int | None = None,
    burn_in: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    set: Mapping[str, Any] | Sequence[str] | None = None,
    threads: int = 0,
    record: str = "cases",
    daily: bool = False,
    panel: int = PANEL,
    progress: bool | Listener | None = None,
    posterior: str | os.PathLike[str] | Any = None,
) -> Result:
    """Run one place under one mode, or a study that was read before.

    Parameters
    ----------
    place
        Name or file of a place (or of a study, whose place is taken), or a `Study` as it is.
    mode
        Name or file of a mode; the status quo where none is given.
    years, burn_in, replicates, seed, set
        As in `study`.
    threads
        0 takes as many as the machine has. Results do not depend on it.
    record
        ``"metrics"``, ``"cases"`` for one row per dispute as well, or ``"full"`` for every stage, every transfer of
        money, and the parties month by month too.
    daily
        Metrics by day instead of by month.
    panel
        Patients followed in the snapshots of ``"full"``, evenly over the place.
    progress
        True for a bar, or a function of (share done, seconds, what).
    posterior
        As in `compare`.

    Raises
    ------
    ScenarioError
        The scenario cannot be run.
    Interrupted
        Ctrl-C; ``.result`` holds the replicates that were finished.
    """
    if isinstance(place, Study):
        asked = dict(mode=mode, years=years, burn_in=burn_in, replicates=replicates, seed=seed, set=set)
        _refuse("run", asked)
        study = place
    else:
        study = scenario.single(
            place, mode, years=years, burn_in=burn_in, replicates=replicates, seed=seed, set=set
        )  # fmt: skip
    study = with_posterior(study, posterior)
    return execute(study, threads=threads, record=record, daily=daily, panel=panel, progress=progress)


def compare(
    name: str | os.PathLike[str] | Study,
    modes: Sequence[str] | None = None,
    *,
    baseline: str | None = None,
    years: int | None = None,
    burn_in: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    set: Mapping[str, Any] | Sequence[str] | None = None,
    threads: int = 0,
    record: str = "cases",
    daily: bool = False,
    panel: int = PANEL,
    progress: bool | Listener | None = None,
    precision: Mapping[str, float] | None = None,
    budget: int | None = None,
    posterior: str | os.PathLike[str] | Any = None,
) -> Result:
    """Run several modes as twins on common luck: a study, or a place with the modes given.

    Parameters
    ----------
    name, modes, baseline, years, burn_in, seed, set
        As in `study`.
    threads, record, daily, panel, progress
        As in `run`.
    replicates
        Pairs of runs; with a precision those of the first look.
    precision
        Half-widths of the 95 % intervals of differences, by measure: ``{"success_over_accepted": 0.01}``. Shares are
        asked for as fractions (0.01 is one percentage point), everything else in the unit of the measure. Replicates are
        doubled until every asked interval of every contrast is narrow enough, or the budget is spent. The intervals allow
        for the looks: see `parley.analysis.precision`.
    budget
        Replicates at most; 16 times those of the first look where none is named.
    posterior
        A posterior of `parley.calibrate`, or its file: each replicate has a draw of its own, the same under every mode,
        so that the intervals carry what is not known of the parameters.
    """
    if isinstance(name, Study):
        asked = dict(modes=modes, baseline=baseline, years=years, burn_in=burn_in, replicates=replicates, seed=seed,
                     set=set)  # fmt: skip
        _refuse("compare", asked)
        study = name
    else:
        study = scenario.study(
            name, modes=modes, baseline=baseline, years=years, burn_in=burn_in, replicates=replicates, seed=seed,
            set=set,
        )  # fmt: skip
    scenario.require_two_modes(study, "modes")
    wanted = precision_of(study, precision, budget)
    study = with_posterior(study, posterior, wanted.budget if wanted else None)
    return execute(study, threads=threads, record=record, daily=daily, panel=panel, progress=progress, precision=wanted)


def precision_of(study: Study, asked: Mapping[str, float] | None, budget: int | None) -> Precision | None:
    """What `compare` was asked for, checked."""
    if asked is None:
        if budget is not None:
            raise TypeError("a budget needs a precision that it is spent on")
        return None
    from parley.analysis.precision import BUDGET_OVER_FIRST, Precision

    if not study.contrasts or len(study.modes) < 2:
        raise ValueError("precision is asked of differences; the study compares nothing")
    return Precision(dict(asked), study.replicates, budget or BUDGET_OVER_FIRST * study.replicates)


def with_posterior(study: Study, posterior: Any, draws: int | None = None) -> Study:
    """The study with a draw of a posterior for each of its replicates, or as it is.

    A study to which replicates will be added needs as many draws as the budget allows it replicates: with fewer they come
    round again, and the intervals would count one draw several times.
    """
    if posterior is None:
        return study
    from parley.analysis.posterior import Posterior

    found = posterior if isinstance(posterior, Posterior) else Posterior.read(posterior)
    return found.into(study, draws)


def run_into(
    path: str | os.PathLike[str],
    study: Study,
    *,
    threads: int = 0,
    record: str = "cases",
    daily: bool = False,
    panel: int = PANEL,
    progress: bool | Listener | None = None,
    force: bool = False,
    command: str = "import parley",
    precision: Mapping[str, float] | None = None,
    budget: int | None = None,
) -> Results:
    """Run a study into a file, keeping what is finished in a journal beside it (``path`` + ``.journal``).

    A call that was killed loses the replicates in hand; the same call again, or `resume`, goes on from the journal and
    ends in the same digest. Other parameters are those of `run`, and of `compare` for precision and budget.

    Raises
    ------
    FileError
        The file cannot be written, or the journal holds an interrupted run of something else.
    Interrupted
        Ctrl-C; the journal keeps the replicates that were finished.
    """
    name = os.fspath(path)
    _parley.check_destination(name, force)
    asked = precision_of(study, precision, budget)
    journal = _parley.begin_journal(study, name, record=record, daily=daily, panel=panel, program=program(),
                                    command=command, precision=asked.as_json() if asked else "", force=force)  # fmt: skip
    return _finish(name, study, journal, threads, progress, force)


def resume(
    path: str | os.PathLike[str],
    *,
    threads: int = 0,
    progress: bool | Listener | None = None,
    force: bool = False,
) -> Results | SweepResults:
    """Finish a run or a sweep that was interrupted, from the journal beside its file.

    Raises
    ------
    FileError
        There is no journal, another version of Parley began it, or somebody is still writing it.
    """
    name = os.fspath(path)
    if _parley.has_sweep_journal(name):
        from parley import sweeping

        return sweeping.resume(name, threads=threads, progress=progress, force=force)
    journal = _parley.resume_journal(name, program())
    _parley.check_destination(name, force)
    return _finish(name, journal.study, journal, threads, progress, force)


def _finish(
    path: str, study: Study, journal: Journal, threads: int, progress: bool | Listener | None, force: bool
) -> Results:
    command = journal.command
    result = execute(study, threads=threads, progress=progress, keeper=journal, precision=asked_of(journal))
    results = write(result, path, force=force, command=command)
    journal.remove()
    return results


def asked_of(journal: Journal) -> Precision | None:
    """The precision that a journal's study was begun for."""
    from parley.analysis.precision import Precision

    return Precision.from_json(journal.precision) if journal.precision else None


@dataclass(frozen=True)
class Verification:
    """What `verify` found."""

    same: bool
    """Whether every state was the same."""
    first_difference: str
    """Policy, replicate and month of the first that was not; empty where there is none."""
    digest: str
    """Digest of the file."""
    replicates: list[int]
    """Numbers of the replicates that were run again."""
    replicates_in_file: int
    states: int
    """How many states of the whole world were compared: one for each month, policy and replicate, burn-in included."""
    seconds: float
    certificate: str
    """One page of text that can go with a paper."""

    def __bool__(self) -> bool:
        return self.same

    def __str__(self) -> str:
        return self.certificate

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.certificate)}</pre>"


def verify(
    path: str | os.PathLike[str],
    *,
    sample: int | None = None,
    threads: int = 0,
    progress: bool | Listener | None = None,
) -> Verification:
    """Run replicates of a file again and compare the state of the world at the end of every month.

    Parameters
    ----------
    path
        What `run`, `compare` or the command line wrote, on any machine.
    sample
        So many replicates, evenly over the file; all of them where none is given.
    threads
        0 takes as many as the machine has. States do not depend on it.

    Raises
    ------
    FileError
        The file cannot be read, is damaged, or has no certificate.
    """
    if sample is not None and sample < 1:
        raise ValueError(f"sample must be 1 or more, not {sample}")
    with shown(progress) as listener:
        found, interrupted = _parley.verify_file(os.fspath(path), sample=sample or 0, threads=threads,
                                                 program=program(), progress=listener)  # fmt: skip
    verification = Verification(**found)
    if interrupted:
        raise Interrupted(f"stopped; {len(verification.replicates)} replicates were run again", verification)
    return verification


def program() -> str:
    """Version and commit of this Parley, as journals and certificates name it."""
    return f"{_parley.version} ({_parley.commit})"


def _refuse(verb: str, asked: dict[str, Any]) -> None:
    given = [name for name, value in asked.items() if value is not None]
    if given:
        raise TypeError(f"{verb}() was given a study that is already read; give {', '.join(given)} to parley.study()")


def write(
    result: Result, path: str | os.PathLike[str], *, force: bool = False, command: str | Sequence[str] = ""
) -> Results:
    """Write a result into one HDF5 file, whole or not at all, and open it.

    A file that Parley wrote is replaced; any other only with ``force``.
    """
    from parley.analysis.load import open_study

    words = command if isinstance(command, str) else shlex.join(command)
    _parley.write_file(result, os.fspath(path), command=words or "import parley", version=_parley.version,
                       commit=_parley.commit, force=force)  # fmt: skip
    return open_study(path)


def digest(path: str | os.PathLike[str]) -> str:
    """The digest of everything scientific in a file: equal for any number of threads, compiler and machine."""
    return _parley.digest_file(os.fspath(path))
