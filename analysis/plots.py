"""The answer as one picture: how the policies differ, success by denominator, who paid, what is open month by month."""

from __future__ import annotations

import math
import os
import textwrap
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.compare import Comparison
from parley.analysis.measures import MEASURES, SUCCESS, Measure
from parley.analysis.table import (
    MINUS,
    contrast_name,
    decimals_for,
    decimals_of_ends,
    policy_name,
    row_decimals,
    row_label,
    scale_of,
    show,
    years_text,
)
from parley.errors import FileError, need

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from parley.analysis.load import Results

# Okabe and Ito's colours, told apart by colour-blind readers too; shape and direct labels carry the same information.
BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY, GREY = (
    "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9", "#555555",
)  # fmt: skip
POLICY_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, GREY)
CONTRAST_STYLES = ((GREY, "s"), (ORANGE, "^"), (BLUE, "o"), (PURPLE, "D"), (GREEN, "v"))
PAYERS = (
    ("paid_by_hospital_per_year", "hospitals", BLUE, "white"),
    ("paid_by_insurer_per_year", "insurers", SKY, "black"),
    ("paid_by_fund_per_year", "mutual funds", ORANGE, "black"),
    ("paid_by_government_per_year", "government", "#F0E442", "black"),
)
IN_PICTURE = (
    "disputes_per_10000_admissions", "success_over_closed", "success_not_to_court", "days_mean", "days_median",
    "within_30_working_days", "paid_per_agreement", "compensation_error", "public_outlay_per_year",
    "system_cost_per_year", "disturbances_per_year", "trust",
)  # fmt: skip
WIDEST = 60
"""Differences beyond this many percent of the baseline are drawn at the edge, with an arrow."""
SIZE = (14, 10.5)
DOTS_PER_INCH = 120


def picture(comparison: Comparison, path: str | os.PathLike[str]) -> Path:
    """Draw the comparison into a PNG (or whatever the ending of the name says) and return its path."""
    figure = new_figure(*SIZE, dots_per_inch=DOTS_PER_INCH)
    results = comparison.results
    figure.text(0.012, 0.972, drawable(results.title), fontsize=16, weight="bold", va="center")
    if results.question and results.question != results.title:
        figure.text(
            0.012, 0.958, textwrap.fill(drawable(results.question), 150), fontsize=12, va="top", linespacing=1.3
        )
    for draw, rectangle in (
        (_differences, (0.200, 0.475, 0.555, 0.375)),
        (_success, (0.092, 0.105, 0.235, 0.275)),
        (_who_paid, (0.395, 0.105, 0.255, 0.275)),
        (_open_disputes, (0.725, 0.105, 0.262, 0.275)),
    ):
        draw(figure.add_axes(rectangle), comparison)
    words = source_line(results, "Intervals: 95 %, chance alone. Not a forecast.")
    figure.text(0.012, 0.014, words, fontsize=9.5, color=GREY)
    return save(figure, path)


def new_figure(width: float, height: float, dots_per_inch: int = 100) -> Figure:
    """An empty figure of so many inches, apart from any window; in a notebook it shows itself."""
    need("matplotlib", "a picture")
    return _figure_class()(figsize=(width, height), dpi=dots_per_inch, facecolor="white")


@cache
def _figure_class() -> type[Figure]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    class Shown(Figure):
        """Without a window there is nobody else to draw it for a notebook."""

        def __init__(self, *arguments: Any, **named: Any):
            super().__init__(*arguments, **named)
            FigureCanvasAgg(self)

        def _repr_png_(self) -> bytes:
            drawn = BytesIO()
            self.savefig(drawn, format="png")
            return drawn.getvalue()

    return Shown


def source_line(results: Results, more: str = "Not a forecast.") -> str:
    """Where the numbers of a picture come from."""
    return (
        f"{results.place.replace('_', ' ')}: {results.population.sum():,.0f} people, {years_text(results.years)}, "
        f"{len(results.replicates)} replicates with common luck, seed {results.seed}. {more}"
    )


def save(figure: Figure, path: str | os.PathLike[str]) -> Path:
    """Write a figure and return where; the same figure gives the same bytes."""
    path = Path(path)
    try:
        figure.savefig(path, metadata={"Software": None} if path.suffix == ".png" else None)
    except OSError as error:
        raise FileError(f"{path}: the picture cannot be written: {error.strerror or error}") from error
    except ValueError as error:
        raise FileError(f"{path}: {error}; write a picture to a name that ends in .png") from error
    return path


def drawable(text: str) -> str:
    """Without the characters that Matplotlib's own font lacks, such as Chinese ones: better left out than boxes."""
    from matplotlib import font_manager

    known = font_manager.get_font(font_manager.findfont("DejaVu Sans")).get_charmap()
    return " ".join("".join(letter for letter in text if ord(letter) in known).split())


def _tidy(axes, title: str) -> None:
    axes.set_title(title, loc="left", fontsize=11.5, weight="bold")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9.5)


def _main_pair(comparison: Comparison) -> list[str]:
    """Policies that the small panels show: modes, and the variant that the leading contrast solved."""
    shown = list(comparison.results.modes)
    if comparison.contrasts:
        leading = comparison.contrasts[comparison.headline]
        shown += [policy for policy in (leading.baseline, leading.policy) if policy not in shown]
    return shown


def _short(comparison: Comparison, policy: str) -> str:
    variant = policy.partition(":")[2].replace("_", " ")
    return f"{_mode(policy)},\n{variant}" if variant else _mode(policy)


def _mode(policy: str) -> str:
    return policy.partition(":")[0].replace("_", " ")


def _colour(comparison: Comparison, policy: str) -> str:
    modes = comparison.results.modes
    mode = policy.partition(":")[0]
    position = modes.index(mode) if mode in modes else len(modes)
    return POLICY_COLOURS[position % len(POLICY_COLOURS)]


# ---- differences ------------------------------------------------------------------------------------------------------


def _differences(axes, comparison: Comparison) -> None:
    if not comparison.contrasts:
        _means(axes, comparison)
        return
    rows = [MEASURES[name] for name in IN_PICTURE]
    rows = [m for m in rows if any(math.isfinite(found[m.name].mean) for found in comparison.differences)]
    leading = comparison.contrasts[comparison.headline].name
    policy_of = [contrast.policy.split(":")[0] for contrast in comparison.contrasts]
    several = len(set(policy_of)) > 1
    ends = [WIDEST / 6]
    for position, contrast in enumerate(comparison.contrasts):
        colour, marker = CONTRAST_STYLES[position % len(CONTRAST_STYLES)]
        offset = (position - (len(comparison.contrasts) - 1) / 2) * 0.72 / len(comparison.contrasts)
        label = contrast_name(contrast)[0] + (f": {policy_of[position]}" if several else "")
        if contrast.solved_lever:
            label += f" ({contrast.solved_lever} = {contrast.solved_value:.4g})"
        for row, measure in enumerate(rows):
            found = comparison.differences[position][measure.name]
            base = comparison.means[contrast.baseline][measure.name].mean
            if not math.isfinite(found.mean) or not base:
                continue
            middle, low, high = (100 * value / abs(base) for value in (found.mean, found.low, found.high))
            shown = min(WIDEST, max(-WIDEST, middle))
            style = dict(color=colour, markersize=7 if contrast.name == leading else 5.5)
            if abs(middle) > WIDEST:
                axes.plot(shown, row + offset, marker=">" if middle > 0 else "<", linestyle="none", **style)
                axes.annotate(f"{middle:+.0f} %".replace("-", MINUS), (shown, row + offset), fontsize=8, va="center",
                              xytext=(-9 if middle > 0 else 9, 0), textcoords="offset points", color=colour,
                              ha="right" if middle > 0 else "left")  # fmt: skip
            else:
                axes.plot(shown, row + offset, marker=marker, linestyle="none",
                          markerfacecolor=colour if found.decided else "white", **style)  # fmt: skip
            if math.isfinite(low):
                span = [min(WIDEST, max(-WIDEST, value)) for value in (low, high)]
                axes.plot(span, [row + offset] * 2, color=colour, linewidth=2 if contrast.name == leading else 1.4)
                ends += [abs(value) for value in span]
            ends.append(abs(shown))
        axes.plot([], [], color=colour, marker=marker, label=label, linewidth=1.6)
    reach = 1.08 * max(ends)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.axvline(0, color="black", linewidth=1)
    for row in range(0, len(rows), 2):
        axes.axhspan(row - 0.5, row + 0.5, color="#f3f3f3", zorder=0, linewidth=0)
    axes.set_yticks(range(len(rows)), [_row_text(comparison, measure) for measure in rows])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("difference in percent of the baseline's mean; filled: interval without zero", fontsize=9.5)
    baseline = policy_name(comparison.contrasts[0].baseline)
    who = " and ".join(dict.fromkeys(policy_name(contrast.policy) for contrast in comparison.contrasts))
    _tidy(axes, f"What changes with {who} instead of {baseline}")
    axes.spines["left"].set_visible(False)
    axes.set_title(axes.get_title(loc="left"), loc="left", fontsize=12, weight="bold", pad=26)
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.012, 0.995), ncols=4, frameon=False, fontsize=9.5, borderaxespad=0.1
    )
    of_leading = comparison.differences[comparison.headline]
    beside = dict(transform=axes.get_yaxis_transform(), fontsize=9.5, ha="right", va="center")
    contrast = comparison.contrasts[comparison.headline]
    columns = ((1.085, _mode(contrast.baseline)), (1.205, "difference"), (1.395, "95 % interval"))
    axes.text(1.395, -1.75, f"{_mode(contrast.policy)}, {contrast_name(contrast)[0]}", weight="bold", **beside)
    for x, text in columns:
        axes.text(x, -0.95, text, weight="bold", **beside)
    for row, measure in enumerate(rows):
        scale, _ = scale_of(measure, comparison)
        base = comparison.means[comparison.contrasts[comparison.headline].baseline][measure.name].mean / scale
        there = of_leading[measure.name]
        decimals = row_decimals(comparison, measure)
        texts = [show(base, decimals)]
        decimals = decimals_of_ends(there, scale, decimals)
        texts += [show(there.mean / scale, decimals, signed=True)]
        if math.isfinite(there.half_width):
            texts.append(f"{show(there.low / scale, decimals, True)} to {show(there.high / scale, decimals, True)}")
        for (x, _), text in zip(columns, texts, strict=False):
            axes.text(x, row, text, color="black" if there.decided else GREY, **beside)


def _row_text(comparison: Comparison, measure: Measure) -> str:
    text = row_label(measure, scale_of(measure, comparison)[1]).strip()
    if measure.section == SUCCESS:
        text = f"Success: {text}, %"
    return text


def _means(axes, comparison: Comparison) -> None:
    """The run of one policy has nothing to be compared with: its means as a small table."""
    _tidy(axes, f"Means over replicates with 95 % intervals: {', '.join(comparison.results.modes)}")
    axes.axis("off")
    mode = comparison.results.modes[0]
    for row, name in enumerate(IN_PICTURE):
        measure = MEASURES[name]
        scale, _ = scale_of(measure, comparison)
        mean = comparison.means[mode][name]
        decimals = row_decimals(comparison, measure)
        text = show(mean.mean / scale, decimals)
        if math.isfinite(mean.half_width):
            text += f" ± {show(mean.half_width / scale, decimals)}"
        height = 1 - (row + 1) / (len(IN_PICTURE) + 1)
        axes.text(0.02, height, _row_text(comparison, measure), transform=axes.transAxes, fontsize=11)
        axes.text(0.62, height, text, transform=axes.transAxes, fontsize=11, ha="right")


# ---- success, payers, open disputes -----------------------------------------------------------------------------------


def _success(axes, comparison: Comparison) -> None:
    rows = [measure for measure in MEASURES.values() if measure.section == SUCCESS]
    shown = _main_pair(comparison)
    for position, policy in enumerate(shown):
        colour = _colour(comparison, policy)
        filled = ":" not in policy
        offset = (position - (len(shown) - 1) / 2) * 0.24
        for row, measure in enumerate(rows):
            mean = comparison.means[policy][measure.name]
            if not math.isfinite(mean.mean):
                continue
            if math.isfinite(mean.half_width):
                axes.plot([mean.low, mean.high], [row + offset] * 2, color=colour, linewidth=2)
            axes.plot(mean.mean, row + offset, "o", color=colour, markersize=7,
                      markerfacecolor=colour if filled else "white")  # fmt: skip
            axes.text(1.13, row + offset, f"{mean.mean:.1f}", transform=axes.get_yaxis_transform(), fontsize=9,
                      va="center", ha="right")  # fmt: skip
        axes.plot([], [], "o", color=colour, markerfacecolor=colour if filled else "white",
                  label=_short(comparison, policy).replace("\n", " "))  # fmt: skip
    axes.set_ylim(len(rows) - 0.45, -0.75)
    names = {
        "success_over_accepted": "agreements\n/ accepted",
        "success_over_closed": "agreements\n/ closed",
        "success_with_reconciled": "with reconciled\n/ closed",
        "success_not_to_court": "not to court\n/ closed",
    }
    axes.set_yticks(range(len(rows)), [names[measure.name] for measure in rows])
    low, high = axes.get_xlim()
    axes.set_xlim(max(0, low - 4), min(102, high + 4))
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    _tidy(axes, "Success of people's mediation, %")
    axes.legend(loc="upper left", bbox_to_anchor=(-0.33, -0.07), fontsize=9, frameon=False, ncols=3, columnspacing=1.0,
                handletextpad=0.3)  # fmt: skip


def _who_paid(axes, comparison: Comparison) -> None:
    shown = _main_pair(comparison)
    largest = max((comparison.means[policy]["paid_per_year"].mean for policy in shown), default=0.0)
    scale, unit = (1e6, "million yuan") if largest >= 1e6 else (1.0, "yuan")
    bottoms = np.zeros(len(shown))
    for name, who, colour, ink in PAYERS:
        heights = np.array([comparison.means[policy][name].mean for policy in shown]) / scale
        axes.bar(range(len(shown)), heights, bottom=bottoms, color=colour, label=who, width=0.62, edgecolor="white")
        for position, (height, bottom) in enumerate(zip(heights, bottoms, strict=True)):
            whole = comparison.means[shown[position]]["paid_per_year"].mean / scale
            if whole and height / whole > 0.045:
                axes.text(position, bottom + height / 2, f"{height / whole:.0%}",
                          ha="center", va="center", fontsize=8.5, color=ink)  # fmt: skip
        bottoms = bottoms + heights
    for position, total in enumerate(bottoms):
        axes.text(position, total, show(total, decimals_for([total], [])), ha="center", va="bottom", fontsize=9.5,
                  weight="bold")  # fmt: skip
    axes.set_xticks(range(len(shown)), [_short(comparison, policy) for policy in shown])
    axes.set_xlim(-0.75, max(1, len(shown) - 1) + 0.75)
    axes.set_ylim(0, 1.08 * max(bottoms.max(), 1e-9))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    _tidy(axes, f"Who paid patients, {unit} a year")
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles, labels, loc="upper left", bbox_to_anchor=(-0.06, -0.145), ncols=4, fontsize=9, frameon=False,
                columnspacing=1.0, handlelength=1.0, handletextpad=0.4)  # fmt: skip


def _open_disputes(axes, comparison: Comparison) -> None:
    from matplotlib import dates as dates_of_matplotlib

    results = comparison.results
    dates = results.dates.astype("datetime64[ms]").astype("O")
    shown = _main_pair(comparison)
    for policy in shown:
        values = results.metric("open_disputes")[results.policies.index(policy)].sum(axis=2).astype(float)
        colour = _colour(comparison, policy)
        line = "-" if ":" not in policy else "--"
        low, high = np.percentile(values, [10, 90], axis=0)
        axes.fill_between(dates, low, high, color=colour, alpha=0.18, linewidth=0)
        axes.plot(dates, values.mean(axis=0), line, color=colour, linewidth=2,
                  label=_short(comparison, policy).replace("\n", " "))  # fmt: skip
    axes.set_ylim(bottom=0)
    locator = dates_of_matplotlib.AutoDateLocator(minticks=3, maxticks=6)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates_of_matplotlib.ConciseDateFormatter(locator))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    _tidy(axes, "Open disputes at the end of each month")
    axes.set_xlabel("line: mean; band: 8 in 10 replicates", fontsize=9.5)
    axes.legend(loc="lower right", fontsize=9, frameon=False)
