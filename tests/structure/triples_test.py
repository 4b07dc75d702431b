"""Every mechanism and every instrument has a header, a test and a page, and stands in its family's all.hpp."""

import pytest
from house import FAMILIES, ROOT, members

MEMBERS = [(family, name) for family in FAMILIES for name in members(family)]


@pytest.mark.parametrize(("family", "name"), MEMBERS)
def test_triple(family, name):
    wanted = [f"tests/sim/{family}/{name}_test.cpp", f"docs/model/{name}.md"]
    missing = [path for path in wanted if not (ROOT / path).is_file()]
    assert not missing, f"sim/{family}/{name}.hpp lacks {', '.join(missing)}"
    assert f"docs/model/{name}.md" in (ROOT / f"sim/{family}/{name}.hpp").read_text(), "the header names its page"


@pytest.mark.parametrize(("family", "name"), MEMBERS)
def test_listed(family, name):
    assert f'"sim/{family}/{name}.hpp"' in (ROOT / f"sim/{family}/all.hpp").read_text()


@pytest.mark.parametrize("family", FAMILIES)
def test_no_orphan_tests(family):
    tests = {path.name.removesuffix("_test.cpp") for path in (ROOT / f"tests/sim/{family}").glob("*_test.cpp")}
    assert tests <= set(members(family)) | {"all", family.removesuffix("s")}


def test_both_families_are_there():
    assert all(members(family) for family in FAMILIES)
