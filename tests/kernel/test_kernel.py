"""The kernel against its twin, `smaclab.kernel.reference`, on random networks."""

import pickle
import timeit

import numpy as np
import pytest

from smaclab.errors import ShapeError
from smaclab.kernel import compile_kernel
from smaclab.kernel.reference import constants_reference, derivative_reference, jacobian_reference
from smaclab.network import Network, Observable, parse_species


@pytest.fixture(params=range(50))
def case(request, networks):
    network = networks.random_network(request.param)
    parameters, counts = networks.random_state(network, request.param)
    return network, compile_kernel(network), parameters, counts


def close(found, expected, *, relative):
    np.testing.assert_allclose(found, expected, rtol=relative, atol=relative * np.abs(expected).max())


def test_constants_are_those_of_the_twin(case):
    network, kernel, parameters, _ = case
    np.testing.assert_allclose(
        kernel.constants(parameters), constants_reference(network, parameters), rtol=1e-13
    )


def test_the_derivative_is_a_faithful_copy(case):
    network, kernel, parameters, counts = case
    values = kernel.constants(parameters)
    close(kernel.derivative(counts, values), derivative_reference(network, counts, values), relative=1e-13)


def test_small_negative_counts_are_survived(case):
    network, kernel, parameters, counts = case
    values = kernel.constants(parameters)
    counts = np.where(np.arange(len(counts)) % 2, counts, -1e-9)
    found = kernel.derivative(counts, values)
    assert np.all(np.isfinite(found))
    close(found, derivative_reference(network, counts, values), relative=1e-13)


def test_the_jacobian_is_the_slope_of_the_twin(case):
    network, kernel, parameters, counts = case
    values = kernel.constants(parameters)
    close(kernel.jacobian_dense(counts, values), jacobian_reference(network, counts, values), relative=1e-7)


def test_the_jacobian_is_exact_by_a_complex_step(case):
    _, kernel, parameters, counts = case
    values = kernel.constants(parameters)
    steps = counts + 1e-30j * np.eye(len(counts))
    exact = kernel.derivative(steps, values).imag.T / 1e-30
    close(kernel.jacobian_dense(counts, values), exact, relative=1e-13)


def test_sparse_and_dense_jacobians_agree(case):
    _, kernel, parameters, counts = case
    values = kernel.constants(parameters)
    rows, columns = kernel.jacobian_pattern
    dense = kernel.jacobian_dense(counts, values)
    np.testing.assert_array_equal(dense[rows, columns], kernel.jacobian(counts, values))
    dense[rows, columns] = 0.0
    assert not dense.any()


def test_a_batch_is_its_cells(case):
    _, kernel, parameters, counts = case
    rng = np.random.default_rng(0)
    many = counts * rng.uniform(0.5, 2, (2, 3, len(counts)))
    given = parameters * rng.uniform(0.5, 2, (2, 3, len(parameters)))
    values = kernel.constants(given)
    found = kernel.derivative(many, values)
    assert (values.shape[:2], found.shape) == ((2, 3), many.shape)
    for at in np.ndindex(2, 3):
        np.testing.assert_allclose(values[at], kernel.constants(given[at]), rtol=1e-14)
        close(found[at], kernel.derivative(many[at], values[at]), relative=1e-14)
    assert kernel.derivative(counts[None], values[0, 0]).shape == (1, len(counts))
    assert kernel.initial(values).shape == many.shape


def test_start_and_observables(networks):
    network = networks.random_network(0)
    kernel = compile_kernel(network)
    parameters, counts = networks.random_state(network, 0)
    values = kernel.constants(parameters)
    start = kernel.initial(values)
    assert {place: start[place] for place in np.nonzero(start)[0]} == {
        place: values[network.value_index[amount]] for place, amount in network.initial
    }
    seen = kernel.observe(counts[None, None])
    assert seen.shape == (1, 1, len(network.observables))
    for place, observable in enumerate(network.observables):
        assert seen[0, 0, place] == pytest.approx(sum(w * counts[s] for s, w in observable.terms), rel=1e-14)
    assert kernel.observe(counts).shape == (len(network.observables),)


def test_a_kernel_travels_to_another_process(networks):
    network = networks.random_network(0)
    kernel = compile_kernel(network)
    parameters, counts = networks.random_state(network, 0)
    values = kernel.constants(parameters)
    there = pickle.loads(pickle.dumps(kernel))
    assert there.network == network
    np.testing.assert_array_equal(there.derivative(counts, values), kernel.derivative(counts, values))


def test_the_wrong_number_of_parameters_gets_a_letter(networks):
    kernel = compile_kernel(networks.random_network(0))
    with pytest.raises(ShapeError, match=r"shape \(3,\); its last axis needs 12 entries"):
        kernel.constants(np.zeros(3))


def test_networks_without_reactions_or_observables_work():
    species = (parse_species("A()"),)
    for network in (
        Network(species=species),
        Network(species=species, observables=(Observable(name="o", terms=((0, 2.0),)),)),
        Network(species=species, observables=(Observable(name="o", terms=()),)),
    ):
        kernel = compile_kernel(network)
        values = kernel.constants(np.zeros(0))
        counts = np.array([3.0])
        assert kernel.derivative(counts, values).tolist() == [0.0]
        assert kernel.derivative(counts[None], values).tolist() == [[0.0]]
        assert kernel.jacobian_dense(counts, values).tolist() == [[0.0]]
        assert kernel.observe(counts).shape == (len(network.observables),)


@pytest.mark.slow
def test_it_is_fast_enough_for_scipys_solvers(networks):
    # Ten times the target, so that a busy machine does not fail it; a Python loop over reactions would.
    network = networks.random_network(1, n_species=150, n_reactions=900, n_functions=9)
    kernel = compile_kernel(network)
    parameters, counts = networks.random_state(network, 1)
    values = kernel.constants(parameters)

    def microseconds(call):
        return min(timeit.repeat(call, number=200, repeat=5)) / 200 * 1e6

    assert microseconds(lambda: kernel.derivative(counts, values)) < 400
    assert microseconds(lambda: kernel.jacobian_dense(counts, values)) < 1200
