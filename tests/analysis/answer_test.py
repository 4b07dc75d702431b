"""The page: everything on it comes from the file, and what is not decided says so."""

import pytest

from parley.analysis import answer as answers


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answer")
    return answers.answer("chenggong", replicates=4, years=1, burn_in=1, draws=40, draw_replicates=1, split_replicates=2,
                          folder=folder, command="parley answer chenggong")  # fmt: skip


def test_the_page_has_its_parts(found, tmp_path):
    page = found.write(tmp_path / "docs" / "page.md").read_text()
    for part in ("## The answer", "## What changes", "## Who pays, who gains", "## Where it comes from",
                 "## What would change the answer", "## How it was made"):  # fmt: skip
        assert part in page
    assert "40 joint draws" in page and "`parley answer chenggong`" in page and found.results.digest[:16] in page
    assert found.contrast.name == "equal_spending"
    for number in (
        "agreements / accepted",
        "agreements / closed",
        "agreements + reconciled / closed",
        "not sent to court / closed",
    ):
        assert number in page
    rows = [line for line in page.splitlines() if line.startswith("| ") and "---" not in line]
    assert all(line.count("|") - line.count("\\|") >= 4 for line in rows)


def test_each_of_many_groups_has_a_row(found, monkeypatch):
    wide = found.markdown()
    monkeypatch.setattr(answers, "MOST_COLUMNS", 1)
    tall = found.markdown()
    assert "| low income |" in tall and "| low income |" not in wide.replace("other incomes | low income", "")
    assert tall.count("\n| other incomes |") == 1 and "| Broke out |" not in tall


def test_verdicts(found):
    for measure in answers.HEADLINE:
        word, over = found.verdict(measure), found.robustness.verdicts[measure]
        if over.draws and not over.decided:
            assert word == "not decided by the evidence"
        elif over.draws:
            assert word in ("decided", "may be chance", "not defined")


def test_without_draws_and_split(tmp_path):
    plain = answers.answer("toy", modes=["backing", "purchased"], replicates=3, years=1, burn_in=1, draws=0,
                           split_replicates=0, folder=tmp_path)  # fmt: skip
    page = plain.markdown()
    assert "Where it comes from" not in page and "joint draws" not in page
    assert any(word in page for word in ("decided against chance", "may be chance"))
    with pytest.raises(ValueError, match="two modes"):
        answers.answer("toy", modes=["backing"], replicates=2, years=1, draws=0, split_replicates=0, folder=tmp_path)
