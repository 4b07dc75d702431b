"""run, compare, show, digest, bench: tables, files, options, Ctrl-C."""

import json
import re
import signal
import time

import h5py
import pytest

SMALL = ["--years", 1, "--burn-in", 1, "--replicates", 3]
PAIR = ["--modes", "backing,purchased"]
MANY = 3000  # replicates of twenty years: more than anybody waits for
HEX = re.compile(r"\b[0-9a-f]{64}\b")


def digest_in(text: str) -> str:
    return HEX.search(text)[0]


def test_compare_prints_the_answer(parley):
    done = parley("compare", "toy", *PAIR, *SMALL)
    text = done.stdout
    for words in ("backing", "purchased", "purchased − backing", "whole bundle", "contract only", "equal spending",
                  "Disputes per 10,000 admissions", "agreements / accepted", "Days to resolution, median",
                  "Public outlay", "In words: purchased services instead of backing", "toy.h5", "toy.png"):  # fmt: skip
        assert words in text, words
    assert "running" in done.stderr and "100 %" in done.stderr and "\r" not in done.stderr
    assert (parley.folder / "toy.h5").exists() and (parley.folder / "toy.png").read_bytes().startswith(b"\x89PNG")
    assert digest_in(text) == digest_in(parley("digest", "toy.h5").stdout)


def test_show_prints_the_same_table_from_the_file_alone(parley, compared):
    table = parley("show", compared).stdout
    done = parley("compare", "toy", *PAIR, *SMALL, "--out", "again.h5", "--no-png")
    assert done.stdout.split("\nfile ")[0] == table.split("\nfile ")[0]
    assert parley("show", compared, "--png", "picture.png").stdout and (parley.folder / "picture.png").exists()


def test_show_draws_the_flow_from_admissions_to_court(parley, compared):
    file = parley.folder / "mine.h5"
    file.write_bytes(compared.read_bytes())
    text = parley("show", "mine.h5", "--flow").stdout
    for words in (
        "backing",
        "purchased",
        "admissions",
        "formal disputes",
        "per 10,000",
        "first: negotiation",
        "= agreement",
    ):
        assert words in text, words
    assert (parley.folder / "mine-flow.png").read_bytes().startswith(b"\x89PNG")
    numbers = json.loads(
        parley("show", "mine.h5", "--flow", "--policy", "purchased", "--json", "--out", "here.png").stdout
    )
    assert numbers["policies"] == ["purchased"] and numbers["picture"] == "here.png"
    assert (parley.folder / "here.png").stat().st_size > 20_000
    levels = {level["name"]: level["per_year"] for level in numbers["pyramid"]["purchased"]}
    assert levels["named"] > levels["blamed"] > levels["disputes"]
    ended = sum(link["per_year"] for link in numbers["links"]["purchased"] if link["ends"])
    with h5py.File(file) as opened:
        row = [name.decode() for name in opened["policy"][...]].index("purchased")
        disputes = opened["disputes"][row].sum() / 3  # replicates of one year
    assert ended == pytest.approx(disputes)
    assert levels["disputes"] == pytest.approx(disputes)


def test_show_draws_the_network(parley, compared):
    file = parley.folder / "mine.h5"
    file.write_bytes(compared.read_bytes())
    text = parley("show", "mine.h5", "--network").stdout
    for words in (
        "customary",
        "backing",
        "purchased",
        "hospital refers to committee",
        "finance funds service provider",
    ):
        assert words in text, words
    assert (parley.folder / "mine-network.png").read_bytes().startswith(b"\x89PNG")
    with h5py.File(file) as opened:
        district = opened["place"][0].decode()
    numbers = json.loads(parley("show", "mine.h5", "--network", "--place", district, "--json").stdout)
    assert numbers["district"] == district and numbers["parties"]["public"] == 1
    refers = next(tie for tie in numbers["ties"] if (tie["kind"], tie["to"]) == ("refers", "committee"))
    # Backing links the committees more closely than custom does, purchasing less.
    assert (
        refers["states"]["backing"]["probability"]
        > refers["states"]["customary"]["probability"]
        > refers["states"]["purchased"]["probability"]
    )


def test_views_without_what_they_need(parley, compared):
    assert "no policy 'nobody'" in parley("show", compared, "--flow", "--policy", "nobody", code=2).stderr
    assert "no district 'nowhere'" in parley("show", compared, "--network", "--place", "nowhere", code=2).stderr
    parley("run", "toy", *SMALL, "--record", "metrics", "--quiet", "--no-png", "--out", "metrics.h5")
    text = parley("show", "metrics.h5", "--flow").stdout
    assert "formal disputes" in text and "--record cases" in text and "first: negotiation" not in text
    assert (parley.folder / "metrics-flow.png").exists()


def test_quiet_says_nothing_and_writes_all(parley):
    done = parley("run", "toy", "--mode", "backing", *SMALL, "--quiet")
    assert done.stdout == "" and done.stderr == ""
    assert sorted(path.name for path in parley.folder.iterdir()) == ["toy-backing.h5", "toy-backing.png"]


def test_run_without_a_mode_is_the_status_quo(parley):
    text = parley("run", "toy", *SMALL, "--out", "a.h5", "--no-png").stdout
    assert "status_quo" in text and "In words" not in text and " ±" in text


def test_json_holds_what_the_table_says(parley, compared):
    numbers = json.loads(parley("show", compared, "--json").stdout)
    assert numbers["policies"][:2] == ["backing", "purchased"] and numbers["complete"] is True
    assert [row["contrast"] for row in numbers["contrasts"]] == ["bundle", "contract_only", "equal_spending"]
    assert numbers["digest"] == digest_in(parley("digest", compared).stdout)
    by_name = {row["name"]: row for row in numbers["measures"]}
    days = by_name["days_mean"]
    difference = days["means"]["purchased"]["mean"] - days["means"]["backing"]["mean"]
    assert days["differences"]["bundle"]["mean"] == pytest.approx(difference)
    assert days["unit"] == "days" and days["better"] == "lower" and days["definition"]
    printed = json.loads(parley("run", "toy", *SMALL, "--json", "--quiet", "--no-png").stdout)
    assert printed["policies"] == ["status_quo"] and printed["contrasts"] == []


def test_the_digest_does_not_depend_on_threads(parley):
    digests = set()
    for threads in (1, 2, 3, 8):
        parley("compare", "toy", *PAIR, *SMALL, "--threads", threads, "--out", f"{threads}.h5", "--quiet", "--no-png")
        digests.add(digest_in(parley("digest", f"{threads}.h5").stdout))
    assert len(digests) == 1
    text = parley("digest", "1.h5", "2.h5").stdout.splitlines()
    assert len(text) == 2 and text[0].endswith("  1.h5") and text[1].endswith("  2.h5")


def test_the_seed_matters_and_is_kept(parley, compared):
    parley("compare", "toy", *PAIR, *SMALL, "--seed", 2**63 - 1, "--quiet", "--no-png")
    assert digest_in(parley("digest", "toy.h5").stdout) != digest_in(parley("digest", compared).stdout)
    with h5py.File(parley.folder / "toy.h5") as file:
        assert file["provenance/seed"][()].decode() == str(2**63 - 1)


def test_set_changes_what_it_names(parley):
    for value in (0.05, 0.12):
        parley("run", "toy", *SMALL, "--set", f"encounter.adverse_event_rate={value}", "--set", "place.committees=2",
               "--out", f"{value}.h5", "--quiet", "--no-png")  # fmt: skip
    found = {}
    for value in (0.05, 0.12):
        with h5py.File(parley.folder / f"{value}.h5") as file:
            names = [name.decode() for name in file["parameters/name"][...]]
            values = dict(zip(names, file["parameters/value"][...], strict=True))
            assert values["encounter.adverse_event_rate"] == value and values["place.committees"] == 2
            found[value] = int(file["adverse_events"][...].sum())
    assert found[0.05] < 0.7 * found[0.12]


def test_metrics_alone(parley):
    text = parley("run", "toy", *SMALL, "--record", "metrics", "--no-png").stdout
    assert "n/a: needs --record cases" in text
    with h5py.File(parley.folder / "toy-status_quo.h5") as file:
        assert "cases" not in file and "disputes" in file


def test_provenance_holds_the_command(parley, compared):
    with h5py.File(compared) as file:
        assert file["provenance/run/command"][()].decode().startswith("parley compare toy --modes backing,purchased")
        assert file["provenance/run/threads"][()] >= 1


def test_a_file_of_somebody_else_is_not_replaced(parley):
    mine = parley.folder / "mine.h5"
    mine.write_text("my own work")
    text = parley("run", "toy", *SMALL, "--out", "mine.h5", code=2).stderr
    assert "mine.h5" in text and "--force" in text
    assert mine.read_text() == "my own work"
    parley("run", "toy", *SMALL, "--out", "mine.h5", "--force", "--quiet", "--no-png")
    assert parley("digest", "mine.h5").stdout


def test_a_result_of_another_study_is_kept(parley):
    words = ["run", "toy", "--years", 1, "--burn-in", 0, "--quiet", "--no-png", "--replicates"]
    parley(*words, 2)
    first = (parley.folder / "toy-status_quo.h5").read_bytes()
    assert parley(*words, 2).stderr == ""  # the same question again
    told = parley(*words, 2, "--set", "authority=0.1").stderr
    assert "toy-status_quo.h5 is kept" in told and "goes to toy-status_quo-2.h5" in told
    assert parley(*words, 1).stderr  # fewer replicates would lose some
    assert parley("digest", "toy-status_quo.h5").stdout and (parley.folder / "toy-status_quo-2.h5").exists()
    with h5py.File(parley.folder / "toy-status_quo.h5") as file:
        assert len(file["replicate"]) == 2 and len(first)
    parley(*words, 3)  # more replicates hold all that was there
    with h5py.File(parley.folder / "toy-status_quo.h5") as file:
        assert len(file["replicate"]) == 3
    other = [*words, 3, "--set", "authority=0.2", "--out", "toy-status_quo.h5"]
    told = parley(*other, code=2).stderr
    assert "it holds another question (Toy: status_quo; 1 year, 3 replicates, seed 1)" in told and "--force" in told
    assert "will be replaced" in parley(*other, "--force").stderr
    assert "set: authority = 0.2" in parley("show", "toy-status_quo.h5").stdout


def test_a_picture_that_fails_after_the_run_hides_nothing(parley):
    (parley.folder / "toy-status_quo.png").mkdir()
    done = parley("run", "toy", *SMALL, code=2)
    assert "no picture" in done.stderr and "Disputes per" in done.stdout and "toy-status_quo.h5" in done.stdout


def interrupted(parley, *words: object, after: float):
    """Start, let it finish some replicates, send SIGINT; returns the process, its output and how long it took."""
    process = parley.start(*words)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    output, errors = process.communicate(timeout=60)
    return process, output, errors, time.monotonic() - sent


def test_ctrl_c_keeps_what_was_finished(parley):
    words = ["run", "toy", "--mode", "backing", "--years", 20, "--burn-in", 0, "--replicates", MANY]
    process, output, errors, _ = interrupted(parley, *words, after=3)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    kept = int(re.search(r"writing the (\d+) of (\d+) replicates", errors)[1])
    assert kept >= 2
    assert f"{kept} of {MANY} replicates (stopped early)" in output and "Disputes" in output
    with h5py.File(parley.folder / "toy-backing.h5") as file:
        assert file.attrs["complete"] == 0 and len(file["replicate"]) == kept
    parley("digest", "toy-backing.h5")


def test_ctrl_c_never_costs_an_earlier_result(parley):
    words = ["run", "toy", "--mode", "backing", "--years", 20, "--burn-in", 0, "--quiet", "--no-png", "--replicates"]
    parley(*words, 2)
    before = (parley.folder / "toy-backing.h5").read_bytes()
    process, _, errors, _ = interrupted(parley, *words, MANY, after=3)
    assert process.returncode == 130, errors
    assert (parley.folder / "toy-backing.h5").read_bytes() == before
    assert (parley.folder / "toy-backing-stopped.h5").exists()


def test_ctrl_c_before_anything_is_finished(parley):
    words = ["compare", "chongqing", "--replicates", 20, "--threads", 1]
    process, output, errors, took = interrupted(parley, *words, after=1.5)
    assert process.returncode == 130 and output == ""
    assert "nothing was written" in errors or "stopped" in errors
    assert "Traceback" not in errors
    assert took < 5  # a second, and what a busy machine adds
    assert not list(parley.folder.iterdir())


def test_bench(parley):
    words = ["bench", "toy", "--replicates", 1, "--repeat", 1]
    assert "people-days per second" in parley(*words).stdout
    numbers = json.loads(parley(*words, "--json").stdout)
    # One replicate of the burn-in and a year, each of 365 days.
    assert numbers["person_days"] == 20_000 * 2 * 365
    assert numbers["person_days_per_second"] == pytest.approx(numbers["person_days"] / numbers["seconds"])
    assert numbers["nanoseconds_per_adverse_event"] > 0
