"""Who gains: disputes by income, insurance and district, under each policy.

What can be told of a dispute is told by who had it: how long it took, what was paid of what was owed, on both sides of it, how
often it broke out, how the patient felt about it. Each figure is a ratio of sums over the disputes of one group in one
replicate; policies are compared replicate by replicate on common luck. A group is what the patient was before anything
happened, so that policies do not move people between groups; which of them complain, they may.

Figures of what became of disputes are over those that are finished, as in the table of the whole place: ended, and where
something was owed by agreement or decision, paid. Groups therefore add up to that table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.compare import LEVEL, Estimate, PairedEstimate, estimate, paired
from parley.analysis.guard import nearest
from parley.analysis.load import NOT_CLOSED
from parley.analysis.measures import CENTS, ratio
from parley.analysis.precision import level_of, level_text
from parley.analysis.texts import aligned, shown, span

if TYPE_CHECKING:
    from parley.analysis.load import Results

BY: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "income": ("low_income", ("other incomes", "low income")),
    "insurance": ("health_insured", ("not insured", "insured")),
    "district": ("place", ()),
}
"""By what disputes may be parted: the column of the case table, and the names of its values in their order."""

FIGURES: Mapping[str, tuple[str, str]] = {
    "disputes": ("Disputes", "per year"),
    "days": ("Days to the end", "days"),
    "paid_share": ("Paid over owed", "%"),
    "too_little": ("Paid too little", "yuan per dispute"),
    "too_much": ("Paid too much", "yuan per dispute"),
    "disturbed": ("Broke out", "per 100 disputes"),
    "satisfaction": ("Satisfaction", "0 to 100"),
}
"""Label and unit of each figure."""


@dataclass(frozen=True, eq=False, repr=False)
class Groups:
    """Figures by group under two policies."""

    policy: str
    baseline: str
    by: str
    names: tuple[str, ...]
    base: dict[str, dict[str, Estimate]]
    """[group][figure], under the baseline."""
    difference: dict[str, dict[str, PairedEstimate]]
    """[group][figure], policy − baseline."""
    gap: dict[str, Estimate]
    """By figure where there are two groups: how much more the difference is for the second than for the first."""
    level: float = LEVEL
    """Of each interval; above 95 % where there were several looks."""

    def table(self) -> list[list[str]]:
        cells = [["", "unit", *(f"{name}: {self.baseline} → difference" for name in self.names)]]
        if self.gap:
            cells[0].append("second − first")
        for figure, (label, unit) in FIGURES.items():
            row = [label, unit, *(self._cell(name, figure) for name in self.names)]
            if self.gap:
                row.append(span(self.gap[figure]))
            cells.append(row)
        return cells

    def rows(self) -> list[list[str]]:
        """The same with a row for each group, where there are many."""
        cells = [["", *(f"{label}, {unit}" for label, unit in FIGURES.values())]]
        cells += [[name, *(self._cell(name, figure) for figure in FIGURES)] for name in self.names]
        return cells

    def _cell(self, name: str, figure: str) -> str:
        return f"{shown(self.base[name][figure].mean)} → {span(self.difference[name][figure])}"

    def __str__(self) -> str:
        title = f"{self.policy} − {self.baseline}, by {self.by}; {level_text(self.level)} t-intervals over replicates"
        return "\n".join([title, "", *aligned(self.table(), left=2)])

    def __repr__(self) -> str:
        return f"<parley.Groups by {self.by}: {', '.join(self.names)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def by_group(results: Results, by: str, policy: str | None = None, baseline: str | None = None) -> Groups:
    """Disputes of two policies by income, insurance or district.

    Parameters
    ----------
    results
        A file of `parley compare` with cases.
    by
        ``income``, ``insurance`` (basic health insurance) or ``district`` (of the hospital).
    policy, baseline
        Two of its policies; the last and the first of its modes where none are given.

    Raises
    ------
    KeyError
        There is no such split, policy, or column in the file (files from before layout 1.3 do not hold incomes).
    ValueError
        The two are the same policy.
    """
    if by not in BY:
        raise KeyError(f"disputes cannot be parted by {by!r}{nearest(by, list(BY))}; there are {', '.join(BY)}")
    modes = [name for name in results.policies if ":" not in name] or results.policies
    chosen, base = policy or modes[-1], baseline or modes[0]
    if chosen == base:
        raise ValueError(f"{chosen} is to be compared with itself; there are {', '.join(results.policies)}")
    level = level_of(results.looks)
    column, labels = BY[by]
    names = labels or tuple(results.places)
    before, after = (figures(results, one, column, len(names)) for one in (base, chosen))
    found: dict[str, dict[str, PairedEstimate]] = {}
    under: dict[str, dict[str, Estimate]] = {}
    for g, name in enumerate(names):
        under[name] = {figure: estimate(before[figure][:, g], level) for figure in FIGURES}
        found[name] = {figure: paired(after[figure][:, g], before[figure][:, g], level) for figure in FIGURES}
    gap = {}
    if len(names) == 2:
        moved = {figure: after[figure] - before[figure] for figure in FIGURES}
        gap = {figure: estimate(moved[figure][:, 1] - moved[figure][:, 0], level) for figure in FIGURES}
    return Groups(chosen, base, by, names, under, found, gap, level)


def figures(results: Results, policy: str, column: str, groups: int) -> dict[str, np.ndarray]:
    """Every figure of one policy, shape (replicates, groups); NaN where a group had no dispute.

    Raises
    ------
    KeyError
        There is no such policy, or the file does not hold the column.
    """
    if policy not in results.policies:
        raise KeyError(f"there is no policy {policy!r}{nearest(policy, results.policies)}")
    wanted = ("policy", "replicate", column, "opened", "closed", "paid", "owed", "disturbed", "satisfaction")
    cases = results.case_columns(*dict.fromkeys(wanted))
    mine = cases["policy"] == results.policies.index(policy)
    replicate = np.searchsorted(np.asarray(results.replicates), cases["replicate"][mine])
    group = np.asarray(cases[column][mine], dtype=np.int64)
    cell = replicate * groups + group
    shape = (len(results.replicates), groups)
    opened, closed = (np.asarray(cases[name][mine], dtype=np.int64) for name in ("opened", "closed"))
    paid, owed = (np.asarray(cases[name][mine], dtype=np.float64) / CENTS for name in ("paid", "owed"))
    felt = np.asarray(cases["satisfaction"][mine], dtype=np.float64)
    # Whoever has signed and is not paid yet has a day of closing and no verdict so far (below 0).
    over = (closed != NOT_CLOSED) & (felt >= 0)

    def total(values: np.ndarray, which: np.ndarray) -> np.ndarray:
        return np.bincount(cell[which], weights=values[which], minlength=shape[0] * shape[1]).reshape(shape)

    one = np.ones(len(cell))
    new, ended = total(one, opened >= 0), total(one, over)
    return {
        "disputes": new / results.years,
        "days": ratio(total((closed - opened).astype(np.float64), over), ended),
        "paid_share": 100 * ratio(total(paid, over), total(owed, over)),
        "too_little": ratio(total(np.maximum(owed - paid, 0), over), ended),
        "too_much": ratio(total(np.maximum(paid - owed, 0), over), ended),
        "disturbed": 100 * ratio(total(np.asarray(cases["disturbed"][mine], dtype=np.float64), over), ended),
        "satisfaction": 100 * ratio(total(felt, over), ended),
    }
