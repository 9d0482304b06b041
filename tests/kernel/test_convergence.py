"""The judge of orders, judged: explicit RK4 and implicit Euler, on a linear and a nonlinear problem."""

import numpy as np
import pytest

from tests.kernel.convergence import convergence, fixed_steps, halvings

TURN = np.array([[-1.0, 2.0], [-2.0, -1.0]])  # a damped turn; exp(TURN t) is known
START = np.array([1.0, 0.5])


def turned(end):
    c, s = np.cos(2.0 * end), np.sin(2.0 * end)
    return np.exp(-end) * np.array([[c, s], [-s, c]]) @ START


def linear(y):
    return TURN @ y


def logistic(y):
    return y * (1.0 - y)


def grown(end):
    return 1.0 / (1.0 + (1.0 / START - 1.0) * np.exp(-end))


def rk4(f, *, last=1.0):
    """`last`: the weight of the fourth slope; anything but 1 is a wrong coefficient."""

    def step(y, h):
        a = f(y)
        b = f(y + h / 2 * a)
        c = f(y + h / 2 * b)
        d = f(y + h * c)
        return y + h / 6 * (a + 2 * b + 2 * c + last * d)

    return step


def implicit_euler(f, slope):
    def step(y, h):
        new = y.copy()
        for _ in range(20):
            new = new - np.linalg.solve(np.eye(len(y)) - h * slope(new), new - y - h * f(new))
        return new

    return step


def logistic_slope(y):
    return np.diag(1.0 - 2.0 * y)


CASES = [
    ("rk4, linear", rk4(linear), turned, 4),
    ("rk4, nonlinear", rk4(logistic), grown, 4),
    ("implicit euler, linear", implicit_euler(linear, lambda y: TURN), turned, 1),
    ("implicit euler, nonlinear", implicit_euler(logistic, logistic_slope), grown, 1),
]


@pytest.mark.parametrize(("step", "exact", "order"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_known_order_is_found(step, exact, order):
    found = convergence(fixed_steps(step, START, 2.0), exact(2.0), halvings(1 / 16, 4), scale=np.ones(2))
    assert found.order == pytest.approx(order, abs=0.1)
    assert found.crookedness < 0.1
    assert found.pairwise_orders[-1] == pytest.approx(order, abs=0.05)
    np.testing.assert_allclose(found.constant * found.steps**found.order, found.errors, rtol=0.1)


@pytest.mark.parametrize(("last", "order"), [(1.01, 0.0), (1.0001, 0.0)])
def test_a_wrong_coefficient_is_seen(last, order):
    steps = halvings(1 / 16, 6)
    found = convergence(fixed_steps(rk4(linear, last=last), START, 2.0), turned(2.0), steps)
    assert found.pairwise_orders[-1] == pytest.approx(order, abs=0.5)
    assert found.order < 3.5


def test_a_term_of_a_lower_order_is_seen():
    def spoiled(y, h):
        return rk4(linear)(y, h) + 1e-3 * h**3 * y

    found = convergence(fixed_steps(spoiled, START, 2.0), turned(2.0), halvings(1 / 16, 5))
    assert found.pairwise_orders[-1] == pytest.approx(2, abs=0.2)


def test_rounding_does_not_count():
    found = convergence(fixed_steps(rk4(linear), START, 2.0), turned(2.0), halvings(1 / 8, 12)[:10])
    assert found.errors.min() > 1e-13
    assert len(found.steps) < 10
    assert found.order == pytest.approx(4, abs=0.1)


def test_too_little_to_judge_gets_a_letter():
    with pytest.raises(ValueError, match=r"2 of 2 errors .* An order needs 3"):
        convergence(fixed_steps(rk4(linear), START, 2.0), turned(2.0), halvings(0.5, 1))
    with pytest.raises(ValueError, match="0 of 3 errors"):
        convergence(lambda h: np.full(2, np.nan), turned(2.0), halvings(0.5, 2))
    with pytest.raises(ValueError, match=r"step of 0\.3 does not divide 2\.0"):
        fixed_steps(rk4(linear), START, 2.0)(0.3)
