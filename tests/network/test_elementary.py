import math

import numpy as np
import pytest

from smaclab.kernel.emit import compile_formulas
from smaclab.network.elementary import ARITY, ON_ARRAYS, ON_FLOATS, SMOOTH
from smaclab.network.expression import Call, Name, Number, differentiate, evaluate, parse, to_text


def test_both_tables_know_the_same_functions():
    assert ON_ARRAYS.keys() == ON_FLOATS.keys() == ARITY.keys()


@pytest.mark.parametrize("name", sorted(SMOOTH))
@pytest.mark.parametrize("x", [0.3, 0.7])
def test_slopes_agree_with_finite_differences(name, x):
    x = 1.0 + x if name == "arccosh" else x
    formula = Call(name, (Name("x"),))
    h = 1e-6
    numeric = (evaluate(formula, {"x": x + h}) - evaluate(formula, {"x": x - h})) / (2 * h)
    # Central differences with this step are good to about 1e-9 here.
    assert evaluate(differentiate(formula, "x"), {"x": x}) == pytest.approx(numeric, rel=1e-7)


@pytest.mark.parametrize(
    "text",
    [
        *(f"{name}(x)" for name in (*SMOOTH, "floor", "ceil", "factorial", "logical_not")),
        *(f"{name}(x, y)" for name in ("less", "less_equal", "equal", "logical_and", "logical_or", "pow")),
        "where(less(x, y), x, log(-1))",
    ],
)
@pytest.mark.parametrize(("x", "y"), [(0.5, 0.5), (0.25, 3.0), (0.9, -1.5)])
def test_floats_arrays_and_the_tree_agree(text, x, y):
    x = 1.0 + x if "arccosh" in text else x
    if "where" in text:
        y = 5.0
    formula = parse(text)
    compiled = compile_formulas([formula], ["x", "y"])
    value = float(evaluate(formula, {"x": x, "y": y}))
    assert compiled.floats([x, y])[0] == pytest.approx(value, rel=1e-14)
    assert compiled.arrays([np.array([x]), np.array([y])])[0] == pytest.approx(value, rel=1e-14)
    assert parse(to_text(formula)) == formula


def test_a_power_of_a_negative_base_is_real_or_none():
    power = parse("pow(x, y)")
    compiled = compile_formulas([power], ["x", "y"])
    assert evaluate(power, {"x": -2.0, "y": 3.0}) == -8.0
    for base in (-1e-20, -2.0):
        assert np.isnan(evaluate(power, {"x": base, "y": 2.5}))
        assert np.isnan(compiled.floats([base, 2.5])[0])
        assert np.isnan(compiled.arrays([np.array([base]), np.array([2.5])])[0]).all()
    by_exponent = differentiate(power, "y")
    assert evaluate(by_exponent, {"x": 2.0, "y": 3.0}) == pytest.approx(8.0 * math.log(2.0), rel=1e-14)


def test_a_condition_hides_the_branch_it_does_not_take():
    slope = differentiate(parse("where(less(x, 1), x, log(x - 1))"), "x")
    assert evaluate(slope, {"x": 0.5}) == 1.0
    assert differentiate(parse("floor(x)"), "x") == Number(0.0)
