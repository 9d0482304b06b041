"""Formulas of parameters and observables: read, write, evaluate, differentiate.

Scope:   numbers, names, + - * / **, unary minus, min, max, exp, log, and what stands in `elementary`.
Ignores: time. A rate that switches at a time is a change of a parameter, not a formula.

A formula is a small tree of `Number`, `Name` and `Call`, never code: text from a file is parsed against a
list of what is allowed and cannot run anything.

Real powers of small negative numbers are guarded: `x ** n` is `max(x, 0) ** n` unless `n` is written as an
integer. A solver may step to -1e-9 molecules, and that must not become NaN.
"""

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from smaclab.errors import ExpressionError, shown
from smaclab.network.elementary import ARITY, FLAT, ON_ARRAYS, SMOOTH

LONGEST = 20_000  # characters; a promoter needs about a hundred
DEEPEST = 200  # operations inside one another; a sum of 200 terms is that deep
FUNCTIONS = {"min": (2, 99), "max": (2, 99), "exp": (1, 1), "log": (1, 1), **ARITY}  # fewest, most arguments
PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "**": 4}


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number."""

    value: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ExpressionError(f"{self.value} in a formula: numbers must be finite.")


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter, constant, observable or function, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """An operation on formulas: + - * / ** neg, one of `FUNCTIONS`, and `step` inside derivatives."""

    function: str
    arguments: tuple["Node", ...]


Node = Number | Name | Call

ZERO, ONE = Number(0.0), Number(1.0)


# --- reading --------------------------------------------------------------------------------------


def parse(text: str) -> Node:
    """The tree of a formula.

    Raises:
        ExpressionError: not a formula, or one that uses more than the few allowed operations.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"A formula of {len(text)} characters; at most {LONGEST} are read.")
    try:
        body = ast.parse(text.strip(), mode="eval").body
        if (depth := _depth(body)) > DEEPEST:
            raise ExpressionError(f"{shown(text)} is {depth} operations deep; at most {DEEPEST} are read.")
        return _node(body, text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise ExpressionError(f"{shown(text)} is not a formula ({type(problem).__name__}).") from problem


def _depth(tree: ast.expr) -> int:
    """Operations inside one another, counted without recursion."""
    level, depth = [tree], 0
    while level := [
        part for one in level for part in ast.iter_child_nodes(one) if isinstance(part, ast.expr)
    ]:
        depth += 1
    return depth


_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}


def _node(tree: ast.expr, text: str) -> Node:
    if isinstance(tree, ast.Name):
        return Name(tree.id)
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int | float) and tree.value is not True:
        return Number(_finite(tree.value, text))
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        inside = _node(tree.operand, text)
        return Number(-inside.value) if isinstance(inside, Number) else Call("neg", (inside,))
    if isinstance(tree, ast.BinOp) and type(tree.op) in _BINARY:
        return Call(_BINARY[type(tree.op)], (_node(tree.left, text), _node(tree.right, text)))
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and not tree.keywords:
        return _call(tree.func.id, tuple(_node(argument, text) for argument in tree.args), text)
    raise ExpressionError(
        f"{shown(text)}: {shown(ast.unparse(tree))} is not allowed in a formula. "
        f"Allowed: numbers, names, + - * / **, {', '.join(sorted(FUNCTIONS))}."
    )


def _call(function: str, arguments: tuple[Node, ...], text: str) -> Node:
    if function not in FUNCTIONS:
        allowed = ", ".join(sorted(FUNCTIONS))
        raise ExpressionError(f"{shown(text)}: unknown function {function!r}. Known: {allowed}.")
    fewest, most = FUNCTIONS[function]
    if not fewest <= len(arguments) <= most:
        raise ExpressionError(
            f"{shown(text)}: {function} has {len(arguments)} arguments; it takes {fewest} to {most}."
        )
    return Call(function, arguments)


def _finite(value: float, text: str) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ExpressionError(f"{shown(text)}: a number too large to hold. Numbers must be finite.")
    return number


# --- writing --------------------------------------------------------------------------------------


def to_text(node: Node) -> str:
    """The formula as text; `parse` gives the same tree back."""
    return _text(node, 0)


def number_text(value: float) -> str:
    """The shortest text that reads back as exactly this number: '2', '0.5', '1e-06'."""
    whole = value.is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(float(value))


def _text(node: Node, outer: int) -> str:
    """`outer`: how tightly the surrounding operation binds; parentheses where this one binds less."""
    if isinstance(node, Name):
        return node.name
    if isinstance(node, Number):
        text = number_text(node.value)
        return f"({text})" if text.startswith("-") and outer > 0 else text
    if node.function not in PRECEDENCE:
        return f"{node.function}({', '.join(_text(argument, 0) for argument in node.arguments)})"
    binds = PRECEDENCE[node.function]
    if node.function == "neg":
        text = f"-{_text(node.arguments[0], binds + 1)}"
    else:
        # Left to right, except **: so the other side needs parentheses at equal strength.
        right_first = node.function == "**"
        left, right = node.arguments
        space = "" if right_first else " "
        text = (
            f"{_text(left, binds + right_first)}{space}{node.function}{space}"
            f"{_text(right, binds + (not right_first))}"
        )
    return f"({text})" if binds < outer else text


# --- looking and evaluating -----------------------------------------------------------------------


def names(node: Node) -> frozenset[str]:
    """Every name the formula uses."""
    if isinstance(node, Name):
        return frozenset({node.name})
    if isinstance(node, Number):
        return frozenset()
    return frozenset().union(*(names(argument) for argument in node.arguments))


def evaluate(node: Node, values: Mapping[str, Any]) -> Any:
    """The formula's value, by walking the tree: slow, and the definition.

    Args:
        node: the formula.
        values: a number or an array for each name it uses; arrays are combined as NumPy does.

    Returns:
        A number or an array; inf or NaN where arithmetic gives that, without a warning.

    Raises:
        ExpressionError: a name without a value.
    """
    with np.errstate(all="ignore"):
        return _evaluate(node, values)


def _evaluate(node: Node, values: Mapping[str, Any]) -> Any:
    if isinstance(node, Number):
        return np.float64(node.value)
    if isinstance(node, Name):
        if node.name not in values:
            raise ExpressionError(f"No value for {node.name!r}.")
        return np.asarray(values[node.name])[()]
    arguments = [_evaluate(argument, values) for argument in node.arguments]
    if node.function == "**" and integer_exponent(node.arguments[1]) is None:
        arguments[0] = np.maximum(arguments[0], 0.0)
    return _OPERATIONS[node.function](*arguments)


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
    "neg": np.negative,
    "min": lambda *several: reduce(np.minimum, several),
    "max": lambda *several: reduce(np.maximum, several),
    "exp": np.exp,
    "log": np.log,
    "step": lambda x: np.heaviside(x, 1.0),
    **ON_ARRAYS,
}


def integer_exponent(exponent: Node) -> int | None:
    """The exponent if it is written as an integer, which needs no guard against negatives."""
    if isinstance(exponent, Number) and exponent.value.is_integer():
        return int(exponent.value)
    return None


def substitute(node: Node, formulas: Mapping[str, Node]) -> Node:
    """The formula with some names replaced by formulas, once."""
    if isinstance(node, Name):
        return formulas.get(node.name, node)
    if isinstance(node, Number):
        return node
    return Call(node.function, tuple(substitute(argument, formulas) for argument in node.arguments))


def ordered(formulas: Mapping[str, Node]) -> tuple[str, ...]:
    """The names of the formulas, each after those it uses; ties by name.

    Raises:
        ExpressionError: formulas that use each other in a circle.
    """
    done: dict[str, None] = {}
    waiting = {name: names(formulas[name]) & formulas.keys() for name in sorted(formulas)}
    while waiting:
        ready = [name for name, needs in waiting.items() if needs <= done.keys()]
        if not ready:
            raise ExpressionError(f"These formulas use each other in a circle: {', '.join(waiting)}.")
        for name in ready:
            done[name] = None
            del waiting[name]
    return tuple(done)


# --- differentiating ------------------------------------------------------------------------------


def differentiate(node: Node, name: str) -> Node:
    """The partial derivative with respect to one name, with zeros and ones removed.

    At the kink of min and max it is the derivative from one side. Not for reading by people: it may use
    `step`, which a file may not.
    """
    if isinstance(node, Number):
        return ZERO
    if isinstance(node, Name):
        return ONE if node.name == name else ZERO
    if name not in names(node):
        return ZERO
    return _RULES[node.function](node, name)


def add(left: Node, right: Node) -> Node:
    """Left + right, simplified."""
    if left == ZERO or right == ZERO:
        return right if left == ZERO else left
    return Call("+", (left, right))


def subtract(left: Node, right: Node) -> Node:
    """Left - right, simplified."""
    if right == ZERO:
        return left
    return multiply(Number(-1.0), right) if left == ZERO else Call("-", (left, right))


def multiply(left: Node, right: Node) -> Node:
    """Left * right, simplified."""
    if ZERO in (left, right):
        return ZERO
    if left == ONE or right == ONE:
        return right if left == ONE else left
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value * right.value)
    return Call("*", (left, right))


def divide(left: Node, right: Node) -> Node:
    """Left / right, simplified."""
    return left if left == ZERO or right == ONE else Call("/", (left, right))


def power(base: Node, exponent: Node) -> Node:
    """Base ** exponent, simplified."""
    if exponent == ONE:
        return base
    return ONE if exponent == ZERO else Call("**", (base, exponent))


def _power_rule(node: Call, name: str) -> Node:
    base, exponent = node.arguments
    if isinstance(exponent, Number):
        lower = power(base, Number(exponent.value - 1.0))
        return multiply(multiply(exponent, lower), differentiate(base, name))
    # A guarded power is flat below zero, but its derivative's power need not be: max(x, 0) ** 0 is 1.
    lower = power(base, subtract(exponent, ONE))
    by_base = multiply(multiply(Call("step", (base,)), multiply(exponent, lower)), differentiate(base, name))
    # log of the smallest positive number, not of zero: 0 ** n * log(0) must be 0 and not NaN.
    logarithm = Call("log", (Call("max", (base, Number(5e-324))),))
    return add(by_base, multiply(multiply(node, logarithm), differentiate(exponent, name)))


def _extreme_rule(node: Call, name: str) -> Node:
    first, *rest = node.arguments
    other = rest[0] if len(rest) == 1 else Call(node.function, tuple(rest))
    larger, smaller = (first, other) if node.function == "max" else (other, first)
    first_wins = Call("step", (subtract(larger, smaller),))
    return add(
        multiply(first_wins, differentiate(first, name)),
        multiply(subtract(ONE, first_wins), differentiate(other, name)),
    )


def _pairwise(rule: Callable[[Node, Node, Node, Node], Node]) -> Callable[[Call, str], Node]:
    def apply(node: Call, name: str) -> Node:
        left, right = node.arguments
        return rule(left, right, differentiate(left, name), differentiate(right, name))

    return apply


def _chain(slope: Callable[[Call], Node]) -> Callable[[Call, str], Node]:
    return lambda node, name: multiply(slope(node), differentiate(node.arguments[0], name))


def _smooth(slope: str) -> Callable[[Call], Node]:
    return lambda node: substitute(parse(slope), {"x": node.arguments[0]})


def _where_rule(node: Call, name: str) -> Node:
    condition, then, otherwise = node.arguments
    return Call("where", (condition, differentiate(then, name), differentiate(otherwise, name)))


def _pow_rule(node: Call, name: str) -> Node:
    base, exponent = node.arguments
    lower = Call("pow", (base, subtract(exponent, ONE)))
    by_base = multiply(multiply(exponent, lower), differentiate(base, name))
    logarithm = Call("log", (Call("max", (base, Number(5e-324))),))
    return add(by_base, multiply(multiply(node, logarithm), differentiate(exponent, name)))


_RULES: dict[str, Callable[[Call, str], Node]] = {
    "+": _pairwise(lambda a, b, da, db: add(da, db)),
    "-": _pairwise(lambda a, b, da, db: subtract(da, db)),
    "*": _pairwise(lambda a, b, da, db: add(multiply(da, b), multiply(a, db))),
    "/": _pairwise(
        lambda a, b, da, db: subtract(divide(da, b), divide(multiply(a, db), power(b, Number(2.0))))
    ),
    "**": _power_rule,
    "neg": _chain(lambda node: Number(-1.0)),
    "exp": _chain(lambda node: node),
    "log": _chain(lambda node: divide(ONE, node.arguments[0])),
    "min": _extreme_rule,
    "max": _extreme_rule,
    "where": _where_rule,
    "pow": _pow_rule,
    **{name: _chain(_smooth(slope)) for name, slope in SMOOTH.items()},
    **dict.fromkeys(("step", *FLAT), lambda node, name: ZERO),
}
