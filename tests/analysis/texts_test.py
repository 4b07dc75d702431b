"""Numbers and tables as text."""

import numpy as np
import pytest

from parley.analysis.compare import estimate
from parley.analysis.texts import aligned, markdown, shown, signed, span


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-1.5, "−1.5"), (12345.6, "12,346"), (0.00012345, "0.0001234"), (float("nan"), "–")],
)
def test_numbers(value, text):
    assert shown(value) == text


def test_signs_and_spans():
    assert signed(2.0) == "+2" and signed(-2.0) == "−2" and signed(0.0) == "0"
    assert span(estimate(np.array([1.0, 1.0, 1.0]))) == "+1 (1 to 1)"
    assert span(estimate(np.array([np.nan]))) == "–"


def test_a_terminal_gets_columns_and_a_page_gets_bars():
    cells = [["", "unit", "a"], ["Error |x|", "yuan", "12"]]
    assert aligned(cells, left=2) == ["           unit   a", "Error |x|  yuan  12"]
    assert markdown(cells) == ["|  | unit | a |", "| --- | --- | --- |", "| Error \\|x\\| | yuan | 12 |"]
