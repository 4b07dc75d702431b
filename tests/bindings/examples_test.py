"""What the guide and the notebooks show, works: every block and every cell is run."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))


def blocks(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_guide(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = blocks(ROOT / "docs/guide/python.md")
    assert len(found) >= 6
    names: dict = {"__name__": "guide"}
    for number, block in enumerate(found):
        exec(compile(block, f"block {number} of docs/guide/python.md", "exec"), names)
    assert names["answer"].path.exists() and len(names["cases"]) > 0


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks(path, tmp_path):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    book = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in book.cells), "notebooks are kept without outputs"
    nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert len(shown) >= 3
    figures = [o for o in shown if "<Figure" in str(o.get("data", {}).get("text/plain", ""))]
    assert all("image/png" in figure["data"] for figure in figures), "a picture is shown, not named"


def test_there_is_a_notebook_for_each_use():
    assert len(NOTEBOOKS) >= 5
