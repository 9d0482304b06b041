"""Formulas as SBML's mathematics (MathML, by way of libSBML's trees).

Trees are built node by node and never from text: in libSBML's infix `time`, `pi` or `log` would be read as
something else than a parameter of that name.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from smaclab.network.expression import Call, Name, Node, Number, integer_exponent

_KINDS = {
    "+": "AST_PLUS",
    "-": "AST_MINUS",
    "*": "AST_TIMES",
    "/": "AST_DIVIDE",
    "neg": "AST_MINUS",
    "**": "AST_POWER",
    "min": "AST_FUNCTION_MIN",
    "max": "AST_FUNCTION_MAX",
    "exp": "AST_FUNCTION_EXP",
    "log": "AST_FUNCTION_LN",
    "less_equal": "AST_RELATIONAL_LEQ",
}
ZERO, ONE = Number(0.0), Number(1.0)
TIME = "time of the file"
"""The name of the file's own clock; with its spaces no parameter can be called so."""


def guarded(node: Node) -> Node:
    """The formula with the guard that real powers of ours imply written out: `max(x, 0) ** n`."""
    if not isinstance(node, Call):
        return node
    arguments = [guarded(one) for one in node.arguments]
    if node.function == "**" and integer_exponent(arguments[1]) is None:
        arguments[0] = Call("max", (arguments[0], ZERO))
    return Call(node.function, tuple(arguments))


def math_tree(
    node: Node, ids: Mapping[str, str], libsbml: Any, units: Iterator[str | None] | None = None
) -> Any:
    """A formula as libSBML's tree.

    Args:
        node: the formula; real powers are to be `guarded`.
        ids: the SBML identifier of each name it uses.
        libsbml: the module, which is loaded where a file is written and nowhere else.
        units: the identifier of each literal's unit, from left to right; None: of none.

    Returns:
        An `ASTNode`.
    """
    if isinstance(node, Number):
        leaf = libsbml.ASTNode(libsbml.AST_REAL)
        leaf.setValue(node.value)
        if units is not None and (unit := next(units)) is not None:
            leaf.setUnits(unit)
        return leaf
    if isinstance(node, Name):
        is_time = node.name == TIME
        leaf = libsbml.ASTNode(libsbml.AST_NAME_TIME if is_time else libsbml.AST_NAME)
        leaf.setName("time" if is_time else ids[node.name])
        return leaf
    tree = libsbml.ASTNode(getattr(libsbml, _KINDS[node.function]))
    for argument in node.arguments:
        tree.addChild(math_tree(argument, ids, libsbml, units))
    return tree


def time_is(at_s: float) -> Node:
    """The trigger of a moment on the file's clock."""
    return Call("less_equal", (Number(at_s), Name(TIME)))


def product(factors: Iterable[Node]) -> Node:
    """Factors multiplied from left to right; 1 where there is none."""
    result: Node | None = None
    for factor in factors:
        result = factor if result is None else Call("*", (result, factor))
    return ONE if result is None else result


def weighted_sum(terms: Iterable[tuple[str, float]]) -> Node:
    """`weight * name + ...`, balanced: hundreds of terms are not hundreds of levels deep.  0 if none."""
    level: list[Node] = [
        Name(name) if weight == 1.0 else Call("*", (Number(weight), Name(name))) for name, weight in terms
    ]
    while len(level) > 1:
        pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
        level = [Call("+", (pair[0], pair[1])) if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0] if level else ZERO
