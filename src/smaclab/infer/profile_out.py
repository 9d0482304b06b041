"""What a measurement in relative units leaves open, taken at its best value.

Scale and offset enter linearly, so their best values have a formula (weighted least squares). The likelihood
that results is a profile likelihood: no prior of the scale is needed, and none is used.
"""

from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError

Array = NDArray[Any]
Units = Literal["absolute", "scale", "scale and offset"]
UNITS: Final = ("absolute", "scale", "scale and offset")

_RATES_PER_DECADE: Final = 24
_DECADES: Final = 8


def fitted(predicted: Array, value: Array, sd: Array, units: Units) -> Array:
    """The prediction in the measurement's units, at the best scale and offset.

    Args:
        predicted: (set, point), in the model's units. NaN: unknown.
        value: (point,), measured.
        sd: (point,), of the measurement.
        units: what is left open. A scale is never negative: a course that runs the wrong way gets 0.

    Returns:
        (set, point).

    Raises:
        SmaclabError: units that are not known.
    """
    if units == "absolute":
        return np.asarray(predicted)
    if units not in UNITS:
        raise SmaclabError(f"units {units!r}. Known: {', '.join(UNITS)}.")
    weight = 1.0 / sd**2
    total = weight.sum()
    if units == "scale":
        middle, level = np.zeros((len(predicted), 1)), 0.0
    else:
        middle = (predicted @ weight / total)[:, None]
        level = float(value @ weight / total)
    centered = predicted - middle
    below = (centered**2) @ weight
    above = (centered * (value - level)) @ weight
    scale = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    # NaN goes through: what is not known must not become a perfect fit of scale 0.
    scale = np.where(np.isnan(below), np.nan, np.maximum(scale, 0.0))
    return np.asarray(level + scale[:, None] * centered)


def cut_share(exposure: Array, value: Array, sd: Array) -> Array:
    """The share of a reporter that is cut, 1 - exp(-rate * exposure), at the best rate.

    The rate at which a caspase cuts its reporter in the cell is not known; the best one is looked for on a
    grid of its logarithm, 24 a decade over the eight decades below the rate that cuts all at the smallest
    exposure.

    Args:
        exposure: (set, point), the integral of the active caspase over time. NaN: unknown.
        value: (point,), the share that was seen.
        sd: (point,).

    Returns:
        (set, point).
    """
    largest = np.maximum(np.max(exposure, axis=1, keepdims=True), 1e-30)
    steps = np.linspace(-1.0, _DECADES - 1.0, _RATES_PER_DECADE * _DECADES + 1)
    best = np.full(exposure.shape, np.nan)
    least = np.full(len(exposure), np.inf)
    for step in steps:
        share = -np.expm1(-exposure / largest * 10.0**step)
        misfit = (((share - value) / sd) ** 2).sum(axis=1)
        better = misfit < least
        best[better], least[better] = share[better], misfit[better]
    return best
