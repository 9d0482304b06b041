import pytest

from smaclab.exchange.sbml_math import TIME, guarded, math_tree, product, time_is, weighted_sum
from smaclab.network.expression import Name, Number, evaluate, parse

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
    ],
)
def test_a_formula_is_written(formula, text):
    tree = math_tree(guarded(parse(formula)), {name: name for name in "abc"}, libsbml)
    assert infix(tree) == text


def test_each_literal_gets_its_unit_from_left_to_right():
    tree = math_tree(parse("2 * (a - 3)"), {"a": "a"}, libsbml, iter(["second", None]))
    assert infix(tree) == "2 second * (a - 3)"


def test_a_parameter_named_time_stays_a_parameter():
    assert math_tree(Name("time"), {"time": "time"}, libsbml).getType() == libsbml.AST_NAME
    assert math_tree(Name(TIME), {}, libsbml).getType() == libsbml.AST_NAME_TIME


def test_a_trigger_looks_at_the_clock():
    assert infix(math_tree(time_is(3600.0), {}, libsbml)) == "3600 <= time"


def test_products_and_sums_of_nothing_and_of_much():
    assert product([]) == Number(1.0)
    assert weighted_sum([]) == Number(0.0)
    terms = [(f"x{i}", float(1 + i % 2)) for i in range(500)]
    values = {name: 3.0 for name, _ in terms}
    assert evaluate(weighted_sum(terms), values) == sum(3.0 * weight for _, weight in terms)
