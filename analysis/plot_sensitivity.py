"""Pictures of a sweep: a tornado, indices with intervals, a heat map of two keys, and where variance comes from."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley.analysis.plots import BLUE, GREY, ORANGE, SKY, VERMILLION, _tidy, new_figure, save
from parley.analysis.table import MINUS, policy_name, show
from parley.errors import WrongValue, need

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from parley.analysis.design import Design
    from parley.analysis.sensitivity import Sensitivity, VarianceSplit

MOST_BARS = 15
HEAD, FOOT, BAR = 0.45, 1.05, 0.42
"""Inches: the title, what stands below the bars, and each of them."""
LEGEND_BELOW = 0.58
"""Inches below the axes: under their label, where no bar and no title can be."""
AXES = {
    "morris": "mean absolute effect of a step over the key's range (mu star)",
    "sobol": "share of the variance of the measure",
    "pawn": "distance between distributions (0: none, 1: all)",
    "delta": "shift of the distribution of the measure (0: none, 1: all)",
}
"""What the bars of each method are."""
FROM_HERE_WHOLE = 1000
"""Numbers from here on are written without decimals."""
LONGEST_TITLE, LONGEST_LABEL = 80, 60
"""Letters that fit in a line above a heat map, and beside one."""
LABEL_SHARE = 0.34
"""Of the width, for the names of keys."""


def tornado(found: Sensitivity, unit: str = "", title: str = "What each number moves, all else equal") -> Figure:
    """Bars from the effect at a key's low end to that at its high end, the widest on top; whiskers are 95 % intervals.

    Parameters
    ----------
    found
        Of `parley.analysis.sensitivity.tornado`.
    unit
        Of the measure, for the axis.
    """
    if found.method != "tornado":
        raise WrongValue(f"a tornado is drawn of parley.analysis.sensitivity.tornado, not of {found.method}")
    keys = found.ranking()[:MOST_BARS]
    figure, axes = _bars(len(keys), title)
    for row, key in enumerate(keys):
        k = found.keys.index(key)
        for name, words, colour, shift in (
            ("at_low", "low end", SKY, -0.17),
            ("at_high", "high end", VERMILLION, 0.17),
        ):
            value = found.indices[name][k]
            axes.barh(row + shift, value, height=0.32, color=colour, label=words if row == 0 else None)
            axes.plot([found.low[name][k], found.high[name][k]], [row + shift] * 2, color=GREY, linewidth=1.3)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_yticks(range(len(keys)), keys)
    axes.invert_yaxis()
    axes.set_xlabel(f"difference from the middle{f', {unit}' if unit else ''}")
    _legend(axes)
    return figure


def indices(found: Sensitivity, title: str = "Which numbers the answer depends on", unit: str = "") -> Figure:
    """Every index with an interval as a bar per key, ranked; of Morris's method the spread of effects beside their size.

    Parameters
    ----------
    unit
        Of the measure, for the axis of methods whose index has one (``morris``, ``tornado``).
    """
    if found.method == "tornado":
        return tornado(found, unit, title)
    keys = found.ranking()[:MOST_BARS]
    positions = [found.keys.index(key) for key in keys]
    shown = [name for name in found.indices if name in found.low]
    figure, axes = _bars(len(keys), title)
    height = 0.75 / len(shown)
    for i, (name, colour) in enumerate(zip(shown, (SKY, BLUE, ORANGE), strict=False)):
        rows = np.arange(len(keys)) + (i - (len(shown) - 1) / 2) * height
        values = found.indices[name][positions]
        axes.barh(rows, values, height=height * 0.9, color=colour, label=name.replace("_", " "))
        for row, k in zip(rows, positions, strict=True):
            axes.plot([found.low[name][k], found.high[name][k]], [row, row], color=GREY, linewidth=1.3)
    if found.method == "morris":
        axes.plot(found.indices["sigma"][positions], range(len(keys)), "D", color=VERMILLION, markersize=5,
                  label="sigma: thresholds and interplay")  # fmt: skip
    if "nothing" in found.settings:
        axes.axvline(found.settings["nothing"], color=VERMILLION, linestyle="--", linewidth=1, label="no influence")
    axes.set_yticks(range(len(keys)), keys)
    axes.invert_yaxis()
    axes.axvline(0, color="black", linewidth=0.8)
    label = AXES.get(found.method, found.method)
    axes.set_xlabel(label + (f", {unit}" if unit and found.method == "morris" else ""))
    _legend(axes)
    return figure


def heat_map(design: Design, values: np.ndarray, x: str, y: str, label: str = "", title: str = "",
             policy: str = "", baseline: str = "") -> Figure:  # fmt: skip
    """A measure, or a difference, over two keys of a grid; other keys are averaged over. Where values of both signs occur,
    a line marks where the sign changes and the colours part at zero.

    Parameters
    ----------
    values
        Shape (points, replicates) or (points,).
    x, y
        Keys of the design, each with two values at least.
    label
        What the values are, with their unit.
    policy, baseline
        Whose values they are; with a baseline the title says whose minus whose.
    """
    for key in (x, y):
        if key not in design.space:
            raise WrongValue(f"the design has no key {key!r}; it has {', '.join(design.keys)}")
    if x == y:
        raise WrongValue("a heat map needs two different keys")
    pandas = need("pandas", "a heat map")
    table = np.asarray(values, dtype=np.float64).reshape(len(design), -1)
    points = design.points[:, [design.keys.index(x), design.keys.index(y)]]
    frame = pandas.DataFrame({"x": points[:, 0], "y": points[:, 1], "value": np.nanmean(table, axis=1)})
    means = frame.groupby(["y", "x"])["value"].mean().unstack("x")
    if means.isna().to_numpy().any() or min(means.shape) < 2:
        raise WrongValue(f"a heat map needs a grid of {x} and {y}, with every pair of their values")
    grid = means.to_numpy()
    figure = new_figure(8.6, 6)
    axes = figure.add_axes((0.12, 0.12, 0.68, 0.76))
    signs = grid.min() < 0 < grid.max()
    most = float(np.abs(grid).max())
    image = axes.imshow(grid, origin="lower", aspect="auto", cmap="RdBu" if signs else "cividis",
                        vmin=-most if signs else None, vmax=most if signs else None)  # fmt: skip
    axes.set_xticks(range(grid.shape[1]), [_number(value) for value in means.columns])
    axes.set_yticks(range(grid.shape[0]), [_number(value) for value in means.index])
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if signs:
        axes.contour(grid, levels=[0], colors="black", linewidths=1.6)
    for (row, column), value in np.ndenumerate(grid):
        if grid.size <= 100:
            dark = abs(value) > 0.6 * most if signs else value < (grid.min() + grid.max()) / 2
            axes.text(
                column, row, _number(value), ha="center", va="center", fontsize=9, color="white" if dark else "black"
            )
    whose = f"{policy_name(policy)} minus {policy_name(baseline)}" if policy and baseline else policy_name(policy)
    heading = title or ": ".join(part for part in (label, whose) if part)
    axes.set_title("\n".join(textwrap.wrap(heading, LONGEST_TITLE)), loc="left", fontsize=11.5, weight="bold")
    bar = figure.colorbar(image, cax=figure.add_axes((0.82, 0.12, 0.025, 0.76)))
    bar.ax.yaxis.set_major_formatter(lambda value, _: _number(value))
    bar.set_label("\n".join(textwrap.wrap(label, LONGEST_LABEL)))
    return figure


def variance(found: VarianceSplit, title: str = "Where the variance comes from") -> Figure:
    """Shares of policy, parameters, chance and their interplay, with 95 % intervals."""
    names = list(found.shares)
    figure, axes = _bars(len(names), title)
    for row, name in enumerate(names):
        axes.barh(row, found.shares[name], height=0.6, color=ORANGE if "×" in name else BLUE)
        axes.plot([found.low[name], found.high[name]], [row, row], color=GREY, linewidth=1.3)
        axes.text(
            max(found.high[name], found.shares[name]) + 0.012,
            row,
            f"{found.shares[name]:.0%}",
            va="center",
            fontsize=10,
        )
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.08)
    axes.set_xlabel("share of the variance")
    return figure


def write(figure: Figure, path: str | os.PathLike[str]) -> Path:
    """Save a figure of this module; returns where."""
    return save(figure, path)


def _number(value: float) -> str:
    """Three figures, or whole with thousands apart: −73,200, 0.052."""
    return show(float(f"{value:.3g}"), 0) if abs(value) >= FROM_HERE_WHOLE else f"{value:.3g}".replace("-", MINUS)


def _legend(axes) -> None:
    """Below the axes and their label, where neither a bar nor the title can be."""
    tall = axes.bbox.height / axes.figure.dpi
    axes.legend(frameon=False, loc="upper right", bbox_to_anchor=(1.0, -LEGEND_BELOW / tall), ncols=4, fontsize=9,
                columnspacing=1.2, borderaxespad=0)  # fmt: skip


def _bars(count: int, title: str):
    height = HEAD + FOOT + BAR * count
    figure = new_figure(9, height)
    axes = figure.add_axes((LABEL_SHARE, FOOT / height, 0.97 - LABEL_SHARE, BAR * count / height))
    _tidy(axes, title)
    return figure, axes
