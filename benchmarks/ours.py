"""Our side, behind one function.

`ours(case, rtol, floor, precision)` solves every cell of a case in one thread and says what it cost.  Until a
kernel that solves many cells at once is in its place, SciPy's LSODA stands in, in f64 only and on few cells.
"""

import time

import numpy as np

from benchmarks.case import Case
from benchmarks.peer import Run
from benchmarks.reference import solve_cell
from smaclab.simulate.scipy_solver import SciPySolver

NAME = "SciPy LSODA (stand-in)"
MOST_CELLS: int | None = 16
"""Cells that are solved at most; None: all of the case."""

SETTINGS: tuple[tuple[float, float], ...] = (
    (1e-4, 1e-3),
    (1e-5, 1e-4),
    (1e-6, 1e-4),
    (1e-7, 1e-5),
    (1e-8, 1e-6),
)
"""(relative tolerance, floor in molecules), fast to accurate: the first as accurate as the peer counts."""


def ours(case: Case, rtol: float, floor: float, precision: str) -> Run:
    """Every cell of the case.

    Args:
        case: counts and parameters at time 0, no changes, no deaths; observables at `case.time_s`.
        rtol: relative tolerance.
        floor: molecules; the absolute tolerance of a species is `rtol` times its amount or this.
        precision: "f64" or "f32".

    Returns:
        values (cell, time, observable); cpu_s: process CPU seconds of the solves; steps: of all cells;
        codegen_s: CPU seconds from the network to a kernel that can run, nothing cached on disk.

    Raises:
        NotImplementedError: there is no such precision yet.
    """
    if precision != "f64":
        raise NotImplementedError(f"{NAME} has no {precision}.")
    del floor  # SciPySolver has its own
    solver = SciPySolver(rtol=rtol, max_steps=10**6)
    start = time.process_time()
    values = np.array([solve_cell(case, cell, solver) for cell in range(case.n_cells)])
    return Run(values=values, cpu_s=time.process_time() - start)
