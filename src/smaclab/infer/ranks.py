"""Simulation-based calibration: whether a sampler says what it should, on problems whose truth is known.

A truth is drawn from the prior, data from the truth, draws from the posterior of the data. The truth's rank
among the draws is then uniform (Talts, Betancourt, Simpson, Vehtari, Gelman 2018, arXiv 1804.06788). All
ranks are judged
at once: the empirical distribution stays inside a band that holds it everywhere with 95 % (Säilynoja,
Bürkner, Vehtari, Stat Comput 2022;32:32).
"""

from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

Array = NDArray[Any]

_SIMULATIONS: Final = 4000


def rank(truth: Array, draws: Array) -> Array:
    """(parameter,): how many of the draws (draw, parameter) lie below the truth (parameter,)."""
    return np.asarray((draws < truth).sum(axis=0))


def least_probability(ranks: Array, draws: int) -> Array:
    """How unlikely the most unlikely point of the empirical distribution is, if ranks are uniform.

    Args:
        ranks: (..., replicate), each 0 to `draws`.
        draws: how many a replicate had.

    Returns:
        (...,), the smallest two-sided binomial probability over all ranks.
    """
    number = ranks.shape[-1]
    expected = np.arange(1, draws + 1) / (draws + 1)
    counts = np.arange(number + 1)[:, None]
    # The probability of every count at every point, once: all that is left is to look it up.
    table = 2.0 * np.minimum(binom.cdf(counts, number, expected), binom.sf(counts - 1, number, expected))
    rows = ranks.reshape(-1, number)
    least = np.empty(len(rows))
    for place, row in enumerate(rows):
        below = np.cumsum(np.bincount(row, minlength=draws + 1))[:draws]
        least[place] = table[below, np.arange(draws)].min()
    return least.reshape(ranks.shape[:-1])


@lru_cache(maxsize=16)
def band(replicates: int, draws: int, *, level: float = 0.95, seed: int = 1) -> float:
    """The `least_probability` that uniform ranks reach or exceed with probability `level`, by simulation."""
    random = np.random.Generator(np.random.Philox(key=seed))
    uniform = random.integers(0, draws + 1, size=(_SIMULATIONS, replicates))
    return float(np.quantile(least_probability(uniform, draws), 1.0 - level))


def is_uniform(ranks: Array, draws: int, *, level: float = 0.95) -> bool:
    """Whether ranks, (replicate,), stay inside the simultaneous band."""
    return bool(least_probability(ranks, draws) >= band(len(ranks), draws, level=level))
