"""Does the answer stand when everything uncertain is drawn anew? Joint draws of all parameters that the evidence leaves open.

Each draw is one point of a sweep: both policies on the same luck and the same parameters, so the sign of their difference is
that of the draw. Draws surround the place: half of each parameter's lie below its value there and half above
(`parley.analysis.design.triangular`). Signs are judged among the draws in which the policies differ at all. Where they turn, the
parameters that tell the two sorts of draws apart are named, with the value at which they do, and the box of parameters in which
the sign mostly turns (PRIM, Friedman and Fisher 1999, by the EMA Workbench, Kwakkel 2017).

A draw of few replicates turns a sign by luck as well as by its parameters. How much luck there is shows in how often replicates of
one draw differ in sign; with two replicates or more it is taken out (`share_beyond_luck`), and a verdict goes by what is left.

Where a lever was solved for equal public spending, each draw is brought to equal spending by itself
(`parley.analysis.equal_spending`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import _parley
from parley.analysis.compare import NO_DIFFERENCE, paired, wilson
from parley.analysis.equal_spending import (
    PILOT_DRAWS,
    ROUNDING,
    at_equal_outlay,
    at_equal_spending,
    pilot_values,
    solved_lever,
    values_for_draws,
)
from parley.analysis.measures import mean_of_finite
from parley.analysis.texts import counted, runs_each, years_text
from parley.errors import MissingExtra, need

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.design import Design
    from parley.analysis.load import Results
    from parley.analysis.sweep_results import SweepResults
    from parley.progress import Listener

SURE = 0.90
"""Share of the draws that differ with the same sign, below which the evidence does not decide."""
FEWEST_DRAWS = 50
"""Fewer draws in which two policies differ are too few to judge a sign by."""
FLIPPERS = 2
BOX_CANDIDATES = 12
CHANCE = 0.05
RESAMPLES = 1000
HALVINGS = 30
"""Of the interval in which a correlation is looked for."""
WIDEST = 0.5
"""A share beyond luck whose interval is wider is too open to be told without it."""
FEWEST_FLIPS = 20
"""Fewer draws that turn the sign are too few to say what turns it."""
DENSEST, DENSER = 0.5, 1.5
"""A box is told where at least half of its draws turn, and this many times as many as of all draws."""
NOT_DECIDED = "not decided by the evidence"
OTHER_WAY = "the draws decide the other way"
TOO_FEW = "too few draws to judge"
NOT_DEFINED = "not defined in any draw"


@dataclass(frozen=True)
class Threshold:
    """A parameter that tells draws of one sign from those of the other."""

    key: str
    value: float
    turns: str
    """``above`` or ``below``: on which side the sign turns more often."""
    share_there: float
    share_elsewhere: float
    """Share of the draws that differ in which it turns, freed of luck where that can be told, on that side and on the other; of the draws in which it was
    found."""


@dataclass(frozen=True)
class Verdict:
    """One measure over all draws."""

    measure: str
    sign: int
    """Of the difference at the place's own values; where that is zero, shares are told as if it were above."""
    same: float
    none: float
    opposite: float
    """Shares of the draws with a value: with that sign, without any difference, with the other sign, as they came out."""
    agreeing: float
    """Share of the draws that differ which have the sign, freed of the luck of their replicates (`share_beyond_luck`); of one
    replicate each as they came out; NaN where none differs."""
    low: float
    high: float
    """95 % interval of `agreeing`: from draws resampled, or Wilson's (1927) of one replicate each."""
    alike: float
    """Correlation of the signs of two replicates of one draw: 1 where parameters alone make them, 0 where luck alone does; NaN of
    one replicate each."""
    draws: int
    """Draws in which the measure is defined under both policies."""
    asked: int
    """All draws."""
    differing: int
    """Draws in which the policies differ."""
    median: float
    """Of the differences, in the measure's unit."""
    thresholds: tuple[Threshold, ...]
    box: dict[str, tuple[float, float]]
    box_share: float
    box_coverage: float
    """Share of the box's draws in which the sign turns, and of all such draws that lie in it, in the half of the draws in which the
    box was not looked for."""

    @property
    def word(self) -> str:
        """What the draws say."""
        if self.draws == 0:
            return NOT_DEFINED
        if self.none > 0.5:
            return "no effect in most draws"
        if self.differing < FEWEST_DRAWS:
            return TOO_FEW
        if self.sign == 0:
            return "no difference at the place's own values"
        if self.low >= SURE:
            return "decided"
        return OTHER_WAY if self.high <= 1 - SURE else NOT_DECIDED

    @property
    def decided(self) -> bool:
        """At least `SURE` of the draws that differ have the sign that holds at the place's own values, by the lower end of the interval."""
        return self.word == "decided"

    @property
    def decided_otherwise(self) -> bool:
        """As many have the opposite sign."""
        return self.word == OTHER_WAY

    @property
    def shares(self) -> str:
        """How many draws have which sign, in words: ``lower in 84%, higher in 16% of 1,000``."""
        if self.draws == 0:
            return f"no value in any of {self.asked:,} draws"
        sides = ("lower", "higher") if self.sign < 0 else ("higher", "lower")
        words = [f"{sides[0]} in {percent(self.same)}", f"{sides[1]} in {percent(self.opposite)}"]
        if self.none > 0:
            words.append(f"no difference in {percent(self.none)}")
        missing = self.asked - self.draws
        text = f"{', '.join(words)} of {self.draws:,}" + (
            f"; {counted(missing, 'draw')} had no value" if missing else ""
        )
        if not np.isfinite(self.alike) or self.differing < FEWEST_DRAWS:
            return text
        share, low, high = self.agreeing, self.low, self.high
        side = sides[0]
        if share < 0.5:
            share, low, high, side = 1 - share, 1 - high, 1 - low, sides[1]
        return f"{text}; beyond luck {side} in {percent(share)} ({percent(low)} to {percent(high)})"


def percent(share: float) -> str:
    """A share as a table shows it, with a digit more where rounding would hide that something is missing."""
    text = f"{share:.0%}"
    if text not in ("0%", f"{SURE:.0%}", "100%") or share in (0.0, SURE, 1.0):
        return text
    text = f"{share:.1%}"
    return {"0.0%": "<0.1%", "100.0%": ">99.9%"}.get(text, text)


@dataclass(frozen=True, eq=False, repr=False)
class Robustness:
    """An answer over joint draws of what is uncertain."""

    policy: str
    baseline: str
    draws: int
    replicates: int
    """Of each draw."""
    years: int
    """Recorded in each draw."""
    keys: int
    verdicts: dict[str, Verdict]
    solved_lever: str = ""
    """The lever that was solved for equal public spending; empty where none was."""
    solved_values: tuple[float, ...] = ()
    """Its values between which each draw is read off at equal spending."""

    def __str__(self) -> str:
        lines = [f"{self.policy} − {self.baseline}: {self.draws} joint draws of {self.keys} parameters, {runs_each(self.replicates)} of "
                 f"{years_text(self.years)}"]  # fmt: skip
        if self.solved_lever:
            values = ", ".join(f"{value:.3g}" for value in self.solved_values)
            lines.append(f"  each draw at equal public spending, on the lines between {values} of {self.solved_lever}")
        for name, found in self.verdicts.items():
            lines.append(f"  {name:<32} {found.word}: {found.shares}")
            lines += [f"      turns {t.turns} {t.key} = {t.value:.4g}: {t.share_there:.0%} of draws there, {t.share_elsewhere:.0%} elsewhere"
                      for t in found.thresholds]  # fmt: skip
            if found.draws and not found.decided and not found.thresholds:
                lines.append("      no single parameter tells the draws that turn from the others")
        return "\n".join(lines)

    def __repr__(self) -> str:
        decided = [name for name, found in self.verdicts.items() if found.decided]
        return f"<parley.Robustness {self.policy} − {self.baseline}: {len(decided)} of {len(self.verdicts)} decided over {self.draws} draws>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def robustness(
    results: Results,
    policy: str,
    baseline: str,
    measures: Sequence[str],
    *,
    draws: int = 1000,
    confidence: str = "C",
    replicates: int = 1,
    years: int | None = None,
    seed: int = 1,
    path: str | os.PathLike[str] | None = None,
    executor: Any = None,
    threads: int = 0,
    progress: bool | Listener | None = None,
) -> Robustness:
    """Run two policies of a file over joint draws of everything uncertain. Levers with dates or conditions stay in force.

    Where a lever of the policy was solved for equal public spending, every draw is brought to equal spending by itself; see
    `parley.analysis.equal_spending`.

    Parameters
    ----------
    results
        A file of `parley compare`: place, policies and the sign of each difference are taken from it.
    policy, baseline
        Two of its policies, for instance ``purchased:equal_spending`` and ``backing``.
    measures
        Of the answer's table, or components of welfare.
    draws, replicates
        Joint draws, and replicates of each, whose mean is compared.
    years
        Recorded in each draw; those of the file where none are given.
    confidence
        Letters of the parameter table that count as uncertain.
    path
        Keeps the sweep in a file, so that it can be resumed and looked at; the pilot for equal spending in ``NAME_pilot.h5`` beside it.

    Raises
    ------
    FileError
        Districts have levers of their own under one of the two, or the file cannot be written.
    """
    from parley.analysis.compare import compare
    from parley.analysis.welfare import with_components

    how: dict[str, Any] = {"confidence": confidence, "years": years, "seed": seed, "executor": executor, "threads": threads,
                           "progress": progress}  # fmt: skip
    levers, middle = results.levers(policy), results.parameters()
    base, name = (one.replace(":", "_") for one in (baseline, policy))

    def sweep_with(arms: Mapping[str, dict[str, float]], points: int, each: int, file: Path | None) -> SweepResults:
        """The baseline, and the policy once with each of these levers."""
        study = _parley.study_of_text(str(results.provenance["scenario"])).with_policies(
            [(base, results.levers(baseline)), *arms.items()], {base: baseline} | dict.fromkeys(arms, policy)
        )
        return over_draws(study, middle, points, replicates=each, path=file, **how)

    file = None if path is None else Path(path)
    solved, values = solved_lever(results, policy, baseline), list[float]()
    arms = {name: levers}
    if solved:
        first = pilot_values(results, policy, solved)
        arms = {f"{name}_{k}": {**levers, solved: value} for k, value in enumerate(first)}
        beside = None if file is None else file.with_name(f"{file.stem}_pilot.h5")
        pilot = sweep_with(arms, PILOT_DRAWS, 1, beside)
        values = values_for_draws(pilot, list(arms), first, base, solved)
        arms = {f"{name}_{k}": {**levers, solved: value} for k, value in enumerate(values)}
    found = sweep_with(arms, draws, replicates, file)
    answer = at_equal_spending(with_components(compare(results)))
    asked = [(contrast.policy, contrast.baseline) for contrast in answer.contrasts]
    here = answer.differences[asked.index((policy, baseline))] if (policy, baseline) in asked else None

    def mean_of(measure: str) -> float:
        if here is not None:
            return here[measure].mean
        left, right = answer.values[policy][measure], answer.values[baseline][measure]
        return NO_DIFFERENCE.mean if left is None or right is None else paired(left, right).mean

    verdicts = {measure: judge(found, measure, list(arms), base, mean_of(measure)) for measure in measures}
    return Robustness(
        policy, baseline, draws, replicates, found.years, len(found.design.keys), verdicts, solved, tuple(values)
    )


def over_draws(
    study: Study, middle: Mapping[str, float], draws: int, *, replicates: int, years: int | None, seed: int, confidence: str = "C",
    path: str | os.PathLike[str] | None = None, **how: Any,
) -> SweepResults:  # fmt: skip
    """The policies of a study at joint draws of all that is uncertain, from triangles about ``middle``; ``how`` as in `parley.sweep`.

    A file that holds the same sweep, finished, is taken as it is.
    """
    from parley import sweeping
    from parley.analysis import design

    points = design.triangular(design.uncertain(None, confidence), middle, draws, seed)
    study = study.with_replicates(replicates)
    return sweeping.sweep_or_keep(study if years is None else study.with_years(years), points, path, **how)


def judge(found: SweepResults, measure: str, policies: Sequence[str], baseline: str, mean: float) -> Verdict:
    """What the draws say of one measure whose difference is `mean` at the place's own values.

    Parameters
    ----------
    policies
        One policy; or the same with rising values of the lever that was solved for equal spending, at which each draw is then taken.
    """
    table = (
        at_equal_outlay(found, measure, policies, baseline)
        if len(policies) > 1
        else found.difference(measure, policies[0], baseline)
    )
    return judge_differences(measure, table, found.design, mean)


def judge_differences(measure: str, table: np.ndarray, drawn: Design, mean: float) -> Verdict:
    """The same of differences over (draw, replicate), NaN where there is none; `mean` is theirs at the place's own values."""
    differences = mean_of_finite(table)
    differences = np.where(np.abs(differences) <= ROUNDING * mean_of_finite(np.abs(table)), 0.0, differences)
    defined = np.isfinite(differences)
    sign = int(np.sign(mean)) if np.isfinite(mean) else 0
    count, asked, nan = int(defined.sum()), len(differences), float("nan")
    if count == 0:
        return Verdict(measure, sign, nan, nan, nan, nan, nan, nan, nan, 0, asked, 0, nan, (), {}, nan, nan)
    differs = defined & (differences != 0)
    signs = np.sign(table[differs]) * (sign or 1)
    agreeing, low, high, alike = share_beyond_luck(signs)
    turned = np.sign(differences[differs]) * (sign or 1) < 0
    points = drawn.points[differs]
    differing, opposite = len(turned), int(turned.sum())
    thresholds: tuple[Threshold, ...] = ()
    box: dict[str, tuple[float, float]] = {}
    share = coverage = nan
    if min(opposite, differing - opposite) >= FEWEST_FLIPS:
        telling = telling_keys(points, turned)
        thresholds = tuple(threshold(drawn.keys[k], points[:, k], turned, signs) for k in telling[:FLIPPERS])
        if len(telling):
            chosen = telling[:BOX_CANDIDATES]
            box, share, coverage = prim_box([drawn.keys[k] for k in chosen], points[:, chosen], turned)
    return Verdict(measure, sign, (differing - opposite) / count, 1 - differing / count, opposite / count, agreeing, low, high, alike,
                   count, asked, differing, float(np.median(differences[defined])), thresholds, box, share, coverage)  # fmt: skip


def share_beyond_luck(signs: np.ndarray) -> tuple[float, float, float, float]:
    """Share of draws that are above zero in most of their replicates, were there many, its 95 % interval, and how alike replicates are.

    Behind each sign stands a number, the draw's own part and the luck of the replicate, both normal with one variance together (a
    probit model with random effects). Then the share h of signs above zero and the share d of unlike pairs within a draw tell the
    correlation ρ of two replicates, which is the part of the draws: d = 4 T(Φ⁻¹(h), √((1 − ρ)/(1 + ρ))), with Owen's (1956) T; it is the
    tetrachoric correlation of Pearson (1900). Freed of luck, Φ(Φ⁻¹(h)/√ρ) of the draws are above zero. Signs alone are looked at, so
    neither the scale of a draw nor a long tail of its luck matters. Where effects over draws are far from normal it errs to the
    cautious side, by tests with known truth, but for effects that are bounded near zero, where it may say four points too much.

    Replicates of one number have the same luck in all draws as far as the same things happen in them; what they have in common
    is not told from an effect.

    Parameters
    ----------
    signs
        Over (draw, replicate): −1 or 1, and 0 or NaN for replicates without a difference or a value, which are left out.

    Returns
    -------
    Share, low, high, ρ. The interval is that of draws resampled. Where no draw has two signs, or all signs are the same, there is no
    luck to be seen: the share is that of the draws above zero with Wilson's interval, and ρ NaN. Without a draw all four are NaN.
    """
    nan = float("nan")
    above, below = (signs > 0).sum(axis=1), (signs < 0).sum(axis=1)
    told = above + below
    draws = int((told > 0).sum())
    if not draws:
        return nan, nan, nan, nan
    if (told < 2).all() or not above.any() or not below.any():
        plain = float((above > below).sum() / draws)
        return plain, *wilson(plain, draws), nan
    share, alike = freed_of_luck(above, below)
    chosen = np.random.default_rng(len(signs)).integers(len(signs), size=(RESAMPLES, len(signs)))
    low, high = np.quantile(freed_of_luck(above[chosen], below[chosen])[0], [CHANCE / 2, 1 - CHANCE / 2])
    return float(share), float(low), float(high), float(alike)


def freed_of_luck(above: np.ndarray, below: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The share of `share_beyond_luck` and ρ, from how many replicates of each draw are above and below zero; draws in the last axis."""
    special = need("scipy.special", "the share of draws with a sign")
    told = above + below
    pairs = (told * (told - 1)).sum(axis=-1)
    level = special.ndtri(above.sum(axis=-1) / told.sum(axis=-1))
    unlike = (2 * above * below).sum(axis=-1) / np.maximum(pairs, 1)
    low, high = np.zeros(level.shape), np.ones(level.shape)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        less = special.owens_t(level, middle) < unlike / 4
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    alike = (1 - high**2) / (1 + high**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        freed = level / np.sqrt(alike)
    return special.ndtr(np.where(level == 0, 0.0, freed)), alike


def telling_keys(points: np.ndarray, turned: np.ndarray) -> np.ndarray:
    """Positions of the parameters that differ between draws that turn the sign and those that do not, the most telling first.

    By the Kolmogorov–Smirnov test at 5 % over all parameters together (Bonferroni): among hundreds of them, a few always
    look as if they mattered.
    """
    stats = need("scipy.stats", "a comparison of draws")
    tests = [stats.ks_2samp(column[turned], column[~turned]) for column in points.T]
    sure = np.array([test.pvalue < CHANCE / len(tests) for test in tests])
    ranked = np.argsort([-test.statistic for test in tests])
    return ranked[sure[ranked]]


def threshold(key: str, column: np.ndarray, turned: np.ndarray, signs: np.ndarray) -> Threshold:
    """The cut of one parameter that parts the two sorts of draws best (Gini impurity, as in a decision tree).

    `turned` says of each draw whether it came out with the other sign, `signs` of each of its replicates, 1 where it did not. Shares are
    those of replicates as they came out where, on either side, luck leaves the share of the draws open.
    """
    cuts = np.unique(np.quantile(column, np.linspace(0.05, 0.95, 19)))
    best, chosen = np.inf, float(cuts[0])
    for cut in cuts:
        above = column > cut
        impurity = sum(
            part.sum() * turned[part].mean() * (1 - turned[part].mean()) for part in (above, ~above) if part.any()
        )
        if impurity < best:
            best, chosen = impurity, float(cut)
    above = column > chosen
    sides = signs[above], signs[~above]
    freed = [share_beyond_luck(part) for part in sides]
    if any(last - first > WIDEST for _, first, last, _ in freed):
        high, low = (float((part < 0).sum() / np.isin(part, (-1, 1)).sum()) for part in sides)
    else:
        high, low = (1 - share for share, *_ in freed)
    return Threshold(key, chosen, "above" if high > low else "below", max(high, low), min(high, low))


def prim_box(
    keys: Sequence[str], points: np.ndarray, turned: np.ndarray
) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Limits of the box in which the sign mostly turns, the share of its draws that turn, and how many of all it holds.

    The box is looked for in every other draw, and the two shares are counted in the others: a box fits the draws in which it was
    found better than any others. It is told where, in both halves, at least half of its draws turn and `DENSER` times as many
    as of all; of such boxes the one with the largest harmonic mean of the two shares. Else there is no box.
    """
    import contextlib
    import io
    import warnings

    nothing: tuple[dict[str, tuple[float, float]], float, float] = ({}, float("nan"), float("nan"))
    seen, kept = points[::2], points[1::2]
    turned_seen, turned_kept = turned[::2], turned[1::2]
    if turned_seen.sum() < FEWEST_FLIPS / 2 or turned_kept.sum() < FEWEST_FLIPS / 2:
        return nothing
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            prim = need("ema_workbench.analysis.prim", "the box in which an answer turns", "sweep")
            pandas = need("pandas", "the box in which an answer turns")
            frame = pandas.DataFrame(seen, columns=list(keys))
            found = prim.Prim(
                frame, turned_seen, threshold=min(0.95, turned_seen.mean() + 0.05), peel_alpha=0.05
            ).find_box()
    except MissingExtra:
        return nothing
    if found is None:
        return nothing
    path = found.peeling_trajectory
    density, coverage = path["density"].to_numpy(), path["coverage"].to_numpy()
    dense = density >= max(DENSEST, DENSER * turned_seen.mean())
    if not dense.any():
        return nothing
    position = int(np.where(dense, 2 * density * coverage / (density + coverage), -1.0).argmax())
    limits = found.box_lims[position]
    box = {}
    inside = np.ones(len(kept), dtype=bool)
    for k, key in enumerate(keys):
        # A side that was not cut back ends where the draws end: it is no limit.
        low, high = float(limits[key].iloc[0]), float(limits[key].iloc[1])
        cut_low, cut_high = low > seen[:, k].min(), high < seen[:, k].max()
        if cut_low or cut_high:
            box[key] = (low, high)
            inside &= (kept[:, k] >= low) | (not cut_low)
            inside &= (kept[:, k] <= high) | (not cut_high)
    share = float(turned_kept[inside].mean()) if inside.any() else 0.0
    if not box or share < max(DENSEST, DENSER * turned_kept.mean()):
        return nothing
    return box, share, float(inside[turned_kept].mean())
