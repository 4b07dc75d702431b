"""Calibration by approximate Bayesian computation: which values of uncertain parameters agree with what is known.

A sequence of populations of particles, each drawn near the one before and accepted when its run comes nearer to the
targets (Toni et al. 2009), by pyABC (Schälte et al. 2022). Priors are flat over the ranges of the parameter table;
targets are bands of measures. Every particle has luck of its own, so the posterior carries chance as well.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import _parley, scenario
from parley.analysis.design import Space, points, space
from parley.analysis.measures import MEASURES, unknown_measure
from parley.analysis.posterior import Posterior
from parley.errors import WrongType, need

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.sweep_results import SweepResults

CALIBRATE = "calibrate"
"""The extra that this needs."""


@dataclass(frozen=True)
class Target:
    """A band in which a measure (or a metric) is to lie, in its own unit."""

    measure: str
    low: float
    high: float

    def __post_init__(self) -> None:
        from parley.analysis.patterns import PATTERNS

        known = [*MEASURES, *_parley.summary_names, *(id for id, p in PATTERNS.items() if p.of_totals)]
        if self.measure not in known:
            raise unknown_measure(self.measure, known)
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ValueError(
                f"{self.measure}: a band needs a low end below its high end, not {self.low} and {self.high}"
            )

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def half(self) -> float:
        return (self.high - self.low) / 2


def targets_of(asked: Mapping[str, tuple[float, float]] | Sequence[str | Target]) -> list[Target]:
    """Bands by measure, or names of patterns of the pattern table (`parley.analysis.patterns`)."""
    if isinstance(asked, Mapping):
        return [Target(measure, float(low), float(high)) for measure, (low, high) in asked.items()]
    found = []
    for one in asked:
        if isinstance(one, Target):
            found.append(one)
        else:
            from parley.analysis.patterns import target

            found.append(target(one))
    return found


@dataclass(frozen=True, eq=False)
class Calibration:
    """What a calibration found."""

    study: Study
    posterior: Posterior
    prior: Space
    targets: list[Target]
    distances: list[float]
    """The largest distance accepted in each population; below 1 means inside the bands in the mean square."""
    evaluations: int
    """Particles tried, all populations."""

    def predictive(self, draws: int = 200, seed: int = 1, threads: int = 0) -> list[dict[str, Any]]:
        """Posterior predictive check: runs at draws of the posterior, each with luck of its own, against every band.

        Returns
        -------
        list of dict
            For each target: measure, band, the median and 90 % interval of the runs, the share of runs inside the band.
        """
        rows = self.posterior.sample(draws, seed)
        values = np.vstack([
            _statistics(self.study.with_seed(seed + 1 + k), self.posterior.keys, row, self.targets, threads)
            for k, row in enumerate(rows)
        ])  # fmt: skip
        found = []
        for k, target in enumerate(self.targets):
            column = values[:, k][np.isfinite(values[:, k])]
            low, median, high = np.quantile(column, [0.05, 0.5, 0.95]) if len(column) else (np.nan,) * 3
            inside = float(((column >= target.low) & (column <= target.high)).mean()) if len(column) else float("nan")
            found.append({"measure": target.measure, "band": (target.low, target.high), "median": float(median),
                          "low": float(low), "high": float(high), "inside": inside})  # fmt: skip
        return found

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the posterior, for `parley.run` and `parley.compare`."""
        return self.posterior.write(path)

    def __str__(self) -> str:
        ends = self.posterior.quantile(0.05), self.posterior.quantile(0.5), self.posterior.quantile(0.95)
        width = max(len(key) for key in self.prior)
        lines = [f"{'':<{width}}  {'prior':>17}  {'5 %':>9}  {'median':>9}  {'95 %':>9}"]
        for k, axis in enumerate(self.prior.values()):
            lines.append(f"{axis.key:<{width}}  {f'{axis.low:.3g} to {axis.high:.3g}':>17}  "
                         + "  ".join(f"{end[k]:>9.4g}" for end in ends))  # fmt: skip
        lines.append(f"{len(self.posterior)} draws, worth {self.posterior.effective_size:.0f}; distance "
                     f"{self.distances[0]:.2g} → {self.distances[-1]:.2g} in {len(self.distances)} populations, "
                     f"{self.evaluations:,} particles tried")  # fmt: skip
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<parley.Calibration {self.study.place}: {', '.join(self.prior)} to {len(self.targets)} targets>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(repr(self))}</p><pre>{escape(str(self))}</pre>"


def calibrate(
    place: str | os.PathLike[str] | Study,
    keys: Sequence[str] | Mapping[str, tuple[float, float]] | Space,
    targets: Mapping[str, tuple[float, float]] | Sequence[str | Target],
    *,
    mode: str | None = None,
    years: int | None = None,
    burn_in: int | None = None,
    replicates: int | None = None,
    set: Mapping[str, Any] | Sequence[str] | None = None,
    particles: int = 200,
    populations: int = 6,
    seed: int = 1,
    threads: int = 0,
) -> Calibration:
    """Find the values of some parameters with which a place shows what is known of it.

    Parameters
    ----------
    place
        Name or file of a place, or a `Study` of one mode as it is: mode, years, burn_in, replicates and set are then its own.
    keys
        Parameters to calibrate, each over its range in the table, or a mapping from key to (low, high) within it.
    targets
        Bands by measure, ``{"success_over_accepted": (78, 90)}``, or ids of the pattern table, ``["T16", "T25"]``.
    replicates
        Of each particle; their mean is compared. More of them weigh parameters against less chance.
    particles
        Accepted in each population.
    populations
        At most; it ends before where the distance is below what the bands ask for.
    seed
        The same seed gives the same posterior, for any number of threads.

    Raises
    ------
    ValueError
        An unknown key, a band upside down.
    WrongValue
        An unknown measure or pattern, with the nearest name.
    WrongType
        A study was given together with what it says itself.
    ScenarioError
        The place cannot be run.
    MissingExtra
        pyABC is not installed: ``pip install 'parley[calibrate]'``.
    """
    pyabc = need("pyabc", "a calibration", CALIBRATE)
    prior = keys if isinstance(keys, Space) else space(keys)
    wanted = targets_of(targets)
    if not len(prior) or not wanted:
        raise ValueError("a calibration needs a parameter and a target at least")
    for axis in prior.values():
        if axis.whole or axis.low == axis.high:
            raise ValueError(f"{axis.key} cannot be calibrated: only numbers with a continuous range can")
    asked: dict[str, Any] = dict(mode=mode, years=years, burn_in=burn_in, replicates=replicates, set=set)
    if isinstance(place, _parley.Study):
        given = [name for name, value in asked.items() if value is not None]
        if given:
            raise WrongType(
                f"calibrate() was given a study that is already read; give {', '.join(given)} to parley.study()"
            )
        study = place
    else:
        study = scenario.single(place, **asked)
    # Ends of the prior that cannot be run are told now, not in the middle.
    corners = np.array([[axis.low for axis in prior.values()], [axis.high for axis in prior.values()]])
    _parley.check_points(study, list(prior), points(corners, list(prior)).points)

    def model(particle: Mapping[str, float]) -> dict[str, float]:
        row = np.array([particle[_plain(key)] for key in prior])
        luck = study.with_seed(int(np.random.randint(2**31)))
        found = _statistics(luck, tuple(prior), row, wanted, threads)
        return {str(k): float(value) for k, value in enumerate(found)}

    def distance(x: Mapping[str, float], _: Mapping[str, float]) -> float:
        squares = [((x[str(k)] - target.middle) / target.half) ** 2 for k, target in enumerate(wanted)]
        worst = 1e6  # of a measure that is not defined: nothing happened there
        return math.sqrt(sum(value if math.isfinite(value) else worst for value in squares) / len(wanted))

    flat = pyabc.Distribution(**{
        _plain(axis.key): pyabc.RV("uniform", axis.low, axis.high - axis.low) for axis in prior.values()
    })  # fmt: skip
    before = np.random.get_state()
    np.random.seed(seed)
    try:
        with tempfile.TemporaryDirectory() as folder, _quiet():
            search = pyabc.ABCSMC(model, flat, distance, population_size=particles,
                                  sampler=pyabc.sampler.SingleCoreSampler())  # fmt: skip
            search.new(f"sqlite:///{Path(folder) / 'particles.db'}", {str(k): t.middle for k, t in enumerate(wanted)})
            # A particle inside every band has a distance below one over the square root of three on average.
            history = search.run(minimum_epsilon=1 / math.sqrt(3), max_nr_populations=populations)
            frame, weights = history.get_distribution()
            table = history.get_all_populations()
            draws = frame[[_plain(key) for key in prior]].to_numpy(dtype=np.float64)
            distances = [float(value) for value in table["epsilon"][1:]]
            evaluations = int(table["samples"].sum())
            search = history = None  # the database is closed before its folder goes
    finally:
        np.random.set_state(before)
    settings = {
        "place": study.place, "years": study.years, "replicates": study.replicates, "seed": seed,
        "targets": {target.measure: [target.low, target.high] for target in wanted}, "distances": distances,
    }  # fmt: skip
    return Calibration(study, Posterior(tuple(prior), draws, np.asarray(weights), settings), prior, wanted, distances,
                       evaluations)  # fmt: skip


def _plain(key: str) -> str:
    """A key as pyABC's database takes it."""
    return key.replace(".", "__")


def _statistics(
    study: Study, keys: tuple[str, ...], row: np.ndarray, targets: list[Target], threads: int
) -> np.ndarray:
    """Mean over replicates of each target's measure at one point."""
    from parley.analysis.sweep_results import SweepResults

    values, interrupted = _parley.run_points(study, list(keys), row[None, :], 0, study.replicates, threads=threads)
    if interrupted:
        raise KeyboardInterrupt
    found: SweepResults = SweepResults.in_memory(study, points(row[None, :], keys), values)
    return np.array([_mean(found.measure(target.measure)) for target in targets])


def _mean(values: np.ndarray) -> float:
    defined = values[np.isfinite(values)]
    return float(defined.mean()) if len(defined) else float("nan")


def _quiet():
    """pyABC tells its progress in a log."""
    import contextlib
    import logging

    @contextlib.contextmanager
    def hushed():
        log = logging.getLogger("ABC")
        level = log.level
        log.setLevel(logging.ERROR)
        try:
            yield
        finally:
            log.setLevel(level)

    return hushed()
