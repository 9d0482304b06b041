from dataclasses import replace

import numpy as np
import pytest

from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.guess import within
from smaclab.infer.learn import Learner
from smaclab.infer.plan import Plan
from smaclab.infer.walk import INNER, MOST_INNER, Walk
from tests.infer.toys import linear, linear_posterior


def walk_of(problem, guess, length=1.0):
    learner = Learner(problem=problem, predict=Checkpoint(problem).predict, middle=np.zeros(3), width=1.0)
    return Walk(learner=learner, plan=Plan(), guess=guess, length=length)


def test_sweeps_leave_the_posterior_as_it_is():
    """Sets of the exact posterior, moved within a guess that is only the prior, are still sets of it."""
    problem = linear([1.0, -1.0, 0.5, 2.0])
    mean, covariance = linear_posterior(problem)
    exact = np.random.default_rng(1).multivariate_normal(mean, covariance, 4000)
    walk = walk_of(problem, within(np.zeros(3), np.inf), length=0.2)
    sets = walk.judged("begin", exact)
    for sweep in range(10):
        sets, accepted = walk.moved(f"sweep {sweep}", sets)
        assert 0.02 < accepted < 0.9
    error = 5.0 * np.sqrt(np.diag(covariance) / 4000)
    assert (np.abs(sets.coordinates.mean(axis=0) - mean) < error).all()
    np.testing.assert_allclose(np.cov(sets.coordinates.T), covariance, atol=0.1 * covariance.max())


def test_what_cannot_be_predicted_is_never_accepted():
    known = linear([0.0] * 4)
    nowhere = replace(known, predict=lambda values: np.full((len(values), 4), np.nan))
    walk = walk_of(nowhere, within(np.zeros(3), np.inf))
    sets = walk.beside(np.zeros((50, 3)), known.predict(np.ones((50, 3))))
    same, accepted = walk.moved("sweep", sets)
    assert accepted == 0.0
    assert (same.coordinates == 0.0).all()
    assert np.isfinite(same.excess).all()


@pytest.mark.parametrize(("accepted", "by"), [(0.5, 1.5), (0.3, 1.2), (0.2, 0.7), (0.0, 0.25)])
def test_moves_grow_where_they_are_accepted(accepted, by):
    walk = walk_of(linear([0.0] * 4), within(np.zeros(3), np.inf))
    walk.adapt(accepted)
    assert walk.length == by
    walk.length = 100.0
    walk.adapt(accepted)
    assert walk.length == MOST_INNER / INNER
