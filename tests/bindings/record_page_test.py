"""The page on the record lists what files are written from."""

from pathlib import Path

from parley import cli


def test_the_page_lists_every_dataset(repository: Path, capsys):
    assert cli.main(["layout", "--markdown"]) == 0
    made = capsys.readouterr().out
    page = (repository / "docs/reference/record.md").read_text()
    assert page.endswith(made), "renew the tables with: parley layout --markdown"


def test_the_page_on_sweeps_does_too(repository: Path, capsys):
    assert cli.main(["layout", "--sweep", "--markdown"]) == 0
    made = capsys.readouterr().out
    page = (repository / "docs/reference/sweep_file.md").read_text()
    assert page.endswith(made), "renew the tables with: parley layout --sweep --markdown"
