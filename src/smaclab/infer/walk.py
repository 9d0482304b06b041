"""Sets on their way: moves that the model accepts or not. Both kinds are exact for the posterior.

Within a guess: a set makes many moves where they cost nothing, and the place that it comes to is predicted
and accepted by the ratio of what the guess got wrong (Liu, Monte Carlo Strategies in Scientific Computing
2001, section 9.4.3, surrogate transitions). Moves within the guess are the same forth and back.

Within the prior: each parameter goes as far as `screen` found, and the likelihood decides (Cotter, Roberts,
Stuart & White, Stat Sci 2013;28:424, preconditioned Crank-Nicolson). Where lines know little, they go on.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.infer.guess import WHOLE_TURN, Guess, moved, within
from smaclab.infer.learn import Learner
from smaclab.infer.looks import Looks, grouped
from smaclab.infer.plan import Plan
from smaclab.infer.screen import moved_alone, reach

Array = NDArray[Any]

INNER: Final = 10
"""Moves within the guess for one that is predicted, to begin with."""
MOST_INNER: Final = 40
SPAN: Final = 4.0
"""The longest move of a sweep over the shortest: sets go far where lines are good, and move elsewhere."""
WANTED: Final = 0.25
"""Of the moves, that should be accepted: about best in many dimensions (Roberts, Gelman & Gilks 1997)."""
_RATE: Final = 2.0
_FADES: Final = 4.0
"""Adaptations after which the rate begins to sink, so that few chains, whose share is rough, come to rest."""
_SHORTEST: Final = 1e-3
FIRST_LENGTH: Final = 0.1
"""Of a chain's moves before they are adapted; a tempered set starts with whole turns."""


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
class Length:
    """How long moves are, and how often that was adapted."""

    value: float = 1.0
    adapted: int = 0

    def adapt(self, accepted: float) -> None:
        """Longer where many are accepted, shorter where few are; less and less so."""
        by = np.exp(_RATE / np.sqrt(1.0 + self.adapted / _FADES) * (accepted - WANTED))
        self.value = float(np.clip(by * self.value, _SHORTEST, MOST_INNER / INNER))
        self.adapted += 1


@dataclass(slots=True, kw_only=True)
class Walk:
    """What every sweep needs, and what it adapts.

    length: of moves within the guess: 1 is `INNER` whole turns; above, there are more of them, below, they
        are parts of a turn.
    reach: (parameter,), of moves within the prior; None: not known yet.
    groups: ids of evidence, in the order in which proposals are looked at; none: all at once.
    part: of the prior's width, times the reach and at most all of it, that those go.
    """

    learner: Learner
    plan: Plan
    guess: Guess
    length: Length = field(default_factory=Length)
    reach: Array | None = None
    groups: tuple[frozenset[str], ...] = ()
    part: Length = field(default_factory=lambda: Length(value=FIRST_LENGTH))

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
        """One sweep within the guess: every set proposes once.

        Returns:
            The sets, and the share that was accepted.
        """
        random = self.plan.chance(stage)
        inner = round(INNER * max(1.0, self.length.value))
        turn = WHOLE_TURN * min(1.0, self.length.value) * SPAN ** -random.random(len(sets.excess))
        there = moved(self.guess, sets.coordinates, inner, turn, random)
        if self.groups:
            guessed = self._guessed(there) - self._guessed(sets.coordinates)
            return self._looked_at(stage, sets, there, guessed, random)
        proposed = self.judged(stage, there)
        with np.errstate(invalid="ignore"):  # minus infinity: cannot be predicted, never accepted
            gain = power * (proposed.excess - sets.excess)
        return _chosen(sets, proposed, gain, random)

    def moved_within_prior(self, stage: str, sets: Sets) -> tuple[Sets, float]:
        """One sweep in which each parameter goes as far as it may: every set proposes once.

        Returns:
            The sets, and the share that was accepted.
        """
        assert self.reach is not None
        random, here = self.plan.chance(stage), sets.coordinates
        longest = self.part.value * SPAN ** -random.random((len(here), 1))
        part = np.minimum(1.0, longest * self.reach)
        there = np.sqrt(1.0 - part**2) * here + part * random.standard_normal(here.shape)
        if self.groups:
            return self._looked_at(stage, sets, there, np.zeros((len(here), len(self.groups))), random)
        proposed = self.judged(stage, there)
        with np.errstate(invalid="ignore"):
            gain = self._log_likelihood(proposed) - self._log_likelihood(sets)
        return _chosen(sets, proposed, gain, random)

    def look_in_groups(self) -> None:
        """Decide in which order proposals are looked at, by what scatters in the sets of late."""
        problem, late = self.learner.problem, self.learner.late()
        likely = np.array([problem.log_likelihood(late, one.evidence) for one in problem.units])
        groups = grouped(problem.units, likely)
        self.groups = groups if len(groups) > 1 else ()

    def _looked_at(
        self, stage: str, sets: Sets, there: Array, guessed: Array, random: np.random.Generator
    ) -> tuple[Sets, float]:
        """Proposals that every group of the evidence accepts, each by its own ratio.

        there: (set, parameter). guessed: (set, group), how much of each ratio a guess has in it.
        """
        problem = self.learner.problem
        here = self._by_group(sets.predicted)
        floors = here + guessed + np.log(random.random(here.shape))
        # In the last group there is nothing left to look at.
        shown = np.where(np.arange(here.shape[1]) < here.shape[1] - 1, floors, -np.inf)
        looks = Looks(groups=self.groups, fitted=problem.fitted, floors=shown)
        predicted = self.learner.predict(stage, there, looks)
        found = self._by_group(predicted)
        # What was refused half-way is not learned from, for nobody knows the rest of it.
        whole = (found[:, :-1] >= floors[:, :-1]).all(axis=1) | np.isnan(predicted).all(axis=1)
        self.learner.recall(there[whole], predicted[whole])
        accepted = np.asarray((found >= floors).all(axis=1) & np.isfinite(found).all(axis=1))
        return sets.where(accepted, self.beside(there, predicted)), float(accepted.mean())

    def _by_group(self, predicted: Array) -> Array:
        """(set, number) -> (set, group), log-likelihoods."""
        problem = self.learner.problem
        return np.stack([problem.log_likelihood(predicted, one) for one in self.groups], axis=1)

    def _guessed(self, coordinates: Array) -> Array:
        """(set, group), what the guess says of each; what it says of none, but the prior, is in the first."""
        guess = self.guess
        of_all = guess.log_density(coordinates) - within(np.zeros(coordinates.shape[1]), np.inf).log_density(
            coordinates
        )
        if guess.surrogate is None:
            return np.stack([of_all, *(np.zeros_like(of_all) for _ in self.groups[1:])], axis=1)
        later = [guess.surrogate.part(one).log_likelihood(coordinates) for one in self.groups[1:]]
        return np.stack([of_all - np.sum(later, axis=0), *later], axis=1)

    def _log_likelihood(self, sets: Sets) -> Array:
        return self.learner.problem.log_likelihood(sets.predicted)

    def screen(self, sets: Sets) -> None:
        """Find the reach: each parameter is moved alone."""
        problem = self.learner.problem
        known = sets.at(np.flatnonzero(np.isfinite(sets.log_posterior)))
        alone, whose = moved_alone(known.coordinates, self.plan.chance("screen"))
        # Lines do not learn from these: they are for what is near, and these go far.
        predicted = self.learner.predict("screen", alone)
        self.reach = reach(problem, predicted, self._log_likelihood(known)[whose])

    def renewed(self, sets: Sets) -> Sets:
        """The sets beside a new guess; at power 1 they need no weights for it."""
        if self.plan.rounds:
            self.guess = self.learner.guess(np.inf)
            return replace(sets, excess=sets.log_posterior - self.guess.log_density(sets.coordinates))
        return sets


def _chosen(sets: Sets, proposed: Sets, gain: Array, random: np.random.Generator) -> tuple[Sets, float]:
    """Metropolis: what is accepted of what was proposed, by the logarithm of its ratio, (set,)."""
    accepted = np.log(random.random(len(gain))) < np.where(np.isnan(gain), -np.inf, gain)
    return sets.where(accepted, proposed), float(accepted.mean())
