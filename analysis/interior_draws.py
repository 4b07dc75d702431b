"""Does the best welfare still lie where it lies at the place's own values when everything uncertain is drawn anew?

Each joint draw (`parley.analysis.robustness.over_draws`) is run on a grid of authority, public share and proximity, coarse enough to be
run a thousand times, all its points on one luck, and every draw of weights has its best point there. What a weight says a yuan is
worth against a day in dispute is a value of who weighs and no fact that a draw could change: components are divided by their
swings at the place's own values in every draw, and those without a weight there have none in any.

Luck scatters the best point of a run as shuffled labels do: so it hides a difference to what labels by chance give, and makes none.
Whether the best point is inside under most weights is judged as the sign of a difference is (`judge_differences`), of share less half.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.compare import Estimate, estimate
from parley.analysis.interior import EVERY, InteriorOptimum, Share, accepted, leading, percent, points_table, senses
from parley.analysis.robustness import Verdict, judge_differences, over_draws
from parley.analysis.robustness import percent as share_text
from parley.analysis.texts import aligned, runs_each, years_text
from parley.analysis.welfare import COMPONENTS, components, draw_weights

if TYPE_CHECKING:
    from parley._parley import Study
    from parley.analysis.design import Design

MOST = 0.5
"""Share of the weights above which a draw's best point is inside under most of them."""


@dataclass(frozen=True)
class DrawnShare:
    """Weights whose best point lies inside in one sense, over joint draws."""

    here: Share
    """The same at the place's own values, on the same grid."""
    share: Estimate
    """Share of the weights, mean over draws with its 95 % t-interval."""
    verdict: Verdict
    """Whether it is inside under most weights; its sign is that at the place's own values."""

    @property
    def apart(self) -> str:
        """``more often``, ``less often`` than by chance labels; empty where the interval holds their share."""
        if not np.isfinite(self.share.low) or self.share.low <= self.here.geometry <= self.share.high:
            return ""
        return "more often" if self.share.mean > self.here.geometry else "less often"

    @property
    def word(self) -> str:
        """What the draws say of most weights."""
        if self.verdict.decided:
            return f"decided: {'inside' if self.verdict.sign > 0 else 'not inside'}"
        return self.verdict.word

    @property
    def most(self) -> tuple[float, float, float]:
        """Share of the draws in which it is inside under most weights, with its 95 % interval; freed of luck where there are replicates."""
        found = self.verdict
        if found.sign < 0:
            return 1 - found.agreeing, 1 - found.high, 1 - found.low
        return found.agreeing, found.low, found.high


@dataclass(frozen=True, eq=False, repr=False)
class InteriorDraws:
    """Where the best point of a grid lies over draws of welfare weights and joint draws of all that is uncertain."""

    here: InteriorOptimum
    """At the place's own values, on the same grid and weights."""
    draws: int
    replicates: int
    years: int
    keys: int
    """How many parameters are drawn."""
    shares: dict[str, DrawnShare]
    acceptability: np.ndarray
    """Share of draws and weights under which each point is best, shape (points,)."""

    @property
    def leaders(self) -> list[int]:
        """Points that are best most often, the first ones first."""
        return leading(self.acceptability)

    def sentence(self) -> str:
        """The answer over draws."""
        s = self.shares[EVERY]
        than = f"{s.apart} than" if s.apart else "not told apart from what"
        return (f"Over {self.draws:,} joint draws of {self.keys} uncertain parameters it does under {percent(s.share.mean)} of draws and weights "
                f"({percent(s.share.low)} to {percent(s.share.high)}): {than} shuffled labels give ({s.here.inside} of {s.here.points} points, {percent(s.here.geometry)}); "
                f"{_exactly(s.most[0])} of the draws have it inside under most weights.")  # fmt: skip

    def how(self) -> str:
        """How the draws were run."""
        return (f"{self.draws:,} joint draws of {self.keys} uncertain parameters, half of each one's below the place's own value and half above; each on "
                f"{len(self.here.grid)} points, {runs_each(self.replicates)} of {years_text(self.years)} on one luck. Components are made comparable by their swings "
                "at the place's own values, so that a weight means the same in every draw. Luck scatters the best point as shuffled labels do: it hides effects and makes none.")  # fmt: skip

    def table(self) -> list[list[str]]:
        luck = "" if self.replicates == 1 else ", luck taken out"
        cells = [["strictly between", "points", "weights, own values", "weights, over draws", "shuffled", "apart", f"draws with most weights inside{luck}", "verdict"]]  # fmt: skip
        for s in self.shares.values():
            share, low, high = s.most
            cells.append([s.here.where, f"{s.here.inside} of {s.here.points}", percent(s.here.share), f"{percent(s.share.mean)} ({percent(s.share.low)} to {percent(s.share.high)})",
                          percent(s.here.geometry), s.apart or "–", f"{_exactly(share)} ({_exactly(low)} to {_exactly(high)})", s.word])  # fmt: skip
        return cells

    def leader_table(self) -> list[list[str]]:
        return points_table(self.here.axes, self.here.grid, self.acceptability, "draws and weights")

    def turning(self) -> list[str]:
        """What parts the draws with most weights inside from the others, for each sense that is not decided."""
        from parley.analysis.answer import turns

        return [f"- **{s.here.where}**: {turns(s.verdict)}" for s in self.shares.values()
                if s.verdict.draws and not s.verdict.decided]  # fmt: skip

    def __str__(self) -> str:
        return "\n".join([self.sentence(), "", *aligned(self.table()), "", "best most often over draws", *aligned(self.leader_table(), left=0),
                          *(["", "what would change it", *self.turning()] if self.turning() else [])])  # fmt: skip

    def __repr__(self) -> str:
        return f"<parley.InteriorDraws: inside under {self.shares[EVERY].share.mean:.0%} of weights over {self.draws} draws, {len(self.here.grid)} points>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def _exactly(share: float) -> str:
    """A share of draws as verdicts show it, with the sign of this analysis."""
    return share_text(share).replace("%", " %")


def interior_draws(
    study: Study, points: np.ndarray, levers: tuple[str, ...], here: InteriorOptimum, draws: int, *,
    replicates: int = 2, years: int | None = None, path: str | os.PathLike[str] | None = None, **how: Any,
) -> InteriorDraws:  # fmt: skip
    """Run a place on a grid at joint draws of all that is uncertain.

    Parameters
    ----------
    study
        Of one mode, under the levers.
    points, levers
        Values of the levers at each point, shape (points, levers).
    here
        The optimum of the same points at the place's own values; weights and seed are taken from it.
    draws, replicates, years
        Joint draws; of each, replicates and years recorded.
    path
        Keeps the sweep in a file; the same call again takes it.

    The rest is as in `parley.sweep`.
    """
    variants = [(f"point_{k}", dict(zip(levers, row.tolist(), strict=True))) for k, row in enumerate(points)]
    middle = {row["address"]: float(row["value"]) for row in study._describe()
              if row["kind"] == "parameter" and row["type"] != "choice"}  # fmt: skip
    swept = over_draws(
        study.with_variants(variants),
        middle,
        draws,
        replicates=replicates,
        years=years,
        seed=study.seed,
        path=path,
        **how,
    )
    of_points = [components(swept, name) for name, _ in variants]
    values = {name: np.stack([of_point[name] for of_point in of_points]) for name in of_points[0]}
    return shares_over_draws(values, swept.design, here, swept.years)


def shares_over_draws(
    values: Mapping[str, np.ndarray], drawn: Design, here: InteriorOptimum, years: int
) -> InteriorDraws:
    """Where the best point lies in each run of the grid.

    Parameters
    ----------
    values
        Components by name in their own units, shape (points, draws, replicates); points in the order of ``here.grid``.
    drawn
        The joint draws.
    """
    counted = [name for name, swing in here.swings.items() if not swing.left_out]
    gains = np.stack([COMPONENTS[n].sign * values[n] / here.swings[n].width for n in counted], axis=-1)
    runs = np.moveaxis(gains, 0, 2)  # (draws, replicates, points, components)
    weights = draw_weights(counted, here.weights, here.seed, here.nested)

    def best(looked_at: np.ndarray) -> np.ndarray:
        """Share of the weights under which each of these points is best, over (draw, replicate, point)."""
        return np.array([[accepted(run[looked_at], weights) for run in draw] for draw in runs])

    everywhere = best(np.ones(len(here.grid), dtype=bool))
    shares = {}
    for where, (looked_at, inside) in senses(here.grid, here.axes).items():
        table = (everywhere if looked_at.all() else best(looked_at)) @ inside[looked_at]
        own = here.shares[where]
        shares[where] = DrawnShare(
            own, estimate(table.mean(axis=1)), judge_differences(where, table - MOST, drawn, own.share - MOST)
        )
    return InteriorDraws(here, len(drawn), runs.shape[1], years, len(drawn.keys), shares, everywhere.mean(axis=(0, 1)))
