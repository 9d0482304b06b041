"""When is half of it done? The first time at which a curve gets somewhere, straight between looks.

A time is known no better than the looks are close together.
"""

import math

import numpy as np

from smaclab.analysis.logistic import Array


def first_crossing_h(time_h: Array, excess: Array) -> float:
    """First time at which `excess` is no longer negative, h, straight between looks; inf: it always is.

    Args:
        time_h: (time,), h, increasing.
        excess: (time,), any unit. NaN anywhere: nothing is known.

    Returns:
        h. inf: never within the run. NaN: not known.
    """
    if np.isnan(excess).any():
        return math.nan
    above = np.flatnonzero(excess >= 0.0)
    if not len(above):
        return math.inf
    after = int(above[0])
    if after == 0:
        return float(time_h[0])
    before = after - 1
    part = -excess[before] / (excess[after] - excess[before])
    return float(time_h[before] + part * (time_h[after] - time_h[before]))


def half_time_h(time_h: Array, values: Array, *, rises: bool) -> float:
    """When a curve is first half-way from its start to its highest (or lowest) value, h.

    Args:
        time_h: (time,), h, increasing.
        values: (time,), any unit. NaN anywhere: nothing is known.
        rises: half-way up; else half-way down.

    Returns:
        h. inf: it never moves that way. NaN: not known.
    """
    if np.isnan(values).any():
        return math.nan
    curve = values if rises else -values
    top, start = float(curve.max()), float(curve[0])
    if not top > start:
        return math.inf
    half = start + (top - start) / 2
    if half <= start:  # rises by less than a number can show
        return math.inf
    return first_crossing_h(time_h, curve - half)
