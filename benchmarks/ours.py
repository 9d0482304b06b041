"""Our side, behind one function: the compiled solver, in one thread, on every cell of a case."""

import time

import numpy as np

from benchmarks.case import Case
from benchmarks.peer import Run
from smaclab.kernel.native import Program, Real, compile_program
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
_PROGRAMS: dict[tuple[str, str], tuple[Program, float]] = {}


def program(case: Case, precision: str) -> tuple[Program, float]:
    """The case's program, and the CPU seconds it took to make, nothing on disk."""
    key = (case.name, precision)
    if key not in _PROGRAMS:
        start = time.process_time()
        made = compile_program(case.network, precision=REALS[precision], keep=False)
        _PROGRAMS[key] = (made, time.process_time() - start)
    return _PROGRAMS[key]


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
    made, codegen_s = program(case, precision)
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
