"""How sure a difference is, in full: two intervals, how the differences lie, who wins how often, what pairing saves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from parley.analysis.compare import QUANTILES, bootstrap
from parley.analysis.table import contrast_name, policy_name, scale_of

if TYPE_CHECKING:
    from parley.analysis.compare import Comparison

NOTE = (
    "mean with its 95 % t-interval; bootstrap: 95 % interval by drawing replicates again (Efron 1987); 5 %, median, 95 %: of the "
    "differences; more: share of replicates in which the policy has more, with its 95 % interval (Wilson 1927); saved: how many "
    "times as many replicates independent luck would need for the same precision."
)


def table(comparison: Comparison, position: int | None = None, width: int = 132) -> str:
    """One contrast (the leading one unless another is named by its position), measure by measure."""
    import textwrap

    if not comparison.contrasts:
        return "Nothing was compared: the file holds one policy. parley compare runs several."
    position = comparison.headline if position is None else position
    contrast = comparison.contrasts[position]
    title = (
        f"{policy_name(contrast.policy)} − {policy_name(contrast.baseline)}, {contrast_name(contrast)[1]}, "
        f"{len(comparison.results.replicates)} paired replicates"
    )
    head = ("", "mean", "t-interval", "bootstrap", "5 %", "median", "95 %", "more", "saved")
    rows = [head]
    for name, found in comparison.differences[position].items():
        measure = comparison.measures[name]
        if not math.isfinite(found.mean):
            continue
        divisor, unit = scale_of(measure, comparison)
        low, high = bootstrap(comparison.paired_values(position, name), comparison.level)

        def shown(value: float, divisor: float = divisor) -> str:
            return "–" if not math.isfinite(value) else f"{value / divisor:.4g}".replace("-", "−")

        def span(a: float, b: float, shown=shown) -> str:
            return f"{shown(a)} to {shown(b)}" if math.isfinite(a) else "–"

        spread = dict(zip(QUANTILES, found.quantiles, strict=True))
        share = f"{found.superiority:.0%} ({found.superiority_low:.0%}–{found.superiority_high:.0%})"
        saved = "–" if not math.isfinite(found.replicates_saved) else f"× {found.replicates_saved:.3g}"
        label = measure.label.strip() + (f", {unit}" if unit and unit not in measure.label else "")
        rows.append((label, shown(found.mean), span(found.low, found.high), span(low, high), shown(spread[0.05]),
                     shown(found.median), shown(spread[0.95]), share, saved))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [title, ""]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(wide) for cell, wide in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, "", *textwrap.wrap(NOTE, width)])
