import numpy as np
import pytest

from smaclab.claims.pictures import claim_figure


def panels(verdicts, name):
    judged = next(one for one in verdicts.judged if one.claim.id == name)
    return claim_figure(judged).axes


def test_a_time_course_with_the_limit_that_decides(toy_verdicts):
    (axes,) = panels(toy_verdicts, "C01")
    assert axes.get_title(loc="left") == "cIAP1"
    seen = toy_verdicts.judged[0].seen
    limit = 0.3 * seen.typical("vehicle", "cIAP1")[-1]
    levels = [line.get_ydata()[0] for line in axes.lines if len(set(line.get_ydata())) == 1]
    assert any(level == pytest.approx(limit) for level in levels)


def test_a_dose_series_on_a_logarithmic_axis(toy_verdicts):
    (axes,) = panels(toy_verdicts, "C02")
    assert axes.get_xscale() == "log"
    assert [line.get_label() for line in axes.lines[:2]] == ["cIAP1", "cIAP2"]
    np.testing.assert_allclose(axes.lines[0].get_xdata(), [0.04, 0.2, 100.0])


def test_four_arms_and_what_independence_would_leave(toy_verdicts):
    (axes,) = panels(toy_verdicts, "C03")
    assert [line.get_label() for line in axes.lines[:4]] == ["none", "drug", "tnf", "both"]
    assert any(line.get_ydata()[0] == pytest.approx(0.8) for line in axes.lines[4:])


def test_what_has_no_expectation_has_no_picture(toy_verdicts):
    assert claim_figure(toy_verdicts.judged[-1]) is None
