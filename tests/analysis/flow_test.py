"""From admissions to court: values by hand from a few invented disputes, then the picture."""

import sys

import matplotlib.image
import numpy as np
import pytest
import synthetic

from parley.analysis import draw_flow, flow, load, plots
from parley.errors import FileError, MissingExtra

# In digits of eight, the first forum last: negotiation 1, people's mediation 2, administrative mediation 3, court 5.
# Under backing: replicate 0 has two disputes, replicate 1 two more, one of them never in a forum; one is of the time
# before the start. Under purchased there is one.
CASES = {
    "policy": [0, 0, 0, 0, 0, 1],
    "replicate": [0, 0, 1, 1, 1, 0],
    "path": [0o1, 0o21, 0o521, 0, 0o5, 0o2],
    "outcome": [1, 1, 3, 5, 1, 0],
    "opened": [0, 10, 20, 30, -3, 5],
}


def level(first: float, second: float) -> np.ndarray:
    """A metric of two policies and replicates over twelve months in one place: the same number each month."""
    return np.broadcast_to(np.array([first, second]).reshape(2, 1, 1, 1), (2, 2, 12, 1))


@pytest.fixture
def by_hand(tmp_path):
    metrics = {"admissions": level(1000, 1000), "adverse_events": level(100, 80), "negligent_events": level(25, 20),
               "named": level(50, 40), "blamed": level(10, 10), "complaints": level(5, 4), "disputes": level(2, 1),
               "mediation_accepted": level(1, 0)}  # fmt: skip
    return load.open(
        synthetic.write(tmp_path / "a.h5", metrics, policies=["backing", "purchased"], population=[50_000],
                        cases={name: np.array(values) for name, values in CASES.items()})
    )  # fmt: skip


def test_the_pyramid(by_hand):
    levels = {found.name: found for found in flow.pyramid(by_hand, "backing")}
    assert list(levels) == list(flow.LEVELS)
    assert levels["admissions"].per_year == 12_000  # 1,000 a month
    assert levels["admissions"].per_10000 == 10_000
    assert np.isnan(levels["admissions"].ratio)
    assert levels["adverse_events"].per_year == 1200
    assert levels["adverse_events"].per_10000 == 1000  # 100 in 1,000
    assert levels["adverse_events"].ratio == 0.1
    assert levels["named"].ratio == 2  # 50 over 25: recognised harm is not a part of negligent events
    assert levels["disputes"].per_10000 == 20
    assert levels["disputes"].ratio == 0.4
    assert levels["court_filings"].per_year == 0 and levels["court_filings"].ratio == 0
    assert np.isnan(levels["judgments"].ratio)  # nothing above it
    assert [found.per_year for found in flow.pyramid(by_hand, "purchased")][1] == 960


def test_suits_are_counted_over_formal_disputes(tmp_path):
    metrics = {
        "disputes": level(4, 4),
        "mediation_accepted": level(1, 1),
        "court_filings": level(2, 2),
        "judgments": level(1, 1),
    }
    path = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing", "purchased"], population=[50_000])
    levels = {found.name: found for found in flow.pyramid(load.open(path), "backing")}
    assert (levels["court_filings"].ratio, levels["court_filings"].of) == (0.5, "disputes")  # not 2 over 1
    assert (levels["judgments"].ratio, levels["judgments"].of) == (0.5, "court_filings")


def test_a_level_that_the_file_lacks_is_left_out(by_hand):
    by_hand.metric_names.remove("named")
    levels = {found.name: found for found in flow.pyramid(by_hand, "backing")}
    assert "named" not in levels and levels["blamed"].ratio == 0.4  # 10 over 25


def test_ways(by_hand):
    found = flow.ways(by_hand, "backing")
    assert found.per_year == 2  # four disputes in two replicates of a year
    assert found.ways == {
        (("negotiation",), "agreement"): 0.5,
        (("negotiation", "people_mediation"), "agreement"): 0.5,
        (("negotiation", "people_mediation", "court"), "judgment"): 0.5,
        (("none",), "withdrawn"): 0.5,
    }
    assert flow.ways(by_hand, "purchased").ways == {(("people_mediation",), "open"): 0.5}


def test_links(by_hand):
    found = [
        (link.step, link.origin, link.target, link.ends, link.outcome, link.per_year, link.share)
        for link in flow.ways(by_hand, "backing").links
    ]
    assert found == [
        (1, "negotiation", "people_mediation", False, "agreement", 0.5, 0.25),
        (1, "negotiation", "people_mediation", False, "judgment", 0.5, 0.25),
        (1, "negotiation", "agreement", True, "agreement", 0.5, 0.25),
        (1, "none", "withdrawn", True, "withdrawn", 0.5, 0.25),
        (2, "people_mediation", "court", False, "judgment", 0.5, 0.25),
        (2, "people_mediation", "agreement", True, "agreement", 0.5, 0.25),
        (3, "court", "judgment", True, "judgment", 0.5, 0.25),
    ]


def test_what_enters_a_forum_leaves_it(study_file):
    ways = flow.ways(load.open(study_file), "backing")
    enters: dict = {}
    leaves: dict = {}
    for link in ways.links:
        leaves[link.step, link.origin] = leaves.get((link.step, link.origin), 0) + link.per_year
        if not link.ends:
            enters[link.step + 1, link.target] = enters.get((link.step + 1, link.target), 0) + link.per_year
    assert len(enters) > 4
    for spot, number in enters.items():
        assert leaves[spot] == pytest.approx(number), spot
    assert sum(link.per_year for link in ways.links if link.ends) == pytest.approx(ways.per_year)
    assert sum(number for (step, _), number in leaves.items() if step == 1) == pytest.approx(ways.per_year)


def test_names_that_a_later_file_may_have():
    assert flow.title("people_mediation") == "people's mediation" and flow.title("withdrawn") == "given up"
    assert flow.title("court_annexed") == "court annexed" and flow.colour("court_annexed") == "#000000"
    assert flow.rank("negotiation") < flow.rank("court") < flow.rank("agreement") < flow.rank("court_annexed")


def test_where_a_dispute_is_seen():
    assert draw_flow._spots(("negotiation", "court"), "judgment", 3) == [
        (0, "forum", "negotiation"), (1, "forum", "court"), (2, "done", "judgment"), (3, "done", "judgment"),
    ]  # fmt: skip
    # Of five forums in four columns the last one takes the last column.
    spots = draw_flow._spots(("negotiation", "people_mediation", "negotiation", "people_mediation", "court"), "open", 4)
    assert [spot[2] for spot in spots] == ["negotiation", "people_mediation", "negotiation", "court", "open"]


def test_the_table(by_hand):
    lines = flow.table(by_hand).splitlines()
    row = next(line for line in lines if line.startswith("adverse events"))
    assert row.split() == ["adverse", "events", "1,200", "1,000", "10.0", "%", "960", "800", "8.0", "%"]
    row = next(line for line in lines if line.startswith("first: negotiation"))
    assert row.split()[2:] == [">", "people's", "mediation", "1.00", "50.0%", "0.0", "0.0%"]  # two halves
    assert lines[-1].split() == ["all", "disputes", "2.00", "0.500"]
    assert "purchased" not in flow.table(by_hand, ["backing"])


def test_json(by_hand, monkeypatch):
    monkeypatch.setattr(type(by_hand), "digest", "0")
    numbers = flow.as_json(by_hand, ["backing"])
    assert numbers["pyramid"]["backing"][0]["of"] is None and numbers["pyramid"]["backing"][0]["share"] is None
    assert numbers["links"]["backing"][0] == {
        "step": 1, "from": "negotiation", "to": "people_mediation", "ends": False, "outcome": "agreement",
        "per_year": 0.5, "share_of_disputes": 0.25,
    }  # fmt: skip


def test_policies(by_hand, study_file):
    results = load.open(study_file)
    assert flow.chosen_policies(results) == ["backing", "purchased"]
    assert flow.chosen_policies(results, ["purchased:equal_spending"]) == ["purchased:equal_spending"]
    with pytest.raises(FileError, match="no policy 'nobody'; it has backing"):
        flow.chosen_policies(results, ["nobody"])
    with pytest.raises(FileError, match="too many"):
        flow.chosen_policies(results, results.policies)


def test_disputes_of_an_older_file_have_no_path(study_file, tmp_path):
    import h5py

    copy = tmp_path / "old.h5"
    copy.write_bytes(study_file.read_bytes())
    with h5py.File(copy, "r+") as file:
        del file["cases/path"]
    with pytest.raises(FileError, match="run again"):
        flow.ways(load.open(copy), "backing")


# ---- the picture ------------------------------------------------------------------------------------------------------


def inks(path) -> set[tuple[int, ...]]:
    pixels = matplotlib.image.imread(path)
    return {tuple((255 * pixel[:3]).round().astype(int)) for pixel in pixels.reshape(-1, pixels.shape[2])[::5]}


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def test_the_picture(study_file, tmp_path):
    path = load.open(study_file).flow_picture(tmp_path / "a.png")
    pixels = matplotlib.image.imread(path)
    height = draw_flow.HEAD + draw_flow.PYRAMID + 2 * (draw_flow.SANKEY + draw_flow.GAP) + draw_flow.FOOT
    assert pixels.shape[:2] == (int(100 * height), 1400)
    found = inks(path)
    outcomes = synthetic.FLAGS["outcome"].split()
    for colour in (plots.BLUE, plots.VERMILLION, *map(flow.colour, outcomes)):
        assert rgb(colour) in found, colour


def test_one_policy_keeps_its_colour(study_file, tmp_path):
    path = load.open(study_file).flow_picture(tmp_path / "a.png", ["purchased"])
    assert rgb(plots.VERMILLION) in inks(path) and rgb(plots.BLUE) not in inks(path)
    again = load.open(study_file).flow_picture(tmp_path / "b.png", ["purchased"])
    assert path.read_bytes() == again.read_bytes()


def test_without_cases_there_is_the_pyramid(small_file, tmp_path):
    results = load.open(small_file)
    pixels = matplotlib.image.imread(results.flow_picture(tmp_path / "a.png"))
    assert pixels.shape[0] == int(100 * (draw_flow.HEAD + draw_flow.PYRAMID + draw_flow.FOOT))
    assert pixels.std() > 0.1
    assert "--record cases" in flow.table(results)


def test_without_matplotlib_it_says_what_to_install(small_file, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"parley\[analysis\]"):
        load.open(small_file).flow_picture(tmp_path / "a.png")
    assert "admissions" in flow.table(load.open(small_file))
