from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.known import known, read_known
from smaclab.infer.plan import Plan
from smaclab.infer.sample import sample
from tests.infer.toys import decay, linear

PLAN = Plan(sets=20, rounds=2, chains=4, settling=3, last_sweeps=6)


def simulated(problem, plan=PLAN):
    with Checkpoint(problem) as kept:
        found = sample(problem, plan, kept)
        last = found.coordinates[-4:], found.predicted[-4:]
        return known(problem, kept.seen, found.alone, last), found


def test_what_was_simulated_comes_back_from_its_file(tmp_path):
    problem = linear([1.0, -1.0, 0.5, 2.0])
    made, found = simulated(problem)
    made.write(tmp_path / "sets.npz")
    read = read_known(tmp_path / "sets.npz", problem)
    assert len(read.coordinates) == found.simulations
    assert read.stage[0] == "learn 0"
    assert read.stage[-1] == "last 5"
    np.testing.assert_array_equal(read.predicted, problem.predict(problem.values(read.coordinates)))
    np.testing.assert_array_equal(read.alone, found.alone)
    assert len(read.learned_from()[0]) == 20 + 4 + 2 * 3
    assert read.fingerprint() == made.fingerprint()
    assert read.fingerprint() != simulated(problem, Plan(**{**PLAN.settings(), "seed": 2}))[0].fingerprint()


def test_it_serves_the_same_predictions_whatever_of_them_is_fitted(tmp_path):
    problem = linear([1.0, -1.0, 0.5, 2.0])
    simulated(problem)[0].write(tmp_path / "sets.npz")
    read_known(tmp_path / "sets.npz", problem.without(["y"]))
    read_known(tmp_path / "sets.npz", linear([1.0, -1.0, 0.5, 2.5]))
    with pytest.raises(SmaclabError, match="of another problem"):
        read_known(tmp_path / "sets.npz", replace(problem, about="another model"))


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 broken", b"a line of text\n"])
def test_no_such_file_gets_a_letter(tmp_path, content):
    path = tmp_path / "sets.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SmaclabError, match="no calibration there"):
        read_known(path, decay([0.5] * 8))


def test_a_file_with_objects_is_not_opened(tmp_path):
    path = tmp_path / "sets.npz"
    np.savez(path, identity=np.array([{"a": 1}], dtype=object))
    with pytest.raises(SmaclabError, match="no calibration there"):
        read_known(path, decay([0.5] * 8))


def test_nothing_seen_is_a_file_too(tmp_path):
    problem = decay([0.5] * 8)
    known(problem, [], None, None).write(tmp_path / "sets.npz")
    read = read_known(tmp_path / "sets.npz", problem)
    assert len(read.stage) == len(read.last) == len(read.alone) == 0
    assert read.coordinates.shape == (0, 3)
