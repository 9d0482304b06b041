"""What would have been learned without each data set, from the sets that were learned with all of them.

A set that was drawn with a data set is weighted by one over that data set's likelihood (importance weights,
as in leave-one-out cross-validation). It costs nothing, and says where it says nothing: where few sets count,
or where the largest weights have so heavy a tail (a generalized Pareto distribution whose shape is above 0.7)
that sets that would count were never drawn. There only a refit tells (`smaclab calibrate --without`).

Source: Vehtari, Gelman, Gabry, Stat Comput 2017;27:1413 (weights, tail and its limit).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from scipy.stats import genpareto

from smaclab.infer.evidence import Course, Evidence
from smaclab.infer.guess import effective_number, resampled
from smaclab.infer.problem import Problem
from smaclab.infer.summary import covered

Array = NDArray[Any]

ENOUGH: Final = 20.0
"""With fewer effective sets a mean is known to a fifth of its standard deviation at best."""
HEAVIEST: Final = 0.7
"""Of the tail's shape."""
_MIDDLE: Final = 0.5
_FEWEST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One data set taken away.

    effective: sets that count without it. tail: shape of the largest weights; above `HEAVIEST` nothing is
        told. moved: the parameters whose means move most, each with by how much,
        in standard deviations of the posterior; empty where the effective sets are too few.
    covered: share of its own points in the 90 % interval that is predicted without it; NaN: none is measured,
        or too few sets.
    """

    dataset: str
    effective: float
    tail: float
    moved: tuple[tuple[str, float], ...]
    covered: float

    @property
    def is_told(self) -> bool:
        """Whether enough sets count, and none is missing."""
        return self.effective >= ENOUGH and self.tail <= HEAVIEST


def left_out(
    problem: Problem, coordinates: Array, predicted: Array, *, most: int = 3, seed: int = 1
) -> list[LeftOut]:
    """Each data set that was used, taken away.

    Args:
        problem: what was fitted.
        coordinates: (set, parameter), standard, of the posterior.
        predicted: (set, number), their predictions.
        most: parameters that are named.
        seed: of the noise that is added to predictions.
    """
    used: dict[str, list[tuple[Evidence, Array]]] = {}
    for one, part in problem.parts(predicted):
        if one.id not in problem.held_out:
            used.setdefault(one.dataset, []).append((one, part))
    return [_without(problem, coordinates, (name, pieces), most, seed) for name, pieces in used.items()]


def _without(
    problem: Problem,
    coordinates: Array,
    data: tuple[str, list[tuple[Evidence, Array]]],
    most: int,
    seed: int,
) -> LeftOut:
    name, pieces = data
    log_weight = -_log_likelihood(pieces)
    effective = effective_number(log_weight)
    nothing = LeftOut(
        dataset=name, effective=effective, tail=tail_shape(log_weight), moved=(), covered=float("nan")
    )
    if not nothing.is_told:
        return nothing
    weight = np.exp(log_weight - logsumexp(log_weight))
    sd = np.maximum(coordinates.std(axis=0, ddof=1), 1e-12)
    shift = (weight @ coordinates - coordinates.mean(axis=0)) / sd
    order = np.argsort(-np.abs(shift), kind="stable")[:most]
    # As many sets again, each as often as it weighs: intervals need sets that count alike.
    chosen = resampled(weight, _MIDDLE)
    inside = [covered(one, part[chosen], seed=seed) for one, part in pieces if isinstance(one, Course)]
    return replace(
        nothing,
        moved=tuple((problem.names[place], float(shift[place])) for place in order),
        covered=float(np.mean(np.concatenate(inside))) if inside else float("nan"),
    )


def tail_shape(log_weight: Array) -> float:
    """Shape of a generalized Pareto distribution through the largest of (set,) weights; 0: all are equal.

    How many: a fifth of them, or three times the root of their number if that is fewer (as in the source).
    """
    number = len(log_weight)
    top = int(min(number / 5, 3.0 * np.sqrt(number)))
    ordered = np.sort(np.exp(log_weight - log_weight.max()))
    above = ordered[number - top :] - ordered[number - top - 1]
    if top < _FEWEST or above.max() <= 0.0:
        return 0.0 if above.size and above.max() <= 0.0 else float("inf")
    return float(genpareto.fit(above / above.max(), floc=0.0)[0])


def _log_likelihood(pieces: Iterable[tuple[Evidence, Array]]) -> Array:
    return np.asarray(sum(one.log_likelihood(part) for one, part in pieces))
