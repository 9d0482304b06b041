"""The shares of a well's medium, followed through one macro step and mixed at its end."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.kernel.kernel import Kernel
from smaclab.kernel.native import Program
from smaclab.simulate.ends import Ends
from smaclab.simulate.lanes import Cells, Looks, Tolerance, integrate, rows_of
from smaclab.simulate.status import Status
from smaclab.simulate.well_network import SharedNetwork

Array = NDArray[Any]

LARGEST_PIECE = 2048  # cells that one thread follows at a time


@dataclass(frozen=True, slots=True)
class Rates:
    """Stands in for a kernel where the constants of the cells are known already."""

    values: Array  # (cell, parameter + constant)

    def constants(self, parameters: Array) -> Array:
        """As `Kernel.constants`."""
        assert len(parameters) == len(self.values)
        return self.values


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """A shared network with its kernels and programs; `own_kernel` is of the network before it was shared.

    inflow: (medium species,), columns of the exchange in the rows that the program reads.
    """

    shared: SharedNetwork
    own_kernel: Kernel
    kernel: Kernel
    program: Program
    inflow: Array
    empty_kernel: Kernel
    empty_program: Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is kept of every cell, and what kills.

    own: (observable, species of a cell), without the medium. watch: as in `Looks`.
    levels: (cell, watch), thresholds that no parameter holds; places and divisors as in `Looks`.
    """

    own: Array
    watch: Array | None
    levels: Array | None
    threshold_place: Sequence[int]
    threshold_divisor: Sequence[int]

    def looks(self, cell: Array, time_s: Array, observe: Array) -> Looks:
        """At these cells, at these times. observe: (observable, species)."""
        return Looks(
            time_s=time_s,
            observe=observe,
            watch=self.watch,
            threshold=None if self.levels is None else self.levels[cell],
            threshold_place=self.threshold_place,
            threshold_divisor=self.threshold_divisor,
        )


@dataclass(slots=True, kw_only=True)
class Shares:
    """Living cells with their shares, and the shares that no living cell owns, which are all alike.

    Where a well grows in number a cell stands for several, and its share counts as often.

    counts: (cell, species), molecules; each share's own medium, which is near the shared one.
    parameters: (cell, parameter). rows: (cell, value), what the program reads of each cell; its inflow is the
        last macro step's. step_s: (cell,), s, the cell's next step; 0: to be found.
    cell: (cell,), who it is. stands_for: (cell,), how many cells it is by now.
    mixed: (medium species,), molecules a share, of the whole well.
    empty: (species of the medium alone,). n_empty: how many have lost their cell.
    per_cell: shares for each cell at the start.
    empty_parameters: (parameter,), of a share without a cell. empty_values: (parameter + constant,), of it.
    """

    counts: Array
    parameters: Array
    rows: Array
    step_s: Array
    cell: Array
    stands_for: Array
    mixed: Array
    empty: Array
    n_empty: int
    per_cell: float
    empty_parameters: Array
    empty_values: Array

    def weight(self, known: Array | None = None) -> Array:
        """(cell + 1,): how often each share is there; the empty one is the last, and keeps the sum.

        known: (cell,), who takes part; all by default.
        """
        takes_part = np.ones(len(self.cell)) if known is None else known.astype(float)
        owned = self.stands_for * takes_part
        return np.append(owned, self.per_cell * (self.n_empty + takes_part.sum()) - owned.sum())

    def media(self, places: Array) -> Array:
        """(cell + 1, medium species), molecules, of each share. places: of the medium in a cell."""
        return np.concatenate((self.counts[:, places], self.empty[None, : len(places)]))

    def keep(self, alive: Array) -> Array:
        """Let go of some cells; the last ones move into their places, so that few rows are copied.

        Args:
            alive: (cell,), who stays.

        Returns:
            Where each of those who stay was.
        """
        count = int(alive.sum())
        places = np.arange(count)
        gaps = np.flatnonzero(~alive[:count])
        places[gaps] = count + np.flatnonzero(alive[count:])
        for name in ("counts", "parameters", "rows", "step_s", "cell", "stands_for"):
            whole = getattr(self, name)
            whole[gaps] = whole[places[gaps]]
            setattr(self, name, whole[:count])
        return places


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What a macro step led to.

    ends: of the living; looked at when asked, and at the end, where a dead cell shows its death.
    medium: (share, species of the medium alone), molecules, at the end: one a cell, then the empty one.
    seen: (time, medium species), the mean over all shares. known: (share,), whether its solve worked.
    from_cell: (cell, medium species), what it gave net of what it took, by the ledger.
    """

    ends: Ends
    medium: Array
    seen: Array
    known: Array
    from_cell: Array

    @property
    def died(self) -> Array:
        """(cell,), whether it died in this step."""
        found: Array = np.isfinite(self.ends.death_s) & (self.ends.status == Status.OK)
        return found

    @property
    def alive(self) -> Array:
        """(cell,), whether it goes on."""
        found: Array = np.isinf(self.ends.death_s) & (self.ends.status == Status.OK)
        return found


def stretch(
    compiled: Compiled,
    shares: Shares,
    flow: Array,
    span: tuple[float, float],
    look: tuple[Sight, Array],
    how: tuple[Tolerance, int],
) -> Stretch:
    """Follow all shares through one macro step.

    Args:
        compiled: the network.
        shares: where they stand; only the inflow is written into their rows.
        flow: (share, medium species), molecules/s, the inflow into each.
        span: from when to when, s.
        look: what is kept, and (time,) when, within the span.
        how: tolerance of the cells, and threads.
    """
    sight, times = look
    # One look more, at the end: a cell that died shows itself there as it was at its death.
    times = np.append(times, span[1])
    net = compiled.shared
    ends = _cells(compiled, shares, flow, span, (sight, times), how)
    n_kept, size = len(sight.own), len(net.medium)
    lanes = ends.counts[:, :, n_kept : n_kept + size]
    medium = np.zeros((len(shares.cell) + 1, size + len(net.in_medium)))
    medium[:-1] = ends.counts[:, -1, n_kept : n_kept + medium.shape[1]]
    died = np.flatnonzero(np.isfinite(ends.death_s) & (ends.status == Status.OK))
    alone = _alone(compiled, shares, flow[[*died, -1]], span, (medium[died], ends.death_s[died], times))
    medium[died], medium[-1] = alone.final[:-1], alone.final[-1]
    for rank, lane in enumerate(died):  # after its death a share goes on without its cell
        later = times > ends.death_s[lane]
        lanes[lane, later] = alone.counts[rank, later]
    known = np.append(ends.status == Status.OK, True)
    weight = shares.weight(known[:-1])
    seen = np.einsum("s,stm->tm", weight[:-1], np.where(known[:-1, None, None], lanes, 0.0))
    total = weight.sum()  # nothing where all have failed
    seen = (seen + weight[-1] * alone.counts[-1]) / total if total else alone.counts[-1]
    return Stretch(
        ends=ends,
        medium=medium,
        seen=seen[:-1],
        known=known,
        from_cell=ends.counts[:, -1, n_kept + medium.shape[1] :],
    )


def _cells(
    compiled: Compiled,
    shares: Shares,
    flow: Array,
    span: tuple[float, float],
    look: tuple[Sight, Array],
    how: tuple[Tolerance, int],
) -> Ends:
    (sight, times), (tolerance, threads) = look, how
    n_cells = len(shares.cell)
    net = compiled.shared
    places = np.concatenate((net.medium, net.in_medium, net.from_cell))
    observe = np.concatenate((sight.own, np.eye(shares.counts.shape[1])[places]))

    def piece(first: int) -> None:
        some = slice(first, first + size)
        count = len(shares.cell[some])
        shares.rows[some, compiled.inflow] = flow[:-1][some]
        cells = Cells(
            counts=shares.counts[some],
            parameters=shares.parameters[some],
            start_s=np.full(count, span[0]),
            end_s=np.full(count, span[1]),
            step_s=shares.step_s[some],
            rows=shares.rows[some],
        )
        looks = sight.looks(shares.cell[some], times, observe)
        with np.errstate(all="ignore"):
            # Each piece writes into its part and is gone: all of them and their sum would be twice as large.
            whole.with_some(some, integrate(compiled.program, compiled.kernel, cells, looks, tolerance))

    whole = room_for(n_cells, len(times), observe)
    size = max(1, min(LARGEST_PIECE, -(-n_cells // threads)))
    starts = range(0, n_cells, size)
    if threads == 1 or len(starts) < 2:
        for first in starts:
            piece(first)
        return whole
    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(piece, starts))
    return whole


def _alone(
    compiled: Compiled,
    shares: Shares,
    flow: Array,
    span: tuple[float, float],
    deaths: tuple[Array, Array, Array],
) -> Ends:
    """The shares of those who died in this step, from then on, and the empty one."""
    given, death_s, times = deaths
    net = compiled.shared
    counts = np.concatenate((given, shares.empty[None]))
    start = np.append(np.minimum(death_s, span[1] - 1e-9 * (span[1] - span[0])), span[0])
    # No constant depends on the exchange; working them all out anew cost as much as 300 cells do.
    values = np.repeat(shares.empty_values[None], len(counts), axis=0)
    values[:, net.exchange] = flow
    parameters = np.repeat(shares.empty_parameters[None], len(counts), axis=0)
    size = len(net.medium)
    places = range(counts.shape[1])
    cells = Cells(counts=counts, parameters=parameters, start_s=start, end_s=np.full(len(counts), span[1]))
    looks = Looks(time_s=times, observe=np.eye(len(places))[:size])
    floor = np.concatenate((np.ones(size), np.full(len(places) - size, 1e30)))
    tolerance = Tolerance(relative=1e-6, floor=floor)
    with np.errstate(all="ignore"):
        return integrate(compiled.empty_program, Rates(values), cells, looks, tolerance)


def write_rows(compiled: Compiled, sight: Sight, shares: Shares) -> None:
    """What the program reads of each cell, from its parameters as they are now."""
    nothing = np.zeros(0)
    # By pieces: the constants of all cells at once are larger than anything that is kept.
    for first in range(0, len(shares.cell), LARGEST_PIECE):
        some = slice(first, first + LARGEST_PIECE)
        look = (sight.looks(shares.cell[some], nothing, sight.own), slice(None))
        shares.rows[some] = rows_of(compiled.program, compiled.kernel, shares.parameters[some], look)


def room_for(n_cells: int, n_looks: int, observe: Array) -> Ends:
    """Where pieces of the cells write how they fared. observe: (observable, species)."""
    numbers, words = np.full((4, n_cells), np.nan), np.zeros((4, n_cells), dtype=np.int64)
    return Ends(
        counts=np.empty((n_cells, n_looks, len(observe))), final=np.empty((n_cells, observe.shape[1])),
        status=words[0], death_s=numbers[0], death_kind=words[1], steps=words[2], rejected=words[3],
        vector_steps=0, step_s=numbers[1],
    )  # fmt: skip
