"""A guess at the posterior that costs microseconds: a normal distribution times what a surrogate says.

It is drawn from, and moved in, by elliptical slices (Murray, Adams, MacKay, J Mach Learn Res W&CP 2010;9:
541). They need no step size in any number of dimensions and leave the guess exactly as it is. They turn about
a second normal distribution, which fits the guess best at its top (`Reference`; Nishihara, Murray, Adams, J
Mach Learn Res 2014;15:2087), so that moves are long in every direction that the evidence leaves free, however
stiff others are. A bracket narrower than a whole turn makes short moves, as in Neal, Ann Stat 2003;31:705.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.special import logsumexp

from smaclab.infer.surrogate import Surrogate

Array = NDArray[Any]

WHOLE_TURN: Final = float(2.0 * np.pi)
_ROUNDS: Final = 60  # of halving a bracket
_KEPT: Final = 0.5
_MOVES: Final = 4
_HALVINGS: Final = 50
_CLIMBS: Final = 50
_SHORTEST: Final = 1e-3  # step of the climb, as a share of a whole one
_FLAT: Final = 1e-6  # what the last step of the climb gains


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A normal distribution. mean: (parameter,). root: (parameter, parameter), times standard normals."""

    mean: Array
    root: Array

    def place(self, normal: Array) -> Array:
        """(set, parameter) standard normal numbers as draws."""
        return np.asarray(self.mean + normal @ self.root.T)

    def normal(self, coordinates: Array) -> Array:
        """The standard normal numbers that `place` makes these of."""
        return np.asarray(solve_triangular(self.root, (coordinates - self.mean).T, lower=True).T)

    def log_density(self, normal: Array) -> Array:
        """(set,), of what `place` makes of standard normal numbers, with its constant."""
        return np.asarray(_log_normal(normal) - np.log(np.diag(self.root)).sum())


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Normal distributions of independent coordinates, times the likelihood of a surrogate.

    mean: (parameter,). sd: (parameter,). surrogate: None: the normal distribution alone.
    """

    mean: Array
    sd: Array
    surrogate: Surrogate | None = None

    def log_density(self, coordinates: Array) -> Array:
        """(set,): of the normal distribution with its constant, and the surrogate's likelihood."""
        found = _log_normal((coordinates - self.mean) / self.sd) - np.log(self.sd).sum()
        if self.surrogate is not None:
            found = found + self.surrogate.log_likelihood(coordinates)
        return np.asarray(found)

    @cached_property
    def reference(self) -> Reference:
        """The normal distribution that fits at the top: found by Gauss-Newton steps on the residuals."""
        if self.surrogate is None:
            return Reference(mean=self.mean, root=np.diag(self.sd))
        place, length = self.mean, 1.0
        here, gradient, precision = self._local(place)
        for _ in range(_CLIMBS):
            step = -np.linalg.solve(precision, gradient)
            there, *local = self._local(place + length * step)
            if there <= here:
                gained, place, here = here - there, place + length * step, there
                gradient, precision = local
                length = min(1.0, 2.0 * length)
                if gained < _FLAT:
                    break
            elif length > _SHORTEST:
                length /= 2.0
            else:
                break
        # The lower root of a covariance, from the upper one of the precision.
        root = np.linalg.cholesky(np.linalg.inv(precision))
        return Reference(mean=place, root=root)

    def _local(self, place: Array) -> tuple[float, Array, Array]:
        """Half the sum of squares, its gradient and its Gauss-Newton curvature."""
        assert self.surrogate is not None
        residuals, answers = self.surrogate.residuals(place)
        own = (place - self.mean) / self.sd**2
        total = 0.5 * float(residuals @ residuals + own @ (place - self.mean))
        return total, answers.T @ residuals + own, answers.T @ answers + np.diag(self.sd**-2.0)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Sets from a guess.

    coordinates: (set, parameter). log_mass: ln of the integral of the guess. effective: sets that were
        effective at each step on the way.
    """

    coordinates: Array
    log_mass: float
    effective: tuple[float, ...]


def within(start: Array, width: float, surrogate: Surrogate | None = None) -> Guess:
    """The standard normal prior, as far as it lies within some distance of a start.

    Args:
        start: (parameter,), the middle of the region.
        width: its standard deviation in each direction; infinite: the prior.
        surrogate: of the likelihood.
    """
    share = 0.0 if not np.isfinite(width) else 1.0 / (1.0 + width**2)
    return Guess(mean=share * start, sd=np.full(len(start), np.sqrt(1.0 - share)), surrogate=surrogate)


def drawn(guess: Guess, number: int, sweeps: int, random: np.random.Generator) -> Drawn:
    """Sets from a guess: from its reference, by steps that keep half of the sets effective.

    Args:
        guess: from which.
        number: of sets.
        sweeps: of moves at the end, after which sets of one ancestor are strangers.
        random: where chance comes from.
    """
    normal = random.standard_normal((number, len(guess.mean)))
    level = _ratio(guess, normal)
    power, mass = 0.0, 0.0
    effective: list[float] = []
    while power < 1.0:
        following = next_power(level, power, _KEPT)
        weight = (following - power) * level
        mass += float(logsumexp(weight) - np.log(number))
        effective.append(effective_number(weight))
        places = resampled(np.exp(weight - logsumexp(weight)), float(random.random()))
        state, power = (normal[places], level[places]), following
        for _ in range(_MOVES if power < 1.0 else sweeps):
            state = _moved(guess, state, power, WHOLE_TURN, random)
        normal, level = state
    return Drawn(coordinates=guess.reference.place(normal), log_mass=mass, effective=tuple(effective))


def moved(
    guess: Guess, coordinates: Array, sweeps: int, turn: Array | float, random: np.random.Generator
) -> Array:
    """Sets moved within the guess, (set, parameter), by a chain that is the same forth and back.

    Args:
        guess: what the moves leave as it is.
        coordinates: (set, parameter).
        sweeps: of moves.
        turn: the longest of one move, up to `WHOLE_TURN`; one number, or one for each set.
        random: where chance comes from.
    """
    normal = guess.reference.normal(coordinates)
    state = (normal, _ratio(guess, normal))
    for _ in range(sweeps):
        state = _moved(guess, state, 1.0, turn, random)
    return guess.reference.place(state[0])


def _ratio(guess: Guess, normal: Array) -> Array:
    """(set,): logarithm of guess over reference."""
    return guess.log_density(guess.reference.place(normal)) - guess.reference.log_density(normal)


def _moved(
    guess: Guess, state: tuple[Array, Array], power: float, turn: Array | float, random: np.random.Generator
) -> tuple[Array, Array]:
    """One slice for each set, of reference * (guess / reference)^power; with the ratio there, (set,)."""
    normal, level = state
    number = len(normal)
    here, there = normal, random.standard_normal(normal.shape)
    floor = power * level + np.log(random.random(number))
    low = -turn * random.random(number)
    high = low + turn
    angle = low + turn * random.random(number)
    todo = np.arange(number)
    normal, level = normal.copy(), level.copy()
    for _ in range(_ROUNDS):
        proposed = here[todo] * np.cos(angle[todo, None]) + there[todo] * np.sin(angle[todo, None])
        found = _ratio(guess, proposed)
        accepted = power * found > floor[todo]
        normal[todo[accepted]] = proposed[accepted]
        level[todo[accepted]] = found[accepted]
        todo = todo[~accepted]
        if not len(todo):
            break
        is_below = angle[todo] < 0.0
        low[todo] = np.where(is_below, angle[todo], low[todo])
        high[todo] = np.where(is_below, high[todo], angle[todo])
        angle[todo] = low[todo] + (high[todo] - low[todo]) * random.random(len(todo))
    return normal, level


def _log_normal(normal: Array) -> Array:
    """(set,), of standard normal numbers, (set, parameter)."""
    return np.asarray(-0.5 * (normal**2).sum(axis=1) - 0.5 * normal.shape[1] * np.log(2.0 * np.pi))


def effective_number(log_weight: Array) -> float:
    """Kish's effective sample size of unnormalized weights, (set,)."""
    return float(np.exp(2.0 * logsumexp(log_weight) - logsumexp(2.0 * log_weight)))


def resampled(weight: Array, offset: float) -> Array:
    """Systematic resampling: (set,) weights that sum to 1 and one number in 0 to 1 -> (set,) places."""
    marks = (np.arange(len(weight)) + offset) / len(weight)
    return np.minimum(np.searchsorted(np.cumsum(weight), marks), len(weight) - 1)


def next_power(excess: Array, power: float, kept: float, begun: Array | float = 0.0) -> float:
    """The largest power up to 1 that leaves a share of the sets effective, by halving.

    Args:
        excess: (set,), whose share of the logarithm rises; minus infinity for sets that never count.
        power: the present one; it comes back where already it leaves too few, for `begun`'s sake.
        kept: share of the sets that count.
        begun: (set,), logarithm of a weight that they have whatever the power.
    """
    known = np.where(np.isfinite(excess), excess, -np.inf)
    wanted = kept * np.isfinite(excess).sum()

    def effective(other: float) -> float:
        # No power times minus infinity is no number: a set that never counts does not count from the start.
        return effective_number(np.where(np.isfinite(known), begun + (other - power) * known, -np.inf))

    if effective(1.0) >= wanted:
        return 1.0
    low, high = power, 1.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if effective(middle) >= wanted else (low, middle)
    return low if low > power or np.any(begun) else high  # a step of nothing would never end
