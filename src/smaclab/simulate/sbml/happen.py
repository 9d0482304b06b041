"""What happens at one moment: triggers that became true, and what their events do.

Source: SBML Level 3 Version 2 Core, 4.11: simultaneous events, priorities, persistence, values at trigger time.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SolveError
from smaclab.network.expression import Name
from smaclab.simulate.sbml.system import System

Array = NDArray[Any]

MOST_AT_ONCE = 10_000  # events at one moment; more is a circle that never ends


@dataclass(slots=True)
class _Pending:
    event: int
    values: tuple[float, ...] | None


@dataclass
class Happenings:
    """The events of one run; a mutable helper of the solver: `was` is each trigger's truth."""

    system: System
    seed: int = 0
    was: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        """Formulas are compiled once."""
        self.random = np.random.default_rng(self.seed)
        events = self.system.model.events
        self.events = events
        self.was = [one.initial for one in events]
        self.triggers = self.system.compiled([one.trigger for one in events])
        self.priorities = [
            None if one.priority is None else self.system.compiled([one.priority]) for one in events
        ]
        self.results = [self.system.compiled([node for _, node in one.assignments]) for one in events]
        network = self.system.model.network
        self.place = {name: (0, n) for n, name in enumerate(network.parameter_index)}
        self.place |= {name: (1, n) for n, name in enumerate(self.system.model.states)}
        # Concentrations that are kept as such must follow when their compartment changes its size.
        self.held = [
            one
            for one in self.system.model.quantities.values()
            if one.kind == "species" and one.raw and one.compartment and not one.is_amount
        ]
        assigned = {name for one in events for name, _ in one.assignments}
        quantities = self.system.model.quantities
        divisors = {quantities[name].compartment for name in assigned if quantities[name].is_amount}
        self.divisors = {name: self.system.compiled([Name(name)]) for name in sorted(divisors)}
        self.sizes = self.system.compiled([Name(one.compartment) for one in self.held])

    def truths(self, parameters: Array, states: Array, time: float) -> list[bool]:  # noqa: D417
        """Whether each trigger holds."""
        return [bool(one) for one in self.triggers.floats([*parameters, *states, time])]

    def happen(self, parameters: Array, states: Array, time: float) -> tuple[Array, Array, bool]:  # noqa: D417
        """Everything that happens at this moment; returns parameters, states, and whether anything did."""
        pending: list[_Pending] = []
        now = self._look(pending, parameters, states, time)
        count = 0
        while pending:
            count += 1
            if count > MOST_AT_ONCE:
                names = ", ".join(sorted({self.events[one.event].id for one in pending}))
                raise SolveError(f"events without end at time {time:g}: {names} set each other off.")
            chosen = pending.pop(self._first(pending, parameters, states, time))
            values = chosen.values
            if values is None:
                values = self.results[chosen.event].floats([*parameters, *states, time])
            parameters, states = self._assign(chosen.event, values, parameters, states, time)
            now = self._look(pending, parameters, states, time)
            pending = [one for one in pending if self.events[one.event].is_persistent or now[one.event]]
        return parameters, states, count > 0

    def _look(
        self, pending: list[_Pending], parameters: Array, states: Array, time: float
    ) -> list[bool]:
        now = self.truths(parameters, states, time)
        for number, (before, after) in enumerate(zip(self.was, now, strict=True)):
            if after and not before:
                given = [*parameters, *states, time]
                early = self.events[number].from_trigger
                pending.append(_Pending(number, self.results[number].floats(given) if early else None))
        self.was = now
        return now

    def _first(self, pending: list[_Pending], parameters: Array, states: Array, time: float) -> int:
        """The place of the one with the highest priority; by lot among equals, as SBML asks for."""
        ranks = []
        for one in pending:
            priority = self.priorities[one.event]
            rank = -np.inf if priority is None else priority.floats([*parameters, *states, time])[0]
            ranks.append(-np.inf if np.isnan(rank) else rank)
        best = np.flatnonzero(np.array(ranks) == max(ranks))
        return int(best[0] if len(best) == 1 else self.random.choice(best))

    def _assign(
        self, event: int, values: tuple[float, ...], parameters: Array, states: Array, time: float
    ) -> tuple[Array, Array]:
        both = (parameters.copy(), states.copy())
        sizes = self.sizes.floats([*parameters, *states, time])
        for (name, _), value in zip(self.events[event].assignments, values, strict=True):
            quantity = self.system.model.quantities[name]
            # Of a concentration the amount is set, with the size before this event: amounts outlive sizes.
            if quantity.is_amount:
                value *= self.divisors[quantity.compartment].floats([*parameters, *states, time])[0]
            self._put(both, quantity.raw, value)
        new_sizes = self.sizes.floats([*both[0], *both[1], time])
        for quantity, old, new in zip(self.held, sizes, new_sizes, strict=True):
            if old != new:
                group, place = self.place[quantity.raw]
                both[group][place] *= old / new
        return both

    def _put(self, both: tuple[Array, Array], raw: str, value: float) -> None:
        group, place = self.place[raw]
        both[group][place] = value
