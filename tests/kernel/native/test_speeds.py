"""The compiled derivative against the kernel's, and by hand."""

import numpy as np
import pytest

from smaclab.kernel.reference import derivative_reference
from tests.kernel.native.toys import Straight, long_chain, network, one_function
from tests.network.networks import random_network

PROMOTERS = (
    "k*a**n/(K**n + a**n)", "k/(1 + (b/K)**4)", "min(k*a, K)", "max(a, b, K) - min(a, b)", "k*exp(-a/K)",
    "k*log(1 + b)",
    "k*a*b/(K + a)", "(k*(a + b) - K*a)**2", "k*(a - b)**1.5 + K",
)  # fmt: skip


def close(found, expected, relative):
    """Sums of terms that cancel are as good as their largest part."""
    np.testing.assert_allclose(found, expected, rtol=relative, atol=relative * np.abs(expected).max())


@pytest.mark.parametrize("seed", range(12))
def test_the_derivative_is_a_faithful_copy(seed):
    toy = Straight(random_network(seed))
    counts, values = toy.lanes(np.random.default_rng(seed))
    close(toy.derivative(counts, values), toy.kernel.derivative(counts, values), 1e-13)
    close(toy.derivative(counts, values)[0], derivative_reference(toy.network, counts[0], values[0]), 1e-13)


@pytest.mark.parametrize("formula", PROMOTERS)
def test_every_kind_of_function_is_a_faithful_copy(formula):
    toy = Straight(one_function(formula))
    counts, values = toy.lanes(np.random.default_rng(1), low=0.01, high=20.0)
    close(toy.derivative(counts, values), toy.kernel.derivative(counts, values), 1e-13)


def test_a_network_of_many_pieces_is_a_faithful_copy():
    toy = Straight(long_chain())
    counts, values = toy.lanes(np.random.default_rng(1))
    close(toy.derivative(counts, values), toy.kernel.derivative(counts, values), 1e-12)


def test_a_homodimerization_by_hand():
    toy = Straight(network(2, [((0, 0), (1,), "on", 0.5), ((1,), (0, 0), "off")], ("on", "off")))
    counts, parameters = np.array([[3.0, 5.0]] * toy.kind.lanes), np.array([[0.2, 0.1]] * toy.kind.lanes)
    bound = 0.5 * 0.2 * 9 - 0.1 * 5
    np.testing.assert_allclose(
        toy.derivative(counts, parameters), [[-2 * bound, bound]] * toy.kind.lanes, rtol=1e-15
    )


def test_it_adds_to_what_is_there():
    toy = Straight(random_network(0))
    counts, values = toy.lanes(np.random.default_rng(0))
    there = np.random.default_rng(1).uniform(1, 2, counts.shape)
    close(toy.derivative(counts, values, out=there), there + toy.kernel.derivative(counts, values), 1e-13)


def test_what_changes_nothing_costs_nothing():
    idle = network(2, [((0,), (0,), "k"), ((0,), (1,), "k", 0.0)], ("k",))
    toy = Straight(idle)
    counts, values = toy.lanes(np.random.default_rng(0))
    assert not toy.derivative(counts, values).any()


def test_an_observable_of_nothing_is_zero():
    toy = Straight(network(1, [((), (0,), "f")], ("k",), functions={"f": "k + 7*a"}, observables={"a": ()}))
    counts, values = toy.lanes(np.random.default_rng(0))
    np.testing.assert_array_equal(toy.derivative(counts, values), values[:, :1])


def test_small_negative_counts_are_survived():
    toy = Straight(one_function("k*a**1.7/(K**1.7 + a**1.7)"))
    counts, values = toy.lanes(np.random.default_rng(0))
    counts[:] = -1e-9
    found = toy.derivative(counts, values)
    assert np.all(np.abs(found) < 1e-300)


def test_a_nan_stays_in_its_lane():
    toy = Straight(random_network(2))
    counts, values = toy.lanes(np.random.default_rng(0))
    whole = toy.derivative(counts, values)
    counts[1] = np.nan
    found = toy.derivative(counts, values)
    assert np.isnan(found[1]).any()
    others = np.arange(toy.kind.lanes) != 1
    assert found[others].tobytes() == whole[others].tobytes()


def test_every_lane_computes_alike():
    toy = Straight(random_network(5))
    counts, values = toy.lanes(np.random.default_rng(0))
    found = toy.derivative(
        np.repeat(counts[:1], toy.kind.lanes, axis=0), np.repeat(values[:1], toy.kind.lanes, axis=0)
    )
    assert (found == found[0]).all()


@pytest.mark.parametrize("seed", range(3))
def test_floats_are_as_good_as_floats_can_be(seed):
    toy = Straight(random_network(seed), precision="float")
    counts, values = toy.lanes(np.random.default_rng(seed))
    close(toy.derivative(counts, values), toy.kernel.derivative(counts, values), 2e-5)
