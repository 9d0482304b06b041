"""Logarithms of the densities that PEtab names.

Scope:   version 2: cauchy, chisquare, exponential, gamma, laplace, log-laplace, log-normal, log-uniform,
         normal, rayleigh, uniform; numbers as PEtab orders them (gamma: shape and scale; exponential: scale),
         cut to the parameter's bounds.  Version 1: uniform, normal, laplace, logNormal, logLaplace, and
         parameterScaleUniform, -Normal and -Laplace, which are densities of the parameter on its scale; none
         is cut, and outside of the bounds there is nothing.
Ignores: priors that draw starts (version 1).

Source: PEtab's documentation; that version 1's densities on a scale have no factor of that scale and no
        mass taken off is pyPESTO's reading: its log prior of Isensee 2018, -4.4529997, is ours to 1e-8
        (github.com/Benchmarking-Initiative/Benchmark-Models-PEtab, pull request 253).
"""

import math
from collections.abc import Callable
from typing import Any

from scipy import stats

from smaclab.errors import PetabError, unknown
from smaclab.exchange.petab.problem import PetabParameter

_OF: dict[str, Callable[..., Any]] = {
    "cauchy": lambda at, scale: stats.cauchy(at, scale),
    "chisquare": lambda degrees: stats.chi2(degrees),
    "exponential": lambda scale: stats.expon(scale=scale),
    "gamma": lambda shape, scale: stats.gamma(shape, scale=scale),
    "laplace": lambda at, scale: stats.laplace(at, scale),
    "log-laplace": lambda at, scale: stats.loglaplace(1.0 / scale, scale=math.exp(at)),
    "log-normal": lambda at, sigma: stats.lognorm(sigma, scale=math.exp(at)),
    "log-uniform": lambda low, high: stats.loguniform(low, high),
    "normal": lambda at, sigma: stats.norm(at, sigma),
    "rayleigh": lambda scale: stats.rayleigh(scale=scale),
    "uniform": lambda low, high: stats.uniform(low, high - low),
}


_V1: dict[str, str] = {
    "uniform": "uniform",
    "normal": "normal",
    "laplace": "laplace",
    "logNormal": "log-normal",
    "logLaplace": "log-laplace",
    "parameterScaleUniform": "uniform",
    "parameterScaleNormal": "normal",
    "parameterScaleLaplace": "laplace",
}


def log_prior(one: PetabParameter, value: float) -> float:
    """The logarithm of the prior's density at a value.

    Returns:
        -inf outside of the bounds.  Without a prior: in version 2 that of a uniform density between the
        bounds, 0 where they are infinite; in version 1 always 0.

    Raises:
        PetabError: a distribution that is not known, or with other numbers than it takes.
    """
    if not one.lower <= value <= one.upper:
        return -math.inf
    if one.prior is None:
        width = one.upper - one.lower
        return -math.log(width) if one.is_cut and 0 < width < math.inf else 0.0
    whole = density(one.prior, one.id, is_cut=one.is_cut)
    if not one.is_cut:
        return float(whole.logpdf(_on_scale(one, value)))
    mass = float(whole.cdf(one.upper) - whole.cdf(one.lower))
    return float(whole.logpdf(value)) - math.log(mass) if mass > 0 else -math.inf


def density(prior: tuple[str, tuple[float, ...]], where: str, *, is_cut: bool) -> Any:
    """A distribution of SciPy: of version 2 where it is cut, else of version 1.

    Raises:
        PetabError: a distribution that is not known, or with other numbers than it takes.
    """
    name, numbers = prior
    known = _OF if is_cut else _V1
    if name not in known:
        column = "priorDistribution" if is_cut else "objectivePriorType"
        raise PetabError(unknown(column, name, known, where=where))
    try:
        return _OF[name if is_cut else _V1[name]](*numbers)
    except TypeError as problem:
        raise PetabError(f"{where}: {name} does not take {len(numbers)} numbers.") from problem


def _on_scale(one: PetabParameter, value: float) -> float:
    """What the density of version 1 is one of: the parameter, or its logarithm where its scale says so."""
    if one.prior is None or not one.prior[0].startswith("parameterScale") or one.scale == "lin":
        return value
    if value <= 0:
        return -math.inf
    return math.log(value) if one.scale == "log" else math.log10(value)
