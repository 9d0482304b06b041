"""The parameters that a problem's measurements and priors make likeliest: searches within the bounds.

Scope:   small problems; each gradient costs an evaluation a parameter.  Several starts look for other optima.
Ignores: uncertainty, which is for inference; version 1's priors of starts, which are drawn evenly instead.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from smaclab.errors import PetabError, SimulationError
from smaclab.exchange.petab.evaluate import evaluate_problem, log_priors
from smaclab.exchange.petab.problem import PetabParameter, PetabProblem
from smaclab.simulate.sbml.system import System

Array = NDArray[Any]

STEP = 1e-5  # of a difference, on the scale of the search: a solver at 1e-10 leaves five digits of a slope
NOT_POSSIBLE = 1e30  # the objective where a solve fails: the search turns back


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Where the best search ended.

    parameters: every parameter's value. negative_log_likelihood, log_prior: there; what is searched is the
    first less the second. evaluations: of the whole problem, by all searches. is_converged: the best.
    starts: (start,), where each search ended; inf where its start could not be evaluated.
    """

    parameters: Mapping[str, float]
    negative_log_likelihood: float
    log_prior: float
    evaluations: int
    is_converged: bool
    starts: tuple[float, ...]


def calibrate_problem(
    problem: PetabProblem,
    start: Mapping[str, float] | None = None,
    *,
    n_starts: int = 1,
    seed: int = 0,
    most_evaluations: int = 5000,
) -> Calibration:
    """Search the parameters that are to be estimated, from one start or several.

    Args:
        problem: what to calibrate; its priors count where it has some.
        start: values by id instead of the nominal ones, for the first search.
        n_starts: of searches; all but the first begin at random, evenly between the bounds, on a logarithmic
            scale where those are positive.  More starts keep the earlier ones.
        seed: of the random starts.
        most_evaluations: of the whole problem, by each search.

    Raises:
        PetabError: nothing to estimate, a parameter without a start or bounds, or no start that can be
            evaluated.
        SimulationError: the solve at the only start failed.
    """
    free = [one for one in problem.parameters.values() if one.is_estimated]
    if not free:
        raise PetabError(f"none of {len(problem.parameters)} parameters is to be estimated.")
    if n_starts < 1:
        raise PetabError(f"n_starts is {n_starts}; at least one search is needed.")
    values = problem.nominal() | dict(start or {})
    points = _starts(free, values, n_starts, seed)
    search = _Search(problem, free, values)
    if n_starts == 1:
        evaluate_problem(problem, values, search.system)  # what cannot be evaluated is told, not searched
    found = [search.run(one, most_evaluations) for one in points]
    best = min(found, key=lambda one: one.value)
    if not best.value < NOT_POSSIBLE:
        raise PetabError(f"none of {n_starts} starts can be evaluated; give a start, or narrower bounds.")
    parameters = search.at(best.point)
    prior = search.log_prior(parameters)
    return Calibration(
        parameters=parameters,
        negative_log_likelihood=best.value + prior,
        log_prior=prior,
        evaluations=search.evaluations,
        is_converged=best.is_converged,
        starts=tuple(one.value if one.value < NOT_POSSIBLE else math.inf for one in found),
    )


@dataclass(frozen=True, slots=True)
class _End:
    """Where one search ended: the point on the scale of the search, its value, and whether it converged."""

    point: Array
    value: float
    is_converged: bool


class _Search:
    """The objective of a problem on the scale of the search."""

    def __init__(
        self, problem: PetabProblem, free: Sequence[PetabParameter], values: Mapping[str, float]
    ) -> None:
        self.problem, self.free, self.values = problem, free, values
        self.system = System.of(problem.model)
        self.has_priors = any(one.prior is not None for one in free)
        self.evaluations = 0

    def at(self, point: Array) -> dict[str, float]:
        """Every parameter's value at a point."""
        moved = {one.id: _value(one, x) for one, x in zip(self.free, point, strict=True)}
        return {**self.values, **moved}

    def log_prior(self, values: Mapping[str, float]) -> float:
        """0 where no parameter has a prior: what is the same everywhere moves nothing."""
        return sum(log_priors(self.problem, values).values()) if self.has_priors else 0.0

    def objective(self, point: Array) -> float:
        """The negative logarithm of the posterior, but for a constant; very large where a solve fails."""
        self.evaluations += 1
        trial = self.at(point)
        prior = self.log_prior(trial)
        if prior == -math.inf:
            return NOT_POSSIBLE
        try:
            with np.errstate(all="ignore"):
                found = evaluate_problem(self.problem, trial, self.system).negative_log_likelihood - prior
        except (PetabError, SimulationError):
            return NOT_POSSIBLE
        return found if math.isfinite(found) else NOT_POSSIBLE

    def run(self, first: Array, most_evaluations: int) -> _End:
        """One search; one that cannot begin ends where it began."""
        value = self.objective(first)
        if value >= NOT_POSSIBLE:
            return _End(first, value, is_converged=False)
        result: Any = minimize(
            self.objective,
            first,
            method="L-BFGS-B",
            bounds=[(_point(one, one.lower), _point(one, one.upper)) for one in self.free],
            options={"maxfun": most_evaluations, "eps": STEP},
        )
        return _End(result.x, float(result.fun), is_converged=bool(result.success))


def _starts(
    free: Sequence[PetabParameter], values: Mapping[str, float], n_starts: int, seed: int
) -> list[Array]:
    """Points on the scale of the search: the given values, then random ones; without values all random."""
    lost = [one.id for one in free if one.id not in values]
    if lost and n_starts == 1:
        raise PetabError(
            f"no start for {', '.join(lost)}: give a nominalValue, a start, or n_starts above 1."
        )
    ends = [(_point(one, one.lower), _point(one, one.upper)) for one in free]
    found = []
    if not lost:
        inside = [min(max(values[one.id], one.lower), one.upper) for one in free]
        found.append(np.array([_point(one, value) for one, value in zip(free, inside, strict=True)]))
    open_ended = [
        one.id for one, (low, high) in zip(free, ends, strict=True) if not math.isfinite(high - low)
    ]
    if open_ended and len(found) < n_starts:
        raise PetabError(f"no bounds of {', '.join(open_ended)}: random starts need them.")
    for number in range(len(found), n_starts):
        draws = np.random.default_rng([seed, number]).random(len(free))
        found.append(np.array([low + u * (high - low) for u, (low, high) in zip(draws, ends, strict=True)]))
    return found


def _is_log(one: PetabParameter) -> bool:
    """Parameters whose bounds are positive are searched by their logarithm."""
    return one.lower > 0


def _point(one: PetabParameter, value: float) -> float:
    return math.log10(value) if _is_log(one) and value > 0 and math.isfinite(value) else value


def _value(one: PetabParameter, point: float) -> float:
    return float(min(max(10.0**point if _is_log(one) else point, one.lower), one.upper))
