"""Code that solves with the LU factors, in place."""

from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.text import Code

LONGEST = 600  # statements of one function; what a cut forgets is loaded again
LATE = 2  # terms of a row that go into one sum, at the end
MOST_SUMS = 3


def solve(layout: Layout, kind: Kind) -> str:
    """The text of `solve(factors, x)`: x becomes (1 / (h gamma) - J)^-1 x."""
    code = Code(kind, "solve", ("factors", "x"), longest=LONGEST)
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
        columns = above[row][::-1]
        code.store("x", row, code.multiply(_reduced(code, layout, row, columns), inverse))
        code.cut_if_long()
    return code.text()


def _reduced(code: Code, layout: Layout, row: int, columns: list[int]) -> str:
    """What is left of a row; columns in the order in which they become known.

    A long row is summed in parts, so that not every term waits for the one before it. The columns known last
    come last: their row waits for nothing else.
    """
    early = columns[:-LATE]
    sums = [code.load("x", row)] + [""] * min(MOST_SUMS - 1, len(early) // LATE)
    for place, column in enumerate(early):
        sums[place % len(sums)] = _less(code, layout, (row, column), sums[place % len(sums)])
    total = sums[0]
    for part in sums[1:]:
        total = code.add(total, part)
    for column in columns[-LATE:]:
        total = _less(code, layout, (row, column), total)
    return total


def _less(code: Code, layout: Layout, entry: tuple[int, int], before: str) -> str:
    factor, x = code.load("factors", layout.factor_places[entry]), code.load("x", entry[1])
    return code.multiply_subtract(factor, x, before) if before else code.negate(code.multiply(factor, x))
