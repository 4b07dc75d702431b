"""What the structure tests share: the repository's files, and C++ text without comments and strings."""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {".git", "build", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", "dist"}
FAMILIES = ("mechanisms", "instruments")
FRAMES = {"all", "mechanism", "instrument"}  # headers of a family that are not a member of it


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project: tracked, or new and not ignored; without git, all that is not built."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        found = [ROOT / name for name in listed.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def under(*folders: str, suffixes: tuple[str, ...]) -> list[Path]:
    return [p for p in files() if p.suffix in suffixes and any(named(p).startswith(f + "/") for f in folders)]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def members(family: str) -> list[str]:
    """The names of the mechanisms, or of the instruments."""
    headers = under(f"sim/{family}", suffixes=(".hpp",))
    return [path.stem for path in headers if path.stem not in FRAMES]


_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^()\\\s]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-zA-Z])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL,
)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def without_comments(text: str) -> str:
    """The same text, line for line, with comments blanked."""
    return _TOKEN.sub(lambda m: _blank(m[0]) if m[0].startswith("/") else m[0], text)


def bare_code(text: str) -> str:
    """The same text, line for line, with comments and the insides of strings blanked."""
    return _TOKEN.sub(lambda m: _blank(m[0]), text)


def string_literals(text: str) -> list[tuple[int, str]]:
    """(line, content) of each plain string literal of a C++ text."""
    found = []
    for match in _TOKEN.finditer(text):
        if match[0].startswith('"'):
            found.append((text.count("\n", 0, match.start()) + 1, match[0][1:-1]))
    return found
