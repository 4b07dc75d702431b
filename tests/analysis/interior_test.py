"""The interior optimum: found where it is known, absent where it is known to be at an end, and against shuffled labels."""

import argparse
import itertools

import numpy as np
import pytest

import parley
from parley import interior_verb, scenario
from parley.analysis import design, interior
from parley.analysis.interior import EVERY, LINE, POLES, SOME, interior_optimum
from parley.analysis.interior_draws import shares_over_draws
from parley.cli import Parser

LEVELS = np.linspace(0, 1, 5)
GRID = np.array(list(itertools.product(LEVELS, LEVELS, LEVELS)))
CENTRE = np.full(3, 0.5)
REPLICATES = 12


def noisy(effect: np.ndarray, own: float = 0.01, seed: int = 2) -> np.ndarray:
    """Luck that all points share, and a little of their own."""
    draw = np.random.default_rng(seed)
    return effect[:, None] + draw.normal(0, 1, REPLICATES) + draw.normal(0, own, (len(effect), REPLICATES))


def far(point: np.ndarray) -> np.ndarray:
    """Square of the distance from a point: a loss that is least there."""
    return ((GRID - point) ** 2).sum(axis=1)


def test_an_optimum_inside_is_found():
    found = interior_optimum(
        {"harm": noisy(far(CENTRE)), "public_money": noisy(far(CENTRE), seed=3)}, GRID, weights=500
    )
    for where in (EVERY, *interior.AXES, SOME, POLES, LINE):
        share = found.shares[where]
        assert share.share == share.low == share.high == 1
    assert found.shares[EVERY].inside == 27 and found.shares[EVERY].points == 125
    assert found.shares[POLES].inside == 123 and found.shares[LINE].points == 5
    assert (GRID[found.leaders[0]] == CENTRE).all() and found.acceptability.sum() == pytest.approx(1)


def test_an_optimum_at_an_end_is_found():
    """What is best at one corner whatever one wants is inside in no sense but that of the two poles."""
    at = np.array([1.0, 1.0, 0.0])
    found = interior_optimum({"harm": noisy(far(at)), "trust": noisy(-far(at), seed=3)}, GRID, weights=500)
    assert found.shares[EVERY].share == found.shares[SOME].share == 0 and found.shares[EVERY].high == 0
    assert found.shares[POLES].share == 1
    assert found.shares[EVERY].difference == pytest.approx((-27 / 125,) * 3)
    pole = interior_optimum({"harm": noisy(far(np.ones(3)))}, GRID, weights=50)
    assert pole.shares[POLES].share == 0 and pole.shares[LINE].share == 0


def test_weights_decide_between_two_points():
    """One concern wants the centre alone, the other one pole alone: each wins under half of the simplex."""
    centre, pole = (-(at == GRID).all(axis=1).astype(float) for at in (CENTRE, np.ones(3)))
    found = interior_optimum(
        {"harm": noisy(centre, 1e-6), "disturbances": noisy(pole, 1e-6)}, GRID, weights=20_000, resamples=20
    )
    for where in (EVERY, POLES, LINE):
        assert found.shares[where].share == pytest.approx(0.5, abs=0.015)
    assert sorted(np.flatnonzero(found.acceptability)) == [62, 124]


def test_points_that_tie_share_a_weight():
    """Only authority matters, and is best in the middle: the other axes tie over their five values."""
    found = interior_optimum({"harm": noisy((GRID[:, 0] - 0.5) ** 2, own=0)}, GRID, weights=50)
    assert found.shares["authority"].share == pytest.approx(1)
    assert found.shares["proximity"].share == pytest.approx(3 / 5)
    assert found.shares[EVERY].share == pytest.approx(9 / 25)


def many_components(seed: int = 8) -> dict[str, np.ndarray]:
    """Effects without any order over the grid: geometry is all there is."""
    draw = np.random.default_rng(seed)
    return {name: noisy(draw.normal(0, 1, len(GRID)), seed=seed + k)
            for k, name in enumerate(("harm", "days_in_dispute", "cost_to_hospitals", "paid_too_little", "disturbances", "trust"))}  # fmt: skip


def test_the_control_recovers_the_geometry():
    found = interior_optimum(many_components(), GRID, weights=1000, resamples=50)
    for share in found.shares.values():
        assert share.control == pytest.approx(share.geometry, abs=0.02), share.where
        assert share.control_low <= share.geometry <= share.control_high
        assert share.control_low - 1e-9 <= share.share <= share.control_high + 1e-9
        assert share.p > 0.05


def test_the_control_is_what_components_moved_to_other_points_give():
    values = many_components()
    found = interior_optimum(values, GRID, weights=300, resamples=1)
    draw, again = np.random.default_rng(1), []
    for _ in range(60):
        moved = draw.permutation(len(GRID))
        shuffled = {name: table[moved] for name, table in values.items()}
        again.append(interior_optimum(shuffled, GRID, weights=300, resamples=1, shuffles=1).shares[EVERY].share)
    share = found.shares[EVERY]
    assert np.mean(again) == pytest.approx(share.control, abs=4 * np.std(again) / np.sqrt(60))
    assert np.std(again) == pytest.approx((share.control_high - share.control_low) / 4, rel=0.35)


def test_many_optima_inside_are_more_than_geometry():
    """Each concern wants a point of its own, all of them inside."""
    inside = [np.array(at) for at in itertools.product((0.25, 0.75), repeat=3)]
    names = (
        "harm",
        "days_in_dispute",
        "cost_to_hospitals",
        "paid_too_little",
        "disturbances",
        "negligence",
        "public_money",
    )
    values = {name: noisy(far(at), seed=k) for k, (name, at) in enumerate(zip(names, inside, strict=False))}
    found = interior_optimum(values, GRID, weights=1000, resamples=50)
    assert found.shares[EVERY].share == 1 and found.shares[EVERY].p < 0.01
    assert "more often than shuffled labels give" in found.sentence()


def test_chance_moves_the_interval():
    """Two points nearly alike, one inside and one at an end: which is better is open with few replicates."""
    draw = np.random.default_rng(4)
    effect = np.full(len(GRID), 5.0)
    effect[62], effect[124] = 0.0, 0.02
    found = interior_optimum({"harm": effect[:, None] + draw.normal(0, 0.1, (125, REPLICATES))}, GRID, weights=50)
    assert found.shares[EVERY].low == 0 and found.shares[EVERY].high == 1
    single = interior_optimum({"harm": effect[:, None]}, GRID, weights=50)
    assert np.isnan(single.shares[EVERY].low) and "–" in str(single)


def test_what_is_made_by_chance_has_no_weight():
    draw = np.random.default_rng(9)
    values = {
        "harm": noisy(far(np.zeros(3))),
        "trust": draw.normal(0, 1, (125, REPLICATES)),
        "cost_to_funds": np.zeros((125, REPLICATES)),
    }
    found = interior_optimum(values, GRID, weights=200)
    assert found.swings["trust"].left_out == "mostly chance" and found.swings["trust"].reliability < 0.5
    assert found.swings["cost_to_funds"].left_out == "the same everywhere"
    assert found.swings["harm"].left_out == "" and found.swings["harm"].reliability > 0.99
    assert found.shares[EVERY].share == 0 and "1 of 3 components" in found.sentence()
    with pytest.raises(ValueError, match="by chance"):
        interior_optimum({"trust": values["trust"]}, GRID)


def test_reliability_is_the_intraclass_correlation_of_means():
    """With as much variance of the points as of chance in their means it is a half."""
    draw = np.random.default_rng(11)
    table = draw.normal(0, 1, 4000)[:, None] + draw.normal(0, 3, (4000, 9)) + draw.normal(0, 50, 9)
    assert interior.swings({"harm": table})["harm"].reliability == pytest.approx(0.5, abs=0.03)


def test_a_baseline_moves_no_optimum_and_effects_are_told_against_it():
    values = {"harm": noisy(far(CENTRE)), "trust": noisy(GRID[:, 0], seed=3)}
    base = {name: table[124] + 2 for name, table in values.items()}
    plain, told = (
        interior_optimum(values, GRID, weights=200),
        interior_optimum(values, GRID, weights=200, baseline=base),
    )
    assert plain.shares == told.shares and plain.effects == {} and "leading point" in str(told)
    clear = {"harm": values["harm"]}
    told = interior_optimum(clear, GRID, weights=50, baseline={"harm": base["harm"]})
    leader = told.leaders[0]
    mean, low, high = told.effects["harm"]
    assert mean == pytest.approx((values["harm"][leader] - base["harm"]).mean()) and low <= mean <= high
    with pytest.raises(ValueError, match="components of the grid"):
        interior_optimum(values, GRID, baseline={"harm": base["harm"]})


def test_the_leading_point_is_not_praised_for_its_luck():
    """Nothing has an effect: the best of 125 points has luck, and of its own luck the mean over its replicates is made."""
    draw = np.random.default_rng(12)
    praised, fair, covered = [], [], 0
    for seed in range(40):
        values = draw.normal(0, 1, (len(GRID), 4)) + 0.3 * far(CENTRE)[:, None] * 0
        values = (
            values + np.where(np.arange(len(GRID)) % 2, 5.0, 0.0)[:, None]
        )  # half of the points are worse, so that harm has a weight
        base = np.zeros(4)
        found = interior_optimum(
            {"harm": values}, GRID, weights=20, resamples=2, shuffles=2, baseline={"harm": base}, seed=seed
        )
        praised.append(values[found.leaders[0]].mean())
        mean, low, high = found.effects["harm"]
        fair.append(mean)
        covered += low <= 0 <= high
    assert np.mean(praised) < -0.8 and abs(np.mean(fair)) < 0.3
    assert covered >= 34


def test_few_replicates_have_wider_intervals_and_a_warning():
    low, high = interior._expanded(4)
    assert low < 0.001 and high == 1 - low and interior._expanded(10_000)[0] == pytest.approx(0.025, abs=1e-4)
    found = interior_optimum({"harm": noisy(far(CENTRE))}, GRID, weights=50, resamples=20, shuffles=20)
    assert "12 replicates of each point: fewer than 20" in found.sentence()
    many = interior_optimum({"harm": np.tile(noisy(far(CENTRE)), 2)}, GRID, weights=50, resamples=20, shuffles=20)
    assert "24 replicates of each point." in many.sentence() and "fewer" not in many.sentence()


def test_the_same_seed_gives_the_same_answer():
    values = many_components()
    one, two, other = (interior_optimum(values, GRID, weights=200, resamples=50, seed=seed) for seed in (5, 5, 6))
    assert str(one) == str(two) and one.shares == two.shares and (one.acceptability == two.acceptability).all()
    assert one.shares != other.shares


def test_a_concern_weighs_the_same_in_however_many_parts():
    """Four parts of the cost want a pole, harm the centre: half of the weights against a fifth, or so."""
    costs = ("cost_to_hospitals", "cost_to_insurers", "cost_to_funds", "cost_of_handling")
    values = {
        name: noisy(-(np.ones(3) == GRID).all(axis=1).astype(float), 1e-6, seed=k) for k, name in enumerate(costs)
    }
    values["harm"] = noisy(-(CENTRE == GRID).all(axis=1).astype(float), 1e-6)
    nested, flat = (
        interior_optimum(values, GRID, weights=5000, resamples=5, nested=nested).shares[EVERY].share
        for nested in (True, False)
    )
    assert nested == pytest.approx(0.5, abs=0.03) and flat == pytest.approx(0.5**4, abs=0.02)


def test_what_is_wrong_is_said():
    values = {"harm": noisy(far(CENTRE))}
    with pytest.raises(ValueError, match="proximity has fewer than three values"):
        interior_optimum(values, GRID * [1, 1, 0])
    with pytest.raises(ValueError, match=r"shape \(125, 3\)"):
        interior_optimum(values, GRID[:50])
    with pytest.raises(ValueError, match="one shape"):
        interior_optimum({**values, "trust": np.zeros((3, 2))}, GRID)
    with pytest.raises(ValueError, match="harm is not a finite number in 1 runs"):
        interior_optimum(
            {"harm": np.where(np.arange(125 * REPLICATES).reshape(125, -1) == 7, np.nan, values["harm"])}, GRID
        )
    with pytest.raises(KeyError, match="harm"):
        interior_optimum({"harms": values["harm"]}, GRID)


def test_it_shows_itself():
    found = interior_optimum({"harm": noisy(far(CENTRE))}, GRID, weights=100)
    assert "on every axis" in str(found) and "<pre>" in found._repr_html_() and "100 %" in found.sentence()
    assert repr(found) == "<parley.InteriorOptimum: inside under 100% of 100 weights, 125 points>"


# ---- a place ----------------------------------------------------------------------------------------------------------


def test_the_grid_of_levers():
    made = interior.lever_grid(
        scenario.single(
            "toy", set={"status_quo.insurer_funding_share": 0.15, "status_quo.hospital_funding_share": 0.05}
        ),
        3,
    )
    assert made.keys == (*interior.AXES, *interior.OTHER_FUNDERS) and len(made) == 27
    assert made.points[:, [1, 3, 4]].sum(axis=1) == pytest.approx(1)
    assert made.points[0] == pytest.approx([0, 0, 0, 0.75, 0.25])
    assert sorted(set(made.points[:, 2])) == [0, 0.5, 1]
    with pytest.raises(ValueError, match="from 3 to 21"):
        interior.lever_grid(scenario.single("toy"), 2)


def test_a_real_one_is_deterministic(tmp_path):
    ask = dict(levels=3, replicates=3, years=1, burn_in=1, weights=200)
    one, two = interior.interior("toy", path=tmp_path / "sweep.h5", **ask), interior.interior("toy", threads=1, **ask)
    assert str(one) == str(two) and len(one.grid) == 27 and len(parley.open(tmp_path / "sweep.h5").design) == 27
    status_quo = parley.run("toy", replicates=3, years=1, burn_in=1).write(tmp_path / "run.h5")
    outlay = status_quo.metric("public_outlay").sum() / 3 / 100 / status_quo.population.sum() * 10_000
    assert one.baseline["public_money"] == pytest.approx(outlay)


COARSE = np.array(list(itertools.product((0.0, 0.5, 1.0), repeat=3)))
DRAWN = design.latin_hypercube(design.space(["encounter.adverse_event_rate", "trust.gain"]), 200)
"""What turns the optimum in tests, and what has nothing to do with it."""


def at_own_values(values: dict[str, np.ndarray], weights: int = 200) -> interior.InteriorOptimum:
    """The optimum of the coarse grid, from components of shape (points,), on two replicates with a little luck."""
    luck = np.random.default_rng(5).normal(0, 1e-6, (27, 2))
    return interior_optimum(
        {name: table[:, None] + luck for name, table in values.items()}, COARSE, weights=weights, resamples=2
    )


def far_in(points: np.ndarray, at: object) -> np.ndarray:
    return ((points - np.asarray(at)) ** 2).sum(axis=1)


def test_over_draws_the_parameter_that_moves_the_optimum_is_found():
    """The best point is the centre where a parameter is above its middle, and a pole elsewhere; luck leaves it there."""
    centre, pole = far_in(COARSE, 0.5), far_in(COARSE, 1.0)
    luck = np.random.default_rng(6).normal(0, 0.01, (27, 200, 2))
    above = DRAWN.unit[:, 0] > 0.4
    values = {"harm": np.where(above, centre[:, None], pole[:, None])[:, :, None] + luck}
    found = shares_over_draws(values, DRAWN, at_own_values({"harm": centre}), 3)
    for where in (EVERY, *interior.AXES, LINE):
        share = found.shares[where]
        assert (
            share.here.share == 1
            and share.share.mean == pytest.approx(above.mean())
            and share.apart == ("more often" if above.mean() > share.here.geometry else "less often")
        )
        assert share.word == "not decided by the evidence" and share.most[0] == pytest.approx(above.mean())
        threshold = share.verdict.thresholds[0]
        assert threshold.key == "encounter.adverse_event_rate" and threshold.turns == "below"
        assert len(share.verdict.thresholds) == 1
    assert [COARSE[k].tolist() for k in found.leaders] == [[0.5] * 3, [1.0] * 3]
    assert (
        "`encounter.adverse_event_rate` below" in str(found)
        and "Over 200 joint draws of 2 uncertain parameters" in found.sentence()
    )


def test_over_draws_what_stands_in_all_is_decided():
    pole = far_in(COARSE, 1.0)
    values = {"harm": np.broadcast_to(pole[:, None, None], (27, 200, 1))}
    found = shares_over_draws(values, DRAWN, at_own_values({"harm": pole}), 1)
    assert found.shares[EVERY].word == "decided: not inside" and found.shares[EVERY].apart == "less often"
    assert found.shares[EVERY].most[0] == 0 and not found.turning()
    centre = far_in(COARSE, 0.5)
    found = shares_over_draws(
        {"harm": np.broadcast_to(centre[:, None, None], (27, 200, 1))}, DRAWN, at_own_values({"harm": centre}), 1
    )
    assert found.shares[EVERY].word == "decided: inside" and found.shares[EVERY].apart == "more often"
    assert found.shares[EVERY].most[0] == 1


def test_over_draws_luck_alone_is_geometry():
    """Points that differ by luck alone: each is best as often as any other, and nothing is told apart."""
    draw = np.random.default_rng(7)
    values = {name: draw.normal(0, 1, (27, 200, 2)) for name in ("harm", "disturbances", "trust")}
    found = shares_over_draws(values, DRAWN, at_own_values({name: draw.normal(0, 1, 27) for name in values}), 1)
    for share in found.shares.values():
        assert share.share.mean == pytest.approx(share.here.geometry, abs=share.share.high - share.share.low)
    assert not found.shares[EVERY].apart and found.acceptability == pytest.approx(np.full(27, 1 / 27), abs=0.02)


def test_a_weight_means_the_same_in_every_draw():
    """Where harm hardly moves in a draw it hardly counts there: it is not blown up to the size that it has at the place's own values."""
    values = {"harm": far_in(COARSE, 0.5), "disturbances": far_in(COARSE, 1.0)}
    here = at_own_values(values, weights=2000)
    assert 0.2 < here.shares[POLES].share < 0.8
    drawn = {
        "harm": values["harm"][:, None, None] * 1e-4 + np.zeros((27, 200, 1)),
        "disturbances": values["disturbances"][:, None, None] + np.zeros((27, 200, 1)),
    }
    found = shares_over_draws(drawn, DRAWN, here, 1)
    assert found.shares[POLES].share.mean < 0.01


MODE = """\
mode: dated
title: Dated
sources: [a test]
levers: {authority: 0.3, publicity: 0.4, feedback_rate: 0.2}
dated_levers:
  - {lever: authority, value: 0.9, when: open_disputes > 0}
  - {lever: feedback_rate, value: 0.9, hospital: 1}
"""


def test_variants_are_points_of_a_sweep(tmp_path):
    """A grid of modes in each draw is the same as a grid of points: dated settings of its levers give way, those of others stay."""
    mode = tmp_path / "dated.yaml"
    mode.write_text(MODE, encoding="utf-8")
    study = scenario.single("toy", str(mode), replicates=2, years=1, burn_in=1)
    grid = interior.lever_grid(study, 3)
    rows = grid.points[[0, 13, 26]]
    as_points = parley.sweep(study, design.points(rows, grid.keys))
    variants = study.with_variants(
        [(f"point_{k}", dict(zip(grid.keys, row.tolist(), strict=True))) for k, row in enumerate(rows)]
    )
    assert [lever for lever, _ in variants.dated_levers("point_1")] == ["feedback_rate"]
    as_is = {"encounter.adverse_event_rate": [study.parameters.encounter.adverse_event_rate]}
    as_modes = parley.sweep(variants, as_is)
    for metric in as_points.metric_names:
        assert (as_points.metric(metric)[0] == as_modes.metric(metric)[:, 0]).all(), metric
    with pytest.raises(parley.ScenarioError, match="did you mean 'authority'"):
        study.with_variants([("a", {"authoritty": 1.0})])


def test_draws_of_a_real_place(tmp_path):
    ask = dict(levels=5, replicates=2, years=1, burn_in=1, weights=100, draws=60, draw_years=1, draw_replicates=2)
    one = interior.interior("toy", path=tmp_path / "sweep.h5", **ask)
    assert one.drawn is not None and one.drawn.draws == 60 and len(one.drawn.here.grid) == 27
    kept = parley.open(tmp_path / "sweep_draws.h5")
    assert kept.shape == (27, 60, 2)
    changed = (tmp_path / "sweep_draws.h5").stat().st_mtime_ns
    again = interior.interior("toy", path=tmp_path / "sweep.h5", threads=1, **ask)
    assert str(again) == str(one) and (tmp_path / "sweep_draws.h5").stat().st_mtime_ns == changed
    assert one.drawn.sentence() in one.sentence() and "best most often over draws" in str(one)
    with pytest.raises(ValueError, match="with 5 levels 3, 5, not 4"):
        interior.interior("toy", levels=5, draws=60, draw_levels=4)


def test_a_lever_of_the_grid_cannot_be_set_beside_it():
    with pytest.raises(ValueError, match=r"set authority=0\.2: the grid itself sets authority, public_funding_share"):
        interior.interior("toy", set={"authority": 0.2}, levels=3, years=1)


def test_the_verb(tmp_path, capsys):
    parser = Parser(prog="parley interior")
    interior_verb.options(parser)

    def ask(*words: str) -> argparse.Namespace:
        given = parser.parse_args([*words, "--replicates", "2", "--years", "1", "--burn-in", "0", "--quiet"])
        given.words = ["interior", *words, "--quiet"]
        return given

    page = tmp_path / "pages" / "toy.md"
    assert interior_verb.interior(ask("toy", "--points", "3", "--weights", "50", "--page", str(page))) == 0
    told, text = capsys.readouterr().out, page.read_text(encoding="utf-8")
    assert "on every axis" in told and "best most often" in told and "page" in told
    assert text.startswith("# Toy") and "`parley interior toy --points 3 --weights 50`" in text
    assert "Public money" in text and "Disturbances" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)
    assert "joint draws" not in text
    drawn = ask(
        "toy", "--points", "3", "--weights", "50", "--draws", "50", "--draw-replicates", "1", "--page", str(page)
    )
    assert interior_verb.interior(drawn) == 0
    told, text = capsys.readouterr().out, page.read_text(encoding="utf-8")
    assert "## Over 50 joint draws" in text and "Over 50 joint draws" in told
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)
    with pytest.raises(SystemExit):
        ask("toy", "--points", "2")
    with pytest.raises(parley.ScenarioError):
        interior_verb.interior(ask("toooy"))
