"""The generator of well-posed networks: what it promises holds, and an old solver solves what it makes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from scipy.integrate import solve_ivp

from smaclab.kernel import compile_kernel
from smaclab.kernel.reference import constants_reference, derivative_reference, rates_reference
from smaclab.network import Reaction
from tests.kernel.well_posed import SHAPES, well_posed_problem, well_posed_problems

SEEDS = range(30)


def solved(problem, *, method="LSODA", rtol=1e-6):
    kernel = compile_kernel(problem.network)
    values = kernel.constants(problem.parameters)
    return solve_ivp(
        lambda t, y: kernel.derivative(y, values), (0.0, problem.end_s), problem.start, method=method,
        jac=lambda t, y: kernel.jacobian_dense(y, values), rtol=rtol, atol=rtol,
    )  # fmt: skip


def complaints(problem, solution):
    """What a solution shows of an ill-posed problem; nothing for a good one."""
    found = [] if solution.success else [solution.message]
    if not np.all(np.isfinite(solution.y)):
        return [*found, "not finite"]
    masses = np.array(problem.masses) @ solution.y
    most = np.array([problem.most_mass(time) for time in solution.t])
    found += [f"a count of {solution.y.min()}"] if solution.y.min() < -1e-3 else []
    return found + (["more mass than there can be"] if np.any(masses > most * (1 + 1e-4)) else [])


def makes_mass(problem):
    """Reactions, other than synthesis, that make more mass than they take."""
    mass = problem.masses
    return [
        reaction
        for reaction in problem.network.reactions
        if reaction.reactants
        and sum(mass[place] for place in reaction.products) > sum(mass[place] for place in reaction.reactants)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_lsoda_solves_it_and_the_solution_is_bounded(seed):
    problem = well_posed_problem(seed)
    assert complaints(problem, solved(problem)) == []


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_radau_finds_the_same_solution(seed):
    problem = well_posed_problem(seed, most=8)
    left, right = solved(problem, rtol=1e-9).y[:, -1], solved(problem, method="Radau", rtol=1e-8).y[:, -1]
    np.testing.assert_allclose(left, right, rtol=1e-5, atol=1e-5)


@given(well_posed_problems())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_example_keeps_its_promises(problem):
    network, start = problem.network, problem.start
    assert 2 <= len(start) <= 30
    assert makes_mass(problem) == []
    values = constants_reference(network, problem.parameters)
    assert np.all(start > 0)
    np.testing.assert_array_equal(compile_kernel(network).initial(values), start)
    for counts in (start, np.zeros(len(start))):
        rates = rates_reference(network, counts, values)
        assert min(rates[reaction.rate] for reaction in network.reactions) >= 0
        slopes = derivative_reference(network, counts, values)
        assert np.all(np.isfinite(slopes))
        assert np.dot(problem.masses, slopes) <= problem.synthesis * (1 + 1e-9) + 1e-9 * abs(slopes).max()
        assert np.all(slopes[counts == 0] >= 0)  # nothing falls below zero


def test_the_same_seed_is_the_same_problem():
    first, again = well_posed_problem(3), well_posed_problem(3)
    assert first.network == again.network
    np.testing.assert_array_equal(first.parameters, again.parameters)


def test_everything_promised_is_met():
    problems = [well_posed_problem(seed) for seed in range(200)]
    sizes = {len(problem.start) for problem in problems}
    assert {2, 30} <= sizes
    names = {function.name for problem in problems for function in problem.network.functions}
    assert {name.rsplit("_", 1)[0] for name in names} == set(SHAPES)
    orders = {len(reaction.reactants) for problem in problems for reaction in problem.network.reactions}
    assert orders == {0, 1, 2}
    closed = {problem.synthesis == 0.0 for problem in problems}
    assert closed == {True, False}
    rates = np.concatenate(
        [
            [problem.parameters[problem.network.parameter_index[f"k{place}"]]
             for place, one in enumerate(problem.network.reactions) if one.rule == "first"]
            for problem in problems
        ]
    )  # fmt: skip
    assert np.log10(rates.max() / rates.min()) > 5.9


def test_the_judge_sees_an_explosion():
    problem = well_posed_problem(0, most=3)
    doubling = Reaction(rule="first", reactants=(0,), products=(0, 0), rate="k0")
    network = replace(problem.network, reactions=(*problem.network.reactions, *[doubling] * 200))
    broken = replace(problem, network=network, end_s=10.0 / problem.parameters[0])
    assert len(makes_mass(broken)) == 200
    with np.errstate(all="ignore"):
        assert complaints(broken, solved(broken)) != []
