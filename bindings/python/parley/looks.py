"""How a study and a result look in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley._parley import Result, Study


def study(asked: Study) -> str:
    """What will be run."""
    rows = [
        ("question", asked.question),
        ("place", f"{asked.place_title}: {asked.population:,} people in {len(asked.districts)} districts"),
        ("modes", ", ".join(asked.modes) or "status quo"),
        ("baseline", asked.baseline if len(asked.modes) > 1 else ""),
        ("contrasts", ", ".join(asked.contrasts) if len(asked.modes) > 1 else ""),
        ("years", f"{asked.years} after {asked.burn_in_years} of burn-in, from {asked.start_date}"),
        ("replicates", f"{asked.replicates}, seed {asked.seed}"),
        ("drawn", ", ".join(asked.drawn)),
    ]
    return _table(asked.title, rows)


def result(found: Result) -> str:
    """What was run; the numbers themselves are in the file."""
    rows = [
        ("policies", ", ".join(found.policies)),
        ("replicates", f"{len(found.replicates)} of {found.study.replicates}"),
        ("recorded", found.record),
        ("simulated", f"{found.person_days:,} person-days, {found.adverse_events:,} adverse events"),
        ("time", f"{found.seconds:.1f} s on {found.threads} threads"),
        ("next", 'write("FILE.h5") gives the answer: table(), summary(), metrics, cases()'),
    ]
    return _table(found.study.title, rows)


def _table(title: str, rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in rows if text)
    return f"<p><b>{escape(title)}</b></p><table>{cells}</table>"
