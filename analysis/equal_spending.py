"""Two policies at equal public spending in every joint draw, though the lever that makes it equal was solved for once.

It is solved at the place's own values; in a draw the two policies then spend unlike sums, and solving anew in each of a thousand
draws would cost five times as much. So the policy is run in each draw with a few values of that lever, and every measure is
read off the straight lines between them at the outlay of the baseline. Which values, a pilot of few draws tells: those at which
a tenth, half and nine tenths of its draws spend alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.measures import mean_of_finite

if TYPE_CHECKING:
    from parley.analysis.compare import Comparison, PairedEstimate
    from parley.analysis.load import Contrast, Results
    from parley.analysis.sweep_results import SweepResults

OUTLAY = "public_outlay_per_year"
PILOT_DRAWS = 60
SHARES_REACHED = (0.1, 0.5, 0.9)
"""Of the pilot's draws: so many spend alike with each value of the lever, or less."""
REACH = 1.0
"""How far the line between two values may be followed beyond the outermost, in distances between their outlays."""
APART = 0.1
"""Two values nearer to each other than this share of the larger make no line."""
ROUNDING = 1e-9
"""Differences so small beside what they are made of are none."""


def solved_lever(results: Results, policy: str, baseline: str) -> str:
    """The lever that was solved for equal spending of these two; empty where none was."""
    return next((c.solved_lever for c in results.contrasts
                 if (c.policy, c.baseline) == (policy, baseline) and c.solved_lever), "")  # fmt: skip


def pilot_values(results: Results, policy: str, lever: str) -> list[float]:
    """The value that was solved for and the one of the mode file; where these are nearly the same, half as much again, or half where
    that is beyond the range."""
    from parley.analysis.design import space

    solved, given = results.levers(policy)[lever], results.levers(policy.split(":")[0])[lever]
    if abs(given - solved) < APART * max(abs(given), abs(solved)) or given == solved:
        given = 1.5 * solved if 0 < solved * 1.5 <= space([lever])[lever].high else 0.5 * solved
    return [solved, given]


def values_for_draws(
    pilot: SweepResults, policies: Sequence[str], values: Sequence[float], baseline: str, lever: str
) -> list[float]:
    """Rising values of the lever between which most draws spend what the baseline spends.

    Parameters
    ----------
    pilot
        A sweep over few draws, of the baseline and of the policy with two values of the lever.
    policies, values
        The names of those two in it, and their values.
    """
    from parley.analysis.design import space

    spent, spent_other, wanted = (mean_of_finite(pilot.measure(OUTLAY, name)) for name in (*policies, baseline))
    way = spent_other - spent
    line = np.abs(way) > ROUNDING * np.abs(spent)
    if not line.any():
        return sorted(values)
    needed = values[0] + (wanted - spent)[line] / way[line] * (values[1] - values[0])
    axis = space([lever])[lever]
    low, middle, high = np.quantile(np.clip(needed, axis.low, axis.high), SHARES_REACHED).tolist()
    wanted_values = (min(low, (1 - APART) * middle), middle, max(high, (1 + APART) * middle))
    found = sorted({min(max(value, axis.low), axis.high) for value in wanted_values})
    return found if len(found) > 1 else sorted(values)


def at_equal_outlay(found: SweepResults, measure: str, policies: Sequence[str], baseline: str) -> np.ndarray:
    """Policy minus baseline at the outlay of the baseline, over (point, replicate), in the measure's unit.

    `policies` are the same policy with rising values of one lever, two or more. In each draw the measure is taken to go in a straight
    line with public outlay (means over the draw's replicates) from one to the next, and is read off where outlay equals the baseline's.
    The outermost lines may be followed beyond their ends by `REACH` times the distance between their outlays; where that is not far
    enough, or where both spend the same, the draw has no value (NaN).
    """
    spent = [mean_of_finite(found.measure(OUTLAY, name)) for name in policies]
    worth = [found.measure(measure, name) for name in policies]
    wanted, base = mean_of_finite(found.measure(OUTLAY, baseline)), found.measure(measure, baseline)
    difference = np.full(base.shape, np.nan)
    open_draws = np.ones(len(base), dtype=bool)
    last = len(policies) - 2
    for k in range(last + 1):
        way = spent[k + 1] - spent[k]
        line = np.abs(way) > ROUNDING * np.abs(spent[k])
        step = np.divide(wanted - spent[k], way, out=np.full(way.shape, np.nan), where=line)
        here = open_draws & (step >= (-REACH if k == 0 else 0)) & (step <= (1 + REACH if k == last else 1))
        on_line = worth[k] + step[:, None] * (worth[k + 1] - worth[k]) - base
        difference[here] = 0.0 if measure == OUTLAY else on_line[here]
        open_draws &= ~here
    return np.where(np.abs(difference) <= ROUNDING * np.abs(base), 0.0, difference)


def at_equal_spending(comparison: Comparison) -> Comparison:
    """The same with the differences of solved contrasts taken at exactly the baseline's outlay, not within the tolerance of it.

    The policy as its mode file has it is in the file too, and the two differ in the solved lever alone: each measure follows the straight
    line between them, in means over replicates, by the little that outlay is off. A contrast that missed its tolerance, or whose
    two values spend nearly alike, stays as it is. The space of that tolerance would otherwise be an effect, on costs above all.
    """
    moved = [_moved(comparison, position, contrast) for position, contrast in enumerate(comparison.contrasts)]
    return replace(comparison, differences=moved)


def _moved(comparison: Comparison, position: int, contrast: Contrast) -> dict[str, PairedEstimate]:
    from parley.analysis.compare import paired

    found, other = comparison.differences[position], contrast.policy.split(":")[0]
    if not contrast.solved_lever or contrast.missed or other not in comparison.values:
        return found
    here, there, base = (comparison.values[name] for name in (contrast.policy, other, contrast.baseline))
    spent, elsewhere, wanted = (float(np.mean(np.asarray(arm[OUTLAY]))) for arm in (here, there, base))
    if abs(elsewhere - spent) <= contrast.tolerance * abs(spent):
        return found
    step = (wanted - spent) / (elsewhere - spent)

    def at_wanted(measure: str) -> PairedEstimate:
        one, another, baseline = (arm[measure] for arm in (here, there, base))
        if one is None or another is None or baseline is None:
            return found[measure]
        return paired(one + step * (another - one), baseline, comparison.level)

    return {measure: at_wanted(measure) for measure in found}
