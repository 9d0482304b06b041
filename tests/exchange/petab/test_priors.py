"""Values of the densities of the textbook, by hand; cut ones by their mass."""

import math
from dataclasses import replace

import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab.priors import log_prior
from smaclab.exchange.petab.problem import PetabParameter


def parameter(prior, lower=-math.inf, upper=math.inf):
    return PetabParameter(id="p", value=1.0, is_estimated=True, lower=lower, upper=upper, prior=prior)


@pytest.mark.parametrize(
    ("name", "numbers", "value", "density"),
    [
        ("normal", (4.0, 2.0), 5.0, math.exp(-0.125) / (2 * math.sqrt(2 * math.pi))),
        ("log-normal", (1.0, 2.0), 5.0,
         math.exp(-((math.log(5) - 1) ** 2) / 8) / (5 * 2 * math.sqrt(2 * math.pi))),
        ("laplace", (3.0, 5.0), 5.0, math.exp(-0.4) / 10),
        ("log-laplace", (3.0, 5.0), 5.0, math.exp(-abs(math.log(5) - 3) / 5) / (2 * 5 * 5)),
        ("uniform", (2.0, 8.0), 5.0, 1 / 6),
        ("log-uniform", (3.0, 5.0), 4.0, 1 / (4 * math.log(5 / 3))),
        ("cauchy", (3.0, 5.0), 5.0, 1 / (math.pi * 5 * (1 + 0.16))),
        ("exponential", (3.0,), 5.0, math.exp(-5 / 3) / 3),
        ("gamma", (3.0, 5.0), 5.0, 25 * math.exp(-1) / (2 * 125)),
        ("rayleigh", (3.0,), 5.0, 5 / 9 * math.exp(-25 / 18)),
        ("chisquare", (4.0,), 5.0, 5 * math.exp(-2.5) / 4),
    ],
)  # fmt: skip
def test_a_density_is_the_textbooks(name, numbers, value, density):
    assert log_prior(parameter((name, numbers)), value) == pytest.approx(math.log(density), rel=1e-12)


def test_a_prior_is_cut_to_its_bounds():
    half = parameter(("normal", (0.0, 1.0)), lower=0.0)
    assert log_prior(half, 1.0) == pytest.approx(math.log(2) - 0.5 - 0.5 * math.log(2 * math.pi))
    assert log_prior(half, -1.0) == -math.inf
    assert log_prior(parameter(None, 0.0, 4.0), 1.0) == pytest.approx(-math.log(4))


def test_what_is_no_prior_gets_a_letter():
    with pytest.raises(PetabError, match="unknown priorDistribution 'zipf'"):
        log_prior(parameter(("zipf", (1.0,))), 1.0)
    with pytest.raises(PetabError, match="normal does not take 1"):
        log_prior(parameter(("normal", (1.0,))), 1.0)


def test_without_bounds_and_a_prior_nothing_is_said():
    assert log_prior(parameter(None), 1.0) == 0.0


OF_LOG = math.log(0.5 * math.sqrt(2 * math.pi))  # of a normal density with a standard deviation of 0.5


@pytest.mark.parametrize(
    ("name", "numbers", "scale", "found"),
    [
        ("parameterScaleNormal", (1.0, 0.5), "log10", -OF_LOG - 0.5 * 4),  # log10(100) is two sigma away
        ("parameterScaleNormal", (math.log(100.0), 0.5), "log", -OF_LOG),
        ("parameterScaleNormal", (100.0, 0.5), "lin", -OF_LOG),
        ("parameterScaleUniform", (-1.0, 3.0), "log10", -math.log(4.0)),
        ("parameterScaleLaplace", (1.0, 2.0), "log10", -math.log(4.0) - 0.5),
        ("normal", (99.0, 0.5), "log10", -OF_LOG - 0.5 * 4),  # of the parameter itself, whatever its scale
        ("uniform", (0.0, 200.0), "log10", -math.log(200.0)),
        ("laplace", (98.0, 2.0), "lin", -math.log(4.0) - 1.0),
        ("logNormal", (math.log(100.0), 0.5), "log10", -OF_LOG - math.log(100.0)),
        ("logLaplace", (math.log(100.0), 0.5), "log10", -math.log(100.0)),
    ],
)
def test_version_1_has_densities_on_the_parameters_scale(name, numbers, scale, found):
    one = PetabParameter(
        id="p", value=1.0, is_estimated=True, lower=0.01, upper=1000.0, scale=scale, prior=(name, numbers),
        is_cut=False,
    )  # fmt: skip
    assert log_prior(one, 100.0) == pytest.approx(found, rel=1e-12)
    assert log_prior(one, 1001.0) == -math.inf
    assert log_prior(replace(one, prior=None), 100.0) == 0.0


def test_the_words_of_one_version_are_none_of_the_other():
    with pytest.raises(PetabError, match="p: unknown priorDistribution 'parameterScaleNormal'"):
        log_prior(parameter(("parameterScaleNormal", (0.0, 1.0))), 1.0)
    with pytest.raises(PetabError, match="p: unknown objectivePriorType 'gamma'"):
        log_prior(replace(parameter(("gamma", (1.0, 1.0))), is_cut=False), 1.0)
