"""The ladder: includes go down only, siblings do not see each other, each library stands behind its one door."""

import ast
import re
import sys

import pytest
from house import FAMILIES, FRAMES, files, named, under, without_comments

# folder → folders of sim/ that it may include besides itself
LADDER = {
    "base": set(),
    "world": {"base"},
    "mechanisms": {"base", "world"},
    "instruments": {"base", "world"},
    "scenario": {"base", "world", "mechanisms", "instruments"},
    "engine": {"base", "world", "mechanisms", "instruments", "scenario"},
    "record": {"base", "world", "mechanisms", "instruments", "scenario", "engine"},
    "cli": {"base", "world", "mechanisms", "instruments", "scenario", "engine", "record"},
}

# The list of the mechanisms is also where the parameters of everything come together, the instruments' slopes included.
GATHERING = {"sim/mechanisms/all.hpp": {"sim/instruments/all.hpp"}}

# library (by how its includes begin) → where it may be included
DOORS = {
    r"boost/graph/": r"sim/world/graph\.(hpp|cpp)",
    r"boost/pfr": r"sim/base/fields\.hpp",
    r"boost/version": r"sim/record/hdf5_file\.cpp",
    r"boost/(unordered|container|core)/|boost/unordered": r"sim/(world|scenario|engine|record|cli)/.*",
    r"(oneapi/)?tbb/|oneapi/tbb": r"sim/engine/parallel\.hpp",
    r"thread$|future$": r"sim/engine/parallel\.hpp|sim/cli/.*|bindings/.*",
    r"hdf5|H5": r"sim/record/hdf5_file\.cpp",
    r"yaml-cpp/": r"sim/scenario/read\.cpp",
    r"CLI/": r"sim/cli/.*",
    r"fmt/": r"sim/(record|cli)/.*|sim/scenario/read\.cpp|bindings/.*",
    r"pybind11/|Python\.h": r"bindings/.*",
    r"[a-z]{3}intrin\.h|fenv\.h|cfenv$": r"sim/base/.*",
    r"(sys/.*|unistd|fcntl|signal)\.?h?$|csignal$": r"sim/(record|cli)/.*|bindings/.*",
    # Not in the portable subset, or not the same numbers everywhere: nowhere.
    r"(random|regex|format|ranges|execution|source_location|stop_token|coroutine|memory_resource)$": r"(?!)",
}
STANDARD = re.compile(r"[a-z_0-9]+$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
SOURCES = under("sim", "bindings", suffixes=(".hpp", ".cpp", ".h"))


def includes(path):
    return [(m[1], m[2]) for m in INCLUDE.finditer(without_comments(path.read_text()))]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_includes(path):
    me = named(path)
    folder = me.split("/")[1] if me.startswith("sim/") else None
    assert folder is None or folder in LADDER, f"{me}: sim/{folder} has no place on the ladder"
    faults = []
    for bracket, target in includes(path):
        if bracket == '"' and target != "parley_provenance.hpp":
            if target.startswith("bindings/") and me.startswith("bindings/"):
                continue
            if not target.startswith("sim/"):
                faults.append(f'"{target}": project headers are included by their repository path, "sim/…"')
                continue
            other = target.split("/")[1]
            if target in GATHERING.get(me, ()):
                continue
            if folder is not None and other != folder and other not in LADDER[folder]:
                faults.append(f'"{target}": sim/{folder} may include {sorted(LADDER[folder]) or "nothing"} of sim/')
            stem, mine = target.split("/")[-1].removesuffix(".hpp"), path.stem
            if folder in FAMILIES and other == folder and mine != "all" and stem not in FRAMES - {"all"} | {mine}:
                faults.append(f'"{target}": siblings meet in the world and in the rules, not in each other')
        if bracket == "<":
            doors = [door for library, door in DOORS.items() if re.match(library, target)]
            if doors and not any(re.fullmatch(door, me) for door in doors):
                faults.append(f"<{target}>: only behind its door ({doors[0]})")
            if not doors and not STANDARD.match(target):
                faults.append(f"<{target}>: a library without a door; name one in {named_self()}")
    assert not faults, "\n".join([f"{me}:", *faults])


def named_self():
    return "tests/structure/include_rules_test.py"


def test_only_the_engine_holds_a_world_to_write():
    """Everybody else gets views; `const World&` may be read by those above the engine."""
    holders = re.compile(r"(?<!const )\bWorld\s*&")
    allowed = re.compile(r"sim/(engine|world)/.*|sim/scenario/populate\.(hpp|cpp)")
    faults = [
        named(p) for p in SOURCES if not allowed.fullmatch(named(p)) and holders.search(without_comments(p.read_text()))
    ]
    assert not faults


PYTHON_CORE = under("bindings/python/parley", suffixes=(".py",))


@pytest.mark.parametrize("path", PYTHON_CORE, ids=named)
def test_importing_parley_needs_numpy_alone(path):
    """Extras are imported where they are used, so that `import parley` and `parley --help` are quick and need none."""
    faults = []
    for node in ast.parse(path.read_text()).body:
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            modules = [node.module or ""]
        for module in modules:
            top = module.split(".")[0]
            if top not in sys.stdlib_module_names | {"numpy", "parley"}:
                faults.append(f"line {node.lineno}: {module}")
    assert not faults


def test_there_is_something_to_check():
    assert SOURCES and PYTHON_CORE and len(files()) > len(SOURCES)
