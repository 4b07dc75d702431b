"""A result file as tables for other programs: CSV, Parquet, Arrow, Excel's and R's daily bread.

Money is in yuan in every table. What a column holds, and in which unit, stands in a small table beside it, which the same
programs read: ``cases.csv`` comes with ``cases-columns.csv``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from parley.analysis.guard import nearest
from parley.analysis.load import Results
from parley.errors import FileError, WrongValue, need

if TYPE_CHECKING:
    import pandas
    import polars

    from parley.analysis.sweep_results import SweepResults

TABLES = ("metrics", "cases", "stages", "ledger", "runs")
"""``runs`` is the table of a sweep: one row per policy, point and replicate."""
ENDINGS = (".csv", ".parquet", ".arrow")
FEN = "0.01 CNY"
"""Unit of money in the record; a hundred to the yuan."""
FEN_OF_A_YUAN = 100
UNITS = {FEN: "yuan", "CNY": "yuan", "1": "", "1e-6": "", "1e-6 day": "day"}
"""Units of the record as the tables say them, where these differ."""
OWN_COLUMNS = {
    "policy": "name of the policy",
    "point": "number of the point of the design",
    "place": "slug of the district",
    "time": "first day of the period: a month, or a day",
    "case": "id of the dispute in the table of cases",
    "from": "account that paid, or stage that was left",
    "to": "account that was paid, or stage that was entered",
}
"""Columns that hold a name where the record has a code or a position."""


def table(results: Results | SweepResults, name: str | None = None) -> pandas.DataFrame:
    """One table of a file, plain columns: codes as names, money in yuan, dates as dates; `columns` has their units.

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
        metrics = results.metrics
        frame = metrics.to_dataframe().reset_index()
        for column in frame.columns:
            if metrics[column].attrs.get("units") == FEN:
                frame[column] /= FEN_OF_A_YUAN
        return frame
    found: pandas.DataFrame = getattr(results, chosen)()
    return found


def columns(results: Results | SweepResults, name: str | None = None) -> pandas.DataFrame:
    """What the columns of a table hold, one row each: ``column``, ``unit`` (empty: a number or a name), ``meaning``."""
    rows = [(str(column), *_described(results, name, str(column))) for column in table(results, name).columns]
    found: pandas.DataFrame = need("pandas", "a table of columns").DataFrame(
        rows, columns=["column", "unit", "meaning"]
    )
    return found


def _described(results: Results | SweepResults, name: str | None, column: str) -> tuple[str, str]:
    """Unit and meaning of a column."""
    from parley import _parley
    from parley.analysis.measures import MEASURES

    if not isinstance(results, Results):
        known = {parameter.address: parameter for parameter in _parameters()}
        if column in results.design.keys:
            found = known.get(column.removeprefix("status_quo."))
            return (UNITS.get(found.unit, found.unit), found.meaning) if found else ("", "value of the point")
        if column in MEASURES:
            return MEASURES[column].unit, MEASURES[column].definition
    if column in OWN_COLUMNS:
        return "", OWN_COLUMNS[column]
    if column == "yuan":
        return "yuan", "what was paid"
    chosen = name or ("cases" if isinstance(results, Results) and results.has_cases else "metrics")
    group = "" if chosen in ("metrics", "runs") else f"/{chosen}"
    for path, _, unit, _, meaning in _parley.catalogue():
        if path == f"{group}/{column}":
            return UNITS.get(unit, unit), meaning.replace(", in millionths", "")  # which they are in the file alone
    return "", ""


def _parameters():
    from parley.describe import parameters

    return parameters()


def columns_file(path: str | os.PathLike[str]) -> Path:
    """Where the units of an exported table stand: ``cases.csv`` → ``cases-columns.csv``."""
    path = Path(path)
    return path.with_name(f"{path.stem}-columns.csv")


def to_polars(results: Results | SweepResults, name: str | None = None) -> polars.DataFrame:
    """The same as a polars DataFrame."""
    frame: polars.DataFrame = need("polars", "a polars table", "export").from_pandas(table(results, name))
    return frame


def export(results: Results | SweepResults, path: str | os.PathLike[str], name: str | None = None) -> Path:
    """Write one table; the ending says how: ``.csv``, ``.parquet`` or ``.arrow``. Units go beside it: `columns_file`."""
    path = Path(path)
    if path.suffix not in ENDINGS:
        raise WrongValue(f"{path}: write to a name that ends in {', '.join(ENDINGS)}")
    frame = table(results, name)
    if not path.parent.is_dir():
        raise FileError(f"{path}: the table cannot be written: there is no folder {path.parent}")
    if path.suffix != ".csv":
        need("pyarrow", f"a {path.suffix[1:]} file", "export")
    try:
        columns(results, name).to_csv(columns_file(path), index=False)
        if path.suffix == ".csv":
            frame.to_csv(path, index=False)
        else:
            frame.to_parquet(path, index=False) if path.suffix == ".parquet" else frame.to_feather(path)
    except OSError as error:
        raise FileError(f"{path}: the table cannot be written: {error.strerror or error}") from error
    return path


def _allowed(name: str | None, there: tuple[str, ...]) -> str:
    if name is None:
        return there[0]
    if name not in there:
        raise WrongValue(f"the file has no table {name!r}{nearest(name, list(there))}; it has {', '.join(there)}")
    return name
