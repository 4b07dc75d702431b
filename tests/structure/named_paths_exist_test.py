"""Each path of the repository that a page, a README or a comment names is there."""

import re

import pytest
from house import ROOT, files, named

FOLDERS = ("sim", "docs", "tests", "scenarios", "analysis", "bindings", "cmake")
NAMED = re.compile(r"(?<![\w./-])(?:\./)?((?:" + "|".join(FOLDERS) + r")/[\w./*{},+-]*)(?![\w<])(?!…)")
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
PAGES = [path for path in files() if path.suffix == ".md"]
SPEAKING = [
    *PAGES,
    *(p for p in files() if named(p).startswith(("sim/", "bindings/")) and p.suffix in (".hpp", ".cpp")),
]


def spelled_out(path: str) -> list[str]:
    """a/{b,c}.hpp → a/b.hpp and a/c.hpp."""
    braces = re.search(r"\{([^{}]*)\}", path)
    if not braces:
        return [path]
    return [
        whole
        for choice in braces[1].split(",")
        for whole in spelled_out(path[: braces.start()] + choice + path[braces.end() :])
    ]


def exists(path: str) -> bool:
    return any(ROOT.glob(path)) if "*" in path else (ROOT / path).exists()


@pytest.mark.parametrize("path", SPEAKING, ids=named)
def test_named_paths(path):
    missing = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for match in NAMED.finditer(line):
            for whole in spelled_out(match[1].rstrip(".,")):
                if not exists(whole):
                    missing.append(f"{named(path)}:{number}: {whole}")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links(path):
    missing = [
        f"{named(path)}:{number}: {target}"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for target in LINK.findall(line)
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
    assert not missing, "\n".join(missing)
