import numpy as np
import pytest

from smaclab.infer.screen import LOOKS, MOST, moved_alone, reach
from tests.infer.toys import linear


def test_one_parameter_moves_at_a_time_both_ways_from_two_places():
    places = np.arange(12.0).reshape(4, 3)
    sets, whose = moved_alone(places, np.random.default_rng(1))
    assert sets.shape == (LOOKS * 3, 3)
    away = sets - places[whose]
    first, second = np.diag(away[:3]), np.diag(away[3:])
    np.testing.assert_array_equal(np.abs(first), 1.0)
    np.testing.assert_array_equal(second, -first)
    np.testing.assert_array_equal(np.abs(away).sum(axis=1), 1.0)
    assert (whose[:3] != whose[3:]).all()


def test_of_one_place_there_is_only_that():
    _, whose = moved_alone(np.zeros((1, 5)), np.random.default_rng(1))
    assert not whose.any()


def test_what_costs_four_times_as_much_goes_half_as_far():
    """At the top of a normal likelihood the loss of a move is known: half its square, in deviations."""
    problem = linear([0.0] * 4, sd=0.5)
    sets, _ = moved_alone(np.zeros((1, 3)), np.random.default_rng(1))
    predicted = problem.predict(problem.values(sets))
    found = reach(problem, predicted, np.full(6, float(problem.log_likelihood(np.zeros((1, 4)))[0])))
    effect = problem.predict(problem.values(np.eye(3))) / 0.5
    np.testing.assert_allclose(found, 1.0 / np.sqrt(0.5 * (effect**2).sum(axis=1)), rtol=1e-9)


@pytest.mark.parametrize(("value", "far"), [(np.nan, MOST**-0.5), (0.0, 1e3)])
def test_what_cannot_be_predicted_hardly_moves_and_what_does_nothing_goes_anywhere(value, far):
    problem = linear([0.0] * 4)
    predicted = np.zeros((6, 4))
    predicted[1] = value
    likely = np.full(6, float(problem.log_likelihood(np.zeros((1, 4)))[0]))
    assert reach(problem, predicted, likely)[1] == pytest.approx(far)
