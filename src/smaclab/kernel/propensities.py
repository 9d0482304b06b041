"""How often each reaction happens while counts are whole numbers.

A reaction that takes two molecules of one species finds n (n - 1) ordered pairs, not n squared.

Source: Gillespie 1977, doi 10.1021/j100540a008.
"""

from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import NetworkError
from smaclab.kernel.kernel import Kernel

Array = NDArray[Any]


@final
@dataclass(frozen=True, kw_only=True)
class Propensities:
    """The propensities of one network.

    kernel: of the network. fewer: for each place of `kernel.speeds.reactants` (reaction,), how many molecules
    of this species the reaction has taken before. change: (reaction, species), whole numbers.
    """

    kernel: Kernel
    fewer: tuple[Array, ...]
    change: Array

    def of(self, counts: Array, values: Array) -> Array:
        """Reactions per second.

        Args:
            counts: (cell, species), whole numbers.
            values: (cell, parameter + constant), from `kernel.constants`.

        Returns:
            (cell, reaction).
        """
        table = self.kernel.speeds
        padded = np.concatenate((counts, np.ones((len(counts), 1))), axis=1)
        found: Array = self.kernel.rates(counts, values)[:, table.rate] * table.factor
        for reactants, fewer in zip(table.reactants, self.fewer, strict=True):
            found *= padded[:, reactants] - fewer
        return found


def compile_propensities(kernel: Kernel) -> Propensities:
    """The propensities of a kernel's network.

    Raises:
        NetworkError: a reaction changes a species by a part of a molecule.
    """
    network, table = kernel.network, kernel.speeds
    change = np.zeros((len(network.reactions), len(network.species)))
    for number, reaction in enumerate(network.reactions):
        for species, gain in reaction.change().items():
            change[number, species] = gain
    broken = np.flatnonzero(np.any(change != np.round(change), axis=1))
    if len(broken):
        raise NetworkError(
            f"{network.reactions[broken[0]].rule}: a reaction of whole molecules cannot gain a part of one. "
            "Follow this network with `simulate`, not one reaction at a time."
        )
    fewer = []
    for place, reactants in enumerate(table.reactants):
        before = [np.equal(reactants, other).astype(float) for other in table.reactants[:place]]
        taken = np.sum(before, axis=0) if before else np.zeros(len(reactants))
        fewer.append(np.where(reactants == len(network.species), 0.0, taken))
    return Propensities(kernel=kernel, fewer=tuple(fewer), change=change)
