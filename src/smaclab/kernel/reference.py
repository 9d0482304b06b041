"""The slow twin of the kernel: one reaction at a time, one formula at a time. This is the definition."""

import math

import numpy as np
from numpy.typing import NDArray

from smaclab.network.expression import evaluate, ordered
from smaclab.network.network import Network

Array = NDArray[np.float64]


def constants_reference(network: Network, parameters: Array) -> Array:
    """The parameters, then the value of each constant.

    Args:
        network: the network.
        parameters: (parameter,), in the network's order and units.

    Returns:
        (parameter + constant,).
    """
    known = dict(zip(network.parameter_index, parameters, strict=True))
    for name in ordered(network.formulas):
        if name in network.value_index:
            known[name] = evaluate(network.formulas[name], known)
    return np.array([*parameters, *(known[constant.name] for constant in network.constants)], dtype=float)


def rates_reference(network: Network, counts: Array, values: Array) -> dict[str, float]:
    """The value of every parameter, constant, observable and function.

    Args:
        network: the network.
        counts: (species,), molecules.
        values: (parameter + constant,).
    """
    known: dict[str, float] = dict(zip(network.value_index, values, strict=True))
    for observable in network.observables:
        known[observable.name] = math.fsum(weight * counts[place] for place, weight in observable.terms)
    for name in ordered(network.formulas):
        if name not in network.value_index:
            known[name] = evaluate(network.formulas[name], known)
    return known


def derivative_reference(network: Network, counts: Array, values: Array) -> Array:
    """Molecules gained per second, (species,).

    Args:
        network: the network.
        counts: (species,), molecules.
        values: (parameter + constant,), from `constants_reference`.
    """
    rates = rates_reference(network, counts, values)
    change = np.zeros(len(network.species))
    for reaction in network.reactions:
        speed = (
            reaction.factor * rates[reaction.rate] * math.prod(counts[place] for place in reaction.reactants)
        )
        for place in reaction.reactants:
            change[place] -= speed
        for place in reaction.products:
            change[place] += speed
    return change


def jacobian_reference(
    network: Network, counts: Array, values: Array, *, relative_step: float = 1e-6
) -> Array:
    """Central differences of `derivative_reference`, (species, species), good to about 1e-8 relative.

    Args:
        network: the network.
        counts: (species,), molecules.
        values: (parameter + constant,), from `constants_reference`.
        relative_step: the step relative to a count, and to 1 molecule for smaller counts.
    """
    size = len(network.species)
    slopes = np.zeros((size, size))
    for place in range(size):
        step = relative_step * max(abs(counts[place]), 1.0)
        up, down = counts.copy(), counts.copy()
        up[place] += step
        down[place] -= step
        rise = derivative_reference(network, up, values) - derivative_reference(network, down, values)
        slopes[:, place] = rise / (up[place] - down[place])
    return slopes
