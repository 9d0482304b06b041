import sys

import numpy as np
import pytest

from smaclab.errors import NetworkError, ShapeError
from smaclab.exchange.sbml import sbml_ids, start_s, write_sbml
from smaclab.experiment.readout import Readout
from smaclab.kernel import compile_kernel
from smaclab.network.network import Network, Parameter
from smaclab.network.sbml import read_sbml
from smaclab.simulate.change import Change, Condition, resolve
from smaclab.simulate.sbml.system import System
from tests.exchange.judge import consistency_errors, distance, seen_by_roadrunner, seen_by_us
from tests.network.networks import random_network, random_state
from tests.simulate.conftest import trigger_network

TIMES = [0.0, 600.0, 3600.0, 7200.0, 36_000.0]
TOY = np.array([10_000.0, 1.0, 1e-4, 1.0, 1e-6, 4e4, 1e-5, 1e4])  # trigger_network's parameters
READOUTS = (
    Readout(name="T", observable="T_total", unit="copies", description="toy"),
    Readout(name="T per drug", observable="T_total", per="drug_free", unit="1", scale=2.0, description="toy"),
    Readout(
        name="drug, nM", observable="drug_free", unit="nM", scale=0.5, per_medium_volume=True,
        description="toy",
    ),
    Readout(name="viability", observable="", unit="1", special="viability", description="toy"),
)  # fmt: skip


def change(kind, target, value):
    return Change(kind=kind, target=target, value=value)


def conditions(network, *given):
    return resolve([Condition(time_s=time_s, changes=tuple(changes)) for time_s, changes in given], network)


def dosed(network):
    """A dose at 0, a second one and half the translation at 1 h, a wash-out at 2 h."""
    return conditions(
        network,
        (0.0, [change("add_amount", "drug", 1e6)]),
        (3600.0, [change("add_amount", "drug", 2e6), change("set_parameter", "translation", 0.5)]),
        (7200.0, [change("set_amount", "drug", 0.0)]),
    )


@pytest.mark.peer
def test_a_dosed_toy_is_the_same_in_libroadrunner():
    network = trigger_network()
    kernel, counts, changes = compile_kernel(network), np.array([10_000.0, 0.0]), dosed(network)
    text = write_sbml(
        network, counts=counts, parameters=TOY, changes=changes, readouts=READOUTS, medium_volume_pl=100.0
    )
    assert consistency_errors(text) == []
    theirs = seen_by_roadrunner(
        text,
        ["T__cell", "Drug__medium", "readout_T", "readout_T_per_drug", "readout_drug_nM"],
        [1.0, *TIMES[1:]],
    )
    ours = seen_by_us(kernel, counts, TOY, changes, [1.0, *TIMES[1:]])
    assert distance(ours[:-1], theirs[:-1, :2]) < 1e-6
    assert distance(ours[-1:, :1], theirs[-1:, :1]) < 1e-6
    np.testing.assert_allclose(theirs[:, 2], theirs[:, 0], rtol=1e-12)
    before = slice(0, 3)  # after the wash-out there is no drug to divide by
    np.testing.assert_allclose(theirs[before, 3], 2 * theirs[before, 0] / theirs[before, 1], rtol=1e-9)
    np.testing.assert_allclose(theirs[:, 4], 0.5 * theirs[:, 1] / 100.0, rtol=1e-9)


@pytest.mark.peer
def test_a_change_before_time_zero_moves_the_clock():
    network = trigger_network()
    changes = conditions(
        network,
        (-1800.0, [change("set_parameter", "translation", 0.0)]),
        (0.0, [change("add_amount", "drug", 1e6)]),
    )
    assert start_s(changes) == -1800.0
    counts = np.array([10_000.0, 0.0])
    text = write_sbml(network, counts=counts, parameters=TOY, changes=changes)
    assert consistency_errors(text) == []
    looks = [600.0, 3600.0]
    theirs = seen_by_roadrunner(text, ["experiment_time", "T__cell"], [1800.0 + one for one in looks])
    np.testing.assert_allclose(theirs[:, 0], looks)
    ours = seen_by_us(compile_kernel(network), counts, TOY, changes, looks)
    assert distance(ours[:, :1], theirs[:, 1:]) < 1e-6


@pytest.mark.peer
def test_dimers_are_the_same_in_libroadrunner(dimers):
    network, counts = dimers.network, np.array([1000.0, 20.0])
    parameters = np.array([1000.0, 1e-6, 1e-4])
    text = write_sbml(network, counts=counts, parameters=parameters)
    assert consistency_errors(text) == []
    theirs = seen_by_roadrunner(text, [*sbml_ids(network).species, "total"], TIMES)
    assert distance(seen_by_us(dimers, counts, parameters, (), TIMES), theirs[:, :2]) < 1e-6
    np.testing.assert_allclose(theirs[:, 2], 1040.0, rtol=1e-6)


@pytest.mark.peer
def test_a_network_of_every_kind_of_formula_is_the_same_in_libroadrunner():
    network = random_network(3)
    parameters, counts = random_state(network, 3)
    text = write_sbml(network, counts=counts, parameters=parameters)
    assert consistency_errors(text) == []
    times = [0.0, 0.02, 0.05, 0.1]
    theirs = seen_by_roadrunner(text, sbml_ids(network).species, times)
    ours = seen_by_us(compile_kernel(network), counts, parameters, (), times)
    assert distance(ours, theirs) < 1e-6


def of_others():
    """A file as others write them, in moles: an enzyme, half molecules, a condition, a boundary species."""
    pytest.importorskip("libsbml")
    from tests.network.sbml.written import assignment, compartment, document, parameter, reaction, species

    lists = {
        "Compartments": [compartment(size="2")],
        "Species": [
            species("A", 'initialAmount="4e-12"', only="false"),
            species("B", 'initialAmount="0"', only="false"),
            species("E", 'initialConcentration="5e-13"', only="false"),
            species("pool", 'initialAmount="3e-12"', boundary="true"),
        ],
        "Parameters": [parameter("k", 2e12), parameter("late", None, constant="false")],
        "Rules": [assignment("late", "piecewise(1, (A < 1e-12) && (pool > 0), 0)")],
        "Reactions": [reaction("r", {"A": 2, "pool": 1}, {"B": 0.5}, "k * A * E * cell / 4")],
    }
    return document(**lists)


@pytest.mark.peer
def test_a_file_of_others_read_and_written_again_stays_what_it_was(tmp_path):
    path = tmp_path / "others.xml"
    path.write_bytes(of_others())
    model = read_sbml(path)
    parameters, counts = System.of(model).start(0.0, {})
    text = write_sbml(model.network, counts=counts, parameters=parameters)
    assert consistency_errors(text) == []
    ids, times = sbml_ids(model.network).names, [0.5, 1.0, 2.0]
    wanted = [ids[model.quantities[one].raw] for one in ("A", "B", "E")]
    found = seen_by_roadrunner(text, [*wanted, ids["v_late"]], times, atol=1e-25)
    # Of the amount a: da/dt = -2 k a/2 (1e-12/2) 2/4, so it falls as exp(-t/2); of B comes a quarter of it.
    a = 4e-12 * np.exp(-0.5 * np.array(times))
    expected = np.stack([a, (4e-12 - a) / 4, np.full(3, 1e-12)], axis=1)
    np.testing.assert_allclose(found[:, :3], expected, rtol=1e-8)
    np.testing.assert_array_equal(found[:, 3], [0.0, 0.0, 1.0])


def test_only_what_a_change_reaches_is_a_rule():
    libsbml = pytest.importorskip("libsbml")
    network, counts = trigger_network(), np.zeros(2)

    def model(changes):
        text = write_sbml(network, counts=counts, parameters=TOY, changes=changes)
        document = libsbml.readSBMLFromString(text)
        return document, document.getModel()

    _kept, still = model(())
    assert still.getParameter("translation").getConstant()
    assert still.getInitialAssignment("T_made") is not None
    _kept, moving = model(dosed(network))
    assert not moving.getParameter("translation").getConstant()
    assert moving.getAssignmentRule("T_made") is not None
    assert moving.getNumEvents() == 3
    species = moving.getSpecies("Drug__medium")
    assert species.getName() == "Drug()@medium"
    assert species.getHasOnlySubstanceUnits()


def test_what_cannot_be_written_gets_a_letter(monkeypatch):
    network = Network(parameters=(Parameter(name="k", unit="1/s"),))
    with pytest.raises(ShapeError, match=r"parameters has shape \(2,\)"):
        write_sbml(network, counts=np.zeros(0), parameters=np.zeros(2))
    with pytest.raises(ShapeError, match="1 values that are not finite"):
        write_sbml(network, counts=np.zeros(0), parameters=np.array([np.nan]))
    with pytest.raises(NetworkError, match="unknown observable of the network 'T_total'"):
        write_sbml(network, counts=np.zeros(0), parameters=np.ones(1), readouts=READOUTS[:1])
    monkeypatch.setitem(sys.modules, "libsbml", None)
    with pytest.raises(NetworkError, match=r"smaclab\[sbml\]"):
        write_sbml(network, counts=np.zeros(0), parameters=np.ones(1))
