"""The four-parameter logistic curve, and least squares for many of them at once.

    value = left + (right - left) / (1 + 10^(hill (middle - log10 dose)))

Scope:   `left` is the value without the drug, `right` at an infinite dose, `middle` log10 of the dose that is
         half-way between, `hill` above 0 and fitted as its logarithm. A dose of zero has log10 dose -inf:
         there the curve is `left` exactly, so a control takes part in the fit as what it is.
Ignores: weights. All points count the same.
Source:  the Levenberg-Marquardt steps as in Marquardt (1963), doi 10.1137/0111030; starts from a grid on
         which `left` and `right` are solved for, since the curve is linear in them (Golub and Pereyra 1973,
         doi 10.1137/0710036). The slow twin is `scipy.optimize.least_squares`, in the tests.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from smaclab.errors import ShapeError

Array = NDArray[Any]

LEFT, RIGHT, MIDDLE, STEEPNESS = range(4)
ALL = (True, True, True, True)
BEYOND_DECADES = 10.0
"""How far outside of the doses `middle` is looked for."""

LEAST_HILL, MOST_HILL = 1e-2, 1e2
_GRID_HILLS = (0.3, 0.8, 1.6, 4.0, 12.0)
_GRID_MIDDLES = 25
_LN10 = float(np.log(10.0))
_MOST_STEPS = 200
_CLOSE = 1e-11  # of the sum of squares: what a step must still gain


def log_doses(doses_nM: Array) -> Array:
    """log10 of doses, nM; -inf for zero."""
    with np.errstate(divide="ignore"):
        return np.log10(np.asarray(doses_nM, dtype=float))


def curve(parameters: Array, log_dose: Array) -> Array:
    """Values of curves.

    Args:
        parameters: (fit, 4): left, right, middle, ln hill.
        log_dose: (point,) or (fit, point), log10 nM; -inf: no drug.

    Returns:
        (fit, point), in the unit of left and right.
    """
    share, _ = _share(parameters, log_dose)
    left, right = parameters[:, LEFT, None], parameters[:, RIGHT, None]
    return left + (right - left) * share


def least_squares(log_dose: Array, values: Array, start: Array, free: Array) -> tuple[Array, Array]:
    """Fit curves, each from its own start.

    Args:
        log_dose: (point,), log10 nM; -inf: no drug.
        values: (fit, point). NaN: not known, left out.
        start: (fit, 4), see `curve`.
        free: (fit, 4) or (4,), whether a parameter may move; the others stay at their start.

    Returns:
        Parameters (fit, 4) and the sums of squares (fit,).

    Raises:
        ShapeError: arrays that do not fit each other.
    """
    if start.ndim != 2 or start.shape[1] != 4 or values.shape != (len(start), len(log_dose)):
        raise ShapeError(
            f"starts {start.shape}, values {values.shape} and doses {log_dose.shape} are given; "
            "they need (fit, 4), (fit, point) and (point,)."
        )
    low, high = bounds(log_dose)
    found = np.clip(start.astype(float), low, high)
    moves = np.broadcast_to(np.asarray(free, dtype=bool), found.shape)
    found = np.where(moves, found, start)
    residual, slopes = _model(found, log_dose, values)
    squares = np.sum(residual**2, axis=1)
    damping = np.full(len(found), 1e-2)
    # What rounding makes of an exact curve, in the values' own unit.
    floor = 1e-28 * len(log_dose) * np.nanmax(np.abs(values), axis=1, initial=0.0) ** 2
    active = np.arange(len(found))
    for _ in range(_MOST_STEPS):
        if not len(active):
            break
        step = _step(residual[active], slopes[active], moves[active], damping[active])
        trial = np.where(moves[active], np.clip(found[active] + step, low, high), found[active])
        tried, tried_slopes = _model(trial, log_dose, values[active])
        sums = np.sum(tried**2, axis=1)
        better = sums <= squares[active]
        gain = squares[active] - sums
        done = better & (gain <= _CLOSE * squares[active] + floor[active])
        good = active[better]
        found[good], residual[good], slopes[good] = trial[better], tried[better], tried_slopes[better]
        squares[good] = sums[better]
        damping[active] = np.where(better, np.maximum(damping[active] * 0.1, 1e-12), damping[active] * 8.0)
        active = active[~done & (damping[active] < 1e12)]
    return found, squares


def bounds(log_dose: Array) -> tuple[Array, Array]:
    """Lowest and highest (4,) parameters that are looked at; left and right have none."""
    finite = log_dose[np.isfinite(log_dose)]
    low = np.array([-np.inf, -np.inf, finite.min() - BEYOND_DECADES, np.log(LEAST_HILL)])
    high = np.array([np.inf, np.inf, finite.max() + BEYOND_DECADES, np.log(MOST_HILL)])
    return low, high


def starts(log_dose: Array, values: Array, held: Array | None = None) -> Array:
    """Good places to begin, so that a fit does not end in a valley beside the deepest.

    Args:
        log_dose: (point,), log10 nM; -inf: no drug.
        values: (point,). NaN: not known, left out.
        held: (4,), values of parameters that are not fitted; NaN: fitted. None: all are fitted.

    Returns:
        (start, 4): for each of some steepnesses the best middle of a grid, or for each of some parts of the
        doses where the steepness is held.
    """
    held = np.full(4, np.nan) if held is None else np.asarray(held, dtype=float)
    finite = log_dose[np.isfinite(log_dose)]
    middles = np.linspace(finite.min() - 0.5, finite.max() + 0.5, _GRID_MIDDLES)
    steep = np.log(_GRID_HILLS)
    middles = middles if np.isnan(held[MIDDLE]) else held[[MIDDLE]]
    steep = steep if np.isnan(held[STEEPNESS]) else held[[STEEPNESS]]
    hills, mids = (grid.ravel() for grid in np.meshgrid(steep, middles, indexing="ij"))
    places = np.stack([np.zeros_like(mids), np.zeros_like(mids), mids, hills], axis=1)
    places[:, :2], squares = _solved(places, log_dose, values, held)
    parts = np.array_split(np.arange(len(places)), min(len(_GRID_HILLS), len(places)))
    return places[[part[int(np.argmin(squares[part]))] for part in parts]]


def shapes(log_dose: Array) -> Array:
    """Logistic curves from 0 to 1 of the grid that `starts` looks at, (shape, point)."""
    finite = log_dose[np.isfinite(log_dose)]
    middles = np.linspace(finite.min() - 0.5, finite.max() + 0.5, _GRID_MIDDLES)
    grid = np.array([(0.0, 1.0, middle, np.log(hill)) for hill in _GRID_HILLS for middle in middles])
    return curve(grid, log_dose)


def best_fits(log_dose: Array, values: Array, held: Array | None = None) -> tuple[Array, Array]:
    """The best curve through each row of values, from all of its `starts`.

    Args:
        log_dose: (point,), log10 nM; -inf: no drug.
        values: (fit, point). NaN: not known, left out.
        held: (fit, 4), values of parameters that are not fitted; NaN: fitted. None: all are fitted.

    Returns:
        Parameters (fit, 4) and the sums of squares (fit,).
    """
    held = np.full((len(values), 4), np.nan) if held is None else held
    begin = [starts(log_dose, row, keep) for row, keep in zip(values, held, strict=True)]
    owner = np.repeat(np.arange(len(values)), [len(one) for one in begin])
    found, squares = least_squares(log_dose, values[owner], np.concatenate(begin), np.isnan(held)[owner])
    order = np.lexsort((squares, owner))
    first = np.searchsorted(owner[order], np.arange(len(values)))
    return found[order[first]], squares[order[first]]


def slopes_at(parameters: Array, log_dose: Array) -> Array:
    """(fit, point, 4): how the value changes with each parameter."""
    share, scaled = _share(parameters, log_dose)
    height = (parameters[:, RIGHT] - parameters[:, LEFT])[:, None]
    bell = height * share * (1.0 - share)
    hill = np.exp(parameters[:, STEEPNESS])[:, None]
    return np.stack([1.0 - share, share, -hill * _LN10 * bell, scaled * bell], axis=2)


def _share(parameters: Array, log_dose: Array) -> tuple[Array, Array]:
    """How far from left to right, 0 to 1, and what it is the logistic of; both (fit, point)."""
    hill = np.exp(parameters[:, STEEPNESS])[:, None]
    scaled = np.clip(hill * _LN10 * (log_dose - parameters[:, MIDDLE, None]), -700.0, 700.0)
    return np.where(np.isneginf(log_dose), 0.0, expit(scaled)), scaled


def _model(parameters: Array, log_dose: Array, values: Array) -> tuple[Array, Array]:
    """Residuals (fit, point) and slopes (fit, point, 4); both 0 where a value is not known."""
    known = ~np.isnan(values)
    residual = np.where(known, values - curve(parameters, log_dose), 0.0)
    return residual, slopes_at(parameters, log_dose) * known[:, :, None]


def _step(residual: Array, slopes: Array, moves: Array, damping: Array) -> Array:
    """Damped Gauss-Newton steps, (fit, 4); zero for what is held."""
    slopes = slopes * moves[:, None, :]
    normal = np.einsum("fpi,fpj->fij", slopes, slopes)
    gradient = np.einsum("fpi,fp->fi", slopes, residual)
    size = np.einsum("fii->fi", normal)
    # A parameter without influence keeps its place: its row is the identity.
    size = np.where(moves & (size > 0), size, 1.0)
    normal = normal + (damping[:, None] * size)[:, :, None] * np.eye(4) + np.eye(4) * 1e-300
    normal = normal + np.eye(4) * (~moves)[:, :, None]
    step = np.linalg.solve(normal, gradient[:, :, None])[:, :, 0]
    return np.clip(step, [-np.inf, -np.inf, -2.0, -1.5], [np.inf, np.inf, 2.0, 1.5])


def _solved(places: Array, log_dose: Array, values: Array, held: Array) -> tuple[Array, Array]:
    """The best left and right at each place (place, 2), where they are not held, and the sums of squares."""
    known = ~np.isnan(values)
    y = values[known]
    share, _ = _share(places, log_dose[known])
    rest = 1.0 - share
    left, right = (np.full(len(places), held[one]) for one in (LEFT, RIGHT))
    if np.isnan(held[LEFT]) and np.isnan(held[RIGHT]):
        # Least squares with two columns: centered, since they add up to one.
        middle, height = share.mean(axis=1), y.mean()
        spread = np.sum((share - middle[:, None]) ** 2, axis=1)
        slope = np.sum((share - middle[:, None]) * (y - height), axis=1) / np.maximum(spread, 1e-12)
        left = height - slope * middle
        right = left + slope
    elif np.isnan(held[LEFT]):
        left = np.sum(rest * (y - share * held[RIGHT]), axis=1) / np.maximum(np.sum(rest**2, axis=1), 1e-12)
    elif np.isnan(held[RIGHT]):
        right = np.sum(share * (y - rest * held[LEFT]), axis=1) / np.maximum(np.sum(share**2, axis=1), 1e-12)
    fitted = left[:, None] * rest + right[:, None] * share
    return np.stack([left, right], axis=1), np.sum((y - fitted) ** 2, axis=1)
