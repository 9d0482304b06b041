import math

import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab import evaluate_problem, from_petab
from smaclab.exchange.petab.evaluate import log_priors
from tests.exchange.petab.toy import a_at, written

CONDITIONS = "conditionId|k1|A\nbefore|0.3|\nafter|0.8|1\n"
OBSERVABLES = (
    "observableId|observableFormula|noiseFormula|observableTransformation\n"
    "see|observableParameter1_see * A + observableParameter2_see|noiseParameter1_see|lin\n"
    "log|A|0.5|log10\n"
)
HEAD = "observableId|preequilibrationConditionId|simulationConditionId|time|measurement|observableParameters|"
MEASUREMENTS = f"{HEAD}noiseParameters\nsee||after|1|0.5|2;0.1|sd\nsee|before|after|1|0.5|1;0|0.3\n"
TABLES = {"condition": CONDITIONS, "observable": OBSERVABLES, "measurement": MEASUREMENTS}
PARAMETERS = (
    "parameterId|lowerBound|upperBound|nominalValue|estimate\nk2|0|9|0.6|1\na0|0|9|2|1\nsd|0|9|0.4|0\n"
)


def test_conditions_hold_before_and_after_a_rest(tmp_path):
    problem = from_petab(written(tmp_path, 1, **TABLES, parameter=PARAMETERS))
    found = evaluate_problem(problem)
    assert found.simulations[0] == pytest.approx(2 * a_at(1, a=1, b=0) + 0.1, rel=1e-8)
    # At rest with k1 = 0.3 two thirds of two are A; then A alone is set to 1.
    assert found.simulations[1] == pytest.approx(a_at(1, a=1, b=2 / 3), rel=1e-6)
    assert found.sigmas == (0.4, 0.3)


@pytest.mark.parametrize(
    ("table", "old", "new", "letter"),
    [
        ("measurement", "before", "never", "there is no condition 'never'"),
        ("observable", "log10", "log3", "'log3, normal' is not evaluated"),
        ("measurement", "2;0.1", "2", "1 observableParameters for 2 placeholders"),
        ("measurement", "|sd", "|none", "no value of none"),
        ("measurement", "|0.3\n", "|0\n", "its noise is 0"),
    ],
)
def test_what_is_not_sound_is_named(tmp_path, table, old, new, letter):
    tables = TABLES | {table: TABLES[table].replace(old, new)}
    with pytest.raises(PetabError, match=letter):
        evaluate_problem(from_petab(written(tmp_path, 1, **tables, parameter=PARAMETERS)))


PRIORS = (
    "parameterId|parameterScale|lowerBound|upperBound|nominalValue|estimate|objectivePriorType|"
    "objectivePriorParameters\nk2|log10|0.01|9|0.1|1|parameterScaleNormal|0;0.5\na0|lin|0|9|2|1||\n"
    "sd|lin|0|9|0.4|0|normal|1;1\n"
)


def test_priors_are_those_of_the_objective(tmp_path):
    problem = from_petab(written(tmp_path, 1, **TABLES, parameter=PRIORS))
    away = -0.5 * 4 - math.log(0.5 * math.sqrt(2 * math.pi))  # log10(0.1) is two standard deviations away
    assert log_priors(problem) == pytest.approx({"k2": away, "a0": 0.0})


def test_a_prior_that_is_not_known_is_named_when_it_is_read(tmp_path):
    tables = TABLES | {"parameter": PRIORS.replace("parameterScaleNormal", "parameterScaleGamma")}
    with pytest.raises(PetabError, match="k2: unknown objectivePriorType 'parameterScaleGamma'"):
        from_petab(written(tmp_path, 1, **tables))


def test_several_problems_in_one_file_are_named(tmp_path):
    path = written(tmp_path, 1, **TABLES, parameter=PARAMETERS)
    path.write_text(path.read_text() + "- condition_files: []\n")
    with pytest.raises(PetabError, match="2 problems in one file"):
        from_petab(path)
