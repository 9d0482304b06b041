"""How a number and its interval are said."""

import math

import pytest

from smaclab.analysis.estimate import UNKNOWN, Estimate


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (7.1, 12.84, "9.53 (7.1 to 12.8)"),
        (-math.inf, 12.84, "9.53 (at most 12.8)"),
        (7.1, math.inf, "9.53 (at least 7.1)"),
        (0.0, math.inf, "9.53 (no limit)"),
        (-math.inf, math.inf, "9.53 (no limit)"),
        (math.nan, math.nan, "9.53"),
    ],
)
def test_an_interval_says_which_end_is_missing(low, high, words):
    assert Estimate(value=9.53, low=low, high=high).words() == words


def test_only_two_finite_ends_close_an_interval():
    assert Estimate(value=1.0, low=0.5, high=2.0).is_closed
    assert not Estimate(value=1.0, low=0.5, high=math.inf).is_closed
    assert not Estimate(value=1.0).is_closed


def test_the_unknown_is_a_dash_and_large_numbers_are_whole():
    assert UNKNOWN.words() == "–"
    assert Estimate(value=123456.0).words() == "123456"
    assert Estimate(value=-1.5).words() == "−1.5"
    assert Estimate(value=math.inf).words() == "∞"


def test_limits_can_be_told_alone():
    assert Estimate(value=-6150.0, low=-math.inf, high=60.0).limits() == "at most 60"
    assert Estimate(value=1.0).limits() == ""
