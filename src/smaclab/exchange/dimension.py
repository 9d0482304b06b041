"""The unit of every number in a model's formulas, from the units that are known.

Scope:   each literal and each name without a unit is an unknown; adding, comparing and what a formula stands
         for give linear equations of exponents, which are solved exactly.
Ignores: conversions. `nM pL` and `molecules` are two units, and the number between them carries the rest.

`0.00166 * k / V` with k in 1/(nM s) and V in pL, as the rate constant of two molecules, can only be
1/(molecules s); so the number is in nM pL/molecules.  What stays undetermined is a pure number.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from smaclab.network.expression import Call, Name, Node, Number, integer_exponent

Dimension = Mapping[str, Fraction]
"""Exponent of each unit; those with exponent 0 are left out."""

Affine = dict[str | int, Fraction]  # units by name and unknowns by number

NONE: Dimension = {}
UNITS = ("molecules", "nM", "pL", "pg", "ml", "s", "min", "h")
SAME = {"copies": "molecules", "trimers": "molecules"}
PURE = ("1", "dimensionless", "fraction", "per receptor")
_ALIKE = ("+", "-", "min", "max", "abs", "floor", "ceil", "neg")
_COMPARE = ("less", "less_equal", "equal")
_WORD = re.compile(r"([A-Za-z]+)(?:\^(-?\d+(?:\.\d+)?))?")


def dimension_of(text: str) -> Dimension | None:
    """A unit such as `1/(nM s)`; None where it is not understood."""
    if text in PURE:
        return NONE
    above, _, below = text.partition("/")
    found: dict[str, Fraction] = {}
    for side, sign in ((above, 1), (below, -1)):
        for word in re.sub(r"[()]", " ", side).split():
            if word == "1":
                continue
            match = _WORD.fullmatch(word)
            unit = SAME.get(match[1], match[1]) if match else ""
            if match is None or unit not in UNITS:
                return None
            found[unit] = found.get(unit, Fraction(0)) + sign * Fraction(match[2] or 1)
    return _trimmed(found)


def unit_text(dimension: Dimension) -> str:
    """The unit as `dimension_of` reads it; `dimensionless` for a pure number."""
    above = [_power(unit, dimension[unit]) for unit in UNITS if dimension.get(unit, 0) > 0]
    below = [_power(unit, -dimension[unit]) for unit in UNITS if dimension.get(unit, 0) < 0]
    if not above and not below:
        return "dimensionless"
    under = f"({' '.join(below)})" if len(below) > 1 else "".join(below)
    return f"{' '.join(above) or '1'}/{under}" if below else " ".join(above)


def _power(unit: str, exponent: Fraction) -> str:
    if exponent == 1:
        return unit
    return f"{unit}^{float(exponent):g}"


def _trimmed(found: Mapping[str, Fraction]) -> Dimension:
    return {unit: exponent for unit, exponent in found.items() if exponent}


class Dimensions:
    """Collects formulas, then answers; mutable while a model is written.  `conflicts`: what contradicts."""

    def __init__(self) -> None:
        self.conflicts: list[str] = []
        self._names: dict[str, Affine] = {}
        self._literals: dict[str, list[Affine]] = {}
        self._solved: dict[int, Affine] = {}
        self._unknowns = 0

    def declare(self, name: str, dimension: Dimension | None) -> None:
        """A name with its unit, or with an unknown one."""
        self._names[name] = self._unknown() if dimension is None else _known(dimension)

    def formula(self, owner: str, tree: Node, equals: str | Dimension | None = None) -> None:
        """A formula and what it stands for.

        Args:
            owner: whose it is; `literals` asks by this.
            tree: the formula; its names are declared.
            equals: the name or the unit that it must agree with; None: nothing is known.
        """
        literals = self._literals.setdefault(owner, [])
        found = self._walk(tree, owner, literals)
        if equals is not None:
            self._same(found, self._names[equals] if isinstance(equals, str) else _known(equals), owner)

    def pure(self, owner: str, place: int) -> None:
        """One literal of a formula is a pure number."""
        self._same(self._literals[owner][place], {}, owner)

    def literals(self, owner: str) -> list[Dimension]:
        """The unit of each literal of a formula, from left to right."""
        return [self._answer(one) for one in self._literals[owner]]

    def of(self, name: str) -> Dimension:
        """The unit of a name."""
        return self._answer(self._names[name])

    # --- equations ------------------------------------------------------------------------------------

    def _walk(self, tree: Node, owner: str, literals: list[Affine]) -> Affine:
        if isinstance(tree, Number):
            literals.append(self._unknown())
            return literals[-1]
        if isinstance(tree, Name):
            return self._names[tree.name]
        return self._call(tree, [self._walk(one, owner, literals) for one in tree.arguments], owner)

    def _call(self, tree: Call, given: list[Affine], owner: str) -> Affine:
        kind = tree.function
        if kind in ("*", "/"):
            return _combined(given[0], given[1], Fraction(1 if kind == "*" else -1))
        if kind in _ALIKE or kind in _COMPARE or kind == "where":
            first, *rest = given[1:] if kind == "where" else given
            for one in rest:
                self._same(first, one, owner)
            return {} if kind in _COMPARE else first
        if kind == "sqrt":
            return {key: value / 2 for key, value in given[0].items()}
        if kind in ("**", "pow"):
            whole = integer_exponent(tree.arguments[1])
            self._same(given[1], {}, owner)
            if whole is not None:
                return {key: value * whole for key, value in given[0].items()}
        for one in given:
            self._same(one, {}, owner)
        return {}

    def _unknown(self) -> Affine:
        self._unknowns += 1
        return {self._unknowns: Fraction(1)}

    def _same(self, left: Affine, right: Affine, owner: str) -> None:
        rest = self._reduced(_combined(left, right, Fraction(-1)))
        unknown = next((key for key in rest if isinstance(key, int)), None)
        if unknown is None:
            if rest:
                text = unit_text({str(key): value for key, value in rest.items()})
                self.conflicts.append(f"{owner}: two sides differ by {text}")
            return
        weight = rest.pop(unknown)
        self._solved[unknown] = {key: -value / weight for key, value in rest.items()}

    def _reduced(self, given: Affine) -> Affine:
        found = dict(given)
        while (known := next((key for key in found if key in self._solved), None)) is not None:
            assert isinstance(known, int)
            weight = found.pop(known)
            found = _combined(found, self._solved[known], weight)
        return found

    def _answer(self, given: Affine) -> Dimension:
        return {str(key): value for key, value in self._reduced(given).items() if isinstance(key, str)}


def _known(dimension: Dimension) -> Affine:
    return dict(dimension.items())


def _combined(left: Affine, right: Affine, weight: Fraction) -> Affine:
    found = dict(left)
    for key, value in right.items():
        found[key] = found.get(key, Fraction(0)) + weight * value
    return {key: value for key, value in found.items() if value}
