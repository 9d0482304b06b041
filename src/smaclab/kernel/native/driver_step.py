"""The vector part of a step: all lanes at once, each with its own time and stepsize.

Source: error norm, step control and its prediction: Hairer & Wanner 1996, IV.7 and IV.8 (Gustafsson).
"""

from collections.abc import Sequence
from typing import Any

from llvmlite import ir

from smaclab.kernel.native.frame import DOUBLE, INT, SETTINGS, TALLY, Sections, Writer
from smaclab.kernel.rosenbrock import Rosenbrock

SAFETY = 0.8
LARGEST_GROWTH, SMALLEST_GROWTH = 10.0, 0.2
AFTER_NAN = 0.1
SMALLEST_ERROR = 1e-2  # what the prediction takes for the last error, at least
TINY = 1e-24  # squares of errors below this, and above its inverse, change a step no more than these
ONE_BITS = 2**20 * (1023 - 0.05)  # the upper word of 1.0, less what makes the guess good on either side
NEWTON_STEPS = 3


def setting(w: Writer, name: str) -> Any:
    """One of the settings, a double."""
    return w.get(w.array("settings"), w.whole(SETTINGS.index(name)), DOUBLE)


def scale(w: Writer, place: Any, amount: Any) -> Any:
    """What the relative tolerance is of, for one species: amount + floor."""
    return w.b.fadd(amount, w.spread(w.get(w.array("floor"), place, DOUBLE)))


def mean_square(w: Writer, total: Any, n_species: int) -> Any:
    """A sum of squares relative to `scale` as the mean of squares relative to the tolerance, in doubles."""
    if w.real != DOUBLE:
        total = w.b.fpext(total, w.clocks)
    relative = w.spread(setting(w, "relative"), w.clocks)
    count = w.all(float(max(n_species, 1)), w.clocks)
    return w.b.fdiv(total, w.b.fmul(count, w.b.fmul(relative, relative)))


def aim(w: Writer) -> None:
    """From the proposed stepsize to the step's own: a step that would nearly reach the stop reaches it."""
    t, h, stop = w.clock("t"), w.clock("h"), w.clock("stop")
    room = w.b.fsub(stop, t)
    nearly = w.b.fcmp_ordered(">=", w.b.fmul(h, w.all(1.0 + 1e-9, w.clocks)), room)
    w.set_clock("asked", h)
    w.set_clock("h_now", w.b.select(nearly, room, h))
    w.set_clock("t_new", w.b.select(nearly, stop, w.b.fadd(t, h)))


def inverse_step(w: Writer) -> Any:
    """1 / h, as counts are held."""
    inverse = w.b.fdiv(w.all(1.0, w.clocks), w.clock("h_now"))
    return inverse if w.real == DOUBLE else w.b.fptrunc(inverse, w.vector)


def stages(
    w: Writer, method: Rosenbrock, sections: Sections, states: tuple[Any, Any], functions: dict[str, Any]
) -> None:
    """All stages of one step from the old state; leaves every u in its section.

    The other state is where each stage looks; it is the last stage's afterwards.
    """
    old, state = states
    values, scratch = w.section(sections.values), w.section(sections.functions)
    factors, shift = w.section(sections.factors), w.section(sections.shift)
    inverse = inverse_step(w)
    w.put(shift, w.whole(0), w.b.fmul(inverse, w.all(1.0 / method.gamma)))
    w.b.call(functions["factorize"], [old, values, scratch, shift, factors])
    for stage in range(method.stages):
        increment = w.section(sections.increment(stage))
        if stage:
            _combine(w, method, sections, stage, states, inverse)
        else:
            clear(w, increment, sections.n_species)
        w.b.call(functions["derivative"], [state if stage else old, values, scratch, increment])
        w.b.call(functions["solve"], [factors, increment])


def clear(w: Writer, target: Any, size: int) -> None:
    """Zeros."""
    with w.loop(w.whole(0), w.whole(size)) as place:
        w.put(target, place, w.all(0.0))


def _combine(
    w: Writer, method: Rosenbrock, sections: Sections, stage: int, states: tuple[Any, Any], inverse: Any
) -> None:
    """The state of a stage, and sum_j (c_ij / h) u_j where the derivative will be added.

    Stages that go on from this one find their sums begun, so that they read few u: these lie far away.
    """
    old, state = states
    target = w.section(sections.increment(stage))
    goes_on = method.goes_on(stage)
    first = max(one for one in range(stage + 1) if not method.goes_on(one)) if goes_on else 0
    before = [w.section(sections.increment(one)) for one in range(first, stage)]
    with w.loop(w.whole(0), w.whole(sections.n_species)) as place:
        known = [w.get(one, place, w.vector) for one in before]
        row = (1.0,) if goes_on else method.a[stage - 1]
        moved = w.get(state if goes_on else old, place, w.vector)
        w.put(state, place, weighted(w, row, known[-len(row) :], moved))
        begun = w.get(target, place, w.vector) if goes_on else None
        total = weighted(w, method.c[stage - 1][first:], known, begun)
        w.put(target, place, w.b.fmul(total, inverse))
        for one in [] if goes_on else method.followers(stage):
            begun = weighted(w, method.c[one - 1][:stage], known, None)
            w.put(w.section(sections.increment(one)), place, begun)


def weighted(w: Writer, weights: Sequence[float], vectors: Sequence[Any], start: Any) -> Any:
    """Start + sum of weights times vectors; the start may be None."""
    total = start
    for weight, vector in zip(weights, vectors, strict=True):
        if weight == 1.0 and total is not None:
            total = w.b.fadd(total, vector)
        elif total is None:
            total = w.b.fmul(vector, w.all(weight))
        else:
            total = w.multiply_add(vector, w.all(weight), total)
    return total


def finish_step(w: Writer, method: Rosenbrock, sections: Sections, states: tuple[Any, Any]) -> None:
    """The new state, and the mean square of its error relative to the tolerance."""
    n_species = sections.n_species
    total = w.variable(w.all(0.0))
    with w.loop(w.whole(0), w.whole(n_species // 2)) as pair:
        first = w.b.mul(pair, w.whole(2))
        two = [_moved(w, method, sections, states, place) for place in (first, w.b.add(first, w.whole(1)))]
        # One division for both: e / s = e t / (s t), and divisions are what this pass would wait for.
        (error, scale_), (other_error, other_scale) = two
        inverse = w.b.fdiv(w.all(1.0), w.b.fmul(scale_, other_scale))
        for one in (w.b.fmul(error, other_scale), w.b.fmul(other_error, scale_)):
            relative = w.b.fmul(one, inverse)
            w.b.store(w.multiply_add(relative, relative, w.read(total, w.vector)), total)
    if n_species % 2:
        error, scale_ = _moved(w, method, sections, states, w.whole(n_species - 1))
        relative = w.b.fdiv(error, scale_)
        w.b.store(w.multiply_add(relative, relative, w.read(total, w.vector)), total)
    w.set_clock("error", mean_square(w, w.read(total, w.vector), n_species))


def _moved(
    w: Writer, method: Rosenbrock, sections: Sections, states: tuple[Any, Any], place: Any
) -> tuple[Any, Any]:
    """Brings one species to its new count; its error, and what that is measured by."""
    old, new = states
    error = w.get(w.section(sections.increment(method.stages - 1)), place, w.vector)
    counts = w.b.fadd(w.get(new, place, w.vector), error)
    w.put(new, place, counts)
    before = absolute_value(w, w.get(old, place, w.vector))
    after = absolute_value(w, counts)
    larger = w.b.select(w.b.fcmp_ordered(">", before, after), before, after)
    return error, scale(w, place, larger)


def absolute_value(w: Writer, vector: Any) -> Any:
    """Without its sign."""
    return w.intrinsic("fabs", vector.type, [vector])


def control(w: Writer, method: Rosenbrock) -> Any:
    """The next stepsize; the lanes (1 bit each) whose step is accepted. Moves `t` and `h`, not the state.

    Errors are squares here, which saves their root.
    """
    error, h, active = w.clock("error"), w.clock("h_now"), lanes_active(w)
    one, none = w.all(1.0, w.clocks), w.all(0.0, w.clocks)
    accepted = w.b.and_(w.b.fcmp_ordered("<=", error, one), active)
    # An error below its last is taken to fall on, one above it to rise on.
    allowed = inverse_root(w, 2 * method.order, _between(w, error, TINY, 1.0 / TINY))
    plain = _growth(w, allowed)
    pace = w.clock("pace")
    foreseen = _growth(w, w.b.fdiv(w.b.fmul(h, w.b.fmul(allowed, allowed)), pace))
    careful = w.b.select(w.b.fcmp_ordered("<", foreseen, plain), foreseen, plain)
    first = w.b.fcmp_ordered("<=", pace, none)
    growth = w.b.select(w.b.or_(first, w.b.not_(accepted)), plain, careful)
    after_rejection = w.b.fcmp_ordered(">", w.clock("was_rejected"), none)
    at_most_one = w.b.select(w.b.fcmp_ordered(">", growth, one), one, growth)
    growth = w.b.select(after_rejection, at_most_one, growth)
    known = w.b.fcmp_ordered("ord", error, error)
    proposed = w.b.fmul(h, w.b.select(known, growth, w.all(AFTER_NAN, w.clocks)))
    w.set_clock("h", w.b.select(active, proposed, w.clock("h")))
    most = SMALLEST_ERROR ** (-1.0 / method.order)
    new_pace = w.b.fmul(h, _between(w, allowed, 0.0, most))
    w.set_clock("pace", w.b.select(accepted, new_pace, pace))
    w.set_clock("was_rejected", w.b.select(accepted, none, one))
    return accepted


def _growth(w: Writer, allowed: Any) -> Any:
    safe = w.b.fmul(allowed, w.all(SAFETY, w.clocks))
    return _between(w, safe, SMALLEST_GROWTH, LARGEST_GROWTH)


def _between(w: Writer, value: Any, low: float, high: float) -> Any:
    lowest, highest = w.all(low, w.clocks), w.all(high, w.clocks)
    value = w.b.select(w.b.fcmp_ordered(">", value, lowest), value, lowest)
    return w.b.select(w.b.fcmp_ordered("<", value, highest), value, highest)


def inverse_root(w: Writer, order: int, value: Any) -> Any:
    """Value ** (-1 / order), for doubles between 1e-100 and 1e100; for orders 8 and 10 to 1e-7.

    The exponent's bits divided by -order are a first guess, good to a thirtieth; Newton's steps for
    y ** -order = value need no division and square its error.
    """
    words = ir.VectorType(INT, w.kind.lanes)

    def words_of(number: int) -> Any:
        return ir.Constant(words, [number] * w.kind.lanes)

    high = w.b.lshr(w.b.bitcast(value, words), words_of(32))
    part = w.b.lshr(w.b.mul(high, words_of(round(2**32 / order))), words_of(32))
    guess = words_of(round(ONE_BITS * (1 + 1 / order)))
    found = w.b.bitcast(w.b.shl(w.b.sub(guess, part), words_of(32)), w.clocks)
    share = w.b.fmul(value, w.all(-1.0 / order, w.clocks))
    for _ in range(NEWTON_STEPS):
        scaled = w.b.fmul(share, _power(w, found, order))
        found = w.b.fmul(found, w.b.fadd(scaled, w.all(1.0 + 1.0 / order, w.clocks)))
    return found


def _power(w: Writer, base: Any, exponent: int) -> Any:
    if exponent == 1:
        return base
    half = _power(w, base, exponent // 2)
    square = w.b.fmul(half, half)
    return w.b.fmul(square, base) if exponent % 2 else square


def lanes_active(w: Writer) -> Any:
    """The lanes that hold a cell."""
    return words_set(w, "active")


def words_set(w: Writer, name: str) -> Any:
    """The lanes whose word of the tally is not zero."""
    words = ir.VectorType(INT, w.kind.lanes)
    loaded = w.b.load(w.at(w.array("tally"), w.whole(TALLY.index(name)), words), typ=words, align=8)
    return w.b.icmp_unsigned("!=", loaded, ir.Constant(words, [0] * w.kind.lanes))
