import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.gaussian import around, improved, plane, standard
from tests.infer.toys import MATRIX, linear, linear_posterior


def test_a_plane_is_found():
    random = np.random.default_rng(1)
    normal = random.standard_normal((60, 5))
    slopes = random.standard_normal((3, 5))
    level, found, variance = plane(normal, 2.0 + normal @ slopes.T)
    np.testing.assert_allclose(found, slopes, atol=0.01)
    np.testing.assert_allclose(level, 2.0, atol=0.01)
    assert (variance < 1e-3).all()


def test_noise_around_the_plane_is_seen():
    random = np.random.default_rng(2)
    normal = random.standard_normal((400, 5))
    _, _, variance = plane(normal, random.standard_normal((400, 2)) * 0.7)
    np.testing.assert_allclose(variance, 0.49, rtol=0.25)


def test_fewer_sets_than_parameters_still_help():
    random = np.random.default_rng(3)
    slope = random.standard_normal(200)
    normal = random.standard_normal((100, 200))
    _, found, _ = plane(normal, (normal @ slope)[:, None])
    assert np.corrcoef(found[0], slope)[0, 1] > 0.5  # sqrt(100 / 200) is what a projection keeps


def test_rounds_find_the_posterior_of_a_linear_problem():
    problem = linear([1.0, -1.0, 0.5, 2.0])
    mean, covariance = linear_posterior(problem)
    guess = around(np.array([2.0, -2.0, 1.0]), 0.3)
    for seed in range(4):
        normal = np.random.default_rng(seed).standard_normal((80, 3))
        residuals = problem.residuals(problem.predict(problem.values(guess.place(normal))))
        guess = improved(guess, normal, residuals, growth=2.0, reach=3.0)
    np.testing.assert_allclose(guess.mean, mean, atol=0.01)
    np.testing.assert_allclose(guess.root @ guess.root.T, covariance, rtol=0.02, atol=0.002)


def test_sets_that_failed_take_no_part_and_too_few_get_a_letter():
    normal = np.random.default_rng(5).standard_normal((40, 3))
    residuals = normal @ MATRIX.T
    broken = residuals.copy()
    broken[:5] = np.nan
    one = improved(standard(3), normal[5:], residuals[5:], growth=2.0, reach=3.0)
    other = improved(standard(3), normal, broken, growth=2.0, reach=3.0)
    np.testing.assert_array_equal(one.mean, other.mean)
    broken[7:] = np.nan
    with pytest.raises(SmaclabError, match="2 of 40 parameter sets"):
        improved(standard(3), normal, broken, growth=2.0, reach=3.0)


def test_density_and_places():
    guess = around(np.array([1.0, 2.0]), 0.5)
    normal = np.random.default_rng(6).standard_normal((4, 2))
    np.testing.assert_allclose(guess.normal(guess.place(normal)), normal)
    assert standard(2).log_density(np.zeros((1, 2)))[0] == pytest.approx(-np.log(2 * np.pi))
