import pytest

from smaclab.exchange.links import Link, Links
from smaclab.exchange.sbml_links import annotate, behind_rates, counted, of_species
from smaclab.network.species import parse_species
from tests.simulate.conftest import trigger_network

A = Link(qualifier="is", resource="http://identifiers.org/uniprot/Q13490")
B = Link(qualifier="is", resource="http://identifiers.org/uniprot/Q12933")
PAPER = Link(qualifier="isDescribedBy", resource="http://identifiers.org/pubmed/12887920")


def test_a_complex_has_parts():
    links = Links(monomers={"A": (A,), "B": (B,)})
    assert of_species(parse_species("A(b)"), links) == (A,)
    parts = of_species(parse_species("A(b!1).B(a!1)"), links)
    assert [one.qualifier for one in parts] == ["hasPart", "hasPart"]
    assert of_species(parse_species("C()"), links) == ()


def test_what_describes_a_parameter_describes_the_reactions_behind_it():
    network = trigger_network()
    links = Links(parameters={"translation": (PAPER,)})
    found = behind_rates(network, links)
    assert found["T_made"] == (PAPER,)
    others = [links for rate, links in found.items() if rate != "T_made"]
    assert others
    assert all(one == () for one in others)
    assert counted(network, links)["parameters"] == (1, len(network.parameters))


def test_links_are_written_as_miriam_statements():
    libsbml = pytest.importorskip("libsbml")
    document = libsbml.SBMLDocument(3, 2)
    model = document.createModel()
    species = model.createSpecies()
    species.setId("s")
    annotate(species, (), libsbml)
    assert not species.isSetMetaId()
    annotate(species, (A, PAPER), libsbml)
    assert species.getMetaId() == "meta_s"
    terms = [species.getCVTerm(place) for place in range(species.getNumCVTerms())]
    assert [one.getBiologicalQualifierType() for one in terms] == [
        libsbml.BQB_IS,
        libsbml.BQB_IS_DESCRIBED_BY,
    ]
    assert terms[0].getResourceURI(0) == A.resource
