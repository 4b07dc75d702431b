"""The institutional graph: means by hand from six invented ties, then the picture."""

import sys

import matplotlib.image
import numpy as np
import pytest
import synthetic

from parley.analysis import draw_network, load, network, plots
from parley.errors import FileError, MissingExtra

PARTIES = [
    ("health_authority", 0, 0), ("health_authority", 1, 1),
    ("hospital", 0, 0), ("hospital", 1, 0), ("hospital", 2, 1),
    ("committee", 0, 0), ("insurer", 0, 0),
]  # fmt: skip
CUSTOM, BETTER, WORSE = (0.5, 4, 0.25), (0.75, 2, 0.125), (0.25, 8, 0.5)
TIES = [
    (0, "supervises", 2, CUSTOM, BETTER, WORSE),
    (2, "refers", 5, CUSTOM, BETTER, WORSE),
    (3, "refers", 5, (1.0, 0, 0), (1.0, 0, 0), WORSE),
    (4, "refers", 5, (0.75, 2, 0.125), (0.5, 4, 0.25), WORSE),
    (6, "insures", 2, CUSTOM, CUSTOM, CUSTOM),
    (6, "insures", 4, CUSTOM, CUSTOM, CUSTOM),
]


def write(path, parties=PARTIES, ties=TIES):
    metrics = {"admissions": np.ones((2, 1, 12, 2))}
    return load.open(
        synthetic.write(path, metrics, policies=["backing", "purchased"], population=[10, 20], graph=(parties, ties))
    )


@pytest.fixture
def by_hand(tmp_path):
    return write(tmp_path / "a.h5")


def test_ties_are_gathered_by_kind_and_hand_offs_come_first(by_hand):
    found = network.ties(by_hand)
    assert [(tie.origin, tie.kind, tie.target, tie.number) for tie in found] == [
        ("hospital", "refers", "committee", 3),
        ("insurer", "insures", "hospital", 2),
        ("health_authority", "supervises", "hospital", 1),
    ]
    assert [tie.is_handoff for tie in found] == [True, False, False]
    assert found[0].words == "hospital refers to committee"
    states = found[0].states
    assert list(states) == ["customary", "backing", "purchased"]
    assert states["customary"] == network.State(0.75, 2, 0.125)  # (0.5 + 1 + 0.75)/3, (4 + 0 + 2)/3, 0.375/3
    assert states["backing"] == network.State(0.75, 2, 0.125)  # (0.75 + 1 + 0.5)/3, (2 + 0 + 4)/3, 0.375/3
    assert states["purchased"] == network.State(0.25, 8, 0.5)


def test_a_district_has_its_own_parties_and_those_that_serve_all(by_hand):
    west = network.Graph(by_hand, "district_2")
    # Its authority and hospital, and the only committee and insurer there are.
    assert {kind: west.count(kind) for kind in west.present} == {
        "hospital": 1, "committee": 1, "health_authority": 1, "insurer": 1,
    }  # fmt: skip
    found = west.ties(["backing"])
    assert [(tie.kind, tie.number) for tie in found] == [("refers", 1), ("insures", 1)]
    assert found[0].states["backing"] == network.State(0.5, 4, 0.25)
    # Two hospitals of the east refer to the committee, and one of them is insured.
    assert west.leaving == 3
    assert network.Graph(by_hand).leaving == 0


def test_the_table(by_hand):
    text = network.table(by_hand)
    row = next(line for line in text.splitlines() if line.startswith("hospital refers"))
    assert (
        row.split()
        == "hospital refers to committee 3 0.750 2.00 d 12.5 % 0.750 2.00 d 12.5 % 0.250 8.00 d 50.0 %".split()
    )
    assert "3 hospital, 1 committee, 2 health authority, 1 insurer" in text
    assert "3 ties of these parties lead to other districts" in network.table(by_hand, place="district_2")


def test_json(by_hand, monkeypatch):
    monkeypatch.setattr(type(by_hand), "digest", "0")
    numbers = network.as_json(by_hand, ["purchased"], "district_2")
    assert numbers["district"] == "district_2" and numbers["policies"] == ["purchased"]
    assert numbers["ties"][0]["states"]["purchased"] == {
        "probability": 0.25, "delay_days": 8, "information_loss": 0.5,
    }  # fmt: skip


def test_names_that_are_not_there(by_hand, small_file):
    with pytest.raises(FileError, match="did you mean 'district_2'"):
        network.ties(by_hand, place="distrct_2")
    with pytest.raises(FileError, match="no policy 'nobody'"):
        network.ties(by_hand, ["nobody"])
    with pytest.raises(FileError, match="no graph; run again"):
        network.ties(load.open(small_file))


def test_the_number_of_an_arc_is_clear_of_boxes_and_of_other_numbers():
    curve = draw_network._curve((0, 0), (4, 0), 0)
    # From a box that ends at x = 1 to one that begins at x = 3.
    boxes = [(0, 0, 2, 1), (4, 0, 2, 1)]
    x, y = draw_network._free_spot(curve, boxes, [])
    assert (x, y) == (pytest.approx(2, abs=0.03), 0)
    # Another number there pushes it aside, by the width of one.
    aside, _ = draw_network._free_spot(curve, boxes, [(2, 0)])
    assert abs(aside - 2) == pytest.approx(2 * draw_network.SPOT, abs=0.03)
    # A box twice as large pushes it away: from x = 2 to x = 3.
    assert draw_network._free_spot(curve, [(0, 0, 4, 1), (4, 0, 2, 1)], [])[0] == pytest.approx(2.5, abs=0.03)
    # A bend of 0.5 puts the arc's top at half the control point's height of 2.
    bent = draw_network._curve((0, 0), (4, 0), 0.5)
    assert abs(draw_network._free_spot(bent, [], [])[1]) == pytest.approx(1, abs=0.03)


# ---- the picture ------------------------------------------------------------------------------------------------------


def shown(path) -> np.ndarray:
    return (255 * matplotlib.image.imread(path)[:, :, :3]).round().astype(int)


def has(pixels: np.ndarray, colour: str) -> bool:
    return bool((pixels == [int(colour[i : i + 2], 16) for i in (1, 3, 5)]).all(axis=2).any())


def test_the_picture(by_hand, tmp_path):
    path = by_hand.network_picture(tmp_path / "a.png")
    pixels = shown(path)
    assert pixels.shape[:2] == (int(100 * draw_network.HEIGHT), 1400)
    for colour in (
        plots.BLUE,
        plots.ORANGE,
        plots.VERMILLION,
        draw_network.FILLS["hospital"],
        draw_network.FILLS["committee"],
    ):
        assert has(pixels, colour), colour
    assert not has(pixels, draw_network.FILLS["court"])  # there is none
    assert path.read_bytes() == by_hand.network_picture(tmp_path / "b.png").read_bytes()


def test_many_parties_are_drawn_as_one_box(tmp_path):
    many = draw_network.MOST_DRAWN + 1
    parties = [("hospital", index, index % 2) for index in range(many)] + [("committee", 0, 0)]
    ties = [(index, "refers", many, CUSTOM, BETTER, WORSE) for index in range(many)]
    results = write(tmp_path / "a.h5", parties, ties)
    assert not draw_network._is_detailed(network.Graph(results))
    assert draw_network._is_detailed(network.Graph(results, "district_1"))
    whole = shown(results.network_picture(tmp_path / "a.png"))
    district = shown(results.network_picture(tmp_path / "b.png", place="district_1"))
    fill = [int(draw_network.FILLS["hospital"][i : i + 2], 16) for i in (1, 3, 5)]
    # The box with dots in it is the larger one.
    assert (district == fill).all(axis=2).sum() > 1.2 * (whole == fill).all(axis=2).sum()


def test_a_graph_with_many_kinds_of_ties_has_a_taller_picture(tmp_path):
    kinds = [kind for kind in synthetic.PARTY_KINDS if kind != "hospital"]
    parties = [("hospital", 0, 0)] + [(kind, 0, 0) for kind in kinds]
    ties = [(0, "refers", 1 + position, CUSTOM, BETTER, WORSE) for position in range(len(kinds))]
    results = write(tmp_path / "a.h5", parties, ties)
    assert shown(results.network_picture(tmp_path / "a.png")).shape[0] > 100 * draw_network.HEIGHT


def test_without_matplotlib_it_says_what_to_install(by_hand, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"parley\[analysis\]"):
        by_hand.network_picture(tmp_path / "a.png")
    assert "committee" in network.table(by_hand)
