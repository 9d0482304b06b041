import numpy as np

from smaclab.simulate.status import ADVICE, Status, blank_failures, counted


def test_every_status_has_advice():
    assert set(ADVICE) == set(Status)
    assert all(len(words) > 20 for words in ADVICE.values())


def test_a_failure_is_never_a_result():
    status = np.array([[Status.OK, Status.NO_REST]])
    values = np.ones((1, 2, 3))
    blank = blank_failures(values, status)
    assert np.all(blank[0, 0] == 1.0)
    assert np.all(np.isnan(blank[0, 1]))
    assert np.all(values == 1.0)


def test_statuses_are_counted_by_name():
    status = np.array([[0, 0, 3], [1, 0, 0]])
    assert counted(status) == {"OK": 4, "STEP_LIMIT": 1, "NO_REST": 1}
