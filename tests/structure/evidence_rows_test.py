"""Every row of the evidence's parameter table is answered once, and every address that the answer names exists."""

import re

from house import ROOT

PAGE = (ROOT / "docs/model/evidence_rows.md").read_text()
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
ROWS = 204


def parameter_page() -> list[tuple[str, str]]:
    """Address and source of each line of the parameter page: `group.name` by its headings, levers by their bare names."""
    lines, group = [], ""
    for line in (ROOT / "docs/reference/parameters.md").read_text().splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ").split()[0]
        elif found := re.match(r"\| `([a-z_]+)(?:\.[a-z_]+)*` \|.*\| ([^|]*) \| [^|]* \|$", line):
            lines.append((found[1] if group == "levers" else f"{group}.{found[1]}", found[2]))
    return lines


def rows_in(source: str) -> set[int]:
    """Numbers that a source names: "row 8", "rows 11 and 12", "rows 117 to 119"."""
    numbers = set()
    for first, last in re.findall(r"\brows? (\d+)(?: to (\d+))?", source):
        numbers |= set(range(int(first), int(last or first) + 1))
    for several in re.findall(r"\brows (\d+(?:(?:, | and )\d+)+)", source):
        numbers |= {int(number) for number in re.findall(r"\d+", several)}
    return numbers


def test_every_row_once():
    numbers = [int(number) for number, *_ in ROW.findall(PAGE)]
    assert numbers == list(range(1, ROWS + 1))


def test_every_row_says_something():
    for number, _, answer, remark in ROW.findall(PAGE):
        assert answer.strip() and ("`" in answer or remark.strip()), f"row {number}"


def test_addresses_exist():
    known = {address for address, _ in parameter_page()}
    for number, _, answer, _ in ROW.findall(PAGE):
        for address in re.findall(r"`([a-z_]+(?:\.[a-z_]+)*)`", answer):
            assert address in known or address == "districts", f"row {number}: {address}"


def test_sources_lead_back():
    """A parameter that names a row as its source is named by that row."""
    answers = {int(number): answer for number, _, answer, _ in ROW.findall(PAGE)}
    for address, source in parameter_page():
        for number in rows_in(source):
            assert f"`{address}`" in answers[number], f"row {number}: {address}"


def test_sources_are_read_as_they_are_written():
    assert rows_in("row 8: communiques") == {8}
    assert rows_in("rows 11 and 12: assumed; row 30") == {11, 12, 30}
    assert rows_in("rows 117 to 119, from growth 5 to 9") == {117, 118, 119}
