"""Identifiers for SBML: ASCII letters, digits and _, each used once in the whole model, and readable.

A species' identifier names what is bound and in which state its sites are, not what is free:
`BIRC2(pocket,ring~closed,traf2!1).TRAF2(iap!1,tradd)@cell` becomes
`BIRC2_ring_closed_traf2__TRAF2_iap__cell`.
What is lost that way is kept in the name attribute, which holds the canonical name.
"""

import re
from collections.abc import Iterable

from smaclab.network.species import Monomer, Species

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]+")
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
