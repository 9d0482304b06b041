"""Formulas become one Python function, each shared part computed once.

Source text is written from the parsed tree only: operations come from a fixed list, names become places in a
list, and numbers are written so that they read back exactly. Nothing a file says can reach the compiler.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np

from smaclab.network.elementary import ON_ARRAYS, ON_FLOATS
from smaclab.network.expression import Call, Name, Node, Number, integer_exponent

Evaluation = Callable[[Sequence[Any]], tuple[Any, ...]]

LONGEST_PRODUCT = 4  # x ** 4 as x*x*x*x; from there on the power function is as fast

_FEW: dict[str, Any] = {
    "minimum": min,
    "maximum": max,
    "exp": math.exp,
    "log": math.log,
    "step": lambda x: 1.0 if x >= 0.0 else 0.0,
    "power": lambda x, n: (x if x > 0.0 else 0.0) ** n,
    **ON_FLOATS,
}
_MANY: dict[str, Any] = {
    "minimum": lambda *several: _fold(np.minimum, several),
    "maximum": lambda *several: _fold(np.maximum, several),
    "exp": np.exp,
    "log": np.log,
    "step": lambda x: np.where(np.real(x) >= 0.0, 1.0, 0.0),
    "power": lambda x, n: np.power(np.maximum(x, 0.0), n),
    **ON_ARRAYS,
}


def _fold(pair: Callable[[Any, Any], Any], several: Sequence[Any]) -> Any:
    result = several[0]
    for other in several[1:]:
        result = pair(result, other)
    return result


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledFormulas:
    """Several formulas as one function. Both callables take values in the order of `inputs`."""

    formulas: tuple[Node, ...]
    inputs: tuple[str, ...]
    floats: Evaluation
    """For a list of floats, as fast as Python is; where Python would raise, inf or NaN as in NumPy."""

    arrays: Evaluation
    """For a list of arrays or numbers, combined as NumPy does."""

    def __reduce__(self) -> tuple[Any, tuple[tuple[Node, ...], tuple[str, ...]]]:
        # Compiled code cannot travel to another process; the formulas can.
        return (compile_formulas, (self.formulas, self.inputs))


def compile_formulas(formulas: Sequence[Node], inputs: Sequence[str]) -> CompiledFormulas:
    """The formulas as functions, for floats and for arrays.

    Args:
        formulas: what to compute; results come in this order.
        inputs: the names the formulas use, in the order in which their values will be given.
    """
    # The source holds numbers, places and names from the lists above, whatever a file said: see `source`.
    code = compile(source(formulas, inputs), "<formulas>", "exec")
    few: dict[str, Any] = {"__builtins__": {}, **_FEW}
    many: dict[str, Any] = {"__builtins__": {}, **_MANY}
    exec(code, few)
    exec(code, many)
    fast: Evaluation = few["formulas"]
    vector: Evaluation = many["formulas"]

    def arrays(values: Sequence[Any]) -> tuple[Any, ...]:
        with np.errstate(all="ignore"):
            return vector([np.asarray(value)[()] for value in values])

    def floats(values: Sequence[Any]) -> tuple[Any, ...]:
        try:
            return fast(values)
        except (ZeroDivisionError, OverflowError, ValueError):
            return tuple(float(value) for value in arrays([np.float64(value) for value in values]))

    return CompiledFormulas(formulas=tuple(formulas), inputs=tuple(inputs), floats=floats, arrays=arrays)


def source(formulas: Sequence[Node], inputs: Sequence[str]) -> str:
    """The text of a function `formulas(x)`: one line for each distinct operation, then the results."""
    places = {name: place for place, name in enumerate(inputs)}
    known: dict[Node, str] = {}
    lines: list[str] = []

    def value(node: Node) -> str:
        if isinstance(node, Number):
            return f"({node.value!r})"
        if node not in known:
            if isinstance(node, Name):
                right = f"x[{places[node.name]}]"
            else:
                right = _operation(node, [value(argument) for argument in node.arguments])
            known[node] = f"t{len(known)}"
            lines.append(f"    {known[node]} = {right}")
        return known[node]

    results = [value(formula) for formula in formulas]
    return "\n".join(["def formulas(x):", *lines, f"    return ({' '.join(f'{one},' for one in results)})"])


def _operation(node: Call, arguments: list[str]) -> str:
    if node.function == "neg":
        return f"-{arguments[0]}"
    if node.function == "**":
        return _power(node, arguments)
    if node.function in "+-*/":
        return f"{arguments[0]} {node.function} {arguments[1]}"
    function = {"min": "minimum", "max": "maximum"}.get(node.function, node.function)
    return f"{function}({', '.join(arguments)})"


def _power(node: Call, arguments: list[str]) -> str:
    whole = integer_exponent(node.arguments[1])
    if whole is None:
        return f"power({arguments[0]}, {arguments[1]})"
    if whole == 0:
        return "1.0"
    size = abs(whole)
    product = "*".join([arguments[0]] * size) if size <= LONGEST_PRODUCT else f"{arguments[0]}**{size}.0"
    return product if whole > 0 else f"1.0 / ({product})"
