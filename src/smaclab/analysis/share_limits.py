"""Limits of a share of cells that is known by a curve, not by counting: Wilson's, by an effective number.

Source:  Wilson (1927), doi 10.1080/01621459.1927.10502953, with the effective number of Korn and Graubard
         (1998).
"""

import numpy as np

from smaclab.analysis.logistic import Array


def share_limits(share: Array, error: Array, cells: float, quantile: float) -> tuple[Array, Array]:
    """Wilson's limits of shares with these standard errors, which as many cells have or fewer.

    A limit goes to 0 or 1 where the symmetric one would, since a share of 0 or 1 is nothing unusual.

    Args:
        share: (...,), between 0 and 1, or a little beyond as a curve may run.
        error: as `share`, its standard error; 0: known by nothing but the number of cells.
        cells: how many there are.
        quantile: of Student's t, such as 2.06.

    Returns:
        Low and high, as `share`; the share itself is between them.
    """
    inside = np.clip(share, 0.0, 1.0)
    plus = (cells * inside + 1.0) / (cells + 2.0)
    with np.errstate(divide="ignore"):
        effective = np.minimum(cells, plus * (1.0 - plus) / np.asarray(error, dtype=float) ** 2)
    square = quantile**2 / effective
    center = (inside + square / 2.0) / (1.0 + square)
    reach = np.sqrt(inside * (1.0 - inside) * square + square**2 / 4.0) / (1.0 + square)
    low = np.where(share - quantile * error <= 0.0, 0.0, center - reach)
    high = np.where(share + quantile * error >= 1.0, 1.0, center + reach)
    return np.minimum(low, share), np.maximum(high, share)
