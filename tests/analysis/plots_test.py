"""The picture: it is drawn from the file alone, into a PNG that shows something."""

import matplotlib.image
import numpy as np
import pytest
import synthetic

from parley.analysis import load, plots
from parley.errors import FileError


def test_a_comparison(study_file, tmp_path):
    path = load.open(study_file).picture(tmp_path / "a.png")
    pixels = matplotlib.image.imread(path)
    assert pixels.shape[:2] == (int(plots.SIZE[1] * plots.DOTS_PER_INCH), int(plots.SIZE[0] * plots.DOTS_PER_INCH))
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


def test_letters_that_cannot_be_drawn_are_left_out():
    assert plots.drawable("Chongqing 重庆 × 5 − 3") == "Chongqing × 5 − 3"


def test_where_it_cannot_be_written(small_file, tmp_path):
    results = load.open(small_file)
    with pytest.raises(FileError, match="cannot be written"):
        results.picture(tmp_path / "none" / "a.png")
    with pytest.raises(FileError, match=r"ends in \.png"):
        results.picture(tmp_path / "a.xyz")
