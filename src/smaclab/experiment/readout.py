"""A quantity an instrument reports, and how it follows from the true counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from smaclab.errors import CatalogueError
from smaclab.experiment.perturbation import Perturbation
from smaclab.experiment.pull_down import PullDown


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """One readout: `counts[observable] / counts[per] * scale`, NaN where `per` counts 0.

    per_medium_volume: divide by the cell's share of medium, pl, too.
    special: "viability" is read from the time of death, not from counts.
    pull_down: the observable is not the network's own but what this bait brings along.
    """

    name: str
    observable: str
    unit: str
    description: str
    aliases: tuple[str, ...] = ()
    per: str | None = None
    scale: float = 1.0
    per_medium_volume: bool = False
    special: Literal["viability"] | None = None
    pull_down: PullDown | None = None

    def seen_in(self, perturbations: Iterable[Perturbation]) -> str:
        """The observable that is counted in a cell with these perturbations.

        It is `observable`, but for a pull-down whose bead misses what a mutation closes to it.
        """
        missed = self.pull_down.missed(perturbations) if self.pull_down is not None else ()
        return " ".join([self.observable, *(f"without {molecule}.{site}" for molecule, site in missed)])

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CatalogueError(f"A readout (of {self.observable!r}) has no name.")
        if self.special not in (None, "viability"):
            raise CatalogueError(f"{self.name}: special {self.special!r} is not 'viability'.")
        if self.special is None and not self.observable:
            raise CatalogueError(f"{self.name}: observable {self.observable!r}; name what is counted.")
