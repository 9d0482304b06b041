"""Identifiers for SBML: ASCII letters, digits and _, each used once in the whole model, and readable.

A species' identifier names what is bound and in which state its sites are, not what is free:
`BIRC2(pocket,ring~closed,traf2!1).TRAF2(iap!1,tradd)@cell` becomes
`BIRC2_ring_closed_traf2__TRAF2_iap__cell`.
What is lost that way is kept in the name attribute, which holds the canonical name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smaclab.experiment.readout import Readout
from smaclab.network.network import Network
from smaclab.network.species import Monomer, Species

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]+")
CLOCK = "experiment_time"
ELSEWHERE = "cell"  # compartment of a species that says none, or several
LONGEST = 100  # characters; longer species are cut and numbered, their whole name stands beside


class Ids:
    """Hands out identifiers, each once.  The first to ask for one gets it as it is, the next a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wish: str) -> str:
        """An identifier like the wish."""
        clean = sanitized(wish)
        found, number = clean, 2
        while found in self._taken:
            found, number = f"{clean}_{number}", number + 1
        self._taken.add(found)
        return found

    def take_all(self, wishes: Iterable[str]) -> list[str]:
        """An identifier for each wish, in order."""
        return [self.take(wish) for wish in wishes]


def sanitized(text: str) -> str:
    """The text as an SBML identifier: what is not allowed becomes _, and no digit stands first."""
    clean = _NOT_ALLOWED.sub("_", text).strip("_")[:LONGEST].rstrip("_")
    return clean if clean[:1].isalpha() else f"_{clean}"


def species_wish(species: Species) -> str:
    """What a species would like to be called."""
    shared = species.compartment
    parts = [_monomer_wish(monomer, shared) for monomer in species.monomers]
    return "__".join([*parts, shared] if shared else parts)


def _monomer_wish(monomer: Monomer, shared: str | None) -> str:
    words = [monomer.name]
    for site, state, bond in monomer.sites:
        if state is not None:
            words += [site, state]
        elif bond is not None:
            words.append(site)
    if monomer.compartment and monomer.compartment != shared:
        words += ["at", monomer.compartment]
    return "_".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class SbmlIds:
    """Which identifier stands for what.  species, reactions: in the network's order."""

    names: Mapping[str, str]
    """Parameters, constants, observables and functions."""

    species: tuple[str, ...]
    reactions: tuple[str, ...]
    compartments: Mapping[str, str]
    readouts: Mapping[str, str]
    clock: str


def sbml_ids(network: Network, readouts: Iterable[Readout] = ()) -> SbmlIds:
    """The identifiers that `write_sbml` gives.

    Names of the network go first and keep their spelling.  A readout is `readout_<name>`, because many share
    their name with the observable they report.
    """
    ids = Ids()
    nouns = [*network.parameter_index, *network.formulas, *network.observable_index]
    found = dict(zip(nouns, ids.take_all(nouns), strict=True))
    clock = ids.take(CLOCK)
    places = sorted({compartment_of(network, place) for place in range(len(network.species))})
    return SbmlIds(
        names=found,
        clock=clock,
        compartments=dict(zip(places, ids.take_all(f"compartment_{one}" for one in places), strict=True)),
        species=tuple(ids.take_all(species_wish(one) for one in network.species)),
        readouts={one.name: ids.take(f"readout_{one.name}") for one in readouts if not one.special},
        reactions=tuple(ids.take_all(f"reaction_{one.rule}" for one in network.reactions)),
    )


def compartment_of(network: Network, place: int) -> str:
    """The compartment in which a species is written."""
    return network.species[place].compartment or ELSEWHERE
