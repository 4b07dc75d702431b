"""The list of answers: every page is on it with the command that made it, and says there what it says itself."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "answers"
LIST = (FOLDER / "README.md").read_text(encoding="utf-8")
PAGES = sorted(page.name for page in FOLDER.glob("*.md") if page.name != "README.md")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_listed_with_its_command(name):
    made = (FOLDER / name).read_text(encoding="utf-8").split("## How it was made")[1]
    command = re.search(r"`(parley [^`]+)`", made).group(1)
    row = next(line for line in LIST.splitlines() if f"]({name})" in line)
    assert f"`{command} --page docs/answers/{name}`" in row


@pytest.mark.parametrize("name", PAGES)
def test_the_list_says_what_a_page_says_in_one_sentence(name):
    found = re.search(r"^## The answer\n\n\*\*(.+)\*\*$", (FOLDER / name).read_text(encoding="utf-8"), re.MULTILINE)
    if found:
        row = next(line for line in LIST.splitlines() if f"]({name})" in line and line.startswith("| "))
        said = found.group(1).split(": ", 1)[1]
        assert row.endswith(f"| {said} |")
