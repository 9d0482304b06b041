"""Lanes over a queue of cells: every cell once, each as if it were alone."""

import numpy as np
import pytest

from smaclab.kernel import compile_kernel
from smaclab.kernel.native import compile_program
from smaclab.kernel.native.driver import SIGNATURES, driver
from smaclab.kernel.native.engine import object_code
from smaclab.kernel.native.frame import Sections
from smaclab.kernel.native.kind import host_kind
from smaclab.kernel.rosenbrock import RODAS4, RODAS5
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate
from tests.kernel.native.toys import change, follow, network

LANES = host_kind().lanes
DECAY = network(2, [((0,), (1,), "k")], ("k",))
TIMES = np.array([0.0, 0.5, 3.0])


def same(one, other, cells=slice(None)):
    """Equal bits in everything a cell is told by."""
    return all(
        getattr(one, name)[cells].tobytes() == getattr(other, name).tobytes()
        for name in ("counts", "final", "status", "death_s", "death_kind", "steps", "rejected")
    )


def some(n_cells, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(10, 1e4, (n_cells, 2)), 10 ** rng.uniform(-2, 2, (n_cells, 1))


def test_the_module_has_every_function_and_compiles():
    for method in (RODAS4, RODAS5):
        sections = Sections(
            n_species=2, n_functions=0, n_factors=3, n_static=1, n_totals=1, stages=method.stages,
            n_course=2 + len(method.dense),
        )  # fmt: skip
        for precision in ("double", "float"):
            text = driver(host_kind(precision), method, sections)
            for name in SIGNATURES:
                assert f'@"{name}"' in text
            assert object_code(text)


@pytest.mark.parametrize("n_cells", [1, 2, LANES - 1, LANES, LANES + 1, 5 * LANES + 3])
def test_every_cell_of_the_queue_is_solved(n_cells):
    counts, k = some(n_cells)
    ends = follow(DECAY, counts, k, TIMES)
    assert not ends.status.any()
    expected = counts[:, None, 0] * np.exp(-k * TIMES)
    np.testing.assert_allclose(ends.counts[:, :, 0], expected, rtol=0, atol=1e-6 * counts.max())
    np.testing.assert_allclose(ends.final.sum(axis=1), counts.sum(axis=1), rtol=1e-13)


def test_no_cell_is_no_work():
    ends = follow(DECAY, np.zeros((0, 2)), np.zeros((0, 1)), TIMES)
    assert ends.counts.shape == (0, 3, 2)
    assert ends.vector_steps == 0


def test_equal_bits_for_any_slice():
    counts, k = some(5 * LANES + 3)
    whole = follow(DECAY, counts, k, TIMES)
    for first, last in ((0, 1), (3, 4), (5, 5 + LANES), (LANES, 3 * LANES + 1)):
        assert same(whole, follow(DECAY, counts[first:last], k[first:last], TIMES), slice(first, last))


def test_equal_bits_for_any_order():
    counts, k = some(5 * LANES + 3)
    order = np.random.default_rng(1).permutation(len(counts))
    assert same(follow(DECAY, counts, k, TIMES), follow(DECAY, counts[order], k[order], TIMES), order)


def test_the_judge_of_bits_sees_the_last_bit():
    counts, k = some(3)
    one, other = follow(DECAY, counts, k, TIMES), follow(DECAY, counts, k, TIMES)
    assert same(one, other)
    other.final[1, 1] = np.nextafter(other.final[1, 1], np.inf)
    assert not same(one, other)


def test_lanes_are_kept_busy():
    """Steps of a cell differ tenfold here; lanes that waited for the slowest would need twice the rounds."""
    counts, k = some(50 * LANES)
    ends = follow(DECAY, counts, k, TIMES)
    assert ends.vector_steps * LANES < 1.1 * ends.steps.sum()


def test_cells_of_different_length_share_a_vector():
    counts, k = some(3 * LANES)
    ends_s = np.linspace(0.1, 7.0, len(counts))
    ends = follow(DECAY, counts, k, np.array([0.0]), end_s=ends_s)
    np.testing.assert_allclose(ends.final[:, 0], counts[:, 0] * np.exp(-k[:, 0] * ends_s), rtol=0, atol=1e-3)


def test_a_cell_that_does_not_move_takes_few_steps():
    ends = follow(DECAY, [[5.0, 7.0]], [[0.0]], np.linspace(0, 1e6, 50))
    np.testing.assert_allclose(ends.counts[0], [[5.0, 7.0]] * 50, rtol=1e-15)
    assert ends.steps[0] < 10


def test_the_first_step_moves_the_state_by_about_a_tolerance():
    """All cells start with h |f| / tolerance = 1, or a tenth of the way: a few steps reach the end."""
    counts, k = some(LANES)
    ends = follow(DECAY, counts, k, [0.0], end_s=1e-4 / k[:, 0], rtol=1e-4)
    assert ends.steps.max() <= 6


def stand_still(of, parameters):
    ends = follow(of, [[1.0, 2.0, 3.0]], parameters, [0.0, 1.0], changes=((change(0.5, adds={1: 5.0}),),))
    np.testing.assert_array_equal(ends.counts[0], [[1.0, 2.0, 3.0], [1.0, 7.0, 3.0]])


def test_a_network_whose_reactions_change_nothing_stands_still():
    stand_still(network(3, [((0,), (0,), "k")], ("k",)), [[1.0]])


def test_a_network_without_reactions_stands_still():
    stand_still(network(3, [], ()), np.zeros((1, 0)))


@pytest.mark.skipif(not host_kind("float").flushed, reason="only x86 is slow on such numbers")
def test_what_singles_cannot_hold_is_nothing_and_the_processor_is_left_as_it_was():
    """A single holds 1e-40 with a few bits only; a double holds it as any other number."""
    cells = Cells(
        counts=np.array([[1e-40, 1.0]]), parameters=np.array([[0.0]]), start_s=np.zeros(1), end_s=np.ones(1)
    )
    looks = Looks(time_s=np.zeros(0), observe=np.zeros((0, 2)))
    for precision, kept in (("double", 1e-40), ("float", 0.0)):
        program = compile_program(DECAY, precision=precision, keep=False)
        ends = integrate(program, compile_kernel(DECAY), cells, looks, Tolerance())
        assert ends.final[0].tolist() == [kept, 1.0]
    assert np.array([5e-324]) * np.array([1.0]) > 0
    assert np.array([1e-40], dtype=np.float32) * np.array([0.5], dtype=np.float32) > 0
