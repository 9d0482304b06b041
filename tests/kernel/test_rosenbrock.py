"""The coefficients: order conditions, stability, and the order that is really observed."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.kernel.rosenbrock import RODAS4, RODAS5
from tests.kernel.native import twin

METHODS = pytest.mark.parametrize("method", [RODAS4, RODAS5], ids=lambda method: method.name)


def tables(method):
    """(alpha, gamma matrix, b) of the usual form k_i = h f(y + sum alpha_ij k_j) + h J sum gamma_ij k_j.

    u = Gamma k, hence Gamma^-1 = I / gamma - C, alpha = A Gamma, b = m Gamma (Hairer & Wanner 1996, IV.7.25).
    """
    stages = method.stages
    a, c = np.zeros((2, stages, stages))
    for stage in range(1, stages):
        a[stage, :stage], c[stage, :stage] = method.a[stage - 1], method.c[stage - 1]
    gamma = np.linalg.inv(np.eye(stages) / method.gamma - c)
    m = np.append(method.a[-1], 1.0)  # stiffly accurate: the last state, plus the last increment
    return a @ gamma, gamma, m @ gamma


def embedded(method):
    """The weights of the solution that the error estimate compares with: the last stage's state."""
    return np.append(method.a[-1], 0.0) @ tables(method)[1]


def residuals(method, b):
    """Order conditions up to order 5 for autonomous problems; each should be 0.

    Those of order 5 follow from the trees of Hairer & Wanner 1996, IV.7, table 7.1 (alpha at a forking node,
    alpha + gamma at one with a single branch).
    """
    alpha, gamma, _ = tables(method)
    beta, s, d = alpha + gamma, alpha.sum(axis=1), (alpha + gamma).sum(axis=1)
    return {
        1: [b.sum() - 1],
        2: [b @ d - 1 / 2],
        3: [b @ s**2 - 1 / 3, b @ beta @ d - 1 / 6],
        4: [
            b @ s**3 - 1 / 4,
            (b * s) @ alpha @ d - 1 / 8,
            b @ beta @ s**2 - 1 / 12,
            b @ beta @ beta @ d - 1 / 24,
        ],
        5: [
            b @ s**4 - 1 / 5,
            (b * s**2) @ alpha @ d - 1 / 10,
            b @ (alpha @ d) ** 2 - 1 / 20,
            (b * s) @ alpha @ s**2 - 1 / 15,
            (b * s) @ alpha @ beta @ d - 1 / 30,
            b @ beta @ s**3 - 1 / 20,
            b @ beta @ (s * (alpha @ d)) - 1 / 40,
            b @ beta @ beta @ s**2 - 1 / 60,
            b @ beta @ beta @ beta @ d - 1 / 120,
        ],
    }


def worst(found, orders):
    return max(abs(one) for order in orders for one in found[order])


@METHODS
def test_all_conditions_of_its_order_are_met_and_not_those_of_the_next(method):
    found = residuals(method, tables(method)[2])
    assert worst(found, range(1, method.order + 1)) < 1e-13
    if method.order < 5:
        assert worst(found, [method.order + 1]) > 1e-4


@METHODS
def test_its_embedded_solution_is_of_the_order_below_and_no_more(method):
    found = residuals(method, embedded(method))
    assert worst(found, range(1, method.order)) < 1e-13
    assert worst(found, [method.order]) > 1e-4


@METHODS
def test_it_is_stiffly_accurate(method):
    alpha, gamma, b = tables(method)
    np.testing.assert_allclose((alpha + gamma)[-1], b, atol=1e-13)
    assert method.a[-1] == (*method.a[-2], 1.0)
    np.testing.assert_allclose(alpha[-1].sum(), 1.0, atol=1e-13)
    np.testing.assert_allclose(np.diag(gamma), method.gamma, atol=1e-15)


def test_stages_that_go_on_from_the_one_before():
    assert [stage for stage in range(RODAS4.stages) if RODAS4.goes_on(stage)] == [5]
    assert [stage for stage in range(RODAS5.stages) if RODAS5.goes_on(stage)] == [6, 7]
    assert [RODAS5.followers(stage) for stage in (4, 5, 6, 7)] == [[], [6, 7], [7], []]


@METHODS
def test_rows_have_the_length_of_what_came_before(method):
    assert [len(row) for row in method.a] == [len(row) for row in method.c] == list(range(1, method.stages))
    assert all(len(row) <= method.stages for row in method.dense)
    assert len({len(row) for row in method.dense}) == 1


@METHODS
def test_it_is_stable_for_every_decay_and_every_oscillation(method):
    """A-stable by the maximum principle: bounded on the imaginary axis, poles at 1 / gamma alone."""
    alpha, gamma, b = tables(method)

    def growth(z):
        ones = np.ones(method.stages)
        return abs(1 + z * b @ np.linalg.solve(np.eye(method.stages) - z * (alpha + gamma), ones))

    assert max(growth(1j * y) for y in np.geomspace(1e-3, 1e8, 2000)) <= 1 + 1e-12
    assert max(growth(-y) for y in np.geomspace(1e-3, 1e8, 200)) <= 1 + 1e-12
    assert growth(-1e6) < 1e-4  # L-stable: what has decayed is gone


# y' = -y^2 + x, x' = -x y: no closed form is needed, the finest solution is the judge.
def derivative(y):
    return np.array([-(y[0] ** 2) + y[1], -y[0] * y[1]])


def jacobian(y):
    return np.array([[-2 * y[0], 1.0], [-y[1], -y[0]]])


def fixed_steps(n_steps, method):
    """(state at 2 s, largest error estimate, the course by dense output at 41 times)."""
    h, y, looks, estimate = 2.0 / n_steps, np.array([2.0, 1.0]), [], 0.0
    for step in range(n_steps):
        new, error, increments = twin.rosenbrock_step(derivative, jacobian, y, h, method)
        inside = [x for x in np.linspace(0, 2, 41) / h - step if 0 <= x < 1]
        looks += [twin.dense(method, y, new, increments, x) for x in inside]
        y, estimate = new, max(estimate, np.abs(error).max())
    return y, estimate, np.array(looks)


def observed(errors):
    return np.diff(-np.log2(errors))


@pytest.mark.claim(
    "Rodas4 is of order 4 and Rodas5 of order 5 on a nonlinear problem",
    source="steps of fixed size, halved three times",
)
@METHODS
def test_halving_the_step_divides_the_error_by_two_to_the_order(method):
    judge = fixed_steps(1280, method)[0]
    errors = [np.abs(fixed_steps(n, method)[0] - judge).max() for n in (20, 40, 80, 160)]
    assert errors[-1] > 1e-13  # above rounding
    np.testing.assert_allclose(observed(errors)[1:], method.order, atol=0.2)


@METHODS
def test_the_error_estimate_of_one_step_is_of_the_methods_order(method):
    found = observed([fixed_steps(n, method)[1] for n in (160, 320, 640)])
    np.testing.assert_allclose(found, method.order, atol=0.15)


@METHODS
def test_the_dense_output_loses_one_order_at_most(method):
    judge = fixed_steps(1280, method)[2]
    errors = [np.abs(fixed_steps(n, method)[2] - judge).max() for n in (20, 40, 80, 160)]
    assert observed(errors).min() > method.order - 1 - 0.15


@pytest.mark.parametrize("method", [replace(RODAS4, c=((-5.67,), *RODAS4.c[1:])),
                                    replace(RODAS5, c=((-10.32,), *RODAS5.c[1:]))])  # fmt: skip
def test_the_judge_of_order_sees_a_wrong_digit(method):
    judge = fixed_steps(1280, method)[0]
    errors = [np.abs(fixed_steps(n, method)[0] - judge).max() for n in (40, 80, 160)]
    assert observed(errors).min() < method.order - 0.5
    assert worst(residuals(method, tables(method)[2]), range(1, method.order + 1)) > 1e-6
