"""Running studies and writing what came out."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from parley import _parley, scenario
from parley._parley import Result, Study
from parley.errors import Interrupted

if TYPE_CHECKING:
    from parley.analysis.load import Results

Listener = Callable[[float, float, str], None]
"""Called with the share done (0 to 1), the seconds since the start and what is being done."""


def execute(
    study: Study, *, threads: int = 0, record: str = "cases", progress: bool | Listener | None = None
) -> Result:
    """Run a study that was read before; everything else comes down to this."""
    from parley.progress import Progress

    if progress is True:
        with Progress() as bar:
            result, interrupted = _parley.run_study(study, threads=threads, record=record, progress=bar)
    else:
        result, interrupted = _parley.run_study(study, threads=threads, record=record, progress=progress or None)
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
    progress: bool | Listener | None = None,
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
        ``"metrics"``, or ``"cases"`` for one row per dispute as well.
    progress
        True for a bar, or a function of (share done, seconds, what).

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
    return execute(study, threads=threads, record=record, progress=progress)


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
    progress: bool | Listener | None = None,
) -> Result:
    """Run several modes as twins on common luck: a study, or a place with the modes given.

    Parameters are those of `study` and `run`.
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
    return execute(study, threads=threads, record=record, progress=progress)


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
    from parley.analysis.load import open

    words = command if isinstance(command, str) else shlex.join(command)
    _parley.write_file(result, os.fspath(path), command=words or "import parley", version=_parley.version,
                       commit=_parley.commit, force=force)  # fmt: skip
    return open(path)


def digest(path: str | os.PathLike[str]) -> str:
    """The digest of everything scientific in a file: equal for any number of threads, compiler and machine."""
    return _parley.digest_file(os.fspath(path))
