"""What the driver and Python agree on: arguments and workspace; and a few words to write loops in LLVM."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, final

from llvmlite import ir

from smaclab.kernel.native.kind import Kind

# Arguments, one 64-bit word each: a number, or the address of an array.
ARGUMENTS = (
    "n_cells",  # in this call
    "counts",  # (cell, species) double: at the start
    "values",  # (cell, n_values) double: rates at the start, then the thresholds of death
    "n_values",
    "start_s",  # (cell,) double
    "end_s",  # (cell,) double
    "step_s",  # (cell,) double: the first step, 0: to be found; afterwards the one that would follow
    "group",  # (cell,): whose events it meets
    "first_event",  # (group + 1,)
    "event_s",  # (event,) double
    "first_part",  # (event + 1,)
    "part_place",  # (part,): place in values, or n_values + species
    "part_keeps",  # (part,) double: 1 where the new amount comes on top of the old, else 0
    "part_column",  # (part,): column of event_values
    "event_values",  # (cell, n_columns) double
    "n_columns",
    "n_times",
    "time_s",  # (time,) double
    "n_observables",
    "n_watches",
    "first_term",  # (observable + watch + 1,)
    "term_species",  # (term,)
    "term_weight",  # (term,) double
    "floor",  # (species,) double: what is added to a count before the relative tolerance is taken of it
    "settings",  # double: see SETTINGS
    "max_steps",
    "out",  # (cell, time, observable) double
    "final",  # (cell, species) double
    "status",  # (cell,)
    "steps",  # (cell,)
    "rejected",  # (cell,)
    "death_s",  # (cell,) double
    "death_kind",  # (cell,): the watch that killed, or -1
    "vectors",  # workspace: vectors of counts
    "course",  # workspace: (coefficient, observable) double, of the lane that is sampled
    "clock",  # workspace: vectors of doubles, see CLOCK
    "tally",  # workspace: words by lane, see TALLY
)
SETTINGS = ("relative", "first_step")
CLOCK = (
    "t",
    "h",
    "stop",
    "end",
    "t_new",
    "asked",  # h before it was cut to reach the stop
    "h_now",
    "error",  # mean square, relative to the tolerance
    "pace",  # h of the last accepted step times its error ** (-1 / order); 0: there is none
    "was_rejected",
    "next_s",
)
TALLY = (
    "queue",
    "n_active",
    "active",
    "fresh",
    "cell",
    "next_time",
    "next_event",
    "steps",
    "rejected",
    "accepted",
)

OK, STEP_LIMIT, NON_FINITE, UNSUCCESSFUL = 0, 1, 2, 4  # as in `simulate.status.Status`

INT = ir.IntType(64)
DOUBLE = ir.DoubleType()
POINTER = ir.PointerType()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """Where the parts of `vectors` begin, counted in vectors, for one network and method.

    n_course: coefficients of an observable's course over a step.
    """

    n_species: int
    n_functions: int
    n_factors: int
    n_static: int
    n_totals: int
    stages: int
    n_course: int

    def increment(self, stage: int) -> int:
        """U of a stage, counted from 0; the two states stand before them."""
        return (2 + stage) * self.n_species

    @property
    def functions(self) -> int:
        """Functions and their slopes."""
        return (2 + self.stages) * self.n_species

    @property
    def factors(self) -> int:
        """L and U."""
        return self.functions + self.n_functions

    @property
    def shift(self) -> int:
        """1 / (h gamma)."""
        return self.factors + self.n_factors

    @property
    def sums(self) -> int:
        """Conserved totals as they shall be, the inverses of these, then totals as they are."""
        return self.shift + 1

    @property
    def values(self) -> int:
        """Rates and thresholds, then the coefficients of the looks."""
        return self.sums + 3 * self.n_totals

    def total(self, n_watches: int, n_looks: int) -> int:
        """All of it."""
        return self.values + self.n_static + n_watches + self.n_course * n_looks


class Writer:
    """An LLVM builder with the words of this driver."""

    def __init__(self, kind: Kind, function: ir.Function) -> None:
        self.kind = kind
        self.function = function
        self.b = ir.IRBuilder(function.append_basic_block("entry"))
        self.real = DOUBLE if kind.real == "double" else ir.FloatType()
        self.vector = ir.VectorType(self.real, kind.lanes)
        self.clocks = ir.VectorType(DOUBLE, kind.lanes)
        self.args = function.args[0]

    # --- numbers --------------------------------------------------------------------------------------

    def whole(self, value: int) -> Any:
        """A 64-bit number."""
        return ir.Constant(INT, value)

    def double(self, value: float) -> Any:
        """A double."""
        return ir.Constant(DOUBLE, value)

    def all(self, value: float, kind: Any = None) -> Any:
        """The same number in every lane, as counts or (with `self.clocks`) as doubles."""
        kind = kind or self.vector
        return ir.Constant(kind, [value] * self.kind.lanes)

    def spread(self, value: Any, kind: Any = None) -> Any:
        """A double from a register in every lane."""
        kind = kind or self.vector
        return self.same(value if kind.element == DOUBLE else self.b.fptrunc(value, kind.element), kind)

    def same(self, value: Any, kind: Any) -> Any:
        """A number in every place of a vector, of whatever length; itself where it is of this kind."""
        if value.type == kind:
            return value
        one = self.b.insert_element(ir.Constant(kind, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), kind.count), [0] * kind.count)
        return self.b.shuffle_vector(one, one, zeros)

    def intrinsic(self, name: str, kind: Any, given: Sequence[Any]) -> Any:
        """An LLVM intrinsic over one type of vector."""
        full = f"llvm.{name}.v{kind.count}{'f64' if kind.element == DOUBLE else 'f32'}"
        known = self.b.module.globals.get(full)
        if known is None:
            known = ir.Function(self.b.module, ir.FunctionType(kind, [kind] * len(given)), full)
        return self.b.call(known, list(given))

    def multiply_add(self, left: Any, right: Any, addend: Any) -> Any:
        """Left * right + addend."""
        if not self.kind.fused:
            return self.b.fadd(self.b.fmul(left, right), addend)
        return self.intrinsic("fma", left.type, (left, right, addend))

    # --- memory ---------------------------------------------------------------------------------------

    def argument(self, name: str) -> Any:
        """An argument that is a number."""
        return self.b.load(self.at(self.args, self.whole(ARGUMENTS.index(name)), INT), typ=INT)

    def array(self, name: str) -> Any:
        """An argument that is an array."""
        return self.b.inttoptr(self.argument(name), POINTER)

    def at(self, base: Any, place: Any, kind: Any) -> Any:
        """The address of an entry."""
        return self.b.gep(base, [place], source_etype=kind)

    def get(self, base: Any, place: Any, kind: Any) -> Any:
        """An entry of an array."""
        loaded = self.b.load(self.at(base, place, kind), typ=kind)
        if isinstance(kind, ir.VectorType):
            loaded.align = self.kind.lanes * (8 if kind.element == DOUBLE else self.kind.bytes_per_real)
        return loaded

    def put(self, base: Any, place: Any, value: Any) -> None:
        """Write an entry."""
        stored = self.b.store(value, self.at(base, place, value.type))
        if isinstance(value.type, ir.VectorType):
            stored.align = self.kind.lanes * (8 if value.type.element == DOUBLE else self.kind.bytes_per_real)

    def section(self, place: int) -> Any:
        """A part of `vectors`."""
        return self.at(self.array("vectors"), self.whole(place), self.vector)

    def clock(self, name: str) -> Any:
        """A vector of doubles of the clock."""
        return self.get(self.array("clock"), self.whole(CLOCK.index(name)), self.clocks)

    def set_clock(self, name: str, value: Any) -> None:
        """Write it."""
        self.put(self.array("clock"), self.whole(CLOCK.index(name)), value)

    def lane_clock(self, name: str, lane: Any) -> Any:
        """One lane of the clock."""
        return self.get(self.array("clock"), self._lane(CLOCK.index(name), lane), DOUBLE)

    def set_lane_clock(self, name: str, lane: Any, value: Any) -> None:
        """Write it."""
        self.put(self.array("clock"), self._lane(CLOCK.index(name), lane), value)

    def tally(self, name: str, lane: Any) -> Any:
        """One lane's word."""
        return self.get(self.array("tally"), self._lane(TALLY.index(name), lane), INT)

    def set_tally(self, name: str, lane: Any, value: Any) -> None:
        """Write it."""
        self.put(self.array("tally"), self._lane(TALLY.index(name), lane), value)

    def _lane(self, row: int, lane: Any) -> Any:
        return self.b.add(self.whole(row * self.kind.lanes), lane)

    def lane_place(self, place: Any, lane: Any) -> Any:
        """The place of one lane's number in an array of vectors."""
        return self.b.add(self.b.mul(place, self.whole(self.kind.lanes)), lane)

    def get_lane(self, base: Any, place: Any, lane: Any) -> Any:
        """One lane of a vector of counts, as double."""
        value = self.get(base, self.lane_place(place, lane), self.real)
        return value if self.real == DOUBLE else self.b.fpext(value, DOUBLE)

    def put_lane(self, base: Any, place: Any, lane: Any, value: Any) -> None:
        """Write it."""
        if self.real != DOUBLE:
            value = self.b.fptrunc(value, self.real)
        self.put(base, self.lane_place(place, lane), value)

    # --- control --------------------------------------------------------------------------------------

    def variable(self, value: Any) -> Any:
        """A mutable number; the optimizer makes a register of it."""
        with self.b.goto_entry_block():
            place = self.b.alloca(value.type)
        self.b.store(value, place)
        return place

    def read(self, variable: Any, kind: Any) -> Any:
        """What a variable holds."""
        return self.b.load(variable, typ=kind)

    @contextmanager
    def loop(self, start: Any, stop: Any) -> Iterator[Any]:
        """For place from start up to, not including, stop."""
        counter = self.variable(start)
        with self.while_(lambda: self.b.icmp_signed("<", self.read(counter, INT), stop)):
            yield self.read(counter, INT)
            self.b.store(self.b.add(self.read(counter, INT), self.whole(1)), counter)

    @contextmanager
    def while_(self, condition: Any) -> Iterator[None]:
        """As long as `condition()`, written out before each round, is true."""
        head = self.b.append_basic_block("head")
        body = self.b.append_basic_block("body")
        after = self.b.append_basic_block("after")
        self.b.branch(head)
        self.b.position_at_end(head)
        self.b.cbranch(condition(), body, after)
        self.b.position_at_end(body)
        yield
        self.b.branch(head)
        self.b.position_at_end(after)
