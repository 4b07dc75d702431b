"""Does the best welfare lie strictly between a government that stands in front and one that cedes everything (domain 2.5)?

Authority, the public share of the money and proximity span a grid; every draw of weights over the components of welfare
has a best point in it. The answer is the share of weights whose best point is inside (the acceptability of the inside, as
in SMAA: Lahdelma and Salminen 2001), with an interval over replicates, beside what scattered labels would give: in a
grid of five values on three axes 27 of 125 points are inside anyhow.

Components are made comparable by their swing: the gain over the baseline, divided by the range from the worst to the best
point's mean. A weight then says what that range is worth against the range of another component (Keeney and Raiffa 1976;
Fischer 1995: weights have to depend on the range). The range of a component that the levers do not move is made by chance
alone and would be blown up to the size of a real one, with its best point anywhere; such a component gets no weight.

What the leading point changes is cross-fitted: for each replicate the leader is chosen by all others, so that no point is
praised for the luck that made it lead, and the interval over replicates is a t-interval. Intervals of shares are percentiles
of resampled replicates, taken further out where replicates are few (Hesterberg 2015); under twenty they are rough all the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis import design
from parley.analysis.compare import estimate
from parley.analysis.guard import nearest
from parley.analysis.texts import aligned, counted, shown, signed
from parley.analysis.welfare import COMPONENTS, components, draw_weights
from parley.errors import WrongValue, need

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.interior_draws import InteriorDraws
    from parley.progress import Listener

AXES = ("authority", "public_funding_share", "proximity")
OTHER_FUNDERS = ("insurer_funding_share", "hospital_funding_share")
EVERY, SOME, POLES, LINE = "on every axis", "on some axis", "at neither pole", "on the line between the poles"
RELIABLE = 0.5
"""Share of the variance of the points' means that has to be theirs and not chance's."""
TIE = 1e-9
"""Scores that differ by less, in swings, are equal: points that share a best score share its weight."""
LIMITS = (0.025, 0.975)
ENOUGH_REPLICATES = 20
"""Under which intervals over replicates are rough."""
LEADERS = 5
MOST_LEVELS = 21
CHANCE = 0.05


# ---- comparable numbers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Swing:
    """How far a component goes over the points: what its gains are divided by."""

    component: str
    low: float
    high: float
    """Lowest and highest mean over replicates among the points, in the component's unit."""
    reliability: float
    """1 − variance by chance / variance of the points' means (two-way intraclass correlation of means, Shrout and Fleiss
    1979); NaN with one replicate, or where nothing varies."""

    @property
    def width(self) -> float:
        return self.high - self.low

    @property
    def left_out(self) -> str:
        """Why it has no weight; empty where it has."""
        if self.width == 0:
            return "the same everywhere"
        return "mostly chance" if self.reliability < RELIABLE else ""


def swings(values: Mapping[str, np.ndarray]) -> dict[str, Swing]:
    """The swing of each component, from arrays of shape (points, replicates).

    Raises
    ------
    KeyError
        A name is that of no component.
    ValueError
        The arrays have different shapes, or hold what is not a finite number.
    """
    shapes = {np.shape(table) for table in values.values()}
    if len(shapes) != 1 or len(next(iter(shapes))) != 2:
        raise ValueError(f"components must all have one shape (points, replicates), not {sorted(shapes)}")
    found = {}
    for name, given in values.items():
        if name not in COMPONENTS:
            raise KeyError(f"there is no component {name!r}{nearest(name, list(COMPONENTS))}")
        table = np.asarray(given, dtype=np.float64)
        if not np.isfinite(table).all():
            raise ValueError(f"{name} is not a finite number in {int((~np.isfinite(table)).sum())} runs")
        means = table.mean(axis=1)
        found[name] = Swing(name, float(means.min()), float(means.max()), _reliability(table))
    return found


def _reliability(table: np.ndarray) -> float:
    points, replicates = table.shape
    means = table.mean(axis=1)
    if points < 2 or replicates < 2 or np.ptp(means) == 0:
        return float("nan")
    rest = table - means[:, None] - table.mean(axis=0) + table.mean()
    by_chance = float((rest**2).sum()) / ((points - 1) * (replicates - 1))
    return float(max(0.0, 1 - by_chance / (replicates * means.var(ddof=1))))


# ---- the answer -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """Weights whose best point lies inside in one sense, against points whose labels were shuffled."""

    where: str
    inside: int
    points: int
    """Points inside in this sense, of those that were looked at."""
    share: float
    low: float
    high: float
    """Of the weights, with its 95 % interval over replicates (expanded percentiles)."""
    control: float
    control_low: float
    control_high: float
    """The same over shuffled labels: mean and 2.5 and 97.5 % quantiles."""
    p: float
    """Shuffled labels that are as far out on the same side, doubled (Phipson and Smyth 2010: (b + 1) / (m + 1))."""

    @property
    def geometry(self) -> float:
        """What the control comes to: points inside over all."""
        return self.inside / self.points

    @property
    def difference(self) -> tuple[float, float, float]:
        """Share less geometry, with its interval over replicates; geometry is known exactly."""
        return self.share - self.geometry, self.low - self.geometry, self.high - self.geometry


@dataclass(frozen=True, eq=False, repr=False)
class InteriorOptimum:
    """Where the best point of a grid lies, over draws of welfare weights."""

    axes: tuple[str, ...]
    grid: np.ndarray
    """Shape (points, axes)."""
    replicates: int
    weights: int
    """Draws of weights."""
    nested: bool
    seed: int
    swings: dict[str, Swing]
    shares: dict[str, Share]
    """By what is meant by inside: on every axis, on each by its name, on some axis, at neither pole, on the line."""
    acceptability: np.ndarray
    """Share of weights under which each point is best, shape (points,); ties are shared."""
    own_best: dict[str, int]
    """Each component's own best point, were it the only one that counted."""
    effects: dict[str, tuple[float, float, float]]
    """Leading point minus baseline, in each component's unit: mean and 95 % t-interval over replicates, for each of which the
    leader is that of all others; without a baseline, empty."""
    baseline: dict[str, float]
    """Means under the baseline."""

    drawn: InteriorDraws | None = None
    """The same over joint draws of all that is uncertain, where they were asked for."""

    @property
    def leaders(self) -> list[int]:
        """Points that are best most often, the first ones first."""
        return leading(self.acceptability)

    def sentence(self) -> str:
        """The answer, and what bears on it."""
        told = f"{self._answer()} {self._rests_on()}"
        return told if self.drawn is None else f"{told} {self.drawn.sentence()}"

    def _rests_on(self) -> str:
        few = (
            f"{counted(self.replicates, 'replicate')} of each point: fewer than {ENOUGH_REPLICATES}, "
            "so intervals over replicates are rough."
        )
        return few if self.replicates < ENOUGH_REPLICATES else f"{self.replicates} replicates of each point."

    def _answer(self) -> str:
        s = self.shares[EVERY]
        apart = s.p < CHANCE and (s.low > s.geometry or s.high < s.geometry)
        word = ("more" if s.share > s.geometry else "less") + " often than" if apart else "not told apart from what"
        parts = f"{sum(not swing.left_out for swing in self.swings.values())} of {len(self.swings)} components"
        return (f"The best point lies strictly between the ends of every axis under {percent(s.share)} of {self.weights:,} draws of weights "
                f"over {parts} ({_span(s.low, s.high)} over replicates): {word} shuffled labels give ({s.inside} of {s.points} points, {percent(s.geometry)}; p = {s.p:.2g}).")  # fmt: skip

    def share_table(self) -> list[list[str]]:
        cells = [["strictly between", "points", "weights", "95 %", "shuffled", "95 %", "difference", "p"]]
        for s in self.shares.values():
            gap, low, high = (percent(value, "+") for value in s.difference)
            cells.append([s.where, f"{s.inside} of {s.points}", percent(s.share), _span(s.low, s.high), percent(s.control),
                          _span(s.control_low, s.control_high), f"{gap} ({low} to {high})", f"{s.p:.2g}"])  # fmt: skip
        return cells

    def leader_table(self) -> list[list[str]]:
        return points_table(self.axes, self.grid, self.acceptability, "weights")

    def component_table(self) -> list[list[str]]:
        heads = ["component", "unit", "baseline", "over the grid", "not chance", "best by itself at"]
        cells = [[*heads, "leading point − baseline"] if self.effects else heads]
        for name, s in self.swings.items():
            of, own = COMPONENTS[name], "/".join(map("{:g}".format, self.grid[self.own_best[name]]))
            row = [of.label, of.unit, shown(self.baseline.get(name, np.nan)), f"{shown(s.low)} to {shown(s.high)}",
                   percent(s.reliability), f"no weight: {s.left_out}" if s.left_out else own]  # fmt: skip
            if self.effects:
                mean, low, high = self.effects[name]
                row.append(f"{signed(mean)} ({shown(low)} to {shown(high)})")
            cells.append(row)
        return cells

    def __str__(self) -> str:
        return "\n".join([
            self.sentence(), "", *aligned(self.share_table()), "", "best most often", *aligned(self.leader_table(), left=0), "",
            *aligned(self.component_table(), left=2), *([] if self.drawn is None else ["", str(self.drawn)]),
        ])  # fmt: skip

    def __repr__(self) -> str:
        return f"<parley.InteriorOptimum: inside under {self.shares[EVERY].share:.0%} of {self.weights} weights, {len(self.grid)} points>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def interior_optimum(
    values: Mapping[str, np.ndarray], grid: np.ndarray, axes: Sequence[str] = AXES, *,
    baseline: Mapping[str, np.ndarray] | None = None, weights: int = 2000, nested: bool = True, seed: int = 1,
    resamples: int = 999, shuffles: int = 9999,
) -> InteriorOptimum:  # fmt: skip
    """Where the best point of a grid lies, over draws of weights, replicates and labels.

    Swings are those of all replicates and stay fixed while replicates are drawn again: a weight means the same in each
    resample. Shuffling labels, which carries the components of a point to another one together, leaves the best under each
    draw of weights what it was and moves it to a place drawn evenly: so the shares are shuffled, not computed anew.

    Parameters
    ----------
    values
        Components by name in their own units, shape (points, replicates); the same replicate has the same luck.
    grid
        Shape (points, axes); the ends of an axis are its lowest and highest value here.
    baseline
        Components of the baseline on the same luck, shape (replicates,). It moves no optimum; what the leading point changes is
        told against it.
    weights, nested, seed
        As in `parley.analysis.welfare.draw_weights`.
    resamples, shuffles
        Of replicates, and of labels.

    Raises
    ------
    KeyError
        A name is that of no component.
    ValueError
        An axis has fewer than three values, shapes do not agree, a number is not finite, or nothing differs but by chance.
    """
    grid = np.asarray(grid, dtype=np.float64)
    over = swings(values)
    points, replicates = np.shape(next(iter(values.values())))
    if grid.shape != (points, len(axes)):
        raise ValueError(f"the grid must have the shape ({points}, {len(axes)}), not {grid.shape}")
    if baseline is not None and baseline.keys() != values.keys():
        raise ValueError("the baseline must have the components of the grid")
    counted = [name for name, swing in over.items() if not swing.left_out]
    drawn = draw_weights(counted, weights, seed, nested)
    gains = np.stack([COMPONENTS[n].sign * np.asarray(values[n]) / over[n].width for n in counted], axis=-1)
    means = gains.mean(axis=1)
    picks = np.random.default_rng([seed, 1]).integers(replicates, size=(resamples if replicates > 1 else 0, replicates))
    resampled = [gains[:, pick].mean(axis=1) for pick in picks]
    chance = np.random.default_rng([seed, 2])
    whole: tuple[np.ndarray, np.ndarray] | None = None
    shares = {}
    for where, (looked_at, inside) in senses(grid, axes).items():
        if whole is None or not looked_at.all():  # all points are looked at first
            best = accepted(means[looked_at], drawn)
            again = np.array([accepted(one[looked_at], drawn) for one in resampled]).reshape(-1, len(best))
            whole = whole or (best, again)
        else:
            best, again = whole
        shares[where] = _share(where, inside[looked_at], best, again, replicates, chance, shuffles)
    assert whole is not None
    effects = {}
    if baseline:
        leaders = _leaders_of_others(gains, drawn)
        for name, base in baseline.items():
            found = estimate(np.asarray(values[name])[leaders, np.arange(replicates)] - np.asarray(base))
            effects[name] = (found.mean, found.low, found.high)
    own = {n: int(np.argmax(COMPONENTS[n].sign * np.asarray(table).mean(axis=1))) for n, table in values.items()}
    return InteriorOptimum(tuple(axes), grid, replicates, weights, nested, seed, over, shares, whole[0], own, effects,
                           {name: float(np.mean(base)) for name, base in (baseline or {}).items()})  # fmt: skip


def leading(acceptability: np.ndarray) -> list[int]:
    """Points that are best most often, the first ones first."""
    order = np.argsort(-acceptability, kind="stable")[:LEADERS]
    return [int(point) for point in order if acceptability[point] > 0]


def points_table(axes: Sequence[str], grid: np.ndarray, acceptability: np.ndarray, of: str) -> list[list[str]]:
    """The leading points, each with its share of what `of` says."""
    return [[*axes, of], *([*map("{:g}".format, grid[k]), percent(acceptability[k])] for k in leading(acceptability))]


def _leaders_of_others(gains: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """For each replicate the point that leads over all others, shape (replicates,), from gains in swings of shape (points, replicates,
    components); of one replicate alone its own leader."""
    count = gains.shape[1]
    if count == 1:
        return np.array([int(np.argmax(accepted(gains[:, 0], weights)))])
    others = (gains.sum(axis=1, keepdims=True) - gains) / (count - 1)
    return np.array([int(np.argmax(accepted(others[:, r], weights))) for r in range(count)])


def accepted(means: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of weights under which each point is best, from gains in swings of shape (points, components) and weights of
    shape (draws, components); points that tie share a weight."""
    scores = weights @ means.T
    tied = scores >= scores.max(axis=1, keepdims=True) - TIE
    return np.asarray((tied / tied.sum(axis=1, keepdims=True)).mean(axis=0))


def senses(grid: np.ndarray, axes: Sequence[str] = AXES) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """What may be meant by inside: points that are looked at, and which of them are inside, both of shape (points,).

    The poles are the points at the high end and at the low end of every axis: front line and ceded. Of the line between
    them those points are looked at that lie equally far on every axis; with fewer than three it is left out.
    """
    low, high = grid.min(axis=0), grid.max(axis=0)
    for k, axis in enumerate(axes):
        if len(np.unique(grid[:, k])) < 3:
            raise ValueError(f"{axis} has fewer than three values in the grid: nothing lies between its ends")
    between = (grid > low) & (grid < high)
    poles = (grid == low).all(axis=1) | (grid == high).all(axis=1)
    far = (grid - low) / (high - low)
    line, everywhere = np.ptp(far, axis=1) < TIE, np.ones(len(grid), dtype=bool)
    found = {EVERY: (everywhere, between.all(axis=1))}
    found |= {axis: (everywhere, between[:, k]) for k, axis in enumerate(axes)}
    found |= {SOME: (everywhere, between.any(axis=1)), POLES: (everywhere, ~poles)}
    return found | ({LINE: (line, ~poles)} if (line & ~poles).any() else {})


def _share(where: str, inside: np.ndarray, best: np.ndarray, again: np.ndarray, replicates: int,
           chance: np.random.Generator, shuffles: int) -> Share:  # fmt: skip
    share = float(best @ inside)
    control = np.array([best @ chance.permutation(inside) for _ in range(shuffles)])
    above, below = int((control >= share - TIE).sum()), int((control <= share + TIE).sum())
    p = min(1.0, 2 * (min(above, below) + 1) / (shuffles + 1))
    limits, control_limits = _limits(again @ inside, _expanded(replicates)), _limits(control)
    return Share(where, int(inside.sum()), len(inside), share, *limits, float(control.mean()), *control_limits, p)


def _limits(values: np.ndarray, at: tuple[float, float] = LIMITS) -> tuple[float, float]:
    if len(values) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(values, at)
    return float(low), float(high)


def _expanded(replicates: int) -> tuple[float, float]:
    """At which shares of the resamples an interval ends that is to hold 95 % with so few replicates: as far out as a t-interval with the
    unbiased variance would be (Hesterberg 2015)."""
    if replicates < 2:
        return LIMITS
    special = need("scipy.special", "an interval")
    far = np.sqrt(replicates / (replicates - 1)) * special.stdtrit(replicates - 1, LIMITS[1])
    low = float(special.ndtr(-far))
    return low, 1 - low


def percent(value: float, sign: str = "") -> str:
    """A share as the tables of this analysis show it, in whole percent."""
    return f"{100 * round(value, 2) + 0.0:{sign}.0f} %".replace("-", "−") if np.isfinite(value) else "–"


def _span(low: float, high: float) -> str:
    return f"{percent(low).removesuffix(' %')} to {percent(high)}" if np.isfinite(low) else "–"


# ---- a place ----------------------------------------------------------------------------------------------------------


def lever_grid(study: Study, levels: int = 5) -> design.Design:
    """Authority, public share and proximity over their whole ranges, every combination of evenly spaced values.

    What public budgets leave, insurers and hospitals pay in the proportion that is customary in the place (equally where neither
    does): the axis is who pays, not how much there is.
    """
    if not 3 <= levels <= MOST_LEVELS:
        raise WrongValue(
            f"levels must be a whole number from 3 to {MOST_LEVELS}, not {levels}: nothing lies between two ends, and the grid has levels³ points"
        )
    customary = [float(row["value"]) for name in OTHER_FUNDERS for row in study._describe() if row["address"] == name]
    split = np.array(customary) / sum(customary) if sum(customary) > 0 else np.full(len(customary), 1 / len(customary))
    over = design.space(AXES)
    main = design.grid({axis.key: np.linspace(axis.low, axis.high, levels).tolist() for axis in over.values()})
    rest = 1 - main.points[:, [AXES.index("public_funding_share")]]
    return design.points(np.hstack([main.points, rest * split]), [*AXES, *OTHER_FUNDERS])


def interior(
    place: str | os.PathLike[str], *, mode: str | None = None, levels: int = 5, weights: int = 2000, replicates: int = 20,
    years: int | None = None, burn_in: int | None = None, seed: int | None = None,
    draws: int = 0, draw_levels: int = 3, draw_years: int | None = None, draw_replicates: int = 2,
    set: Mapping[str, Any] | Sequence[str] | None = None, path: str | os.PathLike[str] | None = None, force: bool = False,
    executor: Any = None, threads: int = 0, progress: bool | Listener | None = None,
) -> InteriorOptimum:  # fmt: skip
    """Run a place over the grid of authority, public share and proximity, and see where the best welfare lies.

    Parameters
    ----------
    place
        Name or file of a place, or of a study, whose place is taken.
    mode
        On top of which the levers are set, and the baseline; the status quo where none is given.
    levels
        Values on each axis, ends included: levels³ points.
    draws, draw_levels, draw_years, draw_replicates
        Joint draws of all uncertain parameters, each over a grid of draw_levels³ points, every so many of `levels`, and over so
        many years and replicates; 0 leaves them out.
    path
        Keeps the sweep in a file, so that it can be resumed and looked at, and draws in ``NAME_draws.h5`` beside it. The same call again takes
        what is finished.

    The rest is as in `parley.sweep` and `interior_optimum`.

    Raises
    ------
    ScenarioError
        The place or the mode cannot be run.
    ValueError
        Fewer than three levels or more than `MOST_LEVELS`, levels of draws that are not among `levels`, or nothing differs over the
        grid but by chance.
    """
    from parley import scenario, sweeping

    if draws and (draw_levels < 3 or (levels - 1) % (draw_levels - 1)):
        allowed = ", ".join(str(n) for n in range(3, levels + 1) if (levels - 1) % (n - 1) == 0)
        raise WrongValue(
            f"levels of draws must be among those of the grid, so that both can be set beside each other: with {levels} levels {allowed}, not {draw_levels}"
        )
    taken = [text for text in scenario.settings(set) if text.split("=")[0].strip() in (*AXES, *OTHER_FUNDERS)]
    if taken:
        raise WrongValue(f"set {taken[0]}: the grid itself sets {', '.join((*AXES, *OTHER_FUNDERS))}")
    study = scenario.single(place, mode, years=years, burn_in=burn_in, replicates=replicates, seed=seed, set=set)
    policy, how = study.modes[0], {"executor": executor, "threads": threads, "progress": progress}
    points = lever_grid(study, levels)
    found = sweeping.sweep_or_keep(study, points, path, force=force, **how)
    # A point that gives a parameter the value it has: the baseline as it is.
    same = next(row for row in study._describe() if row["kind"] == "parameter" and row["type"] == "float")
    as_it_is = sweeping.sweep(study, design.grid({same["address"]: [same["value"]]}), threads=threads)
    values = components(found, policy)
    baseline = {name: table[0] for name, table in components(as_it_is, policy).items()}
    grid = points.points[:, : len(AXES)]
    answer = interior_optimum(values, grid, AXES, baseline=baseline, weights=weights, seed=study.seed)
    if not draws:
        return answer
    from parley.analysis.interior_draws import interior_draws

    every = np.arange(0, levels, (levels - 1) // (draw_levels - 1))
    coarse = np.ravel_multi_index(np.meshgrid(every, every, every, indexing="ij"), (levels,) * len(AXES)).ravel()
    here = interior_optimum(
        {name: table[coarse] for name, table in values.items()}, grid[coarse], AXES, weights=weights, seed=study.seed
    )
    beside = None if path is None else Path(path).with_name(f"{Path(path).stem}_draws.h5")
    drawn = interior_draws(study, points.points[coarse], points.keys, here, draws,
                           replicates=draw_replicates, years=draw_years, path=beside, **how)  # fmt: skip
    return replace(answer, drawn=drawn)
