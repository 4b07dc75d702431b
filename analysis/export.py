"""A result file as tables for other programs: CSV, Parquet, Arrow, Excel's and R's daily bread."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from parley.analysis.guard import nearest
from parley.analysis.load import Results
from parley.errors import FileError, need

if TYPE_CHECKING:
    import pandas
    import polars

    from parley.analysis.sweep_results import SweepResults

TABLES = ("metrics", "cases", "stages", "ledger", "runs")
"""``runs`` is the table of a sweep: one row per policy, point and replicate."""
ENDINGS = (".csv", ".parquet", ".arrow")


def table(results: Results | SweepResults, name: str | None = None) -> pandas.DataFrame:
    """One table of a file, plain columns: codes as names, money in yuan, dates as dates.

    Parameters
    ----------
    name
        ``metrics`` (one row per policy, replicate, month and place), ``cases``, ``stages``, ``ledger``; of a sweep ``runs``. The
        first that the file has where none is given.

    Raises
    ------
    ValueError
        The file has no such table.
    """
    if not isinstance(results, Results):
        _allowed(name, ("runs",))
        return results.to_pandas().reset_index()
    chosen = _allowed(name, ("cases", "metrics", "stages", "ledger") if results.has_cases else ("metrics",))
    if chosen == "metrics":
        return results.metrics.to_dataframe().reset_index()
    found: pandas.DataFrame = getattr(results, chosen)()
    return found


def to_polars(results: Results | SweepResults, name: str | None = None) -> polars.DataFrame:
    """The same as a polars DataFrame."""
    frame: polars.DataFrame = need("polars", "a polars table", "export").from_pandas(table(results, name))
    return frame


def export(results: Results | SweepResults, path: str | os.PathLike[str], name: str | None = None) -> Path:
    """Write one table; the ending says how: ``.csv``, ``.parquet`` or ``.arrow``."""
    path = Path(path)
    if path.suffix not in ENDINGS:
        raise ValueError(f"{path}: write to a name that ends in {', '.join(ENDINGS)}")
    frame = table(results, name)
    try:
        if path.suffix == ".csv":
            frame.to_csv(path, index=False)
        else:
            need("pyarrow", f"a {path.suffix[1:]} file", "export")
            frame.to_parquet(path, index=False) if path.suffix == ".parquet" else frame.to_feather(path)
    except OSError as error:
        raise FileError(f"{path}: the table cannot be written: {error.strerror or error}") from error
    return path


def _allowed(name: str | None, there: tuple[str, ...]) -> str:
    if name is None:
        return there[0]
    if name not in there:
        raise ValueError(f"the file has no table {name!r}{nearest(name, list(there))}; it has {', '.join(there)}")
    return name
