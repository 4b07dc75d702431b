"""Adding replicates until the answer is precise enough, with intervals that stay honest.

Whoever looks again and again and stops when the interval pleases has a narrower interval than he may claim. Here the
looks are fixed beforehand: the first number of replicates, twice that, and so on up to the budget. Each interval is made
at the level 1 − 0.05/looks, so that with a probability of 95 % it holds at all looks at once, whatever made one stop
(Bonferroni's inequality; it asks nothing of how the looks depend on each other). The budget counts replicates, not
seconds, so that the same question has the same answer on any machine. Replicates that are all alike, or fewer than eight pairs,
say nothing about chance: an interval that is narrow for that reason is never narrow enough.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.compare import LEVEL, paired
from parley.analysis.measures import ADDITIVE, MEASURES, MILLIONTHS, MONTHS_OF_A_YEAR, Totals, unknown_measure
from parley.errors import WrongValue

if TYPE_CHECKING:
    from parley._parley import Result

BUDGET_OVER_FIRST = 16
"""Replicates at most, over those of the first look, where no budget is named."""
PERCENT = 100
LEAST_PAIRS = 8
"""Pairs in which a measure is defined, below which no interval is narrow enough."""


def level_of(looks: int) -> float:
    """Level of each interval where there are so many looks."""
    return 1 - (1 - LEVEL) / looks


def level_text(level: float) -> str:
    """A level as tables say it: ``95 %``, ``98.75 %``."""
    return f"{round(PERCENT * level, 2):g} %"


def parse(words: Sequence[str]) -> dict[str, float]:
    """What the command line asks for, ``["days_mean=5", "success_over_accepted=0.01"]``, by measure.

    Raises
    ------
    WrongValue
        A word without a number, or with what is none; an unknown measure.
    """
    asked: dict[str, float] = {}
    for word in words:
        name, _, text = word.partition("=")
        if name not in MEASURES:
            raise unknown_measure(name)
        share = "; shares are asked for as fractions, 0.05 for five points" if scale_of(name) == PERCENT else ""
        try:
            asked[name] = float(text)
        except ValueError:
            found = repr(text) if text else "nothing"
            raise WrongValue(
                f"precision is asked for as {name}=NUMBER, a half-width above 0, not {found}{share}"
            ) from None
    return asked


def numbers_of_looks(first: int, budget: int) -> list[int]:
    """Replicates at each look: doubled from look to look, the budget last."""
    if budget < first:
        raise ValueError(f"the budget is {budget} replicates, but the first look needs {first}")
    numbers = [first]
    while numbers[-1] < budget:
        numbers.append(min(2 * numbers[-1], budget))
    return numbers


def scale_of(measure: str) -> float:
    """What one unit of an asked precision is in the unit of the measure: shares are asked for as fractions."""
    return PERCENT if MEASURES[measure].unit in ("%", "0 to 100") else 1.0


@dataclass(frozen=True)
class Width:
    """How wide one interval still is."""

    measure: str
    contrast: str
    half_width: float
    """Of the paired difference, in the unit in which it was asked; NaN where it is not defined yet."""
    asked: float
    pairs: int
    """Of replicates, in which the measure is defined under both policies."""

    @property
    def enough(self) -> bool:
        return self.pairs >= LEAST_PAIRS and 0 < self.half_width <= self.asked  # false for a NaN


@dataclass(frozen=True)
class Precision:
    """What is asked: half-widths of the intervals of differences, by measure."""

    asked: Mapping[str, float]
    first: int
    budget: int

    def __post_init__(self) -> None:
        if not self.asked:
            raise ValueError("precision names no measure")
        for name, value in self.asked.items():
            if name not in MEASURES:
                raise unknown_measure(name)
            if not (isinstance(value, int | float) and math.isfinite(value) and value > 0):
                raise ValueError(f"precision of {name} must be a number above 0, not {value!r}")
        numbers_of_looks(self.first, self.budget)

    @property
    def looks(self) -> list[int]:
        return numbers_of_looks(self.first, self.budget)

    def as_json(self) -> str:
        return json.dumps({"asked": dict(self.asked), "first": self.first, "budget": self.budget}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Precision:
        said = json.loads(text)
        return cls(said["asked"], said["first"], said["budget"])

    def widths(self, result: Result) -> list[Width]:
        """Every asked interval of a result, contrast by contrast."""
        totals = [totals_of(result, policy) for policy in range(len(result.policies))]
        found = []
        for name, policy, baseline, *_ in result.contrasts:
            for measure, asked in self.asked.items():
                left, right = (MEASURES[measure].compute(totals[result.policies.index(p)]) for p in (policy, baseline))
                half, pairs = float("nan"), 0
                if left is not None and right is not None:
                    difference = paired(left, right, level_of(len(self.looks)))
                    half, pairs = difference.half_width / scale_of(measure), difference.replicates
                found.append(Width(measure, f"{name}: {policy} − {baseline}", half, asked, pairs))
        return found


def totals_of(result: Result, policy: int) -> Totals:
    """What measures are computed from, of a result in memory; equal to that of its file."""
    from parley import _parley

    replicates = range(len(result.replicates))
    tables = [result.metrics(policy, r) for r in replicates]
    position = {name: k for k, name in enumerate(_parley.metric_names)}
    sums = {name: np.array([table[position[name]].sum() for table in tables]) for name in ADDITIVE}
    population = np.array(list(result.study.districts.values()), dtype=np.float64)
    # Both lists end with the day after the last period, which is a month or a day.
    last = np.asarray(result.period_starts[:-1]) >= result.month_starts[:-1][-MONTHS_OF_A_YEAR:][0]
    trust = np.array([table[position["trust"]][last].mean(axis=0) for table in tables])
    shared = MILLIONTHS * trust.reshape(len(tables), -1) @ (population / population.sum())
    medians = None
    if result.record != "metrics":
        medians = np.full(len(tables), np.nan)
        for r in replicates:
            cases = result.cases(policy, r)
            closed = cases["closed"] >= 0
            if closed.any():
                medians[r] = np.median(cases["closed"][closed].astype(np.int64) - cases["opened"][closed])
    return Totals(sums, float(result.study.years), float(result.study.population), shared, medians)
