"""What was learned, in numbers and words: parameters, sloppy directions, residuals, predictive checks."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from smaclab.infer.evidence import Course
from smaclab.infer.prior import NORMAL_95, values_of
from smaclab.infer.problem import Problem
from smaclab.seeds import standard_normal

Array = NDArray[Any]
Verdict = Literal["identified", "bounded by its prior", "flat"]

IDENTIFIED: Final = 0.5
"""Posterior over prior standard deviation: below this the evidence says more than the prior does."""
FLAT: Final = 0.9
MOVED: Final = 0.5
"""A mean that moved by more than this, in prior standard deviations, was learned something about."""
LARGE_WEIGHT: Final = 0.2
_DRAWS: Final = 40
"""Noisy copies of every set's prediction in a predictive check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """One parameter before and after. Limits are 2.5 and 97.5 % points, in the parameter's unit.

    narrowed: posterior over prior standard deviation of the logarithm. moved: of the mean, in prior standard
        deviations.
    """

    name: str
    unit: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    narrowed: float
    moved: float
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A principal axis of the posterior in standard coordinates.

    sd: along it; 1 is as wide as the prior. parts: the parameters that make it up, with their weights.
    """

    sd: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """How far the predictions of one data set are off.

    root_mean_square: of the residuals over sets and points, in standard deviations; 1 is as good as the
        scatter.
    covered: share of the measured points inside the 90 % predictive interval; NaN where nothing is measured.
    """

    dataset: str
    is_held_out: bool
    points: int
    root_mean_square: float
    covered: float


def learned(problem: Problem, coordinates: Array) -> list[Learned]:
    """Each parameter's verdict, from posterior sets (set, parameter) in standard coordinates."""
    edge = np.array([[-NORMAL_95], [0.0], [NORMAL_95]]) * np.ones(len(problem.priors))
    before = values_of(problem.priors, edge)
    after = values_of(problem.priors, np.quantile(coordinates, [0.025, 0.5, 0.975], axis=0))
    narrowed, moved = coordinates.std(axis=0, ddof=1), coordinates.mean(axis=0)
    return [
        Learned(
            name=one.name,
            unit=one.unit,
            prior=(before[0, place], before[1, place], before[2, place]),
            posterior=(after[0, place], after[1, place], after[2, place]),
            narrowed=float(narrowed[place]),
            moved=float(moved[place]),
            verdict=verdict_of(float(narrowed[place]), float(moved[place])),
        )
        for place, one in enumerate(problem.priors)
    ]


def verdict_of(narrowed: float, moved: float) -> Verdict:
    """In words: what the evidence says of a parameter by itself.

    Identified: less than half as wide as the prior. Flat: as wide, and not moved. Between, the prior's width
    is a part of the answer.
    """
    if narrowed < IDENTIFIED:
        return "identified"
    return "flat" if narrowed > FLAT and abs(moved) < MOVED else "bounded by its prior"


def directions(problem: Problem, coordinates: Array, number: int) -> tuple[list[Direction], list[Direction]]:
    """The stiffest and the sloppiest axes of the posterior, `number` each.

    Raises:
        ValueError: fewer than two sets.
    """
    if len(coordinates) < 2:
        raise ValueError(f"{len(coordinates)} set; a covariance needs two.")
    values, vectors = np.linalg.eigh(np.cov(coordinates.T).reshape(len(problem.priors), -1))
    # With fewer sets than parameters some axes have no spread because nobody looked; they say nothing. A set
    # that stayed where it was is not another one.
    different = max(2, len(np.unique(coordinates, axis=0)))
    seen = np.arange(len(values))[-min(len(values), different - 1) :]
    found = [_direction(problem, values[place], vectors[:, place]) for place in seen]
    return found[:number], found[::-1][:number]


def _direction(problem: Problem, value: float, vector: Array) -> Direction:
    sign = np.sign(vector[np.argmax(np.abs(vector))])  # an axis has no sign of its own
    order = np.argsort(-np.abs(vector), kind="stable")
    parts = [
        (problem.names[one], float(sign * vector[one])) for one in order if abs(vector[one]) >= LARGE_WEIGHT
    ]
    return Direction(sd=float(np.sqrt(max(value, 0.0))), parts=tuple(parts))


def misfits(problem: Problem, predicted: Array, *, seed: int) -> list[Misfit]:
    """Residuals and 90 % predictive coverage of each data set, used and held out apart.

    Args:
        problem: what was fitted.
        predicted: (set, number), of the posterior sets.
        seed: of the noise that is added to predictions.
    """
    squares: dict[tuple[str, bool], list[Array]] = {}
    inside: dict[tuple[str, bool], list[Array]] = {}
    for one, part in problem.parts(predicted):
        key = (one.dataset, one.id in problem.held_out)
        squares.setdefault(key, []).append(one.residuals(part) ** 2)
        if isinstance(one, Course):
            inside.setdefault(key, []).append(covered(one, part, seed=seed))
    return [
        Misfit(
            dataset=dataset,
            is_held_out=is_held_out,
            points=sum(part.shape[1] for part in parts),
            root_mean_square=float(np.sqrt(np.nanmean(np.concatenate(parts, axis=1)))),
            covered=float(np.mean(np.concatenate(inside[dataset, is_held_out])))
            if (dataset, is_held_out) in inside
            else float("nan"),
        )
        for (dataset, is_held_out), parts in squares.items()
    ]


def coverage(problem: Problem, predicted: Array, *, seed: int) -> tuple[int, int]:
    """How many of the points that were never used lie in their 90 % predictive interval, of how many.

    Points of one course err together, so a share of few courses says little.
    """
    inside = [
        covered(one, part, seed=seed)
        for one, part in problem.parts(predicted)
        if isinstance(one, Course) and one.id in problem.held_out
    ]
    return int(sum(one.sum() for one in inside)), int(sum(one.size for one in inside))


def covered(course: Course, predicted: Array, *, level: float = 0.9, seed: int = 1) -> Array:
    """(point,): whether each measured point lies in the predictive interval of the sets, noise included.

    Args:
        course: what was measured.
        predicted: (set, point). Sets that cannot be predicted are left out.
        level: of the interval.
        seed: of the noise.
    """
    shown = course.shown(predicted)
    shown = shown[np.isfinite(shown).all(axis=1)]
    names = [f"point {place}" for place in range(course.size)]
    noise = standard_normal(seed, "predictive", course.id, range(_DRAWS * max(len(shown), 1)), names)
    if not len(shown):
        return np.zeros(course.size, dtype=bool)
    drawn = np.repeat(shown, _DRAWS, axis=0) + noise * np.array(course.sd)
    low, high = np.quantile(drawn, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    value = np.array(course.value)
    return np.asarray((low <= value) & (value <= high))
