"""Time courses with their replicates."""

import numpy as np
import pytest

from smaclab.report.replicates import replicate_courses
from tests.report.looking import check

TIME = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 24.0])
GROUPS = {
    "vehicle": 100.0 + np.array([[-4.0], [0.0], [4.0]]) * np.ones(6),
    "SM-164 100 nM + TNF 10 ng/ml + RIPK1 knock-down to 15 %": 100.0 * np.exp(-TIME)[None] * np.ones((3, 1)),
}


def make(*, width_inches=5.0, groups=GROUPS):
    return replicate_courses(
        TIME, groups, title="cIAP1, EVSA-T", ylabel="% of start", width_inches=width_inches
    )


def test_no_label_lies_on_another_and_equal_input_gives_equal_bytes():
    check(make)


def test_lines_are_means_bars_are_sd_and_points_are_replicates():
    (axes,) = make(groups={"vehicle": GROUPS["vehicle"]}).axes
    (line, _, bars) = axes.containers[0]
    assert list(line.get_ydata()) == [100.0] * 6
    low, high = bars[0].get_segments()[0][:, 1]
    assert (high - low) / 2 == pytest.approx(4.0)
    assert len(axes.lines[-1].get_ydata()) == 18


def test_n_is_told_and_the_unknown_is_named():
    figure = make(groups={"one": TIME[None], "none": np.full((1, 6), np.nan)})
    words = [one.get_text().replace("\u00a0", " ") for one in figure.legends[0].get_texts()]
    assert words == ["one, n = 1", "none (nothing known)"]
