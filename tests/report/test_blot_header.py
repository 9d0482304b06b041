import pytest
from matplotlib.figure import Figure

from smaclab.report.blot_header import draw_header
from smaclab.report.blot_sheet import sheet_for
from tests.report.blots import boxes, course, lines_and_doses


def header(made, width=1000.0):
    sheet = sheet_for(*made, width)
    figure = Figure(figsize=(width / 100, 3), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(300, 0)
    draw_header(axes, sheet)
    return sheet, figure, axes


@pytest.mark.parametrize("width", [1000.0, 400.0])
def test_the_header_is_as_tall_as_it_says(width):
    sheet, figure, _ = header(lines_and_doses(), width)
    lowest = min(box.y0 for _, box in boxes(figure))
    assert 300 - lowest <= sheet.header_height() + 0.5


def test_every_lane_has_its_number_under_one_wedge():
    sheet, figure, axes = header(course())
    texts = dict(boxes(figure))
    assert texts["0.25"].x0 + 0.5 * texts["0.25"].width == pytest.approx(sheet.middle(1), abs=1.5)
    (wedge,) = axes.patches
    corners = wedge.get_xy()
    assert corners[:, 0].min() < sheet.middle(0) < sheet.middle(8) < corners[:, 0].max()
    assert corners[:, 1].max() - corners[:, 1].min() > 5


def test_lines_are_written_over_their_lanes_and_cut_where_they_do_not_fit():
    _, figure, _ = header(lines_and_doses(), 400.0)
    texts = [text for text, _ in boxes(figure)]
    assert "EVSA-T" in texts
    assert any(text.startswith("a line") and text.endswith("…") for text in texts)
