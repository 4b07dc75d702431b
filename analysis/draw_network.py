"""The picture of `parley.analysis.network`: boxes and numbered arrows, and the state of each hand-off beside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from parley.analysis.draw_flow import colour_of
from parley.analysis.load import Results
from parley.analysis.network import CUSTOMARY, HANDOFFS, MONEY, Graph, Tie, name_of
from parley.analysis.plots import BLUE, GREY, ORANGE, drawable, new_figure, save, source_line
from parley.analysis.texts import counted

WIDTH, HEIGHT = 14.0, 11.0
"""Inches; a hundred dots each. Taller where there are many kinds of ties."""
GRAPH_WIDTH, HEAD, FOOT = 8.5, 0.9, 0.4
LINE = 0.225
"""Height of a line beside the graph."""
LAYOUT = {
    "province_government": (1.15, 9.0),
    "city_government": (3.4, 9.0),
    "leadership": (5.4, 9.0),
    "insurance_regulator": (7.5, 9.0),
    "legal_aid": (1.05, 6.1),
    "arbitration_panel": (2.9, 1.5),
    "finance": (1.05, 7.3),
    "justice_bureau": (3.25, 7.3),
    "health_authority": (5.4, 7.3),
    "police": (7.5, 7.3),
    "court": (1.05, 4.95),
    "human_resources": (1.15, 8.15),
    "comprehensive_management": (7.5, 8.15),
    "service_provider": (3.25, 6.1),
    "committee": (3.65, 4.95),
    "insurer": (7.5, 4.2),
    "expert_pool": (1.05, 2.75),
    "hospital": (5.4, 2.55),
    "fund": (7.5, 1.5),
    "public": (5.4, 0.5),
}
"""Government above, those who stand between in the middle, hospitals and the public below; from the foot of a panel of
the least height, and pulled apart where it is taller."""
FILLS = {
    "finance": "#e6e6e6", "justice_bureau": "#e6e6e6", "health_authority": "#e6e6e6", "police": "#e6e6e6",
    "province_government": "#e6e6e6", "city_government": "#e6e6e6", "leadership": "#e6e6e6",
    "insurance_regulator": "#e6e6e6", "human_resources": "#e6e6e6", "comprehensive_management": "#e6e6e6",
    "service_provider": "#cfe8f7", "legal_aid": "#e9dff0", "arbitration_panel": "#e9dff0",
    "court": "#e9dff0", "committee": "#cfe8f7", "expert_pool": "#cfe8f7", "insurer": "#fbe6c2", "fund": "#fbe6c2",
    "hospital": "#d3eee3", "public": "#fdf6c9",
}  # fmt: skip
INK = "#222222"
SPOT = 0.165
"""Half the width of the number of an arc, with what is kept clear around it."""
LONGEST_NAME = 20
"""Letters that fit a box in the usual size."""
MOST_DRAWN = 60
"""Parties of a kind that are drawn one by one at most."""


def picture(graph: Graph, path: str | os.PathLike[str], shown: list[str]) -> Path:
    """Draw the graph with the state of its hand-offs under these policies; see `parley.analysis.network`."""
    results, place = graph.results, graph.place
    found = graph.ties(shown)
    lines = _lines(found, graph)
    height = max(HEIGHT, HEAD + FOOT + LINE * lines)
    figure = new_figure(WIDTH, height)
    figure.text(0.014, 1 - 0.34 / height, drawable(results.title), fontsize=16, weight="bold", va="center")
    where = f"district {name_of(place).title()}" if place else "the whole place"
    figure.text(0.014, 1 - 0.66 / height, f"Who deals with whom, and what happens on the way: {where}", fontsize=12,
                va="center")  # fmt: skip

    def panel(left: float, wide: float):
        tall = height - HEAD - FOOT
        axes = figure.add_axes((left / WIDTH, FOOT / height, wide / WIDTH, tall / height))
        axes.set_xlim(0, wide)
        axes.set_ylim(HEIGHT - HEAD - FOOT - tall, HEIGHT - HEAD - FOOT)  # both hang from the top
        axes.axis("off")
        return axes

    _draw_graph(panel(0, GRAPH_WIDTH), graph, found, height - HEIGHT)
    _draw_states(panel(GRAPH_WIDTH, WIDTH - GRAPH_WIDTH), results, graph, found, shown)
    figure.text(0.014, 0.17 / height, source_line(results), fontsize=9.5, color=GREY, va="center")
    return save(figure, path)


def _style(tie_kind: str) -> tuple[str, Any]:
    """Colour and dashes of a tie."""
    if tie_kind in HANDOFFS:
        return BLUE, "-"
    if tie_kind in MONEY:
        return ORANGE, (0, (5, 2.5))
    return "#888888", (0, (1.5, 2))


def _boxes(graph: Graph) -> dict[str, tuple[float, float]]:
    """Width and height of the box of each kind: room for its dots where they are drawn."""
    detailed = _is_detailed(graph)
    sizes = {}
    for kind in graph.present:
        number = graph.count(kind)
        wide, tall = 1.8, 0.62
        if detailed and number > 1:
            per_row = min(number, 10 if kind == "hospital" else 6)
            rows = -(-number // per_row)
            wide, tall = max(wide, 0.27 * per_row + 0.2), 0.42 + 0.27 * rows
        sizes[kind] = (wide, tall)
    return sizes


def _is_detailed(graph: Graph) -> bool:
    return all(graph.count(kind) <= MOST_DRAWN for kind in graph.present)


def _layout(more: float) -> dict[str, tuple[float, float]]:
    """Where the middle of each box stands in a panel that is so much taller than the least; all hang from the top."""
    top = HEIGHT - HEAD - FOOT
    return {kind: (x, top - (top - y) * (top + more) / top) for kind, (x, y) in LAYOUT.items()}


def _dots(
    graph: Graph, boxes: dict[str, tuple[float, float]], layout: dict[str, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """Where each party stands that is drawn by itself."""
    places = {}
    for kind in graph.present:
        members = np.flatnonzero(graph.nodes & (graph.kind == graph.party_kinds.index(kind)))
        x, y = layout[kind]
        if len(members) == 1:
            places[int(members[0])] = (x, y)
            continue
        per_row = min(len(members), 10 if kind == "hospital" else 6)
        top = y + boxes[kind][1] / 2 - 0.45
        for position, node in enumerate(members):
            row, column = divmod(position, per_row)
            in_row = min(per_row, len(members) - row * per_row)
            places[int(node)] = (x + 0.27 * (column - (in_row - 1) / 2), top - 0.27 * row)
    return places


def _draw_graph(axes, graph: Graph, found: list[Tie], more: float) -> None:
    """Boxes of kinds and arrows between them, numbered as in the table; dots and thin lines where parties are few."""
    from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

    sizes = _boxes(graph)
    layout = _layout(more)
    detailed = _is_detailed(graph)
    boxes = {}
    for kind, (wide, tall) in sizes.items():
        x, y = layout[kind]
        boxes[kind] = FancyBboxPatch((x - wide / 2, y - tall / 2), wide, tall, boxstyle="round,pad=0,rounding_size=0.12",
                                     facecolor=FILLS[kind], edgecolor="#777777", linewidth=0.9, zorder=3)  # fmt: skip
        axes.add_patch(boxes[kind])
        number = graph.count(kind)
        name = name_of(kind) if number == 1 else _plural(kind, number)
        middle = not (detailed and number > 1)
        axes.text(x, y if middle else y + tall / 2 - 0.17, name, ha="center", va="center",
                  fontsize=10.5 if len(name) <= LONGEST_NAME else 9, color=INK, zorder=6)  # fmt: skip
    if detailed:
        spots = _dots(graph, sizes, layout)
        for edge in np.flatnonzero(graph.edges):
            a, b = int(graph.origin[edge]), int(graph.target[edge])
            colour, dashes = _style(graph.tie_kinds[graph.tie_kind[edge]])
            (x0, y0), (x1, y1) = spots[a], spots[b]
            axes.plot([x0, x1], [y0, y1], color=colour, linestyle=dashes, linewidth=0.6, alpha=0.3, zorder=2)
        for node, (x, y) in spots.items():
            if graph.count(graph.party_kinds[graph.kind[node]]) == 1:
                continue
            axes.add_patch(Circle((x, y), 0.118, facecolor="white", edgecolor="#777777", linewidth=0.8, zorder=5))
            axes.text(x, y - 0.008, str(graph.index[node]), fontsize=7, ha="center", va="center", color=INK, zorder=6)
    pairs: dict[frozenset[str], int] = {}
    for tie in found:
        pairs[frozenset((tie.origin, tie.target))] = pairs.get(frozenset((tie.origin, tie.target)), 0) + 1
    used: dict[frozenset[str], int] = {}
    corners = [(*layout[kind], *size) for kind, size in sizes.items()]
    taken: list[tuple[float, float]] = []
    for number, tie in enumerate(found, start=1):
        pair = frozenset((tie.origin, tie.target))
        turn = used[pair] = used.get(pair, 0) + 1
        bend = 0.0
        if pairs[pair] > 1:
            # The file's direction decides on which side an arc lies, so arcs are laid out along one of the two.
            bend = 0.34 * (turn - 1 - (pairs[pair] - 1) / 2) * (1 if tie.origin < tie.target else -1)
        (x0, y0), (x1, y1) = layout[tie.origin], layout[tie.target]
        colour, dashes = _style(tie.kind)
        wide = 0.8 + 3.2 * tie.states[CUSTOMARY].probability if tie.is_handoff else 1.6
        axes.add_patch(
            FancyArrowPatch((x0, y0), (x1, y1), connectionstyle=f"arc3,rad={bend}", patchA=boxes[tie.origin],
                            patchB=boxes[tie.target], arrowstyle="-|>,head_length=6,head_width=3.2", linewidth=wide,
                            color=colour, linestyle=dashes if not tie.is_handoff else "-", zorder=2.5,
                            shrinkA=1, shrinkB=2, mutation_scale=1)
        )  # fmt: skip
        x, y = _free_spot(_curve((x0, y0), (x1, y1), bend), corners, taken)
        taken.append((x, y))
        axes.add_patch(Circle((x, y), 0.155, facecolor="white", edgecolor=colour, linewidth=1.3, zorder=7))
        axes.text(x, y - 0.008, str(number), fontsize=9, ha="center", va="center", color=INK, zorder=8)


def _curve(start: tuple[float, float], end: tuple[float, float], bend: float) -> np.ndarray:
    """Points of an arc, shape (points, 2), as Matplotlib draws it."""
    from_, to = np.array(start), np.array(end)
    control = (from_ + to) / 2 + bend * np.array([to[1] - from_[1], from_[0] - to[0]])
    t = np.linspace(0, 1, 201)[:, None]
    return (1 - t) ** 2 * from_ + 2 * t * (1 - t) * control + t**2 * to


def _free_spot(
    curve: np.ndarray, boxes: list[tuple[float, float, float, float]], taken: list[tuple[float, float]]
) -> tuple[float, float]:
    """Where the number of an arc is read: near the middle of what is seen of it, clear of boxes and of other numbers.

    Where an arc is too short for both, the spot that is freest.
    """
    room = np.full(len(curve), np.inf)
    for x, y, wide, tall in boxes:
        beyond = np.maximum(np.abs(curve - (x, y)) - (wide / 2, tall / 2), 0)
        room = np.minimum(room, np.hypot(*beyond.T) - SPOT)
    seen = np.flatnonzero(room > -SPOT)
    for x, y in taken:
        room = np.minimum(room, np.hypot(*(curve - (x, y)).T) - 2 * SPOT)
    free = np.flatnonzero(room >= 0)
    if len(free):
        middle = seen[len(seen) // 2]
        chosen = free[np.argmin(np.abs(free - middle))]
    else:
        chosen = int(np.argmax(room))
    return float(curve[chosen, 0]), float(curve[chosen, 1])


def _plural(kind: str, number: int) -> str:
    if kind == "public":
        return f"public ({number:,} districts)"
    special = {
        "health_authority": "health authorities", "police": "police", "finance": "finance offices",
        "human_resources": "human resources", "comprehensive_management": "management offices",
    }  # fmt: skip
    return f"{special.get(kind, name_of(kind) + 's')} ({number:,})"


def _lines(found: list[Tie], graph: Graph) -> float:
    """Lines that stand beside the graph."""
    handoffs = sum(tie.is_handoff for tie in found)
    return 3.2 + 4.35 * handoffs + 2.2 + 1.2 * (len(found) - handoffs) + 1.3 * (3 if graph.leaving else 2)


def _draw_states(axes, results: Results, graph: Graph, found: list[Tie], shown: list[str]) -> None:
    """Number, words and, for hand-offs, the state at customary linkage and under each policy."""
    heads = [CUSTOMARY, *shown]
    right = WIDTH - GRAPH_WIDTH - 0.25
    ends = [right - 1.1 * (len(heads) - 1 - position) for position in range(len(heads))]
    handoffs = [tie for tie in found if tie.is_handoff]
    others = [tie for tie in found if not tie.is_handoff]
    step = LINE
    y = HEIGHT - HEAD - FOOT - 0.25
    axes.text(0.1, y, "Hand-offs: cases, calls and knowledge", fontsize=11.5, weight="bold", va="center")
    y -= 1.6 * step
    for x, head in zip(ends, heads, strict=True):
        colour = GREY if head == CUSTOMARY else colour_of(results, head)
        mode, _, variant = head.replace("_", " ").partition(":")
        axes.text(x, y, mode, fontsize=10, ha="right", va="center", weight="bold", color=colour)
        axes.text(x, y - 0.8 * step, variant, fontsize=8.5, ha="right", va="center", color=colour)
    y -= 0.3 * step
    number = 0

    def mark(colour: str, y: float) -> None:
        from matplotlib.patches import Circle

        axes.add_patch(Circle((0.27, y), 0.125, facecolor="white", edgecolor=colour, linewidth=1.3))
        axes.text(0.27, y - 0.008, str(number), fontsize=9, ha="center", va="center", color=INK)

    for tie in handoffs:
        number += 1
        y -= 1.35 * step
        mark(_style(tie.kind)[0], y)
        axes.text(0.52, y, tie.words, fontsize=10.5, va="center", weight="bold", color=INK)
        axes.text(right, y, counted(tie.number, "tie"), fontsize=9, ha="right", va="center",
                  color=GREY)  # fmt: skip
        for label, text in (
            ("probability", lambda s: f"{s.probability:.2f}"),
            ("delay, days", lambda s: f"{s.delay:.1f}"),
            ("share lost", lambda s: f"{100 * s.information_loss:.0f} %"),
        ):
            y -= step
            axes.text(0.52, y, label, fontsize=9.5, va="center", color=GREY)
            for x, head in zip(ends, heads, strict=True):
                axes.text(x, y, text(tie.states[head]), fontsize=10, ha="right", va="center", color=INK)
    if others:
        y -= 1.9 * step
        axes.text(0.1, y, "Other ties: money, care, oversight", fontsize=11.5, weight="bold", va="center")
        y -= 0.25 * step
    for tie in others:
        number += 1
        y -= 1.2 * step
        mark(_style(tie.kind)[0], y)
        axes.text(0.52, y, tie.words, fontsize=10, va="center", color=INK)
        axes.text(right, y, f"{tie.number:,}", fontsize=10, ha="right", va="center", color=INK)
    notes = ["Probability that a hand-off arrives, its delay, share of knowledge lost:",
             "means over ties, on the last day. Width of blue arrows: customary probability."]  # fmt: skip
    if graph.leaving:
        notes.append(f"{graph.leaving:,} ties to other districts are left out.")
    y -= 0.3 * step
    for note in notes:
        y -= 1.1 * step
        axes.text(0.1, y, note, fontsize=9, va="center", color=GREY)
