"""Where results, pictures and pages go: said before the work whether they can, and never over what another study left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.errors import FileError, MissingExtra, ParleyError

if TYPE_CHECKING:
    import argparse

    from parley._parley import Study
    from parley.analysis.design import Design
    from parley.analysis.load import Results
    from parley.analysis.precision import Precision

PICTURES = (".png", ".pdf", ".svg")
"""Endings of pictures."""
RECORDS = ("metrics", "cases", "full")
"""Each holds what those before it hold."""
MOST_NAMES = 1000


def check(arguments: argparse.Namespace) -> None:
    """Refuse what an option names where nothing can be written, before anything is run.

    Raises
    ------
    FileError
        A folder does not exist, a picture has an ending that nothing draws, or results the ending of a picture or table.
    """
    for option in ("out", "png", "page"):
        path = getattr(arguments, option, None)
        if path is not None:
            _folder_of("OUT" if (option, arguments.verb) == ("out", "export") else f"--{option}", Path(path))
    if getattr(arguments, "out", None) is not None and arguments.verb not in ("export", "show"):
        _results(Path(arguments.out))
    if getattr(arguments, "png", None) is not None:
        ending("--png", Path(arguments.png))
    folder = getattr(arguments, "folder", None)
    if folder is not None and not Path(folder).is_dir():
        raise FileError(f"--folder {folder}: there is no such folder; make it, or name one that exists")


def _folder_of(option: str, path: Path) -> None:
    if not path.parent.is_dir():
        raise FileError(
            f"{option} {path}: there is no folder {path.parent}; make it, or name a file in one that exists"
        )
    if path.is_dir():
        raise FileError(f"{option} {path}: this is a folder; name a file")


def _results(path: Path) -> None:
    from parley.analysis.export import ENDINGS

    if path.suffix.lower() in (*PICTURES, *ENDINGS, ".xlsx", ".json"):
        raise FileError(
            f"--out {path}: results are kept as HDF5, name it {path.with_suffix('.h5')}; parley export makes tables of it, and --png a picture"
        )


def ending(option: str, path: Path) -> None:
    """Refuse a picture of an ending that nothing draws."""
    if path.suffix.lower() not in PICTURES:
        raise FileError(f"{option} {path}: a picture's name ends in {', '.join(PICTURES)}, not in {path.suffix!r}")


# ---- what stands under a name already -----------------------------------------------------------------------------------


def of_run(out: str | None, default: str, study: Study, asked: Precision | None, force: bool, **how: Any) -> Path:
    """The file of a run: what was named, or the default name, or the next one that no other study has."""

    def same(path: Path) -> bool:
        from parley.analysis import load

        held = load.open(path)
        return isinstance(held, load.Results) and _holds_no_more(held, study, asked, **how)

    return _chosen(out, default, study, same, force)


def of_sweep(out: str | None, default: str, study: Study, design: Design, force: bool) -> Path:
    """The same for the file of a sweep."""

    def same(path: Path) -> bool:
        from parley.analysis import load
        from parley.analysis.sweep_results import SweepResults

        held = load.open(path)
        if not isinstance(held, SweepResults) or held._study is None:
            return False
        return (
            _without_replicates(held._study.text()) == _without_replicates(study.text())
            and held.replicates <= study.replicates
            and held.design.as_json() == design.as_json()
            and held.design.keys == design.keys
            and held.design.points.tolist() == design.points.tolist()
        )

    return _chosen(out, default, study, same, force)


def _chosen(out: str | None, default: str, study: Study, same: Callable[[Path], bool], force: bool) -> Path:
    """A result is replaced without a word only by one that holds all that it held."""
    path = Path(out or default)
    if not path.exists() or _is_same(path, same):
        return path
    if force:
        _say(f"{path} will be replaced; it holds {_held(path)}")
        return path
    if out is not None:
        raise FileError(
            f"--out {path}: it holds {_held(path)}, and is kept; name another file, or add --force to replace it"
        )
    for number in range(2, MOST_NAMES):
        other = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if (other.exists() and _is_same(other, same)) or (not other.exists() and _is_free(other, study)):
            _say(
                f"{path} is kept, it holds {_held(path)}; this goes to {other} (--out names another file, --force replaces)"
            )
            return other
    raise FileError(f"{path}: it is kept, and so are {MOST_NAMES} others with a number; name a file with --out")


def _is_same(path: Path, same: Callable[[Path], bool]) -> bool:
    try:
        return same(path)
    except MissingExtra:  # without a reader of HDF5 nobody can tell: as before, Parley replaces what Parley wrote
        return True
    except ParleyError:  # damaged, of an older layout, or somebody else's
        return False


def _is_free(path: Path, study: Study) -> bool:
    """No interrupted run of something else is to become this file."""
    from parley import _parley, running

    name = os.fspath(path)
    if _parley.has_sweep_journal(name):
        return _journal_is_of(study, lambda: _parley.resume_sweep_journal(name, running.program()).study)
    if _parley.has_journal(name):
        return _journal_is_of(study, lambda: _parley.resume_journal(name, running.program()).study)
    return True


def _journal_is_of(study: Study, begun: Callable[[], Study]) -> bool:
    try:
        return begun().text() == study.text()
    except ParleyError:  # of another version, or somebody is writing it
        return False


def _holds_no_more(held: Results, study: Study, asked: Precision | None, record: str, daily: bool, panel: int) -> bool:
    """Whether the study, recorded in this way, has everything that a file holds."""
    found = held.provenance
    if _without_replicates(str(found.get("scenario", ""))) != _without_replicates(study.text()):
        return False
    if held.precision != (asked.as_json() if asked else ""):
        return False
    if bool(found.get("daily", 0)) != daily or RECORDS.index(record) < RECORDS.index(str(found.get("record", "full"))):
        return False
    if record == "full" and found.get("record") == "full" and int(found.get("panel", panel)) != panel:
        return False
    return asked is not None or len(held.replicates) <= study.replicates


def _without_replicates(scenario: str) -> str:
    return "\n".join(line for line in scenario.split("\n") if not line.startswith("replicates: "))


def _held(path: Path) -> str:
    """What a file is, in a few words."""
    from parley.analysis import load
    from parley.analysis.table import settings_text
    from parley.analysis.texts import counted, years_text

    try:
        found = load.open(path)
    except ParleyError:
        return "nothing that this version of Parley wrote"
    most_named = 3
    policies = [policy for policy in found.policies if ":" not in policy]
    names = ", ".join(policies[:most_named]) + (
        f" and {len(policies) - most_named} more" if policies[most_named:] else ""
    )
    if not isinstance(found, load.Results):
        return f"a sweep ({found.title}: {names}; {len(found.design)} points of {', '.join(found.design.keys)})"
    changed = settings_text(found, most_named)
    return (
        f"another question ({found.title}: {names}; {years_text(found.years)}, {counted(len(found.replicates), 'replicate')}, "
        f"seed {found.seed}{f'; {changed}' if changed else ''})"
    )


def _say(text: str) -> None:
    import sys

    print(f"parley: {text}", file=sys.stderr)
