"""Is a committee's evaluation worth following? Rank correlation of what is evaluated with welfare.

An index of performance is valid as far as districts and years that it ranks high are those in which people fare well
(domain 2.4). The same is asked of the reported share of successes, which needs no index and is what contracts pay for. Units
are districts × years × replicates. Between districts there are differences that nobody's performance made: hospitals,
incomes, insurance. So the correlation is given over all units, and over deviations from each district's own mean. And a
district with many cases differs from one with few in welfare and in what chance makes of a share, so a third number has the
number of cases closed taken out of both sides (a partial rank correlation, Kendall 1942). All indicators are judged over the
same units, those in which each of them is defined. The index of a month covers the twelve months up to it: a year's is that of
its last month.

Welfare needs weights, and they have to be given. Each component is divided by its standard deviation over the units, which
is then what a weight weighs; welfare is minus the weighted loss. Whole replicates are drawn again for the intervals, because
districts and years of one replicate share their luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.guard import nearest
from parley.analysis.measures import MILLIONTHS, MONTHS_OF_A_YEAR, ratio
from parley.analysis.texts import aligned
from parley.analysis.welfare import COMPONENTS, components, months_of

if TYPE_CHECKING:
    from parley.analysis.load import Results

INDEX = "evaluation_index"
LIMITS = (0.025, 0.975)
TINY = 1e-12


class Yearly:
    """Metrics of one policy by year, over (replicate, year, place)."""

    def __init__(self, results: Results, policy: str, years: int):
        self._results, self._index, self._years = results, results.policies.index(policy), years
        self._year_of = months_of(results) // MONTHS_OF_A_YEAR

    def sum(self, name: str) -> np.ndarray:
        return np.stack([part.sum(axis=1) for part in self._parts(name)], axis=1)

    def mean(self, name: str) -> np.ndarray:
        return np.stack([part.mean(axis=1) for part in self._parts(name)], axis=1)

    def last(self, name: str) -> np.ndarray:
        """In the last period of each year, in its own unit; a share that is kept in millionths as it is."""
        values = np.stack([part[:, -1] for part in self._parts(name)], axis=1)
        return values * (MILLIONTHS if self._results.unit(name) == "1e-6" else 1)

    def _parts(self, name: str) -> list[np.ndarray]:
        values = np.asarray(self._results.metric(name)[self._index], dtype=np.float64)
        return [values[:, self._year_of == year] for year in range(self._years)]


@dataclass(frozen=True)
class Indicator:
    """Something by which providers are judged."""

    name: str
    label: str
    metrics: tuple[str, ...]
    compute: Callable[[Yearly], np.ndarray]


INDICATORS: dict[str, Indicator] = {
    i.name: i
    for i in (
        Indicator(INDEX, "evaluation index", (INDEX,), lambda of: of.last(INDEX)),
        Indicator("success_share", "agreements / closed", ("mediation_agreements", "mediation_closed"),
                  lambda of: ratio(of.sum("mediation_agreements"), of.sum("mediation_closed"))),
        Indicator("reported_share", "agreements and false reports / closed",
                  ("mediation_agreements", "inflated_reports", "mediation_closed"),
                  lambda of: ratio(of.sum("mediation_agreements") + of.sum("inflated_reports"), of.sum("mediation_closed"))),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Correlation:
    """Spearman's rank correlation with its 95 % bootstrap interval over replicates."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Validity:
    """How one indicator goes with welfare."""

    indicator: Indicator
    units: int
    """Districts × years × replicates in which every indicator is defined, of all that there are."""
    of: int
    overall: Correlation
    within: Correlation
    """Over deviations from each district's own mean."""
    given_cases: Correlation
    """Over all units, the number of cases closed in mediation taken out."""
    by_component: dict[str, float]
    """Overall, with each component alone, counted so that more is better."""


@dataclass(frozen=True, eq=False, repr=False)
class IndexValidity:
    """Indicators against welfare under given weights."""

    policy: str
    weights: dict[str, float]
    districts: int
    years: int
    replicates: int
    found: dict[str, Validity]
    missing: tuple[str, ...]
    """Indicators of which a metric was not recorded."""

    def __str__(self) -> str:
        told = ", ".join(f"{COMPONENTS[name].label.lower()} {weight:.3g}" for name, weight in self.weights.items())
        lines = [f"{self.policy}: {self.districts} districts × {self.years} years × {self.replicates} replicates; Spearman's "
                 "correlation with welfare, 95 % over replicates", f"weights of one standard deviation: {told}", ""]  # fmt: skip
        cells = [["", "units", "overall", "within districts", "given cases closed"]]
        cells += [
            [v.indicator.label, f"{v.units} of {v.of}", _text(v.overall), _text(v.within), _text(v.given_cases)]
            for v in self.found.values()
        ]
        lines += [*aligned(cells), "", "with each component alone, more is better"]
        alone = [["", *(v.indicator.label for v in self.found.values())]]
        alone += [
            [COMPONENTS[c].label, *(_number(v.by_component[c]) for v in self.found.values())] for c in self.weights
        ]
        lines += aligned(alone)
        if self.missing:
            lines += ["", "not recorded: " + ", ".join(INDICATORS[name].label for name in self.missing)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        inside = ", ".join(f"{name} {_number(v.overall.value)}" for name, v in self.found.items())
        return f"<parley.IndexValidity {self.policy}: {inside}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def index_validity(
    results: Results, weights: Mapping[str, float], policy: str | None = None, *, resamples: int = 999, seed: int = 1
) -> IndexValidity:
    """Correlate indicators with welfare over districts, years and replicates.

    Parameters
    ----------
    results
        A file of `parley run` or `parley compare`.
    weights
        Of components, each at least zero; only those named count. `parley.analysis.welfare.equal_weights` is one choice.
    policy
        One of the policies; the first where none is given.
    resamples
        Of whole replicates.

    Raises
    ------
    KeyError
        No such policy or component, or a component was not recorded.
    ValueError
        A weight is below zero or not finite, none is above zero, or welfare is the same in all units.
    """
    chosen = policy or results.policies[0]
    if chosen not in results.policies:
        raise KeyError(f"there is no policy {chosen!r}{nearest(chosen, results.policies)}")
    for name, weight in weights.items():
        if name not in COMPONENTS:
            raise KeyError(f"there is no component {name!r}{nearest(name, list(COMPONENTS))}")
        if not np.isfinite(weight) or weight < 0:
            raise ValueError(f"the weight of {name} must be a number from 0 on, not {weight}")
    if not any(weights.values()):
        raise ValueError("no weight is above zero: name what welfare is to be")
    years = -(-int(months_of(results)[-1] + 1) // MONTHS_OF_A_YEAR)
    good = _components(results, chosen, weights, years)
    welfare = np.sum([weights[name] * good[name] for name in weights], axis=0)
    if np.ptp(welfare) == 0:
        raise ValueError("welfare is the same in all districts, years and replicates")
    yearly = Yearly(results, chosen, years)
    known = set(results.metric_names)
    there = [i for i in INDICATORS.values() if known.issuperset(i.metrics)]
    count = welfare.shape[0]
    picks = np.random.default_rng(seed).integers(count, size=(resamples if count > 1 else 0, count))
    computed = {indicator.name: indicator.compute(yearly) for indicator in there}
    defined = np.logical_and.reduce([np.isfinite(values) for values in computed.values()])
    judged = np.where(defined, welfare, np.nan)
    cases = yearly.sum("mediation_closed")
    found = {}
    for indicator in there:
        values = np.where(defined, computed[indicator.name], np.nan)
        found[indicator.name] = Validity(
            indicator, int(defined.sum()), values.size, _correlation(values, judged, picks),
            _correlation(_deviations(values), _deviations(judged), picks),
            _correlation(values, judged, picks, cases),
            {name: spearman(values, good[name]) for name in weights},
        )  # fmt: skip
    missing = tuple(name for name in INDICATORS if name not in found)
    return IndexValidity(
        chosen, {n: float(w) for n, w in weights.items()}, len(results.places), years, count, found, missing
    )


def spearman(left: np.ndarray, right: np.ndarray) -> float:
    """Spearman's rank correlation of two arrays of one shape; ties have their mean rank, pairs that are not finite are left out.
    NaN where fewer than two pairs are left or one side does not vary."""
    pairs = np.isfinite(left) & np.isfinite(right)
    a, b = ranks(np.asarray(left)[pairs]), ranks(np.asarray(right)[pairs])
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    a, b = a - a.mean(), b - b.mean()
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def partial_spearman(left: np.ndarray, right: np.ndarray, given: np.ndarray) -> float:
    """Spearman's rank correlation of two arrays with a third taken out of both, all of one shape; where the third does not vary, that
    of the two. NaN where the third says all there is to say of one of them."""
    pairs = np.isfinite(left) & np.isfinite(right) & np.isfinite(given)
    left, right, given = (np.asarray(values)[pairs] for values in (left, right, given))
    both, a, b = spearman(left, right), spearman(left, given), spearman(right, given)
    if len(given) < 2 or np.ptp(given) == 0:
        return both
    rest = (1 - a * a) * (1 - b * b)
    return float((both - a * b) / np.sqrt(rest)) if rest > TINY else float("nan")


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 1 on of a flat array; ties have their mean rank."""
    _, position, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray(((last - counts + 1 + last) / 2)[position])


def _correlation(
    left: np.ndarray, right: np.ndarray, picks: np.ndarray, given: np.ndarray | None = None
) -> Correlation:
    def of(*arrays: np.ndarray) -> float:
        return spearman(*arrays) if given is None else partial_spearman(*arrays)

    arrays = (left, right) if given is None else (left, right, given)
    again = np.array([of(*(values[pick] for values in arrays)) for pick in picks])
    again = again[np.isfinite(again)]
    low, high = np.quantile(again, LIMITS) if len(again) else (np.nan, np.nan)
    return Correlation(of(*arrays), float(low), float(high))


def _deviations(values: np.ndarray) -> np.ndarray:
    """From the mean of each district over replicates and years; what is not finite stays so."""
    defined = np.isfinite(values)
    count = defined.sum(axis=(0, 1))
    sums = np.where(defined, values, 0).sum(axis=(0, 1))
    return np.asarray(values - np.divide(sums, count, out=np.zeros(len(sums)), where=count > 0))


def _components(results: Results, policy: str, names: Mapping[str, float], years: int) -> dict[str, np.ndarray]:
    """Components so that more is better, in standard deviations over all units; shape (replicate, year, place)."""
    cells = [[components(results, policy, place=place, year=year) for place in results.places] for year in range(years)]
    good = {}
    for name in names:
        if name not in cells[0][0]:
            raise KeyError(
                f"{results.path} does not hold {name}: "
                + ", ".join(COMPONENTS[name].metrics)
                + " were not all recorded"
            )
        table = np.array([[cell[name] for cell in row] for row in cells]).transpose(2, 0, 1)
        spread = float(table.std())
        good[name] = COMPONENTS[name].sign * table / spread if spread > 0 else np.zeros(table.shape)
    return good


def _number(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if np.isfinite(value) else "–"


def _text(found: Correlation) -> str:
    return f"{_number(found.value)} ({_number(found.low)} to {_number(found.high)})"
