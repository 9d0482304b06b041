import json

from smaclab.network import Network, Parameter, Reaction, parse_species, statistics
from smaclab.network.statistics import unmakeable


def chain():
    """A -> B, which meets D, which is poured in; X only from itself; nothing makes Y, so nothing makes Z."""
    names = ["A()", "B()", "X()", "D()", "E()", "Y()", "Z()"]
    steps = [((3, 1), (4,)), ((0,), (1,)), ((2,), (2, 2)), ((5, 0), (6,))]
    return Network(
        parameters=(Parameter(name="k", unit="1/s"),),
        species=tuple(parse_species(name) for name in names),
        reactions=tuple(
            Reaction(rule="r", reactants=left, products=right, rate="k") for left, right in steps
        ),
        initial=((0, "k"),),
        inputs={"drug": 3},
    )


def test_what_nothing_can_make_is_found():
    network = chain()
    assert [network.species[place].name for place in unmakeable(network)] == ["X()", "Y()", "Z()"]


def test_synthesis_from_nothing_makes():
    network = Network(
        parameters=(Parameter(name="k", unit="1/s"),),
        species=(parse_species("A()"), parse_species("B()")),
        reactions=(
            Reaction(rule="r", reactants=(0,), products=(1,), rate="k"),
            Reaction(rule="s", reactants=(), products=(0,), rate="k"),
        ),
    )
    assert unmakeable(network) == ()


def test_statistics_are_ready_for_json():
    found = statistics(chain())
    assert json.loads(json.dumps(found)) == found
    assert (found["species"], found["reactions"], found["parameters"]) == (7, 4, 1)
    assert found["jacobian_nnz"] == 14
    assert found["lu_nnz"] >= found["jacobian_nnz"]
    assert found["unmakeable"] == ["X()", "Y()", "Z()"]
    sizes = {"species", "reactions", "parameters", "jacobian_nnz", "lu_nnz", "lu_fma"}
    assert set(found) == sizes | {"conserved_totals", "unmakeable"}
