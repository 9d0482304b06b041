"""Observables inside a step: four coefficients each, from which every moment of the step follows.

An observable is a weighted sum of species, so its course over a step is the same sum of the species' dense
output. Tables say which species; the code is the same for every experiment.
"""

from itertools import pairwise
from typing import Any

from llvmlite import ir

from smaclab.kernel.native.driver_step import weighted
from smaclab.kernel.native.frame import DOUBLE, INT, Sections, Writer
from smaclab.kernel.rosenbrock import Rosenbrock

LOOKS = (0.0, 0.25, 0.5, 0.75, 1.0)  # fractions of a step at which a threshold is looked for
HALVINGS = 48
NEVER = 2.0  # a fraction of a step that is not in it


def coefficients(w: Writer, sections: Sections) -> Any:
    """Where the coefficients stand, behind the values."""
    return w.at(w.section(sections.values), w.argument("n_values"), w.vector)


def look(w: Writer, method: Rosenbrock, sections: Sections) -> None:
    """Body of `look(args, old, new, first row, last row)`: coefficients of these rows of the term table."""
    _, old, new, first, last = w.function.args
    increments = [w.section(sections.increment(one)) for one in range(method.stages - 1)]
    found = coefficients(w, sections)
    terms = w.array("first_term")
    with w.loop(first, last) as row:
        sums = [w.variable(w.all(0.0)) for _ in range(4)]
        begin, end = w.get(terms, row, INT), w.get(terms, w.b.add(row, w.whole(1)), INT)
        with w.loop(begin, end) as term:
            place = w.get(w.array("term_species"), term, INT)
            weight = w.spread(w.get(w.array("term_weight"), term, DOUBLE))
            us = [w.get(one, place, w.vector) for one in increments]
            parts = [w.get(old, place, w.vector), w.get(new, place, w.vector)]
            parts += [weighted(w, method.dense[0], us, None), weighted(w, method.dense[1], us, None)]
            for total, part in zip(sums, parts, strict=True):
                w.b.store(w.multiply_add(weight, part, w.read(total, w.vector)), total)
        for rank, total in enumerate(sums):
            place = w.b.add(w.b.mul(row, w.whole(4)), w.whole(rank))
            w.put(found, place, w.read(total, w.vector))
    w.b.ret_void()


def course(w: Writer, four: list[Any], x: Any, one: Any) -> Any:
    """The dense output at the fraction x."""
    rest = w.b.fsub(one, x)
    inner = w.b.fadd(four[2], w.b.fmul(x, four[3]))
    middle = w.b.fadd(four[1], w.b.fmul(rest, inner))
    return w.b.fadd(w.b.fmul(rest, four[0]), w.b.fmul(x, middle))


def lane_course(w: Writer, sections: Sections, row: Any, lane: Any, x: Any) -> Any:
    """One lane's observable at the fraction x, a double."""
    found = coefficients(w, sections)
    first = w.b.mul(row, w.whole(4))
    four = [w.get_lane(found, w.b.add(first, w.whole(rank)), lane) for rank in range(4)]
    return course(w, four, x, w.double(1.0))


def _threshold_place(w: Writer, watch: Any) -> Any:
    return w.b.add(w.b.sub(w.argument("n_values"), w.argument("n_watches")), watch)


def crossing_lanes(w: Writer, sections: Sections) -> Any:
    """The lanes that reach a threshold somewhere in this step."""
    flags = ir.VectorType(ir.IntType(1), w.kind.lanes)
    crossed = w.variable(ir.Constant(flags, [0] * w.kind.lanes))
    found, values = coefficients(w, sections), w.section(sections.values)
    n_observables = w.argument("n_observables")
    with w.loop(w.whole(0), w.argument("n_watches")) as watch:
        first = w.b.mul(w.b.add(n_observables, watch), w.whole(4))
        four = [w.get(found, w.b.add(first, w.whole(rank)), w.vector) for rank in range(4)]
        level = w.get(values, _threshold_place(w, watch), w.vector)
        for x in LOOKS:
            seen = course(w, four, w.all(x), w.all(1.0))
            beyond = w.b.fcmp_ordered(">=", seen, level)
            w.b.store(w.b.or_(w.read(crossed, flags), beyond), crossed)
    return w.read(crossed, flags)


def crossing(w: Writer, sections: Sections) -> None:
    """Body of `crossing(args, lane, watch) -> double`: where the threshold is reached first."""
    _, lane, watch = w.function.args
    row = w.b.add(w.argument("n_observables"), watch)
    level = w.get_lane(w.section(sections.values), _threshold_place(w, watch), lane)

    def beyond(x: Any) -> Any:
        return w.b.fcmp_ordered(">=", lane_course(w, sections, row, lane, x), level)

    low, high = w.variable(w.double(0.0)), w.variable(w.double(NEVER))
    with w.b.if_then(beyond(w.double(0.0))):
        w.b.ret(w.double(0.0))
    for before, x in pairwise(LOOKS):
        never = w.b.fcmp_ordered("==", w.read(high, DOUBLE), w.double(NEVER))
        with w.b.if_then(w.b.and_(never, beyond(w.double(x)))):
            w.b.store(w.double(before), low)
            w.b.store(w.double(x), high)
    with w.b.if_then(w.b.fcmp_ordered("==", w.read(high, DOUBLE), w.double(NEVER))):
        w.b.ret(w.double(NEVER))
    with w.loop(w.whole(0), w.whole(HALVINGS)):
        middle = w.b.fmul(w.b.fadd(w.read(low, DOUBLE), w.read(high, DOUBLE)), w.double(0.5))
        there = beyond(middle)
        w.b.store(w.b.select(there, middle, w.read(high, DOUBLE)), high)
        w.b.store(w.b.select(there, w.read(low, DOUBLE), middle), low)
    w.b.ret(w.read(high, DOUBLE))
