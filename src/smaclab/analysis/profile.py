"""Profile intervals of a logistic curve: how far one parameter can go while the others make up for it.

A parameter is held at a value and the others are fitted again. The interval ends where the sum of squares
has risen by more than chance would have it: by F(1, n - p) times the residual variance. Where it never does,
the interval has no end on that side, and says so.

Source:  Bates and Watts (1988), Nonlinear Regression Analysis and Its Applications, section 6.1; Venzon and
         Moolgavkar (1988), doi 10.2307/2347496.
Valid:   for independent errors of one size. Points that share an error make it too narrow.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from smaclab.analysis import logistic
from smaclab.analysis.estimate import LEVEL
from smaclab.analysis.logistic import LEFT, MIDDLE, RIGHT, Array

FAR_DECADES = 6.0
"""An end further outside of the doses than this is none."""

FAR_SPANS = 1e3
"""An end further away than this many times the range of the values is none."""

_MOST_LOOKS = 60
_CLOSE = 1e-3  # of the distance from the estimate to the end: nobody reads an interval finer


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A curve and what it was fitted to.

    log_dose, values: (point,), all known; -inf: no drug.
    parameters: (4,), see `logistic.curve`.
    held: (4,), NaN where the parameter was fitted.
    squares: the sum of squares.
    """

    log_dose: Array
    values: Array
    parameters: Array
    held: Array
    squares: float

    @property
    def freedom(self) -> int:
        """Points minus fitted parameters."""
        return len(self.values) - int(np.sum(np.isnan(self.held)))

    @property
    def variance(self) -> float:
        """Of the scatter around the curve; at least what rounding makes of an exact curve."""
        span = float(np.ptp(self.values)) or 1.0
        return max(self.squares / max(self.freedom, 1), (1e-7 * span) ** 2)


def fit(log_dose: Array, values: Array, held: Array | None = None) -> Fitted:
    """The best curve through known values.

    Args:
        log_dose: (point,), log10 nM; -inf: no drug.
        values: (point,). NaN: not known, left out.
        held: (4,), values of parameters that are not fitted; NaN: fitted.
    """
    known = ~np.isnan(values)
    held = np.full(4, np.nan) if held is None else held
    found, squares = logistic.best_fits(log_dose[known], values[known][None], held[None])
    return Fitted(
        log_dose=log_dose[known],
        values=values[known],
        parameters=found[0],
        held=held,
        squares=float(squares[0]),
    )


def limits(fitted: Fitted, *, level: float = LEVEL) -> Array:
    """Ends of the intervals of all parameters.

    Args:
        fitted: the best curve.
        level: how often the interval is to hold the true number.

    Returns:
        (4, 2): low and high of left, right, middle (log10 nM) and ln hill. -inf, inf: no end on this side.
        A parameter that was held has its value twice; NaN where no point is left over.
    """
    ends = np.repeat(fitted.parameters[:, None], 2, axis=1)
    free = np.flatnonzero(np.isnan(fitted.held))
    if fitted.freedom < 1:
        ends[free] = np.nan
        return ends
    allowed = fitted.squares + fitted.variance * fdtri(1, fitted.freedom, level)
    sides = [(int(which), side) for which in free for side in (0, 1)]
    for (which, side), end in zip(sides, _ends(fitted, sides, allowed), strict=True):
        ends[which, side] = end
    return ends


def squares_at(fitted: Fitted, which: Array, at: Array, begin: Array | None = None) -> tuple[Array, Array]:
    """The profile: sums of squares with one parameter held and the others fitted again.

    Args:
        fitted: the best curve.
        which: (look,), the parameter that is held in each look.
        at: (look,), where.
        begin: (look, 4), where to begin; None: the grid of `logistic.starts`, slower and surer.

    Returns:
        Sums of squares (look,) and parameters (look, 4).
    """
    looks = np.arange(len(which))
    held = np.repeat(fitted.held[None], len(which), axis=0)
    held[looks, which] = at
    values = np.repeat(fitted.values[None], len(which), axis=0)
    if begin is None:
        found, squares = logistic.best_fits(fitted.log_dose, values, held)
        return squares, found
    begin = begin.copy()
    begin[looks, which] = at
    found, squares = logistic.least_squares(fitted.log_dose, values, begin, np.isnan(held))
    return squares, found


def _ends(fitted: Fitted, sides: list[tuple[int, int]], allowed: float) -> Array:
    """Where each side's profile crosses `allowed`; all sides are searched together."""
    which = np.array([one for one, _ in sides])
    sign = np.array([-1.0 if side == 0 else 1.0 for _, side in sides])
    center = fitted.parameters[which]
    nearest, farthest = _farthest(fitted)
    reach = np.maximum(np.where(sign < 0, center - nearest[which], farthest[which] - center), 0.0)
    ends = sign * np.inf
    step = np.minimum(_first_steps(fitted)[which], reach)
    inside, outside = np.zeros(len(which)), np.full(len(which), np.nan)
    low, high = np.full(len(which), fitted.squares), np.full(len(which), np.nan)
    warm = np.repeat(fitted.parameters[None], len(which), axis=0)
    open_ = reach > 0
    for look in range(_MOST_LOOKS):
        looks = np.flatnonzero(open_)
        if not len(looks):
            break
        tried = step[looks]
        squares, found = squares_at(fitted, which[looks], center[looks] + sign[looks] * tried, warm[looks])
        crossed = squares > allowed
        first = crossed & np.isnan(outside[looks])
        if first.any():  # another valley may still be allowed here: look from everywhere
            again = looks[first]
            sure, places = squares_at(fitted, which[again], center[again] + sign[again] * step[again])
            deeper = sure < squares[first]
            squares[first] = np.minimum(squares[first], sure)
            found[first] = np.where(deeper[:, None], places, found[first])
            crossed = squares > allowed
        inside[looks] = np.where(crossed, inside[looks], tried)
        low[looks] = np.where(crossed, low[looks], squares)
        outside[looks] = np.where(crossed, tried, outside[looks])
        high[looks] = np.where(crossed, squares, high[looks])
        warm[looks] = np.where(crossed[:, None], warm[looks], found)
        closed = outside[looks] - inside[looks] <= _CLOSE * outside[looks]
        ends[looks[closed]] = (center + sign * inside)[looks[closed]]
        endless = ~crossed & (tried >= reach[looks])
        open_[looks[closed | endless]] = False
        rises = np.array([low, high]) - fitted.squares
        halves = look % 2 == 1  # at a cliff a secant creeps; halving every other time cannot
        step = _next(step, (inside, outside), rises, allowed - fitted.squares, halves=halves)
        step = np.minimum(step, reach)
    return np.where(open_ & np.isfinite(outside), center + sign * inside, ends)


def _next(step: Array, bracket: tuple[Array, Array], rises: Array, wanted: float, *, halves: bool) -> Array:
    """Where to look next: twice as far while nothing was crossed, else inside the bracket.

    The square root of the rise is nearly a straight line, so a secant in it lands close; it is kept off the
    ends of the bracket, so that the bracket shrinks from both sides.
    """
    inside, outside = bracket
    low, high = np.sqrt(np.maximum(rises, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        part = (np.sqrt(wanted) - low) / (high - low)
    part = np.where(np.isfinite(part) & (not halves), np.clip(part, 0.03, 0.97), 0.5)
    return np.where(np.isnan(outside), 2.0 * step, inside + part * (outside - inside))


def _farthest(fitted: Fitted) -> tuple[Array, Array]:
    """Beyond these (4,) an end is none."""
    low, high = logistic.bounds(fitted.log_dose)
    span = FAR_SPANS * (float(np.ptp(fitted.values)) or 1.0)
    low[[LEFT, RIGHT]], high[[LEFT, RIGHT]] = fitted.values.min() - span, fitted.values.max() + span
    inset = logistic.BEYOND_DECADES - FAR_DECADES
    low[MIDDLE], high[MIDDLE] = low[MIDDLE] + inset, high[MIDDLE] - inset
    return low, high


def _first_steps(fitted: Fitted) -> Array:
    """Some two standard errors of each parameter by the curve's slopes, (4,), within what is sensible."""
    slopes = logistic.slopes_at(fitted.parameters[None], fitted.log_dose)[0] * np.isnan(fitted.held)
    error = np.sqrt(np.maximum(np.diag(np.linalg.pinv(slopes.T @ slopes)) * fitted.variance, 0.0))
    span = float(np.ptp(fitted.values)) or 1.0
    usual = np.array([0.1 * span, 0.1 * span, 0.1, 0.1])
    # Never nearly nothing: where slopes vanish, as at an exact step, doubling would take for ever.
    return np.clip(2.0 * error, 1e-3 * usual, 5.0 * usual)
