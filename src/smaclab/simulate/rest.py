"""Pre-equilibration: where an untreated cell stands before anything is done to it.

A cell is followed from the network's initial amounts for growing stretches of time (1e6, 1e7, 1e8 s) until
nothing moves any more: no species by more than 1e-4 of itself (or of one molecule) within an hour. Following
the cell keeps conserved totals, and finds the state that the cell really reaches where there are several.

A solver's own error keeps fast species trembling, so each stretch ends with a few implicit Euler steps of a
very long stride. They solve (1/h - J) d = f, and because both f and J d move along reactions only, so does d:
conserved totals stay.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.kernel.kernel import Kernel
from smaclab.simulate.solver import Rest
from smaclab.simulate.status import Status

Array = NDArray[Any]
Follow = Callable[[Array, float, float], tuple[Array, Status, str]]  # counts, from (s), to (s)

STRETCHES_S = (1e6, 1e7, 1e8)
STILL = 1e-4  # largest relative movement within an hour
HOUR_S = 3600.0
STRIDE_S = 1e9
POLISHES = 4
MOST_NEGATIVE = -1e-6  # molecules; rounding around zero, not a correction through it
LARGEST_POLISH = 0.02  # relative; a larger correction is no correction but another state


def movement(kernel: Kernel, counts: Array, rates: Array) -> float:
    """The largest movement of a species within an hour, relative to its count plus one molecule.

    Args:
        kernel: of the network.
        counts: (species,), molecules.
        rates: the kernel's constants.
    """
    slope = kernel.derivative(counts, rates)
    return float(np.max(np.abs(slope) * HOUR_S / (np.abs(counts) + 1.0), initial=0.0))


def find_rest(kernel: Kernel, start: Array, rates: Array, follow: Follow) -> Rest:
    """The steady state reached from `start`.

    Args:
        kernel: of the network.
        start: (species,), molecules.
        rates: the kernel's constants for this cell.
        follow: integrates from a time to a time (s); a status other than OK ends the search.

    Returns:
        The state, or NaN with status NO_REST (still moving after the last stretch) or the failure met on the
        way.
    """
    counts, time_s, moving = start, 0.0, np.inf
    for stop_s in STRETCHES_S:
        counts, status, message = follow(counts, time_s, stop_s)
        if status is Status.STEP_LIMIT:
            return _none(start, Status.NO_REST, f"not at rest within the step limit, before {stop_s:g} s")
        if status is not Status.OK:
            return _none(start, status, f"before the first dose: {message}")
        polished, settled = polish(kernel, counts, rates)
        moving = movement(kernel, polished, rates)
        if settled and moving < STILL:
            return Rest(counts=polished, status=Status.OK)
        time_s = stop_s
    return _none(start, Status.NO_REST, f"moves after {time_s:g} s, by {moving:.1e} of itself per hour")


def polish(kernel: Kernel, counts: Array, rates: Array) -> tuple[Array, bool]:
    """The state with the solver's trembling taken out, and whether it would stay there.

    A cell that something leaves or fills at a constant rate moves ever less relative to what it has become;
    that is no rest, and the long stride sees it.

    Args:
        kernel: of the network.
        counts: (species,), molecules, near a steady state.
        rates: the kernel's constants.

    Returns:
        (species,), molecules, and False where a stride of 30 years would lead elsewhere; then the state is
        the one given.
    """
    best, best_moving, settled = counts, movement(kernel, counts, rates), False
    trial = counts
    identity = np.eye(len(counts))
    for _ in range(POLISHES):
        matrix = identity / STRIDE_S - kernel.jacobian_dense(trial, rates)
        try:
            trial = trial + np.linalg.solve(matrix, kernel.derivative(trial, rates))
        except np.linalg.LinAlgError:
            break
        off = np.max(np.abs(trial - counts) / (np.abs(counts) + 1.0), initial=0.0)
        if not off <= LARGEST_POLISH or np.min(trial, initial=0.0) < MOST_NEGATIVE:
            break
        trial, settled = np.maximum(trial, 0.0), True
        moving = movement(kernel, trial, rates)
        if not moving < best_moving:
            break
        best, best_moving = trial, moving
    return best, settled


def _none(start: Array, status: Status, message: str) -> Rest:
    return Rest(counts=np.full_like(start, np.nan), status=status, message=message)
