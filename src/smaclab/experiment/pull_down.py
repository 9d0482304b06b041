"""What is fished out of a lysate, and what is looked for on it: `IP caspase-8: RIP1`.

A person writes `IP BAIT: PREY`. Any protein is a bait by its own antibody; other baits (an immobilized
mimetic, Fc-TNF) stand in the catalogue. The readout is the number of prey molecules, per cell, in all
complexes that hold the bait.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from smaclab.errors import CatalogueError

_WRITTEN = re.compile(r"\s*(?:co-?)?IP\s+(?P<bait>[^:]+?)\s*:\s*(?P<prey>[^:]+?)\s*", re.IGNORECASE)

HOW_TO_WRITE = "Write a co-immunoprecipitation as 'IP BAIT: PREY', such as 'IP caspase-8: RIP1'."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bait:
    """Something on a bead.

    holds: molecule -> sites; it is held where one of these sites is free. No site: it is held as it is.
    """

    name: str
    holds: Mapping[str, tuple[str, ...]]
    description: str
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.holds:
            raise CatalogueError(f"{self.name}: holds {dict(self.holds)!r}. Name what the bead holds.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PullDown:
    """One bait and one prey.

    holds: as of the bait.
    prey: the molecule that is counted.
    """

    holds: Mapping[str, tuple[str, ...]]
    prey: str


def written(text: str) -> tuple[str, str] | None:
    """(bait, prey) as typed, or None where the text is no pull-down."""
    found = _WRITTEN.fullmatch(text)
    return (found["bait"], found["prey"]) if found else None
