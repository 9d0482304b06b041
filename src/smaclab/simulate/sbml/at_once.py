"""A model without events and jumps through the compiled program, as one cell of a batch.

Twin: `follow`, step by step with SciPy.
"""

from dataclasses import replace
from functools import lru_cache
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.network.network import Network
from smaclab.simulate.change import Assignment
from smaclab.simulate.sbml.follow import Task
from smaclab.simulate.sbml.system import System
from smaclab.simulate.status import Status

Array = NDArray[Any]

COMPILING_S, COMPILING_S_EACH = 0.5, 1.2e-4
STEP_S, STEP_S_EACH = 1e-6, 5e-9
PLACES = 400  # besides the times that are asked for, at which the first round looks how large states become


def can(system: System) -> bool:
    """Whether the compiled program may follow this model: nothing to watch, and llvmlite is here."""
    if system.model.events or system.has_jumps or not system.model.states:
        return False
    try:
        import llvmlite  # noqa: F401
    except ImportError:
        return False
    return True


def compiling_s(system: System) -> float:
    """What compiling is expected to take, s of a core; it cannot be stopped on the way.

    ErbB signaling, with 500 species, 1,654 reactions and 42,107 multiply-adds, took 6.5 s; 58 species 0.5 s.
    """
    return COMPILING_S + COMPILING_S_EACH * system.work


def _most_steps(system: System, task: Task) -> int:
    """As many as there is time for: the program cannot be stopped on the way.

    A step took 135 us with 500 species (2.3 ns for each of `System.work`), 4 us with 58 species (4.4 ns).
    """
    if task.until_s is None:
        return task.max_steps
    left_s = max(task.until_s - monotonic(), 0.0)
    return int(min(task.max_steps, 1 + left_s / (STEP_S + STEP_S_EACH * system.work)))


def states_at(system: System, task: Task, *, keep: bool = True) -> Array | None:
    """The states (time, state) at the task's times; None where the program could not follow them.

    Args:
        system: of a model for which `can` holds.
        task: its floors are the absolute tolerance.
        keep: whether the compiled code is kept on disk.
    """
    from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate

    program = _program(system.model.network, keep)
    start, end = float(task.times[0]), float(task.times[-1])
    cells = Cells(
        counts=task.states[None],
        parameters=task.parameters[None],
        start_s=np.array([start]),
        end_s=np.array([end]),
        changes=[_assignments(system, task)],
    )
    ends = integrate(
        program,
        system.kernel,
        cells,
        Looks(time_s=task.times, observe=np.eye(len(task.states))),
        Tolerance(
            relative=task.relative,
            floor=np.asarray(task.floors) / task.relative,
            max_steps=_most_steps(system, task),
        ),
    )
    return ends.counts[0] if ends.status[0] == Status.OK else None


def largest(system: System, task: Task) -> Array | None:
    """The largest size of each state (state,) over the whole time."""
    more = np.linspace(float(task.times[0]), float(task.times[-1]), PLACES)
    times = np.union1d(task.times, more)
    found = states_at(system, replace(task, times=times))
    return None if found is None else np.max(np.abs(found), axis=0)


@lru_cache(maxsize=8)
def _program_of(network: Any, keep: bool) -> Any:  # noqa: FBT001 - a key of the cache
    from smaclab.kernel.native import compile_program

    return compile_program(network.network, keep=keep)


class _Same:
    """A network as a key: the very same object."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def __hash__(self) -> int:
        return id(self.network)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.network is self.network


def _program(network: Network, keep: bool) -> Any:  # noqa: FBT001
    return _program_of(_Same(network), keep)


def _assignments(system: System, task: Task) -> tuple[Assignment, ...]:
    """Doses that meet at one time are one change; one of a species that is fixed changes a parameter."""
    found = []
    parameters = np.array(task.parameters)
    states = {name: n for n, name in enumerate(system.model.states)}
    fixed = system.model.network.parameter_index
    for time in sorted({time for time, _, _ in task.doses}):
        several = [(raw, amount) for when, raw, amount in task.doses if when == time]
        moved = {states[raw]: 0.0 for raw, _ in several if raw in states}
        for raw, amount in several:
            if raw in states:
                moved[states[raw]] += amount
            else:
                parameters[fixed[raw]] += amount
        set_now = sorted({fixed[raw] for raw, _ in several if raw not in states})
        found.append(
            Assignment(
                time_s=time,
                parameters=np.array(set_now, dtype=np.intp),
                values=parameters[set_now],
                species=np.array(list(moved), dtype=np.intp),
                amounts=np.array(list(moved.values())),
                adds=np.ones(len(moved)),
            )
        )
    return tuple(found)
