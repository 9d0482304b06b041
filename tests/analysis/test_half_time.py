"""When half of it is done."""

import math

import numpy as np
import pytest

from smaclab.analysis.half_time import first_crossing_h, half_time_h

TIME = np.linspace(0.0, 24.0, 481)


@pytest.mark.parametrize("rate_per_h", [0.2, 0.5, 2.0])
def test_a_decay_to_nothing_is_half_way_at_its_half_life(rate_per_h):
    decay = np.exp(-rate_per_h * TIME)
    half = half_time_h(TIME, decay, rises=False)
    # Straight between looks 3 min apart; the lowest value is not quite 0.
    exact = -math.log((1 + decay[-1]) / 2) / rate_per_h
    assert half == pytest.approx(exact, abs=0.01)


def test_a_rise_is_half_way_between_start_and_highest():
    assert half_time_h(np.array([0.0, 2.0, 4.0]), np.array([1.0, 3.0, 5.0]), rises=True) == 2.0
    assert half_time_h(np.array([0.0, 2.0, 4.0]), np.array([5.0, 5.0, 1.0]), rises=False) == 3.0


def test_what_never_moves_never_gets_there():
    flat = np.ones(3)
    assert half_time_h(TIME[:3], flat, rises=True) == math.inf
    assert half_time_h(TIME[:3], flat, rises=False) == math.inf
    assert half_time_h(TIME[:3], np.array([3.0, 2.0, 1.0]), rises=True) == math.inf


def test_what_is_not_known_has_no_time():
    assert math.isnan(half_time_h(TIME[:3], np.array([1.0, math.nan, 0.0]), rises=False))
    assert math.isnan(first_crossing_h(TIME[:3], np.array([-1.0, math.nan, 0.0])))


def test_a_crossing_is_straight_between_looks():
    assert first_crossing_h(np.array([0.0, 1.0, 3.0]), np.array([-2.0, -1.0, 3.0])) == 1.5
    assert first_crossing_h(np.array([0.0, 1.0]), np.array([0.0, 3.0])) == 0.0
    assert first_crossing_h(np.array([0.0, 1.0]), np.array([-2.0, -1.0])) == math.inf
