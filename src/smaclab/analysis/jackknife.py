"""Intervals of a dose curve by what is independent: whole repeats.

A profile interval takes the errors of all wells for independent. Where the same individuals meet every dose,
all wells of one seed err together. So the curve is fitted again without each seed, and the interval follows
from how much it moves. Fates of individuals say more, see `cell_intervals`.

Source:  the delete-a-group jackknife: Miller (1974), doi 10.1093/biomet/61.1.1; Student's t with a degree of
         freedom less than blocks.
"""

from dataclasses import replace

import numpy as np
from scipy.special import stdtrit

from smaclab.analysis import logistic
from smaclab.analysis.dose_response import DoseResponse
from smaclab.analysis.estimate import LEVEL, Estimate
from smaclab.analysis.logistic import LEFT, MIDDLE, RIGHT, STEEPNESS, Array


def jackknifed(response: DoseResponse, left_out: Array, *, by: str, level: float = LEVEL) -> DoseResponse:
    """The same curve with intervals by blocks.

    Args:
        response: the curve through all wells, with its profile intervals.
        left_out: (block, well), the wells' values without each block, in the order of the curve's own wells.
            NaN: nothing is left of a well.
        by: what a block is, such as "cells" or "seeds": `interval_by` of what comes back.
        level: of the interval.

    Returns:
        Ends that the profile does not have stay away: what the doses do not bracket no repeat can. Unchanged
        where there is no curve or fewer than two blocks.
    """
    blocks = len(left_out)
    if not response.is_fitted or blocks < 2:
        return response
    lowest = float(np.nanmin(response.values))
    span = float(np.nanmax(response.values)) - lowest
    begin = response.parameters.copy()
    begin[[LEFT, RIGHT]] = (begin[[LEFT, RIGHT]] - lowest) / span
    found, _ = logistic.least_squares(
        logistic.log_doses(response.doses_nM),
        (left_out - lowest) / span,
        np.tile(begin, (blocks, 1)),
        np.ones(4, dtype=bool),
    )
    found[:, [LEFT, RIGHT]] = lowest + span * found[:, [LEFT, RIGHT]]
    away = found - found.mean(axis=0)
    covariance = away.T @ away * (blocks - 1) / blocks
    reach = np.sqrt(np.diag(covariance)) * float(stdtrit(blocks - 1, 0.5 + level / 2))
    is_rising = response.parameters[RIGHT] >= response.parameters[LEFT]
    top, bottom = (RIGHT, LEFT) if is_rising else (LEFT, RIGHT)
    factor = float(np.exp(reach[STEEPNESS]))
    hill = response.hill_slope
    ends = sorted((hill.value / factor, hill.value * factor))
    return replace(
        response,
        top=with_limits(response.top, response.top.value - reach[top], response.top.value + reach[top]),
        bottom=with_limits(
            response.bottom, response.bottom.value - reach[bottom], response.bottom.value + reach[bottom]
        ),
        log_IC50=with_limits(
            response.log_IC50,
            response.log_IC50.value - reach[MIDDLE],
            response.log_IC50.value + reach[MIDDLE],
        ),
        hill_slope=with_limits(hill, *ends),
        interval_by=by,
        blocks=blocks,
        covariance=covariance,
    )


def with_limits(one: Estimate, low: float, high: float) -> Estimate:
    """An estimate with new ends where it had some."""
    return Estimate(
        value=one.value,
        low=float(low) if np.isfinite(one.low) else one.low,
        high=float(high) if np.isfinite(one.high) else one.high,
    )
