"""How fast the error of a fixed-step method falls with its step: the judge of a method's order.

A method of order p has an error of C * h**p, a straight line of slope p when both are drawn as logarithms.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FEWEST = 3  # points on the line: two always are on one


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """Errors by step, and the line through their logarithms."""

    steps: Array
    """(point,), decreasing: the steps whose errors are used."""

    errors: Array
    """(point,), largest error over the components, each relative to `scale`."""

    order: float
    """The slope of the line: the estimated order."""

    constant: float
    """C of C * h**order."""

    crookedness: float
    """The largest distance of a point from the line, in powers of e: 0 is straight, 0.3 is no order."""

    @property
    def pairwise_orders(self) -> tuple[float, ...]:
        """The order between each step and the next smaller one; they tend to the order from one side."""
        points = list(zip(self.steps, self.errors, strict=True))
        return tuple(float(np.log(e / f) / np.log(h / g)) for (h, e), (g, f) in pairwise(points))


def convergence(
    integrate: Callable[[float], Array],
    exact: Array,
    steps: Sequence[float],
    *,
    scale: Array | None = None,
    rounding: float = 1e-13,
) -> Convergence:
    """The order of a method, by regression of log error on log step.

    Args:
        integrate: the state at the end for one fixed step; the step divides the duration.
        exact: (component,), the exact or reference solution at the end; good to well below the errors.
        steps: at least three, each small enough for the method to be in its asymptotic regime.
        scale: (component,), what each error is relative to; the size of `exact` where not given.
        rounding: relative errors below this are rounding and not the method's, and are left out.

    Raises:
        ValueError: fewer than three steps leave an error that is finite and above rounding.
    """
    given = np.array(sorted(steps, reverse=True), dtype=float)
    size = (
        np.maximum(np.abs(exact), np.finfo(float).tiny) if scale is None else np.asarray(scale, dtype=float)
    )
    errors = np.array([np.max(np.abs(integrate(float(step)) - exact) / size) for step in given])
    usable = np.isfinite(errors) & (errors > rounding)
    if usable.sum() < FEWEST:
        raise ValueError(
            f"{usable.sum()} of {len(given)} errors are finite and above {rounding}: {errors.tolist()}. "
            f"An order needs {FEWEST}: take other steps."
        )
    logs = np.log(given[usable]), np.log(errors[usable])
    slope, intercept = np.polyfit(*logs, 1)
    return Convergence(
        steps=given[usable],
        errors=errors[usable],
        order=float(slope),
        constant=float(np.exp(intercept)),
        crookedness=float(np.max(np.abs(logs[1] - slope * logs[0] - intercept))),
    )


def halvings(largest: float, times: int) -> tuple[float, ...]:
    """Steps that halve: the largest, then `times` smaller ones."""
    return tuple(largest / 2**time for time in range(times + 1))


def fixed_steps(step: Callable[[Array, float], Array], start: Array, end: float) -> Callable[[float], Array]:
    """From a rule for one step, (state, h) -> state, an `integrate` of an autonomous problem from 0 to `end`.

    Raises:
        ValueError: when called with a step that does not divide `end`.
    """

    def integrate(h: float) -> Array:
        whole = round(end / h)
        if abs(whole * h - end) > 1e-9 * end:
            raise ValueError(f"A step of {h} does not divide {end}.")
        state = np.array(start, dtype=float)
        for _ in range(whole):
            state = step(state, h)
        return state

    return integrate
