"""A well followed through its macro steps: predict the exchange, follow all shares, mix, judge the error."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.network.network import Network
from smaclab.simulate.lanes import LAST_MOMENT_S, Tolerance
from smaclab.simulate.rosenbrock import LEAST_S, RosenbrockSolver
from smaclab.simulate.solver import NOTHING
from smaclab.simulate.status import Status
from smaclab.simulate.well import Well, WellCourse
from smaclab.simulate.well_exchange import Coupling, Speeds, mean
from smaclab.simulate.well_growth import grown, refuse_too_few_shares
from smaclab.simulate.well_shares import LARGEST_PIECE, Stretch, stretch, write_rows
from smaclab.simulate.well_start import Moment, compiled_for, moments, rested, sight_of

Array = NDArray[Any]

UNSTEERED = 1e30  # molecules; what the ledger adds up is exact anyway and steers no step
FIRST_STEP = 300.0  # tolerances; after a mixing more is right than after a dose: a tenth fewer steps
RETRY = 0.7  # a step that is taken again is shorter by this at least


def simulate_well(
    well: Well,
    network: Network,
    *,
    solver: RosenbrockSolver | None = None,
    coupling: Coupling | None = None,
    workers: int = 1,
    ledger: bool = False,
) -> WellCourse:
    """Solve a well.

    Args:
        well: what is in it.
        network: of one cell with its share of the medium.
        solver: tolerances of the cells; the default solver's if None.
        coupling: how closely the medium is shared.
        workers: threads.
        ledger: whether the medium's balance is kept.

    Returns:
        What happened. A cell that fails is NaN with a status, and its share leaves the well.

    Raises:
        SimulationError: the network has no medium, or the well too few shares of it.
    """
    return _Run(
        well, network, solver or RosenbrockSolver(), coupling or Coupling(), (workers, ledger)
    ).course()


class _Run:
    """One well on its way; arrays are filled as it goes."""

    def __init__(
        self,
        well: Well,
        network: Network,
        solver: RosenbrockSolver,
        coupling: Coupling,
        how: tuple[int, bool],
    ) -> None:
        refuse_too_few_shares(well)
        self.well, self.coupling, (self.workers, ledger) = well, coupling, how
        self.compiled = compiled_for(network, ledger=ledger)
        self.net = self.compiled.shared
        self.sight = sight_of(well, network, self.compiled)
        start = rested(well, network, self.compiled, solver, self.sight)
        self.shares, self.status, self.messages = start.shares, start.status, dict(start.messages)
        self.moments = moments(well)
        self.member = np.repeat(np.arange(len(well.members)), [len(one.cells) for one in well.members])
        n_cells, n_times, size = len(self.member), len(well.time_s), len(self.net.medium)
        self.counts = np.full((n_cells, n_times, len(well.observables)), np.nan)
        self.medium = np.full((n_times, size), np.nan)
        doubling_s = np.array([one.doubling_s for one in well.members])
        self.doubling_s = doubling_s[self.member]
        self.death_s, self.kind = np.full(n_cells, np.inf), np.full(n_cells, -1)
        floor = np.full(len(self.net.cell.species), solver.floor)
        floor[self.net.from_cell] = floor[self.net.in_medium] = UNSTEERED
        self.tolerance = Tolerance(
            relative=solver.rtol, floor=floor, max_steps=solver.max_steps, first_step=FIRST_STEP
        )
        self.macro_s: list[float] = []
        self.rejected = 0
        self.books = {name: np.zeros(size) for name in ("cells", "medium", "poured", "renewed")}

    def course(self) -> WellCourse:
        """Everything, from the beginning to the end."""
        begin = self.shares.mixed.copy()
        end_s = max(self.well.members[0].recipe.end_s, LEAST_S)
        now = min([-self.well.together_s, 0.0, *self.moments])
        last = end_s + LAST_MOMENT_S if end_s in self.moments else end_s
        self.macro_s.append(now)
        self._change(self.moments.get(now))
        for stop in sorted({*(time for time in self.moments if time > now), last}):
            self._until(stop, last)
            self._change(self.moments.get(stop))
        return self._finished(begin)

    def _change(self, moment: Moment | None) -> None:
        """First the medium is renewed, then doses and parameters are changed at once."""
        if moment is None:
            return
        shares, size = self.shares, len(self.net.medium)
        medium = shares.mixed.copy()
        if moment.renewal is not None:
            renewed = moment.renewal.kept * medium + moment.renewal.fresh
            self.books["renewed"] += (renewed - medium) * shares.per_cell
            medium = renewed
        first = next((one for one in moment.assignments if one is not None), None)
        if first is not None:
            # Doses of all lines are equal: they share the medium.
            rank = np.searchsorted(self.net.medium, first.species)
            poured = first.adds * medium[rank] + first.amounts
            self.books["poured"][rank] += (poured - medium[rank]) * shares.per_cell
            medium[rank] = poured
            shares.empty_parameters[first.parameters] = first.values
            shares.empty_values = self.compiled.empty_kernel.constants(shares.empty_parameters)
        shares.counts[:, self.net.medium] = shares.empty[:size] = shares.mixed = medium
        for number, one in enumerate(moment.assignments):
            if one is not None and len(one.parameters):
                mine = np.flatnonzero(self.member[shares.cell] == number)
                shares.parameters[np.ix_(mine, one.parameters)] = one.values
        if any(one is not None and len(one.parameters) for one in moment.assignments):
            write_rows(self.compiled, self.sight, shares)
        shares.step_s = np.zeros(len(shares.cell))

    # --- macro steps ----------------------------------------------------------------------------------

    def _until(self, stop: float, end_s: float) -> None:
        """Macro steps from now to `stop` (s), between two changes."""
        speeds = self._speeds()
        length = self.coupling.fixed_s or self.coupling.first_s
        while (now := self.macro_s[-1]) < stop:
            parts = int(np.ceil((stop - now) / length - 1e-9))
            # Two like steps before a stop, rather than a long one and a crumb.
            then = stop if parts <= 1 else now + (length if parts > 2 else (stop - now) / 2)
            length, speeds = self._step(then, speeds, at_end=then >= end_s)

    def _step(self, then: float, speeds: Speeds, *, at_end: bool) -> tuple[float, Speeds]:
        """One macro step; where its error is too large nothing has happened but a lesson about the length."""
        now, times = self.macro_s[-1], self.well.time_s
        until = np.searchsorted(times, then, side="right" if at_end else "left")
        looks = np.arange(np.searchsorted(times, now), until)
        middle, length = (now + then) / 2, then - now
        # As many as half-way is right to the order of the scheme.
        self.shares.stands_for = grown(middle, self.doubling_s[self.shares.cell])
        begin = self.shares.media(self.net.medium)
        # What the last step has left apart flows back during this one: a jump would cost each cell steps.
        flow = speeds.exchange(middle, self.shares.weight()) - (begin - self.shares.mixed) / length
        found = stretch(
            self.compiled, self.shares, flow, (now, then), (self.sight, times[looks]),
            (self.tolerance, self.workers),
        )  # fmt: skip
        weight, size = self.shares.weight(found.known[:-1]), len(self.net.medium)
        medium = np.where(found.known[:, None], found.medium[:, :size], 0.0)
        mixed = mean(medium, weight) if weight.sum() else self.shares.mixed
        own = (medium - begin) / length - flow
        after = speeds.then(np.where(found.known[:, None], own, 0.0), middle)
        apart = np.maximum(np.abs(medium - mixed), after.bow(length, weight))
        error = self.coupling.error(apart[:-1][found.alive], mixed)
        following = self.coupling.next_s(length, error)
        if error > 1 and self.coupling.fixed_s is None and length > self.coupling.shortest_s:
            self.rejected += 1
            return min(following, RETRY * length), speeds
        self._write(found, looks)
        self._book(found)
        self.macro_s.append(then)
        return following, self._mix(found, mixed, after)

    def _speeds(self) -> Speeds:
        """How fast the medium of every share changes now, from the derivatives."""
        size, n_cells = len(self.net.medium), len(self.shares.cell)
        speed = np.zeros((n_cells + 1, size))
        for first in range(0, n_cells, LARGEST_PIECE):
            some = slice(first, min(first + LARGEST_PIECE, n_cells))
            # The exchange stands at 0 in the parameters: a step puts it into the rows alone.
            values = self.compiled.kernel.constants(self.shares.parameters[some])
            slope = self.compiled.kernel.derivative(self.shares.counts[some], values)
            speed[some] = slope[:, self.net.medium]
        speed[-1] = self._empty_speed(self.shares.empty[:size])
        return Speeds(speed=speed, slope=np.zeros_like(speed), at_s=self.macro_s[-1])

    def _empty_speed(self, medium: Array) -> Array:
        """(medium species,), molecules/s, of a share without a cell."""
        state = np.zeros_like(self.shares.empty)
        state[: len(medium)] = medium
        speed: Array = self.compiled.empty_kernel.derivative(state, self.shares.empty_values)
        return speed[: len(medium)]

    def _write(self, found: Stretch, looks: Array) -> None:
        """What was seen of the step; who died or failed in it is known from now on."""
        cell, ends, size = self.shares.cell, found.ends, len(self.sight.own)
        self.medium[looks] = found.seen
        self.counts[np.ix_(cell, looks)] = ends.counts[:, :-1, :size]
        dead, failed = cell[found.died], cell[ends.status != Status.OK]
        later = np.arange(looks[-1] + 1 if len(looks) else self._first_after(), len(self.well.time_s))
        self.counts[np.ix_(dead, later)] = ends.counts[found.died, -1, :size][:, None, :]
        # Who dies before time 0 is dead when the experiment begins.
        self.death_s[dead] = np.maximum(ends.death_s[found.died], 0.0)
        self.kind[dead] = ends.death_kind[found.died]
        self.status[failed] = ends.status[ends.status != Status.OK]
        self.counts[failed] = np.nan
        for one in failed:
            self.messages[int(one)] = (
                "failed in the well, which goes on without it and its share of the medium"
            )

    def _first_after(self) -> int:
        """The first sample that no step has taken."""
        return int(np.sum(np.isfinite(self.medium[:, 0])))

    def _book(self, found: Stretch) -> None:
        """What each share gained in this step, molecules, by cause."""
        size = len(self.net.medium)
        if not len(self.net.from_cell):
            return
        ok = found.known[:-1]
        given = found.from_cell[ok] * self.shares.stands_for[ok, None]
        self.books["cells"] += given.sum(axis=0) / len(self.member)
        weight = self.shares.weight(ok)
        self.books["medium"] += weight @ found.medium[:, size:] / len(self.member)

    def _mix(self, found: Stretch, mixed: Array, speeds: Speeds) -> Speeds:
        """What all shares together hold is known; those of the dead join the empty ones."""
        shares, size = self.shares, len(self.net.medium)
        weight = shares.weight()
        if found.died.any() and not weight[-1]:
            speeds.speed[-1], speeds.slope[-1] = self._empty_speed(mixed), 0.0
        weight *= np.append(found.died, True)
        shares.empty[:] = 0.0
        shares.empty[:size] = mean(np.nan_to_num(found.medium[:, :size]), weight) if weight.sum() else mixed
        shares.n_empty += int(found.died.sum())
        shares.mixed = mixed
        shares.counts, shares.step_s = found.ends.final, found.ends.step_s
        kept = shares.keep(found.alive)
        # The books are closed each step.
        shares.counts[:, self.net.from_cell] = shares.counts[:, self.net.in_medium] = 0.0
        return speeds.of(np.append(kept, len(found.alive)))

    # --- what it comes to -----------------------------------------------------------------------------

    def _finished(self, begin: Array) -> WellCourse:
        well, net = self.well, self.net
        per_cell = self.shares.per_cell
        medium = np.where(self.medium < NOTHING, 0.0, self.medium) * per_cell
        counts = self.counts + (medium @ well.observe[:, net.medium].T)[None]
        bad = self.status != Status.OK
        kinds = np.array([*(watch.kind for watch in well.members[0].recipe.watches), ""])
        gained = (self.shares.mixed - begin) * per_cell
        return WellCourse(
            counts=np.where(counts < NOTHING, 0.0, counts),
            medium=medium,
            species=tuple(net.cell.species[place].name for place in net.medium),
            time_s=well.time_s,
            death_time_s=np.where(bad, np.nan, self.death_s),
            death_kind=np.where(bad, "", kinds[self.kind]),
            status=self.status.astype(np.int8),
            member=self.member,
            cell=np.concatenate([np.array(one.cells) for one in well.members]),
            macro_s=np.array(self.macro_s),
            rejected=self.rejected,
            messages=self.messages,
            doubling_s=tuple(one.doubling_s for one in well.members),
            balance={**self.books, "gained": gained} if len(net.from_cell) else {},
        )
