"""The disputes of one policy, replicate by replicate, for figures that sums do not suffice for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import ParleyError

if TYPE_CHECKING:
    from parley.analysis.load import Results

FARTHEST_DAY = 10**6
"""Columns mark what never happened by a day beyond it."""
DAYS_OF_A_YEAR = 365.25
ORDINAL_BITS, DAY_BITS, DAY_OFFSET = 14, 16, 1 << 14
"""How an id is packed: hospital, day of onset, candidate event of that day (sim/base/ids.hpp)."""


class NotRecorded(ParleyError, LookupError):
    """A file does not hold what a figure is computed from: an older version or a smaller record."""


class Cases:
    """The disputes of one policy, replicate by replicate."""

    def __init__(
        self,
        columns: Mapping[str, np.ndarray],
        *,
        replicates: Sequence[int],
        years: float,
        meanings: Mapping[str, list[str]],
        negligent_events: np.ndarray,
        deadline: float,
    ):
        self.columns = columns
        self.replicates = replicates
        self.years = years
        self.channels, self.outcomes, self.severities = (
            meanings[name] for name in ("last_channel", "outcome", "severity")
        )
        self.negligent_events = negligent_events
        """Of each replicate."""
        self.deadline = deadline
        """Legal time of a mediation, in days of the calendar."""
        self.had = np.abs(self["mediation_day"].astype(np.int64)) < FARTHEST_DAY
        """Disputes that people's mediation has had."""
        self.accepted = self.had & (self["mediation_day"] >= 0)
        """Those that it took within the time recorded."""
        self.closed = self["closed"] >= 0

    @classmethod
    def of(cls, results: Results, policy: str) -> Cases:
        """Those of one policy of a file."""
        columns = results.case_columns()
        index = results.policies.index(policy)
        chosen = columns["policy"] == index
        return cls(
            {name: values[chosen] for name, values in columns.items()},
            replicates=results.replicates,
            years=results.years,
            meanings={name: results.meanings(f"cases/{name}") for name in ("last_channel", "outcome", "severity")},
            negligent_events=results.metric("negligent_events")[index].sum(axis=(1, 2)).astype(np.float64),
            deadline=calendar_days(results.parameters()["deadline.mediation_limit"]),
        )

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self.columns:
            raise NotRecorded(f"the column {name} of the table of cases")
        return self.columns[name]

    def through(self, channel: str) -> np.ndarray:
        """Disputes whose last forum it was."""
        return self["last_channel"] == self.channels.index(channel)

    def ended(self, *outcomes: str) -> np.ndarray:
        return np.isin(self["outcome"], [self.outcomes.index(name) for name in outcomes])

    def of_severity(self, name: str) -> np.ndarray:
        return self["severity"] == self.severities.index(name)

    @property
    def onset(self) -> np.ndarray:
        """Day on which the harm was done, which is part of the name of a dispute."""
        return (self["id"].astype(np.int64) >> ORDINAL_BITS) % (1 << DAY_BITS) - DAY_OFFSET

    @property
    def with_disturbance(self) -> np.ndarray:
        """Disputes with a disturbance at the hospital."""
        return self["disturbed"] != 0

    @property
    def disturbance_day(self) -> np.ndarray:
        """Day of the first disturbance, where there was one."""
        return self["disturbed_day"].astype(np.int64)

    @property
    def mediation_end(self) -> np.ndarray:
        """Day on which mediation was over: another forum had the dispute, or it was closed; beyond all days while it goes on."""
        begun = self["mediation_day"].astype(np.int64)
        end = np.where(self.closed, self["closed"].astype(np.int64), FARTHEST_DAY)
        for name in ("administration_day", "arbitration_day", "filing_day"):
            later = self[name].astype(np.int64)
            end = np.where((later > begun) & (later < end), later, end)
        return end

    def each(self, compute: Callable[[np.ndarray], float]) -> np.ndarray:
        """One number per replicate from the rows of that replicate; NaN where there is nothing to compute it from."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.array([compute(self["replicate"] == number) for number in self.replicates], dtype=np.float64)


def calendar_days(working_days: float) -> float:
    """Seven days for five."""
    return working_days * 7 / 5


def mean(values: np.ndarray) -> float:
    values = values[np.isfinite(values)]
    return float(values.mean()) if len(values) else float("nan")


def share_of(part: np.ndarray, whole: np.ndarray) -> float:
    count = int(whole.sum())
    return float((part & whole).sum() / count) if count else float("nan")


def hazard(ends: np.ndarray, events: np.ndarray, start: float, until: float) -> float:
    """Events per day at risk in a window: ``ends`` says how long each was at risk, ``events`` which of them ended so."""
    exposure = (np.clip(ends, start, until) - start).sum()
    return float((events & (ends >= start) & (ends < until)).sum() / exposure) if exposure > 0 else float("nan")


def mediated(cases: Cases) -> np.ndarray:
    """Disputes that ended by an agreement in people's mediation."""
    return cases.through("people_mediation") & cases.ended("agreement") & cases.closed


def tried(cases: Cases) -> np.ndarray:
    """Disputes that a court decided."""
    return cases.ended("judgment", "dismissed") & cases.closed


def taken_in_year_to_date(cases: Cases, part: float) -> tuple[np.ndarray, np.ndarray]:
    """Disputes that mediation took in the first ``part`` of any year, and those of them that were settled by its end.

    A report on the year to date counts so: what it took and what of that has succeeded, the rest being open or failed.
    """
    begun = cases["mediation_day"].astype(np.float64)
    year = np.floor(begun / DAYS_OF_A_YEAR)
    report = (year + part) * DAYS_OF_A_YEAR
    taken = cases.accepted & (begun < report) & (year < cases.years)
    return taken, taken & mediated(cases) & (cases["closed"] < report)


def paid_by_case(results: Results, policy: str) -> list[np.ndarray]:
    """Pay for each case whose file was accepted, yuan, for each replicate: the ledger's transfers of that reason, whoever paid.

    Raises
    ------
    NotRecorded
        There is no ledger in the file.
    """
    if results.provenance.get("record") != "full":
        raise NotRecorded("the ledger (--record full)")
    ledger = results.ledger()
    pay = ledger[(ledger["reason"] == "case_pay") & (ledger["policy"] == policy) & (ledger["day"] >= 0)]
    sums = pay.groupby(["replicate", "case"])["yuan"].sum()
    known = set(sums.index.get_level_values("replicate"))
    return [
        sums.loc[number].to_numpy(dtype=np.float64) if number in known else np.array([])
        for number in results.replicates
    ]
