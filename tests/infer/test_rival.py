"""A rival shifts what is predicted; the probability of the evidence under both has a formula."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from smaclab.infer.rival import CANNOT_TELL, PREFERS, WORSE_HERE, rival
from tests.infer.toys import MATRIX, linear, linear_posterior

MEASURED = (1.0, -0.5, 0.3, 0.8)
SD = 0.5


def ratio(shift, sets=4000):
    """The estimate, and ln of the Bayes factor by the formula, of a rival that predicts a shift more."""
    problem = linear(MEASURED, SD)
    mean, covariance = linear_posterior(problem, SD)
    places = np.random.default_rng(1).multivariate_normal(mean, covariance, sets)
    predicted = problem.predict(problem.values(places))
    found = rival(problem.log_likelihood(predicted), problem.log_likelihood(predicted + shift))
    slopes = MATRIX * np.array([one.sd for one in problem.priors])
    evidence = multivariate_normal(np.zeros(4), slopes @ slopes.T + SD**2 * np.eye(4))
    return found, evidence.logpdf(np.array(MEASURED) - shift) - evidence.logpdf(MEASURED)


@pytest.mark.parametrize("shift", [np.array([0.2, 0.0, 0.0, 0.0]), np.array([0.0, 0.3, -0.2, 0.1])])
def test_the_ratio_is_the_one_of_the_formula(shift):
    found, exact = ratio(shift)
    assert found.is_told
    assert found.error < 0.05
    assert found.ahead == pytest.approx(exact, abs=4.0 * found.error)
    assert found.verdict == CANNOT_TELL


def test_the_error_is_the_scatter_of_the_estimate():
    shift = np.array([0.3, 0.0, 0.0, 0.0])
    problem = linear(MEASURED, SD)
    mean, covariance = linear_posterior(problem, SD)
    random = np.random.default_rng(2)
    found = []
    for _ in range(100):
        predicted = problem.predict(problem.values(random.multivariate_normal(mean, covariance, 200)))
        found.append(rival(problem.log_likelihood(predicted), problem.log_likelihood(predicted + shift)))
    scatter = np.std([one.ahead for one in found])
    # Of 100 estimates a standard deviation is known to 1 / sqrt(200); four of these.
    assert scatter == pytest.approx(np.mean([one.error for one in found]), rel=0.28)


def test_equal_predictions_tell_nothing():
    likely = np.linspace(-40.0, -30.0, 50)
    found = rival(likely, likely)
    assert (found.change, found.ahead, found.error, found.effective) == (0.0, 0.0, 0.0, pytest.approx(50.0))
    assert found.verdict == CANNOT_TELL


def test_a_better_rival_is_preferred_and_a_worse_one_is_not_ruled_out():
    likely = np.linspace(-40.0, -30.0, 50)
    assert rival(likely, likely + 5.0).verdict == PREFERS
    worse = rival(likely, likely - 50.0)
    assert worse.ahead == pytest.approx(-50.0)
    assert worse.verdict == WORSE_HERE


def test_one_lucky_set_is_no_preference():
    likely = np.zeros(50)
    other = np.full(50, -20.0)
    other[7] = 20.0
    found = rival(likely, other)
    assert found.ahead > 10.0
    assert not found.is_told
    assert found.verdict == CANNOT_TELL


def test_a_set_that_is_there_again_tells_nothing_new():
    random = np.random.default_rng(3)
    change = random.normal(0.0, 0.5, 40)
    once, again = rival(np.zeros(40), change), rival(np.zeros(40), change, np.full(40, 5))
    assert again.ahead == pytest.approx(once.ahead)
    assert again.error == pytest.approx(once.error)
    assert again.effective == pytest.approx(once.effective)


def test_what_cannot_be_predicted_has_no_weight():
    half = rival(np.zeros(40), np.where(np.arange(40) < 20, 0.0, -np.inf))
    assert half.ahead == pytest.approx(np.log(0.5))
    none = rival(np.zeros(40), np.full(40, -np.inf))
    assert none.verdict == WORSE_HERE
    assert none.change == -np.inf
