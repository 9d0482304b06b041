"""Formulas as SBML's mathematics (MathML, by way of libSBML's trees).

Trees are built node by node and never from text: in libSBML's infix `time`, `pi` or `log` would be read as
something else than a parameter of that name.
"""

from collections.abc import Iterable, Mapping
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
}
ZERO, ONE = Number(0.0), Number(1.0)


def math_tree(node: Node, ids: Mapping[str, str], libsbml: Any) -> Any:
    """A formula as libSBML's tree.

    Args:
        node: the formula.
        ids: the SBML identifier of each name it uses.
        libsbml: the module, which is loaded where a file is written and nowhere else.

    Returns:
        An `ASTNode`.  Real powers carry the guard that formulas of ours imply: `max(x, 0) ^ n`.
    """
    if isinstance(node, Number):
        leaf = libsbml.ASTNode(libsbml.AST_REAL)
        leaf.setValue(node.value)
        return leaf
    if isinstance(node, Name):
        leaf = libsbml.ASTNode(libsbml.AST_NAME)
        leaf.setName(ids[node.name])
        return leaf
    arguments = list(node.arguments)
    if node.function == "**" and integer_exponent(arguments[1]) is None:
        arguments[0] = Call("max", (arguments[0], ZERO))
    tree = libsbml.ASTNode(getattr(libsbml, _KINDS[node.function]))
    for argument in arguments:
        tree.addChild(math_tree(argument, ids, libsbml))
    return tree


def time_is(at_s: float, libsbml: Any) -> Any:
    """The trigger `time >= at_s`."""
    tree = libsbml.ASTNode(libsbml.AST_RELATIONAL_GEQ)
    tree.addChild(time_tree(libsbml))
    tree.addChild(math_tree(Number(at_s), {}, libsbml))
    return tree


def time_tree(libsbml: Any) -> Any:
    """The model's own clock."""
    clock = libsbml.ASTNode(libsbml.AST_NAME_TIME)
    clock.setName("time")
    return clock


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
