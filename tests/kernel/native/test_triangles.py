"""The compiled solve against numpy.linalg.solve."""

import numpy as np
import pytest

from tests.kernel.native.toys import Straight, long_chain, network
from tests.network.networks import random_network


@pytest.mark.parametrize("seed", range(12))
def test_the_solution_is_numpys(seed):
    toy = Straight(random_network(seed))
    rng = np.random.default_rng(seed)
    counts, values = toy.lanes(rng)
    shift = rng.uniform(1e3, 1e5, len(counts))  # dominates: the random rates are of order 100
    right = rng.normal(size=counts.shape)
    found = toy.solve(toy.factors(counts, values, shift), right)
    for lane, one in enumerate(shift):
        matrix = one * np.eye(len(toy.network.species)) - toy.kernel.jacobian_dense(
            counts[lane], values[lane]
        )
        expected = np.linalg.solve(matrix, right[lane])
        relative = 1e-15 * np.linalg.cond(matrix) + 1e-14
        np.testing.assert_allclose(
            found[lane], expected, rtol=0, atol=100 * relative * np.abs(expected).max()
        )


def test_a_network_of_many_pieces_is_solved():
    toy = Straight(long_chain())
    rng = np.random.default_rng(1)
    counts, values = toy.lanes(rng)
    right = rng.normal(size=counts.shape)
    found = toy.solve(toy.factors(counts, values, np.full(len(counts), 1e5)), right)
    for lane in range(len(counts)):
        matrix = 1e5 * np.eye(150) - toy.kernel.jacobian_dense(counts[lane], values[lane])
        np.testing.assert_allclose(matrix @ found[lane], right[lane], rtol=0, atol=1e-11)


def test_a_chain_by_hand():
    """x0 = 1 / (s + k), and each x after it gets k times the one before."""
    size = 5
    toy = Straight(network(size, [((place,), (place + 1,), "k") for place in range(size - 1)], ("k",)))
    ones = np.ones((toy.kind.lanes, 1))
    shift = 3.0
    right = np.zeros((toy.kind.lanes, size))
    right[:, 0] = 1.0
    found = toy.solve(
        toy.factors(np.ones((toy.kind.lanes, size)), 2 * ones, np.full(toy.kind.lanes, shift)), right
    )
    expected = [2.0**place / (shift + 2) ** (place + 1) for place in range(size - 1)]
    expected.append(2.0 * expected[-1] / shift)
    np.testing.assert_allclose(found, [expected] * toy.kind.lanes, rtol=1e-14)


def test_conserved_totals_pass_through_a_solve():
    """(s - J) u = r gives s w u = w r for every w with w J = 0: what a step conserves."""
    toy = Straight(network(2, [((0, 0), (1,), "on"), ((1,), (0, 0), "off")], ("on", "off")))
    rng = np.random.default_rng(0)
    counts, values = toy.lanes(rng)
    shift = rng.uniform(0.1, 1e4, len(counts))
    right = rng.normal(size=counts.shape)
    found = toy.solve(toy.factors(counts, values, shift), right)
    total = np.array([1.0, 2.0])
    np.testing.assert_allclose(shift * (found @ total), right @ total, rtol=1e-12, atol=1e-12)


def test_a_nan_stays_in_its_lane():
    toy = Straight(random_network(3))
    rng = np.random.default_rng(0)
    counts, values = toy.lanes(rng)
    right = rng.normal(size=counts.shape)
    shift = np.full(len(counts), 1e4)
    clean = toy.solve(toy.factors(counts, values, shift), right)
    counts[0], others = np.nan, np.arange(len(counts)) != 0
    found = toy.solve(toy.factors(counts, values, shift), right)
    assert np.isnan(found[0]).any()
    assert found[others].tobytes() == clean[others].tobytes()
