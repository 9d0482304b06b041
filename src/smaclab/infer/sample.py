"""The sampler: a guess learned by cheap lines, and tempered moves from it to the posterior.

1. Learn (`learn`): rounds of sets near a start give lines for every prediction, and with them a guess at the
   posterior that costs microseconds.
2. Temper: sets drawn from the guess are weighted by (posterior / guess)^power. The power rises from 0 to 1 in
   steps that keep half of the sets effective; after each, sets are drawn again by weight and moved (Del
   Moral, Doucet, Jasra, J R Stat Soc B 2006;68:411).
3. Move: a set makes many moves within the guess, where they cost nothing, and the place that it comes to is
   predicted and accepted by the ratio of what the guess got wrong (Liu, Monte Carlo Strategies in Scientific
   Computing 2001, section 9.4.3, surrogate transitions). Moves within the guess are the same forth and back,
   so this is exact for the tempered posterior, whatever the guess, in any number of dimensions.

Step 1 decides how much work the others have, not where they end, as long as the guess reaches everywhere the
posterior does: a far second region is not found. Step 3 mends what the lines get wrong, given enough sweeps;
`Sampled` says how many sets have different ancestors, and what was accepted.
"""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from smaclab.errors import SmaclabError
from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.guess import (
    WHOLE_TURN,
    Guess,
    drawn,
    effective_number,
    moved,
    next_power,
    resampled,
    within,
)
from smaclab.infer.learn import Learner
from smaclab.infer.problem import Problem
from smaclab.seeds import standard_normal, stream

Array = NDArray[Any]

SHARE: Final = 0.2
"""Sets of each round of learning after the first, as a share of all."""
KEPT: Final = 0.5
"""Each step of the power keeps this share of the sets effective."""
_LONGER: Final = ((0.4, 1.5), (0.25, 1.2), (0.12, 0.7), (0.0, 0.25))
"""How much longer moves become at this acceptance or more. A quarter accepted is about best."""
_SHORTEST: Final = 1e-3
INNER: Final = 10
"""Moves within the guess for one that is predicted, to begin with."""
MOST_INNER: Final = 40
SETTLING: Final = 2
"""Times as many sweeps as after a step of the power, with new lines each, before the last ones."""
SWEEPS: Final = 100
"""Of the first sets within the guess, so that those of one ancestor are strangers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to sample.

    sets: how many parameter sets.
    seed: of all random numbers.
    rounds: of learning; 0 starts from the prior.
    spread: of the sets of the first round around the start, in prior standard deviations.
    sweeps: moves of every set after each step of the power.
    last_sweeps: moves of every set at the end.
    """

    sets: int = 200
    seed: int = 1
    rounds: int = 24
    spread: float = 0.25
    sweeps: int = 1
    last_sweeps: int = 3

    def __post_init__(self) -> None:
        if self.sets < 2 or min(self.rounds, self.sweeps, self.last_sweeps) < 0 or not self.spread > 0:
            raise SmaclabError(f"{self}: two sets or more, no negative numbers, a spread above 0.")

    def settings(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """What came out; every set counts the same.

    coordinates: (set, parameter), standard. predicted: (set, number). log_posterior: (set,), unnormalized.
    ancestor: (set,), which of the first sets each descends from.
    before: sets that were effective at each step from the guess's reference to the guess.
    powers: of the tempering, after each step. effective: sets that were effective at each.
    accepted: share of moves that were, at each sweep. drift: mean log-posterior after each of the last
        sweeps.
    log_evidence: ln of the probability of the evidence under the priors, to compare hypotheses by.
    """

    coordinates: Array
    predicted: Array
    log_posterior: Array
    ancestor: Array
    before: tuple[float, ...]
    powers: tuple[float, ...]
    effective: tuple[float, ...]
    accepted: tuple[float, ...]
    drift: tuple[float, ...]
    log_evidence: float
    simulations: int

    @property
    def log_evidence_error(self) -> float:
        """A standard error of `log_evidence`, from the scatter of the weights at each step.

        Of independent sets; with few sweeps sets depend on each other, and it is larger.
        """
        number = len(self.coordinates)
        return float(np.sqrt(sum(1.0 / one - 1.0 / number for one in (*self.before, *self.effective))))

    @property
    def effective_families(self) -> float:
        """1 / sum of squared shares of the first sets' descendants: a cautious effective sample size."""
        shares = np.bincount(self.ancestor) / len(self.ancestor)
        return float(1.0 / (shares**2).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sets:
    """The population: where it is, what it predicts, ln(posterior), and ln(posterior / normal)."""

    coordinates: Array
    predicted: Array
    log_posterior: Array
    excess: Array

    def at(self, places: Array) -> "_Sets":
        return _Sets(**{name: getattr(self, name)[places] for name in self.__slots__})

    def where(self, is_new: Array, new: "_Sets") -> "_Sets":
        def chosen(name: str) -> Array:
            one, other = getattr(new, name), getattr(self, name)
            return np.where(is_new.reshape(-1, *[1] * (one.ndim - 1)), one, other)

        return _Sets(**{name: chosen(name) for name in self.__slots__})


def sample(problem: Problem, plan: Plan, checkpoint: Checkpoint, *, start: Array | None = None) -> Sampled:
    """Parameter sets from the posterior.

    Args:
        problem: priors, evidence and how to predict.
        plan: how many, with which seed.
        checkpoint: makes or reads the predictions.
        start: (parameter,), standard coordinates around which the first round is drawn; the priors' own
            `start` by default.

    Raises:
        BudgetSpent: the checkpoint's time is over.
        SmaclabError: no set could be predicted.
    """
    # One thread for the algebra: with another number of them sums round in other ways, and resume must not.
    with threadpool_limits(limits=1):
        return _sampled(problem, plan, checkpoint, start)


def _sampled(problem: Problem, plan: Plan, checkpoint: Checkpoint, start: Array | None) -> Sampled:
    where = np.array([one.start for one in problem.priors]) if start is None else start
    learner = Learner(problem=problem, predict=checkpoint.predict, middle=where, width=plan.spread)
    if plan.rounds:
        _learn(learner, plan)
    guess = learner.guess(np.inf) if plan.rounds else within(where, np.inf)
    return _tempered(_Walk(learner=learner, plan=plan, guess=guess), checkpoint)


def _learn(learner: Learner, plan: Plan) -> None:
    """All rounds."""
    learner.begin(standard_normal(plan.seed, "infer", "learn 0", range(plan.sets), learner.problem.names))
    size = max(2, round(SHARE * plan.sets))
    for number in range(1, plan.rounds):
        learner.go_on(number, size, _chance(plan, f"learn {number}"), plan.rounds)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What every step of the tempering needs.

    length: of moves: 1 is `INNER` whole turns within the guess; above, there are more of them, below, they
        are parts of a turn.
    """

    learner: Learner
    plan: Plan
    guess: Guess
    length: float = 1.0

    def judged(self, stage: str, coordinates: Array) -> _Sets:
        predicted = self.learner.see(stage, coordinates)
        prior = within(np.zeros(coordinates.shape[1]), np.inf).log_density(coordinates)
        posterior = self.learner.problem.log_likelihood(predicted) + prior
        excess = posterior - self.guess.log_density(coordinates)
        return _Sets(coordinates=coordinates, predicted=predicted, log_posterior=posterior, excess=excess)

    def moved(self, stage: str, sets: _Sets, power: float) -> tuple[_Sets, float]:
        """One sweep: every set proposes once. Returns the sets and the share that was accepted."""
        random = _chance(self.plan, stage)
        inner, turn = round(INNER * max(1.0, self.length)), WHOLE_TURN * min(1.0, self.length)
        proposed = self.judged(stage, moved(self.guess, sets.coordinates, inner, turn, random))
        with np.errstate(invalid="ignore"):  # minus infinity: cannot be predicted, never accepted
            gain = power * (proposed.excess - sets.excess)
        accepted = np.log(random.random(len(gain))) < np.where(np.isnan(gain), -np.inf, gain)
        return sets.where(accepted, proposed), float(accepted.mean())

    def next_step(self, sets: _Sets, power: float) -> tuple[_Sets, Array, float]:
        """The next power, the logarithm of each set's weight for it, and the sets beside the guess for it.

        Lines through all sets that were predicted by now may make a better guess. It takes the old one's
        place where it lets the power rise further, though the sets must then be weighted for that, too.
        """
        following = next_power(sets.excess, power, KEPT)
        weight = _weight(sets.excess, following - power, 0.0)
        if not self.plan.rounds or following >= 1.0:
            return sets, weight, following
        other = self.learner.guess(np.inf)
        excess = sets.log_posterior - other.log_density(sets.coordinates)
        with np.errstate(invalid="ignore"):  # sets that cannot be predicted
            begun = (1.0 - power) * (sets.excess - excess)
        further = next_power(excess, power, KEPT, begun)
        if further <= following:
            return sets, weight, following
        self.guess = other
        return replace(sets, excess=excess), _weight(excess, further - power, begun), further

    def renewed(self, sets: _Sets) -> _Sets:
        """The sets beside a new guess; at the end of the tempering they need no weights for it."""
        if self.plan.rounds:
            self.guess = self.learner.guess(np.inf)
            return replace(sets, excess=sets.log_posterior - self.guess.log_density(sets.coordinates))
        return sets

    def adapt(self, accepted: float) -> None:
        """Longer moves where many are accepted, much shorter where hardly any are."""
        by = next(by for least, by in _LONGER if accepted >= least)
        self.length = float(np.clip(by * self.length, _SHORTEST, MOST_INNER / INNER))


def _weight(excess: Array, rise: float, begun: Array | float) -> Array:
    """Logarithm of each set's weight, (set,); minus infinity for one that cannot be predicted."""
    is_known = np.isfinite(excess)
    return np.where(is_known, begun + rise * np.where(is_known, excess, 0.0), -np.inf)


def _tempered(walk: _Walk, checkpoint: Checkpoint) -> Sampled:
    plan = walk.plan
    begun = drawn(walk.guess, plan.sets, SWEEPS, _chance(plan, "first"))
    sets = walk.judged("first", begun.coordinates)
    if not np.isfinite(sets.excess).any():
        raise SmaclabError(
            f"none of the first {plan.sets} parameter sets could be predicted. Narrow the priors."
        )
    path = _Path(sets=sets, ancestor=np.arange(plan.sets), evidence=begun.log_mass)
    _temper(walk, path)
    for sweep in range(SETTLING * plan.sweeps):
        path.sets = walk.renewed(path.sets)
        path.sets, share = walk.moved(f"settle {sweep}", path.sets, 1.0)
        path.accepted.append(share)
        walk.adapt(share)
    drift: list[float] = [float(path.sets.log_posterior.mean())]
    for sweep in range(plan.last_sweeps):  # moves no longer change: from here on a plain Markov chain
        path.sets, share = walk.moved(f"last {sweep}", path.sets, 1.0)
        path.accepted.append(share)
        drift.append(float(path.sets.log_posterior.mean()))
    return Sampled(
        coordinates=path.sets.coordinates,
        predicted=path.sets.predicted,
        log_posterior=path.sets.log_posterior,
        ancestor=path.ancestor,
        powers=tuple(path.powers),
        before=begun.effective,
        effective=tuple(path.effective),
        accepted=tuple(path.accepted),
        drift=tuple(drift),
        log_evidence=path.evidence,
        simulations=checkpoint.read + checkpoint.simulated,
    )


@dataclass(slots=True, kw_only=True)
class _Path:
    """Where the sets are on the way from the guess to the posterior, and what the way was like."""

    sets: _Sets
    ancestor: Array
    evidence: float
    powers: list[float] = field(default_factory=list)
    effective: list[float] = field(default_factory=list)
    accepted: list[float] = field(default_factory=list)


def _temper(walk: _Walk, path: _Path) -> None:
    """Raise the power from 0 to 1."""
    plan, power = walk.plan, 0.0
    while power < 1.0:
        sets, weight, power = walk.next_step(path.sets, power)
        path.evidence += float(logsumexp(weight) - np.log(plan.sets))
        chance = float(_chance(plan, f"draw {len(path.powers)}").random())
        chosen = resampled(np.exp(weight - logsumexp(weight)), chance)
        path.effective.append(effective_number(weight))
        path.sets, path.ancestor = sets.at(chosen), path.ancestor[chosen]
        path.powers.append(power)
        for sweep in range(plan.sweeps):
            path.sets, share = walk.moved(f"temper {len(path.powers)} {sweep}", path.sets, power)
            path.accepted.append(share)
            walk.adapt(share)


def _chance(plan: Plan, stage: str) -> np.random.Generator:
    """A generator that belongs to the seed and the stage alone, so that a resumed run has the same."""
    return stream(plan.seed, "infer", stage, 0)
