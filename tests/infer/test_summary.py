import numpy as np
import pytest

from smaclab.infer.summary import coverage, covered, directions, learned, misfits, verdict_of
from tests.infer.toys import decay, linear, linear_posterior

PROBLEM = linear([1.0, -1.0, 0.5, 2.0])


def draws(number=4000):
    mean, covariance = linear_posterior(PROBLEM)
    return np.random.default_rng(1).multivariate_normal(mean, covariance, number)


@pytest.mark.parametrize(
    ("narrowed", "moved", "verdict"),
    [
        (0.3, 0.0, "identified"),
        (0.95, 0.1, "flat"),
        (0.7, 0.0, "bounded by its prior"),
        (1.0, 1.5, "bounded by its prior"),
    ],
)
def test_verdicts(narrowed, moved, verdict):
    assert verdict_of(narrowed, moved) == verdict


def test_prior_and_posterior_are_told_in_the_parameters_unit():
    one = learned(PROBLEM, draws())[0]
    np.testing.assert_allclose(one.prior, (1 / 3, 1.0, 3.0))
    mean, covariance = linear_posterior(PROBLEM)
    assert one.posterior[1] == pytest.approx(np.exp(PROBLEM.priors[0].sd * mean[0]), rel=0.03)
    assert one.narrowed == pytest.approx(np.sqrt(covariance[0, 0]), rel=0.05)


def test_sets_that_stayed_where_they_were_show_no_further_direction():
    stiff, _ = directions(PROBLEM, np.tile(draws(3), (50, 1)), 5)
    assert len(stiff) == 2
    assert stiff[0].sd > 0.0


def test_stiff_and_sloppy_directions_are_the_covariances():
    _, covariance = linear_posterior(PROBLEM)
    stiff, sloppy = directions(PROBLEM, draws(), 1)
    exact = np.sqrt(np.linalg.eigvalsh(covariance))
    assert stiff[0].sd == pytest.approx(exact[0], rel=0.05)
    assert sloppy[0].sd == pytest.approx(exact[-1], rel=0.05)
    assert all(name.startswith("k") for name, _ in stiff[0].parts)
    with pytest.raises(ValueError, match="a covariance needs two"):
        directions(PROBLEM, np.zeros((1, 3)), 1)


def test_axes_that_nobody_looked_along_are_not_called_stiff():
    stiff, _ = directions(PROBLEM, draws(3), 5)
    assert len(stiff) == 2
    assert stiff[0].sd > 1e-6


def test_a_right_prediction_is_covered_and_a_wrong_one_is_not():
    course = decay([1.0] * 8).evidence[0]
    near = np.ones((50, 8))
    assert covered(course, near).all()
    assert not covered(course, near + 1.0).any()
    assert not covered(course, np.full((5, 8), np.nan)).any()


def test_coverage_of_noisy_data_is_what_the_interval_says():
    """The truth predicts; a measured point lies in the 90 % interval nine times in ten."""
    course = decay([0.0] * 8).evidence[0]
    noise = np.random.default_rng(2).standard_normal((500, 8)) * 0.1
    inside = [covered(decay(one).evidence[0], np.zeros((5, 8))) for one in noise[:100]]
    # 200 noisy predictions make the interval's ends uncertain, 800 points its coverage: 0.02 together.
    assert np.mean(inside) == pytest.approx(0.9, abs=0.05)
    assert course.size == 8


def test_residuals_are_told_by_data_set():
    held = PROBLEM.without([])
    one = misfits(held, np.array([[1.5, -1.0, 0.5, 2.0]] * 3), seed=1)[0]
    assert (one.dataset, one.points, one.is_held_out) == ("y", 4, False)
    assert one.root_mean_square == pytest.approx(0.5)
    assert misfits(PROBLEM.without(["y"]), np.zeros((3, 4)), seed=1)[0].is_held_out


def test_coverage_counts_what_was_never_used():
    near = np.array([[1.0, -1.0, 0.5, 9.0]] * 3)
    assert coverage(PROBLEM, near, seed=1) == (0, 0)
    assert coverage(PROBLEM.without(["y"]), near, seed=1) == (3, 4)
