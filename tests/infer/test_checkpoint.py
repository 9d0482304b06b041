import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from smaclab.errors import BudgetSpent, SmaclabError
from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.plan import Plan
from smaclab.infer.sample import sample
from tests.infer.toys import linear

PROBLEM = linear([1.0, -1.0, 0.5, 2.0])
PLAN = Plan(sets=12, chains=12, rounds=1, settling=2, last_sweeps=1)
ROOT = Path(__file__).parents[2]

SCRIPT = """
import os, random, signal, sys, time
from pathlib import Path
from dataclasses import replace
from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.plan import Plan
from smaclab.infer.sample import sample
from tests.infer.toys import linear

problem = linear([1.0, -1.0, 0.5, 2.0])
plan = Plan(sets=12, chains=12, rounds=1, settling=2, last_sweeps=1)

def slowly(values, predict=problem.predict):
    time.sleep(0.002)
    return predict(values)

def work(path):
    slow = replace(problem, predict=slowly)
    with Checkpoint(slow, path, settings=plan.settings()) as checkpoint:
        found = sample(slow, plan, checkpoint)
    path.with_suffix(".bits").write_bytes(found.coordinates.tobytes() + found.predicted.tobytes())

moments, kills, runs = random.Random(1), 0, 0
while kills < 50:
    path = Path(sys.argv[1]) / f"{runs}.ckpt"
    longest = 0.05
    while not path.with_suffix(".bits").exists():
        child = os.fork()
        if child == 0:
            work(path)
            os._exit(0)
        time.sleep(moments.uniform(0.0, longest))
        longest *= 1.1  # a busy machine gets there, too
        os.kill(child, signal.SIGKILL)
        kills += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    runs += 1
print(kills, runs)
"""


def run(path, problem=PROBLEM, plan=PLAN, **more):
    with Checkpoint(problem, path, settings=plan.settings(), **more) as checkpoint:
        return sample(problem, plan, checkpoint), checkpoint


def test_what_is_there_is_read_and_not_simulated(tmp_path):
    first, one = run(tmp_path / "a.ckpt")
    again, other = run(tmp_path / "a.ckpt")
    assert (one.read, other.simulated) == (0, 0)
    assert other.read == one.simulated
    assert first.coordinates.tobytes() == again.coordinates.tobytes()
    assert (
        first.coordinates.tobytes()
        == sample(PROBLEM, PLAN, Checkpoint(PROBLEM, minutes=10)).coordinates.tobytes()
    )


@pytest.mark.parametrize("cut", [1, 7, 9, 30, 55])
def test_a_record_that_was_cut_short_is_made_again(tmp_path, cut):
    path = tmp_path / "a.ckpt"
    first, _one = run(path)
    path.write_bytes(path.read_bytes()[:-cut])
    again, other = run(path)
    assert 1 <= other.simulated <= 2
    assert again.coordinates.tobytes() == first.coordinates.tobytes()


def test_a_broken_record_and_all_behind_it_are_made_again(tmp_path):
    path = tmp_path / "a.ckpt"
    first, one = run(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    again, other = run(path)
    assert other.simulated > one.simulated // 3
    assert again.coordinates.tobytes() == first.coordinates.tobytes()


def test_the_time_can_be_over_and_nothing_is_lost(tmp_path):
    path = tmp_path / "a.ckpt"
    with pytest.raises(BudgetSpent, match="all are kept"):
        run(path, minutes=0.0)
    first, _ = run(tmp_path / "b.ckpt")
    again, _ = run(path, minutes=10.0)
    assert again.coordinates.tobytes() == first.coordinates.tobytes()


def test_another_problem_or_plan_is_refused(tmp_path):
    path = tmp_path / "a.ckpt"
    run(path)
    with pytest.raises(SmaclabError, match="made for another problem"):
        run(path, linear([1.0, -1.0, 0.5, 2.1]))
    with pytest.raises(SmaclabError, match="made for another problem"):
        run(path, plan=Plan(sets=12, chains=12, rounds=1, settling=2, last_sweeps=2))


def test_other_code_is_noticed(tmp_path):
    path = tmp_path / "a.ckpt"
    with Checkpoint(PROBLEM, path) as checkpoint:
        checkpoint.predict("one", np.zeros((2, 3)))
    with Checkpoint(PROBLEM, path) as checkpoint, pytest.raises(SmaclabError, match="record 1 is not what"):
        checkpoint.predict("one", np.ones((2, 3)))


def test_two_processes_do_not_write_one_file(tmp_path):
    pytest.importorskip("fcntl")
    with Checkpoint(PROBLEM, tmp_path / "a.ckpt"), pytest.raises(SmaclabError, match="another process"):
        Checkpoint(PROBLEM, tmp_path / "a.ckpt")


def test_progress_is_told(tmp_path):
    told = []
    run(tmp_path / "a.ckpt", told=lambda *what: told.append(what))
    assert told[0] == ("learn 0", 1, 0)
    assert told[-1][0] == "last 0"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")
def test_killed_at_fifty_random_moments_the_bits_are_the_same(tmp_path):
    """Children are killed after a random time and started again; what gets through is compared."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
        check=True,
    )
    kills, runs = map(int, done.stdout.split())
    assert kills >= 50
    expected, _ = run(tmp_path / "whole.ckpt")
    for number in range(runs):
        bits = (tmp_path / f"{number}.bits").read_bytes()
        assert bits == expected.coordinates.tobytes() + expected.predicted.tobytes()


def test_a_place_that_cannot_be_written_gets_a_letter(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(SmaclabError, match="cannot be written"):
        Checkpoint(PROBLEM, tmp_path / "file" / "a.ckpt")
