"""Exponential, logarithm and formulas as vector code, against Python's own."""

import math

import numpy as np
import pytest

from smaclab.kernel.native.engine import declarations, load, object_code
from smaclab.kernel.native.formulas import EXP, LOG, Formulas, library
from smaclab.kernel.native.kind import Kind, host_kind
from smaclab.kernel.native.program import aligned
from smaclab.kernel.native.text import ATTRIBUTES, Code
from smaclab.network.expression import evaluate, parse

BLOCK = 32  # vectors of one call


def many(kind, emit, *columns):
    """`emit(code, values)` at each place of these columns."""
    arrays = [f"x{rank}" for rank in range(len(columns))]
    code = Code(kind, "many", (*arrays, "out"))
    for place in range(BLOCK):
        code.store("out", place, emit(code, [code.load(array, place) for array in arrays]))
        code.cut_if_long()
    text = "\n".join(
        (declarations(kind), declarations_of_double(kind), ATTRIBUTES, library(kind), code.text())
    )
    loaded = load([object_code(text)])
    function = loaded.function("many", len(arrays) + 1)
    dtype = np.float64 if kind.real == "double" else np.float32
    size, step = len(columns[0]), BLOCK * kind.lanes
    padded = -(-size // step) * step
    given = [aligned(padded, dtype) for _ in columns]
    for room, column in zip(given, columns, strict=True):
        room[:size] = column
    out = aligned(padded, dtype)
    for first in range(0, padded, step):
        function(*[one[first:].ctypes.data for one in (*given, out)])
    return out[:size]


def declarations_of_double(kind):
    """Float vectors compute exp and log in double."""
    return (
        "" if kind.real == "double" else declarations(Kind(lanes=kind.lanes, real="double", fused=kind.fused))
    )


def called(function, x, kind=None):
    return many(kind or host_kind(), lambda code, given: code.call(function, given[0]), x)


def place(x):
    """The rank of a double among all doubles, so that neighbours differ by 1."""
    bits = np.asarray(x, dtype=np.float64).view(np.int64)
    return np.where(bits < 0, np.int64(-(2**63)) - bits, bits)


def ulps(found, expected):
    """How many doubles apart."""
    return np.abs(place(found).astype(object) - place(expected).astype(object))


def python_exp(x):
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def python_log(x):
    if x == 0:
        return -math.inf
    return math.log(x) if x > 0 else math.nan


def the_whole_range():
    rng = np.random.default_rng(0)
    return np.concatenate((
        rng.uniform(-750, 712, 20_000), rng.uniform(-1, 1, 5000), rng.uniform(-745.2, -708, 5000),
        rng.uniform(709.7, 709.8, 2000), np.exp(rng.uniform(-700, 0, 2000)),
        -np.exp(rng.uniform(-700, 0, 2000)),
        np.arange(-1074, 1025) * math.log(2), (np.arange(-1075, 1024) + 0.5) * math.log(2),
        [0.0, -0.0, 1.0, -1.0, 709.782712893384, 709.7827128933841, -745.1332191019412, -745.2, -1e5, 1e5,
         -1e308, 1e308, 5e-324, math.inf, -math.inf],
    ))  # fmt: skip


def all_sizes():
    rng = np.random.default_rng(1)
    return np.concatenate((
        np.ldexp(rng.uniform(0.5, 1, 20_000), rng.integers(-1073, 1025, 20_000)),
        1 + rng.uniform(-0.5, 1, 10_000),
        1 + rng.uniform(-1e-6, 1e-6, 5000), 1 + np.arange(-50, 51) * 2.0**-52,
        np.ldexp(1.0, np.arange(-1074, 1024)),
        math.sqrt(0.5) + np.arange(-20, 20) * 2.0**-53, math.sqrt(2) + np.arange(-20, 20) * 2.0**-52,
        [5e-324, 1e-310, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, math.inf,
         0.0, -0.0],
    ))  # fmt: skip


@pytest.mark.parametrize("fused", [True, False])
@pytest.mark.parametrize(
    ("function", "twin", "points"), [(EXP, python_exp, the_whole_range), (LOG, python_log, all_sizes)]
)
def test_exp_and_log_are_good_to_two_units_in_the_last_place(function, twin, points, fused):
    host = host_kind()
    if fused and not host.fused:
        pytest.skip("this host cannot multiply and add at once")
    kind = Kind(lanes=host.lanes, real="double", fused=fused)
    x = points()
    found, expected = called(function, x, kind), np.array([twin(one) for one in x])
    assert not np.isnan(found).any()
    worst = np.argmax(ulps(found, expected))
    assert ulps(found, expected)[worst] <= 2, (x[worst], found[worst], expected[worst])


def test_the_judge_of_units_in_the_last_place_can_complain():
    one = np.array([1.0, -1.0, 0.0, 5e-324, math.inf])
    assert ulps(one, one).tolist() == [0] * 5
    other = np.array([1 + 3 * 2.0**-52, -1.0, -5e-324, -5e-324, 1.7976931348623157e308])
    assert ulps(one, other).tolist() == [
        3, 0, 1, 2, 1,
    ]  # fmt: skip


@pytest.mark.parametrize("precision", ["double", "float"])
def test_what_is_no_number_stays_none(precision):
    kind = host_kind(precision)
    assert np.isnan(called(EXP, np.array([math.nan]), kind)).all()
    assert np.isnan(called(LOG, np.array([math.nan, -1.0, -1e-30, -math.inf]), kind)).all()


def test_exp_and_log_of_special_numbers_are_exact():
    assert called(EXP, np.array([0.0, -0.0, math.inf])).tolist() == [1.0, 1.0, math.inf]
    assert called(LOG, np.array([1.0, 0.0, -0.0, math.inf])).tolist() == [0.0, -math.inf, -math.inf, math.inf]


def test_a_lane_does_not_know_its_neighbours():
    x = np.array([1.0, math.nan, math.inf, -math.inf, 0.0, -5.0, 1e300, 3.0] * 4)
    for function in (EXP, LOG):
        alone = np.array([called(function, np.array([one]))[0] for one in x])
        assert called(function, x).tobytes() == alone.tobytes()


def test_floats_are_computed_in_double_and_rounded_once():
    kind = host_kind("float")
    x = np.random.default_rng(2).uniform(-80, 80, 4000).astype(np.float32)
    assert called(EXP, x, kind).tolist() == np.float32([math.exp(one) for one in x.astype(float)]).tolist()
    x = np.abs(x)
    assert called(LOG, x, kind).tolist() == np.float32([math.log(one) for one in x.astype(float)]).tolist()


FORMULAS = (
    "x + y", "x - y", "x * y", "x / y", "-x", "min(x, y)", "max(x, y)", "min(x, y, 0.5)", "max(1, y, x)",
    "x**2",
    "x**3",
    "x**7", "x**-2", "x**0", "x**1.7", "x**y", "y**-0.3", "exp(-x/3)", "log(x)", "x**1.7/(y**1.7 + x**1.7)",
    "(x/y)**4/(1 + (x/y)**4)", "exp(-x) + exp(-x)*log(1 + x**2)", "2", "x**64", "min(max(x, 0.1), 2)",
)  # fmt: skip


def emitted(formula, x, y):
    names = {"x": 0, "y": 1}
    return many(
        host_kind(),
        lambda code, given: Formulas(code, lambda name: given[names[name]]).value(parse(formula)),
        x,
        y,
    )


def defined(formula, x, y):
    """The twin's value; NumPy's rules where Python would raise."""
    with np.errstate(all="ignore"):
        return np.array([
            float(evaluate(parse(formula), {"x": np.float64(a), "y": np.float64(b)}))
            for a, b in zip(x, y, strict=True)
        ])  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_a_faithful_copy(formula):
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0.01, 6, (2, 500))
    # A power is exp(n log x): its error is n log x units, here at most 60; everything else is good to a few.
    np.testing.assert_allclose(emitted(formula, x, y), defined(formula, x, y), rtol=2e-14)


SMALL_NEGATIVE = (
    "x**1.7",
    "x**0.5",
    "x**y",
    "x**2",
    "x**3",
    "x**-1",
    "x**1.7/(y**1.7 + x**1.7)",
    "min(x, y)",
)


@pytest.mark.parametrize("formula", SMALL_NEGATIVE)
def test_small_negatives_are_guarded_as_in_the_twin(formula):
    x, y = np.array([-1e-9, -3.0, 0.0, -0.0]), np.full(4, 0.7)
    found = emitted(formula, x, y)
    assert not np.isnan(found).any()
    # Nothing to a real power is nothing, up to the smallest numbers there are.
    np.testing.assert_allclose(found, defined(formula, x, y), rtol=2e-14, atol=1e-320)


def test_anything_to_the_power_of_nothing_is_one():
    assert emitted("x**y", np.array([0.0, 5.0, -2.0]), np.zeros(3)).tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "formula", ["min(x, y)", "max(x, y)", "min(y, x)", "max(y, x)", "x**1.7", "x**2", "x + y", "exp(x)"]
)
def test_a_nan_comes_through_from_every_side(formula):
    found = emitted(formula, np.array([math.nan, 1.0]), np.array([1.0, 1.0]))
    assert np.isnan(found[0])
    assert np.isfinite(found[1])


def test_a_step_is_one_from_zero_on():
    step = many(
        host_kind(),
        lambda code, given: code.select(
            "oge", given[0], code.constant(0.0), code.constant(1.0), code.constant(0.0)
        ),
        np.array([-1e-300, 0.0, 1.0]),
    )
    assert step.tolist() == [0.0, 1.0, 1.0]


def test_a_shared_part_is_computed_once():
    code = Code(host_kind(), "f", ("x",))
    formulas = Formulas(code, lambda name: code.load("x", 0))
    formulas.value(parse("exp(-x) + exp(-x)*exp(-x)"))
    assert sum("smaclab_exp" in line for line in code.lines) == 1


@pytest.mark.parametrize("exponent", [5, 63, 64, 65, 66])
def test_whole_exponents_keep_the_sign_however_large(exponent):
    found = emitted(f"x**{exponent}", np.array([-1.1, 1.1]), np.ones(2))
    np.testing.assert_allclose(found, [(-1.1) ** exponent, 1.1**exponent], rtol=1e-13)
