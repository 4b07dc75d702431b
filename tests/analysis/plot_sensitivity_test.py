"""Pictures of sweeps: they are drawn, the same each time, and say no to what cannot be drawn."""

import numpy as np
import pytest

from parley import design
from parley.analysis import plot_sensitivity, sensitivity

BOX = design.space({"authority": (0, 1), "linkage_strength": (0, 1)})


def texts(figure) -> list[str]:
    from matplotlib.text import Text

    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_indices_are_ranked_from_the_top(tmp_path):
    made = design.saltelli(BOX, 64)
    figure = plot_sensitivity.indices(sensitivity.sobol(made, made.unit @ np.array([1.0, 3.0])))
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["linkage_strength", "authority"]
    first = plot_sensitivity.write(figure, tmp_path / "a.png").read_bytes()
    assert first == plot_sensitivity.write(figure, tmp_path / "b.png").read_bytes()


def test_every_method_has_a_picture(tmp_path):
    made = design.sobol(BOX, 64)
    values = made.unit @ np.array([1.0, 3.0])
    assert "no influence" in texts(plot_sensitivity.indices(sensitivity.pawn(made, values)))
    steps = design.morris(BOX, 6)
    assert any("sigma" in text for text in texts(plot_sensitivity.indices(sensitivity.morris(steps, steps.unit[:, 0]))))
    ends = design.tornado(BOX, {"authority": 0.5, "linkage_strength": 0.5})
    found = sensitivity.tornado(ends, ends.points[:, :1] + np.zeros((5, 3)))
    assert {"low end", "high end"} <= set(texts(plot_sensitivity.indices(found)))
    with pytest.raises(ValueError, match="tornado"):
        plot_sensitivity.tornado(sensitivity.pawn(made, values))


def test_a_heat_map_marks_where_the_sign_changes():
    made = design.grid({"authority": [0, 0.5, 1], "linkage_strength": [0, 1]})
    figure = plot_sensitivity.heat_map(
        made, made.points[:, 0] - made.points[:, 1], "authority", "linkage_strength", "points"
    )
    assert "−1" in texts(figure) and "points" in texts(figure)
    image = figure.axes[0].images[0]
    assert image.get_clim() == (-1, 1)
    values = 73_211 * (made.points[:, 0] - made.points[:, 1])
    figure = plot_sensitivity.heat_map(
        made, values, "authority", "linkage_strength", "yuan", policy="purchased", baseline="backing"
    )
    assert {"−73,200", "yuan: purchased services minus backing"} <= set(texts(figure))
    with pytest.raises(ValueError, match="every pair"):
        scattered = design.sobol(BOX, 8)
        plot_sensitivity.heat_map(scattered, scattered.points[:, 0], "authority", "linkage_strength")
    with pytest.raises(ValueError, match="no key 'proximity'"):
        plot_sensitivity.heat_map(made, made.points[:, 0], "proximity", "authority")


def test_shares_of_variance_are_written_beside_their_bars():
    random = np.random.default_rng(1)
    found = sensitivity.variance_split(random.normal(size=(3, 1, 1)) + 0.1 * random.normal(size=(3, 10, 10)))
    figure = plot_sensitivity.variance(found)
    assert f"{found.shares['policy']:.0%}" in texts(figure)
