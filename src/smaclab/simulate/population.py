"""Who a cell is: its amounts, drawn by (seed, cell line, cell), so the same individual meets every dose.

Where differences come from, and what of it is here:
- *Transcription in bursts*, and whatever else moves a protein's synthesis slowly: an Ornstein-Uhlenbeck
  process on ln(amount) between division and time 0, which forgets half of a deviation in the mixing time.
- *Size and expression at large*: a share of that process is common to all proteins of a cell.
- *Partition at division*: each molecule of the mother goes to one of the sisters by chance, so what one has
  too much the other lacks (the normal limit of the binomial). It is a cause of the line's spread and does not
  add to it: amounts of all cells together are log-normal with the line's spread, sisters or not.

Ignores: that amounts go on moving during the experiment; the cell cycle; that proteins of a short life mix
         faster than those of a long one; mothers of fewer than some ten copies, whose binomial is no normal.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.seeds import standard_normal

Array = NDArray[Any]
PURPOSE = "amount"
COMMON = ("all proteins of the cell",)
MOTHER, PARTITION = "of the mother: ", "partition at division"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """Cells 0 and 1, 2 and 3 ... are sisters.

    since_s: since their mothers' division, s. mixing_s: after which a cell keeps half of its deviation, s.
    """

    since_s: float
    mixing_s: float

    @property
    def kept(self) -> float:
        """The fraction of its deviation at birth that a cell has kept."""
        return float(0.5 ** (self.since_s / self.mixing_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Many cells of one line that differ in their amounts.

    An amount of a cell is the line's median times exp(sigma z), z standard normal: log-normal, and the median
    stays the line's. (The mean is then larger by exp(sigma^2 / 2).)

    places: (amount,), where the amounts stand in the parameter vector. sigma: sd of the natural logarithm.
    correlation: of z between any two amounts of a cell. kinship: None: all cells are strangers.
    """

    seed: int
    cell_line: str
    symbols: tuple[str, ...]
    places: tuple[int, ...]
    sigma: float
    correlation: float = 0.0
    kinship: Kinship | None = None

    def __post_init__(self) -> None:
        """One place per symbol; a spread that is a number and not negative; a share of it."""
        if len(self.symbols) != len(self.places):
            raise SimulationError(
                f"{self.cell_line}: {len(self.symbols)} symbols but {len(self.places)} places."
            )
        if not (np.isfinite(self.sigma) and self.sigma >= 0):
            raise SimulationError(
                f"{self.cell_line}: variability {self.sigma}; it must be a number, 0 or more."
            )
        if not 0 <= self.correlation <= 1:
            raise SimulationError(f"{self.cell_line}: correlation {self.correlation}; it is from 0 to 1.")


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
        places = list(population.places)
        z = _deviations(population, rows[0, places], cells)
        for row, own in zip(
            rows, z, strict=True
        ):  # cell by cell: a vectorized exp may depend on the table's shape
            row[places] *= np.exp(population.sigma * own)
    return rows


def partition_share(copies: Array, sigma: float) -> Array:
    """(amount,): the share of the variance of ln(amount) after division that partition makes, at most 1.

    A mother of 2n molecules leaves n +- sqrt(n/2) to each daughter: ln(amount) has the variance 1/(2n).

    copies: (amount,), n, molecules in a newborn cell. sigma: sd of ln(amount) between cells.
    """
    copies = np.asarray(copies, dtype=float)
    with np.errstate(divide="ignore"):
        share: Array = np.where(copies > 0, np.minimum(1.0, 0.5 / (copies * sigma**2)), 0.0)
    return share


def _deviations(population: Population, copies: Array, cells: range) -> Array:
    """(cell, amount), standard normal: each cell's distance from the median in units of sigma."""
    own = _mixed(population, PURPOSE, cells)
    if population.kinship is None:
        return own
    # A cell forgets its birth: what is new is what it would be as a stranger, long after the division.
    mother = np.array(cells) // 2
    sign = np.where(np.array(cells) % 2 == 0, 1.0, -1.0)[:, None]
    inherited = _mixed(population, MOTHER + PURPOSE, mother)
    parted = standard_normal(population.seed, PARTITION, population.cell_line, mother, population.symbols)
    share = partition_share(copies, population.sigma)
    born = np.sqrt(1.0 - share) * inherited + np.sqrt(share) * sign * parted
    kept = population.kinship.kept
    return kept * born + float(np.sqrt(1.0 - kept**2)) * own


def _mixed(population: Population, purpose: str, cells: range | Array) -> Array:
    """(cell, amount), standard normal, with the population's correlation between amounts."""
    label = (population.seed, purpose, population.cell_line)
    if not isinstance(cells, range):
        own = standard_normal(*label, cells, population.symbols)
    else:
        own = _drawn(*label, cells, population.symbols)
    if population.correlation == 0.0:
        return own
    common = standard_normal(*label, cells, COMMON)
    share = population.correlation
    return float(np.sqrt(share)) * common + float(np.sqrt(1.0 - share)) * own


@lru_cache(maxsize=32)
def _drawn(seed: int, purpose: str, owner: str, cells: range, names: tuple[str, ...]) -> Array:
    """As `standard_normal`: the same individuals are met by hundreds of experiments, and by every set."""
    found = standard_normal(seed, purpose, owner, cells, names)
    found.flags.writeable = False
    return found
