import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab import calibrate_problem, from_petab
from tests.exchange.petab.toy import a_at, written

OBSERVABLES = "observableId|observableFormula|noiseFormula\nsee|A|0.1\n"
TIMES = (0.5, 1.0, 2.0, 4.0)
HEAD = "parameterId|lowerBound|upperBound|nominalValue|estimate\n"


def problem(tmp_path, parameters):
    measurements = "observableId|time|measurement\n" + "".join(f"see|{t}|{a_at(t)!r}\n" for t in TIMES)
    return from_petab(
        written(tmp_path, 2, observable=OBSERVABLES, measurement=measurements, parameter=HEAD + parameters)
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


def test_what_cannot_be_searched_gets_a_letter(tmp_path):
    one = problem(tmp_path, "k1|0|9|0.8|false\nk2|0|9|0.6|false\na0|0|9|2|false\n")
    with pytest.raises(PetabError, match="none of 3 parameters"):
        calibrate_problem(one)
    other = problem(tmp_path, "k1|0|9||true\nk2|0|9|0.6|false\na0|0|9|2|false\n")
    with pytest.raises(PetabError, match="no start for k1"):
        calibrate_problem(other)
