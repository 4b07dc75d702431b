"""Help answers at once, and who mistypes is told the nearest name."""

import subprocess
import sys
import time

import pytest

VERBS = ["run", "compare", "show", "check", "list", "params", "measures", "digest", "bench"]


def best_time(words: list[str], tries: int = 5) -> float:
    def once() -> float:
        began = time.perf_counter()
        subprocess.run(words, capture_output=True, check=True)
        return time.perf_counter() - began

    return min(once() for _ in range(tries))


def test_help_answers_at_once():
    """Under half a second; on a machine so busy that Python alone takes long, not much longer than Python alone."""
    bare = best_time([sys.executable, "-c", "pass"])
    ours = best_time([sys.executable, "-m", "parley", "--help"])
    assert ours < max(0.5, 12 * bare), f"{ours:.3f} s; python -c pass takes {bare:.3f} s"


def test_help_names_every_verb(parley):
    text = parley("--help").stdout
    assert parley().stdout == text
    for verb in VERBS:
        assert f"\n    {verb} " in text
        assert f"usage: parley {verb}" in parley(verb, "--help").stdout


def test_every_option_of_a_run_is_explained(parley):
    options = "years burn-in replicates seed threads set out record json quiet force png".split()
    for verb, more in (("run", ["mode"]), ("compare", ["modes", "baseline"])):
        text = parley(verb, "--help").stdout
        for option in [*options, *more]:
            assert f"--{option}" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rnu"], "did you mean run?"),
        (["compair", "toy"], "did you mean compare?"),
        (["compare", "toy", "--mdoes", "a,b"], "did you mean --modes?"),
        (["run", "toy", "--replicate=3"], "did you mean --replicates?"),
        (["run"], "missing: PLACE"),
        (["run", "toy", "--years", "two"], "--years: must be a whole number from 1, not 'two'"),
        (["run", "toy", "--years", "0"], "must be a whole number from 1, not 0"),
        (["run", "toy", "--seed", "-1"], "--seed"),
        (["run", "toy", "--record", "all"], "--record"),
        (["run", "toy", "more"], "'more' is one word too many"),
        (["show", "none.h5"], "there is no such file"),
        (["show", "none.h5", "--flow"], "there is no such file"),
        (["show", "none.h5", "--flow", "--network"], "not allowed with"),
        (["show", "none.h5", "--place", "a"], "--place needs --network"),
        (["show", "none.h5", "--flow", "--place", "a"], "--place needs --network"),
        (["show", "none.h5", "--policy", "a"], "--policy needs --flow or --network"),
        (["show", "none.h5", "--flow", "--png", "a.png"], "named by --out"),
        (["show", "none.h5", "--flwo"], "did you mean --flow?"),
        (["digest", "none.h5"], "none.h5"),
        (["run", "tooy", "--mode", "backing"], "toy"),
        (["run", "toy", "--mode", "bakcing"], "backing"),
        (["compare", "toy"], "modes"),
        (["compare", "toy", "--modes", "backing"], "two modes"),
        (["compare", "toy", "--modes", "backing,purchased", "--baseline", "ceded"], "baseline"),
        (["run", "toy", "--set", "encounter.adverse_event_rat=0.1"], "adverse_event_rate"),
        (["run", "toy", "--set", "encounter.adverse_event_rate=9"], "0.12"),
        (["run", "toy", "--set", "encounter.adverse_event_rate"], "--set"),
        (["params", "--find", "zzzz"], "zzzz"),
        (["params", "nowhere"], "nowhere"),
        (["run", "toy", "--out", "no/such/folder.h5"], "there is no folder no/such"),
        (["run", "toy", "--out", "toy.csv"], "name it toy.h5"),
        (["interior", "toy", "--out", "toy.png"], "name it toy.h5"),
        (["run", "toy", "--png", "no/such.png"], "there is no folder no"),
        (["run", "toy", "--png", "picture.xyz"], "ends in .png, .pdf, .svg"),
        (["validate", "toy", "--page", "no/such.md"], "there is no folder no"),
        (["answer", "chenggong", "--folder", "none"], "there is no such folder"),
        (["answer", "toy", "--modes", "backing"], "two modes"),
        (["measures", "--find", "zzzz"], "zzzz"),
    ],
)
def test_mistakes_are_told_in_words(parley, words, told):
    done = parley(*words, code=2)
    assert told in done.stderr
    assert not list(parley.folder.iterdir()), "a refused command leaves nothing behind"


def test_measures_are_listed(parley):
    import json

    text = parley("measures").stdout
    assert "success_over_accepted" in text and "Signed agreements over the cases" in text
    found = {row["name"]: row for row in json.loads(parley("measures", "--json").stdout)}
    assert found["public_outlay_per_year"]["unit"] == "yuan per year"
    assert "parley measures" in parley("compare", "--help").stdout


def test_version(parley):
    assert parley("--version").stdout.startswith("parley 0.")
