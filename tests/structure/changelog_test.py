"""Each entry of the changelog says whether results moved; the version is said in CMakeLists.txt and repeated truly."""

import re

import pytest
from house import ROOT

ENTRIES = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.splitlines()[0])
def test_results_line(entry):
    last = [line for line in entry.splitlines() if line.strip()][-1]
    assert re.fullmatch(r"Results: (same|moved, because \S.*)", last), (
        f"an entry ends with its Results line, not: {last}"
    )


def test_one_version():
    version = re.search(r"project\(Parley VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    assert ENTRIES[0].split()[0] == version
    assert re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE)[1] == version
