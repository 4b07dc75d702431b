"""The verb interior: where the best welfare lies over authority, the public share of the money and proximity."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from parley.cli import DONE, LARGEST_SEED, Parser, _draws, _threads, _whole

if TYPE_CHECKING:
    from parley.analysis.interior import InteriorOptimum

NAME = "interior"
HELP = "ask whether the best welfare lies strictly between a front-line government and one that cedes"
MORE = (
    "\n\nRuns a grid over authority, public_funding_share and proximity (the other funders take what the public leaves), draws "
    "weights\nfor the components of welfare, and counts under how many of them the best point is inside; beside that, what shuffled "
    "labels give. With --draws\nthe same at joint draws of everything uncertain, on a grid of its own."
)


def options(parser: Parser) -> None:
    """What the verb may be given."""
    parser.add_argument(
        "study", metavar="STUDY|PLACE", help="name or file of a place, or of a study, whose place is taken"
    )
    parser.add_argument("--mode", metavar="M", help="mode under the levers, and the baseline (default: the status quo)")
    parser.add_argument("--points", metavar="N", type=_whole(3), default=5,
                        help="values on each axis, ends included: N × N × N points (default: 5)")  # fmt: skip
    parser.add_argument("--weights", metavar="N", type=_whole(1), default=2000, help="draws of weights (default: 2000)")
    parser.add_argument("--replicates", metavar="N", type=_whole(2), default=20, help="of each point (default: 20)")
    parser.add_argument("--years", metavar="N", type=_whole(1), help="years recorded")
    parser.add_argument("--burn-in", metavar="N", type=_whole(0), help="years before them under the status quo")
    parser.add_argument(
        "--seed", metavar="N", type=_whole(0, LARGEST_SEED), help="where all luck and all weights come from"
    )
    parser.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="another value for a parameter")
    _draws(parser, 0)
    parser.add_argument("--draw-points", metavar="N", type=_whole(3), default=3,
                        help="values on each axis in each draw, among those of --points (default: 3)")  # fmt: skip
    _threads(parser)
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="keep the sweep in a file, and draws in another beside it: an interrupted call goes on, and it can be opened",
    )
    parser.add_argument("--page", metavar="FILE", help="write the same as a page (Markdown)")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def interior(arguments: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    from parley import scenario
    from parley.analysis import interior as analysis
    from parley.analysis.texts import write_page
    from parley.answer_verbs import asked, plainly

    with plainly(arguments.study):  # too small or too short for anything to differ
        found = analysis.interior(
            arguments.study, mode=arguments.mode, levels=arguments.points, weights=arguments.weights,
            replicates=arguments.replicates, years=arguments.years, burn_in=arguments.burn_in, seed=arguments.seed,
            draws=arguments.draws, draw_levels=arguments.draw_points, draw_years=arguments.draw_years,
            draw_replicates=arguments.draw_replicates, set=arguments.set, path=arguments.out, threads=arguments.threads, progress=not arguments.quiet,
        )  # fmt: skip
    print(found)
    if arguments.page:
        title = scenario.single(arguments.study, arguments.mode, set=arguments.set).place_title
        print(f"\npage     {write_page(arguments.page, page(found, title, asked(arguments)))}")
    return DONE


def page(found: InteriorOptimum, title: str, command: str) -> str:
    """The answer as a page in Markdown."""
    from parley.analysis.texts import markdown

    how = "concern by concern, then within each" if found.nested else "over all components at once"
    return "\n".join([
        f"# {title}: does the best welfare lie between front line and ceded?", "", found.sentence(), "",
        f"*{len(found.grid):,} points of {', '.join(f'`{axis}`' for axis in found.axes)}, {found.replicates} replicates of each on the "
        f"same luck; {found.weights:,} draws of weights, flat over the simplex, {how}. Nothing here is a forecast.*", "",
        "## Where the best point lies", "",
        "Weights under which it is inside in each sense, with the 95 % interval over replicates; the same where the labels of the "
        "points are shuffled, and what is more than that. Where one point is best under nearly all weights, shuffling says little: "
        "one point may come to lie anywhere.", "", *markdown(found.share_table()), "",
        "## Points that are best most often", "", *markdown(found.leader_table()), "",
        "## Welfare by component", "",
        "Mean under the baseline; lowest and highest mean over the grid, which is what weights weigh; how much of that spread is not "
        f"chance; where the component alone would be best ({', '.join(found.axes)}); and what the point that is best most often changes. "
        "Levers do what the [model](../model/README.md) has of them: each of its pages says what it leaves out.", "",
        *markdown(found.component_table()), "", *_over_draws(found),
        "## How it was made", "", f"`{command}`; weights, resamples and shuffles from seed {found.seed}.",
    ]) + "\n"  # fmt: skip


def _over_draws(found: InteriorOptimum) -> list[str]:
    """The section about joint draws, where there are any."""
    from parley.analysis.texts import markdown

    drawn = found.drawn
    if drawn is None:
        return []
    lines = [f"## Over {drawn.draws:,} joint draws", "", drawn.how(), "",
             "*Apart*: the interval over draws does not hold what shuffled labels give. *Decided*: under most weights it is inside, or not, in at least 90 % of the draws, by the "
             "lower end of the interval, and at the place's own values. *Not decided by the evidence*: neither.", "",
             *markdown(drawn.table()), "", "Points that are best most often over draws and weights:", "", *markdown(drawn.leader_table()), ""]  # fmt: skip
    turning = drawn.turning()
    return [
        *lines,
        *(
            [
                "What would change it: draws turn where most weights have the best point on the other side of half.",
                "",
                *turning,
                "",
            ]
            if turning
            else []
        ),
    ]
