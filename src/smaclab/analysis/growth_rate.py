"""Growth-rate inhibition (GR): what a drug does to division, whatever the number of divisions.

    GR = 2^(log2(count / start) / log2(control / start)) - 1

1: grows as the control. 0: does not grow. Below 0: cells are lost. Over the dose it is logistic.

Source:  Hafner, Niepel, Chung and Sorger (2016), doi 10.1038/nmeth.3853.
Valid:   for counts of living cells that grow in the control.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from scipy.special import stdtrit

from smaclab.analysis import logistic, profile
from smaclab.analysis.dose_response import LARGEST_P, LEAST_DOSES, LEAST_WELLS, trend_p
from smaclab.analysis.estimate import LEVEL, UNKNOWN, Estimate
from smaclab.analysis.logistic import LEFT, MIDDLE, RIGHT, STEEPNESS, Array
from smaclab.errors import SmaclabError


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthRate:
    """The metrics of one series.

    GR50_nM: the dose at GR = 0.5, nM; inf: the curve never gets there.
    GR_max: the mean GR at the highest dose.
    GR_inf, GEC50_nM, h_GR: where the curve ends, the dose half-way there, and its steepness; with profile
        intervals at 95 %, or jackknife intervals by blocks. Unknown where there is no effect (the curve is
        flat) or too few wells.
    GR_AOC: the area over the curve of means on log10 dose, divided by the range; 0: no effect.
    p_no_trend: as in `dose_response.trend_p`.
    """

    GR50_nM: float
    GR_max: float
    GR_AOC: float
    GR_inf: Estimate = UNKNOWN
    GEC50_nM: Estimate = UNKNOWN
    h_GR: Estimate = UNKNOWN
    p_no_trend: float = float("nan")


def growth_rate_inhibition(count: Array, *, start: float, control: float) -> Array:
    """GR values of counts.

    Args:
        count: any shape, cells alive at the end, 0 or more. NaN: not known.
        start: cells when the drug was added.
        control: cells at the end without the drug.

    Returns:
        As `count`, from -1 (all lost). NaN stays NaN.

    Raises:
        SmaclabError: counts below 0, or a control that did not grow: then there is no rate to inhibit.
    """
    counts = np.asarray(count, dtype=float)
    if not (start > 0 and control > start) or (counts < 0).any():
        raise SmaclabError(
            f"from {start:g} cells to {control:g} in the control, least count {np.nanmin(counts):g}. GR "
            "needs a control that grows, and counts of 0 or more."
        )
    with np.errstate(divide="ignore"):
        return 2.0 ** (np.log2(counts / start) / np.log2(control / start)) - 1.0


def fit_growth_rate(doses_nM: Array, values: Array, left_out: Array | None = None) -> GrowthRate:
    """Metrics of one series of GR values.

    Args:
        doses_nM: (well,), nM, above 0; the control is 1 by definition.
        values: (well,), GR. NaN: not known, left out.
        left_out: (block, well), the values without each block of cells, where the same individuals meet every
            dose and wells are not independent: intervals are by blocks then. None: by wells.

    Raises:
        SmaclabError: doses that are not above 0, or no value that is known.
    """
    doses, seen = np.asarray(doses_nM, dtype=float), np.asarray(values, dtype=float)
    known = ~np.isnan(seen)
    if doses.shape != seen.shape or not (doses > 0).all() or not known.any():
        raise SmaclabError(
            f"doses {doses.tolist()} nM and {int(known.sum())} known values. Doses are above 0."
        )
    doses, seen = doses[known], seen[known]
    given = np.unique(doses)
    means = np.array([seen[doses == one].mean() for one in given])
    logs, most = np.log10(given), float(means[-1])
    area = _area_over(logs, means) if len(given) > 1 else float("nan")
    p = trend_p(np.append(0.0, doses), np.append(1.0, seen)) if len(given) > 1 else float("nan")
    if len(given) < LEAST_DOSES or len(seen) < LEAST_WELLS:
        return GrowthRate(GR50_nM=float("nan"), GR_max=most, GR_AOC=area, p_no_trend=p)
    if p > LARGEST_P:
        flat = float("inf") if means.mean() > 0.5 else 0.0
        return GrowthRate(GR50_nM=flat, GR_max=most, GR_AOC=area, p_no_trend=p)
    held = np.array([1.0, np.nan, np.nan, np.nan])
    fitted = profile.fit(logistic.log_doses(doses), seen, held)
    ends = profile.limits(fitted)
    if left_out is not None and len(left_out) > 1:
        ends = _by_blocks(fitted, ends, left_out[:, known])
    return GrowthRate(
        GR50_nM=_at_half(fitted.parameters),
        GR_max=most,
        GR_AOC=area,
        GR_inf=_estimate(fitted.parameters[RIGHT], ends[RIGHT]),
        GEC50_nM=_estimate(10.0 ** fitted.parameters[MIDDLE], 10.0 ** ends[MIDDLE]),
        h_GR=_estimate(np.exp(fitted.parameters[STEEPNESS]), np.exp(ends[STEEPNESS])),
        p_no_trend=p,
    )


def _by_blocks(fitted: profile.Fitted, ends: Array, left_out: Array) -> Array:
    """(4, 2): ends by a jackknife over blocks; those that the profile does not have stay away."""
    blocks = len(left_out)
    begin, free = np.tile(fitted.parameters, (blocks, 1)), np.isnan(fitted.held)
    found, _ = logistic.least_squares(fitted.log_dose, left_out, begin, free)
    error = np.sqrt((blocks - 1) / blocks * np.sum((found - found.mean(axis=0)) ** 2, axis=0))
    reach = error * float(stdtrit(blocks - 1, 0.5 + LEVEL / 2))
    both = np.stack([fitted.parameters - reach, fitted.parameters + reach], axis=1)
    return np.where(np.isfinite(ends), both, ends)


def _area_over(log_dose: Array, means: Array) -> float:
    """Mean of 1 - GR over the range of log10 dose, by trapezoids."""
    lost = 1.0 - means
    return float(np.sum(np.diff(log_dose) * (lost[1:] + lost[:-1]) / 2) / (log_dose[-1] - log_dose[0]))


def _at_half(parameters: Array) -> float:
    """The dose at GR = 0.5, nM; inf: the curve never gets there."""
    left, right, middle = parameters[LEFT], parameters[RIGHT], parameters[MIDDLE]
    if right >= 0.5:
        return float("inf")
    return float(10.0 ** (middle + np.log10((left - 0.5) / (0.5 - right)) / np.exp(parameters[STEEPNESS])))


def _estimate(value: float, ends: Array) -> Estimate:
    return Estimate(value=float(value), low=float(ends[0]), high=float(ends[1]))
