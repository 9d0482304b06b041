import numpy as np
import pytest
from scipy.stats import norm

from smaclab.errors import SmaclabError
from smaclab.infer.evidence import Bound, Constraint, Course

MARGINS = np.array([[-99.0], [-3.0], [-0.1], [0.1], [3.0], [99.0]])


def test_barely_and_clearly_differ():
    found = Constraint(id="C", dataset="claims", spread=1.0).log_likelihood(MARGINS)
    assert (np.diff(found) > 0).all() or found[0] == pytest.approx(found[1], abs=0.2)
    assert found[3] - found[2] < 0.2 < found[4] - found[3]
    assert found[-1] == pytest.approx(np.log(0.99), abs=1e-9)


def test_a_finding_that_cannot_be_met_costs_a_limited_amount():
    assert Constraint(id="C", dataset="claims").log_likelihood(MARGINS)[0] == pytest.approx(np.log(0.01))
    assert Constraint(id="C", dataset="claims", mistaken=0.0).log_likelihood(MARGINS)[0] < -1000


def test_half_the_squared_residual_is_the_probit():
    margin = MARGINS[1:5]
    residual = Constraint(id="C", dataset="claims", spread=0.5).residuals(margin)[:, 0]
    np.testing.assert_allclose(-0.5 * residual**2, norm.logcdf(2.0 * margin[:, 0]), rtol=1e-9)


def test_what_was_seen_three_times_counts_three_times():
    once, thrice = (Constraint(id="C", dataset="claims", mistaken=0.0, repeats=one) for one in (1, 3))
    np.testing.assert_allclose(thrice.log_likelihood(MARGINS[1:]), 3.0 * once.log_likelihood(MARGINS[1:]))
    margin = MARGINS[1:5]
    np.testing.assert_allclose(-0.5 * thrice.residuals(margin) ** 2, 1.5 * -(once.residuals(margin) ** 2))
    never = Constraint(id="C", dataset="claims", repeats=3).log_likelihood(MARGINS)[0]
    assert never == pytest.approx(np.log(0.01))  # wrong three times is wrong


def test_a_course_is_normal():
    course = Course(id="a", dataset="d", value=(1.0, 2.0), sd=(0.5, 1.0))
    predicted = np.array([[1.5, 2.0], [1.0, 0.0]])
    np.testing.assert_allclose(course.log_likelihood(predicted), [-0.5, -2.0])


def test_a_scale_is_no_misfit():
    course = Course(id="a", dataset="d", value=(1.0, 2.0), sd=(0.5, 1.0), units="scale")
    assert course.log_likelihood(np.array([[10.0, 20.0]])) == pytest.approx(0.0)


def test_a_bound_says_nothing_inside():
    bound = Bound(id="b", dataset="d", low=10.0, high=100.0, sd=0.5)
    found = bound.log_likelihood(np.array([[10.0], [50.0], [100.0], [100.0 * np.exp(0.5)], [0.0]]))
    np.testing.assert_allclose(found[:4], [0.0, 0.0, 0.0, -0.5], atol=1e-12)
    assert found[4] == pytest.approx(-0.5 * (np.log(1000.0) / 0.5) ** 2)


@pytest.mark.parametrize(
    "one",
    [
        Constraint(id="C", dataset="claims"),
        Course(id="a", dataset="d", value=(1.0,), sd=(0.5,)),
        Course(id="a", dataset="d", value=(1.0,), sd=(0.5,), units="scale"),
        Course(id="a", dataset="d", value=(1.0,), sd=(0.5,), is_reporter=True),
        Bound(id="b", dataset="d", low=1.0, high=2.0),
    ],
)
def test_what_is_not_known_is_never_likely(one):
    assert one.log_likelihood(np.array([[np.nan]]))[0] == -np.inf
    assert one.size == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: Constraint(id="C", dataset="c", spread=0.0),
        lambda: Constraint(id="C", dataset="c", repeats=0),
        lambda: Course(id="a", dataset="d", value=(1.0,), sd=()),
        lambda: Bound(id="b", dataset="d", low=2.0, high=1.0),
    ],
)
def test_evidence_that_is_none_gets_a_letter(make):
    with pytest.raises(SmaclabError):
        make()
