"""What replicates say: mean, SD, n, the interval of a mean and of the difference of two means.

Source:  Student (1908), doi 10.1093/biomet/6.1.1; for two means of unequal scatter, Welch (1947), doi
         10.1093/biomet/34.1-2.28.
Valid:   for values that are independent and not far from normal. Cells of one well are no replicates of it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from smaclab.analysis.estimate import LEVEL, Estimate
from smaclab.analysis.logistic import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Replicates:
    """Mean, standard deviation (n - 1) and number of the known values along the first axis.

    mean, sd, n: as the values without their first axis. sd is NaN below two known values, mean below one.
    """

    mean: Array
    sd: Array
    n: Array


def summarize(values: Array) -> Replicates:
    """Mean, SD and n over replicates.

    values: (replicate, ...). NaN: not known, left out.
    """
    values = np.asarray(values, dtype=float)
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / n
        spread = np.where(known, (values - mean) ** 2, 0.0).sum(axis=0)
        sd = np.sqrt(np.where(n > 1, spread / (n - 1), np.nan))
    return Replicates(mean=mean, sd=sd, n=n)


def mean_estimate(values: Array, *, level: float = LEVEL) -> Estimate:
    """The mean of (replicate,) values, and its interval by Student's t; NaN ends below two known values."""
    one = summarize(np.asarray(values, dtype=float).reshape(-1, 1))
    mean, sd, n = float(one.mean[0]), float(one.sd[0]), int(one.n[0])
    reach = sd / np.sqrt(n) * stdtrit(n - 1, 0.5 + level / 2) if n > 1 else np.nan
    return Estimate(value=mean, low=mean - reach, high=mean + reach)


def difference(first: Array, second: Array, *, level: float = LEVEL) -> Estimate:
    """Mean of `first` minus mean of `second`, each (replicate,), with Welch's interval.

    NaN ends where either has fewer than two known values.
    """
    one, other = (summarize(np.asarray(each, dtype=float).reshape(-1, 1)) for each in (first, second))
    value = float(one.mean[0] - other.mean[0])
    if min(int(one.n[0]), int(other.n[0])) < 2:
        return Estimate(value=value)
    parts = np.array([each.sd[0] ** 2 / each.n[0] for each in (one, other)])
    if parts.sum() == 0.0:
        return Estimate(value=value, low=value, high=value)
    counts = np.array([one.n[0], other.n[0]])
    freedom = parts.sum() ** 2 / np.sum(parts**2 / (counts - 1))
    reach = float(np.sqrt(parts.sum()) * stdtrit(freedom, 0.5 + level / 2))
    return Estimate(value=value, low=value - reach, high=value + reach)
