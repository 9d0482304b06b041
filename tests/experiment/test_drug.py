from dataclasses import replace

import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.drug import Inhibition
from smaclab.experiment.value import Value


def value(number):
    return Value(value=number, unit="1", evidence="assumed", source="a toy")


def test_what_an_inhibitor_leaves(catalogue):
    (inhibition,) = catalogue.find_drug("MG132").inhibits
    assert inhibition.remaining(0.0) == 1.0
    assert inhibition.remaining(100.0) == pytest.approx(0.05 + 0.95 / 2)
    assert inhibition.remaining(1e12) == pytest.approx(0.05)


@pytest.mark.parametrize(("ic50", "floor"), [(0.0, 0.1), (-1.0, 0.1), (1.0, 1.1), (1.0, -0.1)])
def test_an_inhibition_that_is_not_sound(ic50, floor):
    with pytest.raises(CatalogueError, match="proteasome"):
        Inhibition(activity="proteasome", ic50_nM=value(ic50), floor=value(floor))


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("name", "", "has no name"),
        ("kind", "toxin", "kind 'toxin' is not one of"),
        ("molar_mass_g_per_mol", 0.0, "a molar mass of 0.0"),
        ("valency", 3, "a valency of 3"),
        ("enters", None, "does nothing"),
    ],
)
def test_a_drug_that_is_not_sound(catalogue, field, given, says):
    with pytest.raises(CatalogueError, match=says):
        replace(catalogue.find_drug("SM-164"), **{field: given})
