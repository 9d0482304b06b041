import numpy as np
import pytest

from smaclab.simulate.death import Place, Watch, already_dead, first_death


def watch(kind="apoptosis", weights=(1.0, 0.0), threshold=0):
    return Watch(kind=kind, weights=np.array(weights), threshold=Place(threshold))


def line(times):
    return np.array([np.asarray(times) * 1.0, 10.0 - np.asarray(times)])


PARAMETERS = np.array([5.0, 2.0])


def test_the_crossing_is_located_inside_the_step():
    death = first_death([watch()], line, 0.0, 9.0, PARAMETERS)
    assert death.time_s == pytest.approx(5.0, abs=1e-3)
    assert death.kind == "apoptosis"
    np.testing.assert_allclose(death.counts, [5.0, 5.0], atol=2e-3)


def test_no_crossing_is_no_death():
    assert first_death([watch()], line, 0.0, 4.9, PARAMETERS) is None
    assert first_death([], line, 0.0, 9.0, PARAMETERS) is None
    assert already_dead([watch()], 0.0, np.array([4.9, 0.0]), PARAMETERS) is None


def test_a_peak_inside_a_step_kills_though_both_ends_are_below():
    def peak(times):
        return np.array([6.0 - (np.asarray(times) - 5.0) ** 2, np.zeros_like(times)])

    death = first_death([watch()], peak, 0.0, 10.0, PARAMETERS)
    assert death.time_s == pytest.approx(4.0, abs=1e-3)


def test_the_first_of_two_deaths_is_the_one():
    later = watch(kind="necroptosis", threshold=1)
    assert first_death([watch(), later], line, 0.0, 9.0, PARAMETERS).kind == "necroptosis"


def test_who_stands_at_the_threshold_is_dead():
    death = already_dead([watch()], 7.0, np.array([5.0, 0.0]), PARAMETERS)
    assert (death.time_s, death.kind) == (7.0, "apoptosis")


def test_rounding_where_two_steps_meet_does_not_lose_the_crossing():
    assert first_death([watch()], line, 5.0, 6.0, PARAMETERS).time_s == 5.0


def test_a_threshold_is_divided_by_its_divisor():
    eased = Watch(kind="apoptosis", weights=np.array([1.0, 0.0]), threshold=Place(0), divided_by=Place(1))
    assert eased.level(PARAMETERS) == 2.5
    assert first_death([eased], line, 0.0, 9.0, PARAMETERS).time_s == pytest.approx(2.5, abs=1e-3)


def test_what_cannot_act_never_kills():
    idle = Watch(kind="apoptosis", weights=np.array([1.0, 0.0]), threshold=Place(0), divided_by=Place(1))
    assert idle.level(np.array([5.0, 0.0])) == np.inf
    assert first_death([idle], line, 0.0, 9.0, np.array([5.0, 0.0])) is None
