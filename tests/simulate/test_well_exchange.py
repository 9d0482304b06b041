"""What flows between shares is predicted; how long a macro step may be follows from its error."""

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.simulate.well_exchange import Coupling, Speeds, balanced, mean

WEIGHT = np.array([1.0, 1.0, 3.0])


def test_what_flows_in_somewhere_flows_out_elsewhere():
    flow = balanced(np.array([[4.0, 1.0], [0.0, 2.0], [1.0, -7.0]]), WEIGHT)
    np.testing.assert_allclose(WEIGHT @ flow, 0.0, atol=1e-14)


def test_nobody_is_balanced_to_nothing():
    assert not balanced(np.ones((1, 2)), np.zeros(1)).any()


def test_an_exchange_makes_all_shares_equally_fast():
    speed = np.array([[4.0], [0.0], [1.0]])
    flow = Speeds(speed=speed, slope=np.zeros_like(speed), at_s=0.0).exchange(10.0, WEIGHT)
    assert np.ptp(speed + flow) == pytest.approx(0.0, abs=1e-14)


def test_a_speed_that_grows_linearly_is_predicted_exactly():
    def speed(time_s):
        return np.array([[2.0 + 0.1 * time_s], [1.0 - 0.3 * time_s], [0.0]])

    begun = Speeds(speed=speed(0.0), slope=np.zeros((3, 1)), at_s=0.0)
    known = begun.then(speed(5.0), 5.0)
    np.testing.assert_allclose(known.exchange(20.0, WEIGHT), balanced(-speed(20.0), WEIGHT))


def test_the_bow_is_that_of_a_parabola():
    begun = Speeds(speed=np.zeros((2, 1)), slope=np.zeros((2, 1)), at_s=0.0)
    after = begun.then(np.array([[1.0], [-1.0]]), 4.0)  # a quarter a second
    # A linear flow less its mean over a step H adds up to slope (t^2 - H t) / 2: slope H^2 / 8 half-way.
    np.testing.assert_allclose(after.bow(10.0, np.ones(2)), 0.25 * 100 / 8)


def test_a_step_grows_where_its_error_is_small_and_shrinks_where_it_is_large():
    coupling = Coupling(first_s=10.0, longest_s=1000.0, shortest_s=1.0)
    assert coupling.next_s(100.0, 1e-9) == 200.0  # not more than twice
    assert coupling.next_s(900.0, 1e-9) == 1000.0
    assert coupling.next_s(100.0, 4.0) == pytest.approx(100.0 * 0.8 / 2)  # order two
    assert coupling.next_s(100.0, 1e9) == pytest.approx(20.0)
    assert coupling.next_s(100.0, np.nan) == pytest.approx(20.0)
    assert coupling.next_s(2.0, 1e9) == 1.0
    assert Coupling(fixed_s=7.0).next_s(100.0, 1e9) == 7.0


def test_the_error_is_relative_to_a_count_and_a_molecule():
    coupling = Coupling(tolerance=0.01)
    assert coupling.error(np.array([[0.5, 0.0], [0.5, 0.0]]), np.array([49.0, 0.0])) == pytest.approx(1.0)
    assert coupling.error(np.array([[0.0, 0.01]]), np.array([49.0, 0.0])) == pytest.approx(1.0)
    assert coupling.error(np.zeros((0, 2)), np.zeros(2)) == 0.0  # nobody is alive


@pytest.mark.parametrize(
    "wrong",
    [
        {"tolerance": 0.0},
        {"tolerance": 0.5},
        {"floor": 0.0},
        {"first_s": 0.0},
        {"first_s": 1e6},
        {"fixed_s": 0.0},
    ],
)
def test_settings_that_cannot_work_are_refused(wrong):
    with pytest.raises(SimulationError, match=r"\d"):
        Coupling(**wrong)


def test_the_mean_is_over_all_shares():
    found = mean(np.array([[1.0, 0.0], [4.0, 3.0]]), np.array([1.0, 2.0]))
    np.testing.assert_allclose(found, [3.0, 2.0])
