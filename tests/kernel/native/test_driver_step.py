"""The vector part of a step against its slow twin, one cell at a time in NumPy."""

import numpy as np
import pytest
from llvmlite import ir

from smaclab.kernel.native import compile_program
from smaclab.kernel.native.driver_step import inverse_root
from smaclab.kernel.native.engine import load, object_code
from smaclab.kernel.native.frame import INT, POINTER, Writer
from smaclab.kernel.native.kind import host_kind
from smaclab.kernel.native.program import aligned
from smaclab.kernel.rosenbrock import RODAS4
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate
from tests.kernel.native import twin
from tests.kernel.native.toys import compiled, follow, network

ROBERTSON = network(
    3, [((0,), (1,), "slow"), ((1, 1), (1, 2), "fast"), ((1, 2), (0, 2), "quick")], ("slow", "fast", "quick")
)
SCALE = 1e6  # molecules for 1 of the published problem
ROBERTSON_RATES = np.array([0.04, 3e7 / SCALE, 1e4 / SCALE])
PREY = network(
    2, [((0,), (0, 0), "born"), ((0, 1), (1, 1), "eaten"), ((1,), (), "dies")], ("born", "eaten", "dies")
)
PREY_RATES = np.array([1.0, 1e-3, 0.7])
HILL = network(
    2,
    [((), (0,), "f"), ((), (1,), "g"), ((0,), (), "k"), ((1,), (), "k")],
    ("k", "K", "n"),
    functions={"f": "50*k/(1 + (b/K)**n)", "g": "40*k*a**n/(K**n + a**n)"},
    observables={"a": ((0, 1.0),), "b": ((1, 1.0),)},
)
PROBLEMS = {
    "robertson": (ROBERTSON, np.array([SCALE, 0.0, 0.0]), ROBERTSON_RATES, 400.0),
    "prey": (PREY, np.array([500.0, 300.0]), PREY_RATES, 20.0),
    "hill": (HILL, np.array([1.0, 30.0]), np.array([0.3, 20.0, 2.7]), 40.0),
}


def twin_of(name, rtol):
    of, counts, parameters, end_s = PROBLEMS[name]
    kernel = compiled(of)[1]
    values = kernel.constants(parameters)
    return twin.run(
        lambda y: kernel.derivative(y, values),
        lambda y: kernel.jacobian_dense(y, values),
        counts,
        end_s,
        rtol,
    )


@pytest.mark.parametrize("rtol", [1e-3, 1e-6])
@pytest.mark.parametrize("name", PROBLEMS)
def test_steps_are_those_of_the_twin(name, rtol):
    of, counts, parameters, end_s = PROBLEMS[name]
    ends = follow(of, counts, parameters, [0.0, end_s], rtol=rtol)
    course = twin_of(name, rtol)
    assert (ends.steps[0], ends.rejected[0]) == (course.steps, course.rejected)
    # Same steps, other order of sums: rounding alone, which each step may blow up a little.
    np.testing.assert_allclose(ends.final[0], course.counts[-1], rtol=1e-9)


def test_the_twin_sees_rejected_steps():
    assert twin_of("prey", 1e-3).rejected > 0


@pytest.mark.claim(
    "The compiled solver gives Robertson's problem as published, from 40 s to 1e11 s",
    source="Hairer & Wanner 1996, Solving Ordinary Differential Equations II; IVP test set, problem ROBER",
)
def test_robertsons_problem():
    times = np.array([0.4, 40.0, 1e11])
    ends = follow(ROBERTSON, [[SCALE, 0.0, 0.0]], ROBERTSON_RATES, times, rtol=1e-9, floor=1e-6)
    assert ends.status[0] == 0
    published = [
        [0.98517, 3.3864e-5, 1.4794e-2],
        [0.71582, 9.1855e-6, 0.28417],
        [0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050],
    ]
    np.testing.assert_allclose(ends.counts[0, :2] / SCALE, published[:2], rtol=5e-5)  # printed to 5 digits
    np.testing.assert_allclose(ends.counts[0, 2] / SCALE, published[2], rtol=1e-5)


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_tighter_tolerance_is_a_smaller_error(name):
    of, counts, parameters, end_s = PROBLEMS[name]
    judge = follow(of, counts, parameters, [0.0], end_s=end_s, rtol=1e-11)
    assert judge.status[0] == 0
    errors = []
    for rtol in (1e-4, 1e-6, 1e-8):  # above 1e-4 errors of opposite sign may cancel
        found = follow(of, counts, parameters, [0.0], end_s=end_s, rtol=rtol).final[0]
        errors.append(np.max(np.abs(found - judge.final[0]) / (np.abs(judge.final[0]) + 1)))
    # Ideally a hundredfold smaller each time; a tenth of that is asked.
    assert errors[1] < errors[0] / 10
    assert errors[2] < errors[1] / 10
    assert errors[2] < 1e-5


@pytest.mark.claim(
    "Conserved totals hold to 1e-10 over a long time, whatever the tolerance",
    source="linear invariants of the method",
)
@pytest.mark.parametrize("rtol", [1e-3, 1e-5, 1e-8])
def test_conserved_totals_hold(rtol):
    ends = follow(ROBERTSON, [[SCALE, 0.0, 0.0]], ROBERTSON_RATES, np.geomspace(1, 1e8, 40), rtol=rtol)
    np.testing.assert_allclose(ends.counts[0].sum(axis=1), SCALE, rtol=1e-10)
    assert ends.final[0].sum() == pytest.approx(SCALE, rel=1e-10)
    dimers = network(2, [((0, 0), (1,), "on", 0.5), ((1,), (0, 0), "off")], ("on", "off"))
    ends = follow(dimers, [[1e5, 3.0]], [1e-6, 1e-3], np.geomspace(1, 1e8, 40), rtol=rtol)
    np.testing.assert_allclose(ends.counts[0] @ [1.0, 2.0], 1e5 + 6, rtol=1e-10)


def test_the_absolute_tolerance_belongs_to_each_species():
    """Two alike pairs; the one with the high floor may be as wrong as its floor."""
    twins = network(4, [((0,), (1,), "k"), ((2,), (3,), "k")], ("k",))
    k, times = 1.0, np.array([0.0, 10.0])
    counts = [[100.0, 0.0, 100.0, 0.0]]
    tight = follow(twins, counts, [k], times, rtol=1e-6, floor=1e-4)
    loose = follow(twins, counts, [k], times, rtol=1e-6, floor=np.array([1e6] * 4))
    mixed = follow(twins, counts, [k], times, rtol=1e-6, floor=np.array([1e6, 1e6, 1e-4, 1e-4]))
    assert loose.steps[0] < mixed.steps[0] <= tight.steps[0]


@pytest.mark.parametrize("order", [8, 10])
def test_an_inverse_root_is_finer_than_a_stepsize_needs(order):
    module = ir.Module(name="root")
    function = ir.Function(module, ir.FunctionType(INT, [POINTER]), "root")
    w = Writer(host_kind(), function)
    place = w.at(w.args, w.whole(0), w.clocks)
    w.put(place, w.whole(0), inverse_root(w, order, w.get(place, w.whole(0), w.clocks)))
    w.b.ret(w.whole(0))
    loaded = load([object_code(str(module), level=2)])
    room = aligned(w.kind.lanes, np.float64)
    for given in np.concatenate((np.geomspace(1e-30, 1e30, 400), np.linspace(0.5, 2.0, 400))):
        room[:] = given * np.linspace(1.0, 1.1, len(room))
        expected = room ** (-1.0 / order)
        loaded.function("root", 1)(room.ctypes.data)
        np.testing.assert_allclose(room, expected, rtol=1.1e-7)


@pytest.mark.parametrize("name", PROBLEMS)
def test_another_method_is_followed_as_its_twin_does(name):
    of, counts, parameters, end_s = PROBLEMS[name]
    kernel = compiled(of)[1]
    values = kernel.constants(parameters)
    cells = Cells(
        counts=counts[None, :], parameters=parameters[None, :], start_s=np.zeros(1), end_s=np.array([end_s])
    )
    looks = Looks(time_s=np.array([end_s / 3, end_s]), observe=np.eye(len(counts)))
    program = compile_program(of, method=RODAS4, keep=False)
    ends = integrate(program, kernel, cells, looks, Tolerance(relative=1e-4))
    course = twin.run(
        lambda y: kernel.derivative(y, values), lambda y: kernel.jacobian_dense(y, values), counts, end_s,
        1e-4, method=RODAS4,
    )  # fmt: skip
    assert (ends.steps[0], ends.rejected[0]) == (course.steps, course.rejected)
    np.testing.assert_allclose(ends.final[0], course.counts[-1], rtol=1e-9)


def test_a_stiff_relaxation_needs_few_steps():
    """A binding of 1e6/s beside a loss of 1e-5/s: an explicit method would need 1e11 steps."""
    stiff = network(2, [((0,), (1,), "on"), ((1,), (0,), "off"), ((1,), (), "loss")], ("on", "off", "loss"))
    ends = follow(stiff, [[1e4, 0.0]], [1e6, 1e6, 1e-5], [0.0], end_s=1e5, rtol=1e-6)
    assert ends.steps[0] < 300
    np.testing.assert_allclose(ends.final[0], 5e3 * np.exp(-0.5), rtol=1e-5)
