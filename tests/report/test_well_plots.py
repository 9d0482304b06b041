"""Single cells, times of death and fractions killed."""

import numpy as np
import pytest

from smaclab.analysis.estimate import Estimate
from smaclab.report.well_plots import cell_traces, death_times, killed_fractions
from tests.report.looking import check

TIME_H = np.linspace(0.0, 24.0, 13)
DEATH_H = np.array([5.0, 13.0, np.inf, np.nan])
VALUES = np.outer(np.arange(1.0, 5.0), TIME_H)
GROUPS = {"EVSA-T": (VALUES, DEATH_H), "HCT 116": (VALUES + 5.0, DEATH_H)}


def traces(*, width_inches=5.0):
    return cell_traces(
        TIME_H, GROUPS, title="caspase8_activity, a", ylabel="molecules", width_inches=width_inches
    )


def deaths(*, width_inches=5.0):
    groups = {"EVSA-T": DEATH_H, "nobody": np.array([np.nan])}
    return death_times(groups, end_h=24.0, title="Times of death, a", width_inches=width_inches)


def killed(*, width_inches=5.0):
    rows = [("a, EVSA-T", Estimate(value=0.5, low=0.2, high=0.8), 3), ("b, HCT 116", Estimate(value=1.0), 1)]
    return killed_fractions(rows, title="Fractional killing", width_inches=width_inches)


@pytest.mark.parametrize("make", [traces, deaths, killed])
def test_no_label_lies_on_another_and_equal_input_gives_equal_bytes(make):
    check(make)


def test_a_line_ends_where_its_cell_dies_and_a_failed_cell_has_none():
    lines = [one for one in traces().axes[0].lines if len(one.get_xdata()) > 1]
    assert [one.get_xdata()[-1] for one in lines] == [4.0, 12.0, 24.0] * 2
    dots = [one for one in traces().axes[0].lines if one.get_marker() == "o"]
    assert [(one.get_xdata()[0], one.get_ydata()[0]) for one in dots[:2]] == [(4.0, 4.0), (12.0, 24.0)]


def test_a_histogram_is_of_known_cells_and_the_living_are_told():
    figure = deaths()
    shares = figure.axes[0].patches[0].get_data().values
    assert shares.sum() == pytest.approx(100.0 * 2 / 3)
    words = [one.get_text().replace("\u00a0", " ") for one in figure.legends[0].get_texts()]
    assert words == ["EVSA-T (n = 3, 33 % alive)", "nobody (no cell solved)"]


def test_one_well_has_a_point_and_no_interval():
    lines = killed().axes[0].lines
    assert [list(one.get_xdata()) for one in lines] == [[20.0, 80.0], [50.0], [100.0]]
