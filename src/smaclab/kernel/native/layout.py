"""Where everything stands: which values a cell carries, where functions and LU factors are kept."""

from dataclasses import dataclass
from functools import cached_property

from smaclab.network.expression import ZERO, Node, differentiate, names
from smaclab.network.network import Network
from smaclab.network.ordering import Ordering, jacobian_pattern, order_elimination


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Places in the arrays of the compiled code, for one network."""

    network: Network

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """Functions that are the rate of a reaction; they stand first in `functions`."""
        used = {reaction.rate for reaction in self.network.reactions}
        return tuple(sorted(used & self.network.rate_functions.keys()))

    @cached_property
    def slopes(self) -> tuple[tuple[str, str, Node], ...]:
        """(function, observable, derivative), without those that are always zero; they stand next."""
        observables = self.network.observable_index
        found = []
        for name in self.functions:
            formula = self.network.rate_functions[name]
            for observable in sorted(names(formula) & observables.keys()):
                slope = differentiate(formula, observable)
                if slope != ZERO:
                    found.append((name, observable, slope))
        return tuple(found)

    @cached_property
    def value_names(self) -> tuple[str, ...]:
        """Parameters and constants that reactions or functions use: what a cell must bring along."""
        used = {reaction.rate for reaction in self.network.reactions}
        for name in self.functions:
            used |= names(self.network.rate_functions[name])
        return tuple(name for name in self.network.value_index if name in used)

    @cached_property
    def value_places(self) -> dict[str, int]:
        """Place of each of them in `values`."""
        return {name: place for place, name in enumerate(self.value_names)}

    @cached_property
    def function_places(self) -> dict[str, int]:
        """Place of each function in `functions`."""
        return {name: place for place, name in enumerate(self.functions)}

    @cached_property
    def totals(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """(species, weight) of each sum that no reaction changes."""
        found = self.network.conserved()
        return tuple(tuple((species, float(weight)) for species, weight in one.terms) for one in found)

    @cached_property
    def ordering(self) -> Ordering:
        """The order of elimination."""
        return order_elimination(jacobian_pattern(self.network), len(self.network.species))

    @cached_property
    def factor_places(self) -> dict[tuple[int, int], int]:
        """(row, column) -> place in `factors`, column after column in the order of elimination.

        Below the diagonal stands L, above U, on it the inverse of the pivot.
        """
        rank = {species: place for place, species in enumerate(self.ordering.order)}
        entries = sorted(self.ordering.entries, key=lambda entry: (rank[entry[1]], rank[entry[0]]))
        return {entry: place for place, entry in enumerate(entries)}

    @cached_property
    def columns(self) -> dict[int, tuple[int, ...]]:
        """Column -> its rows with an entry in L or U, in the order of elimination."""
        found: dict[int, list[int]] = {species: [] for species in self.ordering.order}
        for row, column in self.factor_places:
            found[column].append(row)
        return {column: tuple(rows) for column, rows in found.items()}

    def rate(self, name: str) -> tuple[str, int]:
        """Array and place of a reaction's rate."""
        if name in self.function_places:
            return "functions", self.function_places[name]
        return "values", self.value_places[name]
