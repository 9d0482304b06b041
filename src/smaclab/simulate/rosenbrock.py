"""The default solver: a Rosenbrock method over many cells at once, compiled for the network.

Twin:    `scipy_solver`, one cell at a time.
Source:  see `kernel.rosenbrock`; step control and dense output: Hairer & Wanner 1996, IV.7.

Cells are written out, rested and solved in chunks, one thread to a chunk; nothing about a cell depends on its
chunk. The arms of one individual share its rest.
"""

import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, final, get_args

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError, unknown
from smaclab.kernel.kernel import Kernel
from smaclab.kernel.native import Program, Real, compile_program, program_key
from smaclab.network.network import Network
from smaclab.simulate.audit import audited, compare
from smaclab.simulate.batch import Batch, Recipe
from smaclab.simulate.chunk import Chunk
from smaclab.simulate.death import Place
from smaclab.simulate.ends import Ends
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate
from smaclab.simulate.many_solver import ManySolver
from smaclab.simulate.rests import Rests
from smaclab.simulate.solver import Precision
from smaclab.simulate.status import Status

Array = NDArray[Any]

REST_S = 1e8  # three years: five hundred times the slowest loss of a cell that does not divide
STILL = 1e-6  # largest relative movement within an hour after that; a steady inflow still moves by 3.6e-5
HOUR_S = 3600.0
REST_RELATIVE = 1e-3  # at most; at 1e-5 margins of claims differ by 3e-6, and STILL judges the end anyway
LEAST_S = 1e-6  # an experiment of no length is followed this long
LARGEST_CHUNK = 2048  # cells and arms together; more gains nothing


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class RosenbrockSolver(ManySolver):
    """Many cells at a time, compiled.

    rtol: local error of a step relative to a count. floor: molecules; counts below it are followed to
    `rtol * floor`. max_steps: of one cell, rest and run each. precision: "screening" holds counts as singles,
    twice as many to a vector, and has its result audited; rests are always solved in double.
    max_memory_bytes: what the cells in work may take, over all threads; results come on top. rests: kept for
    other batches; None: found anew.
    """

    rtol: float = 1e-5
    floor: float = 1.0
    max_steps: int = 50_000
    precision: Precision = "double"
    max_memory_bytes: int = 512 * 2**20
    rests: Rests | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Settings that cannot work are refused before the first cell."""
        if not 1e-12 <= self.rtol <= 1e-2:
            raise SimulationError(f"rtol {self.rtol}: the relative tolerance lies between 1e-12 and 1e-2.")
        if not 0 < self.floor < np.inf:
            raise SimulationError(f"floor {self.floor}: a number of molecules above 0.")
        if self.max_steps < 1:
            raise SimulationError(f"max_steps {self.max_steps}: at least 1 step.")
        if self.precision not in get_args(Precision):
            raise SimulationError(unknown("precision", self.precision, get_args(Precision)))
        if self.max_memory_bytes < 1:
            raise SimulationError(f"max_memory_bytes {self.max_memory_bytes}: at least 1.")

    def describe(self) -> Mapping[str, Any]:
        """Name, KiSAO ids and tolerances."""
        return {
            "name": "Rodas5",
            "kisao": "KISAO:0000033",
            "relative_tolerance": {"kisao": "KISAO:0000209", "value": self.rtol},
            "absolute_tolerance": {
                "kisao": "KISAO:0000211",
                "value": f"{self.rtol * self.floor:g} molecules",
            },
            "max_steps": self.max_steps,
            "precision": self.precision,
        }

    def chunks(self, batch: Batch, kernel: Kernel, workers: int) -> Iterator[Chunk]:
        """The batch's cells, chunk by chunk as they are done.

        Args:
            batch: what to solve.
            kernel: of its network.
            workers: threads.
        """
        work = _Work(self, kernel, batch, program_of(kernel.network), self._screen(kernel.network))
        todo = iter(_tasks(batch, workers, self._largest(batch, kernel, workers)))
        if workers == 1:
            yield from (work.chunk(*task) for task in todo)
            return
        with ThreadPoolExecutor(max_workers=workers) as pool:
            waiting = deque(pool.submit(work.chunk, *task) for task in islice(todo, 2 * workers))
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(work.chunk, *task) for task in islice(todo, 1))

    def _screen(self, network: Network) -> Program | None:
        return program_of(network, "float") if self.precision == "screening" else None

    def _largest(self, batch: Batch, kernel: Kernel, workers: int) -> int:
        """Cells and arms that may be in work at a time in one thread."""
        network = kernel.network
        values = 2 * len(network.value_index) + len(network.parameters)
        kept = len(batch.time_s) * len(batch.observables)
        each = 8 * (4 * len(network.species) + 2 * values + 3 * kept + 64)
        # Twice as many chunks as threads may wait to be collected.
        return int(min(max(self.max_memory_bytes // (3 * workers * each), 1), LARGEST_CHUNK))

    def rest(
        self, program: Program, kernel: Kernel, parameters: Array
    ) -> tuple[Array, Array, dict[int, str]]:
        """Each cell's own steady state, reached from the network's initial amounts.

        Args:
            program: of the network.
            kernel: of the same.
            parameters: (cell, parameter).

        Returns:
            (cell, species) in molecules, (cell,) status, and words about the cells that have none.
        """
        if self.rests is None:
            return self._rest(program, kernel, parameters)
        settings = (self.rtol, self.floor, self.max_steps)
        return self.rests.found(
            kernel.network, settings, parameters, lambda: self._rest(program, kernel, parameters)
        )

    def _rest(
        self, program: Program, kernel: Kernel, parameters: Array
    ) -> tuple[Array, Array, dict[int, str]]:
        n_cells = len(parameters)
        with np.errstate(all="ignore"):
            values = kernel.constants(parameters)
            cells = Cells(
                counts=kernel.initial(values),
                parameters=parameters,
                start_s=np.zeros(n_cells),
                end_s=np.full(n_cells, REST_S),
            )
            nothing = Looks(time_s=np.zeros(0), observe=np.zeros((0, len(kernel.network.species))))
            tolerance = Tolerance(
                relative=min(self.rtol, REST_RELATIVE), floor=self.floor, max_steps=self.max_steps
            )
            ends = integrate(program, kernel, cells, nothing, tolerance)
            counts = np.maximum(ends.final, 0.0)
            moving = np.abs(kernel.derivative(counts, values)) * HOUR_S / (counts + 1.0)
        fastest = np.max(moving, axis=1, initial=0.0)
        return _judged_rests(counts, ends.status, fastest)


def _judged_rests(counts: Array, status: Array, fastest: Array) -> tuple[Array, Array, dict[int, str]]:
    status, messages = status.copy(), {}
    for cell in np.flatnonzero((status != Status.OK) | ~(fastest < STILL)):
        if status[cell] == Status.STEP_LIMIT:
            status[cell] = Status.NO_REST
            messages[int(cell)] = f"not at rest within the step limit, before {REST_S:g} s"
        elif status[cell] == Status.OK:
            status[cell] = Status.NO_REST
            moves = f"{fastest[cell]:.1e}"
            messages[int(cell)] = f"moves after {REST_S:g} s, by {moves} of itself per hour"
        else:
            stuck = status[cell] == Status.UNSUCCESSFUL
            why = "the stepsize fell to nothing" if stuck else "a count or rate is not finite"
            messages[int(cell)] = f"before the first dose: {why}"
    return counts, status, messages


@dataclass(frozen=True, slots=True)
class _Work:
    """One batch in work: solves chunk after chunk, from any thread."""

    solver: RosenbrockSolver
    kernel: Kernel
    batch: Batch
    program: Program
    screen: Program | None

    def chunk(self, members: Sequence[int], cells: range) -> Chunk:
        """Rest and run of some cells in some experiments."""
        batch, solver = self.batch, self.solver
        recipes = [batch.recipes[member] for member in members]
        parameters = recipes[0].parameters(cells)
        rest, status, messages = solver.rest(self.program, self.kernel, parameters)
        found = Chunk.blank(members, cells, (len(batch.time_s), len(batch.observables)))
        for cell, words in messages.items():
            found.fail(cell, int(status[cell]), words)
        usable = np.flatnonzero(status == Status.OK)
        if not len(usable):
            return found
        arms = _Arms(recipes, batch)
        first = self.screen or self.program
        ends = arms.solve(solver, (first, self.kernel), parameters[usable], rest[usable])
        found.fill(usable, ends, solver.max_steps)
        if self.screen is None:
            return found
        twice = np.flatnonzero(np.isin(usable, audited(cells, batch.n_cells)))
        if not len(twice):
            return found
        chosen = usable[twice]
        again = arms.solve(solver, (self.program, self.kernel), parameters[chosen], rest[chosen])
        same = (np.arange(len(recipes))[:, None] * len(usable) + twice[None, :]).ravel()
        return replace(found, audit=(compare(ends.of(same), again),))


@dataclass(frozen=True, slots=True)
class _Arms:
    """Experiments whose cells share their rests, solved together."""

    recipes: Sequence[Recipe]
    batch: Batch

    def solve(
        self, solver: RosenbrockSolver, compiled: tuple[Program, Kernel], parameters: Array, rest: Array
    ) -> Ends:
        """Arm after arm of the same cells."""
        arms, n_cells = len(self.recipes), len(parameters)
        starts = [min([0.0, *(c.time_s for c in one.changes)]) for one in self.recipes]
        cells = Cells(
            counts=np.tile(rest, (arms, 1)),
            parameters=np.tile(parameters, (arms, 1)),
            start_s=np.repeat(starts, n_cells),
            end_s=np.repeat([max(one.end_s, LEAST_S) for one in self.recipes], n_cells),
            changes=[[c for c in one.changes if c.time_s <= one.end_s] for one in self.recipes],
            group=np.repeat(np.arange(arms), n_cells),
        )
        tolerance = Tolerance(relative=solver.rtol, floor=solver.floor, max_steps=solver.max_steps)
        with np.errstate(all="ignore"):
            return integrate(*compiled, cells, self._looks(n_cells), tolerance)

    def _looks(self, n_cells: int) -> Looks:
        watches = self.recipes[0].watches
        if not watches:
            return Looks(time_s=self.batch.time_s, observe=self.batch.observe)
        levels = [
            [0.0 if isinstance(watch.threshold, Place) else watch.threshold for watch in one.watches]
            for one in self.recipes
        ]
        return Looks(
            time_s=self.batch.time_s,
            observe=self.batch.observe,
            watch=np.array([watch.weights for watch in watches], dtype=float),
            threshold=np.repeat(np.array(levels, dtype=float), n_cells, axis=0),
            threshold_place=[w.threshold.index if isinstance(w.threshold, Place) else -1 for w in watches],
            threshold_divisor=[-1 if w.divided_by is None else w.divided_by.index for w in watches],
        )


def _tasks(batch: Batch, workers: int, largest: int) -> Iterator[tuple[tuple[int, ...], range]]:
    """Experiments that share rests and watches, and ranges of cells; at most `largest` together."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for index, recipe in enumerate(batch.recipes):
        kinds = tuple(
            (
                w.kind,
                w.weights.tobytes(),
                w.threshold.index if isinstance(w.threshold, Place) else None,
                None if w.divided_by is None else w.divided_by.index,
            )
            for w in recipe.watches
        )
        groups.setdefault((recipe.rest_key(), kinds), []).append(index)
    for members in groups.values():
        for first in range(0, len(members), largest):
            some = tuple(members[first : first + largest])
            deep = max(1, min(largest // len(some), -(-batch.n_cells // workers)))
            for cell in range(0, batch.n_cells, deep):
                yield some, range(cell, min(cell + deep, batch.n_cells))


_LOCK = threading.Lock()
_PROGRAMS: dict[tuple[str, Real], Program] = {}  # by network; the last few
MOST_PROGRAMS = 8


def program_of(network: Network, real: Real = "double") -> Program:
    """The compiled program of a network, compiled once in this process.

    Args:
        network: what to solve.
        real: how counts are held.
    """
    key = (program_key(network), real)
    with _LOCK:
        if key not in _PROGRAMS:
            while len(_PROGRAMS) >= MOST_PROGRAMS:
                _PROGRAMS.pop(next(iter(_PROGRAMS)))
            _PROGRAMS[key] = compile_program(network, precision=real)
        return _PROGRAMS[key]
