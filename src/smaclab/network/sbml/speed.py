"""Rate laws that are sums of products become mass action, which is faster; the others stay formulas."""

from collections.abc import Mapping
from itertools import product

from smaclab.network.expression import (
    ONE,
    Call,
    Name,
    Node,
    Number,
    divide,
    integer_exponent,
    multiply,
    names,
)

MOST_TERMS, MOST_REACTANTS = 8, 4

Term = tuple[Node, tuple[str, ...]]
"""What is fixed, and the states it is multiplied by."""


def terms(
    node: Node, states: Mapping[str, int], fixed: set[str], functions: Mapping[str, Node]
) -> list[Term]:
    """The formula as a sum of products; an empty list where it is none, or one of too many terms.

    Args:
        node: a rate law.
        states: names of states, with anything.
        fixed: names of parameters.
        functions: formulas that names stand for.
    """
    found = _terms(node, states, fixed, functions)
    return found if found and all(len(several) <= MOST_REACTANTS for _, several in found) else []


def _terms(
    node: Node, states: Mapping[str, int], fixed: set[str], functions: Mapping[str, Node]
) -> list[Term]:
    if names(node) <= fixed:
        return [(node, ())]
    if isinstance(node, Name):
        if node.name in states:
            return [(ONE, (node.name,))]
        return _terms(functions[node.name], states, fixed, functions) if node.name in functions else []
    if isinstance(node, Number):
        return [(node, ())]
    given = [_terms(one, states, fixed, functions) for one in node.arguments]
    return _operation(node, given, fixed) if all(given) else []


def _operation(node: Call, given: list[list[Term]], fixed: set[str]) -> list[Term]:
    if node.function in ("+", "-", "neg"):
        first = given[0] if node.function != "neg" else _negative(given[0])
        rest = [] if node.function == "neg" else given[1]
        both = [*first, *(_negative(rest) if node.function == "-" else rest)]
        return both if len(both) <= MOST_TERMS else []
    if node.function == "*":
        return _times(given[0], given[1])
    if node.function == "/":
        below = given[1]
        if len(below) != 1 or below[0][1]:
            return []
        return [(divide(part, below[0][0]), several) for part, several in given[0]]
    whole = integer_exponent(node.arguments[1]) if node.function == "**" else None
    if whole is None or not 1 <= whole <= MOST_REACTANTS:
        return []
    result = given[0]
    for _ in range(whole - 1):
        result = _times(result, given[0])
    return result


def _negative(several: list[Term]) -> list[Term]:
    return [(multiply(Number(-1.0), part), states) for part, states in several]


def _times(left: list[Term], right: list[Term]) -> list[Term]:
    if len(left) * len(right) > MOST_TERMS:
        return []
    return [
        (multiply(a, b), tuple(sorted((*first, *second)))) for (a, first), (b, second) in product(left, right)
    ]
