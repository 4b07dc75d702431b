"""Designs: points in their ranges, evenly spread, the same for the same seed, and faults that say what is allowed."""

import json

import numpy as np
import pandas
import pytest

from parley import design

BOX = {"authority": (0.0, 1.0), "encounter.adverse_event_rate": (0.04, 0.10), "place.committees": (2, 9)}


@pytest.fixture(scope="module")
def box():
    return design.space(BOX)


def test_a_space_takes_its_bounds_from_the_table():
    over = design.space(["encounter.adverse_event_rate", "status_quo.authority"])
    assert (over["encounter.adverse_event_rate"].low, over["encounter.adverse_event_rate"].high) == (0.03, 0.12)
    assert list(over) == ["encounter.adverse_event_rate", "status_quo.authority"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["encounter.adverse_event_rat"], "did you mean 'encounter.adverse_event_rate'"),
        ({"authority": (0, 2)}, "not within the range 0 to 1"),
        ({"authority": (0.8, 0.2)}, "not within the range"),
        (["authority", "authority"], "listed twice"),
    ],
)
def test_faults_of_a_space(keys, words):
    with pytest.raises(ValueError, match=words):
        design.space(keys)


def test_what_the_evidence_leaves_open():
    over = design.uncertain("chongqing")
    assert len(over) > 50
    assert all(axis.confidence == "C" and axis.type == "float" and axis.low < axis.high for axis in over.values())
    assert len(design.uncertain("chongqing", "BC")) > len(over)


def test_a_grid_is_every_combination_the_last_key_fastest():
    made = design.grid({"authority": [0, 0.5], "place.committees": [3, 4, 5]})
    assert made.points.tolist() == [[0, 3], [0, 4], [0, 5], [0.5, 3], [0.5, 4], [0.5, 5]]
    with pytest.raises(ValueError, match="a list of values"):
        design.grid({"authority": []})
    with pytest.raises(ValueError, match="whole number"):
        design.grid({"place.committees": [3.5]})


def test_a_latin_hypercube_has_one_point_in_every_slice(box):
    made = design.latin_hypercube(box, 50, seed=4)
    for k, axis in enumerate(box.values()):
        if not axis.whole:
            slices = np.floor(50 * (made.points[:, k] - axis.low) / (axis.high - axis.low))
            assert sorted(slices) == list(range(50))


def test_a_column_stays_as_it_is_where_other_keys_come_or_go(box):
    keys = list(box)
    alone = design.latin_hypercube(design.space({keys[1]: (box[keys[1]].low, box[keys[1]].high)}), 50, seed=4)
    assert np.array_equal(alone.points[:, 0], design.latin_hypercube(box, 50, seed=4).points[:, 1])
    unit = design.latin_hypercube(design.space(["authority", "feedback_rate"]), 400, seed=4).points
    assert abs(np.corrcoef(unit.T)[0, 1]) < 0.15  # and columns do not follow one another


def test_a_triangular_design_surrounds_its_middle(box):
    middle = {"authority": 0.4, "encounter.adverse_event_rate": 0.1, "place.committees": 4}
    made = design.triangular(box, middle, 4000, seed=2)
    column = made.points[:, 0]
    assert np.median(column) == pytest.approx(0.4, abs=0.002)
    # A half triangle from 0 to 0.4 has its mean at two thirds of the way, one from 0.4 to 1 at one third.
    assert column[column < 0.4].mean() == pytest.approx(0.8 / 3, abs=0.003)
    assert column[column > 0.4].mean() == pytest.approx(0.6, abs=0.003)
    assert column.min() >= 0 and column.max() <= 1
    assert made.points[:, 1].mean() == pytest.approx((0.04 + 0.1 + 0.1) / 3, abs=0.001)  # the middle is an end
    assert np.median(made.points[:, 2]) == 4
    with pytest.raises(ValueError, match="authority has no middle"):
        design.triangular(box, {}, 10)


def test_what_reaches_far_up_is_drawn_by_factors():
    over = design.space(["campaign.cost_per_resident", "damages.damages_by_severity.minor"])
    middle = {"campaign.cost_per_resident": 0.3, "damages.damages_by_severity.minor": 6000.0}
    made = design.triangular(over, middle, 4000).points
    np.testing.assert_allclose(np.median(made, axis=0), [0.3, 6000], rtol=0.01)
    # From zero: as many times below the middle as above it. Half of each side within 1 − 1/√2 of the way on the log scale.
    assert made[:, 0].min() >= 0.3**2 / 10 and made[:, 0].max() <= 10
    np.testing.assert_allclose(np.quantile(made[:, 0], 0.75), 0.3 * (10 / 0.3) ** (1 - np.sqrt(0.5)), rtol=0.03)


@pytest.fixture(scope="module")
def of_the_place():
    from parley.describe import parameters

    middle = {p.address: p.value for p in parameters("chenggong") if p.kind == "parameter" and p.type == "float"}
    return design.uncertain("chenggong"), middle


def test_the_median_of_every_drawn_parameter_is_the_place(of_the_place):
    over, middle = of_the_place
    made = design.triangular(over, middle, 1000)
    for k, (key, axis) in enumerate(over.items()):
        column = made.points[:, k]
        assert axis.low <= column.min() and column.max() <= axis.high
        if axis.low < middle[key] < axis.high:
            assert (column < middle[key]).sum() == 500, key  # one draw in every slice: exactly half on each side


def test_damages_keep_their_order_in_every_draw(of_the_place):
    over, middle = of_the_place
    made = design.triangular(over, middle, 1000)
    for vector in ("damages.damages_by_severity", "naming.naming_by_severity", "claim.anger_by_severity"):
        places = [k for k, key in enumerate(over) if key.startswith(vector + ".")]
        assert len(places) == 4 and (np.diff(made.points[:, places], axis=1) > 0).all()
    habits = [k for k, key in enumerate(over) if key.startswith("channel.habit.")]  # in no order, and not positive
    assert abs(np.corrcoef(made.points[:, habits].T)[0, 1]) < 0.15


def test_a_draw_stays_as_it_is_where_other_parameters_come_or_go(of_the_place):
    over, middle = of_the_place
    made = design.triangular(over, middle, 200)
    kept = ["disturbance.sanction", "damages.damages_by_severity.permanent", "channel.habit.court"]
    alone = design.triangular(design.space(kept), middle, 200)
    for k, key in enumerate(kept):
        np.testing.assert_array_equal(alone.points[:, k], made.points[:, list(over).index(key)])


def test_whole_numbers_have_equal_shares(box):
    column = design.sobol(box, 1024).points[:, 2]
    values, counts = np.unique(column, return_counts=True)
    assert values.tolist() == list(range(2, 10)) and set(counts) == {128}


def test_the_seed_decides(box):
    for make in (lambda s: design.latin_hypercube(box, 16, s), lambda s: design.sobol(box, 16, s),
                 lambda s: design.saltelli(box, 16, seed=s), lambda s: design.morris(box, 5, seed=s)):  # fmt: skip
        assert np.array_equal(make(3).points, make(3).points)
        assert not np.array_equal(make(3).points, make(4).points)


def test_numbers_of_points(box):
    assert len(design.saltelli(box, 16)) == 16 * (3 + 2)
    assert len(design.saltelli(box, 16, second_order=True)) == 16 * (2 * 3 + 2)
    assert len(design.morris(box, 7)) == 7 * (3 + 1)
    for wrong in (lambda: design.sobol(box, 100), lambda: design.saltelli(box, 100)):
        with pytest.raises(ValueError, match="64 and 128"):
            wrong()
    with pytest.raises(ValueError, match="even number"):
        design.morris(box, 5, levels=3)
    with pytest.raises(ValueError, match="from 1 on"):
        design.latin_hypercube(box, 0)


def test_a_tornado_moves_one_key_at_a_time(box):
    middle = {"authority": 0.5, "encounter.adverse_event_rate": 0.06, "place.committees": 4}
    made = design.tornado(box, middle)
    assert made.points[0].tolist() == [0.5, 0.06, 4]
    assert ((made.points[1:] != made.points[0]).sum(axis=1) == 1).all()


def test_points_of_ones_own():
    frame = pandas.DataFrame({"authority": [0.1, 0.9], "place.committees": [3, 7]})
    for table in (frame, {key: frame[key].tolist() for key in frame}):
        made = design.points(table)
        assert made.points.tolist() == [[0.1, 3], [0.9, 7]]
    assert design.points(frame.to_numpy(), list(frame)).keys == ("authority", "place.committees")
    assert design.design_of(frame).kind == "points" and design.design_of({"authority": [0, 1]}).kind == "grid"
    with pytest.raises(ValueError, match="different lengths"):
        design.points({"authority": [0.1], "place.committees": [3, 7]})
    with pytest.raises(ValueError, match="needs its keys"):
        design.points(np.zeros((2, 2)))


def test_choices_and_switches_are_named():
    from parley.describe import parameters

    choice = next(p for p in parameters() if p.type == "choice")
    made = design.grid({choice.address: list(choice.choices)})
    assert made.points[:, 0].tolist() == [choice.low + k for k in range(len(choice.choices))]
    assert made.to_pandas()[choice.address].tolist() == list(choice.choices)
    with pytest.raises(ValueError, match=choice.choices[0]):
        design.grid({choice.address: ["no such thing"]})


@pytest.mark.parametrize("kind", ["saltelli", "morris", "sobol"])
def test_a_design_reads_back_from_its_text(box, kind):
    made = {"saltelli": lambda: design.saltelli(box, 8), "morris": lambda: design.morris(box, 4),
            "sobol": lambda: design.sobol(box, 8)}[kind]()  # fmt: skip
    back = design.Design.from_json(made.as_json(), made.keys, made.points)
    assert back.as_json() == made.as_json() and back.kind == made.kind
    np.testing.assert_allclose(back.space.scaled(back.unit), made.points)
    for broken in ("", "[]", '{"kind": 1}', made.as_json().replace("authority", "autority")):
        with pytest.raises(ValueError):
            design.Design.from_json(broken, made.keys, made.points)
    json.loads(made.as_json())


def test_it_says_what_it_is(box):
    made = design.latin_hypercube(box, 12)
    assert "latin_hypercube: 12 points" in repr(made) and "4 more points" in made._repr_html_()
    assert not made.points.flags.writeable
    with pytest.raises(ValueError, match="shape"):
        design.Design(box, np.zeros((3, 2)))
