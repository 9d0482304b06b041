import pytest

from smaclab.audit.document import said_of
from smaclab.errors import SbmlError

RDF = (
    '<annotation><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:q="http://biomodels.net/biology-qualifiers/"><rdf:Description rdf:about="#m"><q:is><rdf:Bag>'
    '<rdf:li rdf:resource="http://identifiers.org/uniprot/Q13490"/></rdf:Bag></q:is></rdf:Description>'
    "</rdf:RDF></annotation>"
)
TEXT = f"""<sbml xmlns="urn:sbml" level="3"><model id="m" substanceUnits="item">{RDF}
<listOfCompartments><compartment id="c"/></listOfCompartments>
<listOfSpecies><species id="s">{RDF}</species></listOfSpecies>
<listOfParameters><parameter id="k" units="second"><notes><p>a paper</p></notes></parameter>
<parameter id="l"/><parameter id="x"/></listOfParameters>
<listOfRules><assignmentRule variable="x"/></listOfRules>
<listOfReactions><reaction id="r"><kineticLaw><listOfLocalParameters><localParameter id="k"/>
</listOfLocalParameters></kineticLaw></reaction></listOfReactions></model></sbml>"""


def test_what_is_said_of_each_element():
    model, several = said_of(TEXT.encode(), "t")
    found = {one.id: one for one in several}
    assert model.links == {"is": ("http://identifiers.org/uniprot/Q13490",)}
    assert list(found) == ["c", "s", "k", "l", "x", "r", "r.k"]
    assert found["s"].is_linked
    assert not found["r"].is_linked
    assert [name for name, one in found.items() if not one.has_units] == ["c", "l", "x", "r.k"]
    assert [name for name, one in found.items() if one.has_notes] == ["k"]
    assert [name for name, one in found.items() if one.is_computed] == ["x"]


def test_level_2_has_units_of_its_own():
    _, several = said_of(TEXT.replace('level="3"', 'level="2"').encode(), "t")
    assert [one.id for one in several if not one.has_units] == ["l", "x", "r.k"]


def test_what_may_do_harm_is_refused():
    with pytest.raises(SbmlError, match="document type"):
        said_of(b"<!DOCTYPE sbml><sbml/>", "t")
