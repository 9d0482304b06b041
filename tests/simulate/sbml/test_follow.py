import numpy as np
import pytest

from smaclab.errors import SolveError
from smaclab.simulate.sbml import simulate_model
from smaclab.simulate.sbml.follow import Follower, Task
from smaclab.simulate.sbml.system import System
from tests.simulate.sbml.models import decay, event, model, parameter, rate

TIME = np.linspace(0.0, 4.0, 9)


def last(text, name, time=TIME):
    course = simulate_model(text, time)
    return course.values[-1, course.ids.index(name)]


def test_a_thin_window_is_not_stepped_over():
    thin = decay(Events=[event("e", "A > 1.18 && A < 1.1800001", {"n": "n + 1"})])
    assert last(thin, "n") == 1.0


def test_a_crossing_is_where_the_formula_says():
    crossing = decay(Events=[event("e", "A < 3", {"n": "time"})])
    assert last(crossing, "n") == pytest.approx(2 * np.log(8 / 3), rel=1e-7)


@pytest.mark.parametrize(("trigger", "at_one"), [("time >= 1", 5.0), ("time > 1", 0.0)])
def test_time_is_met_exactly(trigger, at_one):
    text = model(Parameters=[parameter("x", 0, "false")], Events=[event("e", trigger, {"x": "5"})])
    course = simulate_model(text, TIME)
    assert course.values[2, 0] == at_one
    assert course.values[3, 0] == 5.0


def test_an_event_that_comes_again_and_again():
    saw = model(
        Parameters=[parameter("x", 0, "false"), parameter("n", 0, "false")],
        Rules=[rate("x", "1")],
        Events=[event("e", "x >= 0.1", {"x": "0", "n": "n + 1"})],
    )
    assert last(saw, "n", np.linspace(0.0, 10.05, 5)) == 100.0


def test_a_state_that_an_event_sets_goes_on_from_there():
    kicked = decay(Events=[event("e", "time >= 2", {"A": "A + 4"})])
    assert last(kicked, "A") == pytest.approx(8 * np.exp(-2) + 4 * np.exp(-1), rel=1e-6)


def test_too_many_steps_get_a_letter():
    system = System.of(decay())
    parameters, states = system.start(0.0, {})
    task = Task(parameters=parameters, states=states, times=TIME, max_steps=3)
    with pytest.raises(SolveError, match="more than 3 steps"):
        Follower(system, task).run()


@pytest.mark.parametrize("solver", ["compiled", "stepwise"])
@pytest.mark.parametrize("formula", ["x^h", "root(2, x)", "ln(x)"])
def test_a_rate_that_has_no_value_is_a_failed_solve(formula, solver):
    falls = model(
        Parameters=[parameter("x", 1, "false"), parameter("y", 0, "false"), parameter("h", 1.5)],
        Rules=[rate("x", "-1"), rate("y", formula)],
    )
    with pytest.raises(SolveError, match="has no value"):
        simulate_model(falls, TIME, solver=solver)
    assert simulate_model(falls, TIME[:2], solver=solver).values[-1, 0] == pytest.approx(0.5)


def test_a_state_below_zero_by_rounding_is_zero_to_a_root():
    """Without limit of slope at 0: x = (1 - t / 2)^2 until it is nothing, and then it stays."""
    root = model(Parameters=[parameter("x", 1, "false"), parameter("h", 0.5)], Rules=[rate("x", "-x^h")])
    expected = np.maximum(1 - TIME / 2, 0.0) ** 2
    assert simulate_model(root, TIME).values[:, 0] == pytest.approx(expected, abs=1e-8)


def test_a_step_too_long_is_tried_again():
    """A wide step out of 1e-3 looks below zero, where the root has no value, and comes back."""
    dips = model(
        Parameters=[parameter("x", 1, "false"), parameter("h", 0.5)],
        Rules=[rate("x", "1e6 * (1e-3 - x^h)")],
    )
    assert simulate_model(dips, TIME).values[-1, 0] == pytest.approx(1e-6, rel=1e-6)


def test_a_crossing_has_happened_in_the_state_that_is_taken():
    """A dense output may round otherwise for one moment than for several: here by 1e-9."""

    def rounding(times):
        times = np.asarray(times)
        return (5.0 - times + (1e-9 if times.size == 1 else 0.0))[None]

    crossing = decay(Events=[event("e", "A < 3", {"n": "time"})])
    follower = follower_of(crossing)
    moment = follower._changes(rounding, 0.0, 4.0)
    assert moment == pytest.approx(2.0, abs=1e-8)
    assert rounding(np.array([moment]))[0, 0] < 3.0


def follower_of(text):
    system = System.of(text)
    parameters, states = system.start(0.0, {})
    return Follower(system, Task(parameters=parameters, states=states, times=TIME))


@pytest.mark.parametrize(("share", "enough"), [(0.1, 24), (1.0, 120)])
def test_the_letter_says_how_many_seconds_are_enough(share, enough):
    system = System.of(decay())
    parameters, states = system.start(0.0, {})
    task = Task(
        parameters=parameters, states=states, times=TIME, share=share, most_seconds=6.0, until_s=-np.inf
    )
    follower = Follower(system, task)
    follower.time = 2.0  # half of the run
    with pytest.raises(
        SolveError, match=rf"not done after 6 s, at time 2\. Allow more: --seconds {enough}\."
    ):
        follower.hurry()


def test_only_what_is_compared_is_handed_over():
    switched = decay(Events=[event("e", "A < 3", {"n": "time"})])
    system = System.of(switched)
    parameters, states = system.start(0.0, {})
    follower = Follower(system, Task(parameters=parameters, states=states, times=TIME))
    assert (len(follower.watched_parameters), len(follower.watched_states)) <= (1, 1)
    assert not follower.watched_time
    moment = np.array([0.0, 1.0])
    truths = follower._truths(lambda times: np.array([[8.0, 2.0]]), moment)
    assert truths[0].tolist() == [0.0, 1.0]
