import numpy as np
import pytest

from smaclab.infer.prior import coordinates_of
from smaclab.infer.profile import WITHIN, climbed, profiled
from smaclab.infer.surrogate import learned
from tests.infer.toys import decay, decay_of, judged, linear, linear_posterior

MEASURED = (1.0, -0.5, 0.3, 0.8)


def seen(problem, spread=1.0, sets=40, middle=0.0):
    places = middle + spread * np.random.default_rng(1).standard_normal((sets, len(problem.priors)))
    return places, problem.predict(problem.values(places))


def test_the_profile_of_a_normal_posterior_is_the_parabola_of_its_marginal():
    problem = linear(MEASURED)
    mean, covariance = linear_posterior(problem)
    found = profiled(problem, ["k0", "k2"], seen(problem), rounds=6)
    for one, place in zip(found, (0, 2), strict=True):
        assert len(one.coordinate) == 7
        assert np.all(np.diff(one.coordinate) > 0.0)
        exact = (one.coordinate - mean[place]) ** 2 / (2.0 * covariance[place, place])
        # Lines are exact here; what remains is how far six rounds of trust come.
        assert one.loss == pytest.approx(exact, abs=0.02)


def test_the_interval_is_the_marginals():
    assert pytest.approx(0.5 * 1.959964**2, rel=1e-5) == WITHIN


def test_all_others_are_optimized_on_a_curved_problem():
    truth = np.array([[1.5, 0.7, 1.2]])
    problem = decay(decay_of(truth)[0], sd=0.1)
    near = coordinates_of(problem.priors, truth[0])
    (one,) = profiled(problem, ["k1"], seen(problem, 0.3, middle=near), offsets=(-0.5, 0.5), rounds=8)
    # Beside what is found stands the best of 20,000 sets within reach with the same value.
    random = np.random.default_rng(2)
    for where, loss in zip(one.sets, one.loss, strict=True):
        others = where + 0.4 * random.standard_normal((20000, 3))
        others[:, 1] = where[1]
        worth = problem.log_likelihood(problem.predict(problem.values(others)))
        worth -= 0.5 * (others**2).sum(axis=1) + 1.5 * np.log(2.0 * np.pi)
        assert loss <= one.top - worth.max() + 0.3


def test_what_is_pinned_stays():
    problem = linear(MEASURED)
    surrogate = learned(problem, *seen(problem))
    start = np.array([0.3, -0.2, 2.0])
    assert climbed(surrogate, start, 1.0, 2)[2] == 2.0
    assert climbed(surrogate, start, 1.0, None)[2] != 2.0


def test_lines_are_not_followed_far_from_the_start():
    problem = linear(MEASURED)
    surrogate = learned(problem, *seen(problem))
    start = np.full(3, 3.0)
    assert np.abs(climbed(surrogate, start, 1e-3, None) - start).max() < 0.01
    assert np.abs(climbed(surrogate, start, 10.0, None) - start).max() > 1.0


def test_progress_counts_the_sets_and_a_finding_makes_one_side_worse():
    problem = judged()
    done = []
    (one,) = profiled(problem, ["k0"], seen(problem), offsets=(-4.0,), rounds=2, told=done.append)
    assert done == [1, 2, 3, 4]
    assert one.loss[0] > 5.0
    assert one.loss.min() == 0.0
