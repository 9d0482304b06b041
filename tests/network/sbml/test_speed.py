import pytest

from smaclab.network.expression import evaluate, parse
from smaclab.network.sbml.speed import terms

STATES, FIXED = {"A": 0, "B": 1}, {"k", "q"}
FUNCTIONS = {"c": parse("A / q")}
VALUES = {"A": 3.0, "B": 5.0, "k": 7.0, "q": 2.0, "c": 1.5}


@pytest.mark.parametrize(
    ("law", "count"),
    [("k * A", 1), ("k * c * B", 1), ("k * (A - B)", 2), ("A**2 / q", 1), ("-(A + k) * B", 2), ("k + q", 1)],
)
def test_sums_of_products_keep_their_value(law, count):
    found = terms(parse(law), STATES, FIXED, FUNCTIONS)
    assert len(found) == count
    total = 0.0
    for part, states in found:
        speed = evaluate(part, VALUES)
        for one in states:
            speed = speed * VALUES[one]
        total += speed
    assert total == pytest.approx(evaluate(parse(law), VALUES), rel=1e-14)


@pytest.mark.parametrize("law", ["A / (k + A)", "exp(A)", "A**0.5", "A**9", "(A + B)**5", "where(less(A, 1), A, B)"])
def test_everything_else_is_none(law):
    assert terms(parse(law), STATES, FIXED, FUNCTIONS) == []
