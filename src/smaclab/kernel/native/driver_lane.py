"""What happens to one lane: a cell comes in, meets its changes, is sampled, dies, ends, fails."""

from typing import Any

from smaclab.kernel.native.driver_look import NEVER
from smaclab.kernel.native.driver_sample import FOREVER, Functions, next_sample, remaining, samples
from smaclab.kernel.native.frame import (
    DOUBLE,
    INT,
    NON_FINITE,
    OK,
    STEP_LIMIT,
    UNSUCCESSFUL,
    Sections,
    Writer,
)


def refill(w: Writer, sections: Sections, functions: Functions) -> None:
    """Body of `refill(args, lane, counts)`: the next cell of the queue, or nobody."""
    _, lane, counts = w.function.args
    zero = w.whole(0)
    cell = w.tally("queue", zero)
    w.set_tally("queue", zero, w.b.add(cell, w.whole(1)))
    none_left = w.b.icmp_signed(">=", cell, w.argument("n_cells"))
    with w.b.if_then(none_left):
        w.set_tally("active", lane, zero)
        w.set_tally("n_active", zero, w.b.sub(w.tally("n_active", zero), w.whole(1)))
        for name, value in (("t", 0.0), ("h", 1.0), ("stop", FOREVER), ("end", FOREVER), ("next_s", FOREVER)):
            w.set_lane_clock(name, lane, w.double(value))
        w.b.ret_void()
    w.set_tally("active", lane, w.whole(1))
    w.set_tally("cell", lane, cell)
    for name in ("steps", "rejected"):
        w.set_tally(name, lane, zero)
    _copy(w, "counts", w.whole(sections.n_species), cell, lane, counts)
    _copy(w, "values", w.argument("n_values"), cell, lane, w.section(sections.values))
    w.set_lane_clock("t", lane, w.get(w.array("start_s"), cell, DOUBLE))
    w.set_lane_clock("end", lane, w.get(w.array("end_s"), cell, DOUBLE))
    w.set_lane_clock("h", lane, w.get(w.array("step_s"), cell, DOUBLE))
    group = w.get(w.array("group"), cell, INT)
    w.set_tally("next_event", lane, w.get(w.array("first_event"), group, INT))
    next_sample(w, lane, zero)
    w.b.call(functions["change"], [w.args, lane, counts])
    w.b.ret_void()


def _copy(w: Writer, name: str, size: Any, cell: Any, lane: Any, target: Any) -> None:
    source, first = w.array(name), w.b.mul(cell, size)
    with w.loop(w.whole(0), size) as place:
        w.put_lane(target, place, lane, w.get(source, w.b.add(first, place), DOUBLE))


def change(w: Writer, sections: Sections) -> None:
    """Body of `change(args, lane, counts)`: all changes that are due, the next stop, a fresh start."""
    _, lane, counts = w.function.args
    group = w.get(w.array("group"), w.tally("cell", lane), INT)
    last = w.get(w.array("first_event"), w.b.add(group, w.whole(1)), INT)

    def due() -> Any:
        event = w.tally("next_event", lane)
        waiting = w.b.icmp_signed("<", event, last)
        safe = w.b.select(waiting, event, w.whole(0))
        when = w.get(w.array("event_s"), safe, DOUBLE)
        return w.b.and_(waiting, w.b.fcmp_ordered("<=", when, w.lane_clock("t", lane)))

    with w.while_(due):
        event = w.tally("next_event", lane)
        first = w.get(w.array("first_part"), event, INT)
        after = w.get(w.array("first_part"), w.b.add(event, w.whole(1)), INT)
        with w.loop(first, after) as part:
            _change_one(w, sections, lane, counts, part)
        w.set_tally("next_event", lane, w.b.add(event, w.whole(1)))
        w.set_lane_clock("h", lane, w.double(0.0))
    w.set_lane_clock("stop", lane, w.lane_clock("end", lane))
    event = w.tally("next_event", lane)
    with w.b.if_then(w.b.icmp_signed("<", event, last)):
        when, end = w.get(w.array("event_s"), event, DOUBLE), w.lane_clock("end", lane)
        w.set_lane_clock("stop", lane, w.b.select(w.b.fcmp_ordered("<", when, end), when, end))
    w.set_tally("fresh", lane, w.whole(1))
    w.b.ret_void()


def _change_one(w: Writer, sections: Sections, lane: Any, counts: Any, part: Any) -> None:
    place = w.get(w.array("part_place"), part, INT)
    column = w.get(w.array("part_column"), part, INT)
    row = w.b.mul(w.tally("cell", lane), w.argument("n_columns"))
    value = w.get(w.array("event_values"), w.b.add(row, column), DOUBLE)
    n_values = w.argument("n_values")
    with w.b.if_else(w.b.icmp_signed("<", place, n_values)) as (is_value, is_species):
        with is_value:
            w.put_lane(w.section(sections.values), place, lane, value)
        with is_species:
            species = w.b.sub(place, n_values)
            kept = w.b.fmul(w.get(w.array("part_keeps"), part, DOUBLE), w.get_lane(counts, species, lane))
            w.put_lane(counts, species, lane, w.b.fadd(kept, value))


def finish(w: Writer, sections: Sections, functions: Functions) -> None:
    """Body of `finish(args, lane, counts, status)`: write the cell's end, and take the next."""
    _, lane, counts, status = w.function.args
    cell = w.tally("cell", lane)
    w.put(w.array("status"), cell, status)
    for name in ("steps", "rejected"):
        w.put(w.array(name), cell, w.tally(name, lane))
    h, asked = w.lane_clock("h", lane), w.lane_clock("asked", lane)
    w.put(w.array("step_s"), cell, w.b.select(w.b.fcmp_ordered(">", h, asked), h, asked))
    size = w.whole(sections.n_species)
    first = w.b.mul(cell, size)
    with w.loop(w.whole(0), size) as place:
        w.put(w.array("final"), w.b.add(first, place), w.get_lane(counts, place, lane))
    w.b.call(functions["refill"], [w.args, lane, counts])
    w.b.ret_void()


def attend(w: Writer, sections: Sections, functions: Functions) -> None:
    """Body of `attend(args, lane, counts)`: what this step's end means for its lane."""
    _, lane, counts = w.function.args
    accepted = w.b.icmp_signed("!=", w.tally("accepted", lane), w.whole(0))
    spent = w.b.icmp_signed(">=", w.tally("steps", lane), w.argument("max_steps"))
    error = w.lane_clock("error", lane)
    with w.b.if_then(w.b.not_(accepted)):
        finite = w.b.fcmp_ordered("ord", error, error)
        why = w.b.select(spent, w.whole(STEP_LIMIT), w.whole(UNSUCCESSFUL))
        why = w.b.select(finite, why, w.whole(NON_FINITE))
        w.b.call(functions["finish"], [w.args, lane, counts, why])
        w.b.ret_void()
    death, kind = _death(w, lane, functions)
    dead = w.b.fcmp_ordered("<=", death, w.double(1.0))
    t_new = w.lane_clock("t_new", lane)
    step = w.lane_clock("h_now", lane)
    begin = w.b.fsub(t_new, step)
    until = w.b.select(dead, w.b.fadd(begin, w.b.fmul(death, step)), t_new)
    at_end = w.b.and_(w.b.fcmp_ordered(">=", t_new, w.lane_clock("end", lane)), w.b.not_(dead))
    samples(w, lane, (begin, step, until, at_end), functions)
    with w.b.if_then(dead):
        _die(w, lane, until, death, kind, functions)
        w.b.call(functions["finish"], [w.args, lane, counts, w.whole(OK)])
        w.b.ret_void()
    with w.b.if_then(at_end):
        w.b.call(functions["finish"], [w.args, lane, counts, w.whole(OK)])
        w.b.ret_void()
    with w.b.if_then(spent):
        w.b.call(functions["finish"], [w.args, lane, counts, w.whole(STEP_LIMIT)])
        w.b.ret_void()
    with w.b.if_then(w.b.fcmp_ordered(">=", t_new, w.lane_clock("stop", lane))):
        w.b.call(functions["change"], [w.args, lane, counts])
    w.b.ret_void()


def _death(w: Writer, lane: Any, functions: Functions) -> tuple[Any, Any]:
    """The fraction of the step at which the first threshold is reached, and which."""
    first, kind = w.variable(w.double(NEVER)), w.variable(w.whole(-1))
    with w.loop(w.whole(0), w.argument("n_watches")) as watch:
        x = w.b.call(functions["crossing"], [w.args, lane, watch])
        with w.b.if_then(w.b.fcmp_ordered("<", x, w.read(first, DOUBLE))):
            w.b.store(x, first)
            w.b.store(watch, kind)
    return w.read(first, DOUBLE), w.read(kind, INT)


def _die(w: Writer, lane: Any, when: Any, x: Any, kind: Any, functions: Functions) -> None:
    """Death is absorbing: all remaining samples show the state in which the cell died."""
    cell = w.tally("cell", lane)
    w.put(w.array("death_s"), cell, when)
    w.put(w.array("death_kind"), cell, kind)
    remaining(w, lane, x, functions)
