"""How well chains agree: the potential scale reduction and the effective number of draws.

Both as in Gelman et al., Bayesian Data Analysis, 3rd edition 2013, sections 11.4 and 11.5: each chain is
split in two halves; draws count less by their autocorrelation, summed in pairs until it turns negative.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

MET: Final = 1.1
"""Up to this `scale_reduction`, the book's limit, the spread of all draws says what is known."""
_FEWEST: Final = 4  # sweeps, so that each half has a variance


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """Of every parameter.

    scale_reduction: (parameter,), 1 where chains cannot be told apart; by about this factor the spread of all
        draws would shrink with endless chains of this spread, and chains that have not met stand above it.
    effective: (parameter,), how many independent draws all draws are worth; NaN where chains
        have not met: how long draws remember each other is then longer than anybody looked.
    """

    scale_reduction: Array
    effective: Array


def mixing(draws: Array) -> Mixing:
    """How well chains agree.

    Args:
        draws: (sweep, chain, parameter). Of fewer than four sweeps nothing is known: NaN.
    """
    sweeps, _, parameters = draws.shape
    half = sweeps // 2
    if sweeps < _FEWEST:
        nothing = np.full(parameters, np.nan)
        return Mixing(scale_reduction=nothing, effective=nothing)
    halves = np.concatenate([draws[:half], draws[sweeps - half :]], axis=1)
    within = halves.var(axis=0, ddof=1).mean(axis=0)
    pooled = (half - 1.0) / half * within + halves.mean(axis=0).var(axis=0, ddof=1)
    moves = pooled > 0.0
    safe = np.where(moves, pooled, 1.0)
    with np.errstate(divide="ignore"):  # chains that never move but stand apart: without bound
        reduction = np.sqrt(safe / within)
    correlation = [1.0 - _variogram(halves, lag) / (2.0 * safe) for lag in range(1, half)]
    total, going = np.zeros(parameters), np.ones(parameters, dtype=bool)
    for first, second in zip(correlation[::2], correlation[1::2], strict=False):
        going &= first + second > 0.0
        total += np.where(going, first + second, 0.0)
    number = halves.shape[0] * halves.shape[1]
    effective = np.minimum(number, number / (1.0 + 2.0 * total))
    return Mixing(
        scale_reduction=np.where(moves, reduction, np.nan),
        effective=np.where(moves & (reduction <= MET), effective, np.nan),
    )


def _variogram(draws: Array, lag: int) -> Array:
    """Mean square of what changes over a lag, (parameter,)."""
    return np.asarray(((draws[lag:] - draws[:-lag]) ** 2).mean(axis=(0, 1)))
