from smaclab.exchange.petab import from_petab
from tests.exchange.petab.toy import MEASUREMENTS_2, OBSERVABLES_2, written


def test_nominal_values_are_those_of_the_table(tmp_path):
    path = written(
        tmp_path,
        2,
        observable=OBSERVABLES_2,
        measurement=MEASUREMENTS_2,
        experiment="experimentId|time\ne|0\n",
    )
    problem = from_petab(path)
    assert problem.nominal() == {"k1": 0.8, "k2": 0.6, "a0": 2.0, "sd": 0.5}
    assert [one.id for one in problem.parameters.values() if one.is_estimated] == ["k1", "k2", "a0"]
