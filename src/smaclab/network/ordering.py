"""How a sparse Jacobian is factorized: the order of elimination, and what it costs.

Scope:   pivots on the diagonal, decided once from the pattern alone; values never change the order.
Ignores: numerical pivoting. Implicit steps factorize I - h J, whose diagonal dominates for small h.

Source:  Tinney and Walker 1967 (Proc. IEEE 55:1801), third scheme: next comes the pivot that makes the fewest
         new entries; of equals the one of Markowitz 1957 (Management Science 3:255), with the smallest
         (row - 1) * (column - 1), counting the entries of its row and its column.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from smaclab.network.expression import names
from smaclab.network.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """A symbolic LU factorization."""

    order: tuple[int, ...]
    """Which row and column is eliminated first, second, ..."""

    entries: frozenset[tuple[int, int]]
    """(row, column) of what is not zero in L or U, the diagonal included, in the given numbering."""

    multiply_adds: int
    """Multiply-adds of one factorization, divisions not counted."""


def jacobian_pattern(network: Network) -> tuple[tuple[int, int], ...]:
    """(row, column) where the Jacobian is not always zero, sorted.

    Row i, column j: some reaction changes species i, and its speed depends on species j, as a reactant or
    through a function of observables.
    """
    through = {name: _species_of(network, name) for name in network.rate_functions}
    entries = set()
    for reaction in network.reactions:
        columns = set(reaction.reactants) | through.get(reaction.rate, set())
        entries |= {(row, column) for row in reaction.change() for column in columns}
    return tuple(sorted(entries))


def _species_of(network: Network, function: str) -> set[int]:
    used = names(network.rate_functions[function]) & network.observable_index.keys()
    return {place for name in used for place, _ in network.observables[network.observable_index[name]].terms}


def order_elimination(entries: Iterable[tuple[int, int]], size: int) -> Ordering:
    """The order of least fill-in with diagonal pivots; of equals Markowitz's, then the smaller index.

    Args:
        entries: (row, column) of what is not zero; the diagonal is added.
        size: rows of the square matrix.
    """
    rows: list[set[int]] = [{place} for place in range(size)]
    columns: list[set[int]] = [{place} for place in range(size)]
    filled = {(place, place) for place in range(size)}
    for row, column in entries:
        rows[row].add(column)
        columns[column].add(row)
        filled.add((row, column))
    order: list[int] = []
    cost = {place: _cost(place, rows, columns) for place in range(size)}
    multiply_adds = 0
    while cost:
        pivot = min(cost, key=lambda place: (*cost[place], place))
        del cost[pivot]
        order.append(pivot)
        across, down = rows[pivot] - {pivot}, columns[pivot] - {pivot}
        multiply_adds += len(across) * len(down)
        for row in down:
            filled |= {(row, column) for column in across - rows[row]}
            rows[row] |= across
            rows[row].discard(pivot)
        for column in across:
            columns[column] |= down
            columns[column].discard(pivot)
        for place in across.union(down, *(rows[row] for row in down)) & cost.keys():
            cost[place] = _cost(place, rows, columns)
    return Ordering(order=tuple(order), entries=frozenset(filled), multiply_adds=multiply_adds)


def _cost(place: int, rows: list[set[int]], columns: list[set[int]]) -> tuple[int, int]:
    """New entries that this pivot would make, and Markowitz's count."""
    across, down = rows[place] - {place}, columns[place] - {place}
    return sum(len(across - rows[row]) for row in down), len(across) * len(down)
