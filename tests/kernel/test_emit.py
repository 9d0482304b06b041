import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smaclab.kernel.emit import compile_formulas, source
from smaclab.network.expression import Number, evaluate, parse

FORMULAS = [
    "a + b*2 - a/b",
    "a**3/(b**3 + a**3)",
    "a**-2 + a**7 - a**0",
    "a**1.5 + a**b",
    "-a + min(a, b, 1)*max(a, b)",
    "exp(-a)*log(b + 3)",
    "3",
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize(("a", "b"), [(1.3, 0.7), (-1e-9, 2.0), (0.0, 1.0)])
def test_compiled_formulas_are_those_of_the_tree(text, a, b):
    tree = parse(text)
    compiled = compile_formulas([tree], ["a", "b"])
    expected = evaluate(tree, {"a": a, "b": b})
    assert compiled.floats([a, b])[0] == pytest.approx(expected, rel=1e-14, nan_ok=True)
    many = compiled.arrays([np.array([a, a]), np.array([b, b])])[0]
    np.testing.assert_allclose(np.broadcast_to(many, 2), [expected] * 2, rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "value"),
    [("a/b", np.inf), ("log(b)", -np.inf), ("exp(a*1000)", np.inf), ("b**-1.5", np.inf), ("b/b", np.nan)],
)
def test_where_python_would_raise_it_is_inf_or_nan(text, value):
    compiled = compile_formulas([parse(text), parse("a")], ["a", "b"])
    np.testing.assert_array_equal(compiled.floats([1.5, 0.0]), [value, 1.5])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_in_the_source_read_back_exactly(number):
    compiled = compile_formulas([Number(number)], [])
    assert compiled.floats([]) == (number,)


def test_shared_parts_are_computed_once():
    text = source([parse("(a/b)**3 + 1"), parse("2*(a/b)**3")], ["a", "b"])
    assert text.count("/") == 1


def test_names_never_reach_the_source():
    assert "exit" not in source([parse("exit + 1")], ["exit"])
