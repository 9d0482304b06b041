"""Why a cell's solve ended, and what to try when it ended badly."""

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Status(IntEnum):
    """How the solve of one cell ended. Everything but OK means: the cell's numbers are unknown."""

    OK = 0
    STEP_LIMIT = 1
    NON_FINITE = 2
    NO_REST = 3
    UNSUCCESSFUL = 4
    EXCEPTION = 5


ADVICE: dict[Status, str] = {
    Status.OK: "The cell was solved to the end.",
    Status.STEP_LIMIT: (
        "Too many steps. Look for a dose, an amount or a rate constant that is orders of magnitude larger "
        "than the others; in Python, `SciPySolver(max_steps=...)` allows more."
    ),
    Status.NON_FINITE: (
        "A count became infinite or not a number. The usual cause is a rate constant off by its unit."
    ),
    Status.NO_REST: (
        "The untreated cell has no steady state, so there is no state to start from. Look for a protein that "
        "is made and never lost, or for an oscillation without the drug."
    ),
    Status.UNSUCCESSFUL: (
        "The solver gave up on its step size. Look for a dose or an amount far outside the usual, or for a "
        "rate that jumps; in Python, try `SciPySolver(algorithm='BDF')` or a looser `rtol`."
    ),
    Status.EXCEPTION: (
        "The solver raised an error; its words follow, and stand in `messages`. Run this one cell alone to "
        "see it."
    ),
}


def blank_failures(values: Array, status: Array) -> Array:
    """NaN wherever the solve failed: a failure must never be mistaken for a result.

    Args:
        values: (experiment, cell, ...), any unit.
        status: (experiment, cell), `Status` numbers.

    Returns:
        A copy of `values`, same shape, with NaN in every cell whose status is not OK.
    """
    ok = (np.asarray(status) == Status.OK).reshape(status.shape + (1,) * (values.ndim - status.ndim))
    return np.where(ok, values, np.nan)


def counted(status: Array) -> dict[str, int]:
    """How many cells ended how, by name; statuses that nobody has are left out.

    Args:
        status: (experiment, cell), `Status` numbers.
    """
    return {kind.name: int(np.sum(status == kind)) for kind in Status if np.any(status == kind)}
