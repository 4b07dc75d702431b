"""The parameter page is what the described parameters make of it."""

import contextlib
import io
from pathlib import Path

from parley import cli

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "parameters.md"


def test_parameter_page_is_up_to_date():
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        cli.main(["params", "--markdown"])
    page = PAGE.read_text(encoding="utf-8")
    assert page.endswith(written.getvalue()), "run: .venv/bin/parley params --markdown, below the head of the page"
