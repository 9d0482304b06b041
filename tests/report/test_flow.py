import numpy as np
import pytest

from smaclab.report import style
from smaclab.report.flow import GATE, draw_quadrants
from tests.report.blots import WIDTHS, meeting, outside

TITLES = ["vehicle", "SM-164 100 nM", "TNF 192 pM", "SM-164 100 nM + TNF 192 pM", "all failed"]
SHARES = np.array(
    [[0.96, 0.02, 0.02, 0], [0.5, 0.3, 0.2, 0], [0.9, 0.05, 0.05, 0], [0, 0.4, 0.6, 0], [np.nan] * 4]
)


def dots():
    own = np.random.default_rng(1)
    found = [
        np.column_stack([own.choice(4, 300, p=share), own.standard_normal((300, 2))]) for share in SHARES[:4]
    ]
    return [*found, np.zeros((0, 3))]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_meets_another(width):
    drawn = draw_quadrants(TITLES, SHARES, dots(), width_px=width)
    assert meeting(drawn) == []
    assert outside(drawn) == []


def test_percents_stand_in_their_corners():
    axes = draw_quadrants(TITLES, SHARES, dots()).axes[1]
    placed = {text.get_text(): text.get_position() for text in axes.texts}
    assert placed["50.0 %"][0] < 0.5 > placed["50.0 %"][1]
    assert placed["30.0 %"][0] > 0.5 > placed["30.0 %"][1]
    assert placed["20.0 %"][0] > 0.5 < placed["20.0 %"][1]


def test_dots_lie_in_their_quadrants():
    """Clouds of a usual width: nearly all dots of a quadrant are on its side of both gates."""
    all_late = np.column_stack([np.full(500, 2), np.random.default_rng(1).standard_normal((500, 2))])
    axes = draw_quadrants(["x"], np.array([[0, 0, 1.0, 0]]), [all_late]).axes[0]
    x, y = axes.lines[0].get_xdata(), axes.lines[0].get_ydata()
    assert np.mean((x > GATE) & (y > GATE)) > 0.99


def test_what_is_unknown_says_so():
    axes = draw_quadrants(TITLES, SHARES, dots()).axes[4]
    assert [text.get_text() for text in axes.texts] == ["?"] * 4


def test_equal_bytes():
    one, two = (draw_quadrants(TITLES, SHARES, dots()) for _ in range(2))
    assert style.to_svg(one) == style.to_svg(two)
