"""Observables inside a step, and where they reach a threshold."""

import math

import numpy as np
import pytest

from smaclab.kernel.native.driver_look import HALVINGS, LOOKS
from smaclab.kernel.rosenbrock import RODAS5
from tests.kernel.native import twin
from tests.kernel.native.test_driver_step import HILL, PROBLEMS
from tests.kernel.native.toys import compiled, follow, network

MADE = network(1, [((), (0,), "k")], ("k",))  # grows as k t
TWO_STEPS = network(2, [((), (0,), "k"), ((0,), (0, 1), "c")], ("k", "c"))  # the second as c k t^2 / 2
DECAY = network(1, [((0,), (), "k")], ("k",))
PULSE = network(2, [((0,), (1,), "k"), ((1,), (), "k")], ("k",))  # the second as n k t exp(-k t)
ONE = np.array([[1.0]])


def watch_of(level, weights=ONE):
    return {
        "watch": np.array(weights),
        "threshold": np.array(level, dtype=float),
        "threshold_place": (-1,) * len(weights),
    }


def test_samples_between_steps_are_those_of_the_dense_output():
    """The twin's steps are the program's (see test_driver_step): so are the courses inside them."""
    of, counts, parameters, end_s = PROBLEMS["hill"]
    kernel = compiled(of)[1]
    values = kernel.constants(parameters)

    def derivative(y):
        return kernel.derivative(y, values)

    def jacobian(y):
        return kernel.jacobian_dense(y, values)

    course = twin.run(derivative, jacobian, counts, end_s, 1e-3)
    times = np.linspace(0.0, end_s, 101)
    found = follow(of, counts, parameters, times, rtol=1e-3).counts[0]
    for time_s, seen in zip(times[:-1], found[:-1], strict=True):
        step = np.searchsorted(course.time_s, time_s, side="right") - 1
        old, h = course.counts[step], course.time_s[step + 1] - course.time_s[step]
        new, _, increments = twin.rosenbrock_step(derivative, jacobian, old, h)
        expected = twin.dense(RODAS5, old, new, increments, (time_s - course.time_s[step]) / h)
        np.testing.assert_allclose(seen, expected, rtol=1e-9)


def test_between_steps_the_answer_is_as_good_as_on_them():
    times = np.sort(np.random.default_rng(1).uniform(0, 5, 300))
    ends = follow(DECAY, [[1e4]], [1.0], times, rtol=1e-6)
    assert ends.steps[0] < 100  # most samples lie inside a step
    np.testing.assert_allclose(ends.counts[0, :, 0], 1e4 * np.exp(-times), rtol=2e-5)


def test_an_observable_is_a_weighted_sum():
    observe = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, -3.0], [0.0, 0.0]])
    seen = follow(PULSE, [[100.0, 5.0]], [1.0], np.linspace(0, 3, 20), observe=observe).counts[0]
    np.testing.assert_allclose(seen[:, 2], 2 * seen[:, 0] - 3 * seen[:, 1], rtol=0, atol=1e-12 * 300)
    assert not seen[:, 3].any()


@pytest.mark.parametrize("level", [1.0, 77.7, 999.0])
def test_a_straight_crossing_is_located_to_a_microsecond(level):
    """The method is exact on a straight line, so only the search for the crossing is judged."""
    ends = follow(MADE, [[0.0]], [0.01], [0.0, 1e5], **watch_of([[level]]))
    assert ends.death_s[0] == pytest.approx(level / 0.01, abs=1e-6)
    assert ends.death_kind[0] == 0


def test_a_bent_crossing_is_located_to_a_microsecond():
    """A parabola, too, is followed exactly, inside its steps as well."""
    ends = follow(TWO_STEPS, [[0.0, 0.0]], [0.01, 0.02], [0.0, 1e4], **watch_of([[500.0]], [[0.0, 1.0]]))
    assert ends.death_s[0] == pytest.approx(math.sqrt(2 * 500.0 / 2e-4), abs=1e-6)


@pytest.mark.parametrize("level", [50.0, 91.0])
def test_a_curved_crossing_is_located_to_a_microsecond(level):
    """100 (1 - exp(-t)), whose dense output is good to the tolerance, 1e-11 a step."""
    filled = network(1, [((), (0,), "made"), ((0,), (), "k")], ("made", "k"))
    ends = follow(filled, [[0.0]], [100.0, 1.0], [0.0, 10.0], rtol=1e-11, **watch_of([[level]]))
    assert ends.death_s[0] == pytest.approx(-math.log(1 - level / 100), abs=1e-6)


def test_halving_is_finer_than_any_step():
    assert (LOOKS[0], LOOKS[-1]) == (0.0, 1.0)
    assert 0.25 * 0.5**HALVINGS < 2.0**-49


def test_the_first_of_several_thresholds_is_what_kills():
    levels = [[300.0, 100.0, 200.0], [100.0, 300.0, 300.0], [400.0, 500.0, 77.0], [math.inf] * 3]
    ends = follow(MADE, np.zeros((4, 1)), [1.0], [0.0, 1000.0], **watch_of(levels, [[1.0]] * 3))
    np.testing.assert_allclose(ends.death_s, [100.0, 100.0, 77.0, math.inf], atol=1e-9)
    assert ends.death_kind.tolist() == [1, 0, 2, -1]


def test_of_equal_thresholds_the_first_named_kills():
    ends = follow(MADE, [[0.0]], [1.0], [0.0, 1000.0], **watch_of([[50.0, 50.0]], [[1.0]] * 2))
    assert ends.death_kind.tolist() == [0]


def test_a_thin_window_is_not_stepped_over():
    """The pulse reaches the threshold for 0.15 s only, without a sample there."""
    top = 100 / math.e
    ends = follow(
        PULSE, [[100.0, 0.0]], [1.0], [0.0, 50.0], rtol=1e-5, **watch_of([[top - 0.1]], [[0.0, 1.0]])
    )
    assert 0.9 < ends.death_s[0] < 1.0
    ends = follow(
        PULSE, [[100.0, 0.0]], [1.0], [0.0, 50.0], rtol=1e-5, **watch_of([[top + 0.1]], [[0.0, 1.0]])
    )
    assert ends.death_s[0] == math.inf


def test_reaching_a_threshold_exactly_is_enough():
    ends = follow(MADE, [[5.0]], [0.0], [0.0, 10.0], **watch_of([[5.0]]))
    assert ends.death_s[0] == 0.0


def test_a_threshold_that_is_no_number_never_kills():
    ends = follow(MADE, [[5.0]], [1.0], [0.0, 10.0], **watch_of([[math.nan]]))
    assert (ends.status[0], ends.death_s[0]) == (0, math.inf)


def test_the_death_of_each_lane_is_its_own():
    levels = np.linspace(10, 900, 37)[:, None]
    ends = follow(
        MADE, np.zeros((37, 1)), np.linspace(0.5, 2, 37)[:, None], [0.0, 2000.0], **watch_of(levels)
    )
    np.testing.assert_allclose(ends.death_s, levels[:, 0] / np.linspace(0.5, 2, 37), atol=1e-6)


def test_a_promoter_is_watched_as_well():
    of, counts, parameters, end_s = PROBLEMS["hill"]
    assert of is HILL
    fine = np.linspace(0, end_s, 20_001)
    course = follow(of, counts, parameters, fine, rtol=1e-9).counts[0, :, 1]
    level = course.min() + 0.5 * (course.max() - course.min())
    first = fine[np.argmax(course >= level)]
    death = follow(
        of, counts, parameters, [0.0, end_s], rtol=1e-9, **watch_of([[level]], [[0.0, 1.0]])
    ).death_s[0]
    assert first - (fine[1] - fine[0]) <= death <= first
