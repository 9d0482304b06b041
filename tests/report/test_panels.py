import numpy as np

from smaclab.report.panels import EXPECTED, Line, Panel, expectation_figure
from smaclab.report.style import to_svg

TIME_H = np.array([0.0, 1.0, 24.0])
PANEL = Panel(
    title="NIK",
    lines=[Line(label="drug", x=TIME_H, y=np.array([1.0, 5.0, 20.0]))],
    limit=10.0,
    look=24.0,
    unit="median cell",
)


def test_the_limit_and_the_place_that_is_judged_are_drawn():
    (axes,) = expectation_figure([PANEL]).axes
    assert axes.lines[1].get_color() == EXPECTED
    assert list(axes.lines[1].get_ydata()) == [10.0, 10.0]
    assert list(axes.lines[2].get_xdata()) == [24.0, 24.0]
    assert axes.texts[0].get_text() == "expected above"


def test_no_drug_stands_left_of_the_lowest_dose():
    line = Line(label="x", x=np.array([0.0, 1.0, 10.0]), y=np.ones(3))
    (axes,) = expectation_figure([Panel(title="x", lines=[line], is_dose=True)]).axes
    np.testing.assert_allclose(axes.lines[0].get_xdata(), [0.2, 1.0, 10.0])


def test_what_is_not_known_leaves_a_gap():
    line = Line(label="x", x=TIME_H, y=np.full(3, np.nan))
    assert "SIMULATED" in to_svg(expectation_figure([Panel(title="x", lines=[line])]))


def test_equal_bytes():
    assert to_svg(expectation_figure([PANEL, PANEL])) == to_svg(expectation_figure([PANEL, PANEL]))
