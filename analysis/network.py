"""The institutional graph: who refers, reports, advises and pays, and what happens to a case on the way.

Numbers first (`ties`, `table`), then the picture (`picture`): parties one by one where they are few, else by kind.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.flow import chosen_policies
from parley.analysis.load import Results
from parley.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_POLICIES = 3
CUSTOMARY = "customary"
"""Column for the state before any policy."""
VERBS = {
    "refers": "refers to",
    "reports": "reports to",
    "responds": "responds to",
    "contracts": "contracts with",
}
"""What the name of a tie becomes between two parties, where it needs a word more."""
HANDOFFS = ("refers", "reports", "advises", "responds")
"""Ties over which cases, calls and knowledge travel, so that probability, delay and loss matter."""
MONEY = ("funds", "contracts", "insures")


@dataclass(frozen=True)
class State:
    """What happens to a hand-off, as a mean over ties."""

    probability: float
    """That it arrives."""
    delay: float
    """Days."""
    information_loss: float
    """Share of what was known that is lost."""


@dataclass(frozen=True)
class Tie:
    """All ties of one kind between parties of two kinds."""

    origin: str
    kind: str
    target: str
    number: int
    states: dict[str, State]
    """``customary``, then one for each policy."""

    @property
    def is_handoff(self) -> bool:
        return self.kind in HANDOFFS

    @property
    def words(self) -> str:
        return f"{name_of(self.origin)} {VERBS.get(self.kind, name_of(self.kind))} {name_of(self.target)}"


def name_of(kind: str) -> str:
    """``health_authority`` as a person would write it."""
    return kind.replace("_", " ")


class Graph:
    """The institutional graph of a file, or the part of it that one district sees.

    Parameters
    ----------
    results
        An opened result file.
    place
        Slug of a district; without it, all of them. A party that serves the whole place belongs to every district.

    Raises
    ------
    FileError
        The file has no graph, or no such district.
    """

    def __init__(self, results: Results, place: str | None = None):
        if place is not None and place not in results.places:
            from difflib import get_close_matches

            near = get_close_matches(place, results.places, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(results.places)}"
            raise FileError(f"{results.path} has no district {place!r}{hint}")
        self.results, self.place = results, place
        columns = results.graph()
        self.party_kinds = results.meanings("graph/node_kind")
        self.tie_kinds = results.meanings("graph/edge_kind")
        self.names: np.ndarray = columns["node_name"]
        self.kind: np.ndarray = columns["node_kind"]
        self.index: np.ndarray = columns["node_index"]
        self.origin = np.repeat(np.arange(len(self.kind)), np.diff(columns["indptr"]).astype(np.int64))
        self.target: np.ndarray = columns["indices"].astype(np.int64)
        self.tie_kind: np.ndarray = columns["edge_kind"]
        self._columns = columns
        self.nodes = np.ones(len(self.kind), bool)
        if place is not None:
            alone = np.bincount(self.kind, minlength=len(self.party_kinds)) == 1
            self.nodes = (columns["node_place"] == results.places.index(place)) | alone[self.kind]
        self.edges = self.nodes[self.origin] & self.nodes[self.target]
        """Which ties have both ends among `nodes`."""

    @cached_property
    def leaving(self) -> int:
        """Ties that have only one end in the district."""
        return int((self.nodes[self.origin] ^ self.nodes[self.target]).sum())

    def count(self, kind: str) -> int:
        """Parties of a kind."""
        return int((self.kind[self.nodes] == self.party_kinds.index(kind)).sum())

    @cached_property
    def present(self) -> list[str]:
        """Kinds of which there are parties."""
        return [kind for kind in self.party_kinds if self.count(kind)]

    def state(self, mask: np.ndarray, policy: str = CUSTOMARY) -> State:
        """The mean state of some ties, at customary linkage or under a policy on the last day."""

        def mean(part: str) -> float:
            column = self._columns[f"base_{part}"] if policy == CUSTOMARY else self._columns[part][row]
            return float(f"{column[mask].mean(dtype=np.float64):.6g}")  # the file holds seven digits

        row = self.results.policies.index(policy) if policy != CUSTOMARY else 0
        return State(*map(mean, ("probability", "delay", "information_loss")))

    def ties(self, policies: Sequence[str]) -> list[Tie]:
        """The ties by kinds of party: those that carry hand-offs first, then as the file lists kinds."""
        code = len(self.party_kinds)
        keys = (self.tie_kind.astype(np.int64) * code + self.kind[self.origin]) * code + self.kind[self.target]
        found = []
        for key in np.unique(keys[self.edges]):
            mask = (keys == key) & self.edges
            rest, target = divmod(int(key), code)
            kind, origin = divmod(rest, code)
            states = {policy: self.state(mask, policy) for policy in (CUSTOMARY, *policies)}
            found.append(
                Tie(self.party_kinds[origin], self.tie_kinds[kind], self.party_kinds[target], int(mask.sum()), states)
            )
        return sorted(found, key=lambda tie: not tie.is_handoff)


def ties(results: Results, policies: Sequence[str] | None = None, place: str | None = None) -> list[Tie]:
    """The ties of the institutional graph by kind, with their mean state.

    Parameters
    ----------
    results
        An opened result file.
    policies
        Up to three of its policies; the first modes where none is named.
    place
        Slug of a district; without it, the whole place.
    """
    return Graph(results, place).ties(chosen_policies(results, policies, MOST_POLICIES))


# ---- as text ----------------------------------------------------------------------------------------------------------


def as_json(results: Results, policies: Sequence[str] | None = None, place: str | None = None) -> dict[str, Any]:
    """Parties and ties by kind as plain objects."""
    shown = chosen_policies(results, policies, MOST_POLICIES)
    graph = Graph(results, place)
    return {
        "file": str(results.path),
        "digest": results.digest,
        "title": results.title,
        "place": results.place,
        "district": place,
        "policies": shown,
        "parties": {kind: graph.count(kind) for kind in graph.present},
        "ties": [
            {
                "from": tie.origin,
                "kind": tie.kind,
                "to": tie.target,
                "number": tie.number,
                "hand_off": tie.is_handoff,
                "states": {
                    policy: {"probability": state.probability, "delay_days": state.delay,
                             "information_loss": state.information_loss}
                    for policy, state in tie.states.items()
                },
            }
            for tie in graph.ties(shown)
        ],
    }  # fmt: skip


def table(results: Results, policies: Sequence[str] | None = None, place: str | None = None) -> str:
    """Parties, ties and the state of hand-offs as text.

    Parameters
    ----------
    results
        An opened result file.
    policies
        Up to three of its policies; the first modes where none is named.
    place
        Slug of a district; without it, the whole place.
    """
    shown = chosen_policies(results, policies, MOST_POLICIES)
    graph = Graph(results, place)
    parties = ", ".join(f"{graph.count(kind):,} {name_of(kind)}" for kind in graph.present)
    lines = [results.title, f"parties{' of ' + place if place else ''}: {parties}", ""]
    label, width = 46, 27
    heads = [CUSTOMARY, *shown]
    lines.append(
        f"{'hand-offs: probability, days, share lost':<{label}}{'ties':>7}" + "".join(f"{h:>{width}}" for h in heads)
    )
    found = graph.ties(shown)
    for tie in found:
        if tie.is_handoff:
            cells = "".join(f"{_state(tie.states[policy]):>{width}}" for policy in heads)
            lines.append(f"{tie.words:<{label}}{tie.number:>7,}{cells}")
    lines += ["", f"{'other ties':<{label}}{'ties':>7}"]
    lines += [f"{tie.words:<{label}}{tie.number:>7,}" for tie in found if not tie.is_handoff]
    if graph.leaving:
        lines += ["", f"{graph.leaving:,} ties of these parties lead to other districts and are left out."]
    return "\n".join(line.rstrip() for line in lines)


def _state(state: State) -> str:
    return f"{state.probability:.3f}  {state.delay:.2f} d  {100 * state.information_loss:4.1f} %"


# ---- the picture ------------------------------------------------------------------------------------------------------


def picture(
    results: Results, path: str | os.PathLike[str], policies: Sequence[str] | None = None, place: str | None = None
) -> Path:
    """Draw the institutional graph with the state of its hand-offs; returns the path.

    Parameters
    ----------
    results
        An opened result file.
    path
        Where to draw; the ending of the name says in what format.
    policies
        Up to three of the policies; the first modes where none is named.
    place
        Slug of a district, whose parties are then drawn one by one; without it, the whole place.

    Raises
    ------
    MissingExtra
        Matplotlib is not installed.
    FileError
        The picture cannot be written, or the file lacks what is asked for.
    """
    from parley.analysis import draw_network

    return draw_network.picture(Graph(results, place), path, chosen_policies(results, policies, MOST_POLICIES))
