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
    settings_text,
    show,
)
from parley.analysis.texts import counted, years_text
from parley.errors import FileError, need

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from parley.analysis.load import Results

# Okabe and Ito's colours, told apart by colour-blind readers too; shape and direct labels carry the same information.
BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY, GREY = (
    "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9", "#555555",
)  # fmt: skip
WINE, OLIVE, INDIGO, TEAL, BLACK = "#882255", "#999933", "#332288", "#44AA99", "#000000"
POLICY_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, GREY, WINE, OLIVE, INDIGO, TEAL, BLACK)
CONTRAST_STYLES = ((GREY, "s"), (ORANGE, "^"), (BLUE, "o"), (PURPLE, "D"), (GREEN, "v"), (VERMILLION, "P"), (SKY, "X"),
                   (WINE, "<"))  # fmt: skip
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
WIDTH = 14
DOTS_PER_INCH = 120
MOST_BLOCKS = 12
"""Policies whose differences are drawn, a block each; who asks for more has the table."""
MOST_COLUMNS = 3
"""Contrasts whose numbers stand beside their marks."""
FEW = 3
"""So many policies have room for wide lanes, and for bands around lines."""

# Inches, from the edges of the picture or between its parts.
MARGIN = 0.17
LABELS = 2.85
"""For the names of measures."""
COLUMN, BASE_COLUMN = 2.35, 1.0
"""Difference with its interval; the mean of the baseline."""
HEAD_OF_BLOCK, FOOT_OF_BLOCK = 0.95, 0.62
HEAD_OF_PANELS, FOOT_OF_PANELS = 0.35, 0.85
LINE_OF_LEGEND = 0.24
LINE_OF_QUESTION = 0.25
LETTERS_OF_QUESTION, LETTERS_OF_SOURCE = 150, 175
"""So many fit in a line."""


def picture(comparison: Comparison, path: str | os.PathLike[str]) -> Path:
    """Draw the comparison into a PNG (or whatever the ending of the name says) and return its path.

    Each policy that is compared with a baseline has a block of its own, so the picture grows with their number.
    """
    results = comparison.results
    question = results.question if results.question != results.title else ""
    lines = textwrap.wrap(drawable(question), LETTERS_OF_QUESTION)
    blocks = _blocks(comparison)
    policies = _main_pair(comparison)
    row = 0.33 if len(blocks) == 1 else 0.27
    tall_block = len(IN_PICTURE) * row
    tall_means = 0.32 * math.ceil(len(IN_PICTURE) / 2)
    tall_panels = max(2.9, 4 * (0.15 * len(policies) + 0.15))
    tall_legend = LINE_OF_LEGEND * math.ceil(len(policies) / _legend_columns(policies))
    more = "Intervals: 95 %, chance alone. Not a forecast."
    left_out = len(_pairs(comparison)) - len(blocks)
    if left_out:
        more = f"{left_out} more policies: parley show. {more}"
    source = source_line(results, more)
    foot = 0.2 + 0.17 * (1 + source.count("\n"))
    head = 0.6 + LINE_OF_QUESTION * len(lines)
    height = head + foot + tall_legend + HEAD_OF_PANELS + tall_panels + FOOT_OF_PANELS
    height += len(blocks) * (HEAD_OF_BLOCK + tall_block + FOOT_OF_BLOCK) if blocks else 2 * HEAD_OF_PANELS + tall_means
    figure = new_figure(WIDTH, height, dots_per_inch=DOTS_PER_INCH)

    def axes(left: float, bottom: float, wide: float, tall: float):
        return figure.add_axes((left / WIDTH, bottom / height, wide / WIDTH, tall / height))

    figure.text(MARGIN / WIDTH, 1 - 0.32 / height, drawable(results.title), fontsize=16, weight="bold", va="center")
    for number, line in enumerate(lines):
        figure.text(MARGIN / WIDTH, 1 - (0.65 + LINE_OF_QUESTION * number) / height, line, fontsize=12, va="center")
    y = height - head
    for positions in blocks:
        y -= HEAD_OF_BLOCK + tall_block
        beside = BASE_COLUMN + COLUMN * min(len(positions), MOST_COLUMNS)
        _differences(axes(LABELS, y, WIDTH - LABELS - beside - MARGIN, tall_block), comparison, positions)
        y -= FOOT_OF_BLOCK
    if not blocks:
        y -= HEAD_OF_PANELS + tall_means
        _means(axes(MARGIN, y, WIDTH - 2 * MARGIN, tall_means), comparison)
        y -= HEAD_OF_PANELS
    y -= HEAD_OF_PANELS + tall_panels
    _success(axes(1.3, y, 2.75, tall_panels), comparison)
    _who_paid(axes(5.75, y, 2.75, tall_panels), comparison)
    _open_disputes(axes(9.9, y, 3.9, tall_panels), comparison)
    _legend(axes(MARGIN, foot, WIDTH - 2 * MARGIN, tall_legend), comparison)
    figure.text(MARGIN / WIDTH, 0.12 / height, source, fontsize=9.5, color=GREY, va="bottom", linespacing=1.3)
    return save(figure, path)


def _pairs(comparison: Comparison) -> list[list[int]]:
    """Positions of the contrasts of each mode, in the order of the file."""
    found: dict[str, list[int]] = {}
    for position, contrast in enumerate(comparison.contrasts):
        found.setdefault(contrast.policy.partition(":")[0], []).append(position)
    return list(found.values())


def _blocks(comparison: Comparison) -> list[list[int]]:
    return _pairs(comparison)[:MOST_BLOCKS]


def _legend_columns(policies: list[str]) -> int:
    return min(len(policies), 6)


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
    """Where the numbers of a picture come from, and what was set on top of it."""
    most_named = 4
    changed = settings_text(results, most_named)
    text = (
        f"{results.place.replace('_', ' ')}: {results.population.sum():,.0f} people, {years_text(results.years)}, "
        f"{counted(len(results.replicates), 'replicate')}{' with common luck' if results.contrasts else ''}, "
        f"seed {results.seed}{f'; {changed}' if changed else ''}. {more}"
    )
    return textwrap.fill(text, LETTERS_OF_SOURCE)


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
    if len(_pairs(comparison)) == 1:
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


def _percent(comparison: Comparison, position: int, name: str) -> tuple[float, float, float] | None:
    """A difference and the ends of its interval in percent of the baseline's mean; None where it has no such number."""
    found = comparison.differences[position][name]
    base = comparison.means[comparison.contrasts[position].baseline][name].mean
    if not math.isfinite(found.mean) or not base:
        return None
    return 100 * found.mean / abs(base), 100 * found.low / abs(base), 100 * found.high / abs(base)


def _inside(value: float) -> float:
    return min(WIDEST, max(-WIDEST, value))


def _reach(comparison: Comparison) -> float:
    """How far the axis of differences goes on both sides; the same for all blocks, so that they can be compared."""
    ends = [WIDEST / 6]
    for positions in _blocks(comparison):
        for position in positions:
            for name in IN_PICTURE:
                ends += [
                    abs(_inside(value)) for value in _percent(comparison, position, name) or () if math.isfinite(value)
                ]
    return 1.08 * max(ends)


def _differences(axes, comparison: Comparison, positions: list[int]) -> None:
    """One policy against its baseline: a mark with an interval for each contrast, its numbers beside it."""
    rows = [MEASURES[name] for name in IN_PICTURE]
    headline = comparison.contrasts[comparison.headline].name
    leading = next((k for k in positions if comparison.contrasts[k].name == headline), positions[-1])
    styles = {k: CONTRAST_STYLES[turn % len(CONTRAST_STYLES)] for turn, k in enumerate(positions)}
    for turn, position in enumerate(positions):
        contrast = comparison.contrasts[position]
        colour, marker = styles[position]
        offset = (turn - (len(positions) - 1) / 2) * 0.72 / len(positions)
        for row, measure in enumerate(rows):
            percent = _percent(comparison, position, measure.name)
            if percent is None:
                continue
            middle, low, high = percent
            shown = _inside(middle)
            decided = comparison.differences[position][measure.name].decided
            style = dict(color=colour, markersize=7 if position == leading else 5.5)
            if abs(middle) > WIDEST:
                axes.plot(shown, row + offset, marker=">" if middle > 0 else "<", linestyle="none", **style)
                if position != leading:  # whose number stands beside the marks; here they would lie on each other
                    continue
                axes.annotate(f"{middle:+.0f} %".replace("-", MINUS), (shown, row + offset), fontsize=8, va="center",
                              xytext=(-9 if middle > 0 else 9, 0), textcoords="offset points", color=colour,
                              ha="right" if middle > 0 else "left")  # fmt: skip
            else:
                axes.plot(shown, row + offset, marker=marker, linestyle="none",
                          markerfacecolor=colour if decided else "white", **style)  # fmt: skip
            if math.isfinite(low):
                axes.plot([_inside(low), _inside(high)], [row + offset] * 2, color=colour,
                          linewidth=2 if position == leading else 1.4)  # fmt: skip
        label = contrast_name(contrast)[0]
        if contrast.solved_lever:
            label += f" ({contrast.solved_lever} = {contrast.solved_value:.4g})"
        axes.plot([], [], color=colour, marker=marker, label=label, linewidth=1.6)
    reach = _reach(comparison)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.axvline(0, color="black", linewidth=1)
    for row in range(0, len(rows), 2):
        axes.axhspan(row - 0.5, row + 0.5, color="#f3f3f3", zorder=0, linewidth=0)
    axes.set_yticks(range(len(rows)), [_row_text(comparison, measure) for measure in rows])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}".replace("-", MINUS))
    axes.set_xlabel("difference in percent of the baseline's mean; filled: interval without zero", fontsize=9)
    policy, baseline = (
        policy_name(name) for name in (comparison.contrasts[leading].policy, comparison.contrasts[leading].baseline)
    )
    _tidy(axes, "")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    # Title and legend begin where the names of measures do, so that numbers beside the axes never meet them.
    dots = axes.bbox.width / axes.figure.dpi
    edge = -(LABELS - MARGIN) / dots
    tall = axes.bbox.height / axes.figure.dpi
    axes.text(edge, 1 + 0.74 / tall, f"What changes with {policy} instead of {baseline}", transform=axes.transAxes,
              fontsize=12, weight="bold", va="center")  # fmt: skip
    axes.legend(loc="center left", bbox_to_anchor=(edge, 1 + 0.4 / tall), ncols=3, frameon=False, fontsize=9,
                borderaxespad=0, columnspacing=1.4, handlelength=1.8)  # fmt: skip
    _numbers(axes, comparison, positions, leading, rows, styles)


def _numbers(axes, comparison: Comparison, positions: list[int], leading: int, rows: list[Measure],
             styles: dict[int, tuple[str, str]]) -> None:  # fmt: skip
    """Beside the marks: the mean of the baseline, then each contrast's difference and interval."""
    dots = axes.bbox.width / axes.figure.dpi
    tall = axes.bbox.height / axes.figure.dpi
    step = tall / (len(rows) + 0.2)
    beside = dict(transform=axes.get_yaxis_transform(), fontsize=8.5, ha="right", va="center")

    def at(inches: float) -> float:
        return 1 + inches / dots

    above, below = -0.6 - 0.38 / step, -0.6 - 0.12 / step
    baseline = comparison.contrasts[leading].baseline
    axes.text(at(BASE_COLUMN - 0.1), below, _mode(baseline), weight="bold", **beside)
    for row, measure in enumerate(rows):
        base = comparison.means[baseline][measure.name].mean / scale_of(measure, comparison)[0]
        axes.text(at(BASE_COLUMN - 0.1), row, show(base, row_decimals(comparison, measure)), **beside)
    others = [position for position in positions if position != leading]
    kept = {leading, *others[: MOST_COLUMNS - 1]}
    for turn, position in enumerate(position for position in positions if position in kept):
        right = BASE_COLUMN + COLUMN * (turn + 1) - 0.02
        middle = right - 1.6
        axes.text(at(right), above, contrast_name(comparison.contrasts[position])[0], weight="bold",
                  **beside | {"color": styles[position][0], "fontsize": 9})  # fmt: skip
        axes.plot([at(middle - 0.68), at(right)], [(above + below) / 2] * 2, color=styles[position][0], linewidth=0.8,
                  transform=axes.get_yaxis_transform(), clip_on=False)  # fmt: skip
        axes.text(at(middle), below, "difference", **beside)
        axes.text(at(right), below, "95 % interval", **beside)
        for row, measure in enumerate(rows):
            scale, _ = scale_of(measure, comparison)
            found = comparison.differences[position][measure.name]
            decimals = decimals_of_ends(found, scale, row_decimals(comparison, measure))
            ink = beside | {"color": "black" if found.decided else GREY}
            axes.text(at(middle), row, show(found.mean / scale, decimals, signed=True), **ink)
            if math.isfinite(found.half_width):
                ends = (show(value / scale, decimals, True) for value in (found.low, found.high))
                axes.text(at(right), row, " to ".join(ends), **ink)


def _row_text(comparison: Comparison, measure: Measure) -> str:
    text = row_label(measure, scale_of(measure, comparison)[1]).strip()
    if measure.section == SUCCESS:
        text = f"Success: {text}, %"
    return text


def _means(axes, comparison: Comparison) -> None:
    """The run of one policy has nothing to be compared with: its means as a small table."""
    _tidy(axes, f"Means over replicates with 95 % intervals: {', '.join(map(_mode, comparison.results.modes))}")
    axes.axis("off")
    mode = comparison.results.modes[0]
    rows = math.ceil(len(IN_PICTURE) / 2)
    for position, name in enumerate(IN_PICTURE):
        column, row = divmod(position, rows)
        measure = MEASURES[name]
        scale, _ = scale_of(measure, comparison)
        mean = comparison.means[mode][name]
        decimals = row_decimals(comparison, measure)
        text = show(mean.mean / scale, decimals)
        if math.isfinite(mean.half_width):
            text += f" ± {show(mean.half_width / scale, decimals)}"
        left, height = 0.01 + 0.51 * column, 1 - (row + 0.6) / rows
        axes.text(left, height, _row_text(comparison, measure), transform=axes.transAxes, fontsize=11, va="center")
        axes.text(left + 0.42, height, text, transform=axes.transAxes, fontsize=11, ha="right", va="center")


# ---- success, payers, open disputes -----------------------------------------------------------------------------------


def _legend(axes, comparison: Comparison) -> None:
    """Which colour is which policy, for all three panels above it."""
    axes.axis("off")
    shown = _main_pair(comparison)
    for policy in shown:
        variant = ":" in policy
        colour = _colour(comparison, policy)
        axes.plot([], [], "--" if variant else "-", marker="o", color=colour, linewidth=2,
                  markerfacecolor="white" if variant else colour, label=_short(comparison, policy).replace("\n", " "))  # fmt: skip
    axes.legend(loc="center", ncols=_legend_columns(shown), fontsize=9.5, frameon=False, handlelength=2.6,
                borderaxespad=0, labelspacing=0.45)  # fmt: skip


def _success(axes, comparison: Comparison) -> None:
    rows = [measure for measure in MEASURES.values() if measure.section == SUCCESS]
    shown = _main_pair(comparison)
    lane = 0.24 if len(shown) <= FEW else 0.85 / len(shown)
    for position, policy in enumerate(shown):
        colour = _colour(comparison, policy)
        filled = ":" not in policy
        offset = (position - (len(shown) - 1) / 2) * lane
        for row, measure in enumerate(rows):
            mean = comparison.means[policy][measure.name]
            if not math.isfinite(mean.mean):
                continue
            if math.isfinite(mean.half_width):
                axes.plot([mean.low, mean.high], [row + offset] * 2, color=colour, linewidth=2)
            axes.plot(mean.mean, row + offset, "o", color=colour, markersize=7 if len(shown) <= FEW else 5,
                      markerfacecolor=colour if filled else "white")  # fmt: skip
            axes.text(1.14, row + offset, f"{mean.mean:.1f}", transform=axes.get_yaxis_transform(),
                      fontsize=9 if len(shown) <= FEW else 8, va="center", ha="right",
                      color="black" if len(shown) <= FEW else colour)  # fmt: skip
    axes.set_ylim(len(rows) - 0.45, -0.55)
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
    for edge in range(1, len(rows)):
        axes.axhline(edge - 0.5, color="#eeeeee", linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)
    _tidy(axes, "Success of people's mediation, %")
    axes.tick_params(axis="y", length=0)


def _who_paid(axes, comparison: Comparison) -> None:
    shown = _main_pair(comparison)
    means = comparison.means
    largest = max((means[policy]["paid_per_year"].mean for policy in shown), default=0.0)
    scale, unit = (1e6, "million yuan") if largest >= 1e6 else (1.0, "yuan")
    ends = np.zeros(len(shown))
    for name, who, colour, ink in PAYERS:
        widths = np.array([means[policy][name].mean for policy in shown]) / scale
        axes.barh(range(len(shown)), widths, left=ends, color=colour, label=who, height=0.62, edgecolor="white")
        for position, (width, end) in enumerate(zip(widths, ends, strict=True)):
            whole = means[shown[position]]["paid_per_year"].mean / scale
            if whole and width / whole > 0.09 and width > 0.1 * largest / scale:
                axes.text(end + width / 2, position, f"{width / whole:.0%}",
                          ha="center", va="center", fontsize=8.5, color=ink)  # fmt: skip
        ends = ends + widths
    decimals = decimals_for([largest / scale], [])
    for position, total in enumerate(ends):
        axes.text(total, position, f" {show(total, decimals)}", ha="left", va="center", fontsize=9, weight="bold")
    axes.set_yticks(range(len(shown)), [_short(comparison, policy) for policy in shown])
    axes.set_ylim(max(1, len(shown) - 1) + 0.6, -0.6)
    axes.set_xlim(0, 1.28 * max(ends.max(), 1e-9))
    axes.xaxis.set_major_locator(_locator(4))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    _tidy(axes, f"Who paid patients, {unit} a year")
    axes.tick_params(axis="y", length=0)
    axes.legend(loc="upper center", bbox_to_anchor=(0.38, -0.26 / (axes.bbox.height / axes.figure.dpi)), ncols=4, fontsize=9,
                frameon=False, columnspacing=1.0, handlelength=1.0, handletextpad=0.4, borderaxespad=0)  # fmt: skip


def _locator(most: int, whole: bool = False):
    """Ticks at round numbers; at whole ones where halves would say nothing."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=most, integer=whole)


def _open_disputes(axes, comparison: Comparison) -> None:
    from matplotlib import dates as dates_of_matplotlib

    results = comparison.results
    dates = results.dates.astype("datetime64[ms]").astype("O")
    shown = _main_pair(comparison)
    bands = len(shown) <= FEW
    highest = 0.0
    for policy in shown:
        values = results.metric("open_disputes")[results.policies.index(policy)].sum(axis=2).astype(float)
        colour = _colour(comparison, policy)
        line = "-" if ":" not in policy else "--"
        if bands:
            low, high = np.percentile(values, [10, 90], axis=0)
            axes.fill_between(dates, low, high, color=colour, alpha=0.18, linewidth=0)
            highest = max(highest, float(high.max()))
        axes.plot(dates, values.mean(axis=0), line, color=colour, linewidth=2)
        highest = max(highest, float(values.mean(axis=0).max()))
    axes.set_ylim(0, 1.05 * highest or 1)
    locator = dates_of_matplotlib.AutoDateLocator(minticks=3, maxticks=6)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates_of_matplotlib.ConciseDateFormatter(locator))
    least_for_whole = 3  # disputes; below that only halves and tenths tell anything
    axes.yaxis.set_major_locator(_locator(7, whole=highest >= least_for_whole))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    _tidy(axes, "Open disputes at the end of each month")
    axes.set_xlabel("line: mean; band: 8 in 10 replicates" if bands else "means over replicates", fontsize=9.5)
