"""Sets predicted in processes of their own: the same numbers in the same order, and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pytest

from smaclab.lab.set_workers import SetWorkers, predicted

SETS = [{"a": float(number), "b": 0.5} for number in range(7)]


def doubled(values):
    return np.array([2.0 * values["a"], values["b"], os.getpid()])


def failing(values):
    raise ValueError(f"no {values['a']}")


@pytest.mark.parametrize("workers", [1, 2])
def test_in_the_order_of_the_sets(workers):
    found = np.stack(list(predicted(doubled, SETS, workers)))
    np.testing.assert_array_equal(found[:, 0], 2.0 * np.arange(7))
    assert (os.getpid() in found[:, 2]) == (workers == 1)


def test_nothing_asked_is_nothing():
    assert list(predicted(doubled, [], 1)) == []


def test_what_goes_wrong_there_is_said_here():
    with pytest.raises(ValueError, match="no 0"):
        list(predicted(failing, SETS, 2))


def test_who_stops_listening_waits_for_nobody():
    some = predicted(doubled, ({"a": 1.0, "b": 1.0} for _ in range(10**9)), 2)
    assert next(some)[0] == 2.0
    some.close()


def test_processes_stay_for_the_next_sets_until_they_are_let_go():
    crew = SetWorkers(doubled, 2)
    first, second = ({int(one[2]) for one in crew.predicted(SETS * 20)} for _ in range(2))
    assert first & second
    assert len(first | second) <= 2  # new ones would have other numbers
    some = crew.predicted(SETS)
    next(some)
    some.close()  # and nobody waits for the other six
    assert [one[0] for one in crew.predicted(SETS[:2])] == [0.0, 2.0]
    crew.end()
    assert not any(is_alive(one) for one in first | second)
    assert not (first | second) & {int(one[2]) for one in crew.predicted(SETS)}
    crew.end()


def dying(values):
    os._exit(1)


def test_after_a_process_was_killed_the_next_sets_get_another():
    crew = SetWorkers(dying, 2)
    for _ in range(2):
        with pytest.raises(BrokenProcessPool):
            list(crew.predicted(SETS))
    crew.end()


KILLED = """
import os
from smaclab.lab.set_workers import SetWorkers, predicted
from tests.lab.test_set_workers import SETS, doubled
if __name__ == "__main__":
    for one in predicted(doubled, SETS * 10**6, 2):
        print(int(one[2]), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_parent_leaves_no_process_behind(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(KILLED)
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path])},
    )
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not is_alive(child):
            break
        time.sleep(0.1)
    assert not is_alive(child)


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
