from collections import Counter

from smaclab.audit.balance import massless, nets, parts_of, turned
from smaclab.audit.document import Said
from smaclab.network.sbml import read_sbml
from tests.network.sbml.written import compartment, document, parameter, rate, reaction, species


def test_nets_are_those_of_reactions_only(tmp_path):
    path = tmp_path / "m.xml"
    path.write_bytes(
        document(
            Compartments=[compartment()],
            Species=[species(name) for name in "ABE"],
            Parameters=[parameter("x", 0, "false")],
            Rules=[rate("x", "1")],
            Reactions=[
                reaction("r", {"A": 2, "E": 1}, {"B": 1, "E": 1}, "A * E - 0.1 * B * E"),
                reaction("lost", {"B": 1}, {}, "B"),
            ],
        )
    )
    assert nets(read_sbml(path)) == {"r": {"A": -2.0, "B": 1.0}, "lost": {"B": -1.0}}


def test_a_part_may_come_and_go_but_not_turn_into_another():
    parts = {"A": Counter("a"), "B": Counter("b"), "AB": Counter("ab")}
    changes = {
        "binds": {"A": -1, "B": -1, "AB": 1},
        "a is lost": {"AB": -1, "B": 1},
        "made": {"A": 1},
        "alchemy": {"A": -1, "B": 1},
        "of others": {"A": -1, "X": 1},
    }
    assert turned(changes, parts) == ["alchemy"]


def test_parts_are_what_annotations_name_once():
    links = {"hasPart": ("http://identifiers.org/uniprot/P1", "http://identifiers.org/hgnc.symbol/A")}
    said = (Said(id="s", kind="species", links=links), Said(id="k", kind="parameter", links=links))
    assert parts_of(said) == {"s": Counter({"http://identifiers.org/uniprot/P1": 1})}


def test_no_mass_fits_what_makes_something_of_nothing():
    assert massless({"r": {"A": -1, "B": 1}, "made": {"A": 1}}) == []
    # A <=> B and A <=> 2 B: neither can weigh anything.
    assert massless({"r": {"A": -1, "B": 1}, "q": {"A": -1, "B": 2}}) == ["A", "B"]
    assert massless({"r": {"A": -1, "B": 1, "C": 1}, "q": {"A": -1, "B": 1}}) == ["C"]
    assert massless({}) == []
