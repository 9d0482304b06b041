from xml.etree import ElementTree as ET

import pytest

from smaclab.exchange.links import Links, links_of
from smaclab.exchange.sbgn import SBGN, representatives, write_sbgn
from smaclab.experiment.experiment import Experiment
from smaclab.lab import own_catalogue, own_network
from smaclab.network.network import Network, Parameter, Reaction
from smaclab.network.species import parse_species

TOY = Network(
    parameters=(Parameter(name="k", unit="1/s"),),
    species=tuple(map(parse_species, ("A(b,s~p)@cell", "B(a)@cell", "A(b!1,s~p).B(a!1)@cell"))),
    reactions=(
        Reaction(rule="binds", reactants=(0, 1), products=(2,), rate="k"),
        Reaction(rule="A_is_lost", reactants=(2,), products=(1,), rate="k"),
        Reaction(rule="A_is_lost", reactants=(0,), products=(), rate="k"),
        Reaction(rule="B_makes_A", reactants=(1,), products=(0, 1), rate="k"),
        Reaction(rule="pair", reactants=(0, 0), products=(1,), rate="k"),
    ),
)


def classes(text, tag):
    return [one.get("class") for one in ET.fromstring(text).iter(f"{{{SBGN}}}{tag}")]


def test_the_smallest_reaction_stands_for_its_rule():
    chosen = {one.rule: one for one in representatives(TOY)}
    assert len(chosen) == 4
    assert chosen["A_is_lost"].reactants == (0,)


def test_a_toy_is_drawn_whole():
    text = write_sbgn(TOY, Links(kinds={"A": "protein"}))
    glyphs = classes(text, "glyph")
    assert glyphs.count("complex") == 1
    assert glyphs.count("macromolecule") == 2  # alone, and inside the complex
    assert glyphs.count("unspecified entity") == 2
    assert glyphs.count("association") == 2
    assert glyphs.count("process") == 2
    assert glyphs.count("source and sink") == 2  # A is lost; B makes A out of nothing
    assert glyphs.count("state variable") == 2
    arcs = classes(text, "arc")
    assert (arcs.count("consumption"), arcs.count("production"), arcs.count("catalysis")) == (5, 4, 1)
    assert glyphs.count("cardinality") == 1


@pytest.mark.peer
def test_libsbgnpy_has_nothing_to_complain_of(tmp_path):
    validator = pytest.importorskip("libsbgnpy.validator")
    network = own_network()
    links = links_of(network, own_catalogue(), Experiment(id="one", cell_line="EVSA-T"))
    path = tmp_path / "map.sbgn"
    path.write_text(write_sbgn(network, links), encoding="utf-8")
    assert validator.validate(path) == []
