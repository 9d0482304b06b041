"""PEtab's formulas: infix text becomes a tree of ours.

Scope:   numbers, inf, names, + - * / ^ (and ** of version 1), comparisons, && || !, and the functions of
         PEtab's table, piecewise included.
Ignores: units.

Precedence, from loose to tight: || && comparison + - * / unary ^; ^ binds to the right and before a sign.
"""

import re
from collections.abc import Callable

from smaclab.errors import PetabError, shown
from smaclab.network.expression import ONE, ZERO, Call, Name, Node, Number

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>\*\*|&&|\|\||<=|>=|==|!=|[-+*/^(),<>!]))"
)
LONGEST = 20_000
DEEPEST = 60
_INFINITY: Node = Call("/", (ONE, ZERO))
_SAME = {
    "exp": "exp", "sqrt": "sqrt", "abs": "abs", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh",
    "cosh": "cosh", "tanh": "tanh", "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "arcsinh": "arcsinh", "arccosh": "arccosh",
    "arctanh": "arctanh", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "ln": "log",
    "floor": "floor", "ceil": "ceil", "ceiling": "ceil",
}  # fmt: skip
_RECIPROCAL = {"sec": "cos", "csc": "sin", "cot": "tan", "sech": "cosh", "csch": "sinh", "coth": "tanh"}
_INVERSE = {
    "sec": "arccos", "csc": "arcsin", "cot": "arctan", "sech": "arccosh", "csch": "arcsinh",
    "coth": "arctanh",
}  # fmt: skip


def parse_petab(text: str) -> Node:
    """The tree of a formula.

    Raises:
        PetabError: it is no formula of PEtab's.
    """
    if len(text) > LONGEST:
        raise PetabError(f"a formula of {len(text)} characters; at most {LONGEST} are read.")
    parser = _Parser(text)
    node = parser.either()
    if parser.kind:
        raise PetabError(f"{shown(text)}: {shown(parser.word)} is not expected here.")
    return node


class _Parser:
    """Reads one formula from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.place, self.depth = text, 0, 0
        self.kind = self.word = ""
        self.advance()

    def advance(self) -> str:
        """To the next token; returns the word that was."""
        before = self.word
        match = _TOKEN.match(self.text, self.place)
        if match is None:
            if self.text[self.place :].strip():
                raise PetabError(f"{shown(self.text)}: {shown(self.text[self.place :])} is not understood.")
            self.kind = self.word = ""
            return before
        self.place, self.kind = match.end(), str(match.lastgroup)
        self.word = match[match.lastgroup or 0]
        return before

    def expect(self, word: str) -> None:
        """This word must come now."""
        if self.word != word:
            raise PetabError(f"{shown(self.text)}: {word!r} is missing before {shown(self.word)}.")
        self.advance()

    def either(self) -> Node:
        """||, the loosest."""
        return self._chain(self.both, {"||": "logical_or"})

    def both(self) -> Node:
        """&&."""
        return self._chain(self.comparison, {"&&": "logical_and"})

    def comparison(self) -> Node:
        """At most one comparison."""
        left = self.total()
        word = self.word
        if word not in ("<", "<=", ">", ">=", "==", "!="):
            return left
        self.advance()
        right = self.total()
        if word in (">", ">="):
            left, right, word = right, left, word.replace(">", "<")
        if word == "!=":
            return Call("logical_not", (Call("equal", (left, right)),))
        return Call({"<": "less", "<=": "less_equal", "==": "equal"}[word], (left, right))

    def total(self) -> Node:
        """Sums."""
        return self._chain(self.term, {"+": "+", "-": "-"})

    def term(self) -> Node:
        """Products."""
        return self._chain(self.signed, {"*": "*", "/": "/"})

    def _chain(self, tighter: Callable[[], Node], signs: dict[str, str]) -> Node:
        node = tighter()
        while self.kind == "sign" and self.word in signs:
            function = signs[self.advance()]
            node = Call(function, (node, tighter()))
        return node

    def signed(self) -> Node:
        """Signs and negations."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise PetabError(f"{shown(self.text)}: nested more than {DEEPEST} deep.")
        try:
            if self.word == "-":
                self.advance()
                inside = self.signed()
                return Number(-inside.value) if isinstance(inside, Number) else Call("neg", (inside,))
            if self.word == "+":
                self.advance()
                return self.signed()
            if self.word == "!":
                self.advance()
                return Call("logical_not", (self.signed(),))
            return self.power()
        finally:
            self.depth -= 1

    def power(self) -> Node:
        """^, to the right."""
        base = self.atom()
        if self.word not in ("^", "**"):
            return base
        self.advance()
        return Call("pow", (base, self.signed()))

    def atom(self) -> Node:
        """Numbers, names, calls and brackets."""
        if self.kind == "number":
            return Number(float(self.advance()))
        if self.word == "(":
            self.advance()
            node = self.either()
            self.expect(")")
            return node
        if self.kind != "name":
            raise PetabError(f"{shown(self.text)}: a number, a name or '(' is missing.")
        name = self.advance()
        if self.word != "(":
            return {"inf": _INFINITY, "true": ONE, "false": ZERO}.get(name, Name(name))
        self.advance()
        arguments = [] if self.word == ")" else [self.either()]
        while self.word == ",":
            self.advance()
            arguments.append(self.either())
        self.expect(")")
        return _call(name, arguments, self.text)


def _call(name: str, given: list[Node], text: str) -> Node:
    if name in _SAME and len(given) == 1:
        return Call(_SAME[name], (given[0],))
    if name in ("min", "max") and len(given) >= 1:
        return given[0] if len(given) == 1 else Call(name, tuple(given))
    if name in ("pow", "power") and len(given) == 2:
        return Call("pow", (given[0], given[1]))
    if name in ("log", "log10", "log2"):
        bases = {"log10": Number(10.0), "log2": Number(2.0)}
        natural = Call("log", (given[0],)) if given else ZERO
        if name in bases and len(given) == 1:
            return Call("/", (natural, Call("log", (bases[name],))))
        if name == "log" and len(given) == 1:
            return natural
        if name == "log" and len(given) == 2:
            return Call("/", (natural, Call("log", (given[1],))))
    if name == "sign" and len(given) == 1:
        return Call("-", (Call("less", (ZERO, given[0])), Call("less", (given[0], ZERO))))
    if name in _RECIPROCAL and len(given) == 1:
        return Call("/", (ONE, Call(_RECIPROCAL[name], (given[0],))))
    inverse = name.removeprefix("arc") if name.startswith("arc") else name.removeprefix("a")
    if inverse != name and inverse in _INVERSE and len(given) == 1:
        return Call(_INVERSE[inverse], (Call("/", (ONE, given[0])),))
    if name == "piecewise" and len(given) >= 3 and len(given) % 2:
        node = given[-1]
        for place in range(len(given) - 3, -1, -2):
            node = Call("where", (given[place + 1], given[place], node))
        return node
    raise PetabError(f"{shown(text)}: {name} of {len(given)} arguments is not computed here.")
