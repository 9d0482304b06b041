"""The batch loop: every cell of every experiment, in one process or in several, with the same bits."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.kernel.kernel import Kernel
from smaclab.network.network import Network
from smaclab.simulate.audit import Audit, summary
from smaclab.simulate.batch import Batch
from smaclab.simulate.choose import default_solver
from smaclab.simulate.chunk import Chunk
from smaclab.simulate.many_solver import AnySolver, ManySolver
from smaclab.simulate.solver import CellProblem, CellSolution, Rest, Solver, failed
from smaclab.simulate.status import Status
from smaclab.simulate.trajectory import Trajectory

Array = NDArray[Any]
Progress = Callable[[int, int], None]  # cells done, cells in all

TASKS_PER_WORKER = 8  # few enough to share rests, many enough that no worker idles long at the end
LARGEST_TASK = 64  # cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Some cells of some experiments that share their rests; what one worker does at a time."""

    experiments: tuple[int, ...]
    cells: range


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """One cell of one experiment, with its place."""

    experiment: int
    cell: int
    solution: CellSolution


def simulate(
    batch: Batch,
    kernel: Kernel,
    *,
    solver: AnySolver | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Trajectory:
    """Solve a batch.

    A cell's numbers do not depend on the slice, the order or the number of workers it was solved with.

    Args:
        batch: from `plan`.
        kernel: of the network that the batch was planned for.
        solver: `default_solver()` if None.
        workers: threads, or for a solver of single cells processes; None or 1 solves right here. A script
            that asks for more processes must do so under `if __name__ == "__main__":`, because each of them
            imports it.
        progress: called with cells done and cells in all.

    Returns:
        Counts, deaths and a status per cell. A cell that failed is NaN with a status; the others are
        complete.

    Raises:
        SimulationError: a batch for another network, less than one worker, or workers that died.
    """
    solver = solver or default_solver()
    workers = 1 if workers is None else workers
    if not isinstance(workers, int) or workers < 1:
        raise SimulationError(f"workers = {workers}. Give 1 or more, or None for one.")
    _check_fits(batch, kernel.network)
    total = len(batch.recipes) * batch.n_cells
    if isinstance(solver, ManySolver):
        return _collected(batch, solver, _told(solver.chunks(batch, kernel, workers), total, progress))
    todo = list(tasks(batch, workers))
    if workers == 1:
        solved = _here(batch, kernel, solver, todo)
    else:
        solved = _in_processes(batch, kernel, solver, todo, workers)
    return _collected(batch, solver, (_single(batch, one) for one in _counted(solved, total, progress)))


def usable_cores() -> int:
    """How many cores this process may use; a good number of workers."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def tasks(batch: Batch, workers: int) -> Iterator[Task]:
    """The batch cut into tasks; experiments whose cells rest in the same states stay together.

    Args:
        batch: to cut.
        workers: how many will share the tasks.
    """
    groups: dict[bytes, list[int]] = {}
    for index, recipe in enumerate(batch.recipes):
        groups.setdefault(recipe.rest_key(), []).append(index)
    total = len(batch.recipes) * batch.n_cells
    size = min(max(total // (workers * TASKS_PER_WORKER), 1), LARGEST_TASK)
    for members in groups.values():
        wide = min(len(members), size)
        deep = max(size // wide, 1)
        for first in range(0, batch.n_cells, deep):
            cells = range(first, min(first + deep, batch.n_cells))
            for start in range(0, len(members), wide):
                yield Task(experiments=tuple(members[start : start + wide]), cells=cells)


def solve_task(batch: Batch, kernel: Kernel, solver: Solver, task: Task) -> Iterator[Solved]:
    """Write out and solve the cells of one task; a rest that several arms share is solved once.

    Args:
        batch: which the task is a part of.
        kernel: of the batch's network.
        solver: does the work.
        task: which cells.
    """
    written_out = {index: batch.recipes[index].parameters(task.cells) for index in task.experiments}
    for row, cell in enumerate(task.cells):  # one individual after another, through all its arms
        rests: dict[bytes, Rest] = {}
        for experiment in task.experiments:
            recipe, parameters = batch.recipes[experiment], written_out[experiment][row]
            key = parameters.tobytes()
            if key not in rests:
                rests[key] = solver.rest(kernel, parameters)
            problem = CellProblem(
                kernel=kernel,
                rest=rests[key].counts,
                parameters=parameters,
                changes=recipe.changes,
                time_s=batch.time_s,
                end_s=recipe.end_s,
                observe=batch.observe,
                watches=recipe.watches,
            )
            yield Solved(experiment=experiment, cell=cell, solution=_solution(solver, problem, rests[key]))


def _solution(solver: Solver, problem: CellProblem, rest: Rest) -> CellSolution:
    if rest.status is not Status.OK:
        return failed(problem, rest.status, rest.message)
    solution = solver.solve(problem)
    if solution.status is Status.OK and not np.all(np.isfinite(solution.counts)):
        return failed(problem, Status.NON_FINITE, "a kept observable is not finite")
    return solution


# --- in this process, or in several -----------------------------------------------------------------------


def _here(batch: Batch, kernel: Kernel, solver: Solver, todo: list[Task]) -> Iterator[Solved]:
    for task in todo:
        yield from solve_task(batch, kernel, solver, task)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """What one worker process holds from its start to its end."""

    batch: Batch
    kernel: Kernel
    solver: Solver


_BENCH: list[_Bench] = []  # filled in worker processes only


def _set_up(batch: Batch, kernel: Kernel, solver: Solver) -> None:
    _BENCH[:] = [_Bench(batch=batch, kernel=kernel, solver=solver)]


def _work(task: Task) -> list[Solved]:
    bench = _BENCH[0]
    return list(solve_task(bench.batch, bench.kernel, bench.solver, task))


def _in_processes(
    batch: Batch, kernel: Kernel, solver: Solver, todo: list[Task], workers: int
) -> Iterator[Solved]:
    # `spawn` on every platform: `fork` copies the threads' locks of a notebook or a BLAS half-way.
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(todo)),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_set_up,
        initargs=(batch, kernel, solver),
    )
    try:
        for future in as_completed([pool.submit(_work, task) for task in todo]):
            yield from future.result()
    except BrokenProcessPool as error:
        raise SimulationError(
            f"one of {workers} worker processes ended early. In a script, call this under "
            'if __name__ == "__main__": (each worker imports the script); '
            "if memory ran out, use fewer workers; workers=1 needs no processes."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


# --- together again ---------------------------------------------------------------------------------------


def _check_fits(batch: Batch, network: Network) -> None:
    given = (len(batch.recipes[0].median), batch.observe.shape[1])
    needed = (len(network.parameters), len(network.species))
    if given != needed:
        raise SimulationError(
            f"the batch has {given[0]} parameters and {given[1]} species, the kernel's network {needed[0]} "
            f"and {needed[1]}. Plan the batch with the network that the kernel was compiled from."
        )


def _counted(solved: Iterator[Solved], total: int, progress: Progress | None) -> Iterator[Solved]:
    for done, one in enumerate(solved, start=1):
        yield one
        if progress is not None:
            progress(done, total)


def _told(chunks: Iterator[Chunk], total: int, progress: Progress | None) -> Iterator[Chunk]:
    done = 0
    for chunk in chunks:
        yield chunk
        done += chunk.status.size
        if progress is not None:
            progress(done, total)


def _single(batch: Batch, one: Solved) -> Chunk:
    kinds = [watch.kind for watch in batch.recipes[one.experiment].watches]
    kind, solution = one.solution.death_kind, one.solution
    return Chunk(
        members=(one.experiment,),
        cells=range(one.cell, one.cell + 1),
        counts=solution.counts[None, None],
        death_s=np.array([[solution.death_time_s]]),
        death_kind=np.array([[kinds.index(kind) if kind else -1]]),
        status=np.array([[solution.status]]),
        messages={(0, 0): solution.message} if solution.message else {},
    )


def _collected(batch: Batch, solver: AnySolver, chunks: Iterator[Chunk]) -> Trajectory:
    shape = (len(batch.recipes), batch.n_cells)
    counts = np.full((*shape, len(batch.time_s), len(batch.observables)), np.nan)
    death_time_s = np.full(shape, np.nan)
    longest = max([1, *(len(watch.kind) for recipe in batch.recipes for watch in recipe.watches)])
    death_kind = np.zeros(shape, dtype=f"<U{longest}")
    status = np.full(shape, Status.EXCEPTION, dtype=np.int8)
    messages: dict[tuple[int, int], str] = {}
    audits: list[Audit] = []
    for chunk in chunks:
        audits += chunk.audit
        cells = slice(chunk.cells.start, chunk.cells.stop)
        for arm, member in enumerate(chunk.members):
            kinds = np.array([*(watch.kind for watch in batch.recipes[member].watches), ""])  # -1: none
            counts[member, cells] = chunk.counts[arm]
            death_time_s[member, cells] = chunk.death_s[arm]
            death_kind[member, cells] = kinds[chunk.death_kind[arm]]
            status[member, cells] = chunk.status[arm]
        messages |= {
            (chunk.members[arm], chunk.cells[cell]): words for (arm, cell), words in chunk.messages.items()
        }
    return Trajectory(
        counts=counts,
        time_s=batch.time_s,
        observables=batch.observables,
        death_time_s=death_time_s,
        death_kind=death_kind,
        status=status,
        experiments=tuple(recipe.experiment for recipe in batch.recipes),
        end_s=np.array([recipe.end_s for recipe in batch.recipes]),
        messages=dict(sorted(messages.items())),
        algorithm=dict(solver.describe()) | ({"audit": summary(audits)} if audits else {}),
    )
