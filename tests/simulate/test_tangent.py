"""Judged by exact solutions and by differences of two courses."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.kernel import compile_kernel
from smaclab.simulate import tangent
from smaclab.simulate.tangent import Start, simulate_tangents
from tests.kernel.native.toys import network

TIME_S = np.array([0.3, 1.0])
DIFFERENCE = 1e-4  # relative; leaves 1e-8 of curvature and, at rtol 1e-10, 1e-6 of the solver's own error


def start(counts, parameters, along=None, counts_along=None):
    counts, parameters = np.array(counts, dtype=float), np.array(parameters, dtype=float)
    directions = len(along) if along is not None else len(counts_along)
    return Start(
        counts=counts, parameters=parameters,
        along=np.zeros((directions, len(parameters))) if along is None else np.array(along, dtype=float),
        counts_along=np.zeros((directions, len(counts)))
        if counts_along is None else np.array(counts_along, dtype=float),
    )  # fmt: skip


def differences(kernel, given, time_s=TIME_S, rtol=1e-10):
    """(time, direction, species), by two courses for each direction."""
    nothing = replace(given, along=given.along[:0], counts_along=given.counts_along[:0])
    columns = []
    for along, counts_along in zip(given.along, given.counts_along, strict=True):
        two = [
            simulate_tangents(
                kernel,
                replace(
                    nothing, counts=given.counts + sign * DIFFERENCE * counts_along,
                    parameters=given.parameters + sign * DIFFERENCE * along,
                ),
                time_s, rtol=rtol,
            ).counts
            for sign in (1.0, -1.0)
        ]  # fmt: skip
        columns.append((two[0] - two[1]) / (2 * DIFFERENCE))
    return np.stack(columns, axis=1)


def gap(found, expected):
    """The largest difference relative to the largest answer of the same direction."""
    scale = np.max(np.abs(expected), axis=(0, 2), keepdims=True)
    return float(np.max(np.abs(found - expected) / scale))


@pytest.fixture(scope="module")
def enzyme():
    """A substrate turned over by Michaelis and Menten's law, and by a promoter with a real exponent."""
    return compile_kernel(
        network(
            2, [((0,), (1,), "f"), ((), (0,), "g"), ((1, 1), (0,), "k", 0.5)], ["k", "K", "n"],
            constants={"top": "10 * k"}, functions={"f": "top / (K + a)", "g": "k * K**n / (K**n + b**n)"},
            observables={"a": ((0, 1.0),), "b": ((1, 1.0),)},
        )
    )  # fmt: skip


def test_a_decay_answers_as_its_exact_solution_says():
    kernel = compile_kernel(network(1, [((0,), (), "k")], ["k"]))
    given = start([100.0], [0.7], along=[[1.0], [0.0]], counts_along=[[0.0], [1.0]])
    found = simulate_tangents(kernel, given, TIME_S, rtol=1e-9)
    left = np.exp(-0.7 * TIME_S)
    np.testing.assert_allclose(found.counts[:, 0], 100 * left, rtol=1e-7)
    np.testing.assert_allclose(found.along[:, 0, 0], -TIME_S * 100 * left, rtol=1e-6)
    np.testing.assert_allclose(found.along[:, 1, 0], left, rtol=1e-7)


@pytest.mark.claim("Tangents are the differences of two courses", source="numerics brief")
def test_every_direction_is_a_difference_of_two_courses(enzyme):
    along = [[1, 0, 0], [0, 0, 1], [0.3, -2, 0.1]]
    counts_along = [[0, 0], [0, 0], [1, 2]]
    given = start([20.0, 3.0], [0.8, 6.0, 1.7], along, counts_along)
    found = simulate_tangents(enzyme, given, TIME_S, rtol=1e-9).along
    assert gap(found, differences(enzyme, given)) < 1e-5


def test_the_judge_sees_a_missing_curvature(enzyme, monkeypatch):
    given = start([20.0, 3.0], [0.8, 6.0, 1.7], [[0.0, 1.0, 0.0]])
    monkeypatch.setattr(tangent._Tangent, "product_along", lambda _self, _counts, along, _u: 0 * along)
    found = simulate_tangents(enzyme, given, TIME_S, rtol=1e-6).along
    assert gap(found, differences(enzyme, given)) > 1e-4


def test_a_loose_tolerance_gives_loose_tangents_and_several_cost_no_more_steps(enzyme):
    one = start([20.0, 3.0], [0.8, 6.0, 1.7], [[1.0, 0.0, 0.0]])
    many = start([20.0, 3.0], [0.8, 6.0, 1.7], np.eye(3))
    exact = differences(enzyme, one)
    loose, tight = (simulate_tangents(enzyme, one, TIME_S, rtol=rtol) for rtol in (1e-4, 1e-7))
    assert gap(tight.along, exact) < 1e-5 < gap(loose.along, exact) + 1e-5 < 1e-2
    together = simulate_tangents(enzyme, many, TIME_S, rtol=1e-7)
    assert together.steps == tight.steps
    np.testing.assert_allclose(together.along[:, 0], tight.along[:, 0], rtol=1e-10)


def test_conserved_totals_answer_to_no_rate(dimers):
    given = start([12.0, 0.0], [12.0, 0.02, 0.3], [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    found = simulate_tangents(dimers, given, TIME_S).along
    assert np.max(np.abs(found @ (1.0, 2.0))) < 1e-10 * np.max(np.abs(found))


def test_what_does_not_fit_or_end_gets_a_letter(dimers):
    with pytest.raises(SimulationError, match="have shapes"):
        simulate_tangents(dimers, start([1.0], [1.0, 1.0, 1.0], [[1.0, 0.0, 0.0]]), TIME_S)
    bad = start([12.0, 0.0], [12.0, np.nan, 0.3], [[0.0, 1.0, 0.0]])
    with pytest.raises(SimulationError, match="ended at 0 s"):
        simulate_tangents(dimers, bad, TIME_S)
    with pytest.raises(SimulationError, match="step 4"):
        simulate_tangents(
            dimers, start([12.0, 0.0], [12.0, 2.0, 0.3], [[0.0, 1.0, 0.0]]), TIME_S, most_steps=3
        )
