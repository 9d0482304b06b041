"""What one lane shows of itself: any number of observables, at any times inside a step."""

import numpy as np
import pytest

from smaclab.kernel import compile_kernel
from smaclab.kernel.native import compile_program
from smaclab.kernel.native.driver_sample import TOGETHER
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate
from smaclab.simulate.status import Status
from tests.kernel.native.toys import follow, network

CHAIN = network(3, [((0,), (1,), "k"), ((1,), (2,), "k"), ((2,), (), "k")], ("k",))
START = [100.0, 3.0, 0.0]
TIMES = np.sort(np.random.default_rng(3).uniform(0.0, 6.0, 40))


def weights(number):
    return np.random.default_rng(7).normal(size=(3 * TOGETHER + 1, 3))[:number]


def seen(number, **more):
    return follow(CHAIN, [START, [5.0, 0.0, 9.0]], [1.3], TIMES, observe=weights(number), rtol=1e-5, **more)


@pytest.mark.parametrize("number", [1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 1])
def test_an_observable_has_equal_bits_whatever_stands_beside_it(number):
    many = seen(3 * TOGETHER + 1).counts
    assert seen(number).counts.tobytes() == np.ascontiguousarray(many[:, :, :number]).tobytes()


def test_each_is_the_weighted_sum_of_the_species():
    species = follow(CHAIN, [START], [1.3], TIMES, rtol=1e-5).counts[0]
    np.testing.assert_allclose(seen(TOGETHER + 3).counts[0], species @ weights(TOGETHER + 3).T, atol=1e-11)


def test_nothing_is_shown_where_nothing_is_asked():
    assert follow(CHAIN, [START], [1.3], TIMES, observe=np.zeros((0, 3))).counts.shape == (1, 40, 0)


def test_after_death_everything_shows_the_moment_of_death():
    watch = {
        "watch": np.array([[0.0, 1.0, 0.0]]),
        "threshold": np.full((2, 1), 30.0),
        "threshold_place": (-1,),
    }
    ends = seen(TOGETHER + 1, **watch)
    after = ends.counts[0, ends.death_s[0] < TIMES]
    assert 0 < ends.death_s[0] < 1.0
    assert len(after) > 30
    assert (after == after[0]).all()
    alive = np.isinf(ends.death_s[1])
    assert alive
    assert len(np.unique(ends.counts[1, :, 0])) == len(TIMES)


@pytest.mark.parametrize("number", [1, TOGETHER + 1])
def test_singles_show_the_same_course(number):
    cells = Cells(
        counts=np.array([START]), parameters=np.array([[1.3]]), start_s=np.zeros(1), end_s=TIMES[-1:]
    )
    looks = Looks(time_s=TIMES, observe=weights(number))
    program = compile_program(CHAIN, precision="float", keep=False)
    ends = integrate(program, compile_kernel(CHAIN), cells, looks, Tolerance(relative=1e-5))
    # A single has 24 bits, of sums of about 100.
    np.testing.assert_allclose(ends.counts[0], seen(number).counts[0], atol=100 * 2.0**-20)


def test_a_sample_after_the_end_of_its_cell_is_no_number():
    """And the cell has failed: nobody may take what stood in the memory for counts."""
    for _ in range(20):
        np.full((2, 40, 3), 7.0)  # what the memory held before
        ends = follow(CHAIN, [START, START], [1.3], TIMES, end_s=np.array([TIMES[-1], TIMES[19]]))
        assert ends.status.tolist() == [Status.OK, Status.NON_FINITE]
        assert np.isfinite(ends.counts[0]).all()
        assert np.isnan(ends.counts[1]).all()
