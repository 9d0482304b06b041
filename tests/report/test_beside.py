"""Measured points on simulated curves."""

import itertools

import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.report import style
from smaclab.report.beside import Scale, Series, beside
from tests.report.looks import boxes, collisions, cut

DOSES = np.array([0.0, 0.1, 1, 10, 100, 1000])
LONG = "RIPK1 knock-down to 15 % + TNF 192 pM + z-VAD 20 µM + bortezomib 10 nM from 12 h"


def series(label, half=10.0, x=DOSES, *, measured=True):
    simulated = 100 / (1 + x / half)
    points = np.repeat(x, 3) if measured else np.empty(0)
    noise = np.tile([-6.0, 0.0, 6.0], len(x)) if measured else np.empty(0)
    return Series(
        label=label,
        x=x,
        simulated=simulated,
        low=0.8 * simulated,
        high=1.1 * simulated,
        measured_x=points,
        measured=100 / (1 + points / (3 * half)) + noise,
    )


def panels(count, labels=("vehicle", "TNF 192 pM", LONG), **more):
    return [
        (f"line {n}", [series(label, 10.0**k, **more) for k, label in enumerate(labels)])
        for n in range(count)
    ]


DOSE = Scale(x="SM-164 (nM)", y="cells alive (%)", is_dose=True, top=105.0)
HOURS = Scale(x="time (h)", y="cIAP1 (copies)", measured_y="cIAP1, measured (unit not stated)")
CASES = [*itertools.product((DOSE, HOURS), (1000, 640, 400), (1, 4)), (DOSE, 640, 3), (HOURS, 1000, 3)]


@pytest.mark.parametrize(("scale", "width_px", "count"), CASES, ids=lambda one: getattr(one, "x", one))
def test_no_text_lies_on_another_and_none_is_cut(scale, width_px, count):
    x = DOSES if scale.is_dose else np.linspace(0, 24, 9)
    figure = beside(panels(count, x=x), scale, width_px=width_px)
    assert collisions(figure) == []
    assert cut(figure) == []
    assert figure.canvas.get_width_height()[0] == width_px


@pytest.mark.parametrize("x", [[0.0, 1.0], [1.0], [0.0], [1e-6, 1e6], [0, 0.3, 0.9, 2.7], [3.0, 5.0]])
@pytest.mark.parametrize("width_px", [1000, 400])
def test_any_doses_have_ticks_that_can_be_read(x, width_px):
    figure = beside([("a", [series("b", x=np.array(x))])], DOSE, width_px=width_px)
    assert collisions(figure) == []
    axes = figure.axes[0]
    low, high = axes.get_xlim()
    assert axes.get_xticks().size
    assert all(low <= tick <= high for tick in axes.get_xticks())
    assert axes.get_xticklabels()[0].get_text() == ("0" if 0 in x else axes.get_xticklabels()[0].get_text())


def test_lines_are_simulated_and_points_measured_at_their_own_places():
    one = series("vehicle", x=DOSES)
    figure = beside([("EVSA-T", [one])], DOSE)
    line, points = figure.axes[0].lines
    assert points.get_linestyle() == "None"
    np.testing.assert_array_equal(line.get_ydata(), one.simulated)
    np.testing.assert_array_equal(points.get_ydata(), one.measured)
    np.testing.assert_allclose(line.get_xdata()[1:], DOSES[1:])
    assert line.get_xdata()[0] == pytest.approx(0.1 / 5)  # no drug: a step left of the lowest dose
    np.testing.assert_allclose(points.get_xdata(), np.repeat(line.get_xdata(), 3))
    texts = " ".join(text for text, _ in boxes(figure))
    assert "line: SIMULATED" in texts
    assert "points: measured" in texts


def test_a_single_simulated_value_is_seen_too():
    """A series of one dose has no curve; its value is a short line beside the measured point."""
    one = Series(label="a", x=np.array([100.0]), simulated=np.array([20.0]), measured_x=np.array([100.0]),
                 measured=np.array([35.0]))  # fmt: skip
    alone, many = beside([("t", [one])], DOSE).axes[0], beside([("t", [series("b")])], DOSE).axes[0]
    assert alone.lines[0].get_marker() == "_"
    assert many.lines[0].get_marker() == "None"


def test_every_point_lies_inside_the_axes():
    one = Series(
        label="a", x=DOSES, simulated=DOSES * 0, measured_x=DOSES, measured=np.array([-9.0, 130, 0, 1, 2, 3])
    )
    axes = beside([("t", [one])], DOSE).axes[0]
    low, high = axes.get_ylim()
    assert low < -9
    assert high > 130


def test_every_band_lies_inside_and_all_panels_have_one_value_axis():
    wide = Series(label="a", x=DOSES, simulated=DOSES + 10, low=DOSES * 0, high=DOSES * 50)
    first, second = beside([("s", [series("b")]), ("t", [wide])], DOSE).axes
    assert first.get_ylim() == second.get_ylim()
    assert second.get_ylim()[1] > 50_000
    assert second.yaxis.get_major_formatter()(50_000.0) == "50,000"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("count", [1, 2])
def test_without_data_nothing_is_said_of_points(count):
    figure = beside(panels(count, measured=False), DOSE)
    assert cut(figure) == []
    assert "measured" not in " ".join(text for text, _ in boxes(figure))


def test_units_that_cannot_be_compared_have_an_axis_of_their_own():
    figure = beside(panels(1, x=np.linspace(0, 24, 9)), HOURS)
    left, right = figure.axes
    assert right.get_ylabel() == "cIAP1, measured (unit not stated)"
    assert {line.get_linestyle() for line in right.lines} == {"None"}
    assert "None" not in {line.get_linestyle() for line in left.lines}


def test_one_label_has_one_look_in_all_panels():
    shown = [("a", [series("x"), series("y")]), ("b", [series("y"), series("z")])]
    first, second = beside(shown, DOSE).axes
    assert first.lines[2].get_color() == second.lines[0].get_color()
    assert first.lines[3].get_marker() == second.lines[1].get_marker()
    assert second.lines[2].get_color() not in {line.get_color() for line in first.lines}


def test_equal_input_gives_equal_bytes():
    assert style.to_svg(beside(panels(2), DOSE)) == style.to_svg(beside(panels(2), DOSE))
    assert style.to_png(beside(panels(2), DOSE)) == style.to_png(beside(panels(2), DOSE))


def test_what_cannot_be_told_apart_is_refused():
    with pytest.raises(SmaclabError, match="8 curves"):
        beside(panels(1, labels=[str(n) for n in range(8)]), DOSE)
    with pytest.raises(SmaclabError, match="2 places for 1 simulated"):
        Series(label="a", x=np.zeros(2), simulated=np.zeros(1))
