"""Intervals of a dose curve of percentages alive, by cells: individuals who meet every dose.

A profile interval takes the errors of all wells for independent and of one size. Percentages of cells alive
are neither: near 0 and 100 % they hardly scatter, and where the same individuals meet every dose, all wells
of one seed err together. So the curve moves with each individual, by how much follows from the slopes of the
curve, and the interval from how much these moves scatter, by Student's t with a degree of freedom less than
individuals (of each seed).

Where no cell of a few dies between two doses, the scatter seen there is 0, and would promise that none ever
will: one imaginary cell, in equal parts dead at each of the doses and at none, stands beside those that were
seen. A curve that came out steeper than it is would promise too narrow an IC50: the standard error goes as
one over the slope, so its mean square is taken over what the slope may be. Top and Bottom are shares of
cells: they have Wilson's limits, by as many cells as have that scatter.

Source:  the sandwich by clusters: Liang and Zeger (1986), doi 10.1093/biomet/73.1.13; Wilson (1927), doi
         10.1080/01621459.1927.10502953, with the effective number of Korn and Graubard (1998).
Valid:   for individuals that are independent, as those of one simulated well are that own their medium. How
         often the intervals hold the truth was measured, in `tests/analysis/test_cell_intervals.py`. Where
         a few cells all die between two doses, the slope has no limit above, and they hold it more often.
"""

import math
from dataclasses import replace

import numpy as np
from scipy.special import stdtrit

from smaclab.analysis import logistic
from smaclab.analysis.dose_response import BY_CELLS, DoseResponse
from smaclab.analysis.estimate import LEVEL, Estimate
from smaclab.analysis.jackknife import with_limits
from smaclab.analysis.logistic import LEFT, MIDDLE, RIGHT, STEEPNESS, Array
from smaclab.analysis.profile import FAR_DECADES
from smaclab.analysis.share_limits import CURVE_KNOWS, share_limits
from smaclab.errors import ShapeError

_IMAGINARY = 1.0
"""Cells that stand beside those that were seen; two or three make Top and Bottom of 24 cells too wide."""

_STEEPEST = 3.0
"""Of ln hill: a slope that may be 20 times as steep has no limit."""

_FLAT = 1e-6
"""A parameter that moves no well by more than this part of the span is not known by slopes."""


def intervals_by_cells(
    response: DoseResponse, alive: Array, seeds: Array, *, level: float = LEVEL
) -> DoseResponse:
    """The same curve with intervals by individuals.

    Args:
        response: the curve through all wells, in % alive, with its profile intervals.
        alive: (cell, well), 1 alive, 0 dead, in the order of the curve's own wells. NaN: not known, or not
            in that well.
        seeds: (cell,), which draw of individuals each belongs to.
        level: of the interval.

    Returns:
        Ends that the profile does not have stay away: what the doses do not bracket no cell can. Unchanged
        where there is no curve or a seed has a single cell.

    Raises:
        ShapeError: arrays that do not fit each other.
    """
    if alive.shape != (len(seeds), len(response.values)):
        raise ShapeError(
            f"{alive.shape} fates, {len(seeds)} cells and {len(response.values)} wells; it is (cell, well)."
        )
    known = ~np.isnan(alive).all(axis=1)
    fates, owner = alive[known], np.asarray(seeds)[known]
    counts = [int(np.sum(owner == seed)) for seed in np.unique(owner)]
    if not response.is_fitted or not counts or min(counts) < 2:
        return response
    used = np.asarray(~np.isnan(fates).all(axis=0))
    slopes = logistic.slopes_at(response.parameters[None], logistic.log_doses(response.doses_nM[used]))[0]
    seen, imagined = _scatter(fates[:, used], owner, response, used)
    freedom = sum(counts) - len(counts)
    quantile = float(stdtrit(freedom, 0.5 + level / 2))
    moves = np.linalg.pinv(slopes)
    covariance = moves @ (seen + imagined) @ moves.T
    is_step = not quantile * math.sqrt(max(covariance[STEEPNESS, STEEPNESS], 0.0)) < _STEEPEST
    if is_step or not _moves(response, slopes)[STEEPNESS]:
        # Nothing limits the slope: the other parameters are told as if it were known.
        is_step = True
        moves, covariance = _held(slopes, seen + imagined, STEEPNESS)
        if not quantile * math.sqrt(max(covariance[MIDDLE, MIDDLE], 0.0)) < np.ptp(_gap(response)):
            moves, covariance = _held(slopes, seen + imagined, MIDDLE)
    plain_error = np.sqrt(np.maximum(np.diag(moves @ seen @ moves.T), 0.0))
    reach = np.sqrt(np.maximum(np.diag(covariance), 0.0)) * quantile
    if not is_step:
        # Of 1 / slope, log-normal: its mean square is this factor's square above that at the slope found.
        reach[MIDDLE] *= math.exp(float(covariance[STEEPNESS, STEEPNESS]))
    top, bottom = _plateaus(response, plain_error, CURVE_KNOWS * sum(counts), quantile)
    return replace(
        response,
        interval_by=BY_CELLS,
        blocks=freedom + 1,
        covariance=covariance,
        log_IC50=_middle(response, float(reach[MIDDLE]), is_step=is_step),
        hill_slope=_slope(response.hill_slope, float(reach[STEEPNESS]), is_step=is_step),
        top=top,
        bottom=bottom,
    )


def _moves(response: DoseResponse, slopes: Array) -> Array:
    """(4,), whether a parameter moves any well by a part of the span that can be seen."""
    span = abs(float(response.parameters[RIGHT] - response.parameters[LEFT]))
    return np.asarray(np.abs(slopes).max(axis=0) > _FLAT * span)


def _held(slopes: Array, scatter: Array, first: int) -> tuple[Array, Array]:
    """How wells move the parameters before `first`, and their covariance, with the others held."""
    moves = np.zeros((4, len(slopes)))
    moves[:first] = np.linalg.pinv(slopes[:, :first])
    return moves, moves @ scatter @ moves.T


def _gap(response: DoseResponse) -> Array:
    """(2,), log10 of the doses on either side of the IC50; the outermost one where there is none beyond."""
    given = np.log10(np.unique(response.doses_nM[response.doses_nM > 0]))
    above = int(np.clip(np.searchsorted(given, response.log_IC50.value), 1, len(given) - 1))
    return given[above - 1 : above + 1]


def _middle(response: DoseResponse, reach: float, *, is_step: bool) -> Estimate:
    """log10 of the IC50. An end far outside of the doses is none, as in a profile."""
    one, given = response.log_IC50, np.log10(response.doses_nM[response.doses_nM > 0])
    low, high = one.value - reach, one.value + reach
    if is_step:  # what is known of a step is the gap that it is in
        ends = _gap(response)
        low, high = min(low, float(ends[0])), max(high, float(ends[1]))
    return with_limits(
        one,
        low if low > given.min() - FAR_DECADES else -np.inf,
        high if high < given.max() + FAR_DECADES else np.inf,
    )


def _slope(one: Estimate, reach: float, *, is_step: bool) -> Estimate:
    """HillSlope; that of a step has no limit, neither above nor, of so few cells, below."""
    if is_step:
        return replace(one, low=-np.inf, high=0.0) if one.value < 0 else replace(one, low=0.0, high=np.inf)
    factor = math.exp(reach)
    low, high = sorted((one.value / factor, one.value * factor))
    return with_limits(one, low, high)


def _scatter(fates: Array, owner: Array, response: DoseResponse, used: Array) -> tuple[Array, Array]:
    """(well, well) covariances of the percentages: by the cells that were seen, and by the imaginary one."""
    doses = response.doses_nM[used]
    steps = np.unique(doses)
    # Row k: alive at the first k doses. Where the drug saves cells: dead at the first k.
    patterns = np.arange(len(steps) + 1)[:, None] > np.searchsorted(steps, doses)[None]
    if response.parameters[RIGHT] > response.parameters[LEFT]:
        patterns = ~patterns
    each = np.unique(owner)
    total = np.zeros((len(doses), len(doses)))
    imagined = np.zeros_like(total)
    for seed in each:
        own = fates[owner == seed]
        known = ~np.isnan(own)
        count = known.sum(axis=0)
        there = count > 0
        mean = np.where(known, own, 0.0).sum(axis=0) / np.maximum(count, 1)
        away = 100.0 * np.where(known, own - mean, 0.0) / np.maximum(count, 1)
        cells = len(own)
        total += away.T @ away * cells / (cells - 1)
        apart = 100.0 * np.where(there, patterns - mean, 0.0) / cells
        weight = _IMAGINARY / (len(each) * len(patterns))
        imagined += weight * apart.T @ apart
    return total, imagined


def _plateaus(
    response: DoseResponse, error: Array, cells: float, quantile: float
) -> tuple[Estimate, Estimate]:
    """Top and Bottom with limits of shares, in %."""
    is_rising = response.parameters[RIGHT] >= response.parameters[LEFT]
    places = (RIGHT, LEFT) if is_rising else (LEFT, RIGHT)
    top, bottom = (
        with_limits(one, *_percent_limits(one.value, float(error[which]), cells, quantile))
        for one, which in zip((response.top, response.bottom), places, strict=True)
    )
    return top, bottom


def _percent_limits(value: float, error: float, cells: float, quantile: float) -> tuple[float, float]:
    low, high = share_limits(np.array(value / 100.0), np.array(error / 100.0), cells, quantile)
    return 100.0 * float(low), 100.0 * float(high)
