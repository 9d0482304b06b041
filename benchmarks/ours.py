"""Our side, behind one function: the compiled solver, in one thread, on every cell of a case."""

import time

import numpy as np

from benchmarks.case import Case
from benchmarks.peer import Run
from benchmarks.programs import program
from smaclab.kernel.native import Real
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate

NAME = "smaclab Rodas5"
MOST_CELLS: int | None = None
"""Cells that are solved at most; None: all of the case."""

RTOLS = (
    1e-3, 9e-4, 8e-4, 7e-4, 6e-4, 5e-4, 4e-4, 3e-4, 2e-4, 1e-4, 6e-5, 5e-5, 4e-5, 3.5e-5, 3e-5, 2.5e-5, 2e-5,
    1.8e-5, 1.6e-5, 1.4e-5, 1.2e-5, 1e-5, 8e-6, 5e-6, 3e-6, 1e-6, 1e-8,
)  # fmt: skip
FLOORS = (3.0, 1.0)  # molecules
SETTINGS: tuple[tuple[float, float], ...] = tuple((rtol, rtol * floor) for rtol in RTOLS for floor in FLOORS)
"""(relative, absolute) tolerance, molecules; fast to accurate: the first as accurate as the peer counts."""

REALS: dict[str, Real] = {"f64": "double", "f32": "float"}
FINEST = {"f64": 0.0, "f32": 1e-6}


def settings(precision: str) -> tuple[tuple[float, float], ...]:
    """Of `SETTINGS` those that a precision can use: singles have seven digits, rounding is all below."""
    return tuple(one for one in SETTINGS if one[0] >= FINEST[precision])


def ours(case: Case, rtol: float, atol: float, precision: str) -> Run:
    """Every cell of the case.

    Args:
        case: counts and parameters at time 0, no changes, no deaths; observables at `case.time_s`.
        rtol: relative tolerance.
        atol: absolute tolerance, molecules.
        precision: "f64" or "f32".

    Returns:
        values (cell, time, observable); cpu_s: process CPU seconds of the solves, arrays of arguments
        included; steps: of all cells; codegen_s: CPU seconds from the network to machine code, nothing
        cached on disk.

    Raises:
        NotImplementedError: there is no such precision.
    """
    if precision not in REALS:
        raise NotImplementedError(f"{NAME} has no {precision}.")
    made, codegen_s = program(case.network, REALS[precision])
    start = time.process_time()
    cells = Cells(
        counts=case.counts,
        parameters=case.parameters,
        start_s=np.zeros(case.n_cells),
        end_s=np.full(case.n_cells, case.time_s[-1]),
    )
    looks = Looks(time_s=case.time_s, observe=case.observe)
    ends = integrate(made, case.kernel, cells, looks, Tolerance(relative=rtol, floor=atol / rtol))
    cpu_s = time.process_time() - start
    return Run(values=ends.counts, cpu_s=cpu_s, steps=int(ends.steps.sum()), codegen_s=codegen_s)
