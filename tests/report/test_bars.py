import numpy as np
import pytest

from smaclab.report import style
from smaclab.report.bars import Bars, draw_bars
from tests.report.blots import WIDTHS, meeting, outside

LABELS = [f"SM-164 100 nM + TNF 192 pM + RIPK1 knock-down to 10 %, {h} h" for h in (0, 2, 8, 24)]
VALUES = np.array([[1.0, 20.0, 300.0, np.nan], [1.2, 22.0, 280.0, np.nan], [0.9, 25.0, 330.0, np.nan]])


def figure(width=800, **parts):
    given = {"title": "TNF in the medium", "labels": LABELS, "values": VALUES, "unit": "pg/ml"} | parts
    return draw_bars(Bars(**given), width_px=width)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_meets_another(width):
    drawn = figure(width, limits=[(10.0, "lowest that can be told"), (1000.0, "highest standard")])
    assert meeting(drawn) == []
    assert outside(drawn) == []


def test_bars_are_means_and_points_are_wells():
    axes = figure().axes[0]
    lengths = [bar.get_width() for bar in axes.patches]
    np.testing.assert_allclose(lengths, [np.mean([1.0, 1.2, 0.9]), 67 / 3, 910 / 3, 0.0])
    wells = [line.get_xdata() for line in axes.lines if line.get_marker() == "o"]
    np.testing.assert_allclose(wells, VALUES[:, :3].T)


def test_what_is_unknown_says_so():
    assert [text.get_text() for text in figure().axes[0].texts] == ["unknown"]


def test_equal_bytes_and_simulated():
    assert style.to_svg(figure()) == style.to_svg(figure())
    assert "SIMULATED" in style.to_svg(figure())
