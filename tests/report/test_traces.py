import numpy as np
import pytest

from smaclab.report import style
from smaclab.report.traces import DEATH, Traces, draw_traces
from tests.report.blots import WIDTHS, meeting, outside

TIME_H = np.linspace(0.0, 24.0, 49)
SEEN = np.where(np.array([10.0, 12.0, np.inf])[:, None] > TIME_H, TIME_H / 24.0, np.nan)
TITLES = ("vehicle", "SM-164 100 nM + TNF 192 pM + RIPK1 knock-down to 10 %", "TNF 192 pM", "all failed")


def figure(width=800):
    seen = {"all failed": np.full_like(SEEN, np.nan)}
    traces = [Traces(title=title, time_h=TIME_H, seen=seen.get(title, SEEN)) for title in TITLES]
    return draw_traces(traces, unit="caspase-8 reporter, share that is cut", width_px=width)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_meets_another(width):
    assert meeting(figure(width)) == []
    assert outside(figure(width)) == []


def test_a_dot_stands_where_a_cell_dies():
    deaths = [line for line in figure().axes[0].lines if line.get_color() == DEATH]
    assert [float(np.ravel(line.get_xdata())[0]) for line in deaths] == [9.5, 11.5]


def test_the_median_ends_when_most_are_dead():
    median = figure().axes[0].lines[-1].get_ydata()
    assert np.isfinite(median[TIME_H < 12.0]).all()
    assert np.isnan(median[TIME_H >= 12.0]).all()


def test_equal_bytes():
    assert style.to_svg(figure()) == style.to_svg(figure())
