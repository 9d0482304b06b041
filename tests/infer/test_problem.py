import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.problem import Problem, hold_out
from tests.infer.toys import decay, decay_of, linear, priors

PROBLEM = linear([1.0, 2.0, 3.0, 4.0])


def test_what_is_held_out_changes_no_likelihood():
    held = PROBLEM.without([])
    assert held.log_likelihood(np.zeros((1, 4)))[0] == pytest.approx(-0.5 * (1 + 4 + 9 + 16) / 0.25)
    all_out = PROBLEM.without(["y"])
    assert all_out.log_likelihood(np.zeros((1, 4)))[0] == 0.0
    assert all_out.residuals(np.zeros((1, 4))).shape == (1, 0)


def test_a_fifth_is_held_out_by_name():
    chosen = hold_out(PROBLEM.evidence, 0.2, seed=3)
    assert len(chosen) == 1
    assert chosen == hold_out(list(reversed(PROBLEM.evidence)), 0.2, seed=3)
    assert {next(iter(hold_out(PROBLEM.evidence, 0.2, seed=seed))) for seed in range(20)} > chosen


def test_each_evidence_gets_its_own_columns():
    both = Problem(
        priors=priors(),
        evidence=[*PROBLEM.evidence, *decay([0.5] * 8).evidence],
        predict=lambda values: np.concatenate([PROBLEM.predict(values), decay_of(values)], axis=1),
    )
    parts = {one.id: part for one, part in both.parts(both.predict(np.ones((2, 3))))}
    assert parts["decay"].shape == (2, 8)
    np.testing.assert_allclose(parts["decay"], decay_of(np.ones((2, 3))))


def test_another_measurement_is_another_problem():
    assert PROBLEM.identity() == linear([1.0, 2.0, 3.0, 4.0]).identity()
    assert PROBLEM.identity() != linear([1.0, 2.0, 3.0, 4.1]).identity()
    assert PROBLEM.identity() != PROBLEM.without(["y"]).identity()


def test_what_is_not_there_gets_a_letter():
    with pytest.raises(SmaclabError, match="unknown data set 'z'"):
        PROBLEM.without(["z"])
    with pytest.raises(SmaclabError, match="each with its own name"):
        Problem(priors=priors(1) * 2, evidence=PROBLEM.evidence, predict=PROBLEM.predict)
