"""The picture of `parley.analysis.flow`: bars for the pyramid, bands for the ways of disputes through the forums."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import numpy as np

from parley.analysis.flow import PER, STEPS, Ways, notes, number_text, over, pyramid, rank, ratio_text, ways
from parley.analysis.flow import colour as outcome_colour
from parley.analysis.flow import title as title_of
from parley.analysis.load import Results
from parley.analysis.plots import GREY, POLICY_COLOURS, drawable, new_figure, save, source_line
from parley.analysis.table import show

WIDTH = 14.0
"""Inches; a hundred dots each."""
HEAD, FOOT, PYRAMID, SANKEY, GAP = 0.95, 0.45, 4.6, 4.5, 0.6
LEFT, RIGHT, TOP, BOTTOM = 0.3, WIDTH - 2.75, SANKEY - 0.42, 0.1
"""Where the nodes of a panel of ways stand."""
SLOT, GAP_OF_SLOTS, GAP_OF_LANES, THICK = 0.21, 0.07, 0.05, 0.13
"""Least height of a node with a label, what lies between two, and between two lanes; width of a node."""
LEAST_LABELLED = 0.002
"""Nodes that see a smaller share of disputes have no label."""
INK = "#222222"


def _few(value: float) -> str:
    """Short enough for a label."""
    return show(value, 0 if value >= 10 else 1 if value >= 0.1 else 2)


def picture(results: Results, path: str | os.PathLike[str], shown: list[str]) -> Path:
    """Draw the pyramid of these policies and, where cases were recorded, their ways; see `parley.analysis.flow`."""
    found = [ways(results, policy) for policy in shown] if results.has_cases else []
    height = HEAD + PYRAMID + (SANKEY + GAP) * len(found) + FOOT
    figure = new_figure(WIDTH, height)
    figure.text(0.014, 1 - 0.34 / height, drawable(results.title), fontsize=16, weight="bold", va="center")
    figure.text(0.014, 1 - 0.66 / height, "From admission to judgment: how much harm becomes a dispute, and which way "
                "disputes take", fontsize=12, va="center")  # fmt: skip

    def panel(bottom: float, tall: float):
        axes = figure.add_axes((0, bottom / height, 1, tall / height))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(0, tall)
        axes.axis("off")
        return axes

    bottom = height - HEAD - PYRAMID
    _draw_pyramid(panel(bottom, PYRAMID), results, shown)
    columns = max((_columns(way) for way in found), default=1)
    unit = min((_unit(_sizes(way, columns)[0], way.per_year, columns) for way in found), default=1.0)
    for policy, way in zip(shown, found, strict=False):
        bottom -= SANKEY + GAP
        colour = colour_of(results, policy)
        _draw_ways(panel(bottom, SANKEY + GAP), way, _title(policy), colour, unit, columns)
    words = source_line(results)
    if not found:
        words = "Ways through forums need a file with --record cases.  " + words
    figure.text(0.014, 0.17 / height, words, fontsize=9.5, color=GREY, va="center")
    return save(figure, path)


def colour_of(results: Results, policy: str) -> str:
    """The colour of a policy's mode, the same in every picture of a file."""
    mode = policy.partition(":")[0]
    position = results.modes.index(mode) if mode in results.modes else len(results.modes)
    return POLICY_COLOURS[position % len(POLICY_COLOURS)]


def _title(policy: str) -> str:
    return policy.replace("_", " ").replace(":", ", ")


def _draw_pyramid(axes, results: Results, shown: list[str]) -> None:
    """Bars on a logarithmic scale from a common spine; two policies look away from each other."""
    pyramids = [pyramid(results, policy) for policy in shown]
    rows = len(pyramids[0])
    top, step = PYRAMID - 0.82, (PYRAMID - 1.2) / rows
    smallest = min((level.per_10000 for levels in pyramids for level in levels if level.per_10000 > 0), default=1.0)
    floor = np.floor(np.log10(smallest)) - 0.35
    span = np.log10(PER) - floor
    twins = len(shown) > 1
    middle = WIDTH / 2 if twins else 1.65
    half, reach = 1.45, 2.55 if twins else 7.4
    for position, levels in enumerate(pyramids):
        side = -1 if twins and position == 0 else 1
        colour = colour_of(results, shown[position])
        ends = [middle + side * (half + reach + off) for off in (1.0, 1.9, 2.75)] if twins else [
            middle + half + reach + off for off in (1.0, 1.95, 2.95)]  # fmt: skip
        if side < 0:
            ends = [x + 0.72 for x in ends[::-1]]
        heads = ("per year", "per 10,000\nadmissions", "of the level\nabove")
        for x, head in zip(ends, heads, strict=True):
            axes.text(x, top + 0.12, head, ha="right", va="bottom", fontsize=9, color=GREY, linespacing=1.1)
        axes.text(middle + side * half, PYRAMID - 0.22, _title(shown[position]), ha="left" if side > 0 else "right",
                  va="center", fontsize=13, weight="bold", color=colour)  # fmt: skip
        for row, level in enumerate(levels):
            y = top - (row + 0.5) * step
            length = reach * max(np.log10(level.per_10000) - floor, 0) / span if level.per_10000 > 0 else 0.0
            axes.barh(y, side * length, left=middle + side * half, height=0.74 * step, color=colour,
                      alpha=1 - 0.045 * row, linewidth=0)  # fmt: skip
            for x, text in zip(
                ends, (number_text(level.per_year), number_text(level.per_10000), ratio_text(level.ratio)), strict=True
            ):
                axes.text(x, y, text, ha="right", va="center", fontsize=10.5, color=INK)
    for y, note in zip((0.24, 0.06), notes(), strict=True):
        axes.text(0.2, y, note, fontsize=9, color=GREY, va="center")
    for row, level in enumerate(pyramids[0]):
        y = top - (row + 0.5) * step
        if row % 2 == 0:
            axes.axhspan(y - step / 2, y + step / 2, color="#f4f4f4", zorder=0, linewidth=0, xmin=0.01, xmax=0.99)
        axes.text(middle if twins else middle + half - 0.15, y, level.label, ha="center" if twins else "right",
                  va="center", fontsize=10.5, color=INK)  # fmt: skip
    axes.text(middle if twins else middle + half - 0.15, top + 0.12, "length of bars:\nlogarithm", va="bottom",
              ha="center" if twins else "right", fontsize=9, color=GREY, linespacing=1.1)  # fmt: skip


def _columns(way: Ways) -> int:
    """Steps that are drawn one by one: five only where a fifth forum is seen in one dispute in a hundred."""
    longest = max((len(forums) for forums, _ in way.ways), default=1)
    if longest > 4 and sum(number for (forums, _), number in way.ways.items() if len(forums) > 4) < way.per_year / 100:
        return 4
    return longest


Spot = tuple[int, str, str]
"""Column, then ``forum`` or ``done``, then name: where a dispute is seen in the picture."""


def _spots(forums: tuple[str, ...], outcome: str, columns: int) -> list[Spot]:
    """A dispute's spot in every column: a forum, then a lane of those that are done, then its outcome."""
    if len(forums) > columns:
        forums = (*forums[: columns - 1], forums[-1])
    spots = [(column, "forum", forum) for column, forum in enumerate(forums)]
    return spots + [(column, "done", outcome) for column in range(len(forums), columns + 1)]


def _order(spot: Spot) -> tuple[int, int]:
    """Forums above, lanes and outcomes below, each in its own order."""
    return 0 if spot[1] == "forum" else 1, rank(spot[2])


def _sizes(way: Ways, columns: int) -> tuple[dict[Spot, float], dict[tuple[Spot, Spot, str], float]]:
    """Disputes a year at each spot, and in each band between two spots."""
    sizes: dict[Spot, float] = {}
    bands: dict[tuple[Spot, Spot, str], float] = {}
    for (forums, outcome), number in way.ways.items():
        spots = _spots(forums, outcome, columns)
        for spot in spots:
            sizes[spot] = sizes.get(spot, 0.0) + number
        for origin, target in itertools.pairwise(spots):
            bands[origin, target, outcome] = bands.get((origin, target, outcome), 0.0) + number
    return sizes, bands


def _labelled(spot: Spot, size: float, whole: float, columns: int) -> bool:
    return (spot[1] == "forum" or spot[0] == columns) and size >= LEAST_LABELLED * whole


def _room(spot: Spot, size: float, unit: float, whole: float, columns: int) -> tuple[float, float]:
    """Height of a spot's slot, and of the gap below it."""
    if _labelled(spot, size, whole, columns):
        return max(size * unit, SLOT), GAP_OF_SLOTS
    return size * unit, GAP_OF_LANES


def _unit(sizes: dict[Spot, float], whole: float, columns: int) -> float:
    """Height of one dispute a year at which the fullest column just fits."""
    low, high = 0.0, (TOP - BOTTOM) / max(whole, 1e-9)
    for _ in range(40):
        middle = (low + high) / 2
        tall = [0.0] * (columns + 1)
        for spot, size in sizes.items():
            tall[spot[0]] += sum(_room(spot, size, middle, whole, columns))
        low, high = (middle, high) if max(tall) <= TOP - BOTTOM else (low, middle)
    return low


def _draw_ways(axes, way: Ways, title: str, colour: str, unit: float, columns: int) -> None:
    """Nodes in columns from the first forum to the outcome; bands between them in the colour of the outcome."""
    from matplotlib import patheffects
    from matplotlib.patches import PathPatch, Rectangle
    from matplotlib.path import Path as Curve

    sizes, bands = _sizes(way, columns)
    xs = np.linspace(LEFT, RIGHT, columns + 1)
    places: dict[Spot, tuple[float, float, float]] = {}  # x, top, middle of the slot
    for column in range(columns + 1):
        spots = sorted((spot for spot in sizes if spot[0] == column), key=_order)
        rooms = {spot: _room(spot, sizes[spot], unit, way.per_year, columns) for spot in spots}
        # Forums hang from the top; lanes and outcomes stand on the bottom, so that lanes run level.
        y = TOP
        standing = False
        for spot in spots:
            if spot[1] == "done" and not standing:
                standing = True
                y = BOTTOM + sum(sum(rooms[other]) for other in spots if other[1] == "done")
            room, gap = rooms[spot]
            places[spot] = (xs[column], y - (room - sizes[spot] * unit) / 2, y - room / 2)
            y -= room + gap

    def sides(of: int) -> dict[tuple[Spot, Spot, str], float]:
        """Upper edge of each band at one of its ends."""
        used: dict[Spot, float] = {}
        edges = {}
        for key in sorted(bands, key=lambda k: (_order(k[:2][of]), _order(k[:2][1 - of]), rank(k[2]))):
            spot = key[:2][of]
            edges[key] = places[spot][1] - used.get(spot, 0.0)
            used[spot] = used.get(spot, 0.0) + bands[key] * unit
        return edges

    starts, ends = sides(0), sides(1)
    for key, number in bands.items():
        (origin, target, outcome), tall = key, number * unit
        x0 = places[origin][0] + (THICK if origin[1] == "forum" else 0.0)
        x1 = places[target][0]
        y0, y1, bend = starts[key], ends[key], (x1 - x0) / 2
        corners = [(x0, y0), (x0 + bend, y0), (x1 - bend, y1), (x1, y1), (x1, y1 - tall), (x1 - bend, y1 - tall),
                   (x0 + bend, y0 - tall), (x0, y0 - tall), (x0, y0)]  # fmt: skip
        codes = [Curve.MOVETO, *[Curve.CURVE4] * 3, Curve.LINETO, *[Curve.CURVE4] * 3, Curve.CLOSEPOLY]
        faint = 0.35 if origin[1] == "done" else 0.62
        axes.add_patch(PathPatch(Curve(corners, codes), facecolor=outcome_colour(outcome), alpha=faint, linewidth=0))
    halo = [patheffects.withStroke(linewidth=2.5, foreground="white", alpha=0.85)]
    for spot, number in sizes.items():
        x, upper, centre = places[spot]
        last = spot[0] == columns
        if spot[1] == "done" and not last:
            continue
        ink = outcome_colour(spot[2]) if last else INK
        axes.add_patch(Rectangle((x, upper - number * unit), THICK, max(number * unit, 0.012), color=ink, linewidth=0))
        if not _labelled(spot, number, way.per_year, columns):
            continue
        name = title_of(spot[2])
        if columns > 4:
            name = name.replace("administrative mediation", "administrative")
        text = f"{name}  {_few(number)}"
        if number >= 0.01 * way.per_year:
            text += f" ({100 * over(number, way.per_year):.0f} %)"
        axes.text(x + THICK + 0.07, centre, text, va="center", fontsize=9.5 if columns <= 4 else 9, color=INK,
                  path_effects=halo)  # fmt: skip
    for column in range(columns):
        head = f"{STEPS[column]} forum" if column < 4 or columns == 5 else ""
        if column == columns - 1 and _longest(way) > columns:
            head = f"{STEPS[column]} forum, or the last of more"
        axes.text(xs[column], TOP + 0.12, head, fontsize=9.5, color=GREY, va="bottom")
    axes.text(xs[-1], TOP + 0.12, "outcome", fontsize=9.5, color=GREY, va="bottom")
    axes.text(0.2, SANKEY + 0.12, f"{title}: {number_text(way.per_year)} formal disputes a year", fontsize=13, weight="bold",
              color=colour, va="center")  # fmt: skip
    axes.text(WIDTH - 0.2, SANKEY + 0.12, "disputes a year (share of those opened); colour: how the dispute ended",
              fontsize=9.5, color=GREY, va="center", ha="right")  # fmt: skip


def _longest(way: Ways) -> int:
    return max((len(forums) for forums, _ in way.ways), default=1)
