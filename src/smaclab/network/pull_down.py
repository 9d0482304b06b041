"""What hangs on a bait, read from the species' graphs: a lysate, a bead, and what is counted on it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import NetworkError, unknown
from smaclab.network.species import Monomer, Site, Species


def pull_down_weights(
    species: Sequence[Species],
    holds: Mapping[str, Sequence[str]],
    prey: str,
    form: Mapping[str, Sequence[str]] | None = None,
) -> NDArray[np.float64]:
    """How often each species' prey comes along with a bait.

    Args:
        species: of the network.
        holds: molecule -> sites; a species is held by the bead where it has such a molecule with at least
            one of these sites free, or, where no site is named, such a molecule at all.
        prey: the molecule that is counted, by the name of its monomer.
        form: site -> states; only prey with one of these states at each of these sites counts. A site without
            a state is "free" or "bound". None: every form.

    Returns:
        (species,), molecules of prey in each species that is held; 0 in all others.

    Raises:
        NetworkError: no prey of the network has such a site, or a site with such a state.
    """
    wanted = dict(form or {})
    _check_form(species, prey, wanted)
    return np.array(
        [
            float(sum(_counts(monomer, prey, wanted) for monomer in one.monomers))
            if any(_held(monomer, holds) for monomer in one.monomers)
            else 0.0
            for one in species
        ]
    )


def _check_form(species: Sequence[Species], prey: str, form: Mapping[str, Sequence[str]]) -> None:
    for site, states in form.items():
        there = {
            _state(one)
            for each in species
            for monomer in each.monomers
            if monomer.name == prey
            for one in monomer.sites
            if one.site == site
        }
        for state in states:
            if state not in there:
                where = f"{prey}({site})"
                raise NetworkError(unknown("state", state, there, where=where))


def _counts(monomer: Monomer, prey: str, form: Mapping[str, Sequence[str]]) -> bool:
    if monomer.name != prey:
        return False
    states = {site.site: _state(site) for site in monomer.sites}
    return all(states.get(site) in wanted for site, wanted in form.items())


def _state(site: Site) -> str:
    return site.state or ("free" if site.bond is None else "bound")


def _held(monomer: Monomer, holds: Mapping[str, Sequence[str]]) -> bool:
    if monomer.name not in holds:
        return False
    needed = holds[monomer.name]
    free = {site.site for site in monomer.sites if site.bond is None and site.state is None}
    return not needed or not free.isdisjoint(needed)
