"""No code asks for a mode or a place by its name: results follow from levers and parameters alone."""

import ast

import pytest
from house import files, named, string_literals, under

# Also those that have no file yet.
MODES = {"front_line", "backing", "purchased", "ceded", "insurer_led", "hybrid", "pay_by_case", "no_mediation"}
PLACES = {"chongqing", "zigong", "xining", "chenggong"}
FILES = {path.stem for path in files() if named(path).startswith("scenarios/") and path.suffix == ".yaml"}
NAMES = MODES | PLACES | FILES


# The command line may offer a name as a default; nothing behind it knows any.
MODEL = [path for path in under("sim", suffixes=(".hpp", ".cpp")) if not named(path).startswith("sim/cli/")]


@pytest.mark.parametrize("path", MODEL, ids=named)
def test_simulator(path):
    found = [f"{named(path)}:{line}: {text}" for line, text in string_literals(path.read_text()) if text in NAMES]
    assert not found, "\n".join(found)


def asked_for(tree: ast.AST):
    """Constants that something is compared with. A table of titles for reading may name modes; nothing hangs on it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in [node.left, *node.comparators]:
                yield from (part for part in ast.walk(side) if isinstance(part, ast.Constant))
        elif isinstance(node, ast.MatchValue):
            yield from (part for part in ast.walk(node) if isinstance(part, ast.Constant))


@pytest.mark.parametrize("path", under("analysis", "bindings", suffixes=(".py",)), ids=named)
def test_python(path):
    constants = asked_for(ast.parse(path.read_text()))
    found = [f"{named(path)}:{node.lineno}: {node.value}" for node in constants if node.value in NAMES]
    assert not found, "\n".join(found)


def test_the_check_sees_what_it_should():
    seen = asked_for(ast.parse('if mode == "a" or x in ("b", "c"): y = {"d": 1}\nmatch m:\n  case "e": pass'))
    assert [node.value for node in seen] == ["a", "b", "c", "e"]
