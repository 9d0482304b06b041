from smaclab.network.expression import Name, names
from smaclab.network.sbml.build import build
from smaclab.network.sbml.extract import extract
from tests.network.sbml.written import compartment, document, reaction, species


def test_a_formula_is_written_out_to_states_and_parameters():
    data = document(
        Compartments=[compartment()],
        Species=[species("A", only="false")],
        Reactions=[reaction("r", {"A": 1}, {}, "A")],
    )
    model = build(extract(data)["model"])
    assert model.states == ("x_A",)
    assert names(model.whole(Name("v_r"))) == {"x_A", "v_cell"}
