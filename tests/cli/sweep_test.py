"""The verb sweep, and precision and posteriors on the command line."""

import json

import numpy as np

import parley as library
from parley import Posterior

SMALL = ("--years", 1, "--burn-in", 0, "--replicates", 2)


def test_a_grid(parley):
    done = parley(
        "sweep", "toy", "--over", "authority=0,1", "--over", "place.committees=3,4", "--mode", "backing", *SMALL
    )
    assert done.returncode == 0 and "toy-sweep.h5" in done.stdout and "backing" in done.stdout
    found = library.open(parley.folder / "toy-sweep.h5")
    assert found.design.points.tolist() == [[0, 3], [0, 4], [1, 3], [1, 4]]
    assert parley("digest", "toy-sweep.h5").stdout.strip() == found.digest
    shown = parley("show", "toy-sweep.h5")
    assert shown.returncode == 0 and found.digest in shown.stdout


def test_the_table_is_read_by_people(parley):
    words = ("--over", "authority=0,1", "--mode", "backing,purchased", "--years", 1, "--burn-in", 0, "--replicates", 1)
    done = parley("sweep", "toy", *words)
    table = done.stdout.split("\nfile ")[0]
    assert "Toy · 2 points (grid), 1 year, 1 replicate each" in table and "nan" not in table and "e+0" not in table
    assert max(map(len, table.splitlines())) <= 120 and "Warning" not in done.stderr
    assert ("–" in table.splitlines()[8]) == ("– nothing to divide by" in table)
    assert parley("sweep", "toy", *words).stderr.count("kept") == 0  # the same sweep again
    other = parley("sweep", "toy", "--over", "authority=0,0.5", *words[2:], "--quiet").stderr
    assert "toy-sweep.h5 is kept, it holds a sweep" in other and (parley.folder / "toy-sweep-2.h5").exists()


def test_ranges_executors_and_json(parley):
    ask = ("sweep", "toy", "--over", "authority=0:1", "--points", 4, *SMALL)
    one = parley(*ask, "--out", "a.h5", "--json")
    numbers = json.loads(one.stdout)
    assert numbers["design"] == "latin_hypercube" and len(numbers["points"]) == 4
    assert np.shape(numbers["measures"]["trust"]["status_quo"]) == (4, 2)
    other = parley(*ask, "--out", "b.h5", "--quiet", "--executor", "processes", "--workers", 2)
    assert other.returncode == 0 and other.stdout == ""
    assert (parley.folder / "a.h5").read_bytes() == (parley.folder / "b.h5").read_bytes()


def test_faults_are_one_line_each(parley):
    for words, said in (
        (("--over", "authorty=0:1"), "did you mean 'authority'"),
        (("--over", "authority=0:2"), "not within the range"),
        (("--over", "authority"), "KEY=LOW:HIGH"),
        (("--over", "authority=a:b"), "KEY=LOW:HIGH"),
        ((), "nothing is varied"),
        (("--over", "authority=0:1", "--over", "proximity=0,1"), "one way"),
        (("--over", "authority=0:1", "--design", "grid"), "grid needs"),
        (("--over", "authority=0:1", "--design", "sobol", "--points", 7), "4 and 8"),
        (("--over", "authority=0,5"), "point 1"),
    ):
        done = parley("sweep", "toy", *words, *SMALL, code=2)
        assert said in done.stderr and "Traceback" not in done.stderr, (words, done.stderr)


def test_precision(parley):
    done = parley("compare", "toy", "--modes", "backing,purchased", "--years", 1, "--replicates", 4, "--precision",
                  "days_mean=1", "--budget", 8, "--no-png")  # fmt: skip
    assert done.returncode == 0 and "2 looks planned" in done.stdout
    wrong = parley("compare", "toy", "--modes", "backing,purchased", "--precision", "day_mean=1", code=2)
    assert "days_mean" in wrong.stderr


def test_a_posterior(parley):
    Posterior(("encounter.adverse_event_rate",), np.array([[0.05], [0.1]]), np.ones(2)).write(parley.folder / "p.csv")
    done = parley("compare", "toy", "--modes", "backing,purchased", "--years", 1, "--replicates", 4, "--posterior", "p.csv",
                  "--no-png")  # fmt: skip
    assert done.returncode == 0
    assert "draws:" in library.open(parley.folder / "toy.h5").provenance["scenario"]
    wrong = parley("compare", "toy", "--modes", "backing,purchased", "--posterior", "none.csv", code=2)
    assert "none.csv" in wrong.stderr
