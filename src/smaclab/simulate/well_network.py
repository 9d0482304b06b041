"""The network of a cell that shares its medium: its own, and a flow between its share and the others'.

A cell brings its share of the medium along, as it does alone. What flows between the shares is one more
number a medium species, the exchange (molecules/s), a source that may be negative. The medium without a cell
is a network of its own, of the reactions that need nothing of a cell: decay, antibodies, clamps.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.network.network import Network, Parameter, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.schedule import clamp_parameters

Array = NDArray[Any]

MEDIUM = "medium"  # the compartment that cells share
EXCHANGE = "exchange_with_the_well_{place}"
FROM_CELL = "FromCell{place}()@ledger"
IN_MEDIUM = "InMedium{place}()@ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNetwork:
    """One network, as a cell in a well and as medium without a cell.

    cell: the network with an exchange a medium species; its species come first and in the same order.
    medium: (medium species,), their places in `cell`.
    exchange: (medium species,), places of the exchange rates in the parameters of `cell`.
    empty: the medium alone; its species are those of `medium`, in order; parameters as in `cell`.
    from_cell, in_medium: places in `cell` of what the cell gave net of what it took, and of what the medium's
        own reactions made net of what they took; empty without a ledger. In `empty` the latter come last.
    """

    cell: Network
    medium: Array
    exchange: Array
    empty: Network
    from_cell: Array
    in_medium: Array


def medium_species(network: Network) -> tuple[int, ...]:
    """Places of the species that are in the medium and nowhere else."""
    return tuple(place for place, one in enumerate(network.species) if one.compartment == MEDIUM)


def shared(network: Network, *, ledger: bool = False) -> SharedNetwork:
    """The network for cells that share their medium.

    Args:
        network: of one cell with its share of the medium.
        ledger: whether what cells give and take, and what the medium's own reactions do, is added up; it
            costs two species for each in the medium.

    Raises:
        SimulationError: the network has no medium.
    """
    medium = medium_species(network)
    if not medium:
        raise SimulationError(
            f"a network of {len(network.species)} species, none in the compartment {MEDIUM!r}: there is "
            "nothing that cells of a well could share."
        )
    names = [EXCHANGE.format(place=rank) for rank in range(len(medium))]
    parameters = (*network.parameters, *(Parameter(name=name, unit="molecules/s") for name in names))
    flows = tuple(
        Reaction(rule=name, reactants=(), products=(place,), rate=name)
        for name, place in zip(names, medium, strict=True)
    )
    cell = replace(network, parameters=parameters, reactions=(*network.reactions, *flows))
    own = tuple(one for one in network.reactions if _is_of_the_medium(one, network, set(medium)))
    empty = _empty(cell, (*own, *flows), medium)
    first, size = len(network.species), len(medium)
    ranks = np.arange(size if ledger else 0, dtype=np.intp)
    if ledger:
        cell, empty = _with_ledger(cell, empty, medium, own)
    return SharedNetwork(
        cell=cell,
        medium=np.array(medium, dtype=np.intp),
        exchange=np.arange(len(network.parameters), len(parameters), dtype=np.intp),
        empty=empty,
        from_cell=first + ranks,
        in_medium=first + size + ranks,
    )


def _is_of_the_medium(reaction: Reaction, network: Network, medium: set[int]) -> bool:
    """Whether it goes on without a cell. What comes from nothing does so only where a clamp pours it."""
    taking_part = {*reaction.reactants, *reaction.products, *reaction.change()}
    if not taking_part <= medium or reaction.rate not in network.value_index:
        return False
    pours = {clamp_parameters(slot)[0] for slot in network.inputs}
    return bool(reaction.reactants) or reaction.rate in pours


def _empty(cell: Network, reactions: Iterable[Reaction], medium: tuple[int, ...]) -> Network:
    new = {place: rank for rank, place in enumerate(medium)}
    return replace(
        cell,
        observables=(),
        functions=(),
        species=tuple(cell.species[place] for place in medium),
        reactions=tuple(_moved(one, new) for one in reactions),
        initial=(),
        inputs={name: new[place] for name, place in cell.inputs.items() if place in new},
    )


def _moved(reaction: Reaction, new: dict[int, int]) -> Reaction:
    net = None if reaction.net is None else tuple((new[place], gain) for place, gain in reaction.net)
    return replace(
        reaction,
        reactants=tuple(new[place] for place in reaction.reactants),
        products=tuple(new[place] for place in reaction.products),
        net=net,
    )


def _with_ledger(
    cell: Network, empty: Network, medium: tuple[int, ...], own: tuple[Reaction, ...]
) -> tuple[Network, Network]:
    """Two species more for each in the medium, which add up what each reaction changes of it."""
    size, first, kept = len(medium), len(cell.species), set(map(_key, own))
    given = [parse_species(FROM_CELL.format(place=rank)) for rank in range(size)]
    made = [parse_species(IN_MEDIUM.format(place=rank)) for rank in range(size)]
    rank_of = {place: rank for rank, place in enumerate(medium)}

    def booked(one: Reaction, start: int, ranks: dict[int, int]) -> Reaction:
        change = one.change()
        more = tuple((start + ranks[place], gain) for place, gain in change.items() if place in ranks)
        if not more or one.rate.startswith(EXCHANGE.format(place="")):
            return one
        return replace(one, net=tuple((place, float(gain)) for place, gain in (*change.items(), *more)))

    in_cell = tuple(
        booked(one, first + size if _key(one) in kept else first, rank_of) for one in cell.reactions
    )
    alone = {rank: rank for rank in range(size)}
    in_empty = tuple(booked(one, size, alone) for one in empty.reactions)
    return (
        replace(cell, species=(*cell.species, *given, *made), reactions=in_cell),
        replace(empty, species=(*empty.species, *made), reactions=in_empty),
    )


def _key(reaction: Reaction) -> tuple[Any, ...]:
    return reaction.rule, reaction.reactants, reaction.products, reaction.rate
