"""The classic problems: networks are their equations, and Radau with the kernel arrives where published."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from smaclab.kernel import compile_kernel
from smaclab.kernel.reference import constants_reference, derivative_reference, rates_reference
from tests.kernel.classic_problems import classic_problems, e5
from tests.kernel.published_solutions import E5, E5_OF_THE_IVP_TEST_SET
from tests.kernel.retold import in_copies, through_functions

PROBLEMS = classic_problems()
MASS_ACTION = [problem for problem in PROBLEMS if not problem.network.functions]
COPIES = 1e6
EVERY_FORM = [
    *PROBLEMS,
    *map(through_functions, PROBLEMS),
    *(in_copies(problem, COPIES) for problem in MASS_ACTION),
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


QUICK = [  # problem, relative tolerance, until when: a second or three each
    ("robertson", 1e-8, 1e9),
    ("hires", 1e-8, np.inf),
    ("e5", 1e-8, 1e5),
    ("e5_reduced", 1e-9, np.inf),
    ("orego", 1e-8, 60.0),
    ("pollu", 1e-8, np.inf),
    ("van_der_pol", 1e-7, np.inf),
]
WHOLE = [(name, 1e-10, until if name == "e5" else np.inf) for name, _, until in QUICK]


def arrives(name, rtol, until):
    problem = next(problem for problem in PROBLEMS if problem.name == name)
    return digits(problem, radau(problem, rtol=rtol, until=until)).min()


@pytest.mark.parametrize(("name", "rtol", "until"), QUICK)
@pytest.mark.claim(
    "The classic stiff problems come out as published, to eight digits",
    source="Mazzia & Magherini 2008, Test Set for IVP Solvers; Hairer & Wanner 1996; SciPy's Radau",
)
def test_radau_with_the_kernel_arrives_where_published(name, rtol, until):
    assert arrives(name, rtol, until) >= 8


@pytest.mark.slow
@pytest.mark.parametrize(("name", "rtol", "until"), WHOLE)
def test_radau_arrives_at_every_published_time(name, rtol, until):
    assert arrives(name, rtol, until) >= 8


@pytest.mark.slow
def test_an_explicit_method_finds_robertsons_row_at_40():
    problem = PROBLEMS[0]
    row = list(problem.time_s).index(40.0)
    run = solve_ivp(
        lambda t, y: problem.equations(y), (0.0, 40.0), problem.start, method="DOP853", rtol=1e-12, atol=1e-19
    )
    np.testing.assert_allclose(run.y[:, -1], problem.solution[row], rtol=1e-11)


@pytest.mark.parametrize("retold", [through_functions, lambda problem: in_copies(problem, COPIES)])
def test_retold_problems_arrive_as_well(retold):
    problem = retold(PROBLEMS[1])
    assert digits(problem, radau(problem, rtol=1e-8)).min() >= 8


def test_a_wrong_rate_does_not_arrive():
    hires = PROBLEMS[1]
    wrong = replace(hires, parameters=hires.parameters * (1 + 1e-6))
    assert digits(hires, radau(wrong, rtol=1e-8)).min() < 7


def test_only_what_conserves_is_a_judge_of_e5():
    left = np.array([0.0, 1.0, -1.0, -1.0])  # A2 - A3 - A4: 0 at the start, and no reaction changes it
    network = e5().network
    for reaction in network.reactions:
        assert sum(left[place] * change for place, change in reaction.change().items()) == 0
    for row in E5.values():
        assert abs(left @ row) < 1e-15 * max(row[1:])
    assert abs(left @ E5_OF_THE_IVP_TEST_SET) > 1e-3 * E5_OF_THE_IVP_TEST_SET[1]


def test_the_tail_of_e5_follows_from_its_last_rows():
    grown = 1 / E5[1e13][1] - 1 / E5[1e11][1]
    assert grown == pytest.approx(1.13e9 * (1e13 - 1e11), rel=1e-8)


def test_the_starting_amounts_are_the_networks_own():
    for problem in EVERY_FORM:
        kernel = compile_kernel(problem.network)
        np.testing.assert_array_equal(kernel.initial(kernel.constants(problem.parameters)), problem.start)
        assert problem.solution.shape == (len(problem.time_s), len(problem.start))
        assert np.all(np.diff(problem.time_s, prepend=0.0) > 0)


def test_functions_cannot_be_given_in_copies():
    with pytest.raises(ValueError, match="van_der_pol has functions"):
        in_copies(PROBLEMS[-1], COPIES)
