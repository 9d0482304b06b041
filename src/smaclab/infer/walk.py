"""Sets on their way: moves within a guess that the model accepts or not.

A set makes many moves within the guess, where they cost nothing, and the place that it comes to is predicted
and accepted by the ratio of what the guess got wrong (Liu, Monte Carlo Strategies in Scientific Computing
2001, section 9.4.3, surrogate transitions). Moves within the guess are the same forth and back, so this is
exact for the posterior, whatever the guess, in any number of dimensions.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.infer.guess import WHOLE_TURN, Guess, moved, within
from smaclab.infer.learn import Learner
from smaclab.infer.plan import Plan

Array = NDArray[Any]

INNER: Final = 10
"""Moves within the guess for one that is predicted, to begin with."""
MOST_INNER: Final = 40
SPAN: Final = 4.0
"""The longest move of a sweep over the shortest: sets go far where lines are good, and move elsewhere."""
_LONGER: Final = ((0.4, 1.5), (0.25, 1.2), (0.12, 0.7), (0.0, 0.25))
"""How much longer moves become at this acceptance or more. A quarter accepted is about best."""
_SHORTEST: Final = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """A population: where it is, what it predicts, ln(posterior), and ln(posterior / guess).

    coordinates: (set, parameter). predicted: (set, number). log_posterior, excess: (set,).
    """

    coordinates: Array
    predicted: Array
    log_posterior: Array
    excess: Array

    def at(self, places: Array) -> "Sets":
        """Some of them, some perhaps more than once. places: (set,)."""
        return Sets(**{name: getattr(self, name)[places] for name in self.__slots__})

    def where(self, is_new: Array, new: "Sets") -> "Sets":
        """The new ones where `is_new`, (set,)."""

        def chosen(name: str) -> Array:
            one, other = getattr(new, name), getattr(self, name)
            return np.where(is_new.reshape(-1, *[1] * (one.ndim - 1)), one, other)

        return Sets(**{name: chosen(name) for name in self.__slots__})


@dataclass(slots=True, kw_only=True)
class Walk:
    """What every sweep needs, and what it adapts.

    length: of moves: 1 is `INNER` whole turns within the guess; above, there are more of them, below, they
        are parts of a turn.
    """

    learner: Learner
    plan: Plan
    guess: Guess
    length: float = 1.0

    def judged(self, stage: str, coordinates: Array) -> Sets:
        """Sets, predicted for the first time. coordinates: (set, parameter)."""
        return self.beside(coordinates, self.learner.see(stage, coordinates))

    def beside(self, coordinates: Array, predicted: Array) -> Sets:
        """Sets beside the present guess. coordinates: (set, parameter). predicted: (set, number)."""
        prior = within(np.zeros(coordinates.shape[1]), np.inf).log_density(coordinates)
        posterior = self.learner.problem.log_likelihood(predicted) + prior
        excess = posterior - self.guess.log_density(coordinates)
        return Sets(coordinates=coordinates, predicted=predicted, log_posterior=posterior, excess=excess)

    def moved(self, stage: str, sets: Sets, power: float = 1.0) -> tuple[Sets, float]:
        """One sweep: every set proposes once. Returns the sets and the share that was accepted."""
        random = self.plan.chance(stage)
        inner = round(INNER * max(1.0, self.length))
        turn = WHOLE_TURN * min(1.0, self.length) * SPAN ** -random.random(len(sets.excess))
        proposed = self.judged(stage, moved(self.guess, sets.coordinates, inner, turn, random))
        with np.errstate(invalid="ignore"):  # minus infinity: cannot be predicted, never accepted
            gain = power * (proposed.excess - sets.excess)
        accepted = np.log(random.random(len(gain))) < np.where(np.isnan(gain), -np.inf, gain)
        return sets.where(accepted, proposed), float(accepted.mean())

    def renewed(self, sets: Sets) -> Sets:
        """The sets beside a new guess; at power 1 they need no weights for it."""
        if self.plan.rounds:
            self.guess = self.learner.guess(np.inf)
            return replace(sets, excess=sets.log_posterior - self.guess.log_density(sets.coordinates))
        return sets

    def adapt(self, accepted: float) -> None:
        """Longer moves where many are accepted, much shorter where hardly any are."""
        by = next(by for least, by in _LONGER if accepted >= least)
        self.length = float(np.clip(by * self.length, _SHORTEST, MOST_INNER / INNER))
