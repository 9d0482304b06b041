import math

import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab import evaluate_problem, from_petab
from smaclab.exchange.petab.evaluate import compared, log_priors
from tests.exchange.petab.toy import MEASUREMENTS_2, OBSERVABLES_2, a_at, written


@pytest.fixture
def problem(tmp_path):
    experiment = "experimentId|time\ne|0\n"
    return from_petab(
        written(tmp_path, 2, observable=OBSERVABLES_2, measurement=MEASUREMENTS_2, experiment=experiment)
    )


def test_the_likelihood_is_the_one_on_paper(problem):
    found = evaluate_problem(problem)
    a1, a10, b10 = a_at(1), a_at(10), 2 - a_at(10)
    assert found.simulations == pytest.approx((2 * a1, a10, b10), rel=1e-8)
    residuals = ((1.5 - 2 * a1) / 0.5, (2.0 - a10) / 0.5, (math.log(1.1) - math.log(b10)) / 0.6)
    assert found.chi2 == pytest.approx(sum(one**2 for one in residuals), rel=1e-7)
    sizes = (0.5, 0.5, 0.6 * 1.1)
    loss = sum(
        0.5 * math.log(2 * math.pi * size**2) + 0.5 * one**2
        for one, size in zip(residuals, sizes, strict=True)
    )
    assert found.negative_log_likelihood == pytest.approx(loss, rel=1e-7)


def test_other_parameters_give_other_numbers(problem):
    assert evaluate_problem(problem, {"k1": 0.0}).simulations[1] == pytest.approx(2.0)
    with pytest.raises(PetabError, match="unknown parameter of the problem 'k3'"):
        evaluate_problem(problem, {"k3": 1.0})


def test_simulations_of_others_are_compared_by_the_same_noise(problem):
    found = evaluate_problem(problem)
    again = compared(problem, found.simulations, found.sigmas)
    assert again == found
    perfect = compared(problem, [one.value for one in problem.measurements], found.sigmas)
    assert perfect.chi2 == 0.0
    constant = found.negative_log_likelihood - 0.5 * found.chi2  # normal noise: the rest is half of chi2
    assert perfect.negative_log_likelihood == pytest.approx(constant, rel=1e-12)


def test_laplace_noise(tmp_path):
    observables = OBSERVABLES_2.replace("|normal|", "|laplace|").replace("log-normal", "log-laplace")
    found = evaluate_problem(
        from_petab(
            written(
                tmp_path, 2, observable=observables, measurement=MEASUREMENTS_2,
                experiment="experimentId|time\ne|0\n",
            )
        )
    )  # fmt: skip
    residuals = (1.5 - 2 * a_at(1), 2.0 - a_at(10), math.log(1.1) - math.log(2 - a_at(10)))
    loss = sum(math.log(2 * 0.5) + abs(one) / 0.5 for one in residuals[:2])
    loss += math.log(2 * 0.6 * 1.1) + abs(residuals[2]) / 0.6
    assert found.negative_log_likelihood == pytest.approx(loss, rel=1e-7)


def test_priors_are_those_of_what_is_estimated(problem):
    assert log_priors(problem) == pytest.approx(dict.fromkeys(("k1", "k2", "a0"), -math.log(10)))
