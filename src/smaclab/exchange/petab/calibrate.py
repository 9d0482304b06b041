"""The nearest optimum of a problem: one start of a quasi-Newton search within the bounds.

Scope:   small problems; each gradient costs an evaluation a parameter.
Ignores: priors, other optima, uncertainty: those are for inference.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from smaclab.errors import PetabError, SimulationError
from smaclab.exchange.petab.evaluate import evaluate_problem
from smaclab.exchange.petab.problem import PetabParameter, PetabProblem
from smaclab.simulate.sbml.system import System

Array = NDArray[Any]

STEP = 1e-5  # of a difference, on the scale of the search: a solver at 1e-10 leaves five digits of a slope
NOT_POSSIBLE = 1e30  # the objective where a solve fails: the search turns back


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Where a search ended. parameters: every parameter's value. evaluations: of the whole problem."""

    parameters: Mapping[str, float]
    negative_log_likelihood: float
    evaluations: int
    is_converged: bool


def calibrate_problem(
    problem: PetabProblem, start: Mapping[str, float] | None = None, *, most_evaluations: int = 5000
) -> Calibration:
    """Search the parameters that are to be estimated, each on its scale, from a start.

    Args:
        problem: what to calibrate.
        start: values by id instead of the nominal ones.
        most_evaluations: of the whole problem.

    Raises:
        PetabError: nothing to estimate, a parameter without a start, or a start that cannot be evaluated.
        SimulationError: the solve at the start failed.
    """
    free = [one for one in problem.parameters.values() if one.is_estimated]
    if not free:
        raise PetabError(f"none of {len(problem.parameters)} parameters is to be estimated.")
    values = problem.nominal() | dict(start or {})
    lost = [one.id for one in free if one.id not in values]
    if lost:
        raise PetabError(f"no start for {', '.join(lost)}: give a nominalValue, or a start.")
    system = System.of(problem.model)
    evaluate_problem(problem, values, system)  # what cannot be evaluated at all is told, not searched

    def objective(point: Array) -> float:
        trial = values | {one.id: _value(one, x) for one, x in zip(free, point, strict=True)}
        try:
            found = evaluate_problem(problem, trial, system).negative_log_likelihood
        except (PetabError, SimulationError):
            return NOT_POSSIBLE
        return found if math.isfinite(found) else NOT_POSSIBLE

    first = np.array([_point(one, min(max(values[one.id], one.lower), one.upper)) for one in free])
    result: Any = minimize(
        objective,
        first,
        method="L-BFGS-B",
        bounds=[(_point(one, one.lower), _point(one, one.upper)) for one in free],
        options={"maxfun": most_evaluations, "eps": STEP},
    )
    best = {one.id: _value(one, x) for one, x in zip(free, result.x, strict=True)}
    return Calibration(
        parameters=values | best,
        negative_log_likelihood=float(result.fun),
        evaluations=int(result.nfev),
        is_converged=bool(result.success),
    )


def _is_log(one: PetabParameter) -> bool:
    """Parameters whose bounds are positive are searched by their logarithm."""
    return one.lower > 0


def _point(one: PetabParameter, value: float) -> float:
    return math.log10(value) if _is_log(one) and value > 0 and math.isfinite(value) else value


def _value(one: PetabParameter, point: float) -> float:
    return float(min(max(10.0**point if _is_log(one) else point, one.lower), one.upper))
