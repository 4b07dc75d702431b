"""Welfare by component: what a way of governing does to people, to their purses and to the public purse.

W = −harm − time − cost − error of compensation − disturbances + trust + safety − public money (domain 2.15) is kept in
its parts. Each part is a pure function of metrics, by resident and year; nothing here adds parts up. The government's own
cost is the component of public money. A yuan of compensation is a cost to who pays it; what it was good for stands under
the errors of compensation, on both sides. What somebody gives the committees is a cost to the giver, and what the
committees do with it is in the cost of handling: parts for different readers, not summands.

How parts of different units are made comparable, what a weight then means, and which parts have none, is said where
they are weighed: `parley.analysis.interior` over a grid of policies, `parley.analysis.index_validity` over districts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.compare import LEVEL, Comparison, Estimate, PairedEstimate, estimate, paired
from parley.analysis.guard import nearest
from parley.analysis.measures import CENTS, MEASURES, MILLIONTHS, MONTHS_OF_A_YEAR, Measure, Totals, months_of, ratio
from parley.analysis.precision import level_of, level_text
from parley.analysis.sweep_results import SweepResults
from parley.analysis.texts import aligned, shown, signed

if TYPE_CHECKING:
    from parley.analysis.load import Results

PEOPLE = 10_000
DAYS_OF_A_YEAR = 365
STOCKS = ("open_disputes", "trust")
"""Metrics of which a mean over the last year is taken, as in the file of a sweep; the others are added up."""

A_YEAR = "per 10,000 residents a year"
MONEY = "yuan per 10,000 residents a year"


@dataclass(frozen=True)
class Component:
    """One part of welfare."""

    name: str
    label: str
    concern: str
    """What it is about; several components may share one."""
    unit: str
    better: str
    """``lower`` or ``higher``."""
    metrics: tuple[str, ...]
    """Metrics of the record that it comes from."""
    definition: str
    compute: Callable[[Totals], np.ndarray]

    @property
    def sign(self) -> int:
        return 1 if self.better == "higher" else -1


COMPONENTS: dict[str, Component] = {}
Compute = Callable[[Totals], np.ndarray]


def _component(
    concern: str, label: str, unit: str, *metrics: str, better: str = "lower"
) -> Callable[[Compute], Compute]:
    def enter(compute: Compute) -> Compute:
        name, definition = str(compute.__name__), " ".join((compute.__doc__ or "").split())
        COMPONENTS[name] = Component(name, label, concern, unit, better, metrics, definition, compute)
        return compute

    return enter


def _a_year(total: Totals, amount: np.ndarray) -> np.ndarray:
    return PEOPLE * amount / (total.population * total.years)


@_component("harm", "People harmed by care", A_YEAR, "adverse_events")
def harm(total: Totals) -> np.ndarray:
    """Adverse events, negligent or not, of whatever severity."""
    return _a_year(total, total["adverse_events"])


@_component("safety", "Negligent events", "per 10,000 admissions", "negligent_events", "admissions")
def negligence(total: Totals) -> np.ndarray:
    """Adverse events that were negligent, over admissions: how unsafe care is, however many are treated."""
    return PEOPLE * ratio(total["negligent_events"], total["admissions"])


@_component("time", "Days in dispute", "days " + A_YEAR, "open_disputes")
def days_in_dispute(total: Totals) -> np.ndarray:
    """Formal disputes open, mean over the last year, times 365: a case that is never closed counts too."""
    return PEOPLE * DAYS_OF_A_YEAR * total["open_disputes"] / total.population


HOSPITALS_PAY = ("paid_by_hospital", "premiums", "insurer_capital", "fund_contributions", "committees_by_hospitals", "indirect_cost",
                 "defensive_cost")  # fmt: skip


@_component("cost", "Cost to hospitals", MONEY, *HOSPITALS_PAY)
def cost_to_hospitals(total: Totals) -> np.ndarray:
    """Compensation that hospitals and their staff paid, premiums, what they paid into insurers' capital and mutual funds, what they
    and donors gave committees, own time and losses, and defensive care."""
    return _a_year(total, np.sum([total[metric] for metric in HOSPITALS_PAY], axis=0)) / CENTS


@_component(
    "cost", "Cost to insurers", MONEY, "paid_by_insurer", "committees_by_insurers", "premiums", "insurer_capital"
)
def cost_to_insurers(total: Totals) -> np.ndarray:
    """Compensation that insurers paid and what they gave committees, less premiums and capital paid in; below zero is what they
    have left for their own expenses, which are in the cost of handling, and to keep."""
    given, taken = ("paid_by_insurer", "committees_by_insurers"), ("premiums", "insurer_capital")
    return _a_year(total, np.sum([total[m] for m in given], axis=0) - np.sum([total[m] for m in taken], axis=0)) / CENTS


@_component("cost", "Cost to mutual funds", MONEY, "paid_by_fund", "fund_contributions")
def cost_to_funds(total: Totals) -> np.ndarray:
    """Compensation that mutual risk funds paid, less what hospitals paid in; below zero is what they put by."""
    return _a_year(total, total["paid_by_fund"] - total["fund_contributions"]) / CENTS


@_component("cost", "Cost of handling", MONEY, "system_cost", "defensive_cost")
def cost_of_handling(total: Totals) -> np.ndarray:
    """Committees, courts, lawyers, experts and losses of disturbances, whoever paid; defensive care is the hospitals'."""
    return _a_year(total, total["system_cost"] - total["defensive_cost"]) / CENTS


@_component("compensation error", "Paid too little", MONEY, "compensation_error", "owed", "paid")
def paid_too_little(total: Totals) -> np.ndarray:
    """What patients were owed and did not get: (|paid − owed| + owed − paid) / 2, added over the disputes closed."""
    return _a_year(total, total["compensation_error"] + total["owed"] - total["paid"]) / (2 * CENTS)


@_component("compensation error", "Paid too much", MONEY, "compensation_error", "owed", "paid")
def paid_too_much(total: Totals) -> np.ndarray:
    """What was paid and not owed: (|paid − owed| − owed + paid) / 2, added over the disputes closed."""
    return _a_year(total, total["compensation_error"] - total["owed"] + total["paid"]) / (2 * CENTS)


@_component("disturbances", "Disturbances", A_YEAR, "disturbances")
def disturbances(total: Totals) -> np.ndarray:
    """Disturbances at hospitals, those that were calmed included."""
    return _a_year(total, total["disturbances"])


@_component("trust", "Trust in hospitals", "0 to 100", "trust", better="higher")
def trust(total: Totals) -> np.ndarray:
    """Trust of residents, mean over the last year, places weighted by population."""
    return 100 * np.asarray(total.trust, dtype=np.float64)


@_component("public money", "Public money", MONEY, "public_outlay")
def public_money(total: Totals) -> np.ndarray:
    """All money that left public budgets, relief for patients included. What handling costs the public is in both."""
    return _a_year(total, total["public_outlay"]) / CENTS


CONCERNS: tuple[str, ...] = tuple(dict.fromkeys(component.concern for component in COMPONENTS.values()))


# ---- from a file or a sweep -------------------------------------------------------------------------------------------


def components(
    source: Results | SweepResults, policy: str, *, place: str | None = None, year: int | None = None
) -> dict[str, np.ndarray]:
    """Every component whose metrics were recorded, by name, in its own unit.

    Parameters
    ----------
    policy
        One of the policies of the source.
    place, year
        One district, one recorded year (0 is the first) alone; of a file of `parley run` or `parley compare`.

    Returns
    -------
    dict
        Arrays of shape (replicates,); of a sweep (points, replicates).

    Raises
    ------
    KeyError
        There is no such policy or place.
    ValueError
        A place or a year of a sweep, whose file holds totals alone, or a year that was not recorded.
    """
    if policy not in source.policies:
        raise KeyError(f"there is no policy {policy!r}{nearest(policy, source.policies)}")
    if isinstance(source, SweepResults):
        if place is not None or year is not None:
            raise ValueError(
                "a sweep holds totals of the whole place and time; parley compare records districts by month"
            )
        total = _of_sweep(source, policy)
    else:
        total = _of_file(source, policy, place, year)
    known = {*total.sums, "trust"}
    return {c.name: c.compute(total) for c in COMPONENTS.values() if known.issuperset(c.metrics)}


def _needed(known: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(m for c in COMPONENTS.values() for m in c.metrics) if name in known]


def _of_sweep(sweep: SweepResults, policy: str) -> Totals:
    position, whole = sweep.policies.index(policy), sweep._totals
    sums = {name: sweep.metric(name)[position] for name in _needed(sweep.metric_names)}
    return Totals(sums, whole.years, whole.population, whole.trust[position])


def _of_file(results: Results, policy: str, place: str | None, year: int | None) -> Totals:
    index = results.policies.index(policy)
    if place is not None and place not in results.places:
        raise KeyError(f"there is no place {place!r}{nearest(place, results.places)}")
    months = months_of(results)
    count = int(months[-1]) + 1
    if year is not None and not 0 <= year < count / MONTHS_OF_A_YEAR:
        raise ValueError(f"there is no year {year}; {count / MONTHS_OF_A_YEAR:g} were recorded")
    chosen = np.ones(len(months), dtype=bool) if year is None else months // MONTHS_OF_A_YEAR == year
    last = chosen & (months >= months[chosen][-1] + 1 - MONTHS_OF_A_YEAR)
    where = slice(None) if place is None else slice(results.places.index(place), results.places.index(place) + 1)
    people = results.population[where]
    sums = {}
    for name in _needed(results.metric_names):
        values = np.asarray(results.metric(name)[index][:, :, where], dtype=np.float64)
        of_places = values[:, last].mean(axis=1) if name in STOCKS else values[:, chosen].sum(axis=1)
        sums[name] = of_places @ people / people.sum() if name == "trust" else of_places.sum(axis=1)
    scale = MILLIONTHS if results.unit("trust") == "1e-6" else 1.0
    years = results.years if year is None else float(len(np.unique(months[chosen]))) / MONTHS_OF_A_YEAR
    return Totals(sums, years, float(people.sum()), scale * sums["trust"])


def measure_or_component(name: str) -> Measure | Component:
    """What has this name in an answer: a measure of its table, or else a component of welfare."""
    return MEASURES[name] if name in MEASURES else COMPONENTS[name]


def with_components(comparison: Comparison) -> Comparison:
    """The same with components of welfare beside the measures in its values, means and differences; `measures` stays as it is, and
    so does what a table shows. A component of which a metric was not recorded is left out."""
    results, level = comparison.results, comparison.level
    found = {policy: components(results, policy) for policy in results.policies}
    means = {policy: {name: estimate(value, level) for name, value in table.items()} for policy, table in found.items()}
    differences = [
        {name: paired(value, found[contrast.baseline][name], level) for name, value in found[contrast.policy].items()}
        for contrast in comparison.contrasts
    ]
    return replace(
        comparison,
        values={policy: {**found[policy], **table} for policy, table in comparison.values.items()},
        means={policy: {**means[policy], **table} for policy, table in comparison.means.items()},
        differences=[{**more, **table} for more, table in zip(differences, comparison.differences, strict=True)],
    )


# ---- the table --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One component under two policies, over replicates of common luck, with 95 % t-intervals."""

    component: Component
    baseline: Estimate
    policy: Estimate
    difference: PairedEstimate
    """Policy minus baseline, in the component's unit."""

    @property
    def verdict(self) -> str:
        return better_or_worse(self.component, self.difference)


def better_or_worse(component: Component, difference: PairedEstimate) -> str:
    """``better``, ``worse``, ``open`` where it may be chance, ``same`` where there is none."""
    if not np.isfinite(difference.low):
        return "–"
    if not difference.decided:
        return "open" if difference.low < difference.high else "same"
    return "better" if difference.mean * component.sign > 0 else "worse"


@dataclass(frozen=True, eq=False, repr=False)
class Welfare:
    """Components of a policy against its baseline, of the whole place and of each district; no sum."""

    policy: str
    baseline: str
    replicates: int
    rows: dict[str, Row]
    """By component."""
    districts: dict[str, dict[str, Row]]
    """By district, then by component; empty where a sweep holds totals alone."""
    missing: tuple[str, ...]
    """Components of which a metric was not recorded."""
    level: float = LEVEL
    """Of each interval; above 95 % where there were several looks."""

    def __str__(self) -> str:
        lines = [
            f"{self.policy} − {self.baseline}, {self.replicates} paired replicates, {level_text(self.level)} t-intervals"
        ]
        for where, rows in {"whole place": self.rows, **self.districts}.items():
            lines += ["", where, *_lines(rows, self.baseline)]
        if self.missing:
            lines += ["", "not recorded: " + ", ".join(COMPONENTS[name].label for name in self.missing)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        words = [row.verdict for row in self.rows.values()]
        return (f"<parley.Welfare {self.policy} − {self.baseline}: of {len(words)} components {words.count('better')} "
                f"better, {words.count('worse')} worse>")  # fmt: skip

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def welfare(
    source: Results | SweepResults, policy: str | None = None, baseline: str | None = None, *, point: int = 0
) -> Welfare:
    """Components of one policy against another on the same luck.

    Parameters
    ----------
    source
        A file of `parley compare` (with its districts) or a sweep.
    policy, baseline
        Two of its policies; the last and the first of its modes where none are given.
    point
        Of a sweep: the point at which both are compared.

    Raises
    ------
    KeyError
        There is no such policy.
    ValueError
        There are not two policies, or no such point.
    """
    modes = [name for name in source.policies if ":" not in name] or source.policies
    chosen, base = policy or modes[-1], baseline or modes[0]
    if chosen == base:
        raise ValueError(f"{chosen} is to be compared with itself; there are {', '.join(source.policies)}")
    if isinstance(source, SweepResults):
        if not 0 <= point < len(source.design):
            raise ValueError(f"there is no point {point}; the sweep has {len(source.design)}, from 0 on")
        at = [{name: found[point] for name, found in components(source, one).items()} for one in (base, chosen)]
        rows, districts, replicates, level = _rows(at[0], at[1]), {}, source.replicates, LEVEL
    else:
        replicates, level = len(source.replicates), level_of(source.looks)
        rows = _rows(components(source, base), components(source, chosen), level)
        districts = {place: _rows(components(source, base, place=place), components(source, chosen, place=place), level)
                     for place in source.places}  # fmt: skip
    return Welfare(
        chosen, base, replicates, rows, districts, tuple(name for name in COMPONENTS if name not in rows), level
    )


def _rows(base: Mapping[str, np.ndarray], policy: Mapping[str, np.ndarray], level: float = LEVEL) -> dict[str, Row]:
    return {name: Row(COMPONENTS[name], estimate(base[name], level), estimate(values, level), paired(values, base[name], level))
            for name, values in policy.items()}  # fmt: skip


def _lines(rows: Mapping[str, Row], baseline: str) -> list[str]:
    cells = [["", "unit", baseline, "difference", ""]]
    for row in rows.values():
        b, d = row.baseline, row.difference
        cells.append([row.component.label, row.component.unit, f"{shown(b.mean)} ({shown(b.low)} to {shown(b.high)})",
                      f"{signed(d.mean)} ({shown(d.low)} to {shown(d.high)})", row.verdict])  # fmt: skip
    return aligned(cells, left=2)


def draw_weights(names: Sequence[str], count: int, seed: int = 1, nested: bool = True) -> np.ndarray:
    """Weights drawn evenly over the simplex (the flat Dirichlet distribution), each row adding up to one.

    Parameters
    ----------
    names
        Components.
    count
        Draws.
    nested
        True draws the weight of each concern, and within it that of each component, so that a concern does not weigh more
        because it was reported in more parts (the splitting bias of Weber, Eisenführ and von Winterfeldt 1988); False
        draws over all components at once.

    Returns
    -------
    numpy.ndarray
        Shape (count, components).
    """
    draw = np.random.default_rng(seed)
    if not names:
        raise ValueError("no component has a weight: nothing differs between the alternatives but by chance")
    if not nested:
        return draw.dirichlet(np.ones(len(names)), count)
    concerns = [COMPONENTS[name].concern for name in names]
    kinds = list(dict.fromkeys(concerns))
    tops = draw.dirichlet(np.ones(len(kinds)), count)
    weights = np.empty((count, len(names)))
    for position, kind in enumerate(kinds):
        members = [k for k, concern in enumerate(concerns) if concern == kind]
        weights[:, members] = tops[:, [position]] * draw.dirichlet(np.ones(len(members)), count)
    return weights


def equal_weights(names: Sequence[str] = tuple(COMPONENTS)) -> dict[str, float]:
    """The same weight for every concern, shared equally by its components: a choice like any other, named as one."""
    concerns = [COMPONENTS[name].concern for name in names]
    shares = [1 / len(set(concerns)) / concerns.count(concern) for concern in concerns]
    return dict(zip(names, shares, strict=True))
