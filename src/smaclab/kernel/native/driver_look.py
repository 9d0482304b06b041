"""Observables inside a step: a few coefficients each, from which every moment of the step follows.

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
    used = max(len(row) for row in method.dense)
    states = [old, new, *(w.section(sections.increment(stage)) for stage in range(used))]
    found = coefficients(w, sections)
    terms, species, weights = w.array("first_term"), w.array("term_species"), w.array("term_weight")
    with w.loop(first, last) as row:
        sums = [w.variable(w.all(0.0)) for _ in states]
        begin, end = w.get(terms, row, INT), w.get(terms, w.b.add(row, w.whole(1)), INT)
        with w.loop(begin, end) as term:
            place = w.get(species, term, INT)
            weight = w.spread(w.get(weights, term, DOUBLE))
            for total, state in zip(sums, states, strict=True):
                part = w.get(state, place, w.vector)
                w.b.store(w.multiply_add(weight, part, w.read(total, w.vector)), total)
        ends, us = ([w.read(total, w.vector) for total in some] for some in (sums[:2], sums[2:]))
        inside = [weighted(w, one, us[: len(one)], None) for one in method.dense]
        for rank, one in enumerate((*ends, *inside)):
            w.put(found, w.b.add(w.b.mul(row, w.whole(sections.n_course)), w.whole(rank)), one)
    w.b.ret_void()


def course(w: Writer, coefficients: list[Any], x: Any, one: Any) -> Any:
    """The dense output at the fraction x."""
    rest = w.b.fsub(one, x)
    start, end, *inside = coefficients
    inner = inside[-1]
    for coefficient in reversed(inside[:-1]):
        inner = w.b.fadd(coefficient, w.b.fmul(x, inner))
    middle = w.b.fadd(end, w.b.fmul(rest, inner))
    return w.b.fadd(w.b.fmul(rest, start), w.b.fmul(x, middle))


def lane_course(w: Writer, sections: Sections, found: Any, row: Any, lane: Any, x: Any) -> Any:
    """One lane's observable at the fraction x, a double; `found` is where the coefficients stand."""
    first = w.b.mul(row, w.whole(sections.n_course))
    places = [w.b.add(first, w.whole(rank)) for rank in range(sections.n_course)]
    return course(w, [w.get_lane(found, place, lane) for place in places], x, w.double(1.0))


def _threshold_place(w: Writer, watch: Any) -> Any:
    return w.b.add(w.b.sub(w.argument("n_values"), w.argument("n_watches")), watch)


def crossing_lanes(w: Writer, sections: Sections) -> Any:
    """The lanes that reach a threshold somewhere in this step."""
    flags = ir.VectorType(ir.IntType(1), w.kind.lanes)
    crossed = w.variable(ir.Constant(flags, [0] * w.kind.lanes))
    found, values = coefficients(w, sections), w.section(sections.values)
    n_observables = w.argument("n_observables")
    with w.loop(w.whole(0), w.argument("n_watches")) as watch:
        first = w.b.mul(w.b.add(n_observables, watch), w.whole(sections.n_course))
        places = [w.b.add(first, w.whole(rank)) for rank in range(sections.n_course)]
        known = [w.get(found, place, w.vector) for place in places]
        level = w.get(values, _threshold_place(w, watch), w.vector)
        for x in LOOKS:
            seen = course(w, known, w.all(x), w.all(1.0))
            beyond = w.b.fcmp_ordered(">=", seen, level)
            w.b.store(w.b.or_(w.read(crossed, flags), beyond), crossed)
    return w.read(crossed, flags)


def crossing(w: Writer, sections: Sections) -> None:
    """Body of `crossing(args, lane, watch) -> double`: where the threshold is reached first."""
    _, lane, watch = w.function.args
    row = w.b.add(w.argument("n_observables"), watch)
    found = coefficients(w, sections)
    level = w.get_lane(w.section(sections.values), _threshold_place(w, watch), lane)

    def beyond(x: Any) -> Any:
        return w.b.fcmp_ordered(">=", lane_course(w, sections, found, row, lane, x), level)

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
