"""The stub that editors and type checkers read names what the module has, no more and no less."""

import ast
import re
from pathlib import Path

from parley import _parley


def test_the_stub_is_the_module(repository: Path):
    tree = ast.parse((repository / "bindings/python/parley/_parley.pyi").read_text(encoding="utf-8"))
    stub: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            stub[node.name] = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
        elif isinstance(node, ast.FunctionDef):
            stub[node.name] = set()
        elif isinstance(node, ast.AnnAssign):
            stub[node.target.id] = set()
    module = {name for name in dir(_parley) if not name.startswith("__")}
    assert set(stub) == module
    for name in ("Study", "Result"):
        members = {part for part in vars(getattr(_parley, name)) if not part.startswith("__")}
        members -= {part for part in members if part.startswith("_pybind11")}
        assert stub[name] == members


def test_the_stub_names_every_argument(repository: Path):
    tree = ast.parse((repository / "bindings/python/parley/_parley.pyi").read_text(encoding="utf-8"))
    checked = 0
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        signature = (getattr(_parley, node.name).__doc__ or "").splitlines()[0]
        inside = signature[signature.index("(") + 1 : signature.rindex(") ->")]
        real = re.findall(r"(?:^|, )(\w+): ", re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", inside)))
        stub = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
        assert stub == real, node.name
        checked += 1
    assert checked > 20
