"""Formulas as vector code: what `emit.py` does for Python, here for LLVM.

Exponential and logarithm are our own, so that every lane of every machine of one kind rounds alike and no
library has to be found. Both are good to about one unit in the last place.

Source: exp by reduction to |r| <= ln 2 / 2 and its Taylor series; log by reduction to sqrt(1/2) <= m < sqrt 2
        and the series of atanh (Abramowitz & Stegun 1964, 4.2.1 and 4.1.27).
"""

import math
from collections.abc import Callable, Mapping

from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.rare import operations
from smaclab.kernel.native.text import Code, number
from smaclab.network.expression import Call, Name, Node, Number, integer_exponent

EXP, LOG = "smaclab_exp", "smaclab_log"
LN2_HIGH, LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10  # their sum is ln 2 to 1e-26
ROUND = 6755399441055744.0  # 1.5 * 2**52: adding and subtracting it rounds to a whole number


class Formulas:
    """Emits formulas into one `Code`, each shared part once until the next cut."""

    def __init__(self, code: Code, read: Callable[[str], str]) -> None:
        self.code, self.read = code, read
        self.known: dict[Node, str] = {}
        self.rare = operations(code)

    def value(self, node: Node) -> str:
        """The vector of this formula."""
        if isinstance(node, Number):
            return self.code.constant(node.value)
        if node not in self.known:
            if isinstance(node, Name):
                self.known[node] = self.read(node.name)
            else:
                self.known[node] = self._operation(node, [self.value(one) for one in node.arguments])
        return self.known[node]

    def _operation(self, node: Call, given: list[str]) -> str:
        code = self.code
        simple: Mapping[str, Callable[..., str]] = {
            "+": code.add,
            "-": code.subtract,
            "*": code.multiply,
            "/": code.divide,
            "neg": code.negate,
            "exp": lambda x: code.call(EXP, x),
            "log": lambda x: code.call(LOG, x),
            "step": lambda x: code.select(
                "oge", x, code.constant(0.0), code.constant(1.0), code.constant(0.0)
            ),
        }
        if node.function in simple:
            return simple[node.function](*given)
        if node.function == "**":
            return self._power(node, given)
        if node.function in self.rare:
            return self.rare[node.function](*given)
        result = given[0]
        for other in given[1:]:  # a NaN on either side must come through
            comparison = "ule" if node.function == "min" else "uge"
            first = code.select(comparison, result, other, result, other)
            result = code.select("uno", other, other, other, first)
        return result

    def _power(self, node: Call, given: list[str]) -> str:
        code, whole = self.code, integer_exponent(node.arguments[1])
        if whole is not None:
            product = self._integer_power(given[0], abs(whole))
            return product if whole >= 0 else code.divide(code.constant(1.0), product)
        zero, one = code.constant(0.0), code.constant(1.0)
        base = code.select("ogt", given[0], zero, given[0], zero)
        base = code.select("uno", given[0], given[0], given[0], base)
        raised = code.call(EXP, code.multiply(given[1], code.call(LOG, base)))
        return code.select("oeq", given[1], zero, one, raised)  # 0 ** 0 is 1, not 0 * -inf

    def _integer_power(self, base: str, exponent: int) -> str:
        if exponent == 0:
            return self.code.constant(1.0)
        result, square = "", base
        while exponent:
            if exponent & 1:
                result = self.code.multiply(result, square) if result else square
            exponent >>= 1
            if exponent:
                square = self.code.multiply(square, square)
        return result


def library(kind: Kind) -> str:
    """The text of both functions, in double inside whatever the vectors' precision."""
    wide = Kind(lanes=kind.lanes, real="double", fused=kind.fused)
    if kind.real == "double":
        return "\n".join((_function(wide, EXP, _exp), _function(wide, LOG, _log)))
    inner = [_function(wide, f"{name}_wide", body) for name, body in ((EXP, _exp), (LOG, _log))]
    return "\n".join((*inner, *(_narrow(kind, wide, name) for name in (EXP, LOG))))


def _function(kind: Kind, name: str, body: Callable[[Code], str]) -> str:
    code = Code(kind, name, ())
    result = body(code)
    v = kind.vector
    lines = [f"define internal {v} @{name}({v} %x) #0 {{", *code.lines, f"ret {v} {result}", "}"]
    return "\n".join(lines)


def _narrow(kind: Kind, wide: Kind, name: str) -> str:
    v, w = kind.vector, wide.vector
    return "\n".join(
        (
            f"define internal {v} @{name}({v} %x) #0 {{",
            f"%wide = fpext {v} %x to {w}",
            f"%found = call {w} @{name}_wide({w} %wide)",
            f"%result = fptrunc {w} %found to {v}",
            f"ret {v} %result",
            "}",
        )
    )


def _integers(kind: Kind, value: int) -> str:
    return f"<{', '.join([f'i64 {value}'] * kind.lanes)}>"


def _exp(code: Code) -> str:
    kind = code.kind
    v, i = kind.vector, f"<{kind.lanes} x i64>"
    low = code.select("olt", "%x", code.constant(-745.0), code.constant(-745.0), "%x")
    x = code.select("ogt", low, code.constant(709.9), code.constant(709.9), low)
    shifted = code.multiply_add(x, code.constant(1.0 / math.log(2.0)), code.constant(ROUND))
    whole = code.subtract(shifted, code.constant(ROUND))
    rest = code.multiply_add(whole, code.constant(-LN2_HIGH), x)
    rest = code.multiply_add(whole, code.constant(-LN2_LOW), rest)
    series = code.constant(1.0 / math.factorial(13))
    for order in range(12, -1, -1):
        series = code.multiply_add(series, rest, code.constant(1.0 / math.factorial(order)))
    # In two factors, so that neither the largest nor the smallest results leave the range on the way.
    half = code.subtract(
        code.multiply_add(whole, code.constant(0.5), code.constant(ROUND)), code.constant(ROUND)
    )
    result = series
    for part in (half, code.subtract(whole, half)):
        bits = code.fresh(f"fptosi {v} {part} to {i}")
        bits = code.fresh(f"add {i} {bits}, {_integers(kind, 1023)}")
        bits = code.fresh(f"shl {i} {bits}, {_integers(kind, 52)}")
        result = code.multiply(result, code.fresh(f"bitcast {i} {bits} to {v}"))
    return code.select("uno", "%x", "%x", "%x", result)


def _log(code: Code) -> str:
    kind = code.kind
    v, i = kind.vector, f"<{kind.lanes} x i64>"
    tiny = code.constant(2.2250738585072014e-308)
    scaled = code.multiply("%x", code.constant(2.0**54))
    x = code.select("olt", "%x", tiny, scaled, "%x")
    offset = code.select("olt", "%x", tiny, code.constant(-54.0), code.constant(0.0))
    bits = code.fresh(f"bitcast {v} {x} to {i}")
    # The exponent such that the mantissa lies between sqrt(1/2) and sqrt(2): 0x3FE6A09E... is sqrt(1/2).
    moved = code.fresh(f"sub {i} {bits}, {_integers(kind, 0x3FE6A09E667F3BCD)}")
    exponent = code.fresh(f"ashr {i} {moved}, {_integers(kind, 52)}")
    down = code.fresh(f"shl {i} {exponent}, {_integers(kind, 52)}")
    mantissa = code.fresh(f"bitcast {i} {code.fresh(f'sub {i} {bits}, {down}')} to {v}")
    whole = code.add(code.fresh(f"sitofp {i} {exponent} to {v}"), offset)
    less = code.subtract(mantissa, code.constant(1.0))
    s = code.divide(less, code.add(mantissa, code.constant(1.0)))
    z = code.multiply(s, s)
    series = code.constant(2.0 / 23.0)
    for order in range(21, 2, -2):
        series = code.multiply_add(series, z, code.constant(2.0 / order))
    # log m = 2 s + s z series, and 2 s = less - s less, which loses nothing near m = 1.
    tail = code.multiply(s, code.subtract(code.multiply(z, series), less))
    tail = code.multiply_add(whole, code.constant(LN2_LOW), tail)
    result = code.multiply_add(whole, code.constant(LN2_HIGH), code.add(less, tail))
    zero, infinite = code.constant(0.0), code.constant(math.inf)
    result = code.select("oeq", "%x", zero, code.constant(-math.inf), result)
    result = code.select("olt", "%x", zero, code.constant(math.nan), result)
    result = code.select("oeq", "%x", infinite, infinite, result)
    return code.select("uno", "%x", "%x", "%x", result)


__all__ = ["EXP", "LOG", "Formulas", "library", "number"]
