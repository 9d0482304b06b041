"""How much drug does it take? A four-parameter curve on the logarithm of the dose, in the words of Prism.

    value = Bottom + (Top - Bottom) / (1 + 10^((LogIC50 - log10 dose) HillSlope))

Top is above Bottom, so HillSlope is below 0 where the drug lowers the value. The IC50 is half-way between Top
and Bottom (relative, not half of the control). Wells without the drug take part: there the value is that of
the curve at no drug. Intervals are profile intervals at 95 %.

What can be said of the IC50 is one of `VERDICTS`. "bracketed": it lies among the doses, and its interval has
two ends. "no effect": no trend over the doses at 5 % (`trend_p`); there is no curve then. "ambiguous" is
Prism's word for all that lies between. A number that is not bracketed should not be passed on.
"""

from dataclasses import dataclass, field
from typing import Final, final

import numpy as np
from scipy.special import stdtrit

from smaclab.analysis import logistic, profile
from smaclab.analysis.estimate import LEVEL, UNKNOWN, Estimate
from smaclab.analysis.logistic import LEFT, MIDDLE, RIGHT, STEEPNESS, Array
from smaclab.analysis.share_limits import CURVE_KNOWS, share_limits
from smaclab.errors import SmaclabError

BRACKETED: Final = "bracketed"
AMBIGUOUS: Final = "ambiguous: the doses do not bracket the IC50"
NO_EFFECT: Final = "no effect"
TOO_FEW: Final = "too few doses: four parameters need five wells at four doses"
VERDICTS: Final = (BRACKETED, AMBIGUOUS, NO_EFFECT, TOO_FEW)

BY_CELLS: Final = "cells"
LEAST_WELLS, LEAST_DOSES = 5, 4
LARGEST_P = 0.05
_NULLS = 1999


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DoseResponse:
    """A series of doses and the curve through it.

    doses_nM, values: (well,), as given.
    top, bottom: in the unit of the values.
    log_IC50: log10 nM.
    IC50_nM: its interval is that of log_IC50; 0 and inf where that has no end.
    hill_slope: below 0 where values fall with the dose.
    p_no_trend: how likely so much trend is without any effect.
    verdict: one of `VERDICTS`.
    wells: known values; `freedom`: known values minus four.
    parameters: (4,), see `logistic.curve`; NaN where there is no curve.
    interval_by: what the intervals take for independent: "wells" (profile), or as `jackknifed` says.
    blocks, covariance: how many such blocks, and (4, 4) of the parameters over them; 0: profile.
    """

    doses_nM: Array
    values: Array
    top: Estimate = UNKNOWN
    bottom: Estimate = UNKNOWN
    log_IC50: Estimate = UNKNOWN
    hill_slope: Estimate = UNKNOWN
    p_no_trend: float = float("nan")
    verdict: str = TOO_FEW
    freedom: int = 0
    residual_sd: float = float("nan")
    parameters: Array = field(default_factory=lambda: np.full(4, np.nan))
    interval_by: str = "wells"
    blocks: int = 0
    covariance: Array = field(default_factory=lambda: np.full((4, 4), np.nan))

    @property
    def IC50_nM(self) -> Estimate:
        """The dose half-way between Top and Bottom, nM."""
        ends = (self.log_IC50.value, self.log_IC50.low, self.log_IC50.high)
        value, low, high = (float(10.0**one) for one in ends)
        return Estimate(value=value, low=low, high=high)

    @property
    def wells(self) -> int:
        """How many values are known."""
        return int(np.sum(~np.isnan(self.values)))

    @property
    def is_fitted(self) -> bool:
        """Whether there is a curve at all."""
        return bool(np.isfinite(self.parameters).all())

    def curve(self, doses_nM: Array) -> Array:
        """Values of the curve at doses, nM; (dose,). NaN where there is no curve."""
        at = logistic.log_doses(doses_nM)
        return logistic.curve(self.parameters[None], at)[0]

    def band(self, doses_nM: Array, *, level: float = LEVEL) -> tuple[Array, Array]:
        """The pointwise confidence band of the curve, each (dose,); NaN where there is none.

        Source: linear in the parameters (the delta method), so it is told for bracketed curves only. Where
            the intervals are by cells, values are percentages alive, and the band has limits of shares.
        """
        at = logistic.log_doses(doses_nM)
        middle = self.curve(doses_nM)
        if self.verdict != BRACKETED or self.freedom < 1:
            return np.full_like(middle, np.nan), np.full_like(middle, np.nan)
        known = ~np.isnan(self.values)
        there = logistic.slopes_at(self.parameters[None], logistic.log_doses(self.doses_nM[known]))[0]
        here = logistic.slopes_at(self.parameters[None], at)[0]
        spread, freedom = np.linalg.pinv(there.T @ there) * self.residual_sd**2, self.freedom
        if self.blocks:
            spread, freedom = self.covariance, self.blocks - 1
        error = np.sqrt(np.maximum(np.einsum("di,ij,dj->d", here, spread, here), 0.0))
        quantile = float(stdtrit(freedom, 0.5 + level / 2))
        if self.interval_by == BY_CELLS:
            cells = CURVE_KNOWS * self.blocks
            low, high = share_limits(middle / 100.0, error / 100.0, cells, quantile)
            return 100.0 * low, 100.0 * high
        return middle - quantile * error, middle + quantile * error


def fit_dose_response(doses_nM: Array, values: Array) -> DoseResponse:
    """Fit one series of doses.

    Args:
        doses_nM: (well,), nM; 0: no drug. A replicate is a further well at the same dose.
        values: (well,), any unit. NaN: not known, left out.

    Returns:
        The curve with its verdict; without a curve where there are too few wells or doses.

    Raises:
        SmaclabError: doses that are negative or not finite, or not as many as values.
    """
    doses, seen = np.asarray(doses_nM, dtype=float), np.asarray(values, dtype=float)
    if doses.ndim != 1 or doses.shape != seen.shape:
        raise SmaclabError(f"{doses.shape} doses and {seen.shape} values. Give one value for each dose.")
    if not (np.isfinite(doses) & (doses >= 0)).all():
        raise SmaclabError(f"doses {doses.tolist()} nM. A dose is a finite number, 0 or more.")
    known = ~np.isnan(seen)
    given = np.unique(doses[known])
    if known.sum() < LEAST_WELLS or len(given) < LEAST_DOSES or (given > 0).sum() < LEAST_DOSES - 1:
        return DoseResponse(doses_nM=doses, values=seen)
    p_no_trend = trend_p(doses[known], seen[known])
    if not p_no_trend <= LARGEST_P:
        return DoseResponse(doses_nM=doses, values=seen, p_no_trend=p_no_trend, verdict=NO_EFFECT)
    # Fitted as fractions of their range: a curve of molar amounts is as well known as one of percentages.
    lowest, span = float(np.nanmin(seen)), float(np.nanmax(seen) - np.nanmin(seen))
    fitted = profile.fit(logistic.log_doses(doses), (seen - lowest) / span)
    parameters, ends = fitted.parameters.copy(), profile.limits(fitted)
    parameters[[LEFT, RIGHT]] = lowest + span * parameters[[LEFT, RIGHT]]
    ends[[LEFT, RIGHT]] = lowest + span * ends[[LEFT, RIGHT]]
    top, bottom, middle, hill = _in_words(parameters, ends)
    return DoseResponse(
        doses_nM=doses,
        values=seen,
        top=top,
        bottom=bottom,
        log_IC50=middle,
        hill_slope=hill,
        p_no_trend=p_no_trend,
        verdict=_verdict(middle, given[given > 0]),
        freedom=fitted.freedom,
        residual_sd=span * float(np.sqrt(fitted.variance)),
        parameters=parameters,
    )


def trend_p(doses_nM: Array, values: Array) -> float:
    """How likely a curve follows the values so closely by chance, if nothing depends on the dose.

    The highest squared correlation with any of a grid of logistic shapes, against that of `_NULLS` rows of
    normal noise at the same doses. (The F table does not hold here: without an effect the IC50 means nothing,
    and a curve that may choose it freely sees effects in noise.)

    Args:
        doses_nM: (well,), nM, at least three different ones.
        values: (well,), all known.

    Returns:
        Between 0 and 1; 1 where all values are equal. The same doses meet the same noise, so it repeats.

    Source:
        A test of several contrasts, as in Bretz, Pinheiro and Branson (2005), doi
        10.1111/j.1541-0420.2005.00344.x. Exact for normal errors of one size.
    """
    if np.ptp(values) <= 1e-9 * float(np.max(np.abs(values))):
        return 1.0
    shapes = logistic.shapes(logistic.log_doses(doses_nM))
    shapes = shapes - shapes.mean(axis=1, keepdims=True)
    length = np.linalg.norm(shapes, axis=1)
    shapes = shapes[length > 1e-6] / length[length > 1e-6, None]
    noise = np.random.default_rng(0).standard_normal((_NULLS, len(values)))
    rows = np.concatenate([values[None], noise])
    rows = rows - rows.mean(axis=1, keepdims=True)
    follows = np.max((rows @ shapes.T) ** 2, axis=1) / np.sum(rows**2, axis=1)
    return float(np.mean(follows >= follows[0] - 1e-12))


def _in_words(parameters: Array, ends: Array) -> tuple[Estimate, Estimate, Estimate, Estimate]:
    """Top, Bottom, LogIC50 and HillSlope of a curve that goes from left to right."""
    tiny = 1e-12 * float(np.abs(parameters[[LEFT, RIGHT]]).max())  # rounding, not a value
    left, right = (
        _estimate(0.0 if abs(parameters[one]) < tiny else parameters[one], ends[one]) for one in (LEFT, RIGHT)
    )
    middle = _estimate(parameters[MIDDLE], ends[MIDDLE])
    hill = _estimate(np.exp(parameters[STEEPNESS]), np.exp(ends[STEEPNESS]))
    if right.value >= left.value:
        return right, left, middle, hill
    return left, right, middle, Estimate(value=-hill.value, low=-hill.high, high=-hill.low)


def _estimate(value: float, ends: Array) -> Estimate:
    return Estimate(value=float(value), low=float(ends[0]), high=float(ends[1]))


def _verdict(log_IC50: Estimate, doses_nM: Array) -> str:
    low, high = np.log10(doses_nM.min()), np.log10(doses_nM.max())
    return BRACKETED if low <= log_IC50.value <= high and log_IC50.is_closed else AMBIGUOUS
