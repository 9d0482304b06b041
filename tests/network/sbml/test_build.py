import pytest

from smaclab.errors import SbmlError
from smaclab.network.sbml.build import build
from smaclab.network.sbml.extract import extract
from tests.network.sbml.written import (
    assignment,
    compartment,
    document,
    event,
    parameter,
    rate,
    reaction,
    species,
)


def built(**lists):
    return build(extract(document(**lists))["model"])


def test_mass_action_is_found_and_the_rest_stays_a_formula():
    network = built(
        Compartments=[compartment()],
        Species=[species("A", only="false"), species("B", only="false"), species("C")],
        Parameters=[parameter("k", 2), parameter("K", 3)],
        Reactions=[
            reaction("on", {"A": 1, "B": 1}, {"C": 1}, "cell * (k * A * B - K * C)"),
            reaction("off", {"C": 1}, {}, "k * C / (K + C)"),
        ],
    ).network
    assert [len(one.reactants) for one in network.reactions] == [2, 1, 0]
    assert network.reactions[2].rate in {one.name for one in network.functions}


def test_half_a_molecule_is_a_net_change():
    network = built(
        Compartments=[compartment()],
        Species=[species("A"), species("B")],
        Reactions=[reaction("r", {"A": 1}, {"B": 0.5}, "A")],
    ).network
    assert network.reactions[0].change() == {0: -1.0, 1: 0.5}
    assert network.conserved() == ()


def test_boundary_and_constant_species_are_not_kept_as_states():
    model = built(
        Compartments=[compartment()],
        Species=[species("A", boundary="true"), species("B", constant="true"), species("C")],
        Reactions=[reaction("r", {"A": 1, "B": 1}, {"C": 1}, "A * B")],
    )
    assert model.states == ("v_C",)
    assert set(model.network.parameter_index) == {"v_cell", "v_A", "v_B"}


def test_a_species_with_a_rate_rule_is_kept_as_what_its_id_means():
    model = built(
        Compartments=[compartment(size="2")],
        Species=[species("A", 'initialAmount="1"', only="false", boundary="true")],
        Rules=[rate("A", "3")],
    )
    assert model.quantities["A"].raw == "v_A"
    assert not model.quantities["A"].is_amount


def test_time_is_a_state_only_where_a_formula_needs_it():
    assert "t_" in built(Parameters=[parameter("x", 0, "false")], Rules=[rate("x", "time")]).states
    assert built(Parameters=[parameter("x", 0, "false")], Rules=[rate("x", "2")]).states == ("v_x",)


@pytest.mark.parametrize(
    ("lists", "letter"),
    [
        ({"Rules": [rate("x", "nobody")]}, "nobody"),
        ({"Events": [event("e", "time > 1", {"r": "2"})], "Rules": [assignment("r", "1")]}, "'r'"),
        ({"Rules": [assignment("r", "x2"), assignment("x2", "r")]}, "circle"),
    ],
)
def test_what_leads_nowhere_gets_a_letter(lists, letter):
    given = [parameter("x", 1, "false"), parameter("r", 1, "false"), parameter("x2", 1, "false")]
    with pytest.raises(SbmlError, match=letter):
        built(Parameters=given, **lists)
