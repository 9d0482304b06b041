"""The classic problems: networks are their equations, and Radau with the kernel arrives where published."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from smaclab.kernel import compile_kernel
from smaclab.kernel.reference import constants_reference, derivative_reference, rates_reference
from tests.kernel.classic_problems import (
    classic_problems,
    in_copies,
    through_functions,
)

PROBLEMS = classic_problems()
CHEMISTRY = [problem for problem in PROBLEMS if not problem.signed]
COPIES = 1e6
EVERY_FORM = [
    *PROBLEMS,
    *map(through_functions, PROBLEMS),
    *(in_copies(problem, COPIES) for problem in CHEMISTRY),
]


def name_of(problem):
    return problem.name


def radau(problem, *, rtol, until=np.inf):
    """(time, species) by SciPy's Radau, one run from each published time to the next."""
    kernel = compile_kernel(problem.network)
    values = kernel.constants(problem.parameters)
    state, now, found = problem.start, 0.0, []
    for time in problem.time_s[problem.time_s <= until]:
        run = solve_ivp(
            lambda t, y: kernel.derivative(y, values), (now, time), state, method="Radau",
            jac=lambda t, y: kernel.jacobian_dense(y, values), rtol=rtol, atol=problem.floor,
        )  # fmt: skip
        assert run.success, run.message
        state, now = run.y[:, -1], time
        found.append(state)
    return np.array(found)


def digits(problem, found):
    """(time, species): digits in which a solution agrees with the published one; inf below the floor."""
    right = problem.solution[: len(found)]
    seen = np.abs(right) > 1e3 * problem.floor
    error = np.abs(found - right) / np.where(seen, np.abs(right), 1.0)
    assert np.all(np.abs(found[~seen]) <= 2e3 * problem.floor)
    return np.where(seen, -np.log10(np.maximum(error, 1e-17)), np.inf)


def turnover(network, counts, values):
    """(species,): the speeds of all reactions that change a species, added up; rounding is relative to it."""
    rates = rates_reference(network, counts, values)
    total = np.zeros(len(counts))
    for reaction in network.reactions:
        speed = rates[reaction.rate] * reaction.factor * np.prod(counts[list(reaction.reactants)])
        for place, change in reaction.change().items():
            total[place] += abs(speed * change)
    return total


@pytest.mark.parametrize("problem", EVERY_FORM, ids=range(len(EVERY_FORM)))
def test_a_network_is_its_equations(problem):
    values = constants_reference(problem.network, problem.parameters)
    rng = np.random.default_rng(1)
    typical = np.abs(problem.solution).max(axis=0) + problem.start
    for _ in range(10):
        counts = typical * rng.uniform(0.1, 2.0, len(typical))
        found = derivative_reference(problem.network, counts, values)
        error = np.abs(found - problem.equations(counts))
        assert np.all(error <= 1e-13 * turnover(problem.network, counts, values))
        assert np.any(found)
