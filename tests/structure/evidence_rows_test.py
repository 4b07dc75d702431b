"""Every row of the evidence's parameter table is answered once, and every address that the answer names exists."""

import re

from house import ROOT

PAGE = (ROOT / "docs/model/evidence_rows.md").read_text()
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
ROWS = 204


def known_addresses() -> set[str]:
    """Addresses of the parameter page, `group.name` by its headings, and levers by their bare names."""
    known, group = set(), ""
    for line in (ROOT / "docs/reference/parameters.md").read_text().splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ").split()[0]
        elif found := re.match(r"\| `([a-z_]+)(?:\.[a-z_]+)*` \|", line):
            known |= {f"{group}.{found[1]}", found[1]}
    return known


def test_every_row_once():
    numbers = [int(number) for number, *_ in ROW.findall(PAGE)]
    assert numbers == list(range(1, ROWS + 1))


def test_every_row_says_something():
    for number, _, answer, remark in ROW.findall(PAGE):
        assert answer.strip() and ("`" in answer or remark.strip()), f"row {number}"


def test_addresses_exist():
    known = known_addresses()
    for number, _, answer, _ in ROW.findall(PAGE):
        for address in re.findall(r"`([a-z_]+(?:\.[a-z_]+)*)`", answer):
            assert address in known or address == "districts", f"row {number}: {address}"
