import math as m

import libsbml
import pytest

from smaclab.network.expression import evaluate, parse
from smaclab.network.sbml.math_text import MathReader, Refused, power
from tests.network.sbml.written import document, function, parameter

VALUES = {"v_x": 2.5, "v_y": -1.5, "v_p": 1.0, "v_q": 0.0, "t_": 4.0}
X, Y, T = 2.5, -1.5, 4.0


def reader():
    definitions = [function("twice", "lambda(a, 2 * a)"), function("four", "lambda(a, twice(twice(a)))")]
    document_ = libsbml.readSBMLFromString(
        document(FunctionDefinitions=definitions, Parameters=[parameter("x", 1)]).decode()
    )
    one = MathReader(document_.getModel())
    one.keep = document_  # libSBML frees what nobody holds
    return one


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("x + y * 3 - 1", X + Y * 3 - 1),
        ("-x^2", -(X**2)),
        ("x^y", X**Y),
        ("y^3", Y**3),
        ("piecewise(1, x < 2, 5, x < 3, 9)", 5.0),
        ("piecewise(1, x < 2, 9)", 9.0),
        ("x > 2 && !(y > 0)", 1.0),
        ("x < 2 || y == -1.5", 1.0),
        ("xor(p, q, p)", 0.0),
        ("lt(y, 0, x)", 1.0),
        ("lt(y, 5, x)", 0.0),
        ("neq(x, 2)", 1.0),
        ("implies(p, q)", 0.0),
        ("max(x, y, 7)", 7.0),
        ("min(x, y)", Y),
        ("quotient(-7, 2)", -3.0),
        ("rem(-7, 2)", -1.0),
        ("rem(7, 2)", 1.0),
        ("factorial(4)", 24.0),
        ("floor(y) + ceil(x)", -2.0 + 3.0),
        ("abs(y) + sqrt(x)", 1.5 + m.sqrt(X)),
        ("root(3, x)", X ** (1 / 3)),
        ("log10(x) + ln(x) + log(2, x)", m.log10(X) + m.log(X) + m.log2(X)),
        ("exp(y)", m.exp(Y)),
        ("sin(x) + cos(x) + tan(x)", m.sin(X) + m.cos(X) + m.tan(X)),
        ("sec(x) + csc(x) + cot(x)", 1 / m.cos(X) + 1 / m.sin(X) + 1 / m.tan(X)),
        ("sinh(y) + cosh(y) + tanh(y)", m.sinh(Y) + m.cosh(Y) + m.tanh(Y)),
        ("sech(y) + csch(y) + coth(y)", 1 / m.cosh(Y) + 1 / m.sinh(Y) + 1 / m.tanh(Y)),
        ("arcsin(0.3) + arccos(0.3) + arctan(x)", m.asin(0.3) + m.acos(0.3) + m.atan(X)),
        ("arcsec(x) + arccsc(x) + arccot(x)", m.acos(1 / X) + m.asin(1 / X) + m.atan(1 / X)),
        ("arcsinh(x) + arccosh(x) + arctanh(0.3)", m.asinh(X) + m.acosh(X) + m.atanh(0.3)),
        ("arcsech(0.4) + arccsch(x) + arccoth(x)", m.acosh(2.5) + m.asinh(1 / X) + m.atanh(1 / X)),
        ("time + pi + exponentiale", T + m.pi + m.e),
        ("avogadro", 6.02214179e23),
        ("true + false", 1.0),
        ("four(x)", 4 * X),
        ("INF", m.inf),
    ],
)
def test_a_formula_means_what_mathml_says(formula, value):
    text = reader().text(libsbml.parseL3Formula(formula))
    assert evaluate(parse(text), VALUES) == pytest.approx(value, rel=1e-14)


def test_a_sum_of_nothing_is_zero_and_a_product_one():
    for kind, value in ((libsbml.AST_PLUS, 0.0), (libsbml.AST_TIMES, 1.0), (libsbml.AST_LOGICAL_AND, 1.0)):
        assert evaluate(parse(reader().text(libsbml.ASTNode(kind))), {}) == value


@pytest.mark.parametrize(("formula", "what"), [("unheard(x)", "unheard"), ("four(x, x)", "2 arguments")])
def test_what_is_not_there_is_refused(formula, what):
    with pytest.raises(Refused, match=what):
        reader().text(libsbml.parseL3Formula(formula))


def test_a_formula_that_never_ends_is_refused():
    long = " + ".join(["four(four(four(x)))"] * 2000)
    with pytest.raises(Refused, match="characters"):
        reader().text(libsbml.parseL3Formula(long))


def test_a_whole_exponent_is_a_product():
    assert power("v_x", "2") == "((v_x)**(2))"
    assert power("v_x", "0.5") == "pow(v_x, 0.5)"
