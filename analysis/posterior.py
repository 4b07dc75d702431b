"""Posteriors: joint draws of parameters with weights, as a calibration leaves them and as run and compare take them.

The file is a table of text that any program reads: a first line ``# parley-posterior 1 {…}`` with how it was made, the
names of the columns, then one draw per line, its weight last.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import FileError, need

if TYPE_CHECKING:
    import pandas

    from parley._parley import Study

MARK = "# parley-posterior 1 "
WEIGHT = "weight"
MOST_BYTES = 64 << 20


@dataclass(frozen=True, eq=False)
class Posterior:
    """Joint draws of parameters."""

    keys: tuple[str, ...]
    draws: np.ndarray
    """Shape (draws, keys)."""
    weights: np.ndarray
    """Shape (draws,); they add up to one."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """How it was made: place, targets, distances, seed."""

    def __post_init__(self) -> None:
        draws = np.asarray(self.draws, dtype=np.float64)
        weights = np.asarray(self.weights, dtype=np.float64)
        if draws.ndim != 2 or draws.shape[1] != len(self.keys) or len(draws) == 0:
            raise ValueError(f"draws must have the shape (draws, {len(self.keys)}), not {draws.shape}")
        if (
            weights.shape != (len(draws),)
            or not np.isfinite(weights).all()
            or (weights < 0).any()
            or weights.sum() <= 0
        ):
            raise ValueError("weights must be one number from 0 on for each draw, and not all of them zero")
        if not np.isfinite(draws).all():
            raise ValueError("a draw is not a finite number")
        object.__setattr__(self, "draws", draws)
        object.__setattr__(self, "weights", weights / weights.sum())

    def __len__(self) -> int:
        return len(self.draws)

    def sample(self, count: int, seed: int = 1) -> np.ndarray:
        """Equally weighted draws, shape (count, keys). The first of a larger sample are those of a smaller one."""
        uniform = np.random.default_rng(seed).random(count)
        position = np.searchsorted(np.cumsum(self.weights), uniform, side="right")
        return self.draws[np.minimum(position, len(self.draws) - 1)]

    def into(self, study: Study, draws: int | None = None) -> Study:
        """The study with a draw for each of its replicates.

        Parameters
        ----------
        draws
            So many rows instead, for a study to which replicates will be added.

        Raises
        ------
        ScenarioError
            A key is not a parameter that may be drawn, or a draw is out of its range.
        """
        return study.with_draws(list(self.keys), self.sample(draws or study.replicates, study.seed).tolist())

    def quantile(self, share: float) -> np.ndarray:
        """Weighted quantile of each key."""
        found = []
        for column in self.draws.T:
            order = np.argsort(column)
            found.append(np.interp(share, np.cumsum(self.weights[order]) - self.weights[order] / 2, column[order]))
        return np.array(found)

    @property
    def effective_size(self) -> float:
        """How many equally weighted draws it is worth (Kish 1965)."""
        return float(1 / (self.weights**2).sum())

    def to_pandas(self) -> pandas.DataFrame:
        pandas = need("pandas", "a posterior as a table")
        return pandas.DataFrame(self.draws, columns=list(self.keys)).assign(**{WEIGHT: self.weights})

    def __str__(self) -> str:
        width = max(len(key) for key in self.keys)
        ends = self.quantile(0.05), self.quantile(0.5), self.quantile(0.95)
        lines = [f"{'':<{width}}  {'5 %':>10}  {'median':>10}  {'95 %':>10}"]
        for k, key in enumerate(self.keys):
            lines.append(f"{key:<{width}}  " + "  ".join(f"{end[k]:>10.4g}" for end in ends))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<parley.Posterior: {len(self)} draws of {', '.join(self.keys)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(repr(self))}</p><pre>{escape(str(self))}</pre>"

    # ---- files --------------------------------------------------------------------------------------------------------

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the table; every number reads back to the same bits."""
        text = io.StringIO()
        text.write(MARK + json.dumps(dict(self.settings), sort_keys=True) + "\n")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*self.keys, WEIGHT])
        for draw, weight in zip(self.draws, self.weights, strict=True):
            writer.writerow([*(repr(float(value)) for value in draw), repr(float(weight))])
        path = Path(path)
        partial = path.with_name(path.name + ".partial")
        try:
            partial.write_text(text.getvalue(), encoding="utf-8")
            partial.replace(path)
        except OSError as error:
            raise FileError(f"{path}: the posterior cannot be written: {error.strerror or error}") from error
        return path

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Posterior:
        """Read a posterior file.

        Raises
        ------
        FileError
            There is no such file, or it is not a posterior; with the line.
        """
        path = Path(path)
        try:
            if path.stat().st_size > MOST_BYTES:
                raise FileError(f"{path}: larger than any posterior of Parley")
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not text"
            raise FileError(f"{path}: the posterior cannot be read: {reason}") from error
        if len(lines) < 3 or not lines[0].startswith(MARK):
            raise FileError(f"{path}: not a posterior of Parley: its first line does not begin with {MARK.strip()!r}")
        try:
            settings = json.loads(lines[0].removeprefix(MARK))
        except ValueError as error:
            raise FileError(f"{path}:1: how the posterior was made is not JSON ({error})") from error
        header = next(csv.reader([lines[1]]))
        if header[-1:] != [WEIGHT] or len(header) < 2:
            raise FileError(f"{path}:2: the last column must be called {WEIGHT!r}")
        rows = []
        for number, row in enumerate(csv.reader(lines[2:]), start=3):
            try:
                rows.append([float(word) for word in row])
            except ValueError as error:
                raise FileError(f"{path}:{number}: {error}") from error
            if len(row) != len(header):
                raise FileError(f"{path}:{number}: {len(row)} numbers for {len(header)} columns")
        table = np.array(rows)
        try:
            return cls(tuple(header[:-1]), table[:, :-1], table[:, -1], settings)
        except ValueError as error:
            raise FileError(f"{path}: {error}") from error
