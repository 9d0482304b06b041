import pytest

from smaclab.exchange.sbml_units import unit_id, unit_parts
from smaclab.lab import own_network


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1/s", (("SECOND", -1, 0, 1.0),)),
        (
            "molecules/(nM s)",
            (("ITEM", 1, 0, 1.0), ("MOLE", -1, -9, 1.0), ("LITRE", 1, 0, 1.0), ("SECOND", -1, 0, 1.0)),
        ),
        ("dimensionless", ()),
        ("copies", None),
    ],
)  # fmt: skip
def test_a_unit_has_parts(text, parts):
    assert unit_parts(text) == parts


def test_every_unit_of_the_own_network_is_understood():
    assert [one.unit for one in own_network().parameters if unit_parts(one.unit) is None] == []


def test_a_unit_is_defined_once():
    libsbml = pytest.importorskip("libsbml")
    document = libsbml.SBMLDocument(3, 2)  # libSBML frees the model with its document
    model = document.createModel()
    assert unit_id("1/s", model, libsbml) == unit_id("1/s", model, libsbml) == "unit_1_per_s"
    assert model.getNumUnitDefinitions() == 1
    assert unit_id("1", model, libsbml) == "dimensionless"
    assert unit_id("furlongs", model, libsbml) is None
