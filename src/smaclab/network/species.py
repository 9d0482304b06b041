"""One concrete chemical form as a graph of monomers, states and bonds, and its one canonical name.

Scope:   connected complexes whose monomers have distinct sites, each site with at most one bond.
Ignores: two sites of one name in one monomer; give them two names.

The name reads like a pattern: `BIRC2(pocket,ring~closed,traf2!1).TRAF2(birc!1,tradd)@cell`. Monomers stand
in the order of their names, sites likewise, bonds are numbered as they first appear, and the compartment
stands once at the end when all monomers share it, otherwise behind each monomer. Equal graphs have equal
names, in whatever order monomers and bonds were given.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from smaclab.errors import NetworkError

_MONOMER = re.compile(r"(?P<name>[A-Za-z_]\w*)\((?P<sites>[^()]*)\)(?:@(?P<compartment>[A-Za-z_]\w*))?")
_SITE = re.compile(r"(?P<site>[A-Za-z_]\w*)(?:~(?P<state>\w+))?(?:!(?P<bond>\d+))?")


class Site(NamedTuple):
    """A site of one monomer: its state if it has one, its bond if it is bound."""

    site: str
    state: str | None = None
    bond: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Monomer:
    """One monomer in a species."""

    name: str
    sites: tuple[Site, ...] = ()
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Species:
    """One concrete chemical form, made by `canonical_species` or `parse_species`."""

    name: str
    monomers: tuple[Monomer, ...]

    @property
    def compartment(self) -> str | None:
        """Where it is; None where nothing says, or where its monomers stand in different compartments."""
        places = {monomer.compartment for monomer in self.monomers}
        return places.pop() if len(places) == 1 else None

    def composition(self) -> Counter[str]:
        """How many of each monomer it holds."""
        return Counter(monomer.name for monomer in self.monomers)


@lru_cache(maxsize=20_000)  # a network's file names each species a dozen times
def parse_species(text: str) -> Species:
    """The species a pattern's text describes; the text need not be canonical.

    Raises:
        NetworkError: not a pattern, a bond with one end or three, or two complexes in one.
    """
    parts = text.strip().split(".")
    monomers = [_parse_monomer(part, text) for part in parts]
    shared = monomers[-1].compartment
    if all(monomer.compartment is None for monomer in monomers[:-1]):
        monomers = [replace(monomer, compartment=shared) for monomer in monomers]
    return canonical_species(monomers)


def _parse_monomer(part: str, text: str) -> Monomer:
    found = _MONOMER.fullmatch(part.strip())
    if not found:
        raise NetworkError(
            f"{text!r}: {part!r} is not a monomer. Write NAME(site,site~state,site!1), then @place if any."
        )
    written = found["sites"].split(",") if found["sites"].strip() else []
    sites = []
    for site in written:
        match = _SITE.fullmatch(site.strip())
        if not match:
            raise NetworkError(
                f"{text!r}: {site!r} is not a site. Write site, site~state, site!1 or site~state!1."
            )
        bond = int(match["bond"]) if match["bond"] else None
        sites.append(Site(match["site"], match["state"], bond))
    return Monomer(name=found["name"], sites=tuple(sites), compartment=found["compartment"])


def canonical_species(monomers: Iterable[Monomer]) -> Species:
    """The species made of these monomers, with its canonical name, monomer order and bond numbers.

    Because sites have distinct names, a walk along bonds from a chosen monomer meets all others in an order
    fixed by the graph alone. Every monomer is tried as the start, and the smallest text wins: exact, also
    for homodimers and rings.

    Raises:
        NetworkError: a site named twice, a bond without two ends, or two complexes in one.
    """
    given = [replace(monomer, sites=tuple(sorted(monomer.sites, key=_site_key))) for monomer in monomers]
    if len({monomer.compartment is None for monomer in given}) == 2:
        raise NetworkError(f"{_text(given)}: either every monomer of a species has a compartment, or none.")
    partners = _partners(given)
    best: tuple[str, tuple[Monomer, ...]] | None = None
    for start in range(len(given)):
        candidate = _numbered(given, partners, _walk_order(given, partners, start))
        text = _text(candidate)
        if best is None or text < best[0]:
            best = (text, candidate)
    if best is None:
        raise NetworkError(f"A species of {len(given)} monomers. It needs at least one.")
    return Species(name=best[0], monomers=best[1])


def _site_key(site: Site) -> tuple[str, str]:
    return (site.site, site.state or "")


End = tuple[int, int]  # which monomer, which of its sites


def _partners(monomers: Sequence[Monomer]) -> dict[End, End]:
    ends: dict[int, list[End]] = {}
    for place, monomer in enumerate(monomers):
        seen = [site.site for site in monomer.sites]
        if len(set(seen)) < len(seen):
            raise NetworkError(f"{_text([monomer])}: a site is named twice. Give each site its own name.")
        for index, site in enumerate(monomer.sites):
            if site.bond is not None:
                ends.setdefault(site.bond, []).append((place, index))
    partners: dict[End, End] = {}
    for bond, both in ends.items():
        if len(both) != 2:
            raise NetworkError(
                f"{_text(monomers)}: bond {bond} has {len(both)} ends. A bond joins two sites."
            )
        partners[both[0]], partners[both[1]] = both[1], both[0]
    return partners


def _walk_order(monomers: Sequence[Monomer], partners: dict[End, End], start: int) -> dict[int, int]:
    """Breadth first along the bonds: monomer -> when it is met."""
    met = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for index in range(len(monomers[here].sites)):
            there = partners.get((here, index), (here, 0))[0]
            if there not in met:
                met[there] = len(met)
                queue.append(there)
    if len(met) < len(monomers):
        raise NetworkError(
            f"{_text(monomers)}: {len(met)} of {len(monomers)} monomers are joined. A species is one complex."
        )
    return met


def _numbered(
    monomers: Sequence[Monomer], partners: dict[End, End], met: dict[int, int]
) -> tuple[Monomer, ...]:
    """Monomers sorted by their own text, then by when they are met; bonds numbered as they appear."""
    order = sorted(met, key=lambda place: (_local_text(monomers[place]), met[place]))
    numbers: dict[End, int] = {}
    count = 0
    result = []
    for place in order:
        sites = []
        for index, site in enumerate(monomers[place].sites):
            end = (place, index)
            if end in partners and end not in numbers:
                count += 1
                numbers[end] = numbers[partners[end]] = count
            sites.append(site._replace(bond=numbers.get(end)))
        result.append(replace(monomers[place], sites=tuple(sites)))
    return tuple(result)


def _local_text(monomer: Monomer) -> tuple[str, str]:
    """What a monomer is by itself; that a site is bound counts, to whom does not."""
    unnumbered = tuple(site._replace(bond=None if site.bond is None else 0) for site in monomer.sites)
    return (_monomer_text(replace(monomer, sites=unnumbered)), monomer.compartment or "")


def _monomer_text(monomer: Monomer) -> str:
    sites = []
    for site, state, bond in monomer.sites:
        sites.append(
            site + (f"~{state}" if state is not None else "") + (f"!{bond}" if bond is not None else "")
        )
    return f"{monomer.name}({','.join(sites)})"


def _text(monomers: Sequence[Monomer]) -> str:
    places = {monomer.compartment for monomer in monomers}
    if len(places) == 1:
        shared = next(iter(places))
        return ".".join(_monomer_text(monomer) for monomer in monomers) + (f"@{shared}" if shared else "")
    return ".".join(
        _monomer_text(monomer) + (f"@{monomer.compartment}" if monomer.compartment else "")
        for monomer in monomers
    )
