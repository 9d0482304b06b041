"""The seam between the batch loop and an algorithm: one cell's problem in, one cell's solution out."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from smaclab.kernel.kernel import Kernel
from smaclab.simulate.change import Assignment
from smaclab.simulate.death import Watch
from smaclab.simulate.status import Status

Array = NDArray[Any]
Precision = Literal["double", "screening"]  # screening: single, and audited

NOTHING = 1e-9  # molecules; no solver here tells less from zero


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """Everything a solver needs to know about one cell.

    rest: (species,), molecules: where the cell stands before the first change.
    parameters: (parameter,), before the first change.
    changes: in order of time, no two at one time; may begin before time 0.
    time_s: (time,), s, when to look; increasing, none negative.
    end_s: s, how long to watch for death; at least the last of `time_s`.
    observe: (observable, species), the weights of what is kept.
    watches: what kills, see `death.Watch`.
    """

    kernel: Kernel
    rest: Array
    parameters: Array
    changes: tuple[Assignment, ...]
    time_s: Array
    end_s: float
    observe: Array
    watches: tuple[Watch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSolution:
    """One cell's course. counts: (time, observable), molecules. death_time_s: s, inf alive, NaN failed."""

    counts: Array
    death_time_s: float
    death_kind: str
    status: Status
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A cell's own steady state. counts: (species,), molecules; NaN where there is none (see `status`)."""

    counts: Array
    status: Status
    message: str = ""


class Solver(ABC):
    """Something that performs an algorithm. It never raises for a cell that fails: failure is data."""

    @abstractmethod
    def rest(self, kernel: Kernel, parameters: Array) -> Rest:
        """The steady state that a cell reaches from the network's initial amounts without any change.

        parameters: (parameter,).
        """

    @abstractmethod
    def solve(self, problem: CellProblem) -> CellSolution:
        """The cell's course from its rest through its changes to the end, or to its death."""

    @abstractmethod
    def describe(self) -> Mapping[str, Any]:
        """Name, KiSAO id, tolerances with their KiSAO ids: what provenance needs to repeat the solve."""


def failed(problem: CellProblem, status: Status, message: str) -> CellSolution:
    """A solution that says nothing about the cell but why it is unknown."""
    counts = np.full((len(problem.time_s), len(problem.observe)), np.nan)
    return CellSolution(counts=counts, death_time_s=np.nan, death_kind="", status=status, message=message)


@dataclass(slots=True)
class Recorder:
    """Fills the samples of one cell in order of time.

    A mutable helper of solvers: `counts` is (time, observable), `done` the number of samples already taken.
    """

    time_s: Array
    observe: Array
    counts: Array = field(init=False)
    done: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Nothing is known before it is observed."""
        self.counts = np.full((len(self.time_s), len(self.observe)), np.nan)

    def due(self, until_s: float, *, inclusive: bool) -> Array:
        """Sample times not yet taken, up to `until_s` (itself only where `inclusive`), s."""
        last = int(np.searchsorted(self.time_s, until_s, side="right" if inclusive else "left"))
        return self.time_s[self.done : max(last, self.done)]

    def take(self, states: Array) -> None:
        """Observe the next samples. states: (species, sample), molecules.

        Counts below zero, and positive ones as small, are the solver's error around zero (bounded by its
        absolute tolerance): shown as zero, so that a protein knocked out is 0 and not 1e-22.
        """
        seen = self._seen(states)
        self.counts[self.done : self.done + seen.shape[1]] = seen.T
        self.done += seen.shape[1]

    def hold(self, state: Array) -> None:
        """All remaining samples show this state: the cell is dead. state: (species,), molecules."""
        self.counts[self.done :] = self._seen(state)
        self.done = len(self.time_s)

    def _seen(self, states: Array) -> Array:
        seen = self.observe @ states
        return np.where(seen < NOTHING, 0.0, seen)  # NaN stays NaN
