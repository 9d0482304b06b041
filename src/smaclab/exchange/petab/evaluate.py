"""A problem at some parameters: simulations, likelihood, chi squared.

Source: PEtab's documentation of noise models, versions 1 and 2.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smaclab.errors import PetabError, unknown
from smaclab.exchange.petab.course import follow
from smaclab.exchange.petab.priors import log_prior
from smaclab.exchange.petab.problem import PetabMeasurement, PetabObservable, PetabProblem, Scale
from smaclab.network.expression import Node, evaluate, names
from smaclab.simulate.sbml.system import System


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A problem at some parameters.

    simulations: (measurement,), on the measurements' own scale. sigmas: (measurement,).
    negative_log_likelihood: the objective, without priors. chi2: sum of squared residuals over sigma.
    """

    simulations: tuple[float, ...]
    sigmas: tuple[float, ...]
    negative_log_likelihood: float
    chi2: float


def evaluate_problem(
    problem: PetabProblem, parameters: Mapping[str, float] | None = None, system: System | None = None
) -> Evaluation:
    """Simulate all experiments of a problem and compare with its measurements.

    Args:
        problem: what to evaluate.
        parameters: values by id instead of the nominal ones.
        system: the problem's model, compiled; for those who ask many times.

    Raises:
        PetabError: an unknown parameter, a name without a value, or a noise that is not positive.
        SimulationError: a solve that failed, or an experiment without a rest.
    """
    values = problem.nominal()
    for name, value in (parameters or {}).items():
        if name not in problem.parameters:
            raise PetabError(unknown("parameter of the problem", name, problem.parameters))
        values[name] = float(value)
    system = System.of(problem.model) if system is None else system
    seen = {}
    for name, periods in problem.experiments.items():
        moments = [one.time for one in problem.measurements if one.experiment == name]
        if moments:
            seen[name] = follow(system, periods, moments, values)
    simulations, sigmas = [], []
    for one in problem.measurements:
        observable = problem.observables[one.observable]
        known = {**values, **seen[one.experiment][one.time], "time": one.time}
        simulation, sigma = _seen(observable, one, known)
        simulations.append(simulation)
        sigmas.append(sigma)
    return compared(problem, simulations, sigmas)


def compared(problem: PetabProblem, simulations: Sequence[float], sigmas: Sequence[float]) -> Evaluation:
    """Simulations, wherever they come from, beside the measurements.

    Args:
        problem: whose measurements and noise models are taken.
        simulations: (measurement,), on the measurements' own scale.
        sigmas: (measurement,), above 0.
    """
    objective, chi2 = 0.0, 0.0
    for one, simulation, sigma in zip(problem.measurements, simulations, sigmas, strict=True):
        observable = problem.observables[one.observable]
        residual = _on(observable.scale, one.value) - _on(observable.scale, simulation)
        objective += _loss(observable, one.value, residual, sigma)
        chi2 += (residual / sigma) ** 2
    return Evaluation(
        simulations=tuple(simulations),
        sigmas=tuple(sigmas),
        negative_log_likelihood=objective,
        chi2=chi2,
    )


def log_priors(problem: PetabProblem, parameters: Mapping[str, float] | None = None) -> dict[str, float]:
    """The logarithm of the prior of each estimated parameter, as `log_prior` says."""
    values = problem.nominal() | dict(parameters or {})
    return {
        name: log_prior(one, values[name]) for name, one in problem.parameters.items() if one.is_estimated
    }


def _seen(
    observable: PetabObservable, one: PetabMeasurement, known: Mapping[str, float]
) -> tuple[float, float]:
    """Simulation and sigma of one measurement."""
    everything = dict(known)
    for what, placeholders, overrides in (
        ("observableParameters", observable.placeholders, one.overrides),
        ("noiseParameters", observable.noise_placeholders, one.noise_overrides),
    ):
        if len(placeholders) != len(overrides):
            raise PetabError(
                f"{observable.id} at time {one.time:g}: {len(overrides)} {what} for {len(placeholders)} "
                "placeholders."
            )
        for name, node in zip(placeholders, overrides, strict=True):
            everything[name] = _value(node, known, observable.id)
    simulation = _value(observable.formula, everything, observable.id)
    everything[observable.id] = simulation
    sigma = _value(observable.noise, everything, f"noise of {observable.id}")
    if not sigma > 0:
        raise PetabError(f"{observable.id} at time {one.time:g}: its noise is {sigma}; it must be above 0.")
    return simulation, sigma


def _value(node: Node, known: Mapping[str, Any], where: str) -> float:
    if lost := sorted(names(node) - known.keys()):
        raise PetabError(f"{where}: no value of {', '.join(lost)}.")
    return float(evaluate(node, known))


def _on(scale: Scale, value: float) -> float:
    if scale == "lin":
        return value
    if not value > 0:
        return math.nan
    return math.log(value) if scale == "log" else math.log10(value)


def _loss(observable: PetabObservable, measured: float, residual: float, sigma: float) -> float:
    """The negative logarithm of a measurement's density."""
    spread = {"lin": 1.0, "log": measured, "log10": measured * math.log(10.0)}[observable.scale]
    if observable.distribution == "laplace":
        return math.log(2.0 * sigma * spread) + abs(residual) / sigma
    return 0.5 * math.log(2.0 * math.pi * (sigma * spread) ** 2) + 0.5 * (residual / sigma) ** 2
