"""check, list and params."""

import json

import pytest

WRONG = """\
study: wrong
title: Wrong
place: toy
modes: [backing, purchasd]
years: -5
replicats: 3
parameters:
  encounter:
    adverse_event_rate: 7
"""


def test_all_faults_with_their_places(parley):
    (parley.folder / "wrong.yaml").write_text(WRONG)
    for words in (["check", "wrong.yaml"], ["compare", "./wrong.yaml"]):
        text = parley(*words, code=2).stderr
        assert "wrong.yaml:4:" in text and "purchased" in text
        assert "wrong.yaml:5:" in text
        assert "wrong.yaml:6:" in text and "replicates" in text
        assert "wrong.yaml:9:" in text and "0.12" in text
        assert "faults" in text.splitlines()[-1]


DATED = """\
mode: dated
title: Dated
dated_levers:
  - {lever: authority, value: 0.9, from: 2017-13-01}
  - {lever: authority, value: 0.9, from: 2018-01-01, until: 2017-01-01}
  - {lever: feedback_rate, value: 0.9, hospital: 3, committee: 1}
  - {lever: publicity, value: 0.9, hospital: 3}
"""


def test_a_setting_for_a_time_or_a_party_has_its_fault_on_its_own_line(parley):
    (parley.folder / "dated.yaml").write_text(DATED)
    text = parley("check", "dated.yaml", code=2).stderr
    for line, key, words in (
        (4, "dated_levers[0].authority", "no such day"),
        (5, "dated_levers[1].authority", "before it begins"),
        (6, "dated_levers[2]", "a setting is for one party"),
        (7, "dated_levers[3].publicity", "cannot be set for one hospital"),
    ):
        assert any(f"dated.yaml:{line}:5: {key}" in row and words in row for row in text.splitlines()), text


def test_a_mode_by_itself_may_name_any_hospital(parley):
    (parley.folder / "far.yaml").write_text(
        "mode: far\ntitle: Far\ndated_levers:\n  - {lever: feedback_rate, value: 0.9, hospital: 25}\n"
    )
    assert "a sound mode" in parley("check", "far.yaml").stdout
    assert "no hospital number 25" in parley("run", "toy", "--mode", "far.yaml", code=2).stderr


def test_a_file_that_is_not_text_is_one_message(parley):
    (parley.folder / "bytes.yaml").write_bytes(b"mode: bytes\ntitle: \xff\xfe\n")
    text = parley("check", "bytes.yaml", code=2).stderr
    assert "bytes.yaml:2:8: the text is not UTF-8" in text and "\\xff" in text and "Traceback" not in text


def test_not_even_yaml(parley):
    (parley.folder / "broken.yaml").write_text("place: [toy\n")
    assert "broken.yaml:" in parley("check", "broken.yaml", code=2).stderr


def test_sound_files_are_called_sound(parley):
    listed = json.loads(parley("list", "--json").stdout)
    text = parley("check", *(one["file"] for one in listed)).stdout
    assert text.count(": a sound ") == len(listed)


def test_list(parley):
    text = parley("list").stdout
    assert text.index("Studies") < text.index("Places") < text.index("Modes")
    for slug in ("chongqing", "toy", "backing", "purchased"):
        assert f"  {slug} " in text


def test_params(parley):
    rows = json.loads(parley("params", "--json").stdout)
    assert len(rows) > 100
    rate = next(row for row in rows if row["address"] == "encounter.adverse_event_rate")
    assert rate["symbol"] == "a" and rate["confidence"] == "A" and rate["low"] < rate["default"] < rate["high"]
    text = parley("params").stdout
    assert all(row["address"] in text and row["meaning"] in text for row in rows)
    found = parley("params", "--find", "trust").stdout
    assert "trust" in found and len(found) < len(text)
    toy = json.loads(parley("params", "toy", "--json").stdout)
    assert next(row for row in toy if row["address"] == "encounter.adverse_event_rate")["value"] == 0.12


def test_params_as_a_page(parley):
    page = parley("params", "--markdown").stdout
    rows = json.loads(parley("params", "--json").stdout)
    assert page.startswith("## ") and page.count("\n## ") + 1 == len({row["group"] or "levers" for row in rows})
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(lines) == len(rows)
    assert all(line.replace("\\|", "").count("|") == 9 for line in lines)


@pytest.mark.parametrize("words", [["params"], ["list"]])
def test_a_reader_that_has_seen_enough(parley, words):
    """parley params | head -1"""
    process = parley.start(*words)
    process.stdout.close()
    errors = process.stderr.read()
    assert process.wait() == 0
    assert not errors
