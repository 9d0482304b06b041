"""Do sister cells share their fate? Pairs of times of death, and how they correlate.

Source:  the two of a pair have no order, so the correlation is Fisher's within classes, which counts every
         pair both ways round; its interval by z = atanh r with the variance 1 / (n - 3/2) (Fisher 1925,
         Statistical Methods for Research Workers, chapter 7; recalled, and simulated in the tests).
Valid:   of pairs in which both died, so for the times of those that die; who dies is told apart from it.
"""

from dataclasses import dataclass
from math import atanh, nan, sqrt, tanh

import numpy as np
from scipy.special import ndtri

from smaclab.analysis.estimate import LEVEL, Estimate
from smaclab.analysis.logistic import Array
from smaclab.errors import ShapeError

FEWEST_PAIRS = 4
"""Fewer pairs that both died tell no correlation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SisterPairs:
    """Fates of sisters.

    death_h: (pair, sister), h, of the pairs of which both are known. inf: alive at the end.
    failed: pairs of which one sister or both are unknown.
    """

    death_h: Array
    failed: int

    @property
    def both_dead(self) -> Array:
        """(pair, sister), h, of the pairs in which both died."""
        found: Array = self.death_h[np.isfinite(self.death_h).all(axis=1)]
        return found

    @property
    def one_dead(self) -> int:
        """Pairs of which one died and one lives."""
        return int(np.sum(np.isfinite(self.death_h).sum(axis=1) == 1))

    @property
    def both_alive(self) -> int:
        """Pairs in which nobody died."""
        return len(self.death_h) - self.one_dead - len(self.both_dead)

    def correlation(self, *, level: float = LEVEL) -> Estimate:
        """Of the times of death of sisters that both died; NaN below `FEWEST_PAIRS` or without a spread."""
        pairs = self.both_dead
        if len(pairs) < FEWEST_PAIRS:
            return Estimate(value=nan)
        apart = pairs - pairs.mean()
        spread = float((apart**2).sum())
        if spread == 0.0:
            return Estimate(value=nan)
        r = float(2.0 * (apart[:, 0] @ apart[:, 1]) / spread)
        if abs(r) >= 1.0:
            return Estimate(value=r, low=r, high=r)
        reach = float(ndtri(0.5 + level / 2.0)) / sqrt(len(pairs) - 1.5)
        return Estimate(value=r, low=tanh(atanh(r) - reach), high=tanh(atanh(r) + reach))


def sister_pairs(death_time_s: Array) -> SisterPairs:
    """Pairs of cells 0 and 1, 2 and 3 ...; a last cell without a sister is left out.

    Args:
        death_time_s: (cell,), s. inf: survived. NaN: the solve failed, so unknown.

    Raises:
        ShapeError: not one axis.
    """
    given = np.asarray(death_time_s, dtype=float)
    if given.ndim != 1:
        raise ShapeError(f"times of death have shape {given.shape}; sisters need (cell,).")
    pairs = given[: len(given) // 2 * 2].reshape(-1, 2) / 3600.0
    known = ~np.isnan(pairs).any(axis=1)
    return SisterPairs(death_h=pairs[known], failed=int(np.sum(~known)))
