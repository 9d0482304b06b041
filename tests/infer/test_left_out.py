"""Taking a data set away by weights, where the posterior without it has a formula."""

import numpy as np
import pytest

from smaclab.infer.evidence import Course
from smaclab.infer.left_out import left_out, tail_shape
from smaclab.infer.prior import Prior
from smaclab.infer.problem import Problem

SETS = 4000


def problem(value, sd, **more):
    """One number with a standard normal coordinate x, seen twice: as x, by `a` and by `b`."""
    evidence = [
        Course(id="a", dataset="A", value=(0.5,), sd=(1.0,)),
        Course(id="b", dataset="B", value=(value,), sd=(sd,)),
    ]
    prior = Prior(name="k", median=1.0, fold=float(np.exp(1.959963984540054)))
    return Problem(priors=[prior], evidence=evidence, predict=lambda k: np.repeat(np.log(k), 2, 1), **more)


def posterior(asked, names="AB"):
    """Mean and standard deviation of the normal posterior of these data sets."""
    weight, pull = 1.0, 0.0
    for one in asked.evidence:
        if one.dataset in names:
            weight += 1.0 / one.sd[0] ** 2
            pull += one.value[0] / one.sd[0] ** 2
    return pull / weight, weight**-0.5


def drawn(asked):
    mean, sd = posterior(asked)
    return (mean + sd * np.random.default_rng(1).standard_normal(SETS))[:, None]


def test_the_mean_without_a_data_set_is_that_of_its_formula():
    asked = problem(-1.0, 1.5)
    sets = drawn(asked)
    found = {one.dataset: one for one in left_out(asked, sets, np.repeat(sets, 2, 1))}
    mean, sd = posterior(asked)
    for name, rest in (("A", "B"), ("B", "A")):
        one = found[name]
        assert one.is_told
        expected = (posterior(asked, rest)[0] - mean) / sd
        # The weighted mean of some 2,000 effective of 4,000 sets: its error is 0.03 of a deviation.
        assert one.moved[0] == ("k", pytest.approx(expected, abs=0.1))
        assert one.covered == 1.0


def test_a_point_that_nothing_else_would_predict_is_not_covered():
    asked = problem(4.0, 1.5)
    sets = drawn(asked)
    found = {one.dataset: one for one in left_out(asked, sets, np.repeat(sets, 2, 1))}
    assert found["B"].is_told
    assert (found["A"].covered, found["B"].covered) == (1.0, 0.0)


def test_a_data_set_that_decides_all_cannot_be_taken_away_by_weights():
    asked = problem(3.0, 0.01)
    sets = drawn(asked)[:200]
    one = {one.dataset: one for one in left_out(asked, sets, np.repeat(sets, 2, 1))}["B"]
    assert not one.is_told
    assert one.moved == ()
    assert np.isnan(one.covered)


def test_what_was_never_used_is_not_taken_away():
    asked = problem(0.0, 1.0, held_out=frozenset({"b"}))
    sets = drawn(asked)
    assert [one.dataset for one in left_out(asked, sets, np.repeat(sets, 2, 1))] == ["A"]


def test_the_shape_of_a_tail_is_that_of_its_distribution():
    draws = np.random.default_rng(2).random(20_000)
    # The tail of u^-k is that of a Pareto distribution of shape k; 424 of them tell it to a tenth or so.
    for shape in (0.3, 1.0):
        assert tail_shape(-shape * np.log(draws)) == pytest.approx(shape, abs=0.2)
    assert tail_shape(np.zeros(100)) == 0.0
