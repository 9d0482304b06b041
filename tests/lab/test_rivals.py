import numpy as np
import pytest

from smaclab.errors import ExperimentError, SmaclabError
from smaclab.infer.ensemble import equal_weights
from smaclab.infer.evidence import Constraint, Course
from smaclab.infer.prior import Prior
from smaclab.infer.problem import Problem
from smaclab.infer.rival import CANNOT_TELL, WORSE_HERE
from smaclab.lab.rivals import drawn_from, rivals_table, weigh_rivals

NAMES = ("a", "b")


def problem(shift=0.0, margin=1.0, seen=None):
    """A measured number, and a finding that holds by a margin."""

    def predict(values):
        if seen is not None:
            seen.append(len(values))
        return np.column_stack([np.log(values[:, 0]) + shift, np.full(len(values), margin)])

    evidence = [
        Course(id="y", dataset="y", value=(0.0,), sd=(0.5,)),
        Constraint(id="C01-1", dataset="claims"),
    ]
    return Problem(
        priors=[Prior(name=one, median=1.0, fold=2.0) for one in NAMES], evidence=evidence, predict=predict
    )


def ensemble(values, names=NAMES):
    return equal_weights(names, values, np.zeros(len(values)), {})


SETS = np.exp(np.random.default_rng(1).normal(0.0, 0.1, (60, 2)))


def test_answers_are_weighed_and_what_turns_is_named():
    seen = []
    found = weigh_rivals(
        ensemble(SETS),
        60,
        problem(seen=seen),
        [("O01=a", lambda: problem(shift=0.05)), ("O01=b", lambda: problem(shift=4.0, margin=-1.0))],
        progress=seen.append,
    )
    alike, worse = found
    assert alike.rival.verdict == CANNOT_TELL
    assert not alike.turned
    assert worse.rival.verdict == WORSE_HERE
    assert worse.turned == {"C01-1": (1.0, 0.0)}
    assert seen[-1] == 180
    record = worse.record()
    assert record["answer"] == "O01=b"
    assert record["turned"] == {"C01-1": [1.0, 0.0]}
    table = rivals_table(found, 60)
    assert table.rows[1][-1] == "C01-1: 100 → 0 %"
    assert len(table.header) == len(table.rows[0])


def test_only_sets_of_this_very_problem_give_a_bayes_factor():
    own = equal_weights(NAMES, SETS, np.zeros(len(SETS)), {"problem": problem().identity()})
    assert drawn_from(own, problem())
    assert not drawn_from(own, problem().without(["y"]))
    assert not drawn_from(ensemble(SETS), problem())


def test_equal_sets_are_simulated_once():
    seen = []
    weigh_rivals(ensemble(np.repeat(SETS[:3], 5, axis=0)), 15, problem(seen=seen), [])
    assert sum(seen) == 3


def test_an_answer_that_cannot_be_predicted_stays_a_row():
    def broken():
        return problem(shift=np.nan)

    (one,) = weigh_rivals(ensemble(SETS), 60, problem(), [("O01=a", broken)])
    assert one.record()["change"] is None
    assert rivals_table([one], 60).rows[0][1] == "cannot be predicted"


def test_letters():
    with pytest.raises(ExperimentError, match="another version of the model: b is in one"):
        weigh_rivals(ensemble(SETS, ("a", "c")), 5, problem(), [])
    with pytest.raises(SmaclabError, match="the ensemble has 60"):
        weigh_rivals(ensemble(SETS), 61, problem(), [])
    with pytest.raises(SmaclabError, match="none of 5 parameter sets"):
        weigh_rivals(ensemble(SETS), 5, problem(shift=np.nan), [])
