"""A mutation that `mutate` can name: what of its protein no longer works, as values of parameters."""

from collections.abc import Mapping
from dataclasses import dataclass

from smaclab.errors import CatalogueError, shown
from smaclab.experiment.real import is_finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How the network holds a mutant that is made beside the endogenous protein.

    expression: the parameter that says how fast it is made, relative to the protein; 0 where it is not.
    sets: parameter -> its value where this mutant is made.
    """

    expression: str
    sets: Mapping[str, float]

    def __post_init__(self) -> None:
        if not self.expression.strip():
            raise CatalogueError(f"beside: expression {self.expression!r}. Name the parameter of its making.")
        _check_numbers("beside", self.sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One mutant of one protein.

    protein: the protein's symbol; two proteins may have mutations of one name.
    sets: parameter -> its value in a cell that makes the mutant in place of the protein; empty where it is
        known beside the protein only, as the wild type is.
    beside: how it is made beside the protein; None where it cannot be.
    """

    protein: str
    name: str
    description: str
    source: str
    sets: Mapping[str, float]
    aliases: tuple[str, ...] = ()
    beside: Beside | None = None

    def __post_init__(self) -> None:
        if not self.protein.strip() or not self.name.strip():
            raise CatalogueError(f"A mutation needs a protein and a name: {self.protein!r}, {self.name!r}.")
        if not self.sets and self.beside is None:
            raise CatalogueError(f"{self.protein} {self.name}: sets {shown(self.sets)}. Name a parameter.")
        _check_numbers(f"{self.protein} {self.name}", self.sets)


def _check_numbers(what: str, sets: Mapping[str, float]) -> None:
    for parameter, value in sets.items():
        if not is_finite(value):
            raise CatalogueError(f"{what}: {parameter} = {shown(value)} is not a finite number.")
