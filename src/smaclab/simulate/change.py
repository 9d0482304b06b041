"""Changes in time, in PEtab v2's order: evaluate all, assign all at once, then observe.

A `Change` names one target and one value; a `Condition` is the changes that happen together; an `Assignment`
is a condition with its names resolved to places in a network's vectors, ready to be applied.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError, unknown
from smaclab.network.network import Network

Array = NDArray[Any]
Kind = Literal["set_parameter", "set_amount", "add_amount"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One target set to one value. Molecules for amounts, the parameter's own unit for parameters.

    `set_amount` leaves exactly `value` molecules; `add_amount` stands for the target value "what is there
    plus `value`". The target of an amount is an *input* of the network (a medium species with a name).
    """

    kind: Kind
    target: str
    value: float

    def __post_init__(self) -> None:
        """A change to a value that is no number is refused where it is made."""
        if not np.isfinite(self.value):
            raise SimulationError(
                f"change of {self.target!r}: the value {self.value} is not a finite number."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Changes that happen together at `time_s` (s; may be negative: before the first sample)."""

    time_s: float
    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        """Two changes of one target at one time have no defined order, so they are an error."""
        if not np.isfinite(self.time_s):
            raise SimulationError(
                f"a condition at time {self.time_s}: a change needs a finite time in seconds."
            )
        twice = [target for target, n in Counter(c.target for c in self.changes).items() if n > 1]
        if twice:
            raise SimulationError(
                f"time {self.time_s / 3600:g} h: {', '.join(sorted(twice))} is changed twice at this time. "
                "One target can take one new value at a time; give one of the changes another time."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A condition as places and values of one network.

    time_s: s. parameters, species: index arrays. values: (parameter change,). amounts: (amount change,),
    molecules.
    adds: (amount change,), 1 where the amount comes on top of what is there, 0 where it replaces it.
    """

    time_s: float
    parameters: Array
    values: Array
    species: Array
    amounts: Array
    adds: Array

    def apply(self, counts: Array, parameters: Array) -> tuple[Array, Array]:
        """The counts and parameters after the change; the ones given are untouched.

        Args:
            counts: (species,), molecules, just before the change.
            parameters: (parameter,), just before the change.
        """
        new_amounts = (
            self.adds * counts[self.species] + self.amounts
        )  # evaluate everything on the old state ...
        counts, parameters = counts.copy(), parameters.copy()
        counts[self.species] = new_amounts  # ... then assign at once
        parameters[self.parameters] = self.values
        return counts, parameters


def resolve(conditions: Iterable[Condition], network: Network) -> tuple[Assignment, ...]:
    """Conditions as assignments of this network, in order of time; conditions at one time become one.

    Raises:
        SimulationError: a target is neither a parameter nor an input of the network, or is changed twice at a
        time.
    """
    together: dict[float, list[Change]] = {}
    for condition in conditions:
        together.setdefault(condition.time_s, []).extend(condition.changes)
    places = {parameter.name: index for index, parameter in enumerate(network.parameters)}
    merged = [
        Condition(time_s=time_s, changes=tuple(changes)) for time_s, changes in sorted(together.items())
    ]
    return tuple(_assignment(condition, places, dict(network.inputs)) for condition in merged)


def _assignment(condition: Condition, parameters: dict[str, int], inputs: dict[str, int]) -> Assignment:
    of_parameters = [c for c in condition.changes if c.kind == "set_parameter"]
    of_amounts = [c for c in condition.changes if c.kind != "set_parameter"]
    return Assignment(
        time_s=condition.time_s,
        parameters=_places(of_parameters, parameters, "parameter"),
        values=np.array([c.value for c in of_parameters], dtype=float),
        species=_places(of_amounts, inputs, "input"),
        amounts=np.array([c.value for c in of_amounts], dtype=float),
        adds=np.array([c.kind == "add_amount" for c in of_amounts], dtype=float),
    )


def _places(changes: Sequence[Change], known: dict[str, int], what: str) -> Array:
    for change in changes:
        if change.target not in known:
            raise SimulationError(unknown(f"{what} of the network", change.target, known, where="change"))
    return np.array([known[change.target] for change in changes], dtype=np.intp)
