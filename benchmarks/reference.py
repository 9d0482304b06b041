"""What is true, as far as anybody can tell: LSODA with our kernel's Jacobian at 1e-11, every cell.

libRoadRunner at 1e-12 solves the first cells again: other code for the equations, other code for the method.
Where there is no time for that (a second for each cell), the two change places: the peer at 1e-12 solves
every cell, LSODA the first ones. So our own solver never judges itself.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.cache import cached
from benchmarks.case import Case
from benchmarks.peer import ATOL as ATOL_OF_PEER
from benchmarks.peer import RTOL as RTOL_OF_PEER
from benchmarks.peer import Peer
from smaclab.kernel import compile_kernel
from smaclab.network.identity import identity
from smaclab.network.network import Network
from smaclab.simulate.run import usable_cores
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import CellProblem
from smaclab.simulate.status import Status

Array = NDArray[Any]

RTOL = 1e-11
CHECK_RTOL, CHECK_ATOL = 1e-12, 1e-12
CHECKED_CELLS, CHECKED_CELLS_QUICK = 5, 2
AGREES = 1e-6  # a thousandth of the smallest error that is compared


def reference(case: Case) -> Array:
    """(cell, time, observable), molecules."""
    parts = (
        identity(case.network).encode(), case.counts.tobytes(), case.parameters.tobytes(),
        case.time_s.tobytes(), repr((case.observables, RTOL)).encode(),
    )  # fmt: skip
    return cached(f"{case.name}-reference", parts, lambda: solved(case, usable_cores()))


def solved(case: Case, workers: int) -> Array:
    """(cell, time, observable): all cells at 1e-11, shared out over processes; equal bits for any number."""
    shares = [range(first, case.n_cells, workers) for first in range(min(workers, case.n_cells))]
    if len(shares) == 1:
        return np.array(_share(case, shares[0]))
    values = np.empty((case.n_cells, len(case.time_s), len(case.observables)))
    # Started afresh: a fork of a process that has threads may hang. A kernel is made again, it has no pickle.
    plain = {field.name: getattr(case, field.name) for field in fields(case) if field.name != "kernel"}
    with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as pool:
        found = [pool.submit(_made_share, (type(case), case.network), plain, share) for share in shares]
        for share, future in zip(shares, found, strict=True):
            values[share] = future.result()
    return values


def _made_share(of: tuple[type[Case], Network], plain: dict[str, Any], cells: range) -> list[Array]:
    kind, network = of
    return _share(kind(kernel=compile_kernel(network), **plain), cells)


def _share(case: Case, cells: range) -> list[Array]:
    return [solve_cell(case, cell, SciPySolver(rtol=RTOL, max_steps=10**6)) for cell in cells]


def solve_cell(case: Case, cell: int, solver: SciPySolver) -> Array:
    """(time, observable) of one cell; NaN where it failed."""
    problem = CellProblem(
        kernel=case.kernel, rest=case.counts[cell], parameters=case.parameters[cell], changes=(),
        time_s=case.time_s, end_s=float(case.time_s[-1]), observe=case.observe, watches=(),
    )  # fmt: skip
    solution = solver.solve(problem)
    if solution.status is not Status.OK:
        return np.full((len(case.time_s), len(case.observables)), np.nan)
    return solution.counts


def errors(values: Array, truth: Array) -> Array:
    """(cell,): the largest |y - ref| / (|ref| + 1 molecule) over times and observables; inf: it failed."""
    found = np.max(np.abs(values - truth) / (np.abs(truth) + 1.0), axis=(1, 2))
    return np.where(np.isnan(found), np.inf, found)


def cross_checked(case: Case, truth: Array, peer: Peer) -> float:
    """How far libRoadRunner at 1e-12 is from the reference on the first cells.

    Args:
        case: what is solved.
        truth: (cell, time, observable), the reference.
        peer: made for the case; it has its usual tolerances afterwards.

    Raises:
        RuntimeError: too far to trust either.
    """
    cells = min(CHECKED_CELLS, case.n_cells)
    return _agreement(case, _peer_at_its_best(peer, cells), truth[:cells])


def quick_reference(case: Case, peer: Peer) -> tuple[Array, float]:
    """LibRoadRunner at 1e-12 for every cell, and how far LSODA is from it on the first cells.

    Args:
        case: what is solved.
        peer: made for the case; it has its usual tolerances afterwards.

    Returns:
        (cell, time, observable) in molecules, and the largest error.

    Raises:
        RuntimeError: a cell failed, or they are too far apart to trust either.
    """
    truth = _peer_at_its_best(peer, case.n_cells)
    if not np.all(np.isfinite(truth)):
        raise RuntimeError(f"{case.name}: libRoadRunner fails at {CHECK_RTOL:g}; measure without --quick.")
    few = case.first(min(CHECKED_CELLS_QUICK, case.n_cells))
    return truth, _agreement(case, truth[: few.n_cells], solved(few, 1))


def _peer_at_its_best(peer: Peer, cells: int) -> Array:
    peer.tolerate(CHECK_RTOL, CHECK_ATOL)
    found = peer.solve(range(cells)).values
    peer.tolerate(RTOL_OF_PEER, ATOL_OF_PEER)
    return found


def _agreement(case: Case, one: Array, other: Array) -> float:
    worst = float(np.max(errors(one, other)))
    if not worst < AGREES:
        raise RuntimeError(
            f"{case.name}: two references differ by {worst:.1e}; at most {AGREES:g} is allowed."
        )
    return worst
