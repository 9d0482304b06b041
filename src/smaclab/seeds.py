"""Random numbers that belong to a cell, never to its place in a batch.

Two ways in.  `stream` is a generator for one cell.  `standard_normal` is a table for many cells, in which
every number is found by its own name and cell (Philox counts: Salmon et al. 2011, doi
10.1145/2063384.2063405), so any slice, any order and any subset of names gives the same bits.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

_PER_BLOCK = 4  # 64-bit words that Philox makes of one count
_LONGEST_GAP = 4096  # cells; drawing these in vain is cheaper than a new generator


def _generator(label: tuple[object, ...]) -> np.random.Philox:
    """The bit generator whose key is the label's hash."""
    digest = hashlib.blake2b(repr(label).encode(), digest_size=16).digest()
    return np.random.Philox(key=int.from_bytes(digest, "little"))


def stream(seed: int, purpose: str, owner: str, cell: int) -> np.random.Generator:
    """Random numbers of one cell, for one purpose.

    Args:
        seed: The experiment's seed.
        purpose: What they are for, such as "reactions".
        owner: The cell line for who a cell is; the experiment's id for what happens to it.
        cell: The cell's number.

    Returns:
        A generator that is the same on every machine and in every batch.
    """
    return np.random.Generator(_generator((seed, purpose, owner, int(cell))))


def standard_normal(
    seed: int,
    purpose: str,
    owner: str,
    cells: Sequence[int] | range | npt.NDArray[np.integer],
    names: Sequence[str],
) -> npt.NDArray[np.float64]:
    """One number from the standard normal distribution for each cell and name.

    Args:
        seed: The experiment's seed.
        purpose: What they are for, such as "amount".
        owner: The cell line, so that the same individual meets every dose.
        cells: (cell,), cell numbers, 0 or more, in any order.
        names: (name,), such as gene symbols.

    Returns:
        (cell, name).  Each entry depends on (seed, purpose, owner, its cell, its name) alone.
    """
    wanted, where = np.unique(np.asarray(cells, dtype=np.int64), return_inverse=True)
    table = np.empty((len(wanted), len(names)))
    for column, name in enumerate(names):
        words = _words((seed, purpose, owner, name), wanted)
        # The middle of 2^53 equal steps: never 0 or 1, where the inverse would be infinite.
        uniform = ((words >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
        # ndtri goes number by number.  A vectorised logarithm may differ in the last bit with the length.
        table[:, column] = ndtri(uniform)
    return table[where.reshape(-1)]


def _words(label: tuple[object, ...], cells: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Word number `cell` of the label's sequence, for each of the increasing cells.

    cells: (cell,).  Returns (cell,).
    """
    words = np.empty(len(cells), dtype=np.uint64)
    breaks = np.flatnonzero(np.diff(cells) > _LONGEST_GAP) + 1
    for run in np.split(np.arange(len(cells)), breaks):
        if not len(run):
            continue
        block = int(cells[run[0]]) // _PER_BLOCK
        offsets = cells[run] - block * _PER_BLOCK
        bits = _generator(label)
        bits.advance(block)
        words[run] = bits.random_raw(int(offsets[-1]) + 1)[offsets]
    return words
