"""From a start to a guess at the posterior: a region of trust that first moves, then widens.

Each round draws sets from the prior within the region, times what a surrogate says (`guess`), predicts them,
and draws new lines through all sets of late. While the region moves, its middle is the mean of the best sets
of the last rounds. Then it may stay and widen, until it is nearly the prior. So lines are never followed far
beyond sets that were predicted, and learn a wider region from sets in it.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from smaclab.infer.guess import Guess, drawn, within
from smaclab.infer.looks import Looks
from smaclab.infer.problem import Problem
from smaclab.infer.surrogate import learned

Array = NDArray[Any]

ROWS: Final = 4
"""Lines go through so many of the last sets for each parameter: older ones are from further off."""
FEWEST_ROWS: Final = 60
ROUNDS_OF_LATE: Final = 4
BEST: Final = 0.25
"""Of the sets of the last rounds, this share has the middle."""
WIDEST: Final = 3.0
"""Width of the last round, in prior standard deviations: nine tenths of the prior's variance."""
SWEEPS: Final = 60
"""Moves of the sets of a round within the guess."""


class Predict(Protocol):
    """Predictions of sets: a stage's name, (set, parameter) -> (set, number)."""

    def __call__(self, stage: str, coordinates: Array, looks: Looks | None = None) -> Array:
        """(set, number). looks: when to stop looking at a set."""


@dataclass(kw_only=True)
class Learner:
    """Sets that were predicted, and where the region of trust is.

    middle: (parameter,). width: standard deviation of the region, in prior standard deviations.
    """

    problem: Problem
    predict: Predict
    middle: Array
    width: float
    _sets: list[tuple[Array, Array]] = field(default_factory=list)

    def guess(self, width: float | None = None) -> Guess:
        """What all sets of late say, within a width; by default the region's."""
        rows = max(FEWEST_ROWS, ROWS * len(self.middle))
        coordinates, predicted = (np.concatenate(parts)[-rows:] for parts in zip(*self._sets, strict=True))
        surrogate = learned(self.problem, coordinates, predicted)
        return within(self.middle, self.width if width is None else width, surrogate)

    def begin(self, normal: Array) -> None:
        """The first round: around the start, without lines. normal: (set, parameter), standard normal."""
        self.see("learn 0", self.middle + self.width * normal)

    def go_on(self, number: int, size: int, random: np.random.Generator, rounds: tuple[int, int]) -> None:
        """One more round, after which the region moves or widens.

        Args:
            number: of the round, from 1.
            size: how many sets.
            random: where chance comes from.
            rounds: how many of them move the region, and how many there are.
        """
        self.see(f"learn {number}", drawn(self.guess(), size, SWEEPS, random).coordinates)
        moving, last = rounds
        left = last - 1 - number
        if number < moving:
            self._move()
        elif left:
            self.width *= max(1.0, WIDEST / self.width) ** (1.0 / left)

    def late(self) -> Array:
        """Predictions of the last rounds, (set, number)."""
        return np.concatenate([predicted for _, predicted in self._sets[-ROUNDS_OF_LATE:]])

    def best(self, number: int) -> tuple[Array, Array]:
        """The most likely sets of late, the best first, again from the first where there are too few.

        Returns:
            (set, parameter) and their predictions, (set, number).
        """
        coordinates, predicted = (
            np.concatenate(parts) for parts in zip(*self._sets[-ROUNDS_OF_LATE:], strict=True)
        )
        order = np.argsort(-self.problem.log_likelihood(predicted), kind="stable")
        places = order[np.arange(number) % len(order)]
        return coordinates[places], predicted[places]

    def recall(self, coordinates: Array, predicted: Array) -> None:
        """Learn from sets that were predicted elsewhere. (set, parameter) and (set, number)."""
        if len(coordinates):
            self._sets.append((coordinates, predicted))

    def see(self, stage: str, coordinates: Array) -> Array:
        """Predict sets, (set, parameter) -> (set, number), and learn from them."""
        predicted = self.predict(stage, coordinates)
        self._sets.append((coordinates, predicted))
        return predicted

    def _move(self) -> None:
        late = sum(len(one) for one, _ in self._sets[-ROUNDS_OF_LATE:])
        self.middle = self.best(max(1, round(BEST * late)))[0].mean(axis=0)
