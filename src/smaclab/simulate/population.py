"""Who a cell is: its amounts, drawn by (seed, cell line, cell), so the same individual meets every dose."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.seeds import standard_normal

Array = NDArray[Any]
PURPOSE = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Many cells of one line that differ in their amounts.

    An amount of a cell is the line's median times exp(sigma z), z standard normal: log-normal, and the median
    stays the line's. (The mean is then larger by exp(sigma^2 / 2).)

    places: (amount,), where the amounts stand in the parameter vector. sigma: sd of the natural logarithm.
    """

    seed: int
    cell_line: str
    symbols: tuple[str, ...]
    places: tuple[int, ...]
    sigma: float

    def __post_init__(self) -> None:
        """One place per symbol; a spread that is a number and not negative."""
        if len(self.symbols) != len(self.places):
            raise SimulationError(
                f"{self.cell_line}: {len(self.symbols)} symbols but {len(self.places)} places."
            )
        if not (np.isfinite(self.sigma) and self.sigma >= 0):
            raise SimulationError(
                f"{self.cell_line}: variability {self.sigma}; it must be a number, 0 or more."
            )


def individuals(population: Population, median: Array, cells: range) -> Array:
    """Parameters of these cells.

    Args:
        population: who may be met.
        median: (parameter,), the line's values.
        cells: indices in the population; any slice gives the same bits for the same cell.

    Returns:
        (cell, parameter): the median with each cell's own amounts.
    """
    rows = np.repeat(np.asarray(median, dtype=float)[None, :], len(cells), axis=0)
    if population.symbols and population.sigma > 0 and len(cells):
        z = standard_normal(population.seed, PURPOSE, population.cell_line, cells, population.symbols)
        for row, own in zip(
            rows, z, strict=True
        ):  # cell by cell: a vectorized exp may depend on the table's shape
            row[list(population.places)] *= np.exp(population.sigma * own)
    return rows
