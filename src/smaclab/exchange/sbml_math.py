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
    "pow": "AST_POWER",
    "log": "AST_FUNCTION_LN",
    "sqrt": "AST_FUNCTION_ROOT",
    "ceil": "AST_FUNCTION_CEILING",
    **{name: f"AST_FUNCTION_{name.upper()}" for name in ("min", "max", "exp", "abs", "floor", "factorial")},
    **{
        name: f"AST_FUNCTION_{name.upper()}"
        for plain in ("sin", "cos", "tan", "sinh", "cosh", "tanh")
        for name in (plain, f"arc{plain}")
    },
}
_CONDITIONS = {
    "less": "AST_RELATIONAL_LT",
    "less_equal": "AST_RELATIONAL_LEQ",
    "equal": "AST_RELATIONAL_EQ",
    "logical_and": "AST_LOGICAL_AND",
    "logical_or": "AST_LOGICAL_OR",
    "logical_not": "AST_LOGICAL_NOT",
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
    """A formula as libSBML's tree; a condition in it is 1 or 0, which SBML says by a piecewise.

    Args:
        node: the formula; real powers are to be `guarded`.
        ids: the SBML identifier of each name it uses.
        libsbml: the module, which is loaded where a file is written and nowhere else.
        units: the identifier of each literal's unit, from left to right; None: of none.

    Returns:
        An `ASTNode`, of a number.
    """
    return _Trees(ids, libsbml, units).number(node)


def condition_tree(
    node: Node, ids: Mapping[str, str], libsbml: Any, units: Iterator[str | None] | None = None
) -> Any:
    """A formula as a truth, for a trigger; the rest is as in `math_tree`."""
    return _Trees(ids, libsbml, units).truth(node)


class _Trees:
    """Builds trees.  Arguments are built from left to right, whatever order SBML wants: literals' units."""

    def __init__(self, ids: Mapping[str, str], libsbml: Any, units: Iterator[str | None] | None) -> None:
        self.ids, self.libsbml, self.units = ids, libsbml, units

    def number(self, node: Node) -> Any:
        if isinstance(node, Number):
            leaf = self._literal(node.value)
            if self.units is not None and (unit := next(self.units)) is not None:
                leaf.setUnits(unit)
            return leaf
        if isinstance(node, Name):
            is_time = node.name == TIME
            leaf = self.libsbml.ASTNode(self.libsbml.AST_NAME_TIME if is_time else self.libsbml.AST_NAME)
            leaf.setName("time" if is_time else self.ids[node.name])
            return leaf
        if node.function in _CONDITIONS:
            return self._call(
                "AST_FUNCTION_PIECEWISE", [self._literal(1), self.truth(node), self._literal(0)]
            )
        if node.function == "where":
            condition = self.truth(node.arguments[0])
            then, otherwise = [self.number(one) for one in node.arguments[1:]]
            return self._call("AST_FUNCTION_PIECEWISE", [then, condition, otherwise])
        degree = [self._literal(2)] if node.function == "sqrt" else []
        return self._call(_KINDS[node.function], [*degree, *map(self.number, node.arguments)])

    def truth(self, node: Node) -> Any:
        if not isinstance(node, Call) or node.function not in _CONDITIONS:
            return self._call("AST_RELATIONAL_NEQ", [self.number(node), self._literal(0)])
        inside = self.truth if node.function.startswith("logical_") else self.number
        return self._call(_CONDITIONS[node.function], [inside(one) for one in node.arguments])

    def _call(self, kind: str, children: Iterable[Any]) -> Any:
        tree = self.libsbml.ASTNode(getattr(self.libsbml, kind))
        for one in children:
            tree.addChild(one)
        return tree

    def _literal(self, value: float) -> Any:
        leaf = self.libsbml.ASTNode(self.libsbml.AST_REAL)
        leaf.setValue(float(value))
        return leaf


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
