"""Elementary functions that no network of ours needs often: one lane after the other by the C library.

Comparisons and conditions are selections over lanes, as cheap as an addition.
"""

from collections.abc import Callable, Iterable, Mapping

from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.text import Code
from smaclab.network.expression import Call, Node

IN_C = {
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "sqrt": "sqrt",
    "floor": "floor",
    "ceil": "ceil",
    "factorial": "tgamma",
    "pow": "pow",
}
"""Our name: that of the C library."""

Operation = Callable[..., str]


def operations(code: Code) -> Mapping[str, Operation]:
    """How each of these functions is written into a piece of code."""
    zero, one = code.constant(0.0), code.constant(1.0)

    def truth(comparison: str) -> Operation:
        return lambda left, right: code.select(comparison, left, right, one, zero)

    def is_true(value: str, then: str, otherwise: str) -> str:
        return code.select("une", value, zero, then, otherwise)

    return {
        **{name: _by_c(code, name) for name in IN_C},
        "factorial": lambda x: call(code, "factorial", code.add(x, one)),
        "pow": lambda base, exponent: call(code, "pow", base, exponent),
        "abs": lambda x: code.select("olt", x, zero, code.negate(x), x),
        "less": truth("olt"),
        "less_equal": truth("ole"),
        "equal": truth("oeq"),
        "logical_not": lambda x: is_true(x, zero, one),
        "logical_and": lambda a, b: is_true(a, is_true(b, one, zero), zero),
        "logical_or": lambda a, b: is_true(a, one, is_true(b, one, zero)),
        "where": is_true,
    }


def _by_c(code: Code, name: str) -> Operation:
    return lambda x: call(code, name, x)


def call(code: Code, name: str, *given: str) -> str:
    """A call of one of these, over all lanes."""
    v = code.kind.vector
    return code.fresh(f"call {v} @smaclab_{name}({', '.join(f'{v} {one}' for one in given)})")


def used(formulas: Iterable[Node]) -> tuple[str, ...]:
    """Which functions of the C library these formulas need, sorted."""
    found: set[str] = set()
    waiting = list(formulas)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Call):
            waiting.extend(node.arguments)
            found.add(node.function)
    return tuple(sorted(found & IN_C.keys()))


def library(kind: Kind, functions: Iterable[str]) -> str:
    """The text of these functions, and their declarations."""
    return "\n".join(_lanes(kind, name) for name in functions)


def _lanes(kind: Kind, name: str) -> str:
    given = ("x", "y") if name == "pow" else ("x",)
    v, real = kind.vector, kind.real
    lines = [f"declare double @{IN_C[name]}({', '.join('double' for _ in given)})"]
    lines.append(
        f"define internal {v} @smaclab_{name}({', '.join(f'{v} %{one}' for one in given)}) noinline {{"
    )
    result = "undef"
    for lane in range(kind.lanes):
        arguments = []
        for one in given:
            lines.append(f"%{one}{lane} = extractelement {v} %{one}, i32 {lane}")
            wide = f"%{one}{lane}"
            if real != "double":
                wide = f"%{one}w{lane}"
                lines.append(f"{wide} = fpext {real} %{one}{lane} to double")
            arguments.append(f"double {wide}")
        lines.append(f"%c{lane} = call double @{IN_C[name]}({', '.join(arguments)})")
        back = f"%c{lane}"
        if real != "double":
            back = f"%n{lane}"
            lines.append(f"{back} = fptrunc double %c{lane} to {real}")
        lines.append(f"%r{lane} = insertelement {v} {result}, {real} {back}, i32 {lane}")
        result = f"%r{lane}"
    return "\n".join((*lines, f"ret {v} {result}", "}"))
