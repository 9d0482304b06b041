"""The curve and its fit, beside SciPy's and a published one."""

import numpy as np
import pytest
from scipy import optimize

from smaclab.analysis import logistic
from smaclab.errors import ShapeError
from tests.analysis.published import RYEGRASS_DOSE, RYEGRASS_FIT, RYEGRASS_LENGTH

DOSES = np.repeat([0.0, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0], 2)


def noisy(seed):
    rng = np.random.default_rng(seed)
    true = np.array([100.0, rng.uniform(0, 40), rng.uniform(0, 1.5), rng.uniform(-0.4, 1.0)])
    at = logistic.log_doses(DOSES)
    return at, logistic.curve(true[None], at)[0] + rng.normal(0, 6, len(at))


def slow_twin(log_dose, values, start):
    """SciPy's trust-region fit of the curve, written out once more."""

    def residual(theta):
        left, right, middle, steep = theta
        with np.errstate(over="ignore"):
            share = 1.0 / (1.0 + 10.0 ** (np.exp(steep) * (middle - log_dose)))
        return values - (left + (right - left) * share)

    return optimize.least_squares(residual, start, xtol=1e-14, ftol=1e-14, gtol=1e-14)


def test_without_drug_the_value_is_left_and_half_way_it_is_half():
    at = logistic.log_doses(np.array([0.0, 10.0, 1e30]))
    values = logistic.curve(np.array([[100.0, 20.0, 1.0, np.log(2.0)]]), at)[0]
    np.testing.assert_allclose(values, [100.0, 60.0, 20.0])


@pytest.mark.parametrize("seed", range(12))
def test_the_fit_is_as_good_as_its_slow_twin(seed):
    at, values = noisy(seed)
    found, squares = logistic.best_fits(at, values[None])
    twins = [slow_twin(at, values, start) for start in logistic.starts(at, values)]
    best = min(2.0 * one.cost for one in twins)
    assert squares[0] <= best * (1 + 1e-6)
    twin = min(twins, key=lambda one: one.cost)
    if 2.0 * twin.cost <= squares[0] * (1 + 1e-9):
        np.testing.assert_allclose(logistic.curve(found, at)[0], values - twin.fun, atol=1e-2)


def test_the_slopes_are_those_of_differences():
    at, _ = noisy(1)
    theta = np.array([[100.0, 20.0, 0.7, 0.3]])
    slopes = logistic.slopes_at(theta, at)[0]
    for which in range(4):
        step = np.zeros(4)
        step[which] = 1e-6
        rise = (logistic.curve(theta + step, at) - logistic.curve(theta - step, at))[0] / 2e-6
        np.testing.assert_allclose(slopes[:, which], rise, atol=1e-6)


def test_the_published_fit_of_ryegrass_is_found():
    found, squares = logistic.best_fits(logistic.log_doses(RYEGRASS_DOSE), RYEGRASS_LENGTH[None])
    left, right, middle, steep = found[0]
    seen = {"bottom": right, "top": left, "ed50": 10**middle, "hill": np.exp(steep)}
    for name, value in seen.items():
        assert value == pytest.approx(RYEGRASS_FIT[name], abs=2e-5), name  # as many digits as are printed
    assert np.sqrt(squares[0] / 20) == pytest.approx(RYEGRASS_FIT["residual_sd"], abs=1e-6)


def test_many_fits_at_once_are_the_same_as_one_by_one():
    rows = np.stack([noisy(seed)[1] for seed in range(6)])
    at, _ = noisy(0)
    together, squares = logistic.best_fits(at, rows)
    for row, found, sum_of_squares in zip(rows, together, squares, strict=True):
        alone, own = logistic.best_fits(at, row[None])
        assert own[0] == pytest.approx(sum_of_squares, rel=1e-9)
        np.testing.assert_allclose(logistic.curve(alone, at), logistic.curve(found[None], at), atol=1e-4)


def test_what_is_held_stays_and_what_is_unknown_is_left_out():
    at, values = noisy(3)
    held = np.array([[100.0, np.nan, np.nan, 0.0]])
    gaps = values.copy()
    gaps[3] = np.nan
    found, _ = logistic.best_fits(at, gaps[None], held)
    assert found[0, logistic.LEFT] == 100.0
    assert found[0, logistic.STEEPNESS] == 0.0
    without, _ = logistic.best_fits(np.delete(at, 3), np.delete(values, 3)[None], held)
    np.testing.assert_allclose(found, without, rtol=1e-5)


def test_shapes_run_from_0_to_1():
    shapes = logistic.shapes(logistic.log_doses(DOSES))
    assert (shapes[:, :2] == 0.0).all()
    assert (np.diff(shapes, axis=1) >= 0).all()
    assert shapes.max() <= 1.0


def test_arrays_that_do_not_fit_get_a_letter():
    with pytest.raises(ShapeError, match=r"\(2, 4\).*\(1, 3\)"):
        logistic.least_squares(np.zeros(3), np.zeros((1, 3)), np.zeros((2, 4)), np.ones(4))
