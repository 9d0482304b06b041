import math

from smaclab.exchange.petab import from_petab
from tests.exchange.petab.toy import MEASUREMENTS_2, OBSERVABLES_2, written


def test_conditions_of_one_time_are_one_change(tmp_path):
    problem = from_petab(
        written(
            tmp_path, 2, observable=OBSERVABLES_2, measurement=MEASUREMENTS_2,
            condition="conditionId|targetId|targetValue\nc|A|3\nd|B|4\n",
            experiment="experimentId|time|conditionId\ne|5|\ne|-inf|c\ne|5|d\ne|7|c\n",
        )
    )  # fmt: skip
    periods = problem.experiments["e"]
    assert [one.time for one in periods] == [-math.inf, 5.0, 7.0]
    assert [list(one.changes) for one in periods] == [["A"], ["B"], ["A"]]


def test_a_measurement_without_an_experiment_begins_at_0(tmp_path):
    measurements = "observableId|time|measurement|observableParameters\nsee|1|1|2\n"
    problem = from_petab(written(tmp_path, 2, observable=OBSERVABLES_2, measurement=measurements))
    assert [one.time for one in problem.experiments[""]] == [0.0]
    assert problem.observables["see"].placeholders == ("scale",)
    assert problem.observables["log_b"].scale == "log"
