"""Code that writes the LU factors of 1 / (h gamma) - J: Jacobian and elimination in one pass over columns.

Each column is put together from the reactions, reduced by the columns before it, and stored once; the
Jacobian itself never reaches memory.

Source: left-looking elimination, e.g. Davis 2006, Direct Methods for Sparse Linear Systems, 6.2.
"""

from collections import defaultdict

from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.speeds import functions, product
from smaclab.kernel.native.text import Code


def factorize(layout: Layout, kind: Kind) -> str:
    """The text of `factorize(counts, values, functions, shift, factors)`; `shift` is 1 / (h gamma)."""
    code = Code(kind, "factorize", ("counts", "values", "functions", "shift", "factors"))
    network = layout.network
    formulas = [network.rate_functions[name] for name in layout.functions]
    functions(code, layout, [*formulas, *(slope for _, _, slope in layout.slopes)])
    parts = _Parts(layout)
    rank = {species: place for place, species in enumerate(layout.ordering.order)}
    for column in layout.ordering.order:
        entries = parts.column(code, column)
        entries[column] = _shifted(code, entries.get(column, ""))
        _eliminate(code, layout, rank, column, entries)
        code.cut_if_long()
    return code.text()


def _shifted(code: Code, diagonal: str) -> str:
    shift = code.load("shift", 0)
    return code.add(shift, diagonal) if diagonal else shift


def _eliminate(
    code: Code, layout: Layout, rank: dict[int, int], column: int, entries: dict[int, str]
) -> None:
    for row in layout.columns[column]:
        if rank[row] >= rank[column]:
            break
        upper = entries.get(row) or code.constant(0.0)
        for below in layout.columns[row]:
            if rank[below] > rank[row]:
                lower = code.load("factors", layout.factor_places[below, row])
                before = entries.get(below)
                entries[below] = (
                    code.multiply_subtract(lower, upper, before)
                    if before
                    else code.negate(code.multiply(lower, upper))
                )
        code.store("factors", layout.factor_places[row, column], upper)
    inverse = code.divide(code.constant(1.0), entries[column])
    code.store("factors", layout.factor_places[column, column], inverse)
    for row in layout.columns[column]:
        if rank[row] > rank[column]:
            lower = code.multiply(entries.get(row) or code.constant(0.0), inverse)
            code.store("factors", layout.factor_places[row, column], lower)


class _Parts:
    """What each species' count does to reactions, as a reactant or through a function."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        network = layout.network
        self.direct: dict[int, list[int]] = defaultdict(list)
        self.through: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        slopes = defaultdict(list)
        for place, (function, observable, _) in enumerate(layout.slopes, start=len(layout.functions)):
            slopes[function].append((place, network.observables[network.observable_index[observable]].terms))
        for number, reaction in enumerate(network.reactions):
            for species in sorted(set(reaction.reactants)):
                self.direct[species].append(number)
            for place, terms in slopes[reaction.rate]:
                for species, weight in terms:
                    self.through[species].append((number, place, weight))

    def column(self, code: Code, column: int) -> dict[int, str]:
        """Row -> vector of -J[row, column]."""
        entries: dict[int, str] = {}
        for number in self.direct[column]:
            reaction = self.layout.network.reactions[number]
            others = list(reaction.reactants)
            others.remove(column)
            times = reaction.reactants.count(column)
            slope = product(code, self.layout, reaction, tuple(others))
            self._spread(code, entries, number, slope, float(times))
        for number, place, weight in self.through[column]:
            reaction = self.layout.network.reactions[number]
            slope = code.load("functions", place)
            if reaction.factor != 1.0:
                slope = code.multiply(slope, code.constant(reaction.factor))
            for species in reaction.reactants:
                slope = code.multiply(slope, code.load("counts", species))
            self._spread(code, entries, number, slope, weight)
        return entries

    def _spread(self, code: Code, entries: dict[int, str], number: int, slope: str, weight: float) -> None:
        for row, gained in self.layout.network.reactions[number].change().items():
            part = -gained * weight
            if row in entries:
                entries[row] = code.plus(entries[row], slope, part)
            elif part == 1.0:
                entries[row] = slope
            else:
                entries[row] = code.multiply(slope, code.constant(part))
