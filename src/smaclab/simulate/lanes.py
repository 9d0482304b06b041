"""Many cells through the compiled program: arrays in, arrays out, no biology.

A cell's numbers depend on nothing but the cell: neither on who shares its vectors nor on how many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from smaclab.kernel.native.program import Program
from smaclab.simulate.change import Assignment
from smaclab.simulate.death import divided
from smaclab.simulate.ends import Ends
from smaclab.simulate.status import Status

Array = NDArray[Any]

FIRST_STEP = 100.0  # tolerances
PER_CELL = ("counts", "parameters", "start_s", "end_s", "group", "step_s", "rows")  # of `Cells`
LAST_MOMENT_S = 1e-6  # how much longer a cell is followed whose last change comes at its very end


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What to follow, and what happens on the way.

    counts: (cell, species), molecules, at the start. parameters: (cell, parameter), at the start.
    start_s, end_s: (cell,), s. group: (cell,), whose changes a cell meets: an index of `changes`.
    step_s: (cell,), s, the first step of a cell that goes on from where it was; 0 or None: found anew.
    rows: (cell, value), what the program reads of each cell, rates and thresholds in its own order, where it
        is known already; then `parameters` matter to changes only.
    """

    counts: Array
    parameters: Array
    start_s: Array
    end_s: Array
    changes: Sequence[Sequence[Assignment]] = ((),)
    group: Array | None = None
    step_s: Array | None = None
    rows: Array | None = None

    def of(self, places: Array) -> "Cells":
        """Some of them."""
        given = {name: getattr(self, name) for name in PER_CELL}
        return replace(self, **{name: one[places] for name, one in given.items() if one is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What is kept of each cell.

    time_s: (time,), increasing. observe: (observable, species). watch: (watch, species): what kills.
    threshold: (cell, watch), molecules; inf for a watch that a cell does not have.
    threshold_place: for each watch the parameter that is its threshold, or -1; so that a change may move it.
    threshold_divisor: for each watch the parameter that divides its threshold, or -1; empty: none does.
    """

    time_s: Array
    observe: Array
    watch: Array | None = None
    threshold: Array | None = None
    threshold_place: Sequence[int] = ()
    threshold_divisor: Sequence[int] = ()

    def levels(self, members: Any, parameters: Array) -> Array:
        """(cell, watch): the thresholds of some cells now, molecules. parameters: (cell, parameter)."""
        levels = np.array(np.asarray(self.threshold)[members], dtype=float)
        for watch, place in enumerate(self.threshold_place):
            if place >= 0:
                levels[..., watch] = parameters[..., place]
        for watch, place in enumerate(self.threshold_divisor):
            if place >= 0:
                levels[..., watch] = divided(levels[..., watch], parameters[..., place])
        return levels

    def of(self, places: Array) -> "Looks":
        """For some of the cells."""
        return self if self.threshold is None else replace(self, threshold=self.threshold[places])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How closely cells are followed.

    relative: of a count. floor: (species,) or one number, molecules: a count is followed to `relative` times
    itself plus `relative` times this. max_steps: of one cell. first_step: how many tolerances the first step
    may move the state by, if that is less than a tenth of the way.
    """

    relative: float = 1e-5
    floor: Array | float = 1.0
    max_steps: int = 50_000
    first_step: float = FIRST_STEP


def integrate(program: Program, kernel: Any, cells: Cells, looks: Looks, tolerance: Tolerance) -> Ends:
    """Follow all cells from their start to their end, or to their death.

    Args:
        program: compiled for the kernel's network.
        kernel: of the network; it computes the constants.
        cells: what to follow.
        looks: what is kept.
        tolerance: how closely.

    Returns:
        What became of each cell; a failed one has a status and NaN.
    """
    n_cells = len(cells.counts)
    ends = _blank(cells, looks)
    dead, kind = _dead_at_start(cells, looks)
    if dead.any():
        living = np.flatnonzero(~dead)
        _hold(ends, cells, looks, dead, kind)
        rest = integrate(program, kernel, cells.of(living), looks.of(living), tolerance)
        return ends.with_some(living, rest)
    if not n_cells:
        return ends
    table = _Table.of(program, kernel, cells, looks)
    words = {
        "n_cells": n_cells,
        "counts": _doubles(cells.counts),
        "values": table.values,
        "n_values": table.values.shape[1],
        "start_s": _doubles(cells.start_s),
        "end_s": table.end_s,
        "step_s": ends.step_s,
        "group": table.group,
        "floor": _doubles(np.broadcast_to(tolerance.floor, cells.counts.shape[1])),
        "settings": np.array([tolerance.relative, tolerance.first_step]),
        "max_steps": tolerance.max_steps,
        "out": ends.counts,
        "final": ends.final,
        "status": ends.status,
        "steps": ends.steps,
        "rejected": ends.rejected,
        "death_s": ends.death_s,
        "death_kind": ends.death_kind,
        **table.events,
        **_look_table(looks),
    }
    return _judged(ends, program.run(words))


def rows_of(program: Program, kernel: Any, parameters: Array, look: tuple[Looks, Any]) -> Array:
    """(cell, value): what the program reads of each cell, rates and then thresholds.

    Args:
        program: compiled for the kernel's network.
        kernel: it computes the constants.
        parameters: (cell, parameter).
        look: what kills, and which of its cells these are.
    """
    rates: Array = kernel.constants(parameters)[..., program.value_places]
    looks, members = look
    if not looks.threshold_place:
        return rates
    return np.concatenate((rates, looks.levels(members, parameters)), axis=-1)


def _look_table(looks: Looks) -> dict[str, Any]:
    """What is kept and what kills, by the names of the program's arguments."""
    rows = looks.observe if looks.watch is None else np.concatenate((looks.observe, looks.watch))
    terms = csr_array(np.ascontiguousarray(rows, dtype=float))
    return {
        "n_times": len(looks.time_s),
        "time_s": _doubles(looks.time_s),
        "n_observables": len(looks.observe),
        "n_watches": len(rows) - len(looks.observe),
        "first_term": _words(terms.indptr),
        "term_species": _words(terms.indices),
        "term_weight": _doubles(terms.data),
    }


def _doubles(given: Any) -> Array:
    return _listed(np.ascontiguousarray(given, dtype=np.float64))


def _words(given: Any) -> Array:
    return _listed(np.ascontiguousarray(given, dtype=np.int64))


def _listed(array: Array) -> Array:
    """A list of nothing gets one entry, because the program may look at the first before it knows."""
    return np.zeros(1, dtype=array.dtype) if array.ndim == 1 and array.size == 0 else array


def _dead_at_start(cells: Cells, looks: Looks) -> tuple[Array, Array]:
    """Who stands at or beyond a threshold before anything is done to it, and which."""
    nobody = np.zeros(len(cells.counts), dtype=bool)
    if looks.watch is None or not len(cells.counts):
        return nobody, np.full(len(cells.counts), -1)
    known = cells.rows
    if known is None:
        levels = looks.levels(slice(None), cells.parameters)
    else:
        levels = known[:, known.shape[1] - len(looks.watch) :]
    seen = np.flatnonzero(looks.watch.any(axis=0))
    # Few species kill. No matrix product: its threads would wait for each other here longer than they count.
    watched = np.einsum("cs,ws->cw", cells.counts[:, seen], looks.watch[:, seen])
    beyond: Array = np.greater_equal(watched, levels)
    dead: Array = np.any(beyond, axis=1)
    return dead, np.where(dead, np.argmax(beyond, axis=1), -1)


def _hold(ends: Ends, cells: Cells, looks: Looks, dead: Array, kind: Array) -> None:
    """Who is dead at the start shows its first state for ever."""
    ends.counts[dead] = (cells.counts[dead] @ looks.observe.T)[:, None, :]
    ends.final[dead] = cells.counts[dead]
    ends.status[dead] = Status.OK
    ends.death_s[dead] = np.asarray(cells.start_s)[dead]
    ends.death_kind[dead] = kind[dead]


def _blank(cells: Cells, looks: Looks) -> Ends:
    """Samples after a cell's end stay NaN; where there are none, the program fills every row."""
    n_cells = len(cells.counts)
    counts = np.empty((n_cells, len(looks.time_s), len(looks.observe)))
    if n_cells and np.max(looks.time_s, initial=-np.inf) > np.min(cells.end_s):
        counts.fill(np.nan)
    return Ends(
        counts=counts,
        final=np.full(cells.counts.shape, np.nan),
        status=np.full(n_cells, Status.EXCEPTION, dtype=np.int64),
        death_s=np.full(n_cells, np.inf),
        death_kind=np.full(n_cells, -1, dtype=np.int64),
        steps=np.zeros(n_cells, dtype=np.int64),
        rejected=np.zeros(n_cells, dtype=np.int64),
        vector_steps=0,
        step_s=np.zeros(n_cells) if cells.step_s is None else _doubles(cells.step_s).copy(),
    )


def _judged(ends: Ends, vector_steps: int) -> Ends:
    """NaN for every cell that failed; a count that is not finite is a failure too."""
    finite = np.isfinite(ends.counts).all(axis=(1, 2)) & np.isfinite(ends.final).all(axis=1)
    status = np.where((ends.status == Status.OK) & ~finite, Status.NON_FINITE, ends.status)
    bad = status != Status.OK
    ends.counts[bad] = np.nan
    return Ends(
        counts=ends.counts,
        final=ends.final,
        status=status,
        death_s=np.where(bad, np.nan, ends.death_s),
        death_kind=np.where(bad, -1, ends.death_kind),
        steps=ends.steps,
        rejected=ends.rejected,
        vector_steps=vector_steps,
        step_s=ends.step_s,
    )


@dataclass(slots=True, kw_only=True)
class _Table:
    """Changes as the program reads them: places, and for each cell the values they take."""

    values: Array
    group: Array
    end_s: Array
    events: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, program: Program, kernel: Any, cells: Cells, looks: Looks) -> "_Table":
        """Constants change with parameters, so each change is worked out for every cell of its group."""
        group = np.zeros(len(cells.counts)) if cells.group is None else cells.group
        group = _words(group)
        builder = _Builder(program, kernel, looks, cells)
        end_s = _doubles(cells.end_s).copy()
        for number, changes in enumerate(cells.changes):
            members = np.flatnonzero(group == number)
            builder.group(members, changes)
            if changes:
                last = changes[-1].time_s
                end_s[members] = np.where(end_s[members] == last, last + LAST_MOMENT_S, end_s[members])
        return cls(values=builder.values, group=group, end_s=end_s, events=builder.events())


class _Builder:
    """Writes the tables of changes, group after group."""

    def __init__(self, program: Program, kernel: Any, looks: Looks, cells: Cells) -> None:
        self.program, self.kernel, self.looks, self.cells = program, kernel, looks, cells
        self.n_static = len(program.value_places)
        self.n_values = self.n_static + len(looks.threshold_place)
        rows = self.rows(cells.parameters, slice(None)) if cells.rows is None else cells.rows
        self.values = _doubles(rows)
        self.first_event, self.first_part = [0], [0]
        self.event_s: list[float] = []
        self.place: list[int] = []
        self.keeps: list[float] = []
        self.column: list[int] = []
        self.columns: list[tuple[Array, Array]] = []  # members, their values

    def rows(self, parameters: Array, members: Any) -> Array:
        """As `rows_of`, for some of the cells."""
        return rows_of(self.program, self.kernel, parameters, (self.looks, members))

    def group(self, members: Array, changes: Sequence[Assignment]) -> None:
        """The changes that these cells meet."""
        if not changes:
            self.first_event.append(len(self.event_s))
            return
        parameters = np.array(self.cells.parameters[members], dtype=float)
        before = self.values[members] if len(members) else np.zeros((0, self.n_values))
        for change in changes:
            self.event_s.append(change.time_s)
            if len(change.parameters) and len(members):
                parameters[:, change.parameters] = change.values
                after = self.rows(parameters, members)
                for place in np.flatnonzero((after != before).any(axis=0)):
                    self._part(int(place), 0.0, members, after[:, place])
                before = after
            for species, amount, adds in zip(change.species, change.amounts, change.adds, strict=True):
                self._part(self.n_values + int(species), float(adds), members, np.full(len(members), amount))
            self.first_part.append(len(self.place))
        self.first_event.append(len(self.event_s))

    def _part(self, place: int, keeps: float, members: Array, values: Array) -> None:
        self.place.append(place)
        self.keeps.append(keeps)
        self.column.append(len(self.columns))
        self.columns.append((members, values))

    def events(self) -> dict[str, Any]:
        """By the names of the program's arguments. Groups share columns: no row is long for nothing."""
        n_columns = max(1, max(np.diff([self.first_part[e] for e in self.first_event]), default=1))
        table = np.zeros((len(self.cells.counts), n_columns))
        column = np.zeros(len(self.column), dtype=np.int64)
        for number in range(len(self.first_event) - 1):
            first = self.first_part[self.first_event[number]]
            last = self.first_part[self.first_event[number + 1]]
            for part in range(first, last):
                members, values = self.columns[part]
                column[part] = part - first
                table[members, part - first] = values
        return {
            "first_event": _words(self.first_event),
            "event_s": _doubles(self.event_s),
            "first_part": _words(self.first_part),
            "part_place": _words(self.place),
            "part_keeps": _doubles(self.keeps),
            "part_column": _words(column),
            "event_values": table,
            "n_columns": n_columns,
        }
