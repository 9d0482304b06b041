import numpy as np
import pytest
from scipy.stats import norm

from smaclab.infer.guess import (
    WHOLE_TURN,
    Guess,
    drawn,
    effective_number,
    moved,
    next_power,
    resampled,
    within,
)
from smaclab.infer.surrogate import learned
from tests.infer.toys import judged, linear, linear_posterior

MEASURED = [1.0, -1.0, 0.5, 2.0]


def chance(seed=1):
    return np.random.default_rng(seed)


def straight():
    """A guess whose surrogate is all but exact: the posterior of a linear problem has a formula."""
    problem = linear(MEASURED)
    known = chance().standard_normal((400, 3))
    surrogate = learned(problem, known, problem.predict(problem.values(known)))
    return within(np.zeros(3), np.inf, surrogate), linear_posterior(problem)


def test_the_reference_of_a_normal_guess_is_the_guess():
    guess, (mean, covariance) = straight()
    np.testing.assert_allclose(guess.reference.mean, mean, atol=0.1)  # lasso draws slopes a little to 0
    found = guess.reference.root @ guess.reference.root.T
    np.testing.assert_allclose(found, covariance, atol=0.1 * covariance.max())
    normal = chance().standard_normal((5, 3))
    there = guess.reference.place(normal)
    np.testing.assert_allclose(guess.reference.normal(there), normal, atol=1e-12)
    density = norm.logpdf((there - guess.mean) / guess.sd).sum(axis=1) - np.log(guess.sd).sum()
    np.testing.assert_allclose(guess.log_density(there), density + guess.surrogate.log_likelihood(there))


@pytest.mark.parametrize("turn", [WHOLE_TURN, 0.5])
def test_moves_leave_a_guess_as_it_is(turn):
    """A finding cuts a normal prior in half: mean and spread of what is left are known."""
    problem = judged()
    known = chance().standard_normal((300, 1))
    surrogate = learned(problem, known, problem.predict(problem.values(known)))
    guess = within(np.zeros(1), np.inf, surrogate)
    grid = np.linspace(-6.0, 6.0, 4001)
    weight = np.exp(guess.log_density(grid[:, None]))
    mean = np.average(grid, weights=weight)
    sd = np.sqrt(np.average((grid - mean) ** 2, weights=weight))
    mass = np.log(weight.sum() * (grid[1] - grid[0]))
    begun = drawn(guess, 4000, 5, chance())
    assert begun.log_mass == pytest.approx(mass, abs=0.05)
    after = moved(guess, begun.coordinates, 40, turn, chance(2))
    for sets in (begun.coordinates, after):
        assert sets.mean() == pytest.approx(mean, abs=5 * sd / np.sqrt(2000))  # half of the sets effective
        assert sets.std() == pytest.approx(sd, rel=0.08)
    assert not np.allclose(begun.coordinates, after)


def test_short_turns_move_less():
    guess = within(np.zeros(30), np.inf)
    begun = drawn(guess, 200, 1, chance()).coordinates
    far = [np.linalg.norm(moved(guess, begun, 1, turn, chance(3)) - begun) for turn in (0.1, 1.0, WHOLE_TURN)]
    assert far == sorted(far)
    assert far[0] < 0.1 * far[-1]


def test_within_a_distance_lies_a_product_of_normals():
    start = np.array([2.0])
    guess = within(start, 0.5)
    grid = np.linspace(-8.0, 8.0, 8001)
    product = norm.pdf(grid) * norm.pdf(grid, start[0], 0.5)
    assert guess.mean[0] == pytest.approx(np.average(grid, weights=product))
    assert guess.sd[0] ** 2 == pytest.approx(np.average((grid - guess.mean[0]) ** 2, weights=product))
    prior = within(start, np.inf)
    assert (prior.mean[0], prior.sd[0]) == (0.0, 1.0)
    assert isinstance(prior, Guess)


def test_resampling_keeps_shares():
    places = resampled(np.array([0.5, 0.25, 0.25, 0.0]), 0.5)
    assert np.bincount(places, minlength=4).tolist() == [2, 1, 1, 0]
    assert effective_number(np.log(np.array([0.5, 0.5]))) == pytest.approx(2.0)


def test_a_power_rises_as_far_as_half_of_the_sets_last():
    excess = 50.0 * chance().standard_normal(400)
    power = next_power(excess, 0.1, 0.5)
    assert effective_number((power - 0.1) * excess) == pytest.approx(200.0, rel=0.01)
    assert next_power(np.zeros(10), 0.1, 0.5) == 1.0
    # A burden that already leaves too few lets nothing rise; and a set that is not known never counts.
    assert next_power(excess, 0.1, 0.5, begun=excess) == pytest.approx(0.1, abs=1e-9)
    assert next_power(np.array([0.0, 0.0, -np.inf]), 0.0, 0.5) == 1.0
