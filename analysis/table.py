"""The answer as text: what happens under each policy, how they differ, how sure that is."""

from __future__ import annotations

import itertools
import math
import textwrap
from dataclasses import dataclass

from parley.analysis.compare import Comparison, Estimate, settings
from parley.analysis.load import Contrast, Results
from parley.analysis.measures import SUCCESS, Measure
from parley.analysis.texts import years_text

NAMES = {
    "front_line": "front-line government",
    "backing": "backing",
    "purchased": "purchased services",
    "ceded": "ceding to society",
    "insurer_led": "insurer-led handling",
    "hybrid": "the hybrid platform",
    "pay_by_case": "pay by case",
    "no_mediation": "no mediation",
}
CONTRASTS = {
    "bundle": ("whole bundle", "as the mode files give them"),
    "contract_only": ("contract only", "contract terms alone, everything else equal"),
    "equal_spending": ("equal spending", "at equal public spending"),
}
FEWEST_OF_SOME = 5
"""Where only some replicates have a measure on both sides, fewer of them say nothing."""
NEARLY_EQUAL = 0.05
"""Up to this share of the baseline's outlay two policies that missed equal spending still spend nearly the same."""
BETTER, WORSE, UNDECIDED, NEUTRAL = "+", "-", "~", "."
MILLION = 1_000_000
MINUS = "−"

LABEL_WIDTH = 36
MOST_DECIMALS = 4


# ---- numbers ----------------------------------------------------------------------------------------------------------


def scale_of(measure: Measure, comparison: Comparison) -> tuple[float, str]:
    """What to divide a row by and the unit to print: large sums of yuan are read more easily in millions."""
    if not measure.unit.startswith("yuan"):
        return 1.0, measure.unit
    # Rows of parts ("  by insurers") share the scale of their whole, which stands above them with the same unit.
    family = [other.name for other in comparison.measures.values() if other.section == measure.section]
    family = [name for name in family if comparison.measures[name].unit == measure.unit]
    means = [abs(found[name].mean) for found in comparison.means.values() for name in family]
    if max((mean for mean in means if math.isfinite(mean)), default=0.0) >= MILLION:
        return MILLION, measure.unit.replace("yuan", "million yuan", 1)
    return 1.0, measure.unit


def decimals_for(means: list[float], spreads: list[float]) -> int:
    """Decimals that show one digit of the narrowest interval (three of the means where there is none), at most three."""

    def magnitudes(values: list[float]) -> list[float]:
        return [abs(value) for value in values if math.isfinite(value) and value != 0]

    sizes, widths = magnitudes(means), magnitudes(spreads)
    if not sizes and not widths:
        return 1
    finest = min(widths) if widths else min(sizes) / 100
    worth_seeing = max(finest, max(sizes + widths) / 2_000)
    return int(min(3, max(0, -math.floor(math.log10(worth_seeing)))))


def decimals_of_ends(found: Estimate, scale: float, decimals: int) -> int:
    """The same, or more where an interval that excludes zero would otherwise seem to begin there."""
    nearest = min(abs(found.low), abs(found.high)) / scale
    while found.decided and decimals < MOST_DECIMALS and round(nearest, decimals) == 0:
        decimals += 1
    return decimals


def show(value: float, decimals: int, signed: bool = False) -> str:
    """One number with a true minus sign and thousands apart; what is not a number is n/a."""
    if not math.isfinite(value):
        return "n/a"
    text = f"{abs(value):,.{decimals}f}"
    zero = float(text.replace(",", "")) == 0
    if value < 0 and not zero:
        return MINUS + text
    return "+" + text if signed and not zero else text


def verdict(measure: Measure, difference: Estimate) -> str:
    """One mark: better, worse, not told apart from chance, or told apart but neither better nor worse as such."""
    if not difference.decided:
        return UNDECIDED
    if not measure.better:
        return NEUTRAL
    return BETTER if (difference.mean < 0) == (measure.better == "lower") else WORSE


# ---- names ------------------------------------------------------------------------------------------------------------


def policy_name(policy: str) -> str:
    """``purchased:equal_spending`` as a person would say it."""
    mode = policy.split(":")[0]
    return NAMES.get(mode, mode.replace("_", " "))


def contrast_name(contrast: Contrast) -> tuple[str, str]:
    """A short name for a column and a phrase for a sentence; both say so where spending could not be made equal."""
    words = contrast.name.replace("_", " ")
    short, phrase = CONTRASTS.get(contrast.name, (words, contrast.title or words))
    if not contrast.missed:
        return short, phrase
    near = abs(contrast.spending_gap) <= NEARLY_EQUAL
    gap = f"{100 * abs(contrast.spending_gap):.{1 if near else 0}f} % {'more' if contrast.spending_gap > 0 else 'less'}"
    spending = f"near equal public spending ({gap})" if near else f"NOT at equal public spending ({gap})"
    if contrast.name == "equal_spending":
        return (short if near else "unequal spending"), spending
    return short, f"{phrase}; {spending}"


def row_label(measure: Measure, unit: str) -> str:
    """Label and unit in one; parts of a whole and the success rates have their unit in the row above."""
    if measure.label.startswith("  ") or measure.unit == "days":
        return measure.label
    if not unit.startswith("per "):
        unit = unit.replace(" per ", "/")
    return f"{measure.label} {unit}" if unit.startswith("per ") else f"{measure.label}, {unit}"


def _mode(policy: str) -> str:
    return policy.split(":")[0]


# ---- the table --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One column of text, a cell for each row of measures."""

    head: str
    above: str
    """What stands above the head; neighbours with the same text share it."""
    cells: list[str]

    @property
    def width(self) -> int:
        return 2 + max(len(self.head), *(len(cell) for cell in self.cells))


def _widths(columns: list[Column]) -> list[int]:
    """As wide as the cells, and together as wide as what stands above them."""
    widths = [column.width for column in columns]
    for pair, group in itertools.groupby(range(len(columns)), key=lambda position: columns[position].above):
        positions = list(group)
        widths[positions[0]] += max(0, len(pair) + 2 - sum(widths[position] for position in positions))
    return widths


def table(comparison: Comparison, width: int = 110) -> str:
    """Header, rows, legend and summary; columns that do not fit go into a further block below."""
    parts = [header(comparison, width), ""]
    block: list[Column] = []
    for column in _columns(comparison):
        if len(block) > 0 and LABEL_WIDTH + sum(_widths([*block, column])) > width:
            parts += [*_block(comparison, block), ""]
            block = []
        block.append(column)
    parts += [*_block(comparison, block), "", *legend(comparison, width)]
    words = summary(comparison, width)
    if words:
        parts += ["", *words]
    return "\n".join(line.rstrip() for line in parts)


def header(comparison: Comparison, width: int = 110) -> str:
    """The question, where, how long, how many replicates."""
    results = comparison.results
    lines = [results.title]
    if results.question and results.question != results.title:
        lines += textwrap.wrap(results.question, width)
    kept = (
        f"{len(results.replicates)} paired replicates" if results.contrasts else f"{len(results.replicates)} replicates"
    )
    if not results.complete:
        kept = f"{len(results.replicates)} of {results.asked_replicates} replicates (stopped early)"
    people = f"{results.population.sum():,.0f} people"
    facts = [results.place.replace("_", " "), people, years_text(results.years), kept, f"seed {results.seed}"]
    lines += textwrap.wrap(" · ".join(fact for fact in facts if fact), width)
    if settings(results):
        lines += textwrap.wrap(settings_text(results), width, subsequent_indent="     ")
    return "\n".join(lines)


def settings_text(results: Results, most: int | None = None) -> str:
    """``set: authority = 0.1, claim.patient_bias = 0.25``; empty where the place was taken as it is.

    Parameters
    ----------
    most
        How many are named; the others are counted.
    """
    found = [" = ".join(setting.split("=", 1)) for setting in settings(results)]
    shown = found[:most]
    if len(found) > len(shown):
        shown.append(f"and {len(found) - len(shown)} more")
    return f"set: {', '.join(shown)}" if found else ""


def _rows(comparison: Comparison) -> list[Measure]:
    return [measure for measure in comparison.measures.values() if measure.in_table]


def _columns(comparison: Comparison) -> list[Column]:
    """A column for the mean of each mode, then one for the difference of each contrast."""
    rows = _rows(comparison)
    columns = [
        Column(mode, "", [_mean_text(comparison, measure, mode) for measure in rows])
        for mode in comparison.results.modes
    ]
    for contrast, found in zip(comparison.contrasts, comparison.differences, strict=True):
        pair = f"{_mode(contrast.policy)} {MINUS} {_mode(contrast.baseline)}"
        cells = [
            difference_text(
                measure, found[measure.name], scale_of(measure, comparison)[0], row_decimals(comparison, measure)
            )
            for measure in rows
        ]
        columns.append(Column(contrast_name(contrast)[0] + "  ", pair, cells))
    return columns


def _block(comparison: Comparison, columns: list[Column]) -> list[str]:
    """Rows of measures under some of the columns."""
    widths = _widths(columns)
    above = " " * LABEL_WIDTH
    for pair, group in itertools.groupby(range(len(columns)), key=lambda position: columns[position].above):
        room = sum(widths[position] for position in group)
        caption = f"{pair}, ± half of the 95 % interval"
        above += ((caption if len(caption) <= room - 2 else pair) if pair else "").center(room)
    lines = [above] if above.strip() else []
    lines.append(" " * LABEL_WIDTH + "".join(f"{c.head:>{w}}" for c, w in zip(columns, widths, strict=True)))
    section = ""
    for row, measure in enumerate(_rows(comparison)):
        if measure.section != section:
            section = measure.section
            if section == SUCCESS:
                lines.append(section)
        label = row_label(measure, scale_of(measure, comparison)[1])
        why = _why_empty(comparison, measure)
        cells = (
            f"  n/a: {why}"
            if why
            else "".join(f"{column.cells[row]:>{room}}" for column, room in zip(columns, widths, strict=True))
        )
        lines.append(f"{label:<{LABEL_WIDTH}}{cells}")
    return lines


def _why_empty(comparison: Comparison, measure: Measure) -> str:
    """Why a measure has no number under any policy; empty where it has one."""
    found = [values[measure.name] for values in comparison.values.values()]
    if any(value is None for value in found):
        return "needs --record cases"
    means = [row[measure.name].mean for row in comparison.means.values()]
    return "" if any(math.isfinite(mean) for mean in means) else "nothing to divide by"


def row_decimals(comparison: Comparison, measure: Measure) -> int:
    """The same for a whole row: means as fine as the intervals."""
    scale, _ = scale_of(measure, comparison)
    means = [comparison.means[mode][measure.name] for mode in comparison.results.modes]
    spread = [found[measure.name] for found in comparison.differences] or means
    return decimals_for([mean.mean / scale for mean in means], [found.half_width / scale for found in spread])


def _mean_text(comparison: Comparison, measure: Measure, mode: str) -> str:
    scale, decimals = scale_of(measure, comparison)[0], row_decimals(comparison, measure)
    mean = comparison.means[mode][measure.name]
    text = show(mean.mean / scale, decimals)
    if not comparison.differences and math.isfinite(mean.half_width):
        text += f" ±{show(mean.half_width / scale, decimals)}"
    return text + _star(mean)


def difference_text(measure: Measure, found: Estimate, scale: float, decimals: int) -> str:
    """Difference, half width of its interval, mark."""
    if not math.isfinite(found.mean):
        return "n/a  "
    text = show(found.mean / scale, decimals, signed=True)
    if not math.isfinite(found.half_width):
        return f"{text}{_star(found)}  "
    return f"{text} ±{show(found.half_width / scale, decimals)}{_star(found)} {verdict(measure, found)}"


def _star(found: Estimate) -> str:
    return "*" if 0 < found.replicates < found.given else ""


def legend(comparison: Comparison, width: int = 110) -> list[str]:
    """What marks, columns and intervals mean."""
    lines = []
    if comparison.contrasts:
        marks = (f"{BETTER} better", f"{WORSE} worse", f"{UNDECIDED} not told apart from chance",
                 f"{NEUTRAL} told apart, neither better nor worse as such")  # fmt: skip
        joined = "   ".join(marks)
        lines += [joined] if len(joined) <= width else list(marks)
        for contrast in comparison.contrasts:
            short, phrase = contrast_name(contrast)
            text = f"{short}: {phrase}"
            if contrast.solved_lever:
                text += (
                    f" ({contrast.solved_lever} of {policy_name(contrast.policy)} set to {contrast.solved_value:.4g})"
                )
            if contrast.missed:
                text += "; no value of the lever brings the two nearer"
            if text not in lines:
                lines += textwrap.wrap(text, width, subsequent_indent="  ")
    elif len(comparison.results.replicates) > 1:
        lines.append("± is half of the 95 % interval of the mean over replicates.")
    everything = [found for row in comparison.means.values() for found in row.values()]
    everything += [found for row in comparison.differences for found in row.values()]
    if any(_star(found) for found in everything):
        lines.append("* some replicates had nothing to divide by and are left out of this number.")
    if comparison.results.looks > 1:
        lines += textwrap.wrap(
            f"Replicates were added until intervals were narrow enough, with {comparison.results.looks} looks planned: each "
            "interval is so wide that with 95 % it holds at all of them (parley.analysis.precision).", width
        )  # fmt: skip
    if len(comparison.results.replicates) < 2:
        lines.append("One replicate gives no interval: ask for more with --replicates.")
    return lines


# ---- the answer in words ----------------------------------------------------------------------------------------------

# measure, subject, how its mean reads, unit of its difference, words for more and for less
SENTENCES = (
    ("disputes_per_10000_admissions", "Disputes", "{} per 10,000 admissions", "", "more", "fewer"),
    ("success_over_closed", "Agreements among the cases that people's mediation closed", "{} %", " points", "more", "less"),
    ("days_mean", "Time to resolution", "{} days", " days", "longer", "shorter"),
    ("public_outlay_per_year", "Public outlay", "{} yuan a year", "", "more", "less"),
    ("system_cost_per_year", "Cost of handling disputes", "{} yuan a year", "", "more", "less"),
    ("disturbances_per_year", "Disturbances", "{} a year", "", "more", "fewer"),
)  # fmt: skip
PAYERS = (("share_by_hospital", "hospitals"), ("share_by_insurer", "insurers"), ("share_by_fund", "mutual funds"),
          ("share_by_government", "government"))  # fmt: skip


def summary(comparison: Comparison, width: int = 110) -> list[str]:
    """The answer in a few plain sentences: the leading contrast of each pair of policies."""
    if not comparison.contrasts or len(comparison.results.replicates) < 2:
        return []
    leading = comparison.contrasts[comparison.headline].name
    lines: list[str] = []
    for position, contrast in enumerate(comparison.contrasts):
        if contrast.name == leading:
            lines += _sentences(comparison, position, width)
    lines += textwrap.wrap(
        "“Decided” is said against chance alone, by 95 % intervals over replicates; whether uncertain parameters "
        "could turn it round is a question for another run (parley params lists how sure each of them is).",
        width,
    )  # fmt: skip
    return lines


def _sentences(comparison: Comparison, position: int, width: int) -> list[str]:
    contrast = comparison.contrasts[position]
    policy, baseline = policy_name(contrast.policy), policy_name(contrast.baseline)
    lines = textwrap.wrap(f"In words: {policy} instead of {baseline}, {contrast_name(contrast)[1]}", width)
    for name, subject, reading, unit, more, less in SENTENCES:
        if name == "public_outlay_per_year" and contrast.solved_lever and not contrast.missed:
            continue  # equal by construction
        measure = comparison.measures[name]
        found = comparison.differences[position][name]
        before, after = comparison.means[contrast.baseline][name], comparison.means[contrast.policy][name]
        if not math.isfinite(found.half_width):
            continue
        asked = len(comparison.results.replicates)
        if found.replicates < min(asked, FEWEST_OF_SOME):
            text = f"{subject}: {found.replicates} of {asked} replicates have one on both sides, too few to tell of."
            lines += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")
            continue
        scale, _ = scale_of(measure, comparison)
        if scale != 1.0:
            reading = reading.replace("yuan", "million yuan")
        decimals = row_decimals(comparison, measure)
        text = (
            f"{subject}: {reading.format(show(before.mean / scale, decimals))} under {baseline}, "
            f"{show(after.mean / scale, decimals)} under {policy}"
        )
        if found.decided:
            word = more if found.mean > 0 else less
            decimals = decimals_of_ends(found, scale, decimals)
            ends = sorted((abs(found.low), abs(found.high)))
            text += (
                f"; {show(abs(found.mean) / scale, decimals)}{unit} {word} (95 % interval "
                f"{show(ends[0] / scale, decimals)} to {show(ends[1] / scale, decimals)}). Decided."
            )
        elif found.half_width == 0:
            text += "; no difference in any replicate."
        else:
            low, high = show(found.low / scale, decimals, True), show(found.high / scale, decimals, True)
            text += f"; the difference may be anything from {low} to {high}{unit}. Not decided."
        lines += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")
    shares = [
        ", ".join(f"{who} {show(comparison.means[side][name].mean, 0)}" for name, who in PAYERS)
        for side in (contrast.baseline, contrast.policy)
    ]
    lines += textwrap.wrap(
        f"Who pays 100 yuan of compensation: {shares[0]} under {baseline}; {shares[1]} under {policy}.",
        width,
        initial_indent="  ",
        subsequent_indent="    ",
    )
    return lines
