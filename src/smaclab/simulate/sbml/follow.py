"""Step by step with SciPy, every comparison of triggers and rates watched on the dense output.

A window that opens and shuts inside one step is seen because each of its two comparisons changes, however
short it is; see `_changes`. A change is located to two neighboring numbers, so that time >= 5 happens at 5.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import LSODA

from smaclab.errors import SolveError
from smaclab.network.expression import names
from smaclab.network.sbml.model import TIME
from smaclab.simulate.sbml.happen import Happenings
from smaclab.simulate.sbml.system import System, comparisons

Array = NDArray[Any]
Compute = Callable[[Array, Array], Array]

LOOKS = 12  # places inside a step at which comparisons are evaluated
CUTS = 513  # parts at a time in which a change is looked for
MOST_SECONDS = 60.0  # of a run; where a comparison changes at every step, all steps would take hours
FEWEST_STEPS = 60  # of a run: so that a pulse in a rate is met
SHARE = 0.1  # errors of steps add up, most along an oscillation, whose phase nothing pulls back
LEAST_RELATIVE = 100 * float(np.finfo(float).eps)  # SciPy's; it warns where less is asked
SHORTER = 1 / 16  # of a step before a value that is none, when it is tried again
MOST_STILL = 1_000  # steps one after the other that do not move the time
LEAST_DONE = 0.01  # of a run, from which on it is said how long the rest may take
MOST_TRIES = 10  # one after the other without a step between


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to follow. times: increasing, the first is the start. doses: (time, raw name, formula's value).

    zeros: of each state, how far below zero it may be by rounding and counts as 0 in roots and real powers.
    share: the part of the tolerance that one step may take.
    most_seconds: that it may take. until_s: when it shall stop, of `monotonic`, where it has begun before.
    """

    parameters: Array
    states: Array
    times: Array
    doses: tuple[tuple[float, str, float], ...] = ()
    relative: float = 1e-8
    floors: Array | float = 1e-12
    zeros: Array | float = 0.0
    share: float = SHARE
    max_steps: int = 200_000  # between two moments at which something happens
    most_seconds: float = MOST_SECONDS
    until_s: float | None = None


class Follower:
    """Follows one model; a mutable helper, made for one run."""

    def __init__(self, system: System, task: Task) -> None:
        self.system, self.task = system, task
        self.happenings = Happenings(system)
        model = system.model
        rates = {one.rate for one in model.network.reactions}
        functions = model.network.rate_functions
        watched = [model.whole(one.trigger) for one in model.events]
        watched += [functions[name] for name in sorted(rates) if name in functions]
        found = sorted(set().union(*map(comparisons, watched)), key=repr)
        found += [model.whole(one.trigger) for one in model.events]
        # Of parameters alone nothing changes between two events.
        found = [one for one in found if not names(one) <= model.network.parameter_index.keys()]
        # Of many states few are compared; to hand over all of them at every step took half of a run of 500.
        self.watch = system.compiled(found, few=True)
        places = [system.names.index(name) for name in self.watch.inputs]
        ends = len(task.parameters), len(task.parameters) + len(task.states)
        self.watched_parameters = [one for one in places if one < ends[0]]
        self.watched_states = [one - ends[0] for one in places if ends[0] <= one < ends[1]]
        self.watched_time = ends[1] in places
        self.n_watched = len(found)
        self.parameters, self.states = task.parameters.copy(), task.states.copy()
        self.time = float(task.times[0])
        self.clock = model.states.index(TIME) if TIME in model.states else None
        self.seen_parameters = np.full((len(task.times), len(self.parameters)), np.nan)
        self.seen_states = np.full((len(task.times), len(self.states)), np.nan)
        self.largest = np.abs(self.states)
        self.part = float(task.times[-1] - task.times[0]) / FEWEST_STEPS
        self.done = self.steps = self.tries = self.still = 0
        self.step = float(task.times[-1] - task.times[0])  # length of the last
        self.first: float | None = None  # length of the solver's first; None: its own choice
        self.until_s = monotonic() + task.most_seconds if task.until_s is None else task.until_s

    def run(self) -> tuple[Array, Array]:
        """Parameters (time, parameter) and states (time, state) at the task's times."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # LSODA's; a failure has its letter
            self._run()
        return self.seen_parameters, self.seen_states

    def _run(self) -> None:
        self.dose_and_happen()
        end = float(self.task.times[-1])
        while self.time < end:
            self.hurry()
            later = [time for time, _, _ in self.task.doses if time > self.time]
            stop = min([end, *later])
            self.stretch(stop)
            if self.time >= stop or self.time in later:
                self.dose_and_happen()
        self.take(None, self.time, inclusive=True)

    def hurry(self) -> None:
        """Count a step, and give up where there are too many or they take too long."""
        self.steps += 1
        if self.steps > self.task.max_steps:
            raise SolveError(f"more than {self.task.max_steps} steps, at time {self.time:g}.")
        if monotonic() > self.until_s:
            raise SolveError(
                f"not done after {self.task.most_seconds:.3g} s, at time {self.time:g}. "
                f"Allow more: --seconds {self._enough():.0f}."
            )

    def _enough(self) -> float:
        """Twice what all of it takes, s, if it goes on as it did; in the rough round five times that."""
        begin, end = self.task.times[[0, -1]]
        done = (self.time - begin) / (end - begin) if end > begin else 1.0
        rounds = 2.0 if self.task.share < 1.0 else 10.0
        return max(float(np.ceil(rounds * self.task.most_seconds / max(done, LEAST_DONE))), 1.0)

    def dose_and_happen(self) -> None:
        """Doses of this moment, then events."""
        for time, raw, amount in self.task.doses:
            if time == self.time:
                group, place = self.happenings.place[raw]
                (self.parameters, self.states)[group][place] += amount
        self.happen()

    def happen(self) -> None:
        """Events of this moment."""
        self.parameters, self.states, _ = self.happenings.happen(self.parameters, self.states, self.time)
        self.largest = np.maximum(self.largest, np.abs(self.states))

    def take(self, dense: Any, until: float, *, inclusive: bool) -> None:
        """Samples up to a time, from the dense output or from the state that is now."""
        times = self.task.times
        last = int(np.searchsorted(times, until, side="right" if inclusive else "left"))
        if last <= self.done:
            return
        rows = slice(self.done, last)
        self.seen_parameters[rows] = self.parameters
        self.seen_states[rows] = self.states if dense is None else dense(times[rows]).T
        self.done = last

    def stretch(self, stop: float) -> None:
        """One start of the solver: until the stop, or until something happens."""
        self.take(None, self.time, inclusive=True)
        if not len(self.states):
            self._idle(stop)
            return
        solver = self._solver(stop)
        while solver.status == "running":
            self.hurry()
            message = solver.step()
            if solver.status == "failed":
                raise SolveError(f"the solver gave up at time {solver.t:g}: {message}")
            # After a value that is none inside a step the solver may stand still for ever.
            stands = self.system.has_gaps and solver.t <= self.time
            if stands or not np.isfinite(solver.y).all():
                self._shorter(solver.t)
                return
            self.tries, self.step = 0, solver.t - self.time
            self._move_on()
            dense = _Anchored(solver.dense_output(), solver.t_old, solver.t, self.states)
            moment = self._changes(dense, solver.t_old, solver.t)
            if moment is not None:
                self._go(dense, moment)
                return
            self.take(dense, solver.t, inclusive=False)
            self.time, self.states = solver.t, solver.y.copy()
            self.largest = np.maximum(self.largest, np.abs(self.states))
        self.time = stop

    def _move_on(self) -> None:
        """Give up where step after step is none: towards a value that becomes infinite."""
        self.still = 0 if self.step > 0 else self.still + 1
        if self.still > MOST_STILL:
            raise SolveError(
                f"the solver stands still at time {self.time:g}. A value may become infinite there."
            )

    def _shorter(self, reached: float) -> None:
        """Again from the last state with a shorter step: one too long may try what has no value."""
        self.tries += 1
        self.first = SHORTER**self.tries * self.step
        if not self.system.has_gaps or self.tries > MOST_TRIES or self.first < np.spacing(self.time):
            why = "A real power or root of a negative number, or a logarithm of none, has no value."
            more = f" {why}" if self.system.has_gaps else ""
            raise SolveError(f"a value became infinite or not a number by time {reached:g}.{more}")

    def _go(self, dense: Any, moment: float) -> None:
        """To a moment inside a step at which something may happen."""
        self.take(dense, moment, inclusive=False)
        self.time, self.steps = moment, 0
        self.states = dense(np.array([moment]))[:, 0]
        if self.clock is not None:
            self.states[self.clock] = moment
        self.happen()

    def _idle(self, stop: float) -> None:
        """Nothing moves but time, which may set off an event."""
        most = (float(self.task.times[-1]) - float(self.task.times[0])) / FEWEST_STEPS
        begin = self.time
        while self.time < stop:
            self.hurry()
            right = min(self.time + self.part, stop)
            moment = self._changes(_still, self.time, right)
            if moment is not None:
                # What happens every second is looked for seconds ahead: a longer part takes longer to search.
                self.part = min(most, max(4 * (moment - begin), 4 * float(np.spacing(moment))))
                self._go(_still, moment)
                return
            self.take(None, right, inclusive=False)
            self.time, self.part = right, min(most, 2 * self.part)

    def _solver(self, stop: float) -> Any:
        kernel, rates = self.system.kernel, self.system.kernel.constants(self.parameters)
        span = float(self.task.times[-1] - self.task.times[0])
        most = span / FEWEST_STEPS if self.n_watched else np.inf
        first, self.first = self.first, None
        zeros = self.task.zeros if self.system.has_gaps else None
        try:
            return LSODA(
                lambda _time, states: _defined(kernel.derivative, states, rates, zeros),
                self.time,
                self.states,
                stop,
                rtol=max(self.task.relative * self.task.share, LEAST_RELATIVE),
                atol=np.asarray(self.task.floors) * self.task.share,
                jac=lambda _time, states: _finite(_defined(kernel.jacobian_dense, states, rates, zeros)),
                max_step=most,
                first_step=first,
            )
        except ValueError as problem:
            raise SolveError(f"at time {self.time:g}: {problem}") from problem

    # --- comparisons ----------------------------------------------------------------------------------

    def _truths(self, dense: Any, times: Array) -> Array:
        """(comparison, time): every comparison and trigger."""
        states = dense(times)[self.watched_states] if self.watched_states else ()
        time = (times,) if self.watched_time else ()
        found = self.watch.arrays([*self.parameters[self.watched_parameters], *states, *time])
        truths = np.empty((len(found), len(times)))
        for place, one in enumerate(found):
            truths[place] = one
        return truths

    def _changes(self, dense: Any, begin: float, end: float) -> float | None:
        """The first moment of this step at which a comparison changes; None: none does.

        What is found is the first number after the change, so that whatever became true is true there.
        """
        if not self.n_watched:
            return None
        times = np.linspace(begin, end, LOOKS + 1)
        truths = self._truths(dense, times)
        changed = np.flatnonzero(_differ(truths).any(axis=0))
        if not len(changed):
            return None
        low, high = times[changed[0]], times[changed[0] + 1]
        return self._past(dense, low, self._located(dense, low, high), high)

    def _past(self, dense: Any, low: float, found: float, high: float) -> float:
        """The moment from which on the state by itself has changed its comparisons.

        One moment alone may round otherwise than among several. Without this a run could go on from a state
        that sits on the threshold, a rounding error of time at a step, and never leave it.
        """
        before, ahead = self._truths(dense, np.array([low])), np.spacing(found)
        while found < high and not _differ(np.hstack([before, self._truths(dense, np.array([found]))])).any():
            found, ahead = min(found + ahead, high), 2 * ahead
        return found

    def _located(self, dense: Any, low: float, high: float) -> float:
        """The first number after the first change between low and high."""
        while True:
            between = np.unique(np.linspace(low, high, CUTS))
            changed = np.flatnonzero(_differ(self._truths(dense, between)).any(axis=0))
            if not len(changed):  # by the rounding of one more or less place at a time
                return float(high)
            first = changed[0]
            if len(between) <= 2 or (between[first], between[first + 1]) == (low, high):
                return float(between[first + 1])
            low, high = between[first], between[first + 1]


def _differ(truths: Array) -> Array:
    """(comparison, place): whether it is another at the next place; what is NaN both times is the same."""
    before, after = truths[:, :-1], truths[:, 1:]
    return (before != after) & ~(np.isnan(before) & np.isnan(after))


class _Anchored:
    """Dense output that begins where the step began: the solver's own may miss its first state by its error.

    Without this a comparison that changed where the step begins could change back and forth once more.
    """

    def __init__(self, dense: Any, begin: float, end: float, state: Array) -> None:
        self.dense, self.begin, self.end = dense, begin, end
        self.missing = state - dense(begin)

    def __call__(self, times: Any) -> Array:
        rest = (self.end - np.asarray(times)) / max(self.end - self.begin, 5e-324)
        found: Array = self.dense(times) + np.multiply.outer(self.missing, rest)
        return found


def _defined(compute: Compute, states: Array, rates: Array, zeros: Array | float | None) -> Array:
    """What is computed of the states; where it has no value, with those at 0 that are below by rounding."""
    found = compute(states, rates)
    if zeros is None or np.isfinite(found).all():
        return found
    return compute(np.where((states < 0) & (states >= -np.asarray(zeros)), 0.0, states), rates)


def _finite(slopes: Array) -> Array:
    """A root has no slope at 0; the solver's own steps need none there."""
    return np.where(np.isfinite(slopes), slopes, 0.0)


def _still(times: Any) -> Array:
    return np.zeros((0, *np.shape(times)))
