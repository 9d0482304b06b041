import math
from xml.etree import ElementTree as ET

import pytest

from smaclab.errors import SbmlError
from smaclab.exchange.mathml import formula
from smaclab.network.expression import evaluate

VALUES = {"a": 6.0, "b": 2.0}
A, B = "<ci>a</ci>", "<ci> b </ci>"


def value(inside):
    return evaluate(formula(ET.fromstring(f"<math>{inside}</math>")), VALUES)


@pytest.mark.parametrize(
    ("inside", "number"),
    [
        (f"<apply><plus/>{A}{B}<cn>1</cn></apply>", 9.0),
        (f"<apply><minus/>{A}{B}</apply>", 4.0),
        (f"<apply><minus/>{A}</apply>", -6.0),
        (f"<apply><divide/>{A}{B}</apply>", 3.0),
        (f"<apply><power/>{A}{B}</apply>", 36.0),
        (f"<apply><max/>{A}{B}</apply>", 6.0),
        ("<apply><plus/></apply>", 0.0),
        ("<apply><root/><cn>9</cn></apply>", 3.0),
        ("<apply><log/><cn>1000</cn></apply>", 3.0),
        ("<apply><ln/><apply><exp/><cn>2</cn></apply></apply>", 2.0),
        ('<cn type="e-notation">1.5<sep/>3</cn>', 1500.0),
        ("<apply><times/><cn>2</cn><pi/></apply>", 2 * math.pi),
        ("<exponentiale/>", math.e),
        ('<cn type="rational">1<sep/>4</cn>', 0.25),
    ],
)
def test_a_formula_is_computed(inside, number):
    assert value(inside) == pytest.approx(number, rel=1e-14)


@pytest.mark.parametrize(
    ("inside", "letter"),
    [
        ("", "0 formulas"),
        (f"{A}{B}", "2 formulas"),
        ("<piecewise/>", "<piecewise> in a formula"),
        (f"<apply><sin/>{A}</apply>", r"sin\(a\)"),
        ("<cn>lots</cn>", "'lots' in a formula"),
        ('<cn type="rational">1<sep/>0</cn>', "is no number"),
    ],
)
def test_what_is_not_computed_is_named(inside, letter):
    with pytest.raises(SbmlError, match=letter):
        value(inside)
