"""The equation tags of a header and of its page are the same, in the same order."""

import re

import pytest
from house import FAMILIES, ROOT, members

TAG = re.compile(r"\(([A-Z]{1,3}[0-9]+[a-z]?)\)")
RANGE = re.compile(r"\(([A-Z]{1,3})([0-9]+)\)\s*[–-]\s*\(\1([0-9]+)\)")


def tags(text: str) -> list[str]:
    """Tags in order of their first mention. A range such as (B1)–(B4) speaks of equations, it does not state one."""
    return list(dict.fromkeys(TAG.findall(RANGE.sub("", text))))


@pytest.mark.parametrize(("family", "name"), [(family, name) for family in FAMILIES for name in members(family)])
def test_same_tags(family, name):
    page = ROOT / f"docs/model/{name}.md"
    assert page.is_file(), f"no page docs/model/{name}.md"
    in_header = tags((ROOT / f"sim/{family}/{name}.hpp").read_text())
    assert in_header, f"sim/{family}/{name}.hpp has no equation tag such as (B1)"
    assert in_header == tags(page.read_text())


def test_tags_are_unique_over_the_model():
    owner: dict[str, str] = {}
    for family in FAMILIES:
        for name in members(family):
            for prefix in {
                re.match(r"[A-Z]+", tag)[0] for tag in tags((ROOT / f"sim/{family}/{name}.hpp").read_text())
            }:
                assert owner.setdefault(prefix, name) == name, f"{name} and {owner[prefix]} both use ({prefix}…)"
