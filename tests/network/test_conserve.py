import numpy as np
import pytest

from smaclab.network import Network, Parameter, Reaction, parse_species

K = (Parameter(name="k", unit="1/s"),)


def build(names, *steps):
    species = tuple(parse_species(name) for name in names)
    return Network(
        parameters=K,
        species=species,
        reactions=tuple(
            Reaction(rule="r", reactants=left, products=right, rate="k") for left, right in steps
        ),
    )


def totals(network):
    return {total.name: dict(total.terms) for total in network.conserved()}


def test_binding_conserves_both_partners():
    network = build(["A(b)", "B(a)", "A(b!1).B(a!1)"], ((0, 1), (2,)), ((2,), (0, 1)))
    assert totals(network) == {"A": {0: 1, 2: 1}, "B": {1: 1, 2: 1}}


def test_a_homodimer_counts_twice():
    network = build(["A(a)", "A(a!1).A(a!1)"], ((0, 0), (1,)))
    assert totals(network) == {"A": {0: 1, 1: 2}}


def test_synthesis_conserves_nothing():
    assert totals(build(["A(a)"], ((), (0,)), ((0,), ()))) == {}


def test_what_is_no_monomer_is_found_by_elimination():
    # A and B are lost only together, so their difference stays.
    assert totals(build(["A()", "B()"], ((0, 1), ()))) == {"total_of_A()": {0: -1, 1: 1}}


def test_odd_stoichiometry_stays_in_whole_numbers():
    network = build(["A()", "B()"], ((0, 0, 0), (1, 1)))
    assert list(totals(network).values()) == [{0: 2, 1: 3}]


def test_a_species_in_no_reaction_is_conserved():
    assert totals(build(["A()", "B()"], ((0,), ()))) == {"B": {1: 1}}


@pytest.mark.parametrize("seed", range(30))
def test_totals_span_the_null_space(networks, seed):
    network = networks.random_network(seed, n_reactions=seed % 12 + 1)
    matrix = np.zeros((len(network.species), len(network.reactions)))
    for column, reaction in enumerate(network.reactions):
        for species, change in reaction.change().items():
            matrix[species, column] = change
    found = network.conserved()
    weights = np.zeros((len(found), len(network.species)))
    for row, total in enumerate(found):
        weights[row, [s for s, _ in total.terms]] = [w for _, w in total.terms]
    assert np.all(weights @ matrix == 0)
    assert len(found) == len(network.species) - np.linalg.matrix_rank(matrix)
    assert np.linalg.matrix_rank(weights) == len(found) if found else True
