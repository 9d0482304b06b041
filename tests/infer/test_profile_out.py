import numpy as np
import pytest
from scipy.optimize import minimize

from smaclab.errors import SmaclabError
from smaclab.infer.profile_out import cut_share, fitted

VALUE = np.array([0.1, 0.4, 0.9, 1.0])
SD = np.array([0.1, 0.2, 0.1, 0.3])


def misfit(shown):
    return float((((shown - VALUE) / SD) ** 2).sum())


@pytest.mark.parametrize(("units", "free"), [("scale", 1), ("scale and offset", 2)])
def test_the_formula_finds_what_a_search_finds(units, free):
    predicted = np.array([3.0, 5.0, 20.0, 31.0])
    searched = minimize(
        lambda x: misfit(x[0] * predicted + (x[1] if free == 2 else 0)), np.full(free, 0.1), tol=1e-12
    )
    assert misfit(fitted(predicted[None], VALUE, SD, units)[0]) == pytest.approx(searched.fun, rel=1e-6)


def test_absolute_units_change_nothing():
    predicted = np.arange(4.0)[None]
    np.testing.assert_array_equal(fitted(predicted, VALUE, SD, "absolute"), predicted)


def test_a_course_that_runs_the_wrong_way_is_not_turned_round():
    wrong = fitted(-VALUE[None], VALUE, SD, "scale and offset")[0]
    assert np.ptp(wrong) == 0.0


def test_what_is_not_known_stays_unknown():
    predicted = np.array([[1.0, np.nan, 2.0, 3.0]])
    for units in ("absolute", "scale", "scale and offset"):
        assert np.isnan(fitted(predicted, VALUE, SD, units)).any()
    assert np.isnan(cut_share(predicted, VALUE, SD)).all()


def test_the_rate_of_a_reporter_is_found():
    exposure = np.array([0.0, 30.0, 200.0, 900.0])
    seen = -np.expm1(-exposure * 0.004)
    found = cut_share(exposure[None], seen, np.full(4, 0.1))[0]
    np.testing.assert_allclose(found, seen, atol=0.02)  # half a step of the grid, 5 % of the rate


def test_strange_units_get_a_letter():
    with pytest.raises(SmaclabError, match="Known: absolute, scale"):
        fitted(VALUE[None], VALUE, SD, "fold")
