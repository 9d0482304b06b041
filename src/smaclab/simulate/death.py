"""When a cell dies: the first time an observable reaches its threshold, located inside the solver's steps.

Death is absorbing. Looking only at sample times would round every death up and miss a threshold that is
crossed and left between two samples; looking at the dense output costs a few dot products a step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Array = NDArray[Any]
DenseOutput = Callable[[Any], Array]

LOOKS = np.array([0.25, 0.5, 0.75, 1.0])  # fractions of a step at which the threshold is looked for


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the parameter vector."""

    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One death rule, for one network.

    kind: what the death is called.
    weights: (species,), of the observable.
    threshold: what it takes to die, molecules: a number, or a place in the parameter vector, so that a change
        in time may move it.
    divided_by: where the parameter stands that divides the threshold; None: nothing does.
    """

    kind: str
    weights: Array
    threshold: float | Place
    divided_by: Place | None = None

    def level(self, parameters: Array) -> float:
        """The threshold now, molecules. parameters: (parameter,)."""
        at, divisor = self.threshold, self.divided_by
        level = float(parameters[at.index]) if isinstance(at, Place) else at
        return level if divisor is None else float(divided(level, parameters[divisor.index]))


def divided(threshold: Any, divisor: Any) -> Any:
    """The threshold over its divisor, both alike in shape; without bound where the divisor is 0."""
    with np.errstate(divide="ignore"):
        return np.where(np.equal(divisor, 0.0), np.inf, np.divide(threshold, divisor))


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """When (s), of what, and the state at that moment, (species,), molecules."""

    time_s: float
    kind: str
    counts: Array


def already_dead(watches: Sequence[Watch], time_s: float, counts: Array, parameters: Array) -> Death | None:
    """The death of a cell that stands at or beyond a threshold now; None where it stands below all.

    Args:
        watches: the rules; the first that applies names the death.
        time_s: now, s.
        counts: (species,), molecules.
        parameters: (parameter,).
    """
    for watch in watches:
        if watch.weights @ counts >= watch.level(parameters):
            return Death(time_s=time_s, kind=watch.kind, counts=counts)
    return None


def first_death(
    watches: Sequence[Watch], dense: DenseOutput, start_s: float, stop_s: float, parameters: Array
) -> Death | None:
    """The earliest crossing inside one step, or None.

    Args:
        watches: the rules.
        dense: time (s) -> (species,), or times -> (species, time), valid from `start_s` to `stop_s`.
        start_s: the step's beginning, where the cell is alive, s.
        stop_s: the step's end, s.
        parameters: (parameter,), constant over the step.
    """
    if not watches:
        return None
    looks = start_s + (stop_s - start_s) * LOOKS
    looks[-1] = stop_s
    states = dense(looks)
    found: tuple[float, str] | None = None
    for watch in watches:
        beyond = np.flatnonzero(watch.weights @ states >= watch.level(parameters))
        if len(beyond):
            low = looks[beyond[0] - 1] if beyond[0] else start_s
            time_s = _crossing(watch, dense, low, looks[beyond[0]], watch.level(parameters))
            found = min(found or (np.inf, ""), (time_s, watch.kind))
    return None if found is None else Death(time_s=found[0], kind=found[1], counts=dense(found[0]))


def _crossing(watch: Watch, dense: DenseOutput, low_s: float, high_s: float, threshold: float) -> float:
    def excess(time_s: float) -> float:
        return float(watch.weights @ dense(time_s)) - threshold

    if excess(low_s) >= 0:  # the interpolant may differ from the state by rounding where two steps meet
        return low_s
    if excess(high_s) < 0:
        return high_s
    return float(brentq(excess, low_s, high_s, xtol=1e-3, rtol=1e-12))
