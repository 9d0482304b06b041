import math

import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab import calibrate_problem, evaluate_problem, from_petab
from tests.exchange.petab.toy import a_at, written

OBSERVABLES = "observableId|observableFormula|noiseFormula\nsee|A|0.1\n"
TIMES = (0.5, 1.0, 2.0, 4.0)
HEAD = "parameterId|lowerBound|upperBound|nominalValue|estimate\n"


def problem(tmp_path, parameters, head=HEAD):
    measurements = "observableId|time|measurement\n" + "".join(f"see|{t}|{a_at(t)!r}\n" for t in TIMES)
    return from_petab(
        written(tmp_path, 2, observable=OBSERVABLES, measurement=measurements, parameter=head + parameters)
    )


def test_rates_are_found_again(tmp_path):
    """Exact data of k1 = 0.8 and k2 = 0.6 (which bounds make one logarithmic and one linear)."""
    found = calibrate_problem(problem(tmp_path, "k1|0.01|10|0.3|true\nk2|0|10|1.5|true\na0|0|9|2|false\n"))
    assert found.is_converged
    # The objective is flat at its optimum: differences of 1e-5 place it to four digits or so.
    assert found.parameters["k1"] == pytest.approx(0.8, rel=1e-3)
    assert found.parameters["k2"] == pytest.approx(0.6, rel=1e-3)
    assert found.parameters["a0"] == 2.0
    assert found.evaluations < 500


def test_a_bound_holds(tmp_path):
    found = calibrate_problem(problem(tmp_path, "k1|0.01|0.5|0.3|true\nk2|0|9|0.6|false\na0|0|9|2|false\n"))
    assert found.parameters["k1"] == pytest.approx(0.5, rel=1e-9)


PRIOR_HEAD = HEAD.rstrip("\n") + "|priorDistribution|priorParameters\n"


def test_a_prior_moves_the_optimum_to_where_it_is_on_paper(tmp_path):
    """Only the start is unknown, and A is proportional to it: a normal prior makes a weighted mean."""
    rows = "k1|0|9|0.8|false||\nk2|0|9|0.6|false||\na0|0|9|1|true|normal|{}\n"
    one = problem(tmp_path, rows.format("3;0.05"), head=PRIOR_HEAD)
    per_unit = [a_at(time, a=1.0) for time in TIMES]
    weight = sum((one / 0.1) ** 2 for one in per_unit)  # of the measurements, which say 2
    found = calibrate_problem(one)
    # Both are parabolas, so the optimum is exact but for the differences of the gradient.
    best = (2.0 * weight + 3.0 / 0.05**2) / (weight + 1.0 / 0.05**2)
    assert found.parameters["a0"] == pytest.approx(best, rel=1e-5)
    away = (found.parameters["a0"] - 3.0) / 0.05
    density = -0.5 * away**2 - math.log(0.05 * math.sqrt(2 * math.pi))
    assert found.log_prior == pytest.approx(density, rel=1e-9)
    at_best = evaluate_problem(one, found.parameters).negative_log_likelihood
    assert found.negative_log_likelihood == pytest.approx(at_best, rel=1e-9)


# Two wells: near p = 2, where 1.5 is left of what is measured, and near 5, where nothing is left.
TWO_WELLS = "observableId|observableFormula|noiseFormula\nsee|(p - 2)^2 * (p - 5)^2 + (5 - p) / 2|1\n"


def test_several_starts_find_the_better_of_two_optima(tmp_path):
    rows = "k1|0|9|0.8|false\nk2|0|9|0.6|false\na0|0|9|2|false\np|0|7|2.2|true\n"
    measurements = "observableId|time|measurement\nsee|1|0\n"
    one = from_petab(
        written(tmp_path, 2, observable=TWO_WELLS, measurement=measurements, parameter=HEAD + rows)
    )
    alone, many = calibrate_problem(one), calibrate_problem(one, n_starts=3, seed=3)
    assert alone.parameters["p"] == pytest.approx(2.0, abs=0.1)
    assert many.parameters["p"] > 4.0
    # A measurement without a residual leaves the constant of its normal density.
    assert many.negative_log_likelihood == pytest.approx(0.5 * math.log(2 * math.pi), abs=1e-6)
    # More starts keep the earlier ones.
    assert many.starts[:1] == alone.starts
    assert calibrate_problem(one, n_starts=2, seed=3).starts == many.starts[:2]


def test_what_cannot_be_searched_gets_a_letter(tmp_path):
    one = problem(tmp_path, "k1|0|9|0.8|false\nk2|0|9|0.6|false\na0|0|9|2|false\n")
    with pytest.raises(PetabError, match="none of 3 parameters"):
        calibrate_problem(one)
    other = problem(tmp_path, "k1|0|9||true\nk2|0|9|0.6|false\na0|0|9|2|false\n")
    with pytest.raises(PetabError, match="no start for k1"):
        calibrate_problem(other)
    assert calibrate_problem(other, n_starts=2).parameters["k1"] == pytest.approx(0.8, rel=1e-3)
    with pytest.raises(PetabError, match="n_starts is 0"):
        calibrate_problem(other, n_starts=0)
    endless = problem(tmp_path, "k1|||0.8|true\nk2|0|9|0.6|false\na0|0|9|2|false\n")
    with pytest.raises(PetabError, match="no bounds of k1: random starts need them"):
        calibrate_problem(endless, n_starts=2)
