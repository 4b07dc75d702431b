"""From admissions to court: the pyramid of what becomes a dispute, and the ways of disputes through the forums.

Numbers first (`pyramid`, `ways`, `table`), then one picture of both (`picture`). Everything is a mean over replicates.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.analysis.load import Results
from parley.analysis.plots import GREEN, ORANGE, PURPLE, SKY
from parley.analysis.table import decimals_for, show
from parley.analysis.texts import counted
from parley.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = {
    "admissions": "admissions",
    "adverse_events": "adverse events",
    "negligent_events": "of these, negligent",
    "named": "harm that patients recognise",
    "blamed": "harm blamed on the hospital",
    "complaints": "complaints",
    "disputes": "formal disputes",
    "mediation_accepted": "accepted by people's mediation",
    "court_filings": "suits filed",
    "judgments": "judgments",
}
"""Metrics of the pyramid from its foot to its top, with what to call them."""
DIVIDED_BY = {"court_filings": "disputes"}
"""Levels that are no part of the one above them: suits need not come from people's mediation."""
PATH_BITS, PATH_MASK, LONGEST_PATH = 3, 7, 5
"""How ``cases/path`` is read: so many bits per forum, the first in the lowest, 0 for none, else 1 + the channel's code."""
FORUMS = {
    "negotiation": "negotiation",
    "people_mediation": "people's mediation",
    "administrative_mediation": "administrative mediation",
    "arbitration": "arbitration",
    "court": "court",
    "none": "no forum",
}
"""Names of the channels, from the top of the picture down."""
OUTCOMES = {
    "agreement": ("agreement", GREEN),
    "reconciled": ("reconciled privately", SKY),
    "judgment": ("judgment with an award", PURPLE),
    "award": ("arbitral award", ORANGE),
    "dismissed": ("claim dismissed", "#882255"),
    "dropped": ("dropped after advice", "#555555"),
    "withdrawn": ("given up", "#999999"),
    "open": ("still open", "#F0E442"),
}
"""Names and colours of the outcomes, from the top of the picture down."""
STEPS = ("first", "second", "third", "fourth", "fifth")
PER = 10_000
LEAST_LISTED = 0.005
"""Links of a smaller share of disputes under every policy are not printed."""


def rank(name: str) -> int:
    """Place of a channel or an outcome in the order of the picture; those it does not know come last."""
    known = [*FORUMS, *OUTCOMES]
    return known.index(name) if name in known else len(known)


def title(name: str) -> str:
    """What to call a channel or an outcome."""
    return FORUMS.get(name) or OUTCOMES.get(name, (name.replace("_", " "), ""))[0]


def colour(outcome: str) -> str:
    """The colour of an outcome; black for one that the picture does not know."""
    return OUTCOMES.get(outcome, ("", "#000000"))[1]


@dataclass(frozen=True)
class Level:
    """One level of the pyramid under one policy."""

    name: str
    label: str
    per_year: float
    """Mean over replicates."""
    per_10000: float
    """Per 10,000 admissions."""
    ratio: float
    """Of the level named by `of`; not a number for the first. Above 1 where a level is not part of that one."""
    of: str = ""
    """The level above it in the table, or that of `DIVIDED_BY`; empty for the first."""


@dataclass(frozen=True)
class Link:
    """Disputes of one outcome that went from one forum to the next, or to their outcome."""

    step: int
    """1 for what follows the first forum."""
    origin: str
    """Channel."""
    target: str
    """Channel, or outcome where the forum was the last."""
    ends: bool
    """`target` is an outcome."""
    outcome: str
    per_year: float
    """Mean over replicates."""
    share: float
    """Of all disputes opened."""


@dataclass(frozen=True)
class Ways:
    """Ways of the disputes opened in the recorded years under one policy."""

    per_year: float
    """Disputes opened, mean over replicates."""
    ways: dict[tuple[tuple[str, ...], str], float]
    """(forums in order, outcome) → disputes a year; each way has one forum at least, ``none`` where none was entered."""

    @property
    def links(self) -> list[Link]:
        """The ways taken apart into steps, in story order."""
        sums: dict[tuple[int, str, str, bool, str], float] = {}
        for (forums, outcome), number in self.ways.items():
            for step, origin in enumerate(forums, start=1):
                ends = step == len(forums)
                key = (step, origin, outcome if ends else forums[step], ends, outcome)
                sums[key] = sums.get(key, 0.0) + number

        def order(key: tuple[int, str, str, bool, str]) -> tuple:
            step, origin, target, ends, outcome = key
            return step, rank(origin), ends, rank(target), rank(outcome)

        return [Link(*key, sums[key], sums[key] / self.per_year) for key in sorted(sums, key=order)]


def chosen_policies(results: Results, policies: Sequence[str] | None = None, most: int = 2) -> list[str]:
    """Policies to show: those asked for, else the first modes of the file.

    Parameters
    ----------
    results
        An opened result file.
    policies
        Names as the file has them.
    most
        How many are shown at most.

    Raises
    ------
    FileError
        The file has no policy of that name, or more are asked for than can be shown.
    """
    if not policies:
        return results.modes[:most]
    for name in policies:
        if name not in results.policies:
            raise FileError(f"{results.path} has no policy {name!r}; it has {', '.join(results.policies)}")
    if len(policies) > most:
        raise FileError(f"{len(policies)} policies are too many for one picture; name {most} at most")
    return list(dict.fromkeys(policies))


def pyramid(results: Results, policy: str) -> list[Level]:
    """How many admissions become adverse events, disputes, suits.

    Parameters
    ----------
    results
        An opened result file.
    policy
        Name of one of its policies.

    Returns
    -------
    list of Level
        From admissions to judgments; levels that the file does not have are left out.
    """
    position = results.policies.index(policy)
    levels: list[Level] = []
    admissions = float("nan")
    before: dict[str, float] = {}
    for name, label in LEVELS.items():
        if name not in results.metric_names:
            continue
        number = results.metric(name)[position].astype(np.float64)
        per_year = float(number.sum() / max(len(results.replicates), 1) / results.years)
        if name == "admissions":
            admissions = per_year
        whole = DIVIDED_BY.get(name, "")
        if whole not in before:
            whole = levels[-1].name if levels else ""
        ratio = over(per_year, before.get(whole, float("nan")))
        levels.append(Level(name, label, per_year, PER * over(per_year, admissions), ratio, whole))
        before[name] = per_year
    return levels


def over(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def ways(results: Results, policy: str) -> Ways:
    """The ways of the disputes opened in the recorded years through the forums.

    Parameters
    ----------
    results
        An opened result file with cases.
    policy
        Name of one of its policies.

    Raises
    ------
    FileError
        The file has no cases, or none with a path.
    """
    columns = ("policy", "path", "outcome", "opened")
    try:
        cases = results.case_columns(*columns)
    except KeyError as error:
        raise FileError(f"{results.path}: its disputes have no path; run again with this version of Parley") from error
    forums = results.meanings("cases/first_channel")
    outcomes = results.meanings("cases/outcome")
    mine = (cases["policy"] == results.policies.index(policy)) & (cases["opened"] >= 0)
    pairs, numbers = np.unique(
        np.stack([cases["path"][mine].astype(np.int64), cases["outcome"][mine].astype(np.int64)]), axis=1, return_counts=True
    )  # fmt: skip
    per = max(len(results.replicates), 1) * results.years
    found: dict[tuple[tuple[str, ...], str], float] = {}
    for path, outcome, number in zip(*pairs, numbers, strict=True):
        codes = [int(path) >> (PATH_BITS * step) & PATH_MASK for step in range(LONGEST_PATH)]
        way = tuple(forums[code - 1] for code in codes if code) or ("none",)
        found[way, outcomes[outcome]] = float(number) / per
    return Ways(float(mine.sum()) / per, found)


# ---- as text ----------------------------------------------------------------------------------------------------------


def as_json(results: Results, policies: Sequence[str] | None = None) -> dict[str, Any]:
    """Pyramid and links as plain objects; what is not a number is null."""

    def number(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    shown = chosen_policies(results, policies)
    return {
        "file": str(results.path),
        "digest": results.digest,
        "title": results.title,
        "place": results.place,
        "years": results.years,
        "replicates": results.replicates,
        "policies": shown,
        "pyramid": {
            policy: [
                {"name": level.name, "label": level.label, "per_year": number(level.per_year),
                 "per_10000_admissions": number(level.per_10000), "of": level.of or None, "share": number(level.ratio)}
                for level in pyramid(results, policy)
            ]
            for policy in shown
        },
        "links": {
            policy: [
                {"step": link.step, "from": link.origin, "to": link.target, "ends": link.ends, "outcome": link.outcome,
                 "per_year": link.per_year, "share_of_disputes": link.share}
                for link in ways(results, policy).links
            ]
            for policy in shown
        }
        if results.has_cases
        else None,
    }  # fmt: skip


def table(results: Results, policies: Sequence[str] | None = None) -> str:
    """The pyramid and the links between forums as text.

    Parameters
    ----------
    results
        An opened result file.
    policies
        One or two of its policies; the first two modes where none is named.
    """
    shown = chosen_policies(results, policies)
    lines = [results.title, f"means over {counted(len(results.replicates), 'replicate')}, per year", ""]
    pyramids = [pyramid(results, policy) for policy in shown]
    label = 2 + max(len(level.label) for level in pyramids[0])
    width = 38
    lines.append(" " * label + "".join(policy.center(width) for policy in shown).rstrip())
    heads = f"{'per year':>13}{'per 10,000':>13}{'of above':>12}"
    lines.append(" " * label + heads * len(shown))
    for row in zip(*pyramids, strict=True):
        cells = [
            f"{number_text(level.per_year):>13}{number_text(level.per_10000):>13}{ratio_text(level.ratio):>12}"
            for level in row
        ]
        lines.append(f"{row[0].label:<{label}}" + "".join(cells))
    lines += ["", *notes()]
    if not results.has_cases:
        return "\n".join([*lines, "", "No dispute was recorded one by one; --record cases gives their ways."])

    found = [ways(results, policy) for policy in shown]
    sums: dict[tuple[int, str, str, bool], list[float]] = {}
    for position, way in enumerate(found):
        for link in way.links:
            flows = sums.setdefault((link.step, link.origin, link.target, link.ends), [0.0] * len(shown))
            flows[position] += link.per_year
    keys = sorted(sums, key=lambda key: (key[0], rank(key[1]), key[3], rank(key[2])))
    lines += ["", "From forum to forum, and how it ended: disputes a year and share of the disputes opened"]
    label = 36
    lines.append(" " * (label + 26) + "".join(policy.rjust(22) for policy in shown))
    before = (0, "")
    left_out = 0
    for key in keys:
        step, origin, target, ends = key
        if all(value < LEAST_LISTED * way.per_year for value, way in zip(sums[key], found, strict=True)):
            left_out += 1
            continue
        name = f"{STEPS[step - 1]}: {title(origin)}" if before != (step, origin) else ""
        before = (step, origin)
        goal = f"{'=' if ends else '>'} {title(target)}"
        cells = [
            f"{number_text(value):>14}{over(value, way.per_year):>8.1%}"
            for value, way in zip(sums[key], found, strict=True)
        ]
        lines.append(f"{name:<{label}}{goal:<26}" + "".join(cells))
    lines.append(
        f"{'all disputes':<{label + 26}}" + "".join(f"{number_text(way.per_year):>14}{'':>8}" for way in found)
    )
    if left_out:
        lines.append(
            f"Links with less than {LEAST_LISTED:.1%} of the disputes are left out ({left_out}); --json has them."
        )
    return "\n".join(line.rstrip() for line in lines)


def notes() -> list[str]:
    return [
        "Recognised harm includes bad outcomes that no care caused; complaints include those about service alone.",
        "Per 10,000: of admissions. Of above: of the line above; suits filed: of formal disputes, since they come from any forum.",
    ]


def number_text(value: float) -> str:
    return show(value, decimals_for([value], []) if abs(value) < 1000 else 0)


def ratio_text(value: float) -> str:
    if not np.isfinite(value):
        return ""
    return f"{100 * value:.1f} %" if value < 10 else f"{value:.0f} times"


# ---- the picture ------------------------------------------------------------------------------------------------------


def picture(results: Results, path: str | os.PathLike[str], policies: Sequence[str] | None = None) -> Path:
    """Draw the pyramid and, where cases were recorded, the ways through the forums; returns the path.

    Parameters
    ----------
    results
        An opened result file.
    path
        Where to draw; the ending of the name says in what format.
    policies
        One or two of the policies; the first two modes where none is named.

    Raises
    ------
    MissingExtra
        Matplotlib is not installed.
    FileError
        The picture cannot be written, or the file lacks what is asked for.
    """
    from parley.analysis import draw_flow

    return draw_flow.picture(results, path, chosen_policies(results, policies))
