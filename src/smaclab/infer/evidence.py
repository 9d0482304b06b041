"""What is known, in three kinds, and what each says of a prediction.

    Constraint  a finding that holds or fails, judged by its margin: log of a probit, so that "barely" and
                "clearly" differ
    Course      measured numbers with their scatter: a normal likelihood
    Bound       a plausible range of one number: nothing inside, a normal tail of the logarithm outside

Each takes predictions of many parameter sets at once, (set, point), and gives a log-likelihood, (set,), and
residuals, (set, point), whose target is 0 and whose unit is one standard deviation. The log-likelihood is
what is sampled; the residuals guide the search for a top, and the reports.
"""

from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from smaclab.errors import SmaclabError
from smaclab.infer.profile_out import Units, cut_share, fitted

Array = NDArray[Any]

FURTHEST_MARGIN = 6.0
"""A residual stops growing there, in tolerances: further off, a margin does not say which way is better."""

FURTHEST_LOG = float(np.log(1000.0))
"""Nor does a bound's, this far outside, as a logarithm."""


class Evidence(Protocol):
    """One piece of evidence."""

    @property
    def id(self) -> str:
        """Its own name."""

    @property
    def dataset(self) -> str:
        """What it is reported, and left out, together with."""

    @property
    def size(self) -> int:
        """How many numbers it needs of a prediction."""

    def log_likelihood(self, predicted: Array) -> Array:
        """(set, point) -> (set,); minus infinity where the prediction is not known."""

    def residuals(self, predicted: Array) -> Array:
        """(set, point) -> (set, point), NaN where the prediction is not known."""

    def softened(self, scatter: Array, is_log: Array) -> "Evidence":
        """The same, of predictions that scatter.

        scatter: (point,), standard deviations. is_log: (point,), whether of the prediction's logarithm.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A finding with a margin, positive where it holds, in tolerances.

    spread: how many tolerances the border between "holds" and "fails" is uncertain by.
    mistaken: the chance that the finding is wrong, or outside of what the model describes; it keeps a finding
        that cannot be met from deciding everything else.
    repeats: how many times it was seen, independently: the probit counts so often.
    """

    id: str
    dataset: str
    spread: float = 0.25
    mistaken: float = 0.01
    repeats: int = 1

    def __post_init__(self) -> None:
        if not (self.spread > 0 and 0 <= self.mistaken < 0.5 and self.repeats >= 1):
            raise SmaclabError(
                f"{self.id}: spread {self.spread}, mistaken {self.mistaken}, repeats {self.repeats}. They "
                "are above 0, from 0 to below 0.5, and 1 or more."
            )

    @property
    def size(self) -> int:
        """One margin."""
        return 1

    def log_likelihood(self, predicted: Array) -> Array:
        """ln(mistaken + (1 - 2 mistaken) Phi(margin / spread)^repeats)."""
        border = (np.array([one]) for one in (self.spread, self.mistaken, self.repeats))
        return log_probit(predicted, *border)[:, 0]

    def residuals(self, predicted: Array) -> Array:
        """The deviance residual of the probit: half its square is minus its logarithm."""
        margin = np.maximum(predicted / self.spread, -FURTHEST_MARGIN)
        return np.asarray(np.sqrt(-2.0 * self.repeats * log_ndtr(margin)))

    def softened(self, scatter: Array, is_log: Array) -> "Constraint":
        """With a wider border."""
        return replace(self, spread=float(np.hypot(self.spread, scatter[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Measured numbers: a time course, a dose response, one delay.

    value, sd: (point,), in the measurement's unit; sd holds the model's own error too.
    units: what of the prediction is profiled out.
    is_reporter: the prediction is an exposure to a caspase, the value the share of a reporter that is cut.
    """

    id: str
    dataset: str
    value: tuple[float, ...]
    sd: tuple[float, ...]
    units: Units = "absolute"
    is_reporter: bool = False

    def __post_init__(self) -> None:
        if len(self.value) != len(self.sd) or not self.value or min(self.sd) <= 0:
            raise SmaclabError(
                f"{self.id}: {len(self.value)} values, {len(self.sd)} standard deviations. "
                "Give as many of each, the latter above 0."
            )

    @property
    def size(self) -> int:
        """One number a point."""
        return len(self.value)

    def shown(self, predicted: Array) -> Array:
        """(set, point), in the measurement's unit, with what it leaves open at its best."""
        value, sd = np.array(self.value), np.array(self.sd)
        if self.is_reporter:
            return cut_share(predicted, value, sd)
        return fitted(predicted, value, sd, self.units)

    def residuals(self, predicted: Array) -> Array:
        """(prediction - value) / sd."""
        return np.asarray((self.shown(predicted) - np.array(self.value)) / np.array(self.sd))

    def log_likelihood(self, predicted: Array) -> Array:
        """Of independent normal errors, without the constant."""
        return _normal(self.residuals(predicted))

    def softened(self, scatter: Array, is_log: Array) -> "Course":
        """With larger standard deviations; a scattering logarithm counts for what it does to the value."""
        sd = np.array(self.sd)
        size = np.where(is_log, np.maximum(np.abs(self.value), sd), 1.0)
        return replace(self, sd=tuple(map(float, np.hypot(sd, size * scatter))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One number is plausible between two ends.

    low, high: in the number's own unit, above 0.
    sd: of ln(number) outside.
    """

    id: str
    dataset: str
    low: float
    high: float
    sd: float = 0.2

    def __post_init__(self) -> None:
        if not 0 < self.low < self.high or not self.sd > 0:
            raise SmaclabError(f"{self.id}: {self.low} to {self.high}, sd {self.sd}. 0 < low < high, sd > 0.")

    @property
    def size(self) -> int:
        """One number."""
        return 1

    def residuals(self, predicted: Array) -> Array:
        """How far outside, in standard deviations of the logarithm; 0 inside."""
        number = np.log(np.maximum(predicted, 1e-300))
        outside = np.maximum(np.log(self.low) - number, 0.0) + np.maximum(number - np.log(self.high), 0.0)
        # Nothing at all is no further off than a thousandth: a plane must not hang on one empty set.
        return np.asarray(np.minimum(outside, FURTHEST_LOG) / self.sd)

    def log_likelihood(self, predicted: Array) -> Array:
        """A normal tail outside, 0 inside."""
        return _normal(self.residuals(predicted))

    def softened(self, scatter: Array, is_log: Array) -> "Bound":
        """With a longer tail."""
        return replace(self, sd=float(np.hypot(self.sd, scatter[0])))


def _normal(residuals: Array) -> Array:
    found = -0.5 * (residuals**2).sum(axis=1)
    return np.where(np.isnan(found), -np.inf, found)


def log_probit(margin: Array, spread: Array, mistaken: Array, repeats: Array) -> Array:
    """ln(mistaken + (1 - 2 mistaken) Phi(margin / spread)^repeats), (set, finding).

    Minus infinity for no margin. spread, mistaken, repeats: (finding,).
    """
    is_known = ~np.isnan(margin)
    probit = repeats * log_ndtr(np.where(is_known, margin, 0.0) / spread)
    with np.errstate(divide="ignore"):  # never mistaken: the logarithm of 0
        found = np.logaddexp(np.log(mistaken), np.log1p(-2.0 * mistaken) + probit)
    return np.where(is_known, found, -np.inf)
