import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.evidence import Bound, Constraint, Course
from smaclab.infer.problem import Problem
from smaclab.infer.surrogate import learned
from tests.infer.toys import linear, priors


def drawn(size, number, seed=1, width=1.0):
    return width * np.random.default_rng(seed).standard_normal((number, size))


def seen(problem, coordinates):
    return problem.predict(problem.values(coordinates))


def mixed():
    """A number of each kind: a margin, an amount within bounds, a course of amounts and one of logarithms."""

    def predict(values):
        moved = np.log(values)
        amount = np.exp(moved[:, :1] + 0.5 * moved[:, 1:2])
        return np.concatenate([moved[:, 2:] - 0.2, amount, amount, 2.0 * amount, -moved[:, :1]], axis=1)

    evidence = [
        Constraint(id="C1", dataset="claims", repeats=3),
        Bound(id="B1", dataset="bounds", low=0.5, high=2.0),
        Course(id="y", dataset="y", value=(1.0, 2.0), sd=(0.1, 0.2)),
        Course(id="z", dataset="z", value=(0.3,), sd=(0.2,)),
    ]
    return Problem(priors=priors(), evidence=evidence, predict=predict)


def test_lines_through_straight_numbers_say_what_the_evidence_says():
    problem = mixed()
    known = drawn(3, 300)
    surrogate = learned(problem, known, seen(problem, known))
    new = drawn(3, 50, seed=2, width=0.5)
    exact = problem.log_likelihood(seen(problem, new))
    # Logarithms and margins are straight here, but for margins beyond what a line learns.
    np.testing.assert_allclose(surrogate.log_likelihood(new), exact, rtol=1e-4, atol=1e-4)
    assert (surrogate.explained > 0.9999).all()


def test_what_cannot_be_foretold_says_little():
    """Numbers that hang on nothing: the evidence is softened by all their scatter."""
    random = np.random.default_rng(3)
    problem = linear([0.0] * 4, sd=0.01)
    known = drawn(3, 100)
    surrogate = learned(problem, known, random.standard_normal((100, 4)))
    assert np.ptp(surrogate.log_likelihood(known)) < 5.0
    assert np.ptp(problem.log_likelihood(seen(problem, known))) > 1000.0


def test_residuals_answer_as_differences_say():
    problem = mixed()
    known = drawn(3, 100)
    surrogate = learned(problem, known, seen(problem, known))
    place = np.array([0.3, -0.2, 0.1])
    here, answers = surrogate.residuals(place)
    step = 1e-6
    for parameter in range(3):
        there = surrogate.residuals(place + step * np.eye(3)[parameter])[0]
        np.testing.assert_allclose(answers[:, parameter], (there - here) / step, rtol=1e-3, atol=1e-4)


def test_one_line_learns_where_nothing_can_be_predicted():
    problem = linear([0.0] * 4, sd=10.0)
    known = drawn(3, 200)
    predicted = seen(problem, known)
    predicted[known[:, 0] > 0.5] = np.nan
    surrogate = learned(problem, known, predicted)
    inside, outside = surrogate.log_likelihood(np.array([[-1.0, 0.0, 0.0], [2.0, 0.0, 0.0]]))
    assert inside > outside + 2.0


def test_held_out_and_few_sets():
    problem = mixed()
    known = drawn(3, 5)
    predicted = seen(problem, known)
    few = learned(problem, known, predicted)
    assert not few.slopes.any()  # a mean and its scatter, no line through five points
    less = learned(Problem(**{**vars(problem), "held_out": frozenset({"y"})}), known, predicted)
    assert less.slopes.shape[1] == few.slopes.shape[1] - 2


def test_nothing_known_gets_a_letter():
    problem = mixed()
    with pytest.raises(SmaclabError, match="none of 20 parameter sets could be predicted"):
        learned(problem, drawn(3, 20), np.full((20, 5), np.nan))
