"""The page on the record lists what files are written from."""

from pathlib import Path

from parley import cli


def test_the_page_lists_every_dataset(repository: Path, capsys):
    assert cli.main(["layout", "--markdown"]) == 0
    made = capsys.readouterr().out
    page = (repository / "docs/reference/record.md").read_text()
    assert page.endswith(made), "renew the tables with: parley layout --markdown"
