"""What a model does when it is run: dead species, negative amounts, two solvers, the same twice."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from smaclab.errors import SimulationError
from smaclab.network.expression import Name, names
from smaclab.network.sbml import SbmlModel
from smaclab.simulate.sbml import SbmlCourse, simulate_model
from smaclab.simulate.sbml.system import System

Array = NDArray[Any]

POINTS = 51
SECONDS = 600.0  # that one run may take
NOTHING = 1e-12  # of the largest amount in the model
NEGATIVE = 1e-6  # of the largest value that a species reaches; below it is a solver's rounding
APART = (
    1e-5  # relative, between two solvers at 1e-9; a state below a millionth of its largest value is not asked
)


def course(model: SbmlModel, end: float, relative: float = 1e-9) -> SbmlCourse:
    """The model from 0 to `end`, the model's unit of time."""
    return simulate_model(model, np.linspace(0.0, end, POINTS), relative=relative, seconds=SECONDS)


def dead(model: SbmlModel, seen: SbmlCourse) -> list[str]:
    """Species that are 0 from the beginning to the end, or that nothing uses, changes or reads."""
    used = {name for one in model.network.formulas.values() for name in names(one)}
    used |= {name for one in model.events for _, node in one.assignments for name in names(node)}
    used |= {f"v_{name}" for one in model.events for name, _ in one.assignments}
    moved = {model.states[place] for one in model.network.reactions for place in one.change()}
    moved |= {model.states[place] for one in model.network.reactions for place in one.reactants}
    found = []
    for one in model.quantities.values():
        if one.kind != "species":
            continue
        values = seen.values[:, seen.ids.index(one.id)]
        is_idle = one.raw not in moved and one.raw not in used and one.meaning not in used
        if is_idle or not np.any(values):
            found.append(one.id)
    return found


def _least(seen: SbmlCourse) -> float:
    """Amounts below this are nothing: a part of the largest of all."""
    return NOTHING * max(
        (float(np.max(np.abs(one), initial=0.0)) for one in seen.amounts.values()), default=0
    )


def negative(seen: SbmlCourse) -> list[str]:
    """Species whose amount falls below 0 by more than rounding."""
    found, least = [], _least(seen)
    for name, values in seen.amounts.items():
        largest = float(np.max(np.abs(values), initial=0.0))
        if float(np.min(values)) < -max(NEGATIVE * largest, least):
            found.append(name)
    return found


def differing(one: SbmlCourse, other: SbmlCourse) -> list[str]:
    """Species in which two courses differ by more than `APART`."""
    found, least = [], _least(one)
    for name, values in one.amounts.items():
        largest = float(np.max(np.abs(values), initial=0.0))
        scale = np.maximum(np.abs(values), max(1e-6 * largest, least / APART))
        if largest > 0 and float(np.max(np.abs(values - other.amounts[name]) / scale)) > APART:
            found.append(name)
    return found


def second_course(model: SbmlModel, end: float) -> SbmlCourse | None:
    """The same by Radau IIA of SciPy; None for models with events or jumps, which it does not watch.

    Raises:
        SimulationError: it gave up.
    """
    system = System.of(model)
    if model.events or system.has_jumps or not model.states:
        return None
    parameters, states = system.start(0.0, {})
    rates = system.kernel.constants(parameters)
    times = np.linspace(0.0, end, POINTS)
    scale = float(np.max(np.abs(states), initial=0.0)) or 1.0
    found: Any = solve_ivp(
        lambda _time, y: system.kernel.derivative(y, rates),
        (0.0, end),
        states,
        method="Radau",
        t_eval=times,
        jac=lambda _time, y: system.kernel.jacobian_dense(y, rates),
        rtol=1e-9,
        atol=1e-15 * scale,
    )
    if not found.success:
        raise SimulationError(f"model {model.id!r}: Radau gave up ({found.message}).")
    values = system.meanings.arrays([*np.repeat(parameters[:, None], POINTS, axis=1), *found.y, times])
    whole = np.stack([np.broadcast_to(one, times.shape) for one in values], axis=1)
    return _as_course(model, system, times, whole, found.y, parameters)


def _as_course(
    model: SbmlModel, system: System, times: Array, whole: Array, states: Array, parameters: Array
) -> SbmlCourse:
    ids = tuple(model.quantities)
    divided = [one for one in model.quantities.values() if one.kind == "species"]
    given = [*np.repeat(parameters[:, None], len(times), axis=1), *states, times]
    sizes = iter(system.compiled([Name(one.compartment) for one in divided if one.compartment]).arrays(given))
    amounts = {
        one.id: whole[:, ids.index(one.id)] * (next(sizes) if one.compartment else 1.0) for one in divided
    }
    return SbmlCourse(time=times, ids=ids, values=whole, amounts=amounts, solver="Radau")
