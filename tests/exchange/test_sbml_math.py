import pytest

from smaclab.exchange.sbml_math import (
    TIME,
    condition_tree,
    guarded,
    math_tree,
    product,
    time_is,
    weighted_sum,
)
from smaclab.network.expression import FUNCTIONS, Call, Name, Number, evaluate, parse

libsbml = pytest.importorskip("libsbml")


def infix(tree):
    return libsbml.formulaToL3String(tree)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("a + b*c", "a + b * c"),
        ("-a/(b - 2)", "-a / (b - 2)"),
        ("a**2", "a^2"),
        ("a**1.7", "max(a, 0)^1.7"),
        ("exp(a) + log(b)", "exp(a) + ln(b)"),
        ("min(a, b, c)", "min(a, b, c)"),
        ("pow(a, b)", "a^b"),
        ("sqrt(a) + abs(b) - ceil(c)", "root(2, a) + abs(b) - ceil(c)"),
        ("arcsinh(a) * factorial(b)", "arcsinh(a) * factorial(b)"),
        ("where(less(a, b), 2, c)", "piecewise(2, a < b, c)"),
        ("where(a, 2, c)", "piecewise(2, a != 0, c)"),
        ("1 + less_equal(a, b)", "1 + piecewise(1, a <= b, 0)"),
        ("logical_and(equal(a, 1), logical_not(b))", "piecewise(1, (a == 1) && !(b != 0), 0)"),
        ("equal(less(a, b), c)", "piecewise(1, piecewise(1, a < b, 0) == c, 0)"),
    ],
)
def test_a_formula_is_written(formula, text):
    tree = math_tree(guarded(parse(formula)), {name: name for name in "abc"}, libsbml)
    assert infix(tree) == text
    assert tree.isWellFormedASTNode()


def test_every_function_of_formulas_can_be_written():
    for name, (fewest, _) in FUNCTIONS.items():
        node = Call(name, (Name("a"),) * fewest)
        assert math_tree(node, {"a": "a"}, libsbml).isWellFormedASTNode(), name


def test_each_literal_gets_its_unit_from_left_to_right():
    tree = math_tree(parse("2 * (a - 3)"), {"a": "a"}, libsbml, iter(["second", None]))
    assert infix(tree) == "2 second * (a - 3)"
    tree = math_tree(parse("where(less(a, 3), 4, 5)"), {"a": "a"}, libsbml, iter(["second", "item", "mole"]))
    assert infix(tree) == "piecewise(4 item, a < 3 second, 5 mole)"


def test_a_parameter_named_time_stays_a_parameter():
    assert math_tree(Name("time"), {"time": "time"}, libsbml).getType() == libsbml.AST_NAME
    assert math_tree(Name(TIME), {}, libsbml).getType() == libsbml.AST_NAME_TIME


def test_a_trigger_looks_at_the_clock():
    assert infix(condition_tree(time_is(3600.0), {}, libsbml)) == "3600 <= time"
    assert infix(condition_tree(Name("a"), {"a": "a"}, libsbml)) == "a != 0"


def test_products_and_sums_of_nothing_and_of_much():
    assert product([]) == Number(1.0)
    assert weighted_sum([]) == Number(0.0)
    terms = [(f"x{i}", float(1 + i % 2)) for i in range(500)]
    values = {name: 3.0 for name, _ in terms}
    assert evaluate(weighted_sum(terms), values) == sum(3.0 * weight for _, weight in terms)
