"""Profiles: how likely the best set is in which one parameter has a given value, all others free.

One parameter is pinned and the rest optimized (Raue et al., Bioinformatics 2009;25:1923), here with the
prior, on the surrogate: nonlinear least squares (`scipy.optimize.least_squares`) near the best set that is
known at that value; then the model says what it is worth, lines learn from it, and the next round goes on
from the better of the two. So a profile is what was *found*: a set at least so good exists. Where it stays
low, nothing better was found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.stats import chi2

from smaclab.infer.guess import within
from smaclab.infer.problem import Problem, stacked
from smaclab.infer.surrogate import Surrogate, learned

Array = NDArray[Any]

OFFSETS: Final = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)
"""Prior standard deviations from the best set."""
ROUNDS: Final = 4
WIDTH: Final = 0.25
"""How far from the best known set lines are followed at first, in prior standard deviations a parameter."""
_LEAST, _MOST = 0.02, 1.0
_EVALUATIONS: Final = 60
WITHIN: Final = float(chi2.ppf(0.95, 1) / 2.0)
"""Loss of the logarithm up to which a value lies in the 95 % interval of one parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Of one parameter, in order of its value.

    coordinate: (value,), standard. sets: (value, parameter), the best that were found. log_posterior:
    (value,), theirs. top: log-posterior of the best set of all.
    """

    name: str
    coordinate: Array
    sets: Array
    log_posterior: Array
    top: float

    @property
    def loss(self) -> Array:
        """(value,): how far below the top."""
        return np.asarray(self.top - self.log_posterior)


@dataclass(slots=True)
class _Point:
    """One parameter at one value. known: the best set so far, worth `log_posterior`."""

    pinned: int | None
    known: Array
    log_posterior: float = -np.inf
    width: float = WIDTH

    def judge(self, proposed: Array, log_posterior: float) -> None:
        """Keep what is better, and trust lines further; or less far."""
        if log_posterior > self.log_posterior:
            self.known, self.log_posterior = proposed, log_posterior
            self.width = min(_MOST, 2.0 * self.width)
        else:
            self.width = max(_LEAST, 0.5 * self.width)


def profiled(
    problem: Problem,
    names: Sequence[str],
    seen: tuple[Array, Array],
    *,
    offsets: Sequence[float] = OFFSETS,
    rounds: int = ROUNDS,
    told: Callable[[int], None] | None = None,
) -> list[Profile]:
    """Profiles of some parameters.

    Args:
        problem: whose evidence and priors.
        names: of the parameters.
        seen: (set, parameter), standard, and (set, number): sets that were predicted, near the best.
        offsets: from the best of them, in prior standard deviations.
        rounds: of optimizing; each predicts a set for every value, and draws new lines.
        told: called with the number of sets predicted.

    Raises:
        SmaclabError: none of the sets is known.
    """
    coordinates, predicted = seen
    worth = _log_posterior(problem, coordinates, predicted)
    best = int(np.argmax(worth))
    # The top is optimized as the others are: else they would be compared with what nobody improved.
    points = [_Point(None, coordinates[best], float(worth[best]))]
    for name in names:
        for offset in sorted(offsets):
            start = coordinates[best].copy()
            start[problem.names.index(name)] += offset
            points.append(_Point(problem.names.index(name), start))
    done = count(1)
    one_more = None if told is None else lambda: told(next(done))
    for _ in range(rounds):
        surrogate = learned(problem, coordinates, predicted)
        proposed = np.array([climbed(surrogate, one.known, one.width, one.pinned) for one in points])
        found = stacked(problem.predict_each(proposed), one_more)
        for one, where, value in zip(points, proposed, _log_posterior(problem, proposed, found), strict=True):
            one.judge(where, float(value))
        coordinates, predicted = np.concatenate([coordinates, proposed]), np.concatenate([predicted, found])
    # A set that came out better than the one called best is a better top.
    top = max(points, key=lambda one: one.log_posterior)
    return [_profile(problem, name, points, top) for name in names]


def climbed(surrogate: Surrogate, start: Array, width: float, pinned: int | None) -> Array:
    """The most likely set by the lines, (parameter,), times the prior.

    Args:
        surrogate: of the likelihood.
        start: (parameter,), standard.
        width: standard deviation, in each parameter, of how far from the start lines are believed.
        pinned: the parameter that stays.
    """
    free = np.arange(len(start)) != pinned

    def whole(part: Array) -> Array:
        coordinates = start.copy()
        coordinates[free] = part
        return coordinates

    def residuals(part: Array) -> Array:
        return np.concatenate([surrogate.residuals(whole(part))[0], part, (part - start[free]) / width])

    def slopes(part: Array) -> Array:
        own = np.eye(len(part))
        return np.vstack([surrogate.residuals(whole(part))[1][:, free], own, own / width])

    return whole(least_squares(residuals, start[free], jac=slopes, max_nfev=_EVALUATIONS).x)


def _profile(problem: Problem, name: str, points: Sequence[_Point], top: _Point) -> Profile:
    place = problem.names.index(name)
    chosen = [one for one in points if one.pinned == place] + [top]
    chosen.sort(key=lambda one: float(one.known[place]))
    sets = np.array([one.known for one in chosen])
    return Profile(
        name=name,
        coordinate=sets[:, place],
        sets=sets,
        log_posterior=np.array([one.log_posterior for one in chosen]),
        top=top.log_posterior,
    )


def _log_posterior(problem: Problem, coordinates: Array, predicted: Array) -> Array:
    prior = within(np.zeros(coordinates.shape[1]), np.inf).log_density(coordinates)
    return np.asarray(problem.log_likelihood(predicted) + prior)
