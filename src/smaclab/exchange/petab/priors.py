"""Logarithms of the densities that PEtab 2 names, cut to a parameter's bounds.

Scope:   cauchy, chisquare, exponential, gamma, laplace, log-laplace, log-normal, log-uniform, normal,
         rayleigh, uniform; numbers as PEtab orders them (gamma: shape and scale; exponential: scale).
Ignores: priors of version 1, which stand on the parameter's scale.
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


def log_prior(one: PetabParameter, value: float) -> float:
    """The logarithm of the prior's density at a value; without a prior it is uniform between the bounds.

    Raises:
        PetabError: a distribution that is not known, or with other numbers than it takes.
    """
    name, numbers = one.prior or ("uniform", (one.lower, one.upper))
    if name not in _OF:
        raise PetabError(unknown("priorDistribution", name, _OF, where=one.id))
    try:
        whole = _OF[name](*numbers)
    except TypeError as problem:
        raise PetabError(f"{one.id}: {name} does not take {len(numbers)} numbers.") from problem
    mass = float(whole.cdf(one.upper) - whole.cdf(one.lower))
    if not one.lower <= value <= one.upper or not mass > 0:
        return -math.inf
    return float(whole.logpdf(value)) - math.log(mass)
