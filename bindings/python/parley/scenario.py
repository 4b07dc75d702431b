"""Scenarios: where they are looked for, and reading them. The one reader is C++; nothing is parsed here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from parley import _parley
from parley._parley import Study
from parley.errors import Fault, ScenarioError, WrongType, listed, whole

LARGEST_SEED, LARGEST_NUMBER = 2**63 - 1, 2**31 - 1
PACKAGED = Path(__file__).absolute().parent / "scenarios"


def search_path() -> list[str]:
    """Folders in which names are looked up, the first that has one wins.

    Those of the variable PARLEY_SCENARIOS, then ``scenarios`` in the current folder, then Parley's own.
    """
    named = [folder for folder in os.environ.get("PARLEY_SCENARIOS", "").split(os.pathsep) if folder]
    here = ["scenarios"] if Path("scenarios").is_dir() else []
    return [*named, *here, str(PACKAGED)]


def settings(given: Mapping[str, Any] | Sequence[str] | None) -> list[str]:
    """``{"encounter.adverse_event_rate": 0.08}`` as the reader takes it; texts pass as they are."""
    if given is None:
        return []
    if isinstance(given, str):
        return [given]
    if isinstance(given, Mapping):
        return [f"{key}={_text(value)}" for key, value in given.items()]
    return [str(setting) for setting in listed("set", given, "a dict or a list of texts KEY=VALUE")]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "item"):  # a NumPy scalar
        return _text(value.item())
    return repr(value) if isinstance(value, float) else str(value)


def study(
    name: str | os.PathLike[str],
    *,
    modes: Sequence[str] | None = None,
    baseline: str | None = None,
    years: int | None = None,
    burn_in: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    set: Mapping[str, Any] | Sequence[str] | None = None,
) -> Study:
    """Read a study by name or file, or ask for one of a place.

    Parameters
    ----------
    name
        A study (``"chongqing"``) or a place; a name with ``/`` or an ending is a file.
    modes
        Modes to compare; those of the study where none are given. A place needs them.
    baseline
        The mode that is subtracted; the study's own, or the first.
    years, burn_in, replicates, seed
        In place of what the study says.
    set
        Parameters, place numbers or levers: ``{"encounter.adverse_event_rate": 0.08}`` or ``["place.committees=90"]``.

    Raises
    ------
    ScenarioError
        With every fault found, each with file, line, column and what is allowed.
    """
    given = [modes] if isinstance(modes, str | os.PathLike) else listed("modes", modes or [], "names of modes")
    return _parley.read_study(
        _name("name", name), search_path(), set=settings(set), modes=[_name("modes", mode) for mode in given],
        baseline=_name("baseline", baseline or ""),
        **_whole_numbers(years=years, burn_in=burn_in, replicates=replicates, seed=seed),
    )  # fmt: skip


def single(
    name: str | os.PathLike[str],
    mode: str | None = None,
    *,
    years: int | None = None,
    burn_in: int | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    set: Mapping[str, Any] | Sequence[str] | None = None,
) -> Study:
    """A study of one mode alone; without one, the place's status quo."""
    return _parley.read_run(
        _name("place", name), _name("mode", mode or ""), search_path(), set=settings(set),
        **_whole_numbers(years=years, burn_in=burn_in, replicates=replicates, seed=seed),
    )  # fmt: skip


def require_two_modes(study: Study, where: str | os.PathLike[str], *, no_more: bool = False) -> None:
    """Refuse what compares nothing, or more than a question about two.

    Parameters
    ----------
    where
        What the modes were named by, as the message says it.

    Raises
    ------
    ScenarioError
        The study has fewer than two modes, or more than two where no more are wanted.
    """
    count, message = len(study.modes), ""
    if count < 2:
        message = f"a comparison needs two modes at least, not {count}; parley run runs one"
    elif no_more and count > 2:
        message = f"this is about two modes, not {count} ({', '.join(study.modes)}); --modes takes two of them"
    if message:
        named = os.fspath(where)
        fault = Fault(named, 0, 0, "" if named == "--modes" else "modes", message)
        raise ScenarioError(str(fault), [fault])


def _whole_numbers(**given: Any) -> dict[str, int | None]:
    """Numbers as the reader takes them, whatever kind of whole number they were (NumPy's too)."""
    ranges = {"seed": (0, LARGEST_SEED)}
    return {
        name: None if value is None else whole(name, value, *ranges.get(name, (-LARGEST_NUMBER, LARGEST_NUMBER)))
        for name, value in given.items()
    }


def _name(what: str, value: Any) -> str:
    if not isinstance(value, str | os.PathLike):
        raise WrongType(f"{what} must be a name or the path of a file, not {value!r}")
    return os.fspath(value)


def scenarios() -> list[dict[str, str]]:
    """All scenarios on the path: kind (place, mode, study), slug, title, file."""
    return _parley.list_scenarios(search_path())


def check(file: str | os.PathLike[str]) -> str:
    """Read a scenario file for its faults alone; returns what it is (place, mode, study) or raises ScenarioError."""
    return _parley.check_file(os.fspath(file), search_path())
