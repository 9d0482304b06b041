"""Dose-response curves."""

import numpy as np
import pytest

from smaclab.analysis.dose_response import fit_dose_response
from smaclab.report.dose_curves import DoseCurve, dose_curves, words
from tests.report.looking import check, fits

DOSES = np.repeat([0.0, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0], 3)


def series(label, ic50, *, doses=DOSES, sd=4.0):
    with np.errstate(divide="ignore"):
        exact = 10.0 + 90.0 / (1 + doses / ic50)
    noise = np.random.default_rng(1).normal(0, sd, len(doses))
    return DoseCurve(label=label, response=fit_dose_response(doses, exact + noise))


CURVES = (
    series("EVSA-T", 9.0),
    series("HCT 116", 900.0),
    series("BJ", 1e9),
    series("EVSA-T with TNF 192 pM + RIPK1 knock-down to 15 %", 2.0),
)


def make(*, width_inches=5.0, curves=CURVES):
    return dose_curves(
        curves,
        drug="SM-164",
        title="Cells alive after 24 h",
        ylabel="cells alive (%)",
        width_inches=width_inches,
    )


def test_no_label_lies_on_another_and_equal_input_gives_equal_bytes():
    check(make)


@pytest.mark.parametrize("factor", [1e-4, 1e4])
def test_seven_decades_and_other_units_have_room(factor):
    wide = 10.0 ** np.arange(-3, 4.1, 0.5) * factor
    fits(lambda *, width_inches: make(width_inches=width_inches, curves=[series("wide", factor, doses=wide)]))


def test_the_dose_axis_is_logarithmic_with_zero_left_of_a_break():
    (axes,) = make().axes
    labels = [one.get_text() for one in axes.get_xticklabels()]
    places = axes.get_xticks()
    assert axes.get_xscale() == "log"
    assert labels[0] == "0"
    assert places[0] < 0.3
    assert axes.get_xlabel() == "SM-164 (nM)"
    without = make(curves=[series("x", 9.0, doses=DOSES[3:])])
    assert "0" not in [one.get_text() for one in without.axes[0].get_xticklabels()]


def test_the_legend_says_the_IC50_or_why_there_is_none():
    said = [words(one.response) for one in CURVES]
    one = CURVES[0].response.IC50_nM
    assert said[0] == f"IC50 {one.value:.3g} ({one.low:.3g} to {one.high:.3g}) nM"  # the axis' unit, once
    assert said[1:3] == ["IC50 ambiguous", "no effect"]
    assert words(series("x", 9.0, doses=np.array([0.0, 1.0, 10.0])).response) == "too few doses"


def test_only_a_bracketed_IC50_is_marked():
    (axes,) = make().axes
    dotted = [line for line in axes.lines if line.get_linestyle() == ":"]
    assert len(dotted) == 2
    assert dotted[0].get_xdata()[0] == pytest.approx(CURVES[0].response.IC50_nM.value)


def test_points_are_means_and_bars_are_sd():
    one = series("x", 9.0)
    (axes,) = make(curves=[one]).axes
    points = [box for box in axes.containers if len(box) == 3]
    assert len(points) == 8
    at_zero = one.response.values[:3]
    low, high = sorted(point[1] for point in points[0][2][0].get_segments()[0])
    assert (low + high) / 2 == pytest.approx(at_zero.mean())
    assert (high - low) / 2 == pytest.approx(at_zero.std(ddof=1))
