"""Every row of the seed documents is answered once, every name in the answers exists, and every test named is in the table.

The numbers and kinds of the rows are in tests/traceability/rows.txt, because the evidence is no part of the repository.
"""

import re

import yaml  # comes with jupytext
from house import ROOT

PAGE = (ROOT / "docs/model/traceability.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d\.\d+[a-z]?) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)
KINDS = {
    number: kinds
    for number, *kinds in (
        line.split()
        for line in (ROOT / "tests/traceability/rows.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
}
SIGNS = yaml.safe_load((ROOT / "tests/traceability/signs.yaml").read_text(encoding="utf-8"))
NAMED = re.compile(r"`([^`]+)`")
ABSENT, PART = "not in the model", "; not in the model: "
CONTEXT = ["C"]


def addresses() -> set[str]:
    """Parameters as `group.name` (and `group.name.element`) and levers by their bare names, from the parameter page."""
    found, group = set(), ""
    for line in (ROOT / "docs/reference/parameters.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ").split()[0]
        elif match := re.match(r"\| `([a-z_0-9]+)(\.[a-z_0-9]+)?` \|", line):
            prefix = "" if group == "levers" else f"{group}."
            found |= {prefix + match[1], prefix + match[1] + (match[2] or "")}
    return found


def metrics() -> set[str]:
    return set(re.findall(r'^    \{"([a-z_0-9]+)",', (ROOT / "sim/world/metrics.hpp").read_text(), re.MULTILINE))


def absent(answer: str) -> bool:
    return answer.startswith(ABSENT)


def test_every_row_once_and_in_order():
    assert len(KINDS) == 227
    assert [number for number, *_ in ROWS] == list(KINDS)


def test_kinds_are_those_of_the_evidence():
    assert {number: kinds.split(", ") for number, _, kinds, _, _ in ROWS} == KINDS


def test_names_exist():
    known = addresses() | metrics()
    missing = []
    for number, _, _, answer, _ in ROWS:
        for name in NAMED.findall(answer):
            if not ((ROOT / name).exists() if "/" in name else name in known):
                missing.append(f"row {number}: {name}")
    assert not missing, "\n".join(missing)


def test_every_row_names_something():
    for number, _, _, answer, _ in ROWS:
        assert NAMED.search(answer) or absent(answer) or KINDS[number] == CONTEXT, f"row {number}"


def test_every_row_has_a_test_or_says_why_not():
    table = {sign["name"] for sign in SIGNS}
    for number, _, _, answer, tests in ROWS:
        named = NAMED.findall(tests)
        assert set(named) <= table, f"row {number}: {set(named) - table}"
        if KINDS[number] == CONTEXT:
            assert not named and tests.strip().endswith("."), f"row {number}: a sentence says why it is context only"
        else:
            assert bool(named) != absent(answer), f"row {number}: a test, or plainly {ABSENT}"


def test_tests_of_a_row_speak_of_it():
    """They move or watch something that the row names; an element of an array counts as the array."""
    table = {sign["name"]: sign for sign in SIGNS}
    for number, _, _, answer, tests in ROWS:
        names = set(NAMED.findall(answer))
        for sign in (table[name] for name in NAMED.findall(tests)):
            moved = sign["change"]
            array = ".".join(moved.split(".")[:2])
            assert {moved, array, sign["metric"]} & names, f"row {number}: {sign['name']}"


def test_every_test_stands_for_a_row():
    assert {sign["name"] for sign in SIGNS} == {name for *_, tests in ROWS for name in NAMED.findall(tests)}


def test_what_is_missing_is_counted():
    whole = [number for number, _, _, answer, _ in ROWS if absent(answer)]
    part = [number for number, _, _, answer, _ in ROWS if PART in answer]
    context = [number for number in KINDS if KINDS[number] == CONTEXT]
    there = len(ROWS) - len(whole) - len(part) - len(context)
    words = " ".join(PAGE[: PAGE.index("\n## ")].split())
    assert f"{len(context)} are context only, {there} are in the model, {len(part)} are in the model in part" in words
    assert not whole or f"{len(whole)} are not in the model at all ({', '.join(whole)})" in words
