"""Paired comparison: the same replicate has the same luck under every policy, so differences are taken within it."""

from __future__ import annotations

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


NOTHING = Estimate(float("nan"), float("nan"), float("nan"), 0, float("nan"))


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


def paired(policy: np.ndarray, baseline: np.ndarray, level: float = LEVEL) -> Estimate:
    """Policy minus baseline, replicate by replicate."""
    return estimate(np.asarray(policy, dtype=np.float64) - np.asarray(baseline, dtype=np.float64), level)


@dataclass(frozen=True)
class Comparison:
    """The numbers behind table, picture and JSON, by policy or contrast and then by measure."""

    results: Results
    measures: dict[str, Measure]
    values: dict[str, dict[str, np.ndarray | None]]
    """[policy][measure] → one number per replicate; None where the file cannot answer."""
    means: dict[str, dict[str, Estimate]]
    contrasts: list[Contrast]
    differences: list[dict[str, Estimate]]
    """One for each contrast, in their order."""

    @property
    def headline(self) -> int:
        """Position of the contrast that the answer leads with; −1 where nothing was compared."""
        names = [contrast.name for contrast in self.contrasts]
        return names.index(HEADLINE) if HEADLINE in names else len(names) - 1


def compare(results: Results) -> Comparison:
    """Means of each policy and paired differences of each contrast."""
    values: dict[str, dict[str, np.ndarray | None]] = {}
    for policy in results.policies:
        total = totals(results, policy)
        values[policy] = {name: measure.compute(total) for name, measure in MEASURES.items()}

    def mean(policy: str, name: str) -> Estimate:
        found = values[policy][name]
        return NOTHING if found is None else estimate(found)

    def difference(contrast: Contrast, name: str) -> Estimate:
        left, right = values[contrast.policy][name], values[contrast.baseline][name]
        return NOTHING if left is None or right is None else paired(left, right)

    return Comparison(
        results,
        dict(MEASURES),
        values,
        {policy: {name: mean(policy, name) for name in MEASURES} for policy in results.policies},
        results.contrasts,
        [{name: difference(contrast, name) for name in MEASURES} for contrast in results.contrasts],
    )


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

    def plain_difference(estimate: Estimate) -> dict:
        return plain(estimate) | {
            "decided": estimate.decided,
            "sign_probability": number(estimate.sign_probability),
        }

    results = comparison.results
    return {
        "file": str(results.path),
        "digest": results.digest,
        "title": results.title,
        "question": results.question,
        "place": results.place,
        "years": results.years,
        "replicates": results.replicates,
        "replicates_asked": results.asked_replicates,
        "complete": results.complete,
        "policies": results.policies,
        "level": LEVEL,
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
