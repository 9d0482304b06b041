"""MathML, as libSBML holds it, to the text of our own formulas.

Scope:   everything of MathML in Level 2 and 3 core, function definitions written out, but delays and `rateOf`.
Names:   `v_ID` is what ID means in a formula, `l_REACTION_ID` a local parameter, `t_` time.
Ignores: units on numbers, and the package of distributions.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import libsbml

LONGEST = 20_000  # characters; as in `network.expression`
AVOGADRO = 6.02214179e23  # 1/mol, as SBML Level 3 fixes it

Words = Mapping[str, str]


class Refused(Exception):  # noqa: N818 - it is no error of ours: it carries what a letter will say
    """A construct that is not simulated here. what: its name; remedy: what a person can do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


_CONSTANTS = {
    libsbml.AST_CONSTANT_PI: repr(math.pi),
    libsbml.AST_CONSTANT_E: repr(math.e),
    libsbml.AST_CONSTANT_TRUE: "1",
    libsbml.AST_CONSTANT_FALSE: "0",
    libsbml.AST_NAME_TIME: "t_",
    libsbml.AST_NAME_AVOGADRO: repr(AVOGADRO),
}
_ONE = {
    libsbml.AST_FUNCTION_EXP: "exp({0})",
    libsbml.AST_FUNCTION_LN: "log({0})",
    libsbml.AST_FUNCTION_ABS: "abs({0})",
    libsbml.AST_FUNCTION_FLOOR: "floor({0})",
    libsbml.AST_FUNCTION_CEILING: "ceil({0})",
    libsbml.AST_FUNCTION_FACTORIAL: "factorial({0})",
    libsbml.AST_FUNCTION_SIN: "sin({0})",
    libsbml.AST_FUNCTION_COS: "cos({0})",
    libsbml.AST_FUNCTION_TAN: "tan({0})",
    libsbml.AST_FUNCTION_SEC: "(1 / cos({0}))",
    libsbml.AST_FUNCTION_CSC: "(1 / sin({0}))",
    libsbml.AST_FUNCTION_COT: "(1 / tan({0}))",
    libsbml.AST_FUNCTION_SINH: "sinh({0})",
    libsbml.AST_FUNCTION_COSH: "cosh({0})",
    libsbml.AST_FUNCTION_TANH: "tanh({0})",
    libsbml.AST_FUNCTION_SECH: "(1 / cosh({0}))",
    libsbml.AST_FUNCTION_CSCH: "(1 / sinh({0}))",
    libsbml.AST_FUNCTION_COTH: "(1 / tanh({0}))",
    libsbml.AST_FUNCTION_ARCSIN: "arcsin({0})",
    libsbml.AST_FUNCTION_ARCCOS: "arccos({0})",
    libsbml.AST_FUNCTION_ARCTAN: "arctan({0})",
    libsbml.AST_FUNCTION_ARCSEC: "arccos(1 / {0})",
    libsbml.AST_FUNCTION_ARCCSC: "arcsin(1 / {0})",
    libsbml.AST_FUNCTION_ARCCOT: "arctan(1 / {0})",
    libsbml.AST_FUNCTION_ARCSINH: "arcsinh({0})",
    libsbml.AST_FUNCTION_ARCCOSH: "arccosh({0})",
    libsbml.AST_FUNCTION_ARCTANH: "arctanh({0})",
    libsbml.AST_FUNCTION_ARCSECH: "arccosh(1 / {0})",
    libsbml.AST_FUNCTION_ARCCSCH: "arcsinh(1 / {0})",
    libsbml.AST_FUNCTION_ARCCOTH: "arctanh(1 / {0})",
    libsbml.AST_LOGICAL_NOT: "logical_not({0})",
}
_TRUNCATED = "where(less({0} / {1}, 0), ceil({0} / {1}), floor({0} / {1}))"
_TWO = {
    libsbml.AST_DIVIDE: "({0} / {1})",
    libsbml.AST_FUNCTION_QUOTIENT: _TRUNCATED,
    libsbml.AST_FUNCTION_REM: "({0} - {1} * " + _TRUNCATED + ")",
    libsbml.AST_LOGICAL_IMPLIES: "logical_or(logical_not({0}), {1})",
    libsbml.AST_RELATIONAL_NEQ: "logical_not(equal({0}, {1}))",
}
_CHAINED = {
    libsbml.AST_RELATIONAL_EQ: "equal({0}, {1})",
    libsbml.AST_RELATIONAL_LT: "less({0}, {1})",
    libsbml.AST_RELATIONAL_LEQ: "less_equal({0}, {1})",
    libsbml.AST_RELATIONAL_GT: "less({1}, {0})",
    libsbml.AST_RELATIONAL_GEQ: "less_equal({1}, {0})",
}
_FOLDED = {
    libsbml.AST_PLUS: ("({0} + {1})", "0"),
    libsbml.AST_TIMES: ("({0} * {1})", "1"),
    libsbml.AST_LOGICAL_AND: ("logical_and({0}, {1})", "1"),
    libsbml.AST_LOGICAL_OR: ("logical_or({0}, {1})", "0"),
    libsbml.AST_LOGICAL_XOR: ("logical_not(equal({0}, {1}))", "0"),
    libsbml.AST_FUNCTION_MIN: ("min({0}, {1})", ""),
    libsbml.AST_FUNCTION_MAX: ("max({0}, {1})", ""),
}


class MathReader:
    """Turns formulas of one model into text; knows the model's function definitions."""

    def __init__(self, model: Any) -> None:
        self.definitions = {
            one.getId(): one.getMath() for one in model.getListOfFunctionDefinitions() if one.isSetMath()
        }

    def text(self, node: Any, words: Words | None = None) -> str:
        """The formula as text. words: what some names mean, such as local parameters.

        Raises:
            Refused: a construct that is not simulated here, or a formula longer than is read.
        """
        found = self._text(node, words or {}, ())
        if len(found) > LONGEST:
            raise _too_long(found)
        return found

    def _text(self, node: Any, words: Words, inside: tuple[str, ...]) -> str:
        kind = node.getType()
        given = [self._text(node.getChild(n), words, inside) for n in range(node.getNumChildren())]
        if sum(map(len, given)) > LONGEST:
            raise _too_long("".join(given))
        if kind == libsbml.AST_FUNCTION:
            return self._call(node.getName(), given, inside)
        if not given:
            leaf = _leaf(node, kind, words)
            if leaf is not None:
                return leaf
        return _operation(node, kind, given)

    def _call(self, name: str, given: Sequence[str], inside: tuple[str, ...]) -> str:
        body = self.definitions.get(name)
        if body is None or name in inside:
            raise Refused(f"the function {name!r}", "Define it, with math, and not in terms of itself.")
        n_arguments = body.getNumChildren() - 1
        if n_arguments != len(given):
            what = f"a call of {name!r} with {len(given)} arguments where it takes {n_arguments}"
            raise Refused(what, "Give it as many as its definition has.")
        words = {body.getChild(n).getName(): given[n] for n in range(n_arguments)}
        return self._text(body.getChild(n_arguments), words, (*inside, name))


def _too_long(text: str) -> Refused:
    return Refused(f"a formula of {len(text)} characters", f"At most {LONGEST} are read: split it by rules.")


def _leaf(node: Any, kind: int, words: Words) -> str | None:
    if kind in _CONSTANTS:
        return _CONSTANTS[kind]
    if kind == libsbml.AST_NAME:
        return words.get(node.getName(), f"v_{node.getName()}")
    if kind == libsbml.AST_INTEGER:
        return _number(float(node.getInteger()))
    if kind in (libsbml.AST_REAL, libsbml.AST_REAL_E, libsbml.AST_RATIONAL):
        return _number(node.getReal())
    return None


def _number(value: float) -> str:
    if math.isnan(value):
        return "(0 / 0)"
    if math.isinf(value):
        return "(1 / 0)" if value > 0 else "(-1 / 0)"
    text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return f"({text})" if value < 0 else text


def _operation(node: Any, kind: int, given: list[str]) -> str:
    if kind in _ONE and len(given) == 1:
        return _ONE[kind].format(*given)
    if kind in _TWO and len(given) == 2:
        return _TWO[kind].format(*given)
    if kind in _FOLDED:
        form, nothing = _FOLDED[kind]
        if given or nothing:
            return _folded(form, given or [nothing])
    if kind in _CHAINED:
        pairs = [_CHAINED[kind].format(a, b) for a, b in zip(given, given[1:], strict=False)]
        return _folded("logical_and({0}, {1})", pairs or ["1"])
    special = _special(kind, given)
    if special is not None:
        return special
    raise _refusal(node, kind, len(given))


def _special(kind: int, given: list[str]) -> str | None:
    if kind == libsbml.AST_MINUS and len(given) in (1, 2):
        return f"(-{given[0]})" if len(given) == 1 else f"({given[0]} - {given[1]})"
    if kind in (libsbml.AST_POWER, libsbml.AST_FUNCTION_POWER) and len(given) == 2:
        return power(*given)
    if kind == libsbml.AST_FUNCTION_ROOT and len(given) in (1, 2):
        degree = given[0] if len(given) == 2 else "2"
        return f"sqrt({given[-1]})" if degree == "2" else f"pow({given[-1]}, 1 / {degree})"
    if kind == libsbml.AST_FUNCTION_LOG and len(given) in (1, 2):
        base = given[0] if len(given) == 2 else "10"
        return f"(log({given[-1]}) / log({base}))"
    if kind == libsbml.AST_FUNCTION_PIECEWISE:
        return _piecewise(given)
    return None


def power(base: str, exponent: str) -> str:
    """A whole number as exponent is a product; anything else a real power."""
    bare = exponent.strip("()")
    whole = bare.lstrip("-").isdigit() and len(bare) < 4
    return f"(({base})**({bare}))" if whole else f"pow({base}, {exponent})"


def _piecewise(given: list[str]) -> str:
    pieces = list(zip(given[::2], given[1::2], strict=False))
    text = given[-1] if len(given) % 2 else "(0 / 0)"
    for value, condition in reversed(pieces):
        text = f"where({condition}, {value}, {text})"
    return text


def _folded(form: str, given: list[str]) -> str:
    """In pairs, so that a sum of a thousand is ten operations deep."""
    while len(given) > 1:
        pairs = [form.format(a, b) for a, b in zip(given[::2], given[1::2], strict=False)]
        given = pairs + given[2 * len(pairs) :]
    return given[0]


def _refusal(node: Any, kind: int, count: int) -> Refused:
    if kind == libsbml.AST_FUNCTION_DELAY:
        return Refused("a delay", "Delay equations are not solved here; write the delay as a chain of steps.")
    if kind == libsbml.AST_FUNCTION_RATE_OF:
        return Refused("rateOf", "Write the rate itself as an assignment rule and use that.")
    name = node.getName() or node.getOperatorName() or f"type {kind}"
    return Refused(
        f"the mathematics {name!r} with {count} arguments", "Write it with the operations of SBML."
    )
