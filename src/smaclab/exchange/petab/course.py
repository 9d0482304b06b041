"""The experiments of a problem over time: periods, changes between them, and rest before and after.

At a change, everything is computed from what was, then assigned; what a species' id means stays where only
its compartment's size changes.  Then events look, then measurements.  A rest is a state that would move by
less than a millionth of itself in as much time as has passed.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import PetabError, SolveError
from smaclab.exchange.petab.problem import PetabPeriod
from smaclab.network.expression import Name, Node, evaluate
from smaclab.network.sbml.model import TIME
from smaclab.simulate.sbml.follow import Follower, Task
from smaclab.simulate.sbml.system import System

Array = NDArray[Any]

RELATIVE = 1e-10
FLOOR = 1e-15  # absolute tolerance, of the largest value at the start or of `LEAST`
LEAST = 1e-3
DECADES = range(-3, 11)  # a rest is looked for after 10^-3, ... 10^10 units of time
STILL = 1e-6
NOISE = 1e-7  # relative: what stays the same to this from one decade to the next is at rest
MOST_SECONDS = 300.0


@dataclass
class _Place:
    """Where a run is; a mutable helper."""

    parameters: Array
    states: Array
    time: float
    was: list[bool] | None = None
    extra: dict[str, float] = field(default_factory=dict)


def follow(
    system: System,
    periods: Sequence[PetabPeriod],
    moments: Iterable[float],
    values: Mapping[str, float],
) -> dict[float, dict[str, float]]:
    """What every id means at every moment.

    Args:
        system: the model.
        periods: in order of time; the first may be at -inf.
        moments: at which to look, the model's unit of time; inf: at the rest after the last period.
        values: of the parameter table; those of the model's ids replace the file's.

    Returns:
        moment -> id -> value; also ids that are no part of the model but of a condition.

    Raises:
        PetabError: a change of what the model computes.
        SimulationError: a value that is missing, a solve that failed, or no rest.
    """
    wanted = sorted(set(moments))
    first = periods[0]
    place = _start(system, first, values)
    seen: dict[float, dict[str, float]] = {}
    whole = list(periods)
    if first.time == -math.inf:
        _change(system, place, first.changes, values)
        _to_rest(system, place)
        whole = whole[1:] or [PetabPeriod(time=0.0)]
        if len(periods) > 1:
            place.time = whole[0].time
    for number, period in enumerate(whole):
        place.time = period.time
        if TIME in system.model.states:
            place.states[system.model.states.index(TIME)] = period.time
        _change(system, place, period.changes, values)
        later = whole[number + 1].time if number + 1 < len(whole) else math.inf
        inside = [one for one in wanted if period.time <= one < later and math.isfinite(one)]
        end = np.nextafter(later, -math.inf) if math.isfinite(later) else max([period.time, *inside])
        _period(system, place, inside, float(end), seen)
    if wanted and wanted[-1] == math.inf:
        _to_rest(system, place)
        seen[math.inf] = _meanings(system, place)
    return seen


def _start(system: System, first: PetabPeriod, values: Mapping[str, float]) -> _Place:
    begin = first.time if math.isfinite(first.time) else 0.0
    quantities = system.model.quantities
    given = {name: float(evaluate(node, dict(values))) for name, node in first.at_start.items()}
    changes = {**{name: value for name, value in values.items() if name in quantities}, **given}
    known = {name: value for name, value in changes.items() if name in quantities}
    for name in known:
        if not quantities[name].raw:
            raise PetabError(f"{name}: the model computes it by a rule, so no table may set it.")
    parameters, states = system.start(begin, known)
    extra = {name: value for name, value in given.items() if name not in quantities}
    return _Place(parameters, states, begin, extra=extra)


# --- changes --------------------------------------------------------------------------------------


def _change(system: System, place: _Place, changes: Mapping[str, Node], values: Mapping[str, float]) -> None:
    """Assign all at once, from what was."""
    if not changes:
        return
    before = _meanings(system, place)
    known = {**values, **before, "time": place.time}
    new = {name: float(evaluate(node, known)) for name, node in changes.items()}
    quantities = system.model.quantities
    for name in new:
        if not quantities[name].raw:
            raise PetabError(f"{name}: the model computes it by a rule, so no condition may change it.")
    species = [one for one in quantities.values() if one.kind == "species" and one.raw]
    parameters, states = place.parameters.copy(), place.states.copy()
    place.parameters, place.states = parameters, states
    for name, value in new.items():
        if quantities[name].kind != "species":
            _put(system, place, quantities[name].raw, value)
    divided = [one for one in species if one.is_amount]
    sizes = system.compiled([Name(one.compartment) for one in divided]).floats(_given(place))
    size = {one.id: value for one, value in zip(divided, sizes, strict=True)}
    for one in species:
        meaning = new.get(one.id, before[one.id])
        if one.id in new or one.is_amount:
            _put(system, place, one.raw, meaning * size.get(one.id, 1.0))


def _put(system: System, place: _Place, raw: str, value: float) -> None:
    fixed = system.model.network.parameter_index
    if raw in fixed:
        place.parameters[fixed[raw]] = value
    else:
        place.states[system.model.states.index(raw)] = value


def _given(place: _Place) -> list[float]:
    return [*map(float, place.parameters), *map(float, place.states), place.time]


def _meanings(system: System, place: _Place) -> dict[str, float]:
    found = system.meanings.floats(_given(place))
    return dict(zip(system.model.quantities, map(float, found), strict=True)) | place.extra


# --- time -----------------------------------------------------------------------------------------


def _follower(system: System, place: _Place, times: Sequence[float]) -> Follower:
    clock = TIME in system.model.states
    size = np.abs(place.states[:-1] if clock and system.model.states[-1] == TIME else place.states)
    floor = FLOOR * max(LEAST, float(np.max(size, initial=0.0)))
    task = Task(
        parameters=place.parameters,
        states=place.states,
        times=np.array(times, dtype=float),
        relative=RELATIVE,
        floors=floor,
        zeros=RELATIVE * max(LEAST, float(np.max(size, initial=0.0))),
        most_seconds=MOST_SECONDS,
    )
    follower = Follower(system, task)
    if place.was is not None:
        follower.happenings.was = list(place.was)
    return follower


def _period(
    system: System, place: _Place, inside: Sequence[float], end: float, seen: dict[float, dict[str, float]]
) -> None:
    times = sorted({place.time, *inside, end})
    follower = _follower(system, place, times)
    parameters, states = follower.run()
    for number, time in enumerate(times):
        if time in inside:
            look = _Place(parameters[number], states[number], time, extra=place.extra)
            seen[time] = _meanings(system, look)
    place.parameters, place.states = follower.parameters.copy(), follower.states.copy()
    place.was, place.time = list(follower.happenings.was), end


def _to_rest(system: System, place: _Place) -> None:
    begin = place.time
    moving = np.array([name != TIME for name in system.model.states], dtype=bool)
    for decade in DECADES:
        until, before = begin + 10.0**decade, place.states.copy()
        follower = _follower(system, place, [place.time, until])
        follower.run()
        place.parameters, place.states = follower.parameters.copy(), follower.states.copy()
        place.was, place.time = list(follower.happenings.was), until
        rates = system.kernel.constants(place.parameters)
        slope = system.kernel.derivative(place.states, rates)[moving] if len(moving) else np.zeros(0)
        size = np.abs(place.states[moving])
        scale = size + 1e-9 * np.max(size, initial=0.0) + 1e-300
        passed = 10.0**decade
        moved = np.abs(place.states - before)[moving]
        if np.max(np.abs(slope) * passed / scale, initial=0.0) < STILL:
            return
        if decade > 0 and np.max(moved / scale, initial=0.0) < NOISE:
            return
    raise SolveError(f"no rest within {10.0 ** DECADES[-1]:g} units of time.")
