import numpy as np

from smaclab.simulate.solver import Recorder


def test_a_recorder_takes_each_sample_once_and_in_order():
    recorder = Recorder(np.array([0.0, 1.0, 2.0, 3.0]), np.array([[1.0, 1.0]]))
    assert recorder.due(1.0, inclusive=False).tolist() == [0.0]
    recorder.take(np.array([[1.0], [2.0]]))
    assert recorder.due(1.0, inclusive=False).tolist() == []
    assert recorder.due(1.0, inclusive=True).tolist() == [1.0]
    recorder.take(np.array([[-1e-9], [0.0]]))  # the solver's error around zero
    recorder.hold(np.array([3.0, 4.0]))
    assert recorder.counts[:, 0].tolist() == [3.0, 0.0, 7.0, 7.0]
    assert recorder.due(9.0, inclusive=True).tolist() == []


def test_a_recorder_knows_nothing_before_it_has_looked():
    assert np.all(np.isnan(Recorder(np.array([0.0]), np.ones((2, 3))).counts))


def test_what_is_as_small_as_the_solvers_error_is_nothing():
    recorder = Recorder(np.array([0.0, 1.0, 2.0]), np.array([[1.0]]))
    recorder.take(np.array([[1e-22, 1e-6]]))
    recorder.hold(np.array([np.nan]))
    np.testing.assert_array_equal(recorder.counts[:, 0], [0.0, 1e-6, np.nan])
