"""Paired comparison: the same replicate has the same luck under every policy, so differences are taken within it."""

from __future__ import annotations

import itertools
import shlex
from dataclasses import dataclass

import numpy as np

from parley.analysis.load import Contrast, Results
from parley.analysis.measures import MEASURES, Measure, totals
from parley.errors import need

LEVEL = 0.95
HEADLINE = "equal_spending"
"""The contrast that the answer leads with, where a study has it."""


@dataclass(frozen=True)
class Estimate:
    """A mean over replicates with its t-interval."""

    mean: float
    low: float
    high: float
    replicates: int
    """Replicates that it rests on: those in which the measure is defined."""
    sign_probability: float
    """Probability that the true value has the sign of the mean, as far as chance alone decides."""
    given: int = 0
    """Replicates there are; more than `replicates` where some have nothing to divide by."""

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2

    @property
    def decided(self) -> bool:
        """The interval excludes zero."""
        return bool(self.low > 0 or self.high < 0)


QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class PairedEstimate(Estimate):
    """The mean of paired differences with its t-interval, and how the differences lie."""

    quantiles: tuple[float, ...] = (float("nan"),) * len(QUANTILES)
    """Of the differences, at `QUANTILES`."""
    superiority: float = float("nan")
    """Share of replicates in which the policy has more than its baseline; ties count half."""
    superiority_low: float = float("nan")
    superiority_high: float = float("nan")
    """Its interval (Wilson 1927)."""
    replicates_saved: float = float("nan")
    """How many times as many replicates independent luck would need for the same precision:
    (var policy + var baseline) / var difference."""

    @property
    def median(self) -> float:
        return self.quantiles[QUANTILES.index(0.5)]


NOTHING = Estimate(float("nan"), float("nan"), float("nan"), 0, float("nan"))
NO_DIFFERENCE = PairedEstimate(float("nan"), float("nan"), float("nan"), 0, float("nan"))


def estimate(values: np.ndarray, level: float = LEVEL) -> Estimate:
    """Mean of independent values with its t-interval; values that are not numbers are left out and counted."""
    values = np.asarray(values, dtype=np.float64)
    given = len(values)
    values = values[np.isfinite(values)]
    count = len(values)
    if count == 0:
        return NOTHING
    mean = float(values.mean())
    if count == 1:
        return Estimate(mean, float("nan"), float("nan"), 1, float("nan"), given)
    special = need("scipy.special", "an interval")
    error = float(values.std(ddof=1)) / np.sqrt(count)
    half = float(special.stdtrit(count - 1, 0.5 + level / 2)) * error
    if error > 0:
        sign = float(special.stdtr(count - 1, abs(mean) / error))
    else:
        sign = 1.0 if mean != 0 else 0.5
    return Estimate(mean, mean - half, mean + half, count, sign, given)


def paired(policy: np.ndarray, baseline: np.ndarray, level: float = LEVEL) -> PairedEstimate:
    """Policy minus baseline, replicate by replicate, both of shape (replicates,).

    Raises
    ------
    ValueError
        The two have different numbers of replicates.
    """
    policy, baseline = np.asarray(policy, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    if policy.shape != baseline.shape:
        raise ValueError(
            f"{policy.size} replicates of the policy cannot be paired with {baseline.size} of the baseline"
        )
    mean = estimate(policy - baseline, level)
    both = np.isfinite(policy) & np.isfinite(baseline)
    if mean.replicates == 0:
        return NO_DIFFERENCE
    differences = policy[both] - baseline[both]
    share = float((differences > 0).mean() + (differences == 0).mean() / 2)
    spread = float(differences.var(ddof=1)) if len(differences) > 1 else float("nan")
    apart = float(policy[both].var(ddof=1) + baseline[both].var(ddof=1)) if len(differences) > 1 else float("nan")
    low, high = wilson(share, len(differences), level)
    return PairedEstimate(
        mean.mean,
        mean.low,
        mean.high,
        mean.replicates,
        mean.sign_probability,
        mean.given,
        quantiles=tuple(float(q) for q in np.quantile(differences, QUANTILES)),
        superiority=share,
        superiority_low=low,
        superiority_high=high,
        replicates_saved=apart / spread if spread > 0 else float("nan"),
    )


def wilson(share: float, count: int, level: float = LEVEL) -> tuple[float, float]:
    """Interval of a share of `count` trials (Wilson 1927): right where the share is near 0 or 1, too."""
    z = float(need("scipy.special", "an interval").ndtri(0.5 + level / 2))
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))


def bootstrap(values: np.ndarray, level: float = LEVEL, resamples: int = 9999, seed: int = 1) -> tuple[float, float]:
    """Bootstrap interval of the mean, bias-corrected and accelerated (Efron 1987).

    Whole replicates are drawn again, so that pairs stay pairs. It asks for no normal distribution, but for some twenty
    replicates: with fewer it covers less often than it says, and the t-interval is the safer one.

    Parameters
    ----------
    values
        One number per replicate, shape (replicates,), for instance paired differences; what is not a number is left out.
    seed
        The same seed gives the same interval.
    """
    values = np.asarray(values, dtype=np.float64)
    values = values[np.isfinite(values)]
    if len(values) < 2:
        return float("nan"), float("nan")
    if np.ptp(values) == 0:
        return float(values[0]), float(values[0])
    stats = need("scipy.stats", "a bootstrap interval")
    found = stats.bootstrap(
        (values,), np.mean, confidence_level=level, n_resamples=resamples, method="BCa",
        random_state=np.random.default_rng(seed), vectorized=True,
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


@dataclass(frozen=True, repr=False, eq=False)
class Comparison:
    """The numbers behind table, picture and JSON, by policy or contrast and then by measure."""

    results: Results
    measures: dict[str, Measure]
    values: dict[str, dict[str, np.ndarray | None]]
    """[policy][measure] → one number per replicate; None where the file cannot answer."""
    means: dict[str, dict[str, Estimate]]
    contrasts: list[Contrast]
    differences: list[dict[str, PairedEstimate]]
    """One for each contrast, in their order."""

    @property
    def level(self) -> float:
        """Of each interval; above 95 % where there were several looks."""
        return 1 - (1 - LEVEL) / self.results.looks

    @property
    def headline(self) -> int:
        """Position of the contrast that the answer leads with; −1 where nothing was compared."""
        names = [contrast.name for contrast in self.contrasts]
        return names.index(HEADLINE) if HEADLINE in names else len(names) - 1

    def __repr__(self) -> str:
        return f"<parley Comparison: {len(self.measures)} measures of {', '.join(self.results.policies)}; {len(self.contrasts)} differences>"

    def _repr_html_(self) -> str:
        return self.results._repr_html_()

    def paired_values(self, position: int, name: str) -> np.ndarray:
        """Differences of one measure in one contrast, shape (replicates,); NaN where it is not defined."""
        contrast = self.contrasts[position]
        left, right = self.values[contrast.policy][name], self.values[contrast.baseline][name]
        if left is None or right is None:
            return np.full(len(self.results.replicates), np.nan)
        return np.asarray(left, dtype=np.float64) - np.asarray(right, dtype=np.float64)


def compare(results: Results) -> Comparison:
    """Means of each policy and paired differences of each contrast; intervals allow for the looks of a study that added
    replicates until it was precise enough."""
    level = 1 - (1 - LEVEL) / results.looks
    values: dict[str, dict[str, np.ndarray | None]] = {}
    for policy in results.policies:
        total = totals(results, policy)
        values[policy] = {name: measure.compute(total) for name, measure in MEASURES.items()}

    def mean(policy: str, name: str) -> Estimate:
        found = values[policy][name]
        return NOTHING if found is None else estimate(found, level)

    def difference(contrast: Contrast, name: str) -> PairedEstimate:
        left, right = values[contrast.policy][name], values[contrast.baseline][name]
        return NO_DIFFERENCE if left is None or right is None else paired(left, right, level)

    return Comparison(
        results,
        dict(MEASURES),
        values,
        {policy: {name: mean(policy, name) for name in MEASURES} for policy in results.policies},
        results.contrasts,
        [{name: difference(contrast, name) for name in MEASURES} for contrast in results.contrasts],
    )


def settings(results: Results) -> list[str]:
    """What ``--set`` changed, as it was written on the command line: ``["authority=0.1"]``; empty where nothing was."""
    try:
        words = shlex.split(str(results.provenance.get("run.command", "")))
    except ValueError:  # not a command of this shell
        return []
    found = [value for option, value in itertools.pairwise(words) if option == "--set"]
    return found + [word.removeprefix("--set=") for word in words if word.startswith("--set=")]


def as_json(comparison: Comparison) -> dict:
    """The numbers of the table as plain objects; what is not a number is null."""

    def number(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    def plain(estimate: Estimate) -> dict:
        return {
            "mean": number(estimate.mean),
            "low": number(estimate.low),
            "high": number(estimate.high),
            "replicates": estimate.replicates,
        }

    def plain_difference(estimate: PairedEstimate) -> dict:
        return plain(estimate) | {
            "decided": estimate.decided,
            "sign_probability": number(estimate.sign_probability),
            "quantiles": {f"{q:g}": number(value) for q, value in zip(QUANTILES, estimate.quantiles, strict=True)},
            "superiority": number(estimate.superiority),
            "superiority_low": number(estimate.superiority_low),
            "superiority_high": number(estimate.superiority_high),
            "replicates_saved": number(estimate.replicates_saved),
        }

    results = comparison.results
    return {
        "file": str(results.path),
        "digest": results.digest,
        "title": results.title,
        "question": results.question,
        "place": results.place,
        "years": results.years,
        "set": settings(results),
        "replicates": results.replicates,
        "replicates_asked": results.asked_replicates,
        "complete": results.complete,
        "policies": results.policies,
        "level": LEVEL,
        "looks": results.looks,
        "precision": results.precision or None,
        "measures": [
            {
                "name": measure.name,
                "label": measure.label.strip(),
                "unit": measure.unit,
                "better": measure.better or None,
                "section": measure.section,
                "definition": measure.definition,
                "means": {policy: plain(comparison.means[policy][measure.name]) for policy in results.policies},
                "differences": {
                    _contrast_key(comparison, position): plain_difference(found[measure.name])
                    for position, found in enumerate(comparison.differences)
                },
            }
            for measure in comparison.measures.values()
        ],
        "contrasts": [
            {
                "name": _contrast_key(comparison, position),
                "contrast": contrast.name,
                "title": contrast.title,
                "policy": contrast.policy,
                "baseline": contrast.baseline,
                "solved_lever": contrast.solved_lever or None,
                "solved_value": number(contrast.solved_value) if contrast.solved_lever else None,
                "spending_gap": number(contrast.spending_gap) if contrast.solved_lever else None,
                "reached": not contrast.missed if contrast.solved_lever else None,
            }
            for position, contrast in enumerate(comparison.contrasts)
        ],
    }


def _contrast_key(comparison: Comparison, position: int) -> str:
    """The contrast's name; with more than two modes also whose difference it is."""
    contrast = comparison.contrasts[position]
    twins = [other for other in comparison.contrasts if other.name == contrast.name]
    return contrast.name if len(twins) == 1 else f"{contrast.name}:{contrast.policy.split(':')[0]}"
