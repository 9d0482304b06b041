"""What one lane shows of itself: its observables at the sampled times inside a step.

A lane with something to show lays its coefficients out observable beside observable, once a step; each sample
then takes a vector of observables at a time.
"""

from collections.abc import Callable, Mapping
from typing import Any

from llvmlite import ir

from smaclab.kernel.native.driver_look import coefficients, course
from smaclab.kernel.native.frame import DOUBLE, INT, Sections, Writer

FOREVER = 1e300  # s; no stop and no sample
TOGETHER = 8  # observables
VECTOR = ir.VectorType(DOUBLE, TOGETHER)

Functions = Mapping[str, Any]


def next_sample(w: Writer, lane: Any, place: Any) -> Any:
    """The time of this place is the one at which this lane is sampled next; returns when that is."""
    there = w.b.icmp_signed("<", place, w.argument("n_times"))
    # There is a first time even where there are none.
    listed = w.get(w.array("time_s"), w.b.select(there, place, w.whole(0)), DOUBLE)
    when = w.b.select(there, listed, w.double(FOREVER))
    w.set_tally("next_time", lane, place)
    w.set_lane_clock("next_s", lane, when)
    return when


def unfold(w: Writer, sections: Sections) -> None:
    """Body of `unfold(args, lane)`: this lane's coefficients of all observables, in `course`."""
    _, lane = w.function.args
    found, laid, n_observables = coefficients(w, sections), w.array("course"), w.argument("n_observables")

    def read(observable: Any, rank: int) -> Any:
        place = w.b.add(w.b.mul(observable, w.whole(sections.n_course)), w.whole(rank))
        return w.get_lane(found, place, lane)

    def write(observable: Any, rank: int, value: Any) -> None:
        place = w.b.add(w.b.mul(w.whole(rank), n_observables), observable)
        w.b.store(value, w.at(laid, place, DOUBLE), align=8)

    rounds, done = _rounds(w)
    with w.loop(w.whole(0), rounds) as number:
        first = w.b.mul(number, w.whole(TOGETHER))
        for rank in range(sections.n_course):
            # Put together in a register: a vector cannot be read soon after its parts were written alone.
            several: Any = ir.Constant(VECTOR, ir.Undefined)
            for place in range(TOGETHER):
                value = read(w.b.add(first, w.whole(place)), rank)
                several = w.b.insert_element(several, value, ir.Constant(ir.IntType(32), place))
            write(first, rank, several)
    with w.loop(done, n_observables) as observable:
        for rank in range(sections.n_course):
            write(observable, rank, read(observable, rank))
    w.b.ret_void()


def _rounds(w: Writer) -> tuple[Any, Any]:
    """How many full vectors of observables there are, and how many observables these are."""
    rounds = w.b.sdiv(w.argument("n_observables"), w.whole(TOGETHER))
    return rounds, w.b.mul(rounds, w.whole(TOGETHER))


def sample(w: Writer, sections: Sections) -> None:
    """Body of `sample(args, row, fraction)`: the observables at a fraction of this step, from `course`."""
    _, row, x = w.function.args
    n_observables, laid = w.argument("n_observables"), w.array("course")
    out = w.at(w.array("out"), w.b.mul(row, n_observables), DOUBLE)
    rounds, done = _rounds(w)
    with w.loop(w.whole(0), rounds) as number:
        first = w.b.mul(number, w.whole(TOGETHER))
        _show(w, sections, (laid, out), first, w.same(x, VECTOR))
    with w.loop(done, n_observables) as observable:
        _show(w, sections, (laid, out), observable, x)
    w.b.ret_void()


def _show(w: Writer, sections: Sections, arrays: tuple[Any, Any], first: Any, x: Any) -> None:
    """One observable or several from `first` on, as many as x has entries."""
    laid, out = arrays
    n_observables = w.argument("n_observables")
    known = []
    for rank in range(sections.n_course):
        place = w.b.add(w.b.mul(w.whole(rank), n_observables), first)
        known.append(w.b.load(w.at(laid, place, DOUBLE), typ=x.type, align=8))
    seen = course(w, known, x, w.same(w.double(1.0), x.type))
    w.b.store(seen, w.at(out, first, DOUBLE), align=8)


def samples(w: Writer, lane: Any, span: tuple[Any, Any, Any, Any], functions: Functions) -> None:
    """All samples of this step. One at a change belongs to the step after it, one at the end to this one.

    span: when the step begins, its length, until when it counts, and whether that is the cell's end.
    """
    begin, step, until, at_end = span

    def due(when: Any) -> Any:
        before = w.b.fcmp_ordered("<", when, until)
        return w.b.or_(before, w.b.and_(at_end, w.b.fcmp_ordered("<=", when, until)))

    def fraction(when: Any) -> Any:
        x = w.b.fdiv(w.b.fsub(when, begin), step)
        x = w.b.select(w.b.fcmp_ordered("<", x, w.double(0.0)), w.double(0.0), x)
        return w.b.select(w.b.fcmp_ordered(">", x, w.double(1.0)), w.double(1.0), x)

    with w.b.if_then(due(w.lane_clock("next_s", lane))):
        _sample_while(w, lane, due, fraction, functions)


def remaining(w: Writer, lane: Any, x: Any, functions: Functions) -> None:
    """All samples that are left show the state at the fraction x of this step."""

    def left(when: Any) -> Any:
        return w.b.fcmp_ordered("<", when, w.double(FOREVER))

    _sample_while(w, lane, left, lambda _when: x, functions)


def _sample_while(
    w: Writer, lane: Any, due: Callable[[Any], Any], fraction: Callable[[Any], Any], functions: Functions
) -> None:
    w.b.call(functions["unfold"], [w.args, lane])
    first = w.b.mul(w.tally("cell", lane), w.argument("n_times"))
    # Both beside their lane's words, so that no sample waits for what the one before it wrote.
    place, when = w.variable(w.tally("next_time", lane)), w.variable(w.lane_clock("next_s", lane))
    with w.while_(lambda: due(w.read(when, DOUBLE))):
        now = w.read(place, INT)
        w.b.call(functions["sample"], [w.args, w.b.add(first, now), fraction(w.read(when, DOUBLE))])
        after = w.b.add(now, w.whole(1))
        w.b.store(after, place)
        w.b.store(next_sample(w, lane, after), when)
