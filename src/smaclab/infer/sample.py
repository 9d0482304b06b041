"""The sampler: a normal distribution found by regression, and tempered moves from it to the posterior.

1. Learn: `rounds` of statistical linear regression (`gaussian`) from a start give a normal distribution. It
   stays where it is until there are sets enough for a plane, and then moves and widens by small steps; one
   that lost (`_bound`) is taken back, and the next is half as long.
2. Temper: sets drawn from it are weighted by (posterior / normal)^power. The power rises from 0 to 1 in
   steps that keep half of the sets effective; after each, sets are drawn again by weight and moved (Del
   Moral, Doucet, Jasra, J R Stat Soc B 2006;68:411).
3. Move: a proposal that keeps a normal distribution fitted to the other half of the sets (preconditioned
   Crank-Nicolson about it; Cotter, Roberts, Stuart, White, Stat Sci 2013;28:424, Rudolf and Sprungk, Found
   Comput Math 2018;18:309), accepted by the ratio of what is left, so that it is exact for the tempered
   posterior in any number of dimensions.

Step 1 decides how much work the others have, not where they end, as long as the normal distribution reaches
everywhere the posterior does: a far second region is not found. Step 3 mends what few sets get wrong, given
enough sweeps; `Sampled` says how many sets have different ancestors, and what was accepted.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, ndtr
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from smaclab.errors import SmaclabError
from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.gaussian import Gaussian, around, improved, standard
from smaclab.infer.problem import Problem
from smaclab.seeds import standard_normal

Array = NDArray[Any]

GROWTH: Final = 1.25
REACH: Final = 3.0
"""Of one step, while it is trusted wholly. Twice as wide a round, and three deviations in every direction at
once, ran away from 440 findings: the median log-likelihood fell from -148 to -301 and -493 in two rounds."""
ROWS: Final = 2.0
"""Sets for each parameter before a plane is followed."""
UNKNOWN: Final = 6.0
"""What a residual that is not known counts as in the regression, as a margin that is furthest off does."""
MEMORY: Final = 4
"""A plane goes through the sets of so many rounds: one round has fewer sets than there are parameters."""
KEPT: Final = 0.5
"""Each step of the power keeps this share of the sets effective."""
ACCEPTED: Final = 0.25
"""The step of the moves is made longer above this acceptance, shorter below."""
_HALVINGS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to sample.

    sets: how many parameter sets.
    seed: of all random numbers.
    rounds: of regression; 0 starts from the prior.
    spread: of the sets of the first round around the start, in prior standard deviations.
    sweeps: moves of every set after each step of the power.
    last_sweeps: moves of every set at the end.
    """

    sets: int = 200
    seed: int = 1
    rounds: int = 12
    spread: float = 0.25
    sweeps: int = 2
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
    powers: of the tempering, after each step. effective: sets that were effective at each.
    accepted: share of moves that were, at each sweep. drift: mean log-posterior after each of the last
        sweeps.
    log_evidence: ln of the probability of the evidence under the priors, to compare hypotheses by.
    """

    coordinates: Array
    predicted: Array
    log_posterior: Array
    ancestor: Array
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
        return float(np.sqrt(sum(1.0 / one - 1.0 / number for one in self.effective)))

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
    guess = around(where, plan.spread) if plan.rounds else standard(len(where))
    if plan.rounds:
        guess = _learned(problem, plan, checkpoint, guess)
    return _tempered(_Walk(problem=problem, plan=plan, checkpoint=checkpoint, guess=guess))


def _learned(problem: Problem, plan: Plan, checkpoint: Checkpoint, guess: Gaussian) -> Gaussian:
    """The normal distribution after all rounds."""
    best, most, trust = guess, -np.inf, 1.0
    seen: list[tuple[Array, Array]] = []
    for number in range(plan.rounds):
        coordinates = guess.place(_normal(problem, plan, f"learn {number}"))
        predicted = checkpoint.predict(f"learn {number}", coordinates)
        residuals = problem.residuals(predicted)
        # A line without a rest, say. Left out, it could not teach where not to go; it is still never likely.
        residuals = np.where(np.isfinite(residuals), residuals, UNKNOWN)
        seen = [*seen, (coordinates, residuals)][-MEMORY:]
        bound = _bound(problem, guess, coordinates, predicted)
        if guess is not best:
            trust = min(1.0, 1.5 * trust) if bound >= most else 0.5 * trust
        if bound >= most or guess is best:
            best, most = guess, bound
        drawn, residuals = (np.concatenate(parts) for parts in zip(*seen, strict=True))
        if len(drawn) >= ROWS * len(problem.priors) or number == plan.rounds - 1:
            growth = 1.0 + (GROWTH - 1.0) * trust
            guess = improved(best, best.normal(drawn), residuals, growth=growth, reach=REACH * trust)
    return guess


def _bound(problem: Problem, guess: Gaussian, coordinates: Array, predicted: Array) -> float:
    """The evidence lower bound of a guess, but for a constant: its typical log-posterior and its entropy.

    A wider guess has less likely sets and says more; their sum tells whether it came nearer to the posterior.
    The median, not the mean: a few sets beyond a cliff decide nothing.
    """
    posterior = problem.log_likelihood(predicted) + standard(coordinates.shape[1]).log_density(coordinates)
    return float(np.median(posterior) + np.linalg.slogdet(guess.root)[1])


@dataclass(frozen=True, kw_only=True)
class _Walk:
    """What every step of the tempering needs."""

    problem: Problem
    plan: Plan
    checkpoint: Checkpoint
    guess: Gaussian

    def judged(self, stage: str, coordinates: Array) -> _Sets:
        predicted = self.checkpoint.predict(stage, coordinates)
        prior = standard(coordinates.shape[1]).log_density(coordinates)
        posterior = self.problem.log_likelihood(predicted) + prior
        excess = posterior - self.guess.log_density(coordinates)
        return _Sets(coordinates=coordinates, predicted=predicted, log_posterior=posterior, excess=excess)

    def following(self, sets: _Sets) -> tuple[Gaussian, Gaussian]:
        """Two normal distributions, each fitted to one half of the sets and meant for the other.

        A distribution that was fitted to a set favors it, and a move by it would not be exact. Where sets are
        few for the number of parameters, it is drawn towards the guess.
        """
        normal = self.guess.normal(sets.coordinates)
        return self._fitted(normal[1::2]), self._fitted(normal[::2])

    def _fitted(self, normal: Array) -> Gaussian:
        number, size = normal.shape
        trust = number / (number + size)
        centered = normal - normal.mean(axis=0)
        covariance = trust * (centered.T @ centered) / number + (1.0 - trust) * np.eye(size)
        mean = self.guess.place(trust * normal.mean(axis=0))
        return Gaussian(mean=mean, root=self.guess.root @ np.linalg.cholesky(covariance))

    def moved(self, stage: str, sets: _Sets, power: float, about: "_About") -> tuple[_Sets, float]:
        """One sweep: every set proposes once. Returns the sets and the share that was accepted."""
        fresh = _normal(self.problem, self.plan, stage)
        kept, step = about
        coordinates = np.empty_like(sets.coordinates)
        own, other = np.empty(len(fresh)), np.empty(len(fresh))
        for half, one in enumerate(kept):
            part = slice(half, None, 2)
            normal = one.normal(sets.coordinates[part])
            coordinates[part] = one.place(np.sqrt(1.0 - step**2) * normal + step * fresh[part])
            own[part] = one.log_density(sets.coordinates[part])
            other[part] = one.log_density(coordinates[part])
        proposed = self.judged(stage, coordinates)
        with np.errstate(invalid="ignore"):  # minus infinity: cannot be predicted, never accepted
            gain = (_tempered_density(proposed, power) - other) - (_tempered_density(sets, power) - own)
        accepted = np.log(_uniform(self.plan, stage, len(fresh))) < np.where(np.isnan(gain), -np.inf, gain)
        return sets.where(accepted, proposed), float(accepted.mean())


_About = tuple[tuple[Gaussian, Gaussian], float]
"""What proposals of each half keep, and the length of their step, above 0 and up to 1."""


def _tempered_density(sets: _Sets, power: float) -> Array:
    """Logarithm of guess^(1 - power) * posterior^power; minus infinity where a set cannot be predicted."""
    guess = np.where(np.isfinite(sets.excess), sets.log_posterior - sets.excess, -np.inf)
    return np.asarray(guess + power * sets.excess)


def _tempered(walk: _Walk) -> Sampled:
    plan = walk.plan
    sets = walk.judged("first", walk.guess.place(_normal(walk.problem, plan, "first")))
    if not np.isfinite(sets.excess).any():
        raise SmaclabError(
            f"none of the first {plan.sets} parameter sets could be predicted. Narrow the priors."
        )
    ancestor = np.arange(plan.sets)
    power, step, evidence = 0.0, 0.5, 0.0
    powers: list[float] = []
    effective: list[float] = []
    accepted: list[float] = []
    while power < 1.0:
        following = _next_power(sets.excess, power)
        weight = (following - power) * np.where(np.isfinite(sets.excess), sets.excess, -np.inf)
        evidence += float(logsumexp(weight) - np.log(plan.sets))
        chosen = resampled(np.exp(weight - logsumexp(weight)), _uniform(plan, f"draw {len(powers)}", 1)[0])
        effective.append(effective_number(weight))
        sets, ancestor, power = sets.at(chosen), ancestor[chosen], following
        powers.append(power)
        for sweep in range(plan.sweeps):
            about = (walk.following(sets), step)
            sets, share = walk.moved(f"temper {len(powers)} {sweep}", sets, power, about)
            accepted.append(share)
            step = _adapted(step, share)
    drift: list[float] = [float(sets.log_posterior.mean())]
    about = (walk.following(sets), step)  # no longer changes: from here on the moves are a plain Markov chain
    for sweep in range(plan.last_sweeps):
        sets, share = walk.moved(f"last {sweep}", sets, 1.0, about)
        accepted.append(share)
        drift.append(float(sets.log_posterior.mean()))
    return Sampled(
        coordinates=sets.coordinates,
        predicted=sets.predicted,
        log_posterior=sets.log_posterior,
        ancestor=ancestor,
        powers=tuple(powers),
        effective=tuple(effective),
        accepted=tuple(accepted),
        drift=tuple(drift),
        log_evidence=evidence,
        simulations=walk.checkpoint.read + walk.checkpoint.simulated,
    )


def effective_number(log_weight: Array) -> float:
    """Kish's effective sample size of unnormalized weights, (set,)."""
    return float(np.exp(2.0 * logsumexp(log_weight) - logsumexp(2.0 * log_weight)))


def resampled(weight: Array, offset: float) -> Array:
    """Systematic resampling: (set,) weights that sum to 1 and one number in 0 to 1 -> (set,) places."""
    marks = (np.arange(len(weight)) + offset) / len(weight)
    return np.minimum(np.searchsorted(np.cumsum(weight), marks), len(weight) - 1)


def _next_power(excess: Array, power: float) -> float:
    """The largest power up to 1 that leaves `KEPT` of the sets effective, by halving."""
    known = np.where(np.isfinite(excess), excess, -np.inf)
    wanted = KEPT * np.isfinite(excess).sum()

    def kept(other: float) -> float:
        return effective_number((other - power) * known)

    if kept(1.0) >= wanted:
        return 1.0
    low, high = power, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if kept(middle) >= wanted else (low, middle)
    return low if low > power else high  # a step that is too large ends; one of nothing never does


def _adapted(step: float, accepted: float) -> float:
    return float(np.clip(step * (1.5 if accepted > ACCEPTED else 1.0 / 1.5), 0.02, 1.0))


def _normal(problem: Problem, plan: Plan, stage: str) -> Array:
    """(set, parameter); a number belongs to the stage, the set and the parameter's name."""
    return standard_normal(plan.seed, "infer", stage, range(plan.sets), problem.names)


def _uniform(plan: Plan, stage: str, size: int) -> Array:
    return np.asarray(ndtr(standard_normal(plan.seed, "infer chance", stage, range(size), ["chance"])[:, 0]))
