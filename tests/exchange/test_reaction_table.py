import csv
import io

import numpy as np
import pytest

from smaclab.errors import ShapeError
from smaclab.exchange.reaction_table import HEADER, rate_values, reaction_table
from smaclab.kernel import compile_kernel
from smaclab.lab import own_catalogue, own_network
from tests.network.networks import random_network, random_state
from tests.simulate.conftest import trigger_network

TOY = np.array([10_000.0, 1.0, 1e-4, 1.0, 1e-6, 4e4, 1e-5, 1e4])  # trigger_network's parameters


def rows(network, parameters):
    return list(csv.DictReader(io.StringIO(reaction_table(network, parameters))))


def test_the_table_gives_back_the_derivative():
    """Speeds computed from the table alone, by species, are the kernel's derivative."""
    network = trigger_network()
    counts = np.array([5000.0, 300.0])
    names = [one.name for one in network.species]
    found = np.zeros(len(names))
    for row in rows(network, TOY):
        reactants = [one for one in row["reactants"].split(" + ") if one]
        products = [one for one in row["products"].split(" + ") if one]
        if row["value"] == "":  # a function of the state: not in this test
            continue
        speed = float(row["factor"]) * float(row["value"])
        speed *= np.prod([counts[names.index(one)] for one in reactants])
        assert int(row["order"]) == len(reactants)
        for one in reactants:
            found[names.index(one)] -= speed
        for one in products:
            found[names.index(one)] += speed
    kernel = compile_kernel(network)
    if all(row["value"] for row in rows(network, TOY)):
        np.testing.assert_allclose(found, kernel.derivative(counts, kernel.constants(TOY)), rtol=1e-12)


def test_constants_are_the_kernels():
    network = random_network(3)
    parameters, _ = random_state(network, 3)
    values = rate_values(network, parameters)
    kernel = compile_kernel(network)
    ours = np.array([values[name] for name in network.value_index])
    np.testing.assert_allclose(ours, kernel.constants(parameters), rtol=1e-12)


def test_the_own_network_has_a_row_a_reaction():
    network = own_network()
    values = own_catalogue().parameters
    parameters = np.array([values[p.name].value if p.name in values else 1.0 for p in network.parameters])
    found = rows(network, parameters)
    assert len(found) == len(network.reactions)
    assert tuple(found[0]) == HEADER


def test_parameters_of_another_network_get_a_letter():
    with pytest.raises(ShapeError, match=r"parameters has shape \(3,\)"):
        reaction_table(trigger_network(), np.zeros(3))
