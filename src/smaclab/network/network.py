"""The flat network: every species and every reaction, as names and structure without parameter values.

Scope:   mass action times a named rate; the rate is a parameter, a constant or a function of observables.
Ignores: values. They belong to a cell, an experiment or a calibration, so that one network serves all.

The speed of a reaction, in molecules per second, is `factor * value(rate) * prod(counts of its reactants)`,
where a reactant that takes part twice is multiplied twice.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from smaclab.errors import ExpressionError, NetworkError, unknown
from smaclab.network.conserve import ConservedTotal, conserved_totals
from smaclab.network.expression import Node, names, ordered, parse, substitute, to_text
from smaclab.network.species import Species


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number that somebody sets: its name and unit."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A formula of parameters and other constants; it changes only when a parameter does."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observable:
    """The true count of everything a pattern matches: a weighted sum of species."""

    name: str
    terms: tuple[tuple[int, float], ...]
    """(species index, weight), by index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A formula that also depends on observables, so it changes all the time: a promoter."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One concrete step between species."""

    rule: str
    reactants: tuple[int, ...]
    """Species indices, sorted, one for each molecule: a homodimerization names its species twice."""

    products: tuple[int, ...]
    rate: str
    """The name of a parameter, constant or function."""

    factor: float = 1.0
    net: tuple[tuple[int, float], ...] | None = None
    """(species, gain), by species, where it is not products less reactants: half molecules, a fixed species."""

    def change(self) -> dict[int, float]:
        """Molecules gained (positive) or lost by species index; what is unchanged is left out."""
        if self.net is not None:
            return {species: gain for species, gain in sorted(self.net) if gain}
        net = Counter(self.products)
        net.subtract(self.reactants)
        return {species: change for species, change in sorted(net.items()) if change}


@dataclass(frozen=True, kw_only=True)
class Network:
    """All species and reactions of a model, flat.

    Species, reactions and everything named may stand in any order; `arranged` gives the one canonical order.

    Raises:
        NetworkError: a name used twice, an index or name that leads nowhere, or formulas in a circle.
    """

    parameters: tuple[Parameter, ...] = ()
    constants: tuple[Constant, ...] = ()
    observables: tuple[Observable, ...] = ()
    functions: tuple[Function, ...] = ()
    species: tuple[Species, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    initial: tuple[tuple[int, str], ...] = ()
    """(species index, parameter or constant): what is there at the start; all other species start at 0."""

    inputs: Mapping[str, int] = field(default_factory=dict)
    """What an experiment can pour in: name -> species index."""

    def __post_init__(self) -> None:
        _check_names(self)
        _check_formulas(self)
        _check_indices(self)
        _check_rates(self)

    @cached_property
    def parameter_index(self) -> dict[str, int]:
        """Place of each parameter in a parameter vector."""
        return {parameter.name: place for place, parameter in enumerate(self.parameters)}

    @cached_property
    def value_index(self) -> dict[str, int]:
        """Place of each parameter, then of each constant, in a vector of values."""
        fixed = [*self.parameter_index, *(constant.name for constant in self.constants)]
        return {name: place for place, name in enumerate(fixed)}

    @cached_property
    def species_index(self) -> dict[str, int]:
        """Place of each species, by canonical name, in a vector of counts."""
        return {species.name: place for place, species in enumerate(self.species)}

    @cached_property
    def observable_index(self) -> dict[str, int]:
        """Place of each observable in a vector of observables."""
        return {observable.name: place for place, observable in enumerate(self.observables)}

    @cached_property
    def formulas(self) -> dict[str, Node]:
        """The parsed formula of each constant and function."""
        nouns: list[Constant | Function] = [*self.constants, *self.functions]
        return {noun.name: _parsed(noun) for noun in nouns}

    @cached_property
    def rate_functions(self) -> dict[str, Node]:
        """The formula of each function with other functions written out."""
        whole: dict[str, Node] = {}
        for name in ordered(self.formulas):
            if name not in self.value_index:
                whole[name] = substitute(self.formulas[name], whole)
        return whole

    def conserved(self) -> tuple[ConservedTotal, ...]:
        """Independent whole-number totals that no reaction changes, conserved monomers first.

        None where a reaction changes a species by a part of a molecule.
        """
        if any(not float(gain).is_integer() for one in self.reactions for gain in one.change().values()):
            return ()
        return conserved_totals(
            [
                {place: int(gain) for place, gain in reaction.change().items()} for reaction in self.reactions
            ],
            [species.composition() for species in self.species],
            [species.name for species in self.species],
        )


def arranged(network: Network) -> Network:
    """The same network in its one form: species and names sorted, reactions by rule, formulas spaced alike.

    Reactions that agree in everything but the factor become one, with the factors added.
    """
    old = sorted(range(len(network.species)), key=lambda place: network.species[place].name)
    new = {place: rank for rank, place in enumerate(old)}
    observables = [
        Observable(
            name=observable.name, terms=_merged((new[place], weight) for place, weight in observable.terms)
        )
        for observable in network.observables
    ]
    factors: dict[tuple[Any, ...], list[float]] = {}
    for reaction in network.reactions:
        reactants = tuple(sorted(new[place] for place in reaction.reactants))
        products = tuple(sorted(new[place] for place in reaction.products))
        net = () if reaction.net is None else tuple(sorted((new[place], gain) for place, gain in reaction.net))
        key = (reaction.rule, reactants, products, reaction.rate, reaction.net is not None, net)
        factors.setdefault(key, []).append(reaction.factor)
    return Network(
        parameters=tuple(sorted(network.parameters, key=lambda noun: noun.name)),
        constants=tuple(
            Constant(name=noun.name, expression=to_text(network.formulas[noun.name]))
            for noun in sorted(network.constants, key=lambda noun: noun.name)
        ),
        observables=tuple(sorted(observables, key=lambda noun: noun.name)),
        functions=tuple(
            Function(name=noun.name, expression=to_text(network.formulas[noun.name]))
            for noun in sorted(network.functions, key=lambda noun: noun.name)
        ),
        species=tuple(network.species[place] for place in old),
        reactions=tuple(
            Reaction(
                rule=rule,
                reactants=reactants,
                products=products,
                rate=rate,
                factor=math.fsum(several),
                net=net if has_net else None,
            )
            for (rule, reactants, products, rate, has_net, net), several in sorted(factors.items())
        ),
        initial=tuple(sorted((new[place], amount) for place, amount in network.initial)),
        inputs={name: new[network.inputs[name]] for name in sorted(network.inputs)},
    )


def _merged(terms: Iterable[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    weights: dict[int, list[float]] = {}
    for place, weight in terms:
        weights.setdefault(place, []).append(weight)
    return tuple((place, math.fsum(weights[place])) for place in sorted(weights))


# --- what makes a network sound -------------------------------------------------------------------


def _parsed(noun: Constant | Function) -> Node:
    try:
        return parse(noun.expression)
    except ExpressionError as problem:
        raise ExpressionError(f"{noun.name}: {problem}") from problem


def _check_names(network: Network) -> None:
    nouns: list[Parameter | Constant | Observable | Function] = [*network.parameters, *network.constants]
    nouns += [*network.observables, *network.functions]
    for kind, given in (
        ("parameter, constant, observable or function", [noun.name for noun in nouns]),
        ("species", [species.name for species in network.species]),
        ("species with a starting amount", [str(place) for place, _ in network.initial]),
    ):
        for name, times in Counter(given).items():
            if times > 1:
                raise NetworkError(f"{kind} {name!r} is given {times} times. Each may be given once.")
    for noun in nouns:
        if not noun.name.isidentifier():
            raise NetworkError(f"{noun.name!r} is not a name. A name is letters, digits and _.")


def _check_formulas(network: Network) -> None:
    fixed = set(network.value_index)
    functions = {noun.name for noun in network.functions}
    everything = fixed | set(network.observable_index) | functions
    for name, formula in network.formulas.items():
        known = everything if name in functions else fixed
        for used in sorted(names(formula) - known):
            raise NetworkError(unknown("name", used, known, where=f"formula of {name}"))
    ordered(network.formulas)


def _indices(network: Network) -> Iterator[tuple[str, int]]:
    for observable in network.observables:
        yield from ((f"observable {observable.name}", place) for place, _ in observable.terms)
    for reaction in network.reactions:
        yield from (
            (f"reaction of {reaction.rule}", place)
            for place in (*reaction.reactants, *reaction.products, *dict(reaction.net or ()))
        )
    yield from (("starting amounts", place) for place, _ in network.initial)
    yield from ((f"input {name}", place) for name, place in network.inputs.items())


def _check_indices(network: Network) -> None:
    last = len(network.species) - 1
    for where, place in _indices(network):
        if not 0 <= place <= last:
            raise NetworkError(f"{where}: there is no species {place}. Species are numbered 0 to {last}.")


def _check_rates(network: Network) -> None:
    fixed = set(network.value_index)
    rates = fixed | {noun.name for noun in network.functions}
    for reaction in network.reactions:
        where = f"reaction of {reaction.rule}"
        if reaction.rate not in rates:
            raise NetworkError(unknown("rate", reaction.rate, rates, where=where))
        if not math.isfinite(reaction.factor):
            raise NetworkError(f"{where}: factor {reaction.factor}. A factor is a finite number.")
    for place, amount in network.initial:
        if amount not in fixed:
            where = f"starting amount of {network.species[place].name}"
            raise NetworkError(unknown("parameter or constant", amount, fixed, where=where))
