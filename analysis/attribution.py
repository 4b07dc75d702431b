"""Which levers a difference between two policies comes from: Shapley values on common luck.

Levers that belong together (who funds, what the contract pays for, posts and premises) move together. For every set of
groups the baseline is run with the policy's values of that set; the part of a group is its mean effect over all orders in
which groups could be moved (Shapley 1953). Parts add up to the whole difference, replicate by replicate.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from parley import _parley
from parley.analysis.compare import LEVEL, Estimate, estimate
from parley.analysis.measures import MEASURES
from parley.errors import Fault, ScenarioError

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.load import Results
    from parley.progress import Listener

GROUPS: Mapping[str, tuple[str, ...]] = {
    "authority": ("authority",),
    "proximity": ("proximity",),
    "who funds": ("public_funding_share", "insurer_funding_share", "hospital_funding_share"),
    "what the contract pays for": ("fixed_grant_share", "base_fee_case", "pay_per_success", "pay_failed_share", "audit_rate",
                                   "audit_penalty", "pay_severe_factor", "index_success", "index_time", "index_satisfaction",
                                   "index_recurrence", "index_non_escalation", "index_feedback", "target_ratchet"),
    "tenders": ("contract_years", "renewal_threshold", "price_weight"),
    "guarantee, training, campaigns": ("guarantee_share", "training_sessions", "publicity", "institutional_memory"),
    "insurance": ("rating_strength", "insurance_participation", "deductible_factor", "insurer_at_table", "mutual_fund_factor"),
    "linkage and feedback": ("linkage_strength", "one_stop", "task_gap", "task_overlap", "feedback_rate", "transparency_duty"),
    "services around it": ("warning_coverage", "legal_aid_capacity", "shared_database", "emergency_response"),
    "posts and premises": ("mediators_fulltime", "committee_budget", "expert_pool_size"),
}  # fmt: skip
"""A lever that is in none of them is a group of its own."""
MOST_GROUPS = 10
FEWEST_FOR_INTERVAL = 5
"""An interval over fewer replicates says more of the t-distribution than of the model, and is not told."""


@dataclass(frozen=True, eq=False, repr=False)
class Attribution:
    """The parts of a difference."""

    policy: str
    baseline: str
    replicates: int
    years: int
    moved: Mapping[str, dict[str, tuple[float, float]]]
    """By group, each lever's value under the baseline and under the policy."""
    parts: Mapping[str, dict[str, Estimate]]
    """By measure and group, with 95 % t-intervals over the replicates in which the measure is defined for every set of groups."""
    whole: Mapping[str, Estimate]
    """Of the same replicates, so that parts add up to it."""

    def __str__(self) -> str:
        width = max(len(group) for group in (*self.moved, "together"))
        lines = [f"{self.policy} − {self.baseline}, {self.replicates} replicates", ""]
        for measure, parts in self.parts.items():
            lines.append(f"{MEASURES[measure].label.strip()}, {MEASURES[measure].unit}")
            ranked = sorted(parts.items(), key=lambda item: -abs(item[1].mean))
            for group, found in [*ranked, ("together", self.whole[measure])]:
                interval = f"  ({found.low:.4g} to {found.high:.4g})" if has_interval(found) else ""
                lines.append(f"  {group:<{width}}  {found.mean:>12.4g}{interval}")
        if self.replicates < FEWEST_FOR_INTERVAL:
            lines += ["", f"no intervals: they need {FEWEST_FOR_INTERVAL} replicates"]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<parley.Attribution {self.policy} − {self.baseline}: {', '.join(self.moved)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def attribute(
    results: Results,
    policy: str,
    baseline: str,
    measures: Sequence[str],
    *,
    replicates: int = 20,
    years: int | None = None,
    path: str | os.PathLike[str] | None = None,
    progress: bool | Listener | None = None,
    executor: Any = None,
    threads: int = 0,
) -> Attribution:
    """Split the difference between two policies of a file over the levers in which they differ.

    Parameters
    ----------
    results
        A file of `parley compare`; its place and seed are taken.
    policy, baseline
        Two of its policies, for instance ``purchased:equal_spending`` and ``backing``.
    replicates
        Of each of the 2ⁿ sets of n groups.
    years
        Recorded of each; those of the file where none are given.
    path
        Keeps the runs in a file, so that they can be resumed and need not be run again.

    Raises
    ------
    ValueError
        The policies do not differ, or in more than ten groups.
    ScenarioError
        One of them sets a lever with dates, under a condition or for one party: such a lever is no number that could be moved.
    """
    from parley import sweeping
    from parley.analysis import design

    study = _parley.study_of_text(str(results.provenance["scenario"]))
    refuse_dated(study, (baseline, policy))
    before, after = results.levers(baseline), results.levers(policy)
    moved = moved_groups(before, after)
    if not moved:
        raise ValueError(f"{policy} and {baseline} differ in no lever")
    if len(moved) > MOST_GROUPS:
        raise ValueError(f"{policy} and {baseline} differ in {len(moved)} groups of levers; {MOST_GROUPS} can be split")
    names = list(moved)
    rows = np.array([
        [(after if mask >> g & 1 else before)[lever] for g, name in enumerate(names) for lever in moved[name]]
        for mask in range(1 << len(names))
    ])  # fmt: skip
    study = study.with_policies([("baseline", before)])
    study = study.with_replicates(replicates) if years is None else study.with_replicates(replicates).with_years(years)
    points = design.points(rows, [lever for name in names for lever in moved[name]])
    found = sweeping.sweep_or_keep(study, points, path, progress=progress, executor=executor, threads=threads)
    parts: dict[str, dict[str, Estimate]] = {}
    whole: dict[str, Estimate] = {}
    for measure in measures:
        values = complete(found.measure(measure, "baseline"))
        parts[measure] = {name: estimate(shapley(values, g), LEVEL) for g, name in enumerate(names)}
        whole[measure] = estimate(values[-1] - values[0], LEVEL)
    return Attribution(policy, baseline, replicates, found.years, {n: {lever: (before[lever], after[lever]) for lever in moved[n]} for n in names},
                       parts, whole)  # fmt: skip


def refuse_dated(study: Study, policies: Sequence[str]) -> None:
    """A ScenarioError where a policy sets a lever with dates, under a condition or for one party."""
    faults = [
        Fault(policy, 0, 0, lever, f"is set with dates, under a condition or for one party ({setting}), which cannot be split over levers")
        for policy in policies
        for lever, setting in study.dated_levers(policy)
    ]  # fmt: skip
    if faults:
        raise ScenarioError("\n".join(map(str, faults)), faults)


def has_interval(found: Estimate) -> bool:
    """Whether an estimate rests on enough replicates for its interval to be told."""
    return found.replicates >= FEWEST_FOR_INTERVAL


def complete(values: np.ndarray) -> np.ndarray:
    """The replicates, columns of shape (2ⁿ, replicates), in which every coalition has a value: parts and whole rest on the same."""
    return values[:, np.isfinite(values).all(axis=0)]


def moved_groups(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, list[str]]:
    """Levers that differ, by group."""
    group_of = {lever: name for name, levers in GROUPS.items() for lever in levers}
    moved: dict[str, list[str]] = {}
    for lever, value in before.items():
        if after[lever] != value:
            moved.setdefault(group_of.get(lever, lever), []).append(lever)
    return moved


def shapley(values: np.ndarray, player: int) -> np.ndarray:
    """Shapley value of one player, per replicate.

    Parameters
    ----------
    values
        Worth of every coalition, shape (2ⁿ, replicates); bit g of the row says whether player g is in.
    """
    count = int(math.log2(len(values)))
    total = np.zeros(values.shape[1])
    for mask in range(len(values)):
        if mask >> player & 1:
            continue
        size = mask.bit_count()
        weight = math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
        total += weight * (values[mask | 1 << player] - values[mask])
    return total
