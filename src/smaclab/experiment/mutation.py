"""A mutation that `mutate` can name: what of its protein no longer works, as values of parameters."""

from collections.abc import Mapping
from dataclasses import dataclass

from smaclab.errors import CatalogueError, shown
from smaclab.experiment.real import is_finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One mutant of one protein.

    protein: the protein's symbol; two proteins may have mutations of one name.
    sets: parameter -> its value in a cell that makes the mutant in place of the protein.
    """

    protein: str
    name: str
    description: str
    source: str
    sets: Mapping[str, float]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.protein.strip() or not self.name.strip():
            raise CatalogueError(f"A mutation needs a protein and a name: {self.protein!r}, {self.name!r}.")
        if not self.sets:
            raise CatalogueError(f"{self.protein} {self.name}: sets {shown(self.sets)}. Name a parameter.")
        for parameter, value in self.sets.items():
            if not is_finite(value):
                raise CatalogueError(
                    f"{self.protein} {self.name}: {parameter} = {shown(value)} is not a finite number."
                )
