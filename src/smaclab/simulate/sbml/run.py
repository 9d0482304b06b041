"""A model over time, in two rounds: the first finds how large each state becomes, the second is the answer.

The absolute tolerance is each state's own, a part of the largest value that it reaches. One constant for all
would be wrong for models that count in moles and for models that count in molecules.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Literal, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError, SolveError, unknown
from smaclab.network.expression import Name
from smaclab.network.sbml import SbmlModel
from smaclab.network.sbml.limit import within
from smaclab.network.sbml.model import TIME
from smaclab.simulate.sbml import at_once
from smaclab.simulate.sbml.follow import MOST_SECONDS, Follower, Task
from smaclab.simulate.sbml.system import System

Array = NDArray[Any]

RELATIVE = 1e-9
FLOOR = 1e-6  # of the largest value of a state: below it the error is no longer relative to the value
TINY = 1e-14  # of the largest of all states: what a state that stays at 0 is compared with
COMPILED_FROM = 40  # states; compiling takes seconds, which a small model followed once does not repay
ROUGH = 1e-4  # relative tolerance of the first round
LAST_WORD_S = 0.3  # for a letter that says how far it came
COMPILING = 0.5  # of the time that is left: a model that takes more to compile is followed step by step
COUNTING = 0.1  # of it, to find out


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """An amount of a species, in the model's unit of substance, that is added at a time."""

    id: str
    amount: float
    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SbmlCourse:
    """A model's course. time: (time,). values: (time, id), what each id means in the model's formulas.

    amounts: (time,) by species. solver: which one followed it.
    """

    time: Array
    ids: tuple[str, ...]
    values: Array
    amounts: Mapping[str, Array]
    solver: str


class Settings(TypedDict, total=False):
    """How a model is followed; what is left out has its default.

    relative: tolerance. absolute: tolerance of every state; None: a millionth of the largest value that each
    reaches, times `relative`. solver: None: compiled for models of `COMPILED_FROM` states or more that have
    no events and no jumps. seconds: how long all of it may take, s.
    """

    relative: float
    absolute: float | None
    solver: Literal["compiled", "stepwise"] | None
    seconds: float


def simulate_model(
    model: SbmlModel,
    moments: Array,
    *,
    changes: Mapping[str, float] | None = None,
    doses: Sequence[Dose] = (),
    **settings: Unpack[Settings],
) -> SbmlCourse:
    """Follow a model.

    Args:
        model: what to follow.
        moments: (time,), the model's unit of time; increasing; the first is the start.
        changes: values by id instead of the file's, at the start.
        doses: amounts that are added.
        settings: see `Settings`.

    Returns:
        The value of every id at every time.

    Raises:
        SimulationError: an id that is not there, a value that the file does not give, or a failed solve.
    """
    _check_settings(settings)
    time = np.asarray(moments, dtype=float)
    if time.ndim != 1 or len(time) < 1 or not np.isfinite(time).all() or np.any(np.diff(time) <= 0):
        raise SimulationError(f"times must be finite and increase; given {time!r}.")
    seconds = settings.get("seconds", MOST_SECONDS)
    until_s = monotonic() + seconds

    def late() -> SolveError:
        return SolveError(
            f"not done after {seconds:.3g} s. Allow more: --seconds {max(10 * seconds, 1):.0f}."
        )

    # The solver step by step looks at the clock itself, and its letter says how far it came: that goes first.
    return within(
        seconds + LAST_WORD_S, lambda: _followed(model, time, changes or {}, doses, settings, until_s), late
    )


def _followed(
    model: SbmlModel,
    time: Array,
    changes: Mapping[str, float],
    doses: Sequence[Dose],
    settings: Settings,
    until_s: float,
) -> SbmlCourse:
    relative, absolute = settings.get("relative", RELATIVE), settings.get("absolute")
    system = System.of(model)
    parameters, states = system.start(float(time[0]), changes)
    _check(system, parameters, states)
    whole = _is_compiled(system, settings.get("solver"), len(time))
    if whole and settings.get("solver") is None:
        whole = _is_soon_compiled(system, until_s - monotonic())
    task = Task(
        parameters=parameters,
        states=states,
        times=time,
        doses=_doses(system, doses, time),
        most_seconds=settings.get("seconds", MOST_SECONDS),
        until_s=until_s,
    )
    if absolute is None:
        scales = _scales(system, task, whole)
        task = _with(task, relative, scales * FLOOR * relative, scales * relative)
    else:
        task = _with(task, relative, np.full(len(states), absolute), np.full(len(states), absolute))
    states_seen = at_once.states_at(system, task) if whole else None
    if states_seen is not None:
        return _course(system, time, _parameters_at(system, task), states_seen, solver="compiled")
    parameters_seen, states_seen = Follower(system, task).run()
    return _course(system, time, parameters_seen, states_seen, solver="stepwise")


def _check_settings(settings: Settings) -> None:
    """Tolerances and times that mean something."""
    relative, absolute = settings.get("relative", RELATIVE), settings.get("absolute")
    if not 0.0 < relative < 1.0:
        raise SimulationError(f"relative tolerance: {relative:g}. Give a number between 0 and 1, as 1e-9.")
    if absolute is not None and not 0.0 < absolute < math.inf:
        raise SimulationError(
            f"absolute tolerance: {absolute:g}. Give a number above 0, or none: then each state has its own."
        )
    if not settings.get("seconds", MOST_SECONDS) > 0.0:
        raise SimulationError(f"seconds: {settings['seconds']:g}. Give a number above 0.")


def _is_compiled(system: System, solver: str | None, n_times: int) -> bool:
    """Whether the compiled program follows the model."""
    if solver not in (None, "compiled", "stepwise"):
        raise SimulationError(unknown("solver", solver, ("compiled", "stepwise")))
    if solver == "stepwise" or n_times < 2 or not at_once.can(system):
        return False
    return solver == "compiled" or len(system.model.states) >= COMPILED_FROM


def _is_soon_compiled(system: System, left_s: float) -> bool:
    """Whether compiling, which cannot be stopped, is expected to leave time for solving."""

    def late() -> SolveError:
        return SolveError("too many entries to count in time.")

    try:
        return within(COUNTING * left_s, lambda: at_once.compiling_s(system), late) < COMPILING * left_s
    except SolveError:
        return False


def _parameters_at(system: System, task: Task) -> Array:
    """(time, parameter): a dose of a fixed species changes one."""
    found = np.repeat(task.parameters[None], len(task.times), axis=0)
    fixed = system.model.network.parameter_index
    for when, raw, amount in task.doses:
        if raw in fixed:
            found[task.times >= when, fixed[raw]] += amount
    return found


def _with(task: Task, relative: float, floors: Array, zeros: Array) -> Task:
    return replace(task, relative=relative, floors=floors, zeros=zeros)


def _check(system: System, parameters: Array, states: Array) -> None:
    """Every state and rate needs a value to begin with."""
    missing = [name[2:] for name, value in zip(system.model.states, states, strict=True) if np.isnan(value)]
    if missing:
        raise SimulationError(f"no starting value of {', '.join(missing)}. Give one by --set ID=VALUE.")
    if not len(states):
        return
    slope = system.kernel.derivative(states, system.kernel.constants(parameters))
    bad = [name[2:] for name, one in zip(system.model.states, slope, strict=True) if np.isnan(one)]
    if bad:
        lost = [
            name[2:]
            for name, value in zip(system.model.network.parameter_index, parameters, strict=True)
            if np.isnan(value)
        ]
        more = f" Without a value: {', '.join(lost)}." if lost else ""
        raise SimulationError(f"the rate of {', '.join(bad)} is not a number at the start.{more}")


def _doses(system: System, doses: Sequence[Dose], time: Array) -> tuple[tuple[float, str, float], ...]:
    found = []
    for one in doses:
        raw = system.raw(one.id, f"dose of {one.id}")
        if not (math.isfinite(one.amount) and one.amount >= 0.0):
            raise SimulationError(
                f"dose of {one.id}: an amount of {one.amount:g} cannot be added. Give a number from 0 on; "
                "what is taken out belongs into an event of the model."
            )
        quantity = system.model.quantities[one.id]
        if quantity.kind != "species":
            raise SimulationError(f"dose of {one.id}: it is a {quantity.kind}. Only a species can be dosed.")
        if not time[0] <= one.time <= time[-1]:
            raise SimulationError(
                f"dose of {one.id} at {one.time:g}: the run lasts from {time[0]:g} to {time[-1]:g}."
            )
        if quantity.compartment and not quantity.is_amount:
            raise SimulationError(f"dose of {one.id}: its concentration follows a rate rule; set it instead.")
        found.append((float(one.time), raw, float(one.amount)))
    return tuple(found)


def _scales(system: System, task: Task, whole: bool) -> Array:  # noqa: FBT001 - a fact of the task
    """The largest value that each state reaches, from a first rough round; a tiny part of all at least."""
    start = np.abs(task.states)
    clock = np.array([name == TIME for name in system.model.states], dtype=bool)
    if clock.all() or not len(system.kernel.slopes.rows):  # no rate depends on a state: every step is exact
        return np.ones(len(start))
    slope = np.abs(system.kernel.derivative(task.states, system.kernel.constants(task.parameters)))
    span = float(task.times[-1] - task.times[0])
    guess = np.maximum(start, slope * span)
    largest = np.max(guess[~clock], initial=0.0) or 1.0
    sizes = np.maximum(start, largest * 1e-9) * ROUGH
    rough = _with(task, ROUGH, sizes * FLOOR, sizes)
    found = at_once.largest(system, rough) if whole else None
    if found is None:
        first = Follower(system, replace(rough, share=1.0))
        first.run()
        found = first.largest
    reached = np.maximum(found, np.max(found[~clock], initial=0.0) * TINY)
    return np.where(reached > 0, reached, 1.0)


def _course(system: System, time: Array, parameters: Array, states: Array, *, solver: str) -> SbmlCourse:
    quantities = system.model.quantities
    given = [*parameters.T, *states.T, time]
    found = system.meanings.arrays(given)
    values = (
        np.stack([np.broadcast_to(one, time.shape) for one in found], axis=1)
        if found
        else (np.zeros((len(time), 0)))
    )
    amounts = {}
    several = [one for one in quantities.values() if one.kind == "species"]
    sizes = system.compiled([Name(one.compartment) for one in several if one.compartment]).arrays(given)
    left = iter(sizes)
    places = {name: n for n, name in enumerate(quantities)}
    for one in several:
        meaning = values[:, places[one.id]]
        amounts[one.id] = meaning * next(left) if one.compartment else meaning
    return SbmlCourse(time=time, ids=tuple(quantities), values=values, amounts=amounts, solver=solver)
