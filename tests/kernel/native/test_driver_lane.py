"""What happens to one lane: a cell comes in, meets its changes, is sampled, dies, ends, fails."""

import math

import numpy as np
import pytest

from smaclab.simulate.status import Status
from tests.kernel.native.test_driver_look import DECAY, MADE, watch_of
from tests.kernel.native.toys import change, follow, network

HOUR = 3600.0
EXPLOSIVE = network(1, [((0, 0), (0, 0, 0), "k")], ("k",))


def test_a_sample_at_a_change_shows_the_state_after_it():
    changes = (change(1.0, adds={0: 50.0}), change(2.0, amounts={0: 7.0}))
    ends = follow(DECAY, [[100.0]], [0.0], [0.0, 0.5, 1.0, 1.5, 2.0, 2.5], changes=(changes,))
    np.testing.assert_allclose(ends.counts[0, :, 0], [100, 100, 150, 150, 7, 7], rtol=1e-14)


def test_a_change_at_the_beginning_is_seen_at_the_beginning():
    ends = follow(DECAY, [[100.0]], [0.0], [0.0, 1.0], changes=((change(0.0, adds={0: 5.0}),),))
    assert ends.counts[0, :, 0].tolist() == [105.0, 105.0]


def test_a_change_at_the_end_is_seen_at_the_end():
    ends = follow(DECAY, [[100.0]], [0.0], [0.0, 1.0, 2.0], changes=((change(2.0, adds={0: 5.0}),),))
    np.testing.assert_allclose(ends.counts[0, :, 0], [100, 100, 105], rtol=1e-14)
    assert ends.final[0, 0] == pytest.approx(105.0)


def test_a_change_after_the_end_never_happens():
    ends = follow(DECAY, [[100.0]], [0.0], [0.0, 1.0], changes=((change(1.5, adds={0: 5.0}),),))
    np.testing.assert_allclose(ends.counts[0, :, 0], 100.0, rtol=1e-14)


def test_the_sample_at_the_end_is_there_without_any_change():
    ends = follow(DECAY, [[100.0]], [1.0], [0.0, 2.0], rtol=1e-8)
    np.testing.assert_allclose(ends.counts[0, :, 0], [100.0, 100 * math.exp(-2)], rtol=1e-6)
    assert ends.counts[0, 1, 0] == pytest.approx(ends.final[0, 0], rel=1e-14)


def test_a_parameter_change_moves_what_is_computed_from_it():
    of = network(1, [((), (0,), "speed")], ("k", "fold"), constants={"double": "2*k", "speed": "double*fold"})
    changes = (change(10.0, parameters={0: 3.0}), change(20.0, parameters={1: 0.0}))
    ends = follow(of, [[0.0]], [1.0, 1.0], [0.0, 10.0, 20.0, 30.0], changes=(changes,))
    np.testing.assert_allclose(ends.counts[0, :, 0], [0.0, 20.0, 80.0, 80.0], rtol=1e-13, atol=1e-12)


def test_amounts_and_parameters_may_change_together():
    both = change(1.0, parameters={0: 2.0}, amounts={0: 10.0})
    ends = follow(MADE, [[0.0]], [1.0], [0.0, 1.0, 2.0], changes=((both,),))
    np.testing.assert_allclose(ends.counts[0, :, 0], [0.0, 10.0, 12.0], rtol=1e-13)


def test_each_group_meets_its_own_changes():
    groups = ((), (change(1.0, adds={0: 5.0}),), (change(0.5, adds={0: 1.0}), change(1.5, adds={0: 1.0})))
    group = np.arange(30) % 3
    ends = follow(DECAY, np.full((30, 1), 100.0), [0.0], [0.0, 1.0, 2.0], changes=groups, group=group)
    expected = np.array([[100, 100, 100], [100, 105, 105], [100, 101, 102]])
    np.testing.assert_allclose(ends.counts[:, :, 0], expected[group], rtol=1e-14)


def test_each_cell_computes_a_change_from_its_own_parameters():
    of = network(1, [((), (0,), "speed")], ("k", "fold"), constants={"speed": "k*fold"})
    k = np.linspace(1, 5, 20)
    parameters = np.stack((k, np.ones(20)), axis=1)
    changes = ((change(1.0, parameters={1: 3.0}),),)
    ends = follow(of, np.zeros((20, 1)), parameters, [0.0, 1.0, 2.0], changes=changes)
    np.testing.assert_allclose(ends.counts[:, 2, 0], 4 * k, rtol=1e-13)


def test_changes_before_the_first_sample_are_made():
    changes = ((change(-10.0, parameters={0: 2.0}), change(-5.0, parameters={0: 1.0})),)
    ends = follow(MADE, [[0.0]], [0.0], [0.0, 1.0], start_s=-10.0, changes=changes)
    np.testing.assert_allclose(ends.counts[0, :, 0], [15.0, 16.0], rtol=1e-12)


def test_changes_that_only_rounding_holds_apart_are_both_made():
    late = np.nextafter(1.1 * HOUR, math.inf)
    changes = ((change(1.1 * HOUR, adds={0: 5.0}), change(late, adds={0: 5.0})),)
    ends = follow(DECAY, [[100.0]], [1e-4], [0.0, HOUR, 2 * HOUR], changes=changes)
    once = follow(
        DECAY, [[100.0]], [1e-4], [0.0, HOUR, 2 * HOUR], changes=((change(1.1 * HOUR, adds={0: 10.0}),),)
    )
    assert ends.status[0] == Status.OK
    np.testing.assert_allclose(ends.counts, once.counts, rtol=1e-7)


def test_many_changes_are_all_made():
    changes = (tuple(change(float(at), adds={0: 1.0}) for at in range(1, 101)),)
    ends = follow(DECAY, np.zeros((11, 1)), [0.0], np.arange(101.0), changes=changes)
    np.testing.assert_allclose(ends.counts[:, :, 0], np.tile(np.arange(101.0), (11, 1)), atol=1e-12)


def test_after_death_all_samples_show_the_state_of_death():
    ends = follow(MADE, [[0.0]], [1.0], np.arange(0.0, 11.0), **watch_of([[4.5]]))
    np.testing.assert_allclose(ends.counts[0, :, 0], [0, 1, 2, 3, 4, *[4.5] * 6], atol=1e-9)
    assert (ends.counts[0, 5:, 0] == ends.counts[0, 5, 0]).all()


def test_a_dead_cell_meets_no_further_change():
    ends = follow(
        MADE, [[0.0]], [1.0], [0.0, 10.0], changes=((change(8.0, adds={0: 99.0}),),), **watch_of([[4.5]])
    )
    assert ends.counts[0, 1, 0] == pytest.approx(4.5, abs=1e-9)


def test_a_cell_beyond_its_threshold_at_the_start_is_dead_at_once():
    ends = follow(MADE, [[20.0]], [1.0], [0.0, 10.0], **watch_of([[4.5]]))
    assert ends.death_s[0] == 0.0
    assert ends.counts[0, :, 0].tolist() == [20.0, 20.0]


def test_a_dose_that_passes_the_threshold_kills_when_it_is_given():
    ends = follow(
        MADE, [[0.0]], [0.1], [0.0, 5.0, 10.0], changes=((change(5.0, adds={0: 9.0}),),), **watch_of([[4.5]])
    )
    assert ends.death_s[0] == pytest.approx(5.0, abs=1e-9)
    np.testing.assert_allclose(ends.counts[0, :, 0], [0.0, 9.5, 9.5], atol=1e-12)


def test_a_change_may_move_a_threshold():
    of = network(1, [((), (0,), "k")], ("k", "level"))
    watched = {"watch": np.ones((1, 1)), "threshold": np.zeros((2, 1)), "threshold_place": (1,)}
    parameters = [[1.0, 100.0], [1.0, 30.0]]
    lower = ((change(20.0, parameters={1: 25.0}),),)
    ends = follow(of, np.zeros((2, 1)), parameters, [0.0, 50.0], changes=lower, **watched)
    np.testing.assert_allclose(ends.death_s, 25.0, atol=1e-9)
    below = ((change(20.0, parameters={1: 5.0}),),)
    ends = follow(of, np.zeros((2, 1)), parameters, [0.0, 50.0], changes=below, **watched)
    np.testing.assert_allclose(ends.death_s, 20.0, atol=1e-9)
    higher = ((change(20.0, parameters={1: 40.0}),),)
    ends = follow(of, np.zeros((2, 1)), parameters, [0.0, 50.0], changes=higher, **watched)
    np.testing.assert_allclose(ends.death_s, 40.0, atol=1e-9)


def test_death_at_a_change_comes_before_the_change():
    """Straight to 5 molecules at 5 s, when a wash-out would save it: too late."""
    saved = ((change(5.0, amounts={0: 0.0}),),)
    ends = follow(MADE, [[0.0]], [1.0], [0.0, 10.0], changes=saved, **watch_of([[5.0 - 1e-9]]))
    assert ends.death_s[0] == pytest.approx(5.0, abs=1e-6)
    assert ends.counts[0, 1, 0] == pytest.approx(5.0)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_a_step_limit_is_a_status_and_not_a_result(limit):
    ends = follow(DECAY, [[1e4]], [1.0], [0.0, 10.0], max_steps=limit)
    assert (ends.status[0], ends.steps[0]) == (Status.STEP_LIMIT, limit)
    assert np.isnan(ends.counts).all()
    assert np.isnan(ends.death_s[0])


def test_as_many_steps_as_needed_are_enough():
    needed = follow(DECAY, [[1e4]], [1.0], [0.0, 10.0]).steps[0]
    assert follow(DECAY, [[1e4]], [1.0], [0.0, 10.0], max_steps=needed).status[0] == Status.OK
    assert follow(DECAY, [[1e4]], [1.0], [0.0, 10.0], max_steps=needed - 1).status[0] == Status.STEP_LIMIT


@pytest.mark.parametrize("bad", [math.nan, math.inf, 1e300])
def test_an_absurd_rate_is_a_status_and_not_a_result(bad):
    ends = follow(EXPLOSIVE, [[100.0]], [bad], [0.0, 1.0], max_steps=2000)
    assert ends.status[0] in {Status.NON_FINITE, Status.UNSUCCESSFUL, Status.STEP_LIMIT}
    assert np.isnan(ends.counts).all()


def test_an_explosion_is_a_status_and_not_a_result():
    """1 / (1/y - k t) has no value from t = 10 s on."""
    ends = follow(EXPLOSIVE, [[100.0]], [1e-3], [0.0, 100.0], max_steps=5000)
    assert ends.status[0] in {Status.NON_FINITE, Status.UNSUCCESSFUL, Status.STEP_LIMIT}
    assert np.isnan(ends.counts).all()


@pytest.mark.parametrize("place", ["counts", "rate"])
def test_what_is_no_number_at_the_start_is_not_finite(place):
    counts, k = ([[math.nan]], [1.0]) if place == "counts" else ([[1.0]], [math.nan])
    ends = follow(DECAY, counts, k, [0.0, 1.0])
    assert (ends.status[0], ends.steps[0]) == (Status.NON_FINITE, 1)


def test_a_change_to_what_is_no_number_fails_at_the_change():
    of = network(1, [((0,), (), "rate")], ("k",), constants={"rate": "log(k)"})
    ends = follow(of, [[1.0]], [1.0], [0.0, 1.0, 2.0], changes=((change(1.0, parameters={0: -1.0}),),))
    assert ends.status[0] == Status.NON_FINITE
    assert np.isnan(ends.counts).all()


def test_a_cell_that_goes_on_takes_the_step_it_had():
    first = follow(DECAY, [[100.0]], [1.0], [0.0, 1.0], rtol=1e-8)
    assert first.step_s[0] > 0.05  # a step of order five at 1e-8, of a decay within a second
    given = {"start_s": 1.0, "end_s": 2.0, "rtol": 1e-8}
    anew = follow(DECAY, first.final, [1.0], [2.0], **given)
    on = follow(DECAY, first.final, [1.0], [2.0], step_s=first.step_s, **given)
    assert on.steps[0] < anew.steps[0]
    np.testing.assert_allclose(on.final, anew.final, rtol=1e-7)


def test_the_last_step_does_not_shorten_the_one_that_would_follow():
    whole = follow(DECAY, [[100.0]], [1.0], [0.0, 1.0], rtol=1e-8)
    crumb = follow(
        DECAY, whole.final, [1.0], [1.001], start_s=1.0, end_s=1.001, rtol=1e-8, step_s=whole.step_s
    )
    assert crumb.steps[0] == 1
    assert crumb.step_s[0] >= whole.step_s[0]


def test_after_a_change_the_step_is_found_anew():
    changes = ((change(0.0, adds={0: 5.0}),),)
    plain = follow(DECAY, [[100.0]], [1.0], [0.0, 1.0], changes=changes)
    given = follow(DECAY, [[100.0]], [1.0], [0.0, 1.0], changes=changes, step_s=np.array([0.9]))
    assert given.steps[0] == plain.steps[0]
    assert given.final.tobytes() == plain.final.tobytes()
