"""How one number may vary before the evidence is looked at, and its standard coordinate.

A log-normal prior's `fold` is read as: 95 % of the prior lies within this factor of the median. The standard
coordinate of a value is ln(value / median) over the prior's standard deviation, so the prior of all
coordinates together is the standard normal distribution.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError

Array = NDArray[Any]

NORMAL_95: Final = 1.959963984540054
"""95 % of a normal distribution lies within this many standard deviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """A log-normal prior of one parameter.

    median: in `unit`, above 0.
    fold: above 1; 95 % of the prior lies between median / fold and median * fold.
    shipped: the value that ships in the package, where one does: a start, no part of the prior.
    """

    name: str
    median: float
    fold: float
    unit: str = "dimensionless"
    shipped: float | None = None

    def __post_init__(self) -> None:
        if not (self.median > 0 and isfinite(self.median) and self.fold > 1 and isfinite(self.fold)):
            raise SmaclabError(
                f"{self.name}: a log-normal prior of median {self.median}, fold {self.fold}. "
                "The median is above 0, the fold above 1."
            )

    @property
    def sd(self) -> float:
        """The standard deviation of ln(value)."""
        return log(self.fold) / NORMAL_95

    @property
    def start(self) -> float:
        """The standard coordinate of the shipped value; 0 where there is none."""
        return 0.0 if self.shipped is None else log(self.shipped / self.median) / self.sd


def values_of(priors: Sequence[Prior], coordinates: Array) -> Array:
    """Parameter values.

    Args:
        priors: (parameter,).
        coordinates: (..., parameter), standard.

    Returns:
        (..., parameter), each in its own unit.
    """
    median = np.array([one.median for one in priors])
    sd = np.array([one.sd for one in priors])
    return np.asarray(median * np.exp(sd * np.asarray(coordinates)))


def coordinates_of(priors: Sequence[Prior], values: Array) -> Array:
    """Standard coordinates of values; the inverse of `values_of`.

    Args:
        priors: (parameter,).
        values: (..., parameter), above 0.
    """
    median = np.array([one.median for one in priors])
    sd = np.array([one.sd for one in priors])
    return np.asarray(np.log(np.asarray(values) / median) / sd)
