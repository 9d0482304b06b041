"""What is fished out of a lysate, and what is looked for on it: `IP caspase-8: RIP1`.

A person writes `IP BAIT: PREY`. Any protein is a bait by its own antibody; other baits (an immobilized
mimetic, Fc-TNF) stand in the catalogue. The readout is the number of prey molecules, per cell, in all
complexes that hold the bait.

One form of the prey is asked for in brackets, by the states of the rules: `IP TNFR1: RIP1[ub=k63|m1]`. A site
that binds and has no state is `free` or `bound`: `IP RelA: RelA[ikb=free]`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from smaclab.errors import CatalogueError
from smaclab.experiment.perturbation import Mutate, Perturbation

FREE, BOUND = "free", "bound"
"""What a site without a state can be."""

_FORM = re.compile(r"(?P<prey>[^\[\]]+?)\s*(?:\[(?P<form>[^\[\]]+)\])?")
_SITES = re.compile(r"\s*(?P<site>\w+)\s*=\s*(?P<states>\w+(?:\s*\|\s*\w+)*)\s*")
_WRITTEN = re.compile(r"\s*(?:co-?)?IP\s+(?P<bait>[^:]+?)\s*:\s*(?P<prey>[^:]+?)\s*", re.IGNORECASE)

HOW_TO_WRITE = "Write a co-immunoprecipitation as 'IP BAIT: PREY', such as 'IP caspase-8: RIP1'."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bait:
    """Something on a bead.

    holds: molecule -> sites; it is held where one of these sites is free. No site: it is held as it is.
    closed_by: molecule -> site -> the parameter that is 0 in a mutant whose site is closed to the bead, too.
    """

    name: str
    holds: Mapping[str, tuple[str, ...]]
    description: str
    aliases: tuple[str, ...] = ()
    closed_by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.holds:
            raise CatalogueError(f"{self.name}: holds {dict(self.holds)!r}. Name what the bead holds.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PullDown:
    """One bait and one prey.

    holds: as of the bait.
    prey: the molecule that is counted.
    form: site -> states; only prey with one of these states at each of these sites counts.
    blind_to: (protein, mutation, whether it is beside the endogenous protein) -> what the bead then misses,
        as molecules and sites.
    """

    holds: Mapping[str, tuple[str, ...]]
    prey: str
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blind_to: Mapping[tuple[str, str, bool], tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def missed(self, perturbations: Iterable[Perturbation]) -> tuple[tuple[str, str], ...]:
        """Molecules and sites that a cell with these perturbations closes to the bead, sorted."""
        mutants = [
            (one.symbol, one.mutation, one.beside_endogenous)
            for one in perturbations
            if isinstance(one, Mutate)
        ]
        return tuple(sorted({closed for mutant in mutants for closed in self.blind_to.get(mutant, ())}))

    def still_holds(self, missed: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
        """`holds` without what is missed; a molecule whose last site is closed is not held."""
        closed = set(missed)
        left = {
            molecule: tuple(site for site in sites if (molecule, site) not in closed)
            for molecule, sites in self.holds.items()
        }
        return {molecule: sites for molecule, sites in left.items() if sites or not self.holds[molecule]}


def written(text: str) -> tuple[str, str] | None:
    """(bait, prey) as typed, or None where the text is no pull-down."""
    found = _WRITTEN.fullmatch(text)
    return (found["bait"], found["prey"]) if found else None


def form_of(prey: str) -> tuple[str, dict[str, tuple[str, ...]]] | None:
    """`RIP1[ub=k63|m1, act=on]` -> the protein as typed, and site -> states; None: not written so."""
    found = _FORM.fullmatch(prey.strip())
    if found is None:
        return None
    parts = [_SITES.fullmatch(part) for part in (found["form"] or "").split(",") if found["form"]]
    form = {part["site"]: tuple(part["states"].replace(" ", "").split("|")) for part in parts if part}
    return None if len(form) < len(parts) else (found["prey"], form)


def form_text(form: Mapping[str, tuple[str, ...]]) -> str:
    """Site -> states as it is written: `[ub=k63|m1]`; empty where every form counts."""
    inside = ", ".join(f"{site}={'|'.join(states)}" for site, states in form.items())
    return f"[{inside}]" if inside else ""
