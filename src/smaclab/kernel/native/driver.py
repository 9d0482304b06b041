"""The driver: lanes over a queue of cells, each with its own clock, until no cell is left."""

from typing import TYPE_CHECKING, Any

from llvmlite import ir

from smaclab.kernel.native import driver_lane, driver_look, driver_sample, driver_step
from smaclab.kernel.native.frame import DOUBLE, INT, POINTER, TALLY, Sections, Writer
from smaclab.kernel.native.kind import Kind
from smaclab.kernel.rosenbrock import Rosenbrock

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST = 1e-14  # of the time (s, or of a second): no shorter step is taken
LARGEST_FIRST = 0.1  # of the way to the stop
FLUSH = 0x8040  # in x86's MXCSR: tiny results become 0, tiny operands count as 0

VOID = ir.VoidType()
SIGNATURES: dict[str, tuple[Any, int, tuple[Any, ...]]] = {
    "look": (VOID, 5, (POINTER, POINTER, POINTER, INT, INT)),
    "crossing": (DOUBLE, 3, (POINTER, INT, INT)),
    "unfold": (VOID, 2, (POINTER, INT)),
    "sample": (VOID, 3, (POINTER, INT, DOUBLE)),
    "change": (VOID, 3, (POINTER, INT, POINTER)),
    "refill": (VOID, 3, (POINTER, INT, POINTER)),
    "finish": (VOID, 4, (POINTER, INT, POINTER, INT)),
    "attend": (VOID, 3, (POINTER, INT, POINTER)),
    "begin": (VOID, 2, (POINTER, POINTER)),
    "run": (INT, 1, (POINTER,)),
}
# Written as text, see speeds, factorize, triangles and totals.
STRAIGHT = {"derivative": 4, "factorize": 5, "solve": 2, "totals": 2, "keep_totals": 2}


def driver(kind: Kind, method: Rosenbrock, sections: Sections) -> str:
    """The text of the module with `run(args) -> steps`."""
    module = ir.Module(name="driver")
    functions: dict[str, ir.Function] = {
        name: ir.Function(module, ir.FunctionType(VOID, [POINTER] * count), name)
        for name, count in STRAIGHT.items()
    }
    for name, (returns, _, arguments) in SIGNATURES.items():
        functions[name] = ir.Function(module, ir.FunctionType(returns, arguments), name)
        if name != "run":
            functions[name].linkage = "internal"
    bodies: dict[str, Callable[[Writer], None]] = {
        "look": lambda w: driver_look.look(w, method, sections),
        "crossing": lambda w: driver_look.crossing(w, sections),
        "unfold": lambda w: driver_sample.unfold(w, sections),
        "sample": lambda w: driver_sample.sample(w, sections),
        "change": lambda w: driver_lane.change(w, sections),
        "refill": lambda w: driver_lane.refill(w, sections, functions),
        "finish": lambda w: driver_lane.finish(w, sections, functions),
        "attend": lambda w: driver_lane.attend(w, sections, functions),
        "begin": lambda w: _begin(w, sections, functions),
        "run": lambda w: _run(w, method, sections, functions),
    }
    for name, body in bodies.items():
        body(Writer(kind, functions[name]))
    return str(module)


def _begin(w: Writer, sections: Sections, functions: dict[str, Any]) -> None:
    """Body of `begin(args, counts)`: a first stepsize for every lane that starts or starts again.

    The first step moves the state by about `first_step` tolerances.
    """
    _, counts = w.function.args
    slope = w.section(sections.increment(0))
    size = w.whole(sections.n_species)
    driver_step.clear(w, slope, sections.n_species)
    w.b.call(
        functions["derivative"],
        [counts, w.section(sections.values), w.section(sections.functions), slope],
    )
    total = w.variable(w.all(0.0))
    with w.loop(w.whole(0), size) as place:
        amount = driver_step.absolute_value(w, w.get(counts, place, w.vector))
        relative = w.b.fdiv(w.get(slope, place, w.vector), driver_step.scale(w, place, amount))
        w.b.store(w.multiply_add(relative, relative, w.read(total, w.vector)), total)
    square = driver_step.mean_square(w, w.read(total, w.vector), sections.n_species)
    speed = w.intrinsic("sqrt", w.clocks, [square])
    room = w.b.fmul(w.b.fsub(w.clock("stop"), w.clock("t")), w.all(LARGEST_FIRST, w.clocks))
    first = w.b.fdiv(w.spread(driver_step.setting(w, "first_step"), w.clocks), speed)
    first = w.b.select(w.b.fcmp_ordered(">", first, room), room, first)  # a NaN stays, and fails its cell
    h = w.clock("h")
    first = w.b.select(w.b.fcmp_ordered(">", h, w.all(0.0, w.clocks)), h, first)
    fresh = driver_step.words_set(w, "fresh")
    none = w.all(0.0, w.clocks)
    for name, value in (("h", first), ("pace", none), ("was_rejected", none)):
        w.set_clock(name, w.b.select(fresh, value, w.clock(name)))
    _set_totals(w, sections, functions, fresh, counts)
    words = ir.VectorType(INT, w.kind.lanes)
    _set_words(w, "fresh", ir.Constant(words, [0] * w.kind.lanes))
    w.b.ret_void()


def _set_totals(w: Writer, sections: Sections, functions: dict[str, Any], fresh: Any, counts: Any) -> None:
    """What the fresh lanes' totals are from now on."""
    if not sections.n_totals:
        return
    kept, inverses, now = (w.section(sections.sums + rank * sections.n_totals) for rank in range(3))
    w.b.call(functions["totals"], [counts, now])
    none, one = w.all(0.0), w.all(1.0)
    with w.loop(w.whole(0), w.whole(sections.n_totals)) as place:
        new, old = w.get(now, place, w.vector), w.get(kept, place, w.vector)
        total = w.b.select(fresh, new, old)
        w.put(kept, place, total)
        w.put(inverses, place, w.b.select(w.b.fcmp_ordered(">", total, none), w.b.fdiv(one, total), none))


def _set_words(w: Writer, name: str, value: Any) -> None:
    words = ir.VectorType(INT, w.kind.lanes)
    w.b.store(value, w.at(w.array("tally"), w.whole(TALLY.index(name)), words), align=8)


def _any(w: Writer, mask: Any) -> Any:
    bits = w.b.bitcast(mask, ir.IntType(w.kind.lanes))
    return w.b.icmp_unsigned("!=", bits, ir.Constant(ir.IntType(w.kind.lanes), 0))


def _run(w: Writer, method: Rosenbrock, sections: Sections, functions: dict[str, Any]) -> None:
    register = _flush(w) if w.kind.flushed else None
    states = (w.section(0), w.section(sections.n_species))
    old, new = w.variable(states[0]), w.variable(states[1])
    for lane in range(w.kind.lanes):
        w.b.call(functions["refill"], [w.args, w.whole(lane), states[0]])
    total = w.variable(w.whole(0))
    with w.while_(lambda: w.b.icmp_signed(">", w.tally("n_active", w.whole(0)), w.whole(0))):
        now, then = w.read(old, POINTER), w.read(new, POINTER)
        with w.b.if_then(_any(w, driver_step.words_set(w, "fresh"))):
            w.b.call(functions["begin"], [w.args, now])
        driver_step.aim(w)
        driver_step.stages(w, method, sections, (now, then), functions)
        driver_step.finish_step(w, method, sections, (now, then))
        if sections.n_totals:
            w.b.call(functions["keep_totals"], [then, w.section(sections.sums)])
        accepted = driver_step.control(w, method)
        attention, sampled = _attention(w, sections, functions, accepted, (now, then))
        with w.b.if_then(sampled):
            w.b.call(functions["look"], [w.args, now, then, w.whole(0), w.argument("n_observables")])
        _keep_rejected(w, sections, accepted, now, then)
        w.set_clock("t", w.b.select(accepted, w.clock("t_new"), w.clock("t")))
        with w.b.if_then(_any(w, attention)):
            _attend_all(w, attention, then, functions)
        w.b.store(then, old)
        w.b.store(now, new)
        w.b.store(w.b.add(w.read(total, INT), w.whole(1)), total)
    if register is not None:
        _call_register(w, "ldmxcsr", register)
    w.b.ret(w.read(total, INT))


def _flush(w: Writer) -> Any:
    """Sets the processor to take tiny numbers as 0; returns where its setting is kept until the end."""
    word = ir.IntType(32)
    kept, set_now = (w.variable(ir.Constant(word, 0)) for _ in range(2))
    _call_register(w, "stmxcsr", kept)
    w.b.store(w.b.or_(w.read(kept, word), ir.Constant(word, FLUSH)), set_now)
    _call_register(w, "ldmxcsr", set_now)
    return kept


def _call_register(w: Writer, name: str, place: Any) -> None:
    full = f"llvm.x86.sse.{name}"
    known = w.b.module.globals.get(full)
    if known is None:
        known = ir.Function(w.b.module, ir.FunctionType(VOID, [POINTER]), full)
    w.b.call(known, [place])


def _attention(
    w: Writer, sections: Sections, functions: dict[str, Any], accepted: Any, states: tuple[Any, Any]
) -> tuple[Any, Any]:
    """The lanes whose step needs a closer look, and whether any of them is sampled. Counts the step."""
    words = ir.VectorType(INT, w.kind.lanes)
    n_observables, n_watches = w.argument("n_observables"), w.argument("n_watches")
    w.b.call(functions["look"], [w.args, *states, n_observables, w.b.add(n_observables, n_watches)])
    dying = w.b.and_(driver_look.crossing_lanes(w, sections), accepted)
    t_new, h = w.clock("t_new"), w.clock("h_now")
    due = w.b.and_(w.b.fcmp_ordered("<=", w.clock("next_s"), t_new), accepted)
    stopping = w.b.and_(w.b.fcmp_ordered(">=", t_new, w.clock("stop")), accepted)
    active = driver_step.lanes_active(w)
    time = driver_step.absolute_value(w, w.clock("t"))
    least = w.b.fmul(w.b.fadd(time, w.all(1.0, w.clocks)), w.all(SHORTEST, w.clocks))
    # "unordered": a stepsize that is no number is too short as well.
    stuck = w.b.and_(w.b.fcmp_unordered("<=", h, least), w.b.and_(active, w.b.not_(accepted)))
    _set_words(w, "accepted", w.b.zext(accepted, words))
    rejected = w.b.zext(w.b.and_(active, w.b.not_(accepted)), words)
    for name, more in (("steps", w.b.zext(active, words)), ("rejected", rejected)):
        place = w.at(w.array("tally"), w.whole(TALLY.index(name)), words)
        w.b.store(w.b.add(w.b.load(place, typ=words, align=8), more), place, align=8)
    steps = w.b.load(w.at(w.array("tally"), w.whole(TALLY.index("steps")), words), typ=words, align=8)
    limit = w.b.insert_element(
        ir.Constant(words, ir.Undefined), w.argument("max_steps"), ir.Constant(ir.IntType(32), 0)
    )
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), w.kind.lanes), [0] * w.kind.lanes)
    spent = w.b.and_(w.b.icmp_signed(">=", steps, w.b.shuffle_vector(limit, limit, zeros)), active)
    seen = w.b.or_(dying, due)
    attention = w.b.or_(w.b.or_(seen, stopping), w.b.or_(stuck, spent))
    return attention, _any(w, seen)


def _keep_rejected(w: Writer, sections: Sections, accepted: Any, now: Any, then: Any) -> None:
    """Lanes whose step is rejected keep their state."""
    with w.b.if_then(_any(w, w.b.not_(accepted))), w.loop(w.whole(0), w.whole(sections.n_species)) as place:
        before, after = w.get(now, place, w.vector), w.get(then, place, w.vector)
        w.put(then, place, w.b.select(accepted, after, before))


def _attend_all(w: Writer, attention: Any, counts: Any, functions: dict[str, Any]) -> None:
    for lane in range(w.kind.lanes):
        flag = w.b.extract_element(attention, ir.Constant(ir.IntType(32), lane))
        with w.b.if_then(flag):
            w.b.call(functions["attend"], [w.args, w.whole(lane), counts])
