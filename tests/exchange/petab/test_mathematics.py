import math

import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab.mathematics import parse_petab
from smaclab.network.expression import evaluate


def value(text, **known):
    return float(evaluate(parse_petab(text), {"a": 3.0, "b": 2.0, **known}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("--1.0", 1.0), ("-2^4", -16.0), ("2^2^3", 256.0), ("2**3", 8.0), ("9 * 3 ^ -2", 1.0),
        ("1 - 2 - 3", -4.0), ("8 / 4 / 2", 1.0), ("(a + b) * 2", 10.0), ("1e+3 * .5", 500.0),
        ("log10(1000)", 3.0), ("log2(8)", 3.0), ("log(100, 10)", 2.0), ("ln(exp(2))", 2.0),
        ("log(exp(1))", 1.0), ("pow(a, b)", 9.0), ("sqrt(4)", 2.0), ("min(a, b)", 2.0), ("max(a, b, 7)", 7.0),
        ("sign(-3)", -1.0), ("abs(-3)", 3.0), ("a > b && !(a == b)", 1.0), ("a < b || a >= 3", 1.0),
        ("a != 3", 0.0), ("piecewise(1, a < 1, 2, a < 4, 3)", 2.0), ("piecewise(1, a < 1, 3)", 3.0),
        ("true + false", 1.0), ("sec(0)", 1.0), ("asec(1)", 0.0), ("arccot(1)", math.pi / 4),
        ("-inf", -math.inf), ("ceil(1.2) + floor(1.8)", 3.0), ("sin(0) + cos(0)", 1.0),
    ],
)  # fmt: skip
def test_a_formula_has_a_value(text, number):
    assert value(text) == pytest.approx(number, rel=1e-14, abs=1e-15)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("a +", "is missing"),
        ("a b", "is not expected"),
        ("(a", r"'\)' is missing"),
        ("a ? b", "is not understood"),
        ("__import__('os')", "is not understood"),
        ("gamma(a)", "gamma of 1 arguments"),
        ("log()", "log of 0 arguments"),
        ("(" * 300 + "a" + ")" * 300, "nested more than|at most"),
        ("-" * 300 + "a", "nested more than"),
        ("a" * 30_000, "at most"),
    ],
)
def test_what_is_no_formula_gets_a_letter(text, letter):
    with pytest.raises(PetabError, match=letter):
        parse_petab(text)
