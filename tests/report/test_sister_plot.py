"""Pairs of times of death, and R² over time since division."""

import numpy as np
import pytest

from smaclab.analysis.estimate import Estimate
from smaclab.analysis.sister_pairs import sister_pairs
from smaclab.report.sister_plot import sister_plot, squared
from tests.report.looking import check

RNG = np.random.default_rng(1)
BOTH = RNG.normal(10.0, 2.0, size=(20, 1)) + RNG.normal(size=(20, 2))
PAIRS = sister_pairs(3600.0 * BOTH.ravel())
NOBODY = sister_pairs(np.full(8, np.inf))


def make(*, width_inches=6.4, groups=None):
    usual = {"EVSA-T, SM-164 100 nM": [(0.0, PAIRS), (10.0, PAIRS)], "BJ, TNF 10 ng/ml": [(2.0, PAIRS)]}
    return sister_plot(groups or usual, title="Sister cells", width_inches=width_inches)


def test_no_label_lies_on_another_and_equal_input_gives_equal_bytes():
    check(make)


def test_one_time_since_division_needs_one_panel():
    assert len(make(groups={"EVSA-T": [(2.0, PAIRS)]}).axes) == 1
    first, second = make().axes
    assert len(first.lines[0].get_xdata()) == 20
    np.testing.assert_allclose(second.lines[0].get_ydata(), PAIRS.correlation().value ** 2)


def test_who_does_not_die_is_counted_and_not_drawn():
    figure = make(groups={"BJ": [(0.0, NOBODY), (5.0, NOBODY)]})
    assert figure.axes[0].lines[0].get_xdata().size == 0
    assert "n = 0 pairs" in figure.legends[0].get_texts()[0].get_text().replace("\u00a0", " ")


def test_the_square_of_an_interval_around_nothing_begins_at_nothing():
    assert squared(Estimate(value=0.1, low=-0.3, high=0.5)) == Estimate(
        value=pytest.approx(0.01), low=0.0, high=0.25
    )
    assert squared(Estimate(value=-0.5, low=-0.7, high=-0.2)) == Estimate(
        value=0.25, low=pytest.approx(0.04), high=pytest.approx(0.49)
    )
