"""The verbs validate and patterns."""

import json


def test_validate(parley):
    done = parley("validate", "chenggong", "--replicates", 2, "--years", 1, "--page", "page.md", "--quiet")
    assert "calibration:" in done.stdout and (parley.folder / "page.md").exists()
    numbers = json.loads(parley("validate", "chenggong", "--replicates", 2, "--years", 1, "--json", "--quiet").stdout)
    assert numbers["place"] == "chenggong" and len(numbers["patterns"]) == 7
    wrong = parley("validate", "chengong", code=2)
    assert "did you mean" in wrong.stderr and "chenggong" in wrong.stderr


def test_patterns(parley):
    assert "T24" in parley("patterns").stdout
    mine = parley("patterns", "zigong").stdout
    assert "T1 " in mine and "T9" not in mine
