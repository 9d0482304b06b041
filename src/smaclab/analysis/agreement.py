"""Do simulated and measured conditions agree? Their distance, where they have one unit, and their order.

Nothing is fitted: the numbers are compared as they are.

Source:  Spearman (1904), doi 10.2307/1412159: the correlation of mean ranks.
"""

from dataclasses import dataclass
from typing import final

import numpy as np

from smaclab.analysis.logistic import Array
from smaclab.errors import ShapeError, plain

FEWEST_RANKED = 3
"""Two conditions always have a rank correlation of 1 or -1, which says nothing."""

_MASSES = (("pg/ml", 1.0), ("ng/ml", 1e3), ("ug/ml", 1e6), ("µg/ml", 1e6))
_PER_ML = {plain(unit): size for unit, size in _MASSES}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How two columns of conditions agree.

    conditions: in which both numbers are known.
    rmse, bias: root of the mean squared difference, and the mean of simulated minus measured, in the unit of
        the simulated. NaN: no condition, or units that cannot be compared.
    rank_correlation: NaN for fewer than 3 conditions, or where one side is constant.
    """

    conditions: int
    rmse: float
    bias: float
    rank_correlation: float


def unit_factor(measured: str, simulated: str) -> float | None:
    """What a measured number is multiplied by to have the simulated unit; None: nothing is guessed."""
    if measured and plain(measured) == plain(simulated):
        return 1.0
    if plain(measured) in _PER_ML and plain(simulated) in _PER_ML:
        return _PER_ML[plain(measured)] / _PER_ML[plain(simulated)]
    return None


def agreement_of(simulated: Array, measured: Array, *, factor: float | None = 1.0) -> Agreement:
    """Compare means of conditions.

    Args:
        simulated: (condition,), in its unit. NaN: not known, left out.
        measured: (condition,), in its unit. NaN: not known, left out.
        factor: measured number -> the simulated unit; None: the units cannot be compared.

    Raises:
        ShapeError: not as many of one as of the other.
    """
    first, second = np.asarray(simulated, dtype=float), np.asarray(measured, dtype=float)
    if first.ndim != 1 or first.shape != second.shape:
        raise ShapeError(f"{first.shape} simulated and {second.shape} measured; both are (condition,).")
    known = ~(np.isnan(first) | np.isnan(second))
    first, second = first[known], second[known]
    rank = _rank_correlation(first, second)
    if factor is None or not len(first):
        return Agreement(conditions=len(first), rmse=float("nan"), bias=float("nan"), rank_correlation=rank)
    apart = first - second * factor
    return Agreement(
        conditions=len(first),
        rmse=float(np.sqrt(np.mean(apart**2))),
        bias=float(apart.mean()),
        rank_correlation=rank,
    )


def _rank_correlation(first: Array, second: Array) -> float:
    one, other = _ranks(first), _ranks(second)
    if len(first) < FEWEST_RANKED or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _ranks(values: Array) -> Array:
    """Ranks from 1; equal values have the mean of theirs."""
    below = (values[None, :] < values[:, None]).sum(axis=1)
    equal = (values[None, :] == values[:, None]).sum(axis=1)
    return np.asarray(below + (equal + 1) / 2.0)
