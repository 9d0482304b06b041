import numpy as np

from benchmarks.case import earm_case
from tests.benchmarks.toys import decay_case


def test_earm_is_the_published_model_in_many_cells():
    case = earm_case(200)
    network = case.network
    assert (len(network.species), len(network.reactions)) == (58, 70)
    assert case.counts.shape == (200, 58)
    assert len(case.observables) == 8
    assert len(case.time_s) == 100
    assert case.time_s[-1] == 86_400.0
    amounts = case.parameters[:, network.parameter_index["XIAP_0"]]
    assert 0.25 < np.std(np.log(amounts)) < 0.35
    assert 0.9 < np.median(amounts) / 1e5 < 1.1
    assert np.all(case.parameters[:, network.parameter_index["L_0"]] == 3000.0)


def test_a_cell_does_not_depend_on_how_many_there_are():
    np.testing.assert_array_equal(earm_case(3).counts, earm_case(10).first(3).counts)


def test_a_case_can_be_repeated():
    case = decay_case(2)
    np.testing.assert_array_equal(case.times(3).counts[:, 0], [1000.0, 2000.0] * 3)
