"""The disputes of one policy, replicate by replicate, for figures that sums do not suffice for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from parley.analysis.load import Results

FARTHEST_DAY = 10**6
"""Columns mark what never happened by a day beyond it."""


class Cases:
    """The disputes of one policy, replicate by replicate."""

    COLUMNS = ("policy", "replicate", "opened", "closed", "first_channel", "last_channel", "outcome", "demand", "paid",
               "mediation_day", "trial_day", "payment_day", "disturbed", "calmed", "negligent", "severity")  # fmt: skip

    def __init__(self, results: Results, policy: str):
        columns = results.case_columns(*self.COLUMNS)
        chosen = columns["policy"] == results.policies.index(policy)
        self.columns = {name: values[chosen] for name, values in columns.items()}
        self.replicates = results.replicates
        self.years = results.years
        self.channels = results.meanings("cases/first_channel")
        self.outcomes = results.meanings("cases/outcome")
        self.population = float(results.population.sum())
        index = results.policies.index(policy)
        self.negligent_events = results.metric("negligent_events")[index].sum(axis=(1, 2)).astype(np.float64)
        self.had = np.abs(self["mediation_day"].astype(np.int64)) < FARTHEST_DAY
        """Disputes that people's mediation has had."""
        self.accepted = self.had & (self["mediation_day"] >= 0)
        """Those that it took within the time recorded."""
        self.closed = self["closed"] >= 0

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def through(self, channel: str) -> np.ndarray:
        """Disputes whose last forum it was."""
        return self["last_channel"] == self.channels.index(channel)

    def ended(self, *outcomes: str) -> np.ndarray:
        return np.isin(self["outcome"], [self.outcomes.index(name) for name in outcomes])

    def each(self, compute: Callable[[np.ndarray], float]) -> np.ndarray:
        """One number per replicate from the rows of that replicate; NaN where there is nothing to compute it from."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.array([compute(self["replicate"] == number) for number in self.replicates], dtype=np.float64)


def mean(values: np.ndarray) -> float:
    values = values[np.isfinite(values)]
    return float(values.mean()) if len(values) else float("nan")


def share_of(part: np.ndarray, whole: np.ndarray) -> float:
    count = int(whole.sum())
    return float((part & whole).sum() / count) if count else float("nan")


def hazard(days: np.ndarray, start: int, width: int) -> float:
    """Share of those still open that close within the window."""
    at_risk = int((days >= start).sum())
    return float(((days >= start) & (days < start + width)).sum() / at_risk) if at_risk else float("nan")


def mediated(cases: Cases) -> np.ndarray:
    """Disputes that ended by an agreement in people's mediation."""
    return cases.through("people_mediation") & cases.ended("agreement") & cases.closed


def tried(cases: Cases) -> np.ndarray:
    """Disputes that a court decided."""
    return cases.ended("judgment", "dismissed") & cases.closed
