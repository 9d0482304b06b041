"""A network whose cells share their medium: the same cell, an exchange, and the medium without it."""

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.kernel import compile_kernel
from smaclab.network.network import Network, Parameter, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.well_network import medium_species, shared
from tests.simulate.well_toy import ANTIBODY, HELD, LIGAND, MEDIUM, NETWORK, VALUES

STATE = np.array([50.0, 2000.0, 30.0, 70.0, 200.0, 10.0])


def slope(network, counts, exchange=0.0):
    kernel = compile_kernel(network)
    parameters = np.concatenate((VALUES, np.full(3, exchange)))
    return kernel.derivative(counts, kernel.constants(parameters))


def test_what_is_in_the_medium_alone():
    assert medium_species(NETWORK) == (LIGAND, ANTIBODY, HELD)  # not the ligand on its receptor


def test_without_exchange_it_is_the_same_cell():
    kernel = compile_kernel(NETWORK)
    np.testing.assert_allclose(
        slope(shared(NETWORK).cell, STATE), kernel.derivative(STATE, kernel.constants(VALUES)), rtol=1e-14
    )


def test_an_exchange_flows_into_the_medium_and_nowhere_else():
    net = shared(NETWORK)
    change = slope(net.cell, STATE, 2.5) - slope(net.cell, STATE)
    np.testing.assert_allclose(change, np.where(np.isin(np.arange(6), MEDIUM), 2.5, 0.0), atol=1e-12)
    assert [net.cell.parameters[place].unit for place in net.exchange] == ["molecules/s"] * 3


def test_the_medium_goes_on_without_a_cell():
    net = shared(NETWORK)
    free, antibody, held = STATE[MEDIUM]
    binds = 1e-8 * free * antibody - 1e-4 * held
    expected = [-5e-5 * free - binds, -binds, binds]
    np.testing.assert_allclose(slope(net.empty, STATE[MEDIUM]), expected, rtol=1e-12)


def test_what_comes_from_nothing_is_a_cells_unless_a_clamp_pours_it():
    names = ("made", "clamp_ligand_in", "clamp_ligand_out")
    network = Network(
        parameters=tuple(Parameter(name=name, unit="1") for name in names),
        species=(parse_species("L()@medium"),),
        reactions=(
            Reaction(rule="is_secreted", reactants=(), products=(0,), rate="made"),
            Reaction(rule="pours", reactants=(), products=(0,), rate="clamp_ligand_in"),
            Reaction(rule="drains", reactants=(0,), products=(), rate="clamp_ligand_out"),
        ),
        inputs={"ligand": 0},
    )
    assert [one.rule for one in shared(network).empty.reactions[:2]] == ["pours", "drains"]


def test_the_ledger_adds_up_what_the_cell_and_the_medium_do():
    net = shared(NETWORK, ledger=True)
    counts = np.concatenate((STATE, np.zeros(6)))
    change = slope(net.cell, counts, 2.5)
    booked = change[net.from_cell] + change[net.in_medium]
    np.testing.assert_allclose(booked, change[net.medium] - 2.5, rtol=1e-12)
    np.testing.assert_allclose(
        change[net.in_medium], slope(net.empty, np.append(STATE[MEDIUM], np.zeros(3)))[3:]
    )
    assert change[net.from_cell][1] == 0.0  # no cell takes antibody


def test_a_network_without_a_medium_cannot_be_shared():
    network = Network(species=(parse_species("X()@cell"),))
    with pytest.raises(SimulationError, match="none in the compartment 'medium'"):
        shared(network)
