"""What no reaction can change: conserved totals as whole-number weights on species.

Scope:   linear totals. Monomers that are never made or lost come first, under their own names; elimination in
         exact fractions finds whatever else is conserved.
Ignores: totals that hold only for some parameter values, such as a synthesis rate of zero.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Column = Mapping[int, int]  # one reaction: species index -> change in molecules
Row = dict[int, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConservedTotal:
    """A sum over species that no reaction changes."""

    name: str
    """The monomer it counts, or `total_of_<first species>` where it is no single monomer."""

    terms: tuple[tuple[int, int], ...]
    """(species index, weight); weights are whole numbers other than 0 without a common divisor."""


def conserved_totals(
    columns: Sequence[Column], compositions: Sequence[Mapping[str, int]], names: Sequence[str]
) -> tuple[ConservedTotal, ...]:
    """A basis of everything the reactions conserve.

    Args:
        columns: the change of each reaction.
        compositions: how many of each monomer each species holds.
        names: the species' names.

    Returns:
        Independent totals that span the left null space of the stoichiometric matrix: first the conserved
        monomers by name, then the rest. Species in no reaction are conserved too.
    """
    found = [
        (monomer, weights)
        for monomer in sorted({monomer for parts in compositions for monomer in parts})
        if _is_conserved(weights := _count(monomer, compositions), columns)
    ]
    found += [("", weights) for weights in _null_space(columns, len(compositions))]
    span = _Span()
    return tuple(
        ConservedTotal(
            name=monomer or f"total_of_{names[min(weights)]}",
            terms=tuple(sorted(_primitive(weights).items())),
        )
        for monomer, weights in found
        if span.grow(weights)
    )


def _count(monomer: str, compositions: Sequence[Mapping[str, int]]) -> Row:
    return {place: Fraction(parts[monomer]) for place, parts in enumerate(compositions) if parts.get(monomer)}


def _is_conserved(weights: Row, columns: Iterable[Column]) -> bool:
    return all(
        sum(weights.get(place, 0) * change for place, change in column.items()) == 0 for column in columns
    )


def _primitive(weights: Row) -> dict[int, int]:
    """The same direction in whole numbers without a common divisor."""
    scale = math.lcm(*(weight.denominator for weight in weights.values()))
    whole = {place: int(weight * scale) for place, weight in weights.items()}
    divisor = math.gcd(*whole.values())
    return {place: weight // divisor for place, weight in whole.items()}


class _Span:
    """Rows in echelon form; each has its pivot at 1 and no entry at another's pivot before it."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}

    def reduced(self, row: Row) -> Row:
        row = dict(row)
        for pivot in sorted(self.rows):
            if factor := row.get(pivot):
                _subtract(row, self.rows[pivot], factor)
        return row

    def grow(self, row: Row) -> bool:
        """Add a row; False where it was already a combination of the others."""
        rest = self.reduced(row)
        if not rest:
            return False
        pivot = min(rest)
        divisor = rest[pivot]
        rest = {place: weight / divisor for place, weight in rest.items()}
        for other in self.rows.values():
            if factor := other.get(pivot):
                _subtract(other, rest, factor)
        self.rows[pivot] = rest
        return True


def _subtract(row: Row, other: Row, factor: Fraction) -> None:
    for place, weight in other.items():
        left = row.get(place, Fraction(0)) - factor * weight
        if left:
            row[place] = left
        else:
            row.pop(place, None)


def _null_space(columns: Sequence[Column], size: int) -> list[Row]:
    """Weights w with sum(w * change) = 0 for every column, one per species that no pivot fixes."""
    span = _Span()
    distinct = sorted({tuple(sorted(column.items())) for column in columns if column})
    for column in distinct:
        span.grow({place: Fraction(change) for place, change in column})
        if len(span.rows) == size:
            return []
    free = [place for place in range(size) if place not in span.rows]
    solutions: list[Row] = []
    for place in free:
        weights = {place: Fraction(1)}
        for pivot, row in span.rows.items():
            if row.get(place):
                weights[pivot] = -row[place]
        solutions.append(weights)
    return solutions
