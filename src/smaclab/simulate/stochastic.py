"""One reaction after another, each at its own random time: for questions of few molecules.

Twin:    the deterministic solvers, which give its mean where every reaction is of first order.
Scope:   exact for any network of whole molecules, from given counts, with parameters that stay.
Ignores: changes in time and deaths. Nothing remembers when the last reaction was, so a run may be cut at a
         change and begun again with the counts it ended with.
Source:  the direct method, Gillespie 1977, doi 10.1021/j100540a008.

Cells go on side by side, one reaction each, until the last has reached its end. A day of a whole network is
millions of reactions a cell: too many for this room, which is a judge and no replacement.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.kernel.kernel import Kernel
from smaclab.kernel.propensities import compile_propensities
from smaclab.seeds import stream
from smaclab.simulate.status import Status

Array = NDArray[Any]

BLOCK = 256  # reactions whose random numbers a cell draws at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """Whose random numbers: those of these cells (their numbers) of one experiment under one seed."""

    seed: int
    experiment: str
    cells: range


@dataclass(frozen=True, slots=True, kw_only=True)
class Jumps:
    """Courses of whole molecules.

    counts: (cell, time, species); NaN where a cell failed. status: (cell,). reactions: (cell,), how many.
    """

    counts: Array
    status: Array
    reactions: Array


class _Draws:
    """Two random numbers a reaction for each cell: a waiting time of mean 1, and a share below 1."""

    def __init__(self, luck: Luck) -> None:
        self.streams = [stream(luck.seed, "reactions", luck.experiment, cell) for cell in luck.cells]
        self.waits = np.empty((len(self.streams), BLOCK))
        self.shares = np.empty((len(self.streams), BLOCK))

    def next(self, cells: Array, number: int) -> tuple[Array, Array]:
        """For these places, as their reaction of this number; every cell is asked for each number once."""
        place = number % BLOCK
        if place == 0:
            for cell in cells:
                self.waits[cell] = self.streams[cell].standard_exponential(BLOCK)
                self.shares[cell] = self.streams[cell].random(BLOCK)
        return self.waits[cells, place], self.shares[cells, place]


def simulate_jumps(
    kernel: Kernel,
    counts: Array,
    parameters: Array,
    time_s: Array,
    *,
    luck: Luck,
    most_reactions: int = 10**6,
) -> Jumps:
    """Follow cells of whole molecules from time 0.

    Args:
        kernel: of the network.
        counts: (cell, species), whole numbers of molecules at time 0.
        parameters: (cell, parameter).
        time_s: (time,), s, increasing, none negative: when counts are shown; the last is the end.
        luck: one cell number for each cell. A cell's course depends on nothing else of the batch.
        most_reactions: of one cell; beyond, it fails with STEP_LIMIT.

    Returns:
        Counts at each time, a status and the number of reactions of each cell.

    Raises:
        SimulationError: counts that are no whole numbers, or another number of cells than `luck` has.
        NetworkError: a reaction changes a species by a part of a molecule.
    """
    state = np.array(counts, dtype=float)
    _check(state, parameters, luck)
    propensities = compile_propensities(kernel)
    n_cells, n_times = len(state), len(time_s)
    shown = np.full((n_cells, n_times, state.shape[1]), np.nan)
    status, reactions = np.full(n_cells, Status.OK), np.zeros(n_cells, dtype=np.int64)
    now, due = np.zeros(n_cells), np.zeros(n_cells, dtype=np.int64)
    draws, active, number = _Draws(luck), np.arange(n_cells if n_times else 0), 0
    with np.errstate(all="ignore"):
        values = kernel.constants(parameters)
        while len(active):
            each = propensities.of(state[active], values[active])
            speeds = np.cumsum(each, axis=1)
            total = speeds[:, -1] if speeds.shape[1] else np.zeros(len(active))
            waits, shares = draws.next(active, number)
            now[active] += np.where(total > 0.0, waits / total, np.inf)
            bad = ~np.isfinite(total) | np.any(each < 0.0, axis=1)
            status[active[bad]] = Status.NON_FINITE
            _show(shown, state, time_s, (now, due), active[~bad])
            going = ~bad & (due[active] < n_times)
            if number == most_reactions:
                status[active[going]] = Status.STEP_LIMIT
                break
            active, speeds = active[going], speeds[going]
            # Rounding must not lead beyond the last reaction that can happen.
            target = np.minimum(shares * total, np.nextafter(total, 0.0))[going]
            chosen = np.sum(speeds <= target[:, None], axis=1)
            state[active] += propensities.change[chosen]
            reactions[active] += 1
            number += 1
    shown[status != Status.OK] = np.nan
    return Jumps(counts=shown, status=status, reactions=reactions)


def _show(shown: Array, state: Array, time_s: Array, clock: tuple[Array, Array], cells: Array) -> None:
    """Every time that passed before a cell's next reaction shows the counts before it."""
    now, due = clock
    while len(cells := cells[due[cells] < len(time_s)]):
        cells = cells[time_s[due[cells]] < now[cells]]
        shown[cells, due[cells]] = state[cells]
        due[cells] += 1


def _check(counts: Array, parameters: Array, luck: Luck) -> None:
    if counts.ndim != 2 or not len(counts) == len(parameters) == len(luck.cells):
        raise SimulationError(
            f"{len(counts)} rows of counts, {len(parameters)} of parameters and {len(luck.cells)} cells. "
            "Give one row and one number for each cell."
        )
    broken = counts[(counts != np.round(counts)) | (counts < 0)]
    if len(broken):
        raise SimulationError(
            f"{broken[0]:g} molecules: counts are whole numbers, none below 0, where one reaction follows "
            "another. Round them first."
        )
