"""Does the answer stand when everything uncertain is drawn anew? Joint draws of all parameters that the evidence leaves open.

Each draw is one point of a sweep: both policies on the same luck and the same parameters, so the sign of their difference is
that of the draw. Parameters are drawn from triangles: likeliest at the place's value, no longer possible at the ends of the
table's range. Where the sign turns, the parameters that tell the two sorts of draws apart are named, with the value at which
they do, and the box of parameters in which it mostly turns (PRIM, Friedman and Fisher 1999, by the EMA Workbench, Kwakkel 2017).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import _parley
from parley.analysis.compare import wilson
from parley.analysis.measures import mean_of_finite
from parley.errors import MissingExtra, need

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.load import Results
    from parley.analysis.sweep_results import SweepResults
    from parley.progress import Listener

SURE = 0.90
"""Share of draws with the same sign below which the evidence does not decide."""
FLIPPERS = 2
BOX_CANDIDATES = 12
CHANCE = 0.05
FEWEST_FLIPS = 20
"""Fewer draws that turn the sign are too few to say what turns it."""


@dataclass(frozen=True)
class Threshold:
    """A parameter that tells draws of one sign from those of the other."""

    key: str
    value: float
    turns: str
    """``above`` or ``below``: on which side the sign turns more often."""
    share_there: float
    share_elsewhere: float
    """Share of draws in which it turns, on that side and on the other."""


@dataclass(frozen=True)
class Verdict:
    """One measure over all draws."""

    measure: str
    sign: int
    """Of the difference at the place's own values."""
    same: float
    low: float
    high: float
    """Share of draws with that sign and its Wilson interval; draws without a difference count half."""
    draws: int
    """Draws in which the measure is defined under both policies."""
    median: float
    thresholds: tuple[Threshold, ...]
    box: dict[str, tuple[float, float]]
    box_share: float
    box_coverage: float
    """Share of the box's draws in which the sign turns, and of all such draws that lie in it."""

    @property
    def decided(self) -> bool:
        return self.same >= SURE


@dataclass(frozen=True, eq=False, repr=False)
class Robustness:
    """An answer over joint draws of what is uncertain."""

    policy: str
    baseline: str
    draws: int
    replicates: int
    """Of each draw."""
    keys: int
    verdicts: dict[str, Verdict]

    def __str__(self) -> str:
        lines = [f"{self.policy} − {self.baseline}: {self.draws} joint draws of {self.keys} parameters"]
        for name, found in self.verdicts.items():
            words = "decided" if found.decided else "not decided by the evidence"
            lines.append(
                f"  {name:<32} same sign in {found.same:.0%} ({found.low:.0%} to {found.high:.0%}) of {found.draws}: {words}"
            )
            lines += [f"      turns {t.turns} {t.key} = {t.value:.4g}: {t.share_there:.0%} of draws there, {t.share_elsewhere:.0%} elsewhere"
                      for t in found.thresholds]  # fmt: skip
            if not found.decided and not found.thresholds:
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
    progress: bool | Listener | None = None,
) -> Robustness:
    """Run two policies of a file over joint draws of everything uncertain.

    Parameters
    ----------
    results
        A file of `parley compare`: place, policies and the sign of each difference are taken from it.
    policy, baseline
        Two of its policies, for instance ``purchased:equal_spending`` and ``backing``.
    draws, replicates
        Joint draws, and replicates of each, whose mean is compared.
    confidence
        Letters of the parameter table that count as uncertain.
    path
        Keeps the sweep in a file, so that it can be resumed and looked at.
    """
    from parley.analysis.compare import compare

    names = [name.replace(":", "_") for name in (baseline, policy)]
    study = _parley.study_of_text(str(results.provenance["scenario"]))
    study = study.with_policies([(names[0], results.levers(baseline)), (names[1], results.levers(policy))])
    found = over_draws(study, results.parameters(), draws, confidence=confidence, replicates=replicates, years=years, seed=seed,
                       path=path, executor=executor, progress=progress)  # fmt: skip
    answer = compare(results)
    verdicts = {}
    for measure in measures:
        left, right = answer.values[policy][measure], answer.values[baseline][measure]
        mean = (
            float(np.nanmean(np.asarray(left) - np.asarray(right)))
            if left is not None and right is not None
            else np.nan
        )
        verdicts[measure] = judge(found, measure, names[1], names[0], mean)
    return Robustness(policy, baseline, draws, replicates, len(found.design.keys), verdicts)


def over_draws(
    study: Study, middle: Mapping[str, float], draws: int, *, replicates: int, years: int | None, seed: int, confidence: str = "C",
    **how: Any,
) -> SweepResults:  # fmt: skip
    """The policies of a study at joint draws of all that is uncertain, from triangles about ``middle``; ``how`` as in `parley.sweep`."""
    from parley import sweeping
    from parley.analysis import design

    points = design.triangular(design.uncertain(None, confidence), middle, draws, seed)
    study = study.with_replicates(replicates)
    return sweeping.sweep(study if years is None else study.with_years(years), points, **how)


def judge(found: SweepResults, measure: str, policy: str, baseline: str, mean: float) -> Verdict:
    """What the draws say of one measure whose difference is `mean` at the place's own values."""
    differences = mean_of_finite(found.difference(measure, policy, baseline))
    defined = np.isfinite(differences)
    sign = int(np.sign(mean)) if np.isfinite(mean) else 0
    signs = np.sign(differences[defined]) * (sign or 1)
    count = int(defined.sum())
    if count == 0:
        return Verdict(
            measure, sign, float("nan"), float("nan"), float("nan"), 0, float("nan"), (), {}, float("nan"), float("nan")
        )
    same = float((signs > 0).mean() + (signs == 0).mean() / 2)
    low, high = wilson(same, count)
    turned = signs < 0
    points = found.design.points[defined]
    thresholds: tuple[Threshold, ...] = ()
    box: dict[str, tuple[float, float]] = {}
    share = coverage = float("nan")
    if turned.sum() >= FEWEST_FLIPS and (~turned).sum() >= FEWEST_FLIPS:
        telling = telling_keys(points, turned)
        thresholds = tuple(threshold(found.design.keys[k], points[:, k], turned) for k in telling[:FLIPPERS])
        if len(telling):
            chosen = telling[:BOX_CANDIDATES]
            box, share, coverage = prim_box([found.design.keys[k] for k in chosen], points[:, chosen], turned)
    return Verdict(
        measure, sign, same, low, high, count, float(np.median(differences[defined])), thresholds, box, share, coverage
    )


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


def threshold(key: str, column: np.ndarray, turned: np.ndarray) -> Threshold:
    """The cut of one parameter that parts the two sorts of draws best (Gini impurity, as in a decision tree)."""
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
    high, low = float(turned[above].mean()), float(turned[~above].mean())
    return Threshold(key, chosen, "above" if high > low else "below", max(high, low), min(high, low))


def prim_box(
    keys: Sequence[str], points: np.ndarray, turned: np.ndarray
) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Limits of the box in which the sign mostly turns, the share of its draws that turn, and how many of all it holds."""
    import contextlib
    import io
    import warnings

    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            prim = need("ema_workbench.analysis.prim", "the box in which an answer turns", "sweep")
            pandas = need("pandas", "the box in which an answer turns")
            frame = pandas.DataFrame(points, columns=list(keys))
            found = prim.Prim(frame, turned, threshold=min(0.95, turned.mean() + 0.05), peel_alpha=0.05).find_box()
    except MissingExtra:
        return {}, float("nan"), float("nan")
    if found is None:
        return {}, float("nan"), float("nan")
    path = found.peeling_trajectory
    # The box where purity and reach are in balance: the largest harmonic mean of the two.
    balance = 2 * path["density"] * path["coverage"] / (path["density"] + path["coverage"])
    position = int(balance.to_numpy().argmax())
    limits = found.box_lims[position]
    box = {}
    for k, key in enumerate(keys):
        low, high = float(limits[key].iloc[0]), float(limits[key].iloc[1])
        if low > points[:, k].min() or high < points[:, k].max():
            box[key] = (low, high)
    return box, float(path["density"].iloc[position]), float(path["coverage"].iloc[position])
