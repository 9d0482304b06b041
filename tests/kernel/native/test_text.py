"""Vector code as text: numbers read back exactly, and a cut never changes what is computed."""

import math
import struct

import numpy as np
import pytest

from smaclab.kernel.native.engine import declarations, load, object_code
from smaclab.kernel.native.kind import Kind, host_kind
from smaclab.kernel.native.program import aligned
from smaclab.kernel.native.text import ATTRIBUTES, LONGEST, Code, number

KIND = host_kind()
LANES = KIND.lanes


def run(code, *arrays):
    """Compile the function and call it with these arrays of [entry][lane]."""
    loaded = load([object_code("\n".join((declarations(code.kind), ATTRIBUTES, code.text())))])
    loaded.function(code.name, len(arrays))(*[one.ctypes.data for one in arrays])
    return loaded


def room(*entries):
    """An array of these entries, the same in every lane."""
    found = aligned(len(entries) * LANES, np.float64).reshape(len(entries), LANES)
    found[:] = np.array(entries, dtype=float)[:, None]
    return found


@pytest.mark.parametrize("value", [0.0, -0.0, 1.0, 0.1, -1e300, 5e-324, math.pi, math.inf, -math.inf])
def test_a_number_reads_back_exactly(value):
    word = int(number(value), 16)
    assert struct.pack(">Q", word) == struct.pack(">d", value)
    code = Code(KIND, "f", ("x",))
    code.store("x", 0, code.constant(value))
    x = room(7.0)
    run(code, x)
    assert x.tobytes() == room(value).tobytes()


def test_a_float_is_rounded_to_what_it_can_hold():
    assert struct.unpack(">d", struct.pack(">Q", int(number(0.1, "float"), 16)))[0] == float(np.float32(0.1))
    assert number(0.1, "float") != number(0.1)


def test_arithmetic_is_ieee_arithmetic():
    code = Code(KIND, "f", ("x", "out"))
    a, b, c = (code.load("x", place) for place in range(3))
    results = [
        code.add(a, b), code.subtract(a, b), code.multiply(a, b), code.divide(a, b), code.negate(a),
        code.plus(a, b, 1.0), code.plus(a, b, -1.0),
        code.select("ogt", a, b, a, c), code.select("olt", a, b, a, c),
    ]  # fmt: skip
    for place, result in enumerate(results):
        code.store("out", place, result)
    x, out = room(0.1, 0.3, 7.0), room(*[0.0] * len(results))
    run(code, x, out)
    expected = [0.1 + 0.3, 0.1 - 0.3, 0.1 * 0.3, 0.1 / 0.3, -0.1, 0.1 + 0.3, 0.1 - 0.3, 7.0, 0.1]
    np.testing.assert_array_equal(out, room(*expected))


@pytest.mark.parametrize(
    "fused", [pytest.param(True, marks=pytest.mark.skipif(not KIND.fused, reason="no fma")), False]
)
def test_multiply_add_is_rounded_once_where_the_host_can(fused):
    kind = Kind(lanes=LANES, real="double", fused=fused)
    code = Code(kind, "f", ("x", "out"))
    a, b, c = (code.load("x", place) for place in range(3))
    code.store("out", 0, code.multiply_add(a, b, c))
    code.store("out", 1, code.multiply_subtract(a, b, c))
    code.store("out", 2, code.plus(c, a, 3.0))
    tiny = 2.0**-30
    x, out = room(1 + tiny, 1 - tiny, -1.0), room(0.0, 0.0, 0.0)
    run(code, x, out)
    left = (
        -(2.0**-60) if fused else 0.0
    )  # (1 + e)(1 - e) - 1 is -e^2, and 0 when the product is rounded first
    np.testing.assert_array_equal(out[0], left)
    np.testing.assert_allclose(out[1], -2.0, rtol=1e-15)
    np.testing.assert_allclose(out[2], 2 + 3 * tiny, rtol=1e-15)


def test_lanes_do_not_mix():
    code = Code(KIND, "f", ("x",))
    code.store("x", 0, code.multiply(code.load("x", 0), code.load("x", 1)))
    x = aligned(2 * LANES, np.float64).reshape(2, LANES)
    x[0], x[1] = np.arange(LANES), np.arange(LANES) + 10.0
    run(code, x)
    np.testing.assert_array_equal(x[0], np.arange(LANES) * (np.arange(LANES) + 10.0))


def test_a_vector_is_loaded_once_for_each_piece():
    code = Code(KIND, "f", ("x",))
    first = code.load("x", 3)
    assert code.load("x", 3) == first
    code.cut()
    assert code.load("x", 3) != first
    assert code.text().count("load <") == 2


def test_a_store_is_seen_by_later_loads():
    code = Code(KIND, "f", ("x",))
    code.store("x", 0, code.constant(2.0))
    code.store("x", 1, code.add(code.load("x", 0), code.constant(1.0)))
    x = room(9.0, 9.0)
    run(code, x)
    np.testing.assert_array_equal(x, room(2.0, 3.0))


def test_sums_survive_every_cut():
    code = Code(KIND, "f", ("x", "out"))
    terms = 4 * LONGEST
    for _ in range(terms):
        code.add_into("out", 1, code.load("x", 0), 2.0)
        code.cut_if_long()
    text = code.text()
    assert len(code.pieces) > 1
    assert text.count("define ") == len(code.pieces) == text.count("musttail call") + 1
    assert max(len(piece) for piece in code.pieces) <= LONGEST + 10
    x, out = room(1.0), room(5.0, 7.0)
    run(code, x, out)
    np.testing.assert_array_equal(out, room(5.0, 7.0 + 2.0 * terms))


def test_nothing_to_do_is_a_function_too():
    code = Code(KIND, "f", ("x",))
    x = room(1.0)
    run(code, x)
    np.testing.assert_array_equal(x, room(1.0))


def test_an_array_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="f has no array 'y'"):
        Code(KIND, "f", ("x",)).load("y", 1)
