"""Code that solves with the LU factors, in place."""

from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.text import Code


def solve(layout: Layout, kind: Kind) -> str:
    """The text of `solve(factors, x)`: x becomes (1 / (h gamma) - J)^-1 x."""
    code = Code(kind, "solve", ("factors", "x"))
    order = layout.ordering.order
    rank = {species: place for place, species in enumerate(order)}
    below: dict[int, list[int]] = {species: [] for species in order}
    above: dict[int, list[int]] = {species: [] for species in order}
    for row, column in layout.factor_places:
        if rank[row] > rank[column]:
            below[row].append(column)
        elif rank[row] < rank[column]:
            above[row].append(column)
    for row in order:
        if below[row]:
            code.store("x", row, _reduced(code, layout, row, below[row]))
            code.cut_if_long()
    for row in reversed(order):
        inverse = code.load("factors", layout.factor_places[row, row])
        code.store("x", row, code.multiply(_reduced(code, layout, row, above[row]), inverse))
        code.cut_if_long()
    return code.text()


def _reduced(code: Code, layout: Layout, row: int, columns: list[int]) -> str:
    total = code.load("x", row)
    for column in columns:
        factor = code.load("factors", layout.factor_places[row, column])
        total = code.multiply_subtract(factor, code.load("x", column), total)
    return total
