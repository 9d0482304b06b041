"""What hangs on a bait, read from the species' graphs: a lysate, a bead, and what is counted on it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from smaclab.network.species import Monomer, Species


def pull_down_weights(
    species: Sequence[Species], holds: Mapping[str, Sequence[str]], prey: str
) -> NDArray[np.float64]:
    """How often each species' prey comes along with a bait.

    Args:
        species: of the network.
        holds: molecule -> sites; a species is held by the bead where it has such a molecule with at least
            one of these sites free, or, where no site is named, such a molecule at all.
        prey: the molecule that is counted, by the name of its monomer.

    Returns:
        (species,), molecules of prey in each species that is held; 0 in all others.
    """
    return np.array(
        [
            float(one.composition()[prey]) if any(_held(monomer, holds) for monomer in one.monomers) else 0.0
            for one in species
        ]
    )


def _held(monomer: Monomer, holds: Mapping[str, Sequence[str]]) -> bool:
    if monomer.name not in holds:
        return False
    needed = holds[monomer.name]
    free = {site.site for site in monomer.sites if site.bond is None and site.state is None}
    return not needed or not free.isdisjoint(needed)
