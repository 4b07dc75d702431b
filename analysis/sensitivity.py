"""Which numbers an answer depends on. Pure functions of a design and of what its points came to.

Replicates have the same luck at every point, so a measure's mean over them is a function of the point alone, and the
methods for deterministic models apply to it. SALib (Herman and Usher 2017) computes the indices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.compare import estimate
from parley.analysis.design import Design
from parley.analysis.measures import mean_of_finite
from parley.errors import need

if TYPE_CHECKING:
    import pandas

LEVEL = 0.95
RESAMPLES = 200


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity:
    """Indices of every key of a design, with 95 % intervals."""

    method: str
    keys: tuple[str, ...]
    indices: Mapping[str, np.ndarray]
    """By name of the index, one number per key."""
    low: Mapping[str, np.ndarray]
    high: Mapping[str, np.ndarray]
    """Ends of the intervals; only of the indices that have one."""
    main: str
    """The index by which keys are ranked."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""

    def ranking(self) -> list[str]:
        """Keys, the most influential first."""
        return [self.keys[k] for k in np.argsort(-np.abs(self.indices[self.main]), kind="stable")]

    def to_pandas(self) -> pandas.DataFrame:
        """One row per key; ``NAME_low`` and ``NAME_high`` beside the indices that have an interval."""
        pandas = need("pandas", "sensitivity as a table")
        columns: dict[str, np.ndarray] = {}
        for name, values in self.indices.items():
            columns[name] = values
            if name in self.low:
                columns[f"{name}_low"], columns[f"{name}_high"] = self.low[name], self.high[name]
        return pandas.DataFrame(columns, index=pandas.Index(self.keys, name="key"))

    def __str__(self) -> str:
        head = ["", *self.indices]
        rows = [head]
        for key in self.ranking():
            k = self.keys.index(key)
            cells = []
            for name, values in self.indices.items():
                text = f"{values[k]:.3g}"
                if name in self.low:
                    text += f" ({self.low[name][k]:.3g} to {self.high[name][k]:.3g})"
                cells.append(text)
            rows.append([key, *cells])
        widths = [max(len(row[c]) for row in rows) for c in range(len(head))]
        lines = [
            "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
            for row in rows
        ]
        return "\n".join([*lines, *([self.note] if self.note else [])])

    def __repr__(self) -> str:
        return f"<parley.Sensitivity {self.method}: {', '.join(self.ranking()[:3])} matter most, of {len(self.keys)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(self.method)}</p><pre>{escape(str(self))}</pre>"


# ---- the methods ------------------------------------------------------------------------------------------------------


def morris(design: Design, values: np.ndarray, seed: int = 1) -> Sensitivity:
    """Elementary effects (Morris 1991; Campolongo, Cariboni and Saltelli 2007).

    ``mu_star`` is the mean size of the effect of crossing a key's whole range, in the unit of the measure; ``mu`` its mean
    with sign; ``sigma`` its standard deviation, which tells of thresholds and interplay.

    Parameters
    ----------
    values
        Of shape (points, replicates) or (points,).

    Raises
    ------
    ValueError
        The design is not one of `parley.design.morris`, or values are missing or all alike.
    """
    outcome = _outcome(design, values, ("morris",))
    analyze = need("SALib.analyze.morris", "Morris's method", "sweep").analyze
    found = analyze(design.space.problem, design.unit, outcome, num_levels=design.settings["levels"],
                    num_resamples=RESAMPLES, conf_level=LEVEL, seed=seed)  # fmt: skip
    star, half = _array(found["mu_star"]), _array(found["mu_star_conf"])
    return Sensitivity("morris", design.keys, {"mu_star": star, "mu": _array(found["mu"]), "sigma": _array(found["sigma"])},
                       {"mu_star": np.maximum(star - half, 0)}, {"mu_star": star + half}, "mu_star",
                       dict(design.settings))  # fmt: skip


def sobol(design: Design, values: np.ndarray, seed: int = 1) -> Sensitivity:
    """Sobol' indices (Saltelli 2002): ``first``, the share of variance that a key explains alone, and ``total``, the share
    that would be left if all others were known. With the design's second order also in `settings["second"]`, a matrix over
    pairs of keys.

    Parameters and errors are those of `morris`; the design is one of `parley.design.saltelli`.
    """
    outcome = _outcome(design, values, ("saltelli",))
    analyze = need("SALib.analyze.sobol", "Sobol' indices", "sweep").analyze
    second = bool(design.settings["second_order"])
    found = analyze(design.space.problem, outcome, calc_second_order=second, num_resamples=RESAMPLES, conf_level=LEVEL,
                    seed=seed)  # fmt: skip
    first, total = _array(found["S1"]), _array(found["ST"])
    settings: dict[str, Any] = dict(design.settings)
    if second:
        settings["second"] = _array(found["S2"])
    low = {"first": first - found["S1_conf"], "total": total - found["ST_conf"]}
    high = {"first": first + found["S1_conf"], "total": total + found["ST_conf"]}
    return Sensitivity("sobol", design.keys, {"first": first, "total": total}, low, high, "total", settings)


def pawn(design: Design, values: np.ndarray, slices: int = 10, seed: int = 1) -> Sensitivity:
    """PAWN (Pianosi and Wagener 2018): how far the distribution of outcomes moves when a key is known, as the median over
    slices of its range of the Kolmogorov–Smirnov distance, 0 to 1. Any design will do. What a number without any influence
    would show is in the note.
    """
    outcome = _outcome(design, values)
    analyze = need("SALib.analyze.pawn", "PAWN", "sweep").analyze
    random = np.random.default_rng(seed)
    slices = max(2, min(slices, len(outcome) // 5))

    def medians(unit: np.ndarray, of: np.ndarray) -> np.ndarray:
        names = [str(k) for k in range(unit.shape[1])]
        problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
        return _array(analyze(problem, unit, of, S=slices, seed=seed)["median"])

    found = medians(design.unit, outcome)
    draws = np.array([
        medians(design.unit[chosen], outcome[chosen])
        for chosen in random.integers(len(outcome), size=(RESAMPLES // 2, len(outcome)))
    ])  # fmt: skip
    # Drawing points again widens every distance; the interval is moved by what it is widened on average.
    low, high = np.quantile(draws - (np.median(draws, axis=0) - found), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    nothing = float(np.quantile(medians(random.random((len(outcome), 50)), outcome), LEVEL))
    return Sensitivity("pawn", design.keys, {"median": found}, {"median": np.clip(low, 0, 1)},
                       {"median": np.clip(high, 0, 1)}, "median", {"slices": slices, "nothing": nothing},
                       f"a number without influence stays below {nothing:.2g} in 95 of 100 cases")  # fmt: skip


def delta(design: Design, values: np.ndarray, seed: int = 1) -> Sensitivity:
    """Borgonovo's delta (Plischke, Borgonovo and Smith 2013): the share of the outcome's density that moves when a key is
    known, 0 to 1, and the first-order Sobol' index from the same points. Any design will do."""
    outcome = _outcome(design, values)
    analyze = need("SALib.analyze.delta", "delta", "sweep").analyze
    found = analyze(design.space.problem, design.unit, outcome, num_resamples=RESAMPLES, conf_level=LEVEL, seed=seed)
    name = "delta" if "delta" in found else "delta_balanced"  # as SALib calls it from 1.6 on
    share, first = _array(found[name]), _array(found["S1"])
    half = _array(found[f"{name}_conf"])
    low = {"delta": share - half, "first": first - found["S1_conf"]}
    high = {"delta": share + half, "first": first + found["S1_conf"]}
    return Sensitivity("delta", design.keys, {"delta": share, "first": first}, low, high, "delta")


def tornado(design: Design, values: np.ndarray) -> Sensitivity:
    """What each end of each key changes beside the middle point, all else equal: ``at_low`` and ``at_high`` with paired
    t-intervals over replicates. The design is one of `parley.design.tornado`."""
    _outcome(design, values, ("tornado",))
    table = np.asarray(values, dtype=np.float64).reshape(len(design), -1)
    effects = table[1:] - table[0]
    found = [estimate(row) for row in effects]
    parts = {name: np.array([getattr(one, name) for one in found]) for name in ("mean", "low", "high")}
    ends = {"at_low": slice(0, None, 2), "at_high": slice(1, None, 2)}
    indices = {name: parts["mean"][part] for name, part in ends.items()}
    indices["swing"] = np.abs(indices["at_high"] - indices["at_low"])
    return Sensitivity("tornado", design.keys, indices, {n: parts["low"][p] for n, p in ends.items()},
                       {n: parts["high"][p] for n, p in ends.items()}, "swing")  # fmt: skip


METHODS: dict[str, Callable[..., Sensitivity]] = {
    "morris": morris, "sobol": sobol, "pawn": pawn, "delta": delta, "tornado": tornado,
}  # fmt: skip


def _array(values: Any) -> np.ndarray:
    return np.asarray(np.ma.filled(values, np.nan), dtype=np.float64)


def _outcome(design: Design, values: np.ndarray, kinds: tuple[str, ...] = ()) -> np.ndarray:
    """Means over replicates, one per point, checked."""
    if kinds and design.kind not in kinds:
        raise ValueError(f"this method needs a design of parley.design.{kinds[0]}, not one of {design.kind}")
    table = np.asarray(values, dtype=np.float64)
    if table.ndim not in (1, 2) or len(table) != len(design):
        raise ValueError(
            f"values must have the shape (points, replicates) with {len(design)} points, not {table.shape}"
        )
    outcome = table if table.ndim == 1 else _means(table)
    missing = np.flatnonzero(~np.isfinite(outcome))
    if len(missing):
        shown = ", ".join(map(str, missing[:5])) + (", …" if len(missing) > 5 else "")
        raise ValueError(f"the measure is not defined at {len(missing)} of {len(outcome)} points ({shown}): "
                         "take more replicates or a longer run")  # fmt: skip
    if np.ptp(outcome) == 0:
        raise ValueError("the measure is the same at every point: nothing of the design moves it")
    return outcome


def _means(table: np.ndarray) -> np.ndarray:
    """Over the replicates in which the measure is defined at all points: only they are common luck."""
    whole = np.isfinite(table).all(axis=0)
    if whole.any():
        return table[:, whole].mean(axis=1)
    return mean_of_finite(table)


# ---- policy, parameter, chance ----------------------------------------------------------------------------------------

FACTORS = ("policy", "parameter", "chance")
JACKKNIFE_GROUPS = 20


@dataclass(frozen=True, eq=False, repr=False)
class VarianceSplit:
    """Where the variance of a measure comes from; shares of the whole, which add up to one."""

    shares: Mapping[str, float]
    """``policy``, ``parameter``, ``chance`` and their interplay, ``policy × parameter`` and so on."""
    low: Mapping[str, float]
    high: Mapping[str, float]
    variance: float
    """The whole, in squared units of the measure."""

    def __str__(self) -> str:
        width = max(len(name) for name in self.shares)
        return "\n".join(
            f"{name:<{width}}  {share:6.1%}  ({self.low[name]:.1%} to {self.high[name]:.1%})"
            for name, share in self.shares.items()
        )

    def __repr__(self) -> str:
        return "<parley.VarianceSplit: " + ", ".join(f"{name} {share:.0%}" for name, share in self.shares.items()) + ">"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def variance_split(values: np.ndarray) -> VarianceSplit:
    """Split the variance of a measure into policy, parameter and chance.

    Every policy meets every point with every luck, so the table is a crossed classification with one value in each cell.
    With mean squares MS of its analysis of variance and n levels of the factors left out of a term, the component of a
    term is the signed sum of the mean squares of all terms that contain it, over n (Searle, Casella and McCulloch 1992,
    chapter 4); for policy σ² = (MS_policy − MS_policy×parameter − MS_policy×chance + MS_all) / (points × replicates).
    Negative estimates, which mean nothing, count as none. Intervals are by a jackknife over groups of points and of
    replicates.

    Parameters
    ----------
    values
        Shape (policies, points, replicates), without gaps. An axis of length one leaves its factor out.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 3:
        raise ValueError(f"values must have the shape (policies, points, replicates), not {table.shape}")
    gaps = int((~np.isfinite(table)).sum())
    if gaps:
        raise ValueError(
            f"{gaps} of {table.size} runs have no value of the measure: take a longer run or another measure"
        )
    components = _components(table)
    total = sum(components.values())
    if total == 0:
        raise ValueError("the measure is the same in every run")
    shares = {name: value / total for name, value in components.items()}
    variance = {name: 0.0 for name in shares}
    for axis in (1, 2):
        groups = np.array_split(np.arange(table.shape[axis]), min(JACKKNIFE_GROUPS, table.shape[axis]))
        if len(groups) < 3:
            continue
        drawn = []
        for group in groups:
            part = _components(np.delete(table, group, axis=axis))
            whole = sum(part.values())
            drawn.append({name: part.get(name, 0.0) / whole if whole else 0.0 for name in shares})
        for name in shares:
            column = np.array([one[name] for one in drawn])
            variance[name] += float((len(groups) - 1) / len(groups) * ((column - column.mean()) ** 2).sum())
    z = 1.959963984540054  # of the normal distribution at 97.5 %
    low = {name: max(0.0, share - z * variance[name] ** 0.5) for name, share in shares.items()}
    high = {name: min(1.0, share + z * variance[name] ** 0.5) for name, share in shares.items()}
    return VarianceSplit(shares, low, high, total)


def _components(table: np.ndarray) -> dict[str, float]:
    """Variance components of a crossed table, none below zero."""
    from itertools import combinations

    present = [axis for axis in range(3) if table.shape[axis] > 1]
    terms = [term for size in range(1, len(present) + 1) for term in combinations(present, size)]
    squares: dict[tuple[int, ...], float] = {}
    effects: dict[tuple[int, ...], np.ndarray] = {(): table.mean(keepdims=True)}
    for term in terms:
        others = tuple(axis for axis in range(3) if axis not in term)
        mean = table.mean(axis=others, keepdims=True)
        effect = mean - sum(effects[inner] for inner in effects if set(inner) < set(term))
        effects[term] = effect
        freedom = np.prod([table.shape[axis] - 1 for axis in term])
        repeats = np.prod([table.shape[axis] for axis in others])
        squares[term] = float(repeats * (effect**2).sum() / freedom)
    found = {}
    for term in terms:
        repeats = float(np.prod([table.shape[axis] for axis in range(3) if axis not in term]))
        signed = sum((-1) ** (len(outer) - len(term)) * squares[outer] for outer in terms if set(term) <= set(outer))
        found[" × ".join(FACTORS[axis] for axis in term)] = max(0.0, signed / repeats)
    return found
