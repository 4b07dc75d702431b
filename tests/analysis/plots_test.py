"""The picture: it is drawn from the file alone, into a PNG that shows something."""

import matplotlib.image
import matplotlib.text
import numpy as np
import pytest
import synthetic

from parley.analysis import load, plots
from parley.errors import FileError


def test_a_comparison(study_file, tmp_path):
    path = load.open(study_file).picture(tmp_path / "a.png")
    pixels = matplotlib.image.imread(path)
    assert pixels.shape[1] == plots.WIDTH * plots.DOTS_PER_INCH and 1000 < pixels.shape[0] < 1600
    inks = {tuple((255 * pixel[:3]).round().astype(int)) for pixel in pixels.reshape(-1, pixels.shape[2])[::7]}
    for colour in (plots.BLUE, plots.VERMILLION, plots.ORANGE, plots.SKY):
        assert tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) in inks, colour


def test_the_same_file_gives_the_same_picture(small_file, tmp_path):
    one, two = (load.open(small_file).picture(tmp_path / name).read_bytes() for name in ("a.png", "b.png"))
    assert one == two


def test_one_policy_and_one_replicate(tmp_path):
    metrics = {"disputes": np.ones((1, 1, 12, 1)), "admissions": np.ones((1, 1, 12, 1))}
    file = synthetic.write(tmp_path / "a.h5", metrics, policies=["backing"], population=[10], title="Chongqing 重庆")
    assert load.open(file).picture(tmp_path / "a.png").stat().st_size > 20_000


def test_eight_modes_have_a_block_and_a_colour_each(tmp_path, monkeypatch):
    names = ["backing", *(f"mode_{k}" for k in range(7))]
    contrasts = [("bundle", "", name, "backing", "", np.nan) for name in names[1:]]
    draw = np.random.default_rng(1)
    metrics = {name: draw.integers(50, 99, (8, 3, 12, 1)) for name in ("disputes", "admissions", "closed", "paid")}
    file = synthetic.write(tmp_path / "a.h5", metrics, policies=names, population=[10], contrasts=contrasts)
    kept = []
    monkeypatch.setattr(plots, "save", lambda figure, path: kept.append(figure) or path)
    results = load.open(file)
    results.picture(tmp_path / "a.png")
    titles = [text.get_text() for axes in kept[0].axes for text in axes.texts]
    assert [t for t in titles if t.startswith("What changes")] == [
        f"What changes with mode {k} instead of backing" for k in range(7)
    ]
    assert len({plots._colour(results.compare(), name) for name in names}) == 8


def test_no_two_texts_of_a_picture_lie_on_each_other(study_file, tmp_path, monkeypatch):
    kept = []
    monkeypatch.setattr(plots, "save", lambda figure, path: kept.append(figure) or path)
    load.open(study_file).picture(tmp_path / "a.png")
    figure = kept[0]
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [t for t in figure.findobj(matplotlib.text.Text) if t.get_text().strip() and t.get_visible()]
    boxes = [(t.get_text(), t.get_window_extent(renderer).padded(-1)) for t in texts]
    beyond = [text for text, box in boxes if box.x0 < 0 or box.x1 > figure.bbox.width]
    assert not beyond
    clashes = [(a, b) for k, (a, one) in enumerate(boxes) for b, other in boxes[k + 1 :] if one.overlaps(other)]
    assert not clashes


def test_letters_that_cannot_be_drawn_are_left_out():
    assert plots.drawable("Chongqing 重庆 × 5 − 3") == "Chongqing × 5 − 3"


def test_where_it_cannot_be_written(small_file, tmp_path):
    results = load.open(small_file)
    with pytest.raises(FileError, match="cannot be written"):
        results.picture(tmp_path / "none" / "a.png")
    with pytest.raises(FileError, match=r"ends in \.png"):
        results.picture(tmp_path / "a.xyz")
