"""L times U is shift - J: the compiled factors against the kernel's Jacobian."""

import numpy as np
import pytest

from tests.kernel.native.test_speeds import PROMOTERS
from tests.kernel.native.toys import Straight, long_chain, network, one_function
from tests.network.networks import random_network


def whole(toy, factors, lane):
    """L U of one lane, in the network's own order."""
    size, order = len(toy.network.species), toy.layout.ordering.order
    rank = {species: place for place, species in enumerate(order)}
    lower, upper = np.eye(size), np.zeros((size, size))
    for (row, column), place in toy.layout.factor_places.items():
        entry = factors[place, lane]
        if rank[row] > rank[column]:
            lower[rank[row], rank[column]] = entry
        else:
            upper[rank[row], rank[column]] = 1.0 / entry if row == column else entry
    product = np.zeros((size, size))
    product[np.ix_(order, order)] = lower @ upper
    return product


def check(toy, rng, relative, low=0.1, high=5.0):
    """Every lane, with a shift beyond the Jacobian's size, so that no pivot is small."""
    counts, values = toy.lanes(rng, low, high)
    jacobians = np.array([toy.kernel.jacobian_dense(c, v) for c, v in zip(counts, values, strict=True)])
    shift = np.maximum(np.abs(jacobians).sum(axis=2).max(axis=1), 1e-3) * rng.uniform(1.1, 3, len(counts))
    factors = toy.factors(counts, values, shift)
    for lane, (one, jacobian) in enumerate(zip(shift, jacobians, strict=True)):
        expected = one * np.eye(len(jacobian)) - jacobian
        np.testing.assert_allclose(
            whole(toy, factors, lane), expected, rtol=0, atol=relative * np.abs(expected).max()
        )


@pytest.mark.parametrize("seed", range(12))
def test_the_factors_are_those_of_the_jacobian(seed):
    check(Straight(random_network(seed)), np.random.default_rng(seed), 1e-13)


@pytest.mark.parametrize("formula", PROMOTERS)
def test_every_kind_of_function_has_its_slopes(formula):
    check(Straight(one_function(formula)), np.random.default_rng(1), 1e-13, low=0.01, high=20.0)


def test_a_network_of_many_pieces_is_factorized():
    check(Straight(long_chain()), np.random.default_rng(1), 1e-12)


def test_a_homodimerization_by_hand():
    toy = Straight(network(2, [((0, 0), (1,), "on", 0.5), ((1,), (0, 0), "off")], ("on", "off")))
    counts, values = np.array([[3.0, 5.0]] * toy.kind.lanes), np.array([[0.2, 0.1]] * toy.kind.lanes)
    speed = 0.5 * 0.2 * 2 * 3
    expected = [[10 + 2 * speed, -2 * 0.1], [-speed, 10 + 0.1]]
    found = whole(toy, toy.factors(counts, values, np.full(toy.kind.lanes, 10.0)), 0)
    np.testing.assert_allclose(found, expected, rtol=1e-14)


def test_a_species_that_nothing_touches_has_the_shift_alone():
    toy = Straight(network(3, [((0,), (2,), "k")], ("k",)))
    counts, values = toy.lanes(np.random.default_rng(0))
    factors = toy.factors(counts, values, np.full(toy.kind.lanes, 4.0))
    assert (factors[toy.layout.factor_places[1, 1]] == 0.25).all()


def test_the_judge_sees_a_wrong_entry():
    toy = Straight(random_network(0))
    counts, values = toy.lanes(np.random.default_rng(0))
    factors = toy.factors(counts, values, np.full(toy.kind.lanes, 1e3))
    before = whole(toy, factors, 0)
    factors[len(factors) // 2] *= 1.001
    assert not np.allclose(whole(toy, factors, 0), before, rtol=0, atol=1e-13 * np.abs(before).max())
