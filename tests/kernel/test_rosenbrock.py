"""The coefficients: order conditions, and the order that is really observed."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.kernel.rosenbrock import RODAS4
from tests.kernel.native import twin


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


def residuals(method, b):
    """Order conditions up to order 4 for autonomous problems; each should be 0."""
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
    }


def test_rodas4_meets_all_conditions_of_order_four():
    worst = max(abs(one) for several in residuals(RODAS4, tables(RODAS4)[2]).values() for one in several)
    assert worst < 1e-13


def test_its_embedded_solution_is_of_order_three_and_no_more():
    _, gamma, _ = tables(RODAS4)
    found = residuals(RODAS4, np.append(RODAS4.a[-1], 0.0) @ gamma)
    assert max(abs(one) for order in (1, 2, 3) for one in found[order]) < 1e-13
    assert max(abs(one) for one in found[4]) > 1e-4


def test_it_is_stiffly_accurate():
    alpha, gamma, b = tables(RODAS4)
    np.testing.assert_allclose((alpha + gamma)[-1], b, atol=1e-14)
    assert RODAS4.a[-1] == (*RODAS4.a[-2], 1.0)
    np.testing.assert_allclose(alpha[-1].sum(), 1.0, atol=1e-14)
    np.testing.assert_allclose(np.diag(gamma), RODAS4.gamma, atol=1e-15)


def test_rows_have_the_length_of_what_came_before():
    assert [len(row) for row in RODAS4.a] == [len(row) for row in RODAS4.c] == list(range(1, RODAS4.stages))
    assert [len(row) for row in RODAS4.dense] == [RODAS4.stages - 1] * 2


@pytest.mark.parametrize("z", [-1e-3, -1.0, -10.0, -1e3, -1e6, 1j, 10j, 1e3j])
def test_it_is_stable_for_every_decay_and_every_oscillation(z):
    alpha, gamma, b = tables(RODAS4)
    growth = 1 + z * b @ np.linalg.solve(np.eye(6) - z * (alpha + gamma), np.ones(6))
    assert abs(growth) <= 1 + 1e-12
    if abs(z) >= 1e6:
        assert abs(growth) < 1e-4  # L-stable: what has decayed is gone


# y' = -y^2 + x, x' = -x y: no closed form is needed, the finest solution is the judge.
def derivative(y):
    return np.array([-(y[0] ** 2) + y[1], -y[0] * y[1]])


def jacobian(y):
    return np.array([[-2 * y[0], 1.0], [-y[1], -y[0]]])


def fixed_steps(n_steps, method=RODAS4):
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
    "Rodas4 is of order 4 on a nonlinear problem", source="steps of fixed size, halved four times"
)
def test_halving_the_step_divides_the_error_by_sixteen():
    judge = fixed_steps(2560)[0]
    errors = [np.abs(fixed_steps(n)[0] - judge).max() for n in (40, 80, 160, 320)]
    np.testing.assert_allclose(observed(errors), 4.0, atol=0.15)


def test_the_error_estimate_is_of_order_four_for_one_step():
    np.testing.assert_allclose(observed([fixed_steps(n)[1] for n in (160, 320, 640)]), 4.0, atol=0.15)


def test_the_dense_output_is_of_order_three_at_least():
    judge = fixed_steps(2560)[2]
    errors = [np.abs(fixed_steps(n)[2] - judge).max() for n in (20, 40, 80, 160)]
    assert (
        observed(errors).min() > 3 - 0.15
    )  # its own error of a step is of order 4, the method's adds up to 4


def test_the_judge_of_order_sees_a_wrong_digit():
    wrong = replace(RODAS4, c=((-5.67,), *RODAS4.c[1:]))
    judge = fixed_steps(2560)[0]
    errors = [np.abs(fixed_steps(n, wrong)[0] - judge).max() for n in (80, 160, 320)]
    assert observed(errors).min() < 3.5
    assert max(abs(one) for several in residuals(wrong, tables(wrong)[2]).values() for one in several) > 1e-6
