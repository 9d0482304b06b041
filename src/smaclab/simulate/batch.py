"""A batch: the recipe of every cell, by index. Cells are written out where they are solved."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.simulate.change import Assignment
from smaclab.simulate.death import Watch
from smaclab.simulate.population import Population, individuals

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to write out any cell of one experiment.

    median: (parameter,), the values at rest of the line's median cell, perturbations included.
    changes: what happens in time, in order; the same for every cell.
    watches: what kills.
    end_s: s, how long cells are watched.
    """

    experiment: str
    population: Population
    median: Array
    changes: tuple[Assignment, ...]
    watches: tuple[Watch, ...]
    end_s: float

    def parameters(self, cells: range) -> Array:
        """(cell, parameter), at rest, of these cells."""
        return individuals(self.population, self.median, cells)

    def rest_key(self) -> bytes:
        """Equal for experiments whose cells, one by one, rest in the same state."""
        return b"|".join((repr(self.population).encode(), self.median.tobytes()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Many experiments with the same sample times and number of cells.

    time_s: (time,), s. observables: names of what is kept; observe: (observable, species), their weights.
    n_cells: cells per experiment.
    """

    recipes: tuple[Recipe, ...]
    n_cells: int
    time_s: Array
    observables: tuple[str, ...]
    observe: Array

    def __post_init__(self) -> None:
        """A batch has cells, times in order, and a row of weights per observable."""
        if not self.recipes or self.n_cells < 1:
            raise SimulationError(
                f"a batch of {len(self.recipes)} experiments and {self.n_cells} cells is empty."
            )
        if self.observe.shape[0] != len(self.observables):
            raise SimulationError(
                f"a batch of {len(self.observables)} observables with {len(self.observe)} rows of weights."
            )
        if len(self.time_s) == 0 or self.time_s[0] < 0 or np.any(np.diff(self.time_s) <= 0):
            raise SimulationError(f"sample times must increase from 0 or later; given {self.time_s} s.")
