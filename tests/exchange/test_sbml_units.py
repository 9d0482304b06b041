import pytest

from smaclab.exchange.dimension import dimension_of
from smaclab.exchange.sbml_units import unit_id, unit_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1/s", (("SECOND", -1, 0, 1.0),)),
        (
            "molecules/(nM s)",
            (("ITEM", 1, 0, 1.0), ("MOLE", -1, -9, 1.0), ("LITRE", 1, 0, 1.0), ("SECOND", -1, 0, 1.0)),
        ),
        ("dimensionless", ()),
        ("copies", (("ITEM", 1, 0, 1.0),)),
        ("furlongs", None),
    ],
)  # fmt: skip
def test_a_unit_has_parts(text, parts):
    assert unit_parts(text) == parts


def test_a_unit_is_defined_once():
    libsbml = pytest.importorskip("libsbml")
    document = libsbml.SBMLDocument(3, 2)  # libSBML frees the model with its document
    model = document.createModel()
    rate = dimension_of("1/s")
    assert unit_id(rate, model, libsbml) == unit_id(rate, model, libsbml) == "unit_1_per_s"
    assert model.getNumUnitDefinitions() == 1
    assert unit_id(dimension_of("1"), model, libsbml) == "dimensionless"
    assert unit_id(dimension_of("molecules^0.5"), model, libsbml) == "unit_molecules_to_0_5"
