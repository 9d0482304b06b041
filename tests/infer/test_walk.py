from dataclasses import replace

import numpy as np
import pytest

from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.guess import within
from smaclab.infer.learn import Learner
from smaclab.infer.plan import Plan
from smaclab.infer.walk import INNER, MOST_INNER, WANTED, Length, Walk
from tests.infer.toys import linear, linear_posterior


def walk_of(problem, guess, length=1.0):
    learner = Learner(problem=problem, predict=Checkpoint(problem).predict, middle=np.zeros(3), width=1.0)
    return Walk(learner=learner, plan=Plan(), guess=guess, length=Length(value=length))


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


def test_moves_of_a_length_for_each_number_leave_the_posterior_as_it_is():
    problem = linear([1.0, -1.0, 0.5, 2.0])
    mean, covariance = linear_posterior(problem)
    exact = np.random.default_rng(1).multivariate_normal(mean, covariance, 4000)
    walk = walk_of(problem, within(np.ones(3), 0.5))
    sets = walk.judged("begin", exact)
    walk.screen(sets)
    assert walk.reach.shape == (3,)
    for sweep in range(10):
        sets, accepted = walk.moved_within_prior(f"sweep {sweep}", sets)
        assert 0.02 < accepted < 0.98
        walk.part.adapt(accepted)
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


@pytest.mark.parametrize(("accepted", "longer"), [(0.5, True), (0.3, True), (0.2, False), (0.0, False)])
def test_moves_grow_where_they_are_accepted(accepted, longer):
    length = Length()
    length.adapt(accepted)
    first = length.value
    assert (first > 1.0) == longer
    length.value = 1.0
    for _ in range(50):
        length.adapt(WANTED)
    assert length.value == 1.0
    length.adapt(accepted)
    assert abs(np.log(length.value)) < 0.4 * abs(np.log(first))
    length.value = 100.0
    length.adapt(accepted)
    assert length.value == MOST_INNER / INNER


def test_few_chains_come_to_moves_of_which_a_quarter_is_accepted():
    """The share of four chains is 0 in a third of the sweeps; the length must not sink for that."""
    random, length = np.random.default_rng(1), Length()
    for _ in range(200):
        length.adapt(random.binomial(4, np.exp(-length.value / 0.5)) / 4)
    assert np.exp(-length.value / 0.5) == pytest.approx(WANTED, abs=0.1)
