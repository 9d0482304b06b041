"""From a network to the tables of its kernel.

The slow twin, `reference.py`, defines the same numbers, one reaction at a time.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from smaclab.kernel.emit import CompiledFormulas, compile_formulas
from smaclab.kernel.kernel import FunctionTable, Indices, Kernel, SlopeTable, SpeedTable
from smaclab.network.expression import ZERO, Node, differentiate, names, ordered, substitute
from smaclab.network.network import Network, Observable

Slope = tuple[str, str, Node]  # function, observable, derivative


def compile_kernel(network: Network) -> Kernel:
    """The kernel of a network; a fraction of a second for a few hundred species."""
    slopes = _function_slopes(network)
    return Kernel(
        network=network,
        speeds=_speeds(network),
        functions=_functions(network, slopes),
        slopes=_slopes(network, slopes),
        observables=_sums(network.observables, len(network.species)),
        start=_start(network),
        compute_constants=_constants(network),
    )


def _integers(values: Sequence[int]) -> Indices:
    return np.array(values, dtype=np.intp)


def _matrix(triples: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    rows, columns, entries = zip(*triples, strict=True) if triples else ((), (), ())
    data = np.array(entries, dtype=float)
    matrix = csr_array((data, (_integers(rows), _integers(columns))), shape=shape)
    matrix.sum_duplicates()
    return matrix


def _sums(observables: Sequence[Observable], size: int) -> csr_array:
    triples = [(row, place, weight) for row, one in enumerate(observables) for place, weight in one.terms]
    return _matrix(triples, (len(observables), size))


def _by_place(groups: Sequence[Sequence[int]], nobody: int) -> tuple[Indices, ...]:
    longest = max((len(group) for group in groups), default=0)
    return tuple(
        _integers([group[place] if place < len(group) else nobody for group in groups])
        for place in range(longest)
    )


# --- constants, starting amounts ------------------------------------------------------------------


def _start(network: Network) -> tuple[Indices, Indices]:
    places = network.value_index
    return (
        _integers([species for species, _ in network.initial]),
        _integers([places[amount] for _, amount in network.initial]),
    )


def _constants(network: Network) -> CompiledFormulas:
    constants = {constant.name for constant in network.constants}
    whole: dict[str, Node] = {}
    for name in ordered(network.formulas):
        if name in constants:
            whole[name] = substitute(network.formulas[name], whole)
    return compile_formulas(
        [whole[constant.name] for constant in network.constants],
        [parameter.name for parameter in network.parameters],
    )


# --- speeds ---------------------------------------------------------------------------------------


def _used_functions(network: Network) -> list[str]:
    """Functions that are the rate of a reaction, in the order in which the kernel computes them."""
    return sorted({reaction.rate for reaction in network.reactions} & network.rate_functions.keys())


def _speeds(network: Network) -> SpeedTable:
    places = dict(network.value_index)
    places |= {name: len(places) + rank for rank, name in enumerate(_used_functions(network))}
    size = len(network.species)
    triples = [
        (species, column, float(change))
        for column, reaction in enumerate(network.reactions)
        for species, change in reaction.change().items()
    ]
    return SpeedTable(
        rate=_integers([places[reaction.rate] for reaction in network.reactions]),
        factor=np.array([reaction.factor for reaction in network.reactions], dtype=float),
        reactants=_by_place([reaction.reactants for reaction in network.reactions], size),
        change=_matrix(triples, (size, len(network.reactions))),
    )


def _function_slopes(network: Network) -> list[Slope]:
    """Each function by each observable it uses, without those that are always zero."""
    observables = network.observable_index
    found = [
        (name, observable, differentiate(network.rate_functions[name], observable))
        for name in _used_functions(network)
        for observable in sorted(names(network.rate_functions[name]) & observables.keys())
    ]
    return [slope for slope in found if slope[2] != ZERO]


def _functions(network: Network, slopes: Sequence[Slope]) -> FunctionTable:
    formulas = [network.rate_functions[name] for name in _used_functions(network)]
    used: frozenset[str] = frozenset().union(*(names(formula) for formula in formulas))
    places = network.value_index
    values = sorted(used & places.keys())
    sums = sorted(used & network.observable_index.keys())
    observables = [network.observables[network.observable_index[name]] for name in sums]
    return FunctionTable(
        values=_integers([places[name] for name in values]),
        sums=_sums(observables, len(network.species)),
        compute=compile_formulas(formulas, [*values, *sums]),
        compute_slopes=compile_formulas([*formulas, *(slope for _, _, slope in slopes)], [*values, *sums]),
        count=len(formulas),
    )


# --- slopes ---------------------------------------------------------------------------------------


def _reactant_parts(network: Network) -> list[tuple[int, int, int, tuple[int, ...]]]:
    """(reaction, reactant, how often it takes part, the other reactants) for each distinct reactant."""
    parts = []
    for column, reaction in enumerate(network.reactions):
        for species in sorted(set(reaction.reactants)):
            others = list(reaction.reactants)
            others.remove(species)
            parts.append(
                (
                    column,
                    species,
                    len(reaction.reactants) - len(others) + others.count(species),
                    tuple(others),
                )
            )
    return parts


def _function_parts(network: Network, slopes: Sequence[Slope]) -> list[tuple[int, int, int, float]]:
    """(reaction, species, slope, weight) for each species that changes a function through an observable."""
    parts = []
    for column, reaction in enumerate(network.reactions):
        for rank, (function, observable, _) in enumerate(slopes):
            if function == reaction.rate:
                terms = network.observables[network.observable_index[observable]].terms
                parts += [(column, species, rank, weight) for species, weight in terms]
    return parts


def _slopes(network: Network, slopes: Sequence[Slope]) -> SlopeTable:
    direct, through = _reactant_parts(network), _function_parts(network, slopes)
    by = [(column, species) for column, species, *_ in (*direct, *through)]
    triples = [
        (row, species, part, float(change))
        for part, (column, species) in enumerate(by)
        for row, change in network.reactions[column].change().items()
    ]
    pattern = sorted({(row, species) for row, species, _, _ in triples})
    entry = {place: rank for rank, place in enumerate(pattern)}
    return SlopeTable(
        rows=_integers([row for row, _ in pattern]),
        columns=_integers([column for _, column in pattern]),
        flat=_integers([row * len(network.species) + column for row, column in pattern]),
        reaction=_integers([part[0] for part in direct]),
        multiplicity=np.array([part[2] for part in direct], dtype=float),
        others=_by_place([part[3] for part in direct], len(network.species)),
        function_reaction=_integers([part[0] for part in through]),
        function_slope=_integers([part[2] for part in through]),
        function_weight=np.array([part[3] for part in through], dtype=float),
        gather=_matrix(
            [(entry[row, species], part, change) for row, species, part, change in triples],
            (len(pattern), len(by)),
        ),
    )
