"""What the driver and Python agree on, and the words in which the driver is written."""

import numpy as np
import pytest
from llvmlite import ir

from smaclab.kernel.native import frame
from smaclab.kernel.native.engine import load, object_code
from smaclab.kernel.native.frame import ARGUMENTS, CLOCK, DOUBLE, INT, POINTER, TALLY, Sections, Writer
from smaclab.kernel.native.kind import host_kind
from smaclab.kernel.native.program import aligned
from smaclab.simulate.status import Status

KIND = host_kind()


def test_numbers_of_statuses_are_those_of_the_simulation():
    assert (frame.OK, frame.STEP_LIMIT, frame.NON_FINITE, frame.UNSUCCESSFUL) == (
        Status.OK, Status.STEP_LIMIT, Status.NON_FINITE, Status.UNSUCCESSFUL,
    )  # fmt: skip


@pytest.mark.parametrize("names", [ARGUMENTS, CLOCK, TALLY])
def test_names_are_given_once(names):
    assert len(set(names)) == len(names)


def test_sections_stand_one_after_another():
    sections = Sections(
        n_species=5, n_functions=3, n_factors=11, n_static=4, n_totals=2, stages=6, n_course=5
    )
    parts = [(0, 5), (5, 5), *((sections.increment(stage), 5) for stage in range(6))]
    parts += [
        (sections.functions, 3),
        (sections.factors, 11),
        (sections.shift, 1),
        (sections.sums, 3 * 2),
        (sections.values, 4 + 2 + 5 * 7),
    ]
    end = 0
    for start, size in parts:
        assert start == end
        end = start + size
    assert sections.total(n_watches=2, n_looks=7) == end


def written(body, kind=KIND):
    """A function `f(words) -> word` whose words are the driver's arguments."""
    module = ir.Module(name="f")
    function = ir.Function(module, ir.FunctionType(INT, [POINTER]), "f")
    body(Writer(kind, function))
    loaded = load([object_code(str(module), level=2)])

    def call(**given):
        """Arguments by name; what is not named is 0."""
        several = [given.get(name, 0) for name in ARGUMENTS]
        words = np.array([one.ctypes.data if isinstance(one, np.ndarray) else one for one in several])
        return loaded.function("f", 1)(words.ctypes.data)

    return call


def test_a_loop_counts_and_a_variable_keeps():
    def body(w):
        total = w.variable(w.whole(0))
        with w.loop(w.whole(0), w.argument("n_cells")) as place:
            w.b.store(w.b.add(w.read(total, INT), place), total)
        w.b.ret(w.read(total, INT))

    function = written(body)
    assert [function(n_cells=n) for n in (0, 1, 100)] == [0, 0, 4950]


def test_a_while_loop_looks_before_each_round():
    def body(w):
        left, rounds = w.variable(w.argument("n_cells")), w.variable(w.whole(0))
        with w.while_(lambda: w.b.icmp_signed(">", w.read(left, INT), w.whole(0))):
            w.b.store(w.b.sub(w.read(left, INT), w.whole(3)), left)
            w.b.store(w.b.add(w.read(rounds, INT), w.whole(1)), rounds)
        w.b.ret(w.read(rounds, INT))

    function = written(body)
    assert [function(n_cells=n) for n in (-1, 0, 3, 7)] == [0, 0, 1, 3]


def test_arrays_are_read_and_written():
    def body(w):
        times = w.array("time_s")
        w.put(times, w.whole(1), w.b.fadd(w.get(times, w.whole(0), DOUBLE), w.double(0.5)))
        w.b.ret(w.get(w.array("status"), w.whole(2), INT))

    times, status = np.array([1.25, 0.0]), np.array([7, 8, 9], dtype=np.int64)
    assert written(body)(time_s=times, status=status) == 9
    assert times.tolist() == [1.25, 1.75]


@pytest.mark.parametrize("precision", ["double", "float"])
def test_one_lane_is_read_and_written_as_a_double(precision):
    kind = host_kind(precision)

    def body(w):
        vectors = w.array("vectors")
        w.put_lane(vectors, w.whole(1), w.argument("n_cells"), w.get_lane(vectors, w.whole(0), w.whole(3)))
        w.set_lane_clock("stop", w.whole(2), w.double(0.1))
        w.set_tally("steps", w.whole(1), w.b.add(w.tally("steps", w.whole(1)), w.whole(5)))
        w.b.ret(w.whole(0))

    dtype = np.float64 if precision == "double" else np.float32
    vectors = aligned(2 * kind.lanes, dtype).reshape(2, kind.lanes)
    vectors[0] = np.arange(kind.lanes) + 0.5
    clock = aligned(len(CLOCK) * kind.lanes, np.float64).reshape(len(CLOCK), kind.lanes)
    tally = aligned(len(TALLY) * kind.lanes, np.int64).reshape(len(TALLY), kind.lanes)
    written(body, kind)(vectors=vectors, clock=clock, tally=tally, n_cells=2)
    assert vectors[1].tolist() == [3.5 if lane == 2 else 0.0 for lane in range(kind.lanes)]
    assert clock[CLOCK.index("stop"), 2] == 0.1
    assert np.count_nonzero(clock) == 1
    assert tally[TALLY.index("steps"), 1] == 5
    assert np.count_nonzero(tally) == 1


@pytest.mark.parametrize("precision", ["double", "float"])
def test_vectors_are_spread_added_and_rooted(precision):
    kind = host_kind(precision)

    def body(w):
        vectors = w.array("vectors")
        three = w.spread(w.get(w.array("settings"), w.whole(0), DOUBLE))
        root = w.intrinsic("sqrt", w.vector, [w.get(vectors, w.whole(0), w.vector)])
        w.put(vectors, w.whole(1), w.multiply_add(three, root, w.all(1.0)))
        w.set_clock("t", w.spread(w.double(0.1), w.clocks))
        w.b.ret(w.whole(0))

    dtype = np.float64 if precision == "double" else np.float32
    vectors = aligned(2 * kind.lanes, dtype).reshape(2, kind.lanes)
    vectors[0] = np.arange(kind.lanes) ** 2
    clock = aligned(len(CLOCK) * kind.lanes, np.float64).reshape(len(CLOCK), kind.lanes)
    written(body, kind)(vectors=vectors, clock=clock, settings=np.array([3.0]))
    assert vectors[1].tolist() == [3.0 * lane + 1 for lane in range(kind.lanes)]
    assert clock[CLOCK.index("t")].tolist() == [0.1] * kind.lanes
