"""Two types of one name in one namespace are no fault to a compiler, and undefined behaviour to a program."""

import re
from collections import defaultdict

from house import bare_code, named, under

TYPE = re.compile(r"^(?:class|struct|enum class|enum) (\w+)(?: final)?(?: : [^{;]+)?\s*\{", re.MULTILINE)


def test_every_type_of_a_header_has_a_name_of_its_own():
    where = defaultdict(set)
    for path in under("sim", "bindings", suffixes=(".hpp",)):
        for name in TYPE.findall(bare_code(path.read_text())):
            where[name].add(named(path))
    twice = {name: sorted(paths) for name, paths in where.items() if len(paths) > 1}
    assert not twice
    assert len(where) > 100
