"""Numbers and tables as text: for a terminal, and for a page in Markdown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.analysis.compare import Estimate


ROUNDING = 1e-12  # what adding and subtracting leaves of nothing


def shown(value: float) -> str:
    """A number as tables show it."""
    if not np.isfinite(value):
        return "–"
    if abs(value) < ROUNDING:
        return "0"
    return (f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}").replace("-", "−")


def signed(value: float) -> str:
    return ("+" if value >= ROUNDING else "") + shown(value)


def span(found: Estimate) -> str:
    """A difference with its interval."""
    if not np.isfinite(found.mean):
        return "–"
    return f"{signed(found.mean)} ({shown(found.low)} to {shown(found.high)})"


def aligned(cells: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Rows of cells as lines for a terminal, the first `left` columns to the left, the others to the right."""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return ["  ".join(cell.ljust(wide) if column < left else cell.rjust(wide)
                      for column, (cell, wide) in enumerate(zip(row, widths, strict=True))).rstrip() for row in cells]  # fmt: skip


def write_page(path: str | os.PathLike[str], text: str) -> Path:
    """Write a page, and the folders on the way to it."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def markdown(cells: Sequence[Sequence[str]]) -> list[str]:
    """The same rows as a table of Markdown, the first one its head."""
    rows = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]
    return [rows[0], "|" + " --- |" * len(cells[0]), *rows[1:]]


def counted(number: int, what: str) -> str:
    """``1 replicate``, ``3 replicates``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def years_text(years: float) -> str:
    """``1 year``, ``2.5 years``."""
    return f"{years:.3g} year{'' if years == 1 else 's'}"


def runs_each(replicates: int) -> str:
    """How often each draw was run, in words."""
    return f"{counted(replicates, 'replicate')} each"
