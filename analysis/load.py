"""Open a result file. Parley's own eyes on it; any HDF5 reader sees the same."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.guard import FORMAT, Guard, nearest, plain
from parley.errors import FileError, MissingExtra, need

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas
    import xarray

    from parley.analysis.compare import Comparison
    from parley.analysis.sweep_results import SweepResults

__all__ = ["FORMAT", "NOT_CLOSED", "Contrast", "Results", "open"]

NOT_CLOSED = np.iinfo(np.int32).min
"""What ``cases/closed`` holds while a dispute is open (the attribute ``open_value`` of that column)."""

MOST_KEPT = 256 << 20
"""Bytes of metrics that are kept in memory from one look to the next."""


@dataclass(frozen=True)
class Contrast:
    """One way of asking how two policies differ: ``policy`` minus ``baseline``."""

    name: str
    title: str
    policy: str
    baseline: str
    solved_lever: str = ""
    solved_value: float = float("nan")
    spending_gap: float = float("nan")
    """Public outlay of the policy over that of its baseline, less one; where a lever was solved for equal spending."""
    tolerance: float = float("nan")

    @property
    def missed(self) -> bool:
        """Whether no value of the solved lever made the two spend alike."""
        return abs(self.spending_gap) > self.tolerance


def open(path: str | os.PathLike[str]) -> Results | SweepResults:  # the name is promised: parley.open(FILE)
    """Open a result file of Parley, or what a run that is still going on has finished so far.

    The file of a sweep gives `SweepResults`, any other `Results`.

    Parameters
    ----------
    path
        The HDF5 file that ``parley run`` or ``parley compare`` wrote, or is writing: as long as there is none, its
        journal (``path`` + ``.journal``) is read, and ``.running`` says so.

    Raises
    ------
    FileError
        There is no such file, it is damaged, or it holds what Parley does not write; see `parley.analysis.guard`.
    """
    if os.path.isfile(path):
        guard = Guard(Path(path))
        with guard.open() as file:
            if plain(file.attrs.get("content", "")) == "sweep":
                from parley.analysis.sweep_results import SweepResults

                return SweepResults.from_file(Path(path), file)
        return Results(path, guard)
    return Results(path)


def open_study(path: str | os.PathLike[str]) -> Results:
    """The same for what only the file of a run or a comparison has."""
    found = open(path)
    if not isinstance(found, Results):
        raise FileError(f"{path}: this is a sweep; the file of parley run or parley compare is needed here")
    return found


class Results:
    """One result file. It is opened for each look and closed again, so that a new run may replace it."""

    def __init__(self, path: str | os.PathLike[str], guard: Guard | None = None):
        self.path = Path(path)
        self._so_far = _finished_so_far(self.path)
        self._file = (guard or Guard(self.path, self._so_far)).open
        with self._file() as file:
            self.attributes: dict[str, Any] = {name: plain(value) for name, value in file.attrs.items()}
            self.policies = _texts(file, "policy")
            self.places = _texts(file, "place")
            self.replicates = [int(value) for value in _dataset(file, "replicate")[...]]
            self.metric_names = [name for name in file if _is_dataset(file, name) and _dataset(file, name).ndim == 4]
            time = _dataset(file, "time")
            self.days = np.asarray(time[...], dtype=np.int64)
            self.start = np.datetime64(str(_attribute(time, "units")).split()[2][:10], "D")
            self.population = np.asarray(_dataset(file, "population")[...], dtype=np.float64)
            lengths = (len(self.policies), len(self.replicates), len(self.days), len(self.places))
            for name in self.metric_names:
                _fitting(_dataset(file, name), lengths, "policy, replicate, time and place")
            _fitting(_dataset(file, "population"), lengths[3:], "place")

    # ---- what was asked -------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return str(self.attributes.get("title", self.path.stem))

    @property
    def question(self) -> str:
        return str(self.attributes.get("question", ""))

    @property
    def study(self) -> str:
        """Slug of the study."""
        return str(self.provenance.get("study", self.path.stem))

    @property
    def place(self) -> str:
        """Slug of the place."""
        return str(self.provenance.get("place_slug", ""))

    @property
    def seed(self) -> int:
        return int(self._said("seed"))

    @property
    def asked_replicates(self) -> int:
        """Replicates asked for; more than `replicates` where the run was stopped."""
        return int(self._said("replicates", len(self.replicates)))

    @property
    def complete(self) -> bool:
        """False where a run was stopped before all its replicates were finished."""
        return bool(self.attributes.get("complete", 1))

    @property
    def looks(self) -> int:
        """At how many numbers of replicates it was to be looked at whether the intervals are narrow enough; 1 where the
        number was fixed."""
        return max(1, int(self.attributes.get("looks", 1)))

    @property
    def precision(self) -> str:
        """What was asked of the intervals, in JSON; empty: nothing."""
        return str(self.attributes.get("precision", ""))

    @property
    def running(self) -> bool:
        """True where the run was still going on (or had been killed): only its journal was there to be read."""
        return self._so_far is not None

    @property
    def dates(self) -> np.ndarray:
        """The first day of each period recorded (a month, or a day), as ``datetime64[D]``."""
        return self.start + self.days

    @property
    def months(self) -> int:
        """Months recorded, also where metrics are by day."""
        return round(12 * self.years)

    @property
    def years(self) -> float:
        return float(self._said("years", len(self.days) / 12))

    @cached_property
    def contrasts(self) -> list[Contrast]:
        """The pairs of policies that answer the question; empty after the run of one policy."""
        with self._file() as file:
            if "contrasts" not in file:
                return []
            group = _group(file, "contrasts")
            columns = [_texts(group, name) for name in ("contrast", "title", "policy", "baseline", "solved_lever")]
            values = [
                np.asarray(_dataset(group, name)[...], dtype=np.float64)
                for name in ("solved_value", "spending_gap", "tolerance")
                if name in group  # files of layout 1.1 have the first alone
            ]
            for name in (*columns[2], *columns[3]):
                if name not in self.policies:
                    raise FileError(f"{self.path}: /contrasts names the policy {name!r}; the file has {self.policies}")
        rows = zip(zip(*columns, strict=True), zip(*values, strict=True), strict=True)
        return [Contrast(*words, *map(float, numbers)) for words, numbers in rows]

    @cached_property
    def modes(self) -> list[str]:
        """Policies as their mode files give them, without the variants that the contrasts need."""
        return [name for name in self.policies if ":" not in name] or self.policies

    # ---- the numbers ----------------------------------------------------------------------------------------------

    def metric(self, name: str) -> np.ndarray:
        """One metric as it stands in the file, over (policy, replicate, time, place)."""
        if name not in self.metric_names:
            raise KeyError(f"{self.path} has no metric {name!r}{nearest(name, self.metric_names)}")
        if name in self._read:
            self._read[name] = self._read.pop(name)  # the last one used comes last
            return self._read[name]
        with self._file() as file:
            values: np.ndarray = _dataset(file, name)[...]
        self._read[name] = values
        while len(self._read) > 1 and sum(kept.nbytes for kept in self._read.values()) > MOST_KEPT:
            del self._read[next(iter(self._read))]
        return values

    def unit(self, name: str) -> str:
        """Unit of a metric as the file gives it, for instance ``0.01 CNY``."""
        with self._file() as file:
            return str(plain(_dataset(file, name).attrs.get("units", "1")))

    @cached_property
    def _read(self) -> dict[str, np.ndarray]:
        """Metrics that were read, the last one used last; together hardly more than `MOST_KEPT`."""
        return {}

    @property
    def metrics(self) -> xarray.Dataset:
        """All metrics as an xarray Dataset, read into memory."""
        need("h5netcdf", "metrics as an xarray Dataset")
        return self._dataset(None)

    def case_columns(self, *names: str) -> dict[str, np.ndarray]:
        """Columns of the case table as NumPy arrays (all of them where none is named); codes are left as codes."""
        with self._file() as file:
            if "cases" not in file:
                raise FileError(
                    f"{self.path}: no case was recorded; run again with --record cases to have one row per dispute"
                )
            group = _group(file, "cases")
            present = _columns(group)
            for name in names:
                if name not in present:
                    raise KeyError(f"{self.path} has no case column {name!r}{nearest(name, list(present))}")
            return {name: present[name][...] for name in names or present}

    def meanings(self, name: str) -> list[str]:
        """What the codes 0, 1, 2 … of a column mean, for instance of ``cases/outcome``."""
        with self._file() as file:
            *groups, column = name.split("/")
            parent = file
            for group in groups:
                parent = _group(parent, group)
            codes, words = _codes(_dataset(parent, column))
        if codes.tolist() != list(range(len(words))):
            raise FileError(f"{self.path}: the codes of {name} are not 0, 1, 2 …; Parley did not write this file")
        return words

    def graph(self) -> dict[str, np.ndarray]:
        """Columns of the institutional graph as NumPy arrays; codes are left as codes.

        Edges ``indptr[v]`` to ``indptr[v + 1]`` leave node ``v`` and lead to ``indices``; ``probability``, ``delay`` and
        ``information_loss`` are over (policy, edge).
        """
        with self._file() as file:
            if "graph" not in file:
                raise FileError(f"{self.path}: it has no graph; run again with this version of Parley")
            group = _group(file, "graph")
            names = [name for name in group if _is_dataset(group, name) and not _dataset(group, name).is_scale]
            columns = {name: _dataset(group, name)[...] for name in names}
            columns["node_name"] = np.array(_texts(group, "node_name"), dtype=object)
        return columns

    @property
    def has_cases(self) -> bool:
        with self._file() as file:
            return "cases" in file

    def cases(self) -> pandas.DataFrame:
        """One row per dispute as a pandas DataFrame: codes as names, money in yuan, open disputes without a day."""
        pandas = need("pandas", "cases as a table")
        columns = self.case_columns()
        with self._file() as file:
            group = _group(file, "cases")
            for name, values in columns.items():
                attributes = _dataset(group, name).attrs
                if "flag_meanings" in attributes:
                    columns[name] = _named(values, *_codes(_dataset(group, name)), pandas)
                elif plain(attributes.get("units", "")) == "0.01 CNY":
                    columns[name] = values / 100
                for marker in ("open_value", "never_value", "none_value"):
                    if marker in attributes:
                        columns[name] = pandas.Series(values).astype("Int64").mask(values == plain(attributes[marker]))
        return pandas.DataFrame(columns)

    def stages(self) -> pandas.DataFrame:
        """One row per step of each dispute (``--record full``): case, policy, replicate, day, from, to, reason."""
        return self._table("stages")

    def ledger(self) -> pandas.DataFrame:
        """One row per transfer of money (``--record full``), in yuan; accounts as ``kind`` and number, ``hospital 3``."""
        table = self._table("ledger")
        pandas = need("pandas", "the ledger as a table")
        with self._file() as file:
            for column in ("from", "to", "cents"):
                _dataset(_group(file, "ledger"), column)
            accounts = _group(file, "accounts")
            _, words = _codes(_dataset(accounts, "owner"))
            owner, index = _dataset(accounts, "owner")[...], _dataset(accounts, "index")[...]
            names = [f"{words[kind].replace('_', ' ')} {number}" for kind, number in zip(owner, index, strict=True)]
            for column in ("from", "to"):
                table[column] = pandas.Categorical.from_codes(table[column], names) if names else table[column]
        table["yuan"] = table.pop("cents")
        return table

    def snapshot(self, parties: str) -> xarray.Dataset:
        """Parties at the end of each month (``--record full``): hospitals, insurers, providers, districts, agencies,
        patients over (policy, replicate, month, party); mediators as rows."""
        with self._file() as file:
            if "snapshots" not in file:
                raise FileError(f"{self.path}: no snapshot was recorded; run again with --record full")
            group = _group(file, "snapshots")
            known = [name for name in group if not _is_dataset(group, name)]
            if parties not in known:
                raise KeyError(f"{self.path} has no snapshots of {parties!r}{nearest(parties, known)}")
        return self._dataset(f"snapshots/{parties}")

    def _dataset(self, group: str | None) -> xarray.Dataset:
        h5netcdf, xarray = need("h5netcdf", "an xarray Dataset"), need("xarray", "an xarray Dataset")
        with self._file() as file:  # the file that was looked over, not whatever now stands at its path
            try:
                store = xarray.backends.H5NetCDFStore(h5netcdf.File(file, "r", decode_vlen_strings=True), group=group)
                return xarray.load_dataset(store)
            except MissingExtra:
                raise
            except Exception as error:  # what attributes mean is up to xarray, and so are its many ways to dislike them
                where = f"/{group or ''}"
                raise FileError(
                    f"{self.path}: xarray cannot read {where} ({' '.join(str(error).split())[:200]}); "
                    "Parley's files can be read by it, so this is not what Parley wrote"
                ) from error

    def _table(self, name: str) -> pandas.DataFrame:
        """A group of columns as a table: codes as names, money in yuan."""
        pandas = need("pandas", f"{name} as a table")
        columns: dict[str, Any] = {}
        with self._file() as file:
            if name not in file:
                raise FileError(f"{self.path}: {name} was not recorded; run again with --record full")
            group = _group(file, name)
            for column, data in _columns(group).items():
                values, attributes = data[...], data.attrs
                if "flag_meanings" in attributes:
                    values = _named(values, *_codes(data), pandas)
                elif plain(attributes.get("units", "")) == "0.01 CNY":
                    values = values / 100
                columns[column] = values
        return pandas.DataFrame(columns)

    def parameters(self) -> dict[str, float]:
        """Every parameter of the run, and the status quo of every lever, by dotted name."""
        with self._file() as file:
            group = _group(file, "parameters")
            return dict(zip(_texts(group, "name"), map(float, _dataset(group, "value")[...]), strict=True))

    def levers(self, policy: str) -> dict[str, float]:
        """What a policy sets; where districts differ, a FileError."""
        with self._file() as file:
            group = _group(file, "levers")
            names = _texts(group, "lever")
            values = np.asarray(_dataset(group, "value")[...], dtype=np.float64)[self.policies.index(policy)]
        if (values != values[0]).any():
            raise FileError(
                f"{self.path}: under {policy} districts have levers of their own, so there is no one value of each: neither draws nor a split by lever can be made of it (--draws 0 --split 0)"
            )
        return dict(zip(names, map(float, values[0]), strict=True))

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """Where the file comes from: scenario texts, versions, how it was run."""
        with self._file() as file:
            found: dict[str, Any] = {}
            if "provenance" in file:
                _collect(_group(file, "provenance"), "", found)
            return found

    @cached_property
    def digest(self) -> str:
        """The digest of everything scientific in the file; equal for any number of threads and any machine."""
        from parley import _parley

        return _parley.digest_file(str(self.path))

    # ---- the answer -----------------------------------------------------------------------------------------------

    def compare(self) -> Comparison:
        """Means of each policy and paired differences of each contrast, with 95 % intervals."""
        from parley.analysis.compare import compare

        return compare(self)

    def table(self, width: int = 110) -> str:
        """The answer as text for a terminal."""
        from parley.analysis.table import table

        return table(self.compare(), width=width)

    def statistics(self) -> str:
        """Every measure of the leading contrast in full: intervals, quantiles, who has more how often, what pairing saves."""
        from parley.analysis.statistics import table

        return table(self.compare())

    def summary(self) -> str:
        """The answer in a few plain sentences."""
        from parley.analysis.table import summary

        return "\n".join(summary(self.compare()))

    def picture(self, path: str | os.PathLike[str]) -> Path:
        """The answer as one PNG; returns where it was written."""
        from parley.analysis.plots import picture

        return picture(self.compare(), path)

    def flow_picture(self, path: str | os.PathLike[str], policies: Sequence[str] | None = None) -> Path:
        """From admissions to court, and the ways of disputes through the forums, as one PNG; see `parley.analysis.flow`."""
        from parley.analysis.flow import picture

        return picture(self, path, policies)

    def network_picture(
        self, path: str | os.PathLike[str], policies: Sequence[str] | None = None, place: str | None = None
    ) -> Path:
        """The institutional graph as one PNG; see `parley.analysis.network`."""
        from parley.analysis.network import picture

        return picture(self, path, policies, place)

    def __repr__(self) -> str:
        return (
            f"<parley.Results {self.path}: {', '.join(self.policies)}; {len(self.replicates)} replicates, "
            f"{self.months} months, {len(self.places)} places>"
        )

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.table())}</pre>"

    def _said(self, name: str, otherwise: float | None = None) -> float:
        """A number of the provenance."""
        value: Any = self.provenance.get(name, otherwise)
        try:
            return value if isinstance(value, float) and np.isfinite(value) else int(value)
        except (TypeError, ValueError, OverflowError) as error:
            found = "missing" if value is None else repr(value)[:80]
            raise FileError(f"{self.path}: /provenance/{name} is {found}; Parley writes a number there") from error


def _finished_so_far(path: Path) -> bytes | None:
    """The file that a run would have written by now, where there is only its journal."""
    # Unlike a Path, these never raise: what is wrong with the name is said by whoever opens it.
    if os.path.exists(path) or not os.path.exists(f"{path}.journal"):
        return None
    from parley import _parley

    return _parley.bytes_so_far(str(path))


def _member(parent: Any, name: str):
    if name not in parent:
        where = f"{parent.file.filename}: {parent.name.rstrip('/')}/{name}"
        raise FileError(f"{where} is missing; the file is damaged or of another version")
    return parent[name]


def _dataset(parent: Any, name: str):
    import h5py

    member = _member(parent, name)
    if not isinstance(member, h5py.Dataset):
        raise FileError(f"{parent.file.filename}: {member.name} is not a dataset; Parley did not write this file")
    return member


def _group(parent: Any, name: str):
    import h5py

    member = _member(parent, name)
    if not isinstance(member, h5py.Group):
        raise FileError(f"{parent.file.filename}: {member.name} is not a group; Parley did not write this file")
    return member


def _columns(group: Any) -> dict[str, Any]:
    """The datasets of a table, which are all of one length, without the scale of its rows."""
    found = {name: _dataset(group, name) for name in group if _is_dataset(group, name)}
    columns = {name: data for name, data in found.items() if not data.is_scale}
    for data in columns.values():
        _fitting(data, next(iter(columns.values())).shape[:1], "its rows")
    return columns


def _fitting(data: Any, lengths: tuple[int, ...], axes: str) -> None:
    if data.shape != lengths:
        raise FileError(f"{data.file.filename}: {data.name} has the shape {data.shape}, but {axes} say {lengths}")


def _attribute(data: Any, name: str) -> Any:
    if name not in data.attrs:
        raise FileError(f"{data.file.filename}: {data.name} has no attribute {name}; Parley writes one")
    return plain(data.attrs[name])


def _codes(data: Any) -> tuple[np.ndarray, list[str]]:
    """The codes of a column, and what they mean."""
    words = str(_attribute(data, "flag_meanings")).split()
    codes = np.atleast_1d(_attribute(data, "flag_values"))
    if len(codes) != len(words) or codes.dtype.kind not in "iu" or len(set(codes.tolist())) != len(codes):
        raise FileError(
            f"{data.file.filename}: {data.name} has {len(codes)} codes with {len(words)} meanings; "
            "Parley gives each whole number one meaning"
        )
    return codes, words


def _is_dataset(parent: Any, name: str) -> bool:
    import h5py

    return isinstance(_member(parent, name), h5py.Dataset)


def _texts(parent: Any, name: str) -> list[str]:
    return [plain(value) for value in _dataset(parent, name)[...]]


def _named(codes: np.ndarray, values: np.ndarray, meanings: list[str], pandas: Any):
    if len(meanings) == 2 and meanings[0] in ("not_" + meanings[1], "un" + meanings[1], "no", "false"):
        return codes.astype(bool)
    order = np.argsort(values)
    position = order[np.searchsorted(values, codes, sorter=order).clip(max=len(values) - 1)]
    return pandas.Categorical.from_codes(np.where(values[position] == codes, position, -1), meanings)


def _collect(group: Any, prefix: str, found: dict[str, Any]) -> None:
    import h5py

    for name, value in group.attrs.items():
        if not name.isupper():  # CLASS, NAME, DIMENSION_LIST and their like belong to HDF5
            found[prefix + name] = plain(value)
    for name in group:
        if isinstance(_member(group, name), h5py.Group):
            _collect(_group(group, name), f"{prefix}{name}.", found)
        else:
            value = _dataset(group, name)[()]
            if isinstance(value, np.ndarray):
                found[prefix + name] = [plain(item) for item in value.reshape(-1)] if value.size != 1 else plain(value)
            else:
                found[prefix + name] = plain(value)
