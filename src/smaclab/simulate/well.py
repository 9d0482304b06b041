"""A well: cells that differ and share one medium, each secreting into it and taking from it while it lives.

Scope:   one volume, mixed at all times; one line or several; doses, wash-outs, changes of medium; deaths.
Ignores: distance within the well, settling, evaporation; what a dead cell may release.

Every cell is solved with its own share of the medium, as it is alone, and between macro steps the shares are
mixed; what flows between them within a step is predicted (see `well_exchange`). A share whose cell has died
stays in the medium and goes on without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.kernel.compile import compile_kernel
from smaclab.network.network import Network
from smaclab.simulate.batch import Recipe
from smaclab.simulate.death import Place
from smaclab.simulate.lanes import Tolerance
from smaclab.simulate.rosenbrock import RosenbrockSolver, program_of
from smaclab.simulate.solver import NOTHING
from smaclab.simulate.status import Status
from smaclab.simulate.well_exchange import Coupling, Speeds
from smaclab.simulate.well_network import SharedNetwork, shared
from smaclab.simulate.well_shares import Compiled, Shares, Sight, Stretch, stretch

Array = NDArray[Any]



@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Cells of one line in a well. recipe: how to write them out. cells: which individuals."""

    recipe: Recipe
    cells: range


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A change of medium: at `time_s` (s) a share keeps `kept` of what it holds and gets `fresh` on top.

    fresh: (medium species,), molecules a share.
    """

    time_s: float
    kept: float
    fresh: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Well:
    """What is in a well and what is looked at.

    time_s: (time,), s. observables, observe: as in `Batch`. renewals: in order of time; what is poured in at
    the same moment comes after.
    """

    id: str
    members: tuple[Member, ...]
    time_s: Array
    observables: tuple[str, ...]
    observe: Array
    renewals: tuple[Renewal, ...] = ()

    def __post_init__(self) -> None:
        """Somebody is in it, and all are watched equally long."""
        if not self.members or any(len(one.cells) < 1 for one in self.members):
            raise SimulationError(f"{self.id}: a well of {len(self.members)} lines needs a cell of each.")
        if len({one.recipe.end_s for one in self.members}) > 1:
            raise SimulationError(f"{self.id}: the lines of one well are watched for equally long.")
        if len(self.time_s) == 0 or self.time_s[0] < 0 or np.any(np.diff(self.time_s) <= 0):
            raise SimulationError(f"{self.id}: sample times increase from 0 or later; given {self.time_s} s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WellCourse:
    """What happened in a well.

    counts: (cell, time, observable), molecules; the medium's part is the well's, also after a cell's death; the
        cell's own part is held at its death; NaN: failed.
    medium: (time, medium species), molecules a share. species: names of these.
    death_time_s: (cell,), s, inf alive, NaN failed. death_kind: (cell,), text. status: (cell,).
    member: (cell,), which of the well's members. cell: (cell,), number of the individual in its line.
    macro_s: (step + 1,), s, the borders of the macro steps. rejected: how many were taken again.
    balance: what each medium species gained, molecules a share, by cause; empty without a ledger.
    """

    counts: Array
    medium: Array
    species: tuple[str, ...]
    time_s: Array
    death_time_s: Array
    death_kind: Array
    status: Array
    member: Array
    cell: Array
    macro_s: Array
    rejected: int
    messages: Mapping[int, str] = field(default_factory=dict)
    balance: Mapping[str, Array] = field(default_factory=dict)
    final: Array | None = None


_COMPILED: dict[tuple[int, bool], tuple[Network, Compiled]] = {}


def compiled_for(network: Network, *, ledger: bool = False) -> Compiled:
    """The shared network of this one, compiled once in this process."""
    key = (id(network), ledger)
    if key not in _COMPILED or _COMPILED[key][0] is not network:
        net = shared(network, ledger=ledger)
        _COMPILED[key] = (
            network,
            Compiled(
                shared=net,
                kernel=compile_kernel(net.cell),
                program=program_of(net.cell),
                empty_kernel=compile_kernel(net.empty),
                empty_program=program_of(net.empty),
            ),
        )
    return _COMPILED[key][1]


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
    """
    compiled = compiled_for(network, ledger=ledger)
    run = _Run(well, network, compiled, solver or RosenbrockSolver(), coupling or Coupling(), workers)
    return run.course()


class _Run:
    """One well on its way."""

    def __init__(
        self,
        well: Well,
        network: Network,
        compiled: Compiled,
        solver: RosenbrockSolver,
        coupling: Coupling,
        workers: int,
    ) -> None:
        self.well, self.network, self.compiled = well, network, compiled
        self.solver, self.coupling, self.workers = solver, coupling, workers
        self.net: SharedNetwork = compiled.shared
        self.member = np.concatenate([np.full(len(m.cells), i) for i, m in enumerate(well.members)])
        self.cell = np.concatenate([np.array(m.cells) for m in well.members])
        n_cells, n_times = len(self.cell), len(well.time_s)
        self.medium_weights = well.observe[:, self.net.medium]
        self.own = np.zeros((len(well.observables), len(self.net.cell.species)))
        self.own[:, : well.observe.shape[1]] = well.observe
        self.own[:, self.net.medium] = 0.0
        self.counts = np.full((n_cells, n_times, len(well.observables)), np.nan)
        self.medium = np.full((n_times, len(self.net.medium)), np.nan)
        self.death_s = np.full(n_cells, np.inf)
        self.kind = np.full(n_cells, -1)
        self.status = np.zeros(n_cells, dtype=np.int64)
        self.messages: dict[int, str] = {}
        self.tolerance = Tolerance(
            relative=solver.rtol, floor=self._floor(), max_steps=solver.max_steps
        )
        self.rejected = 0
        self.macro_s: list[float] = []
        self.booked = {name: np.zeros(len(self.net.medium)) for name in ("poured", "renewed")}
        self.gone = np.zeros(2 * len(self.net.medium))  # ledgers of shares that were handed over

    def _floor(self) -> Array:
        floor = np.full(len(self.net.cell.species), self.solver.floor)
        floor[self.net.from_cell] = floor[self.net.in_medium] = 1e30  # books steer no step
        return floor

    # --- from rest to end ---------------------------------------------------------------------------

    def course(self) -> WellCourse:
        """Everything."""
        well, recipes = self.well, [one.recipe for one in self.well.members]
        shares = self._rested()
        sight = self._sight(recipes)
        changes = self._moments()
        end_s = max(recipes[0].end_s, 1e-6)
        now = min([0.0, *changes])
        stops = sorted({*(t for t in changes if now < t <= end_s), end_s})
        self.macro_s.append(now)
        begin = shares.empty[: len(self.net.medium)].copy()
        shares = self._changed(shares, changes.get(now))
        for stop in stops:
            shares = self._until(shares, sight, now, stop, end_s)
            now = stop
            if stop in changes:
                shares = self._changed(shares, changes[stop])
        if end_s in changes:  # what is looked at in the last moment has seen it
            shares = self._until(shares, sight, end_s, end_s + 1e-6, end_s + 1e-6)
        return self._finished(shares, begin, recipes)

    def _moments(self) -> dict[float, tuple[list[Any], Renewal | None]]:
        times = {c.time_s for m in self.well.members for c in m.recipe.changes}
        renewals = {one.time_s: one for one in self.well.renewals}
        end_s = self.well.members[0].recipe.end_s
        found: dict[float, tuple[list[Any], Renewal | None]] = {}
        for time_s in sorted({*times, *renewals}):
            if time_s <= end_s:
                each = [
                    next((c for c in m.recipe.changes if c.time_s == time_s), None)
                    for m in self.well.members
                ]
                found[time_s] = (each, renewals.get(time_s))
        return found

    def _rested(self) -> Shares:
        """Every cell at its own rest, their media mixed."""
        own = np.concatenate([m.recipe.parameters(m.cells) for m in self.well.members])
        kernel = compile_kernel(self.network)
        rests = []
        program = program_of(self.network)
        for first in range(0, len(own), 2048):
            rest, status, words = self.solver.rest(program, kernel, own[first : first + 2048])
            rests.append(rest)
            self.status[first : first + len(status)] = status
            self.messages |= {first + cell: text for cell, text in words.items()}
        counts = np.zeros((len(own), len(self.net.cell.species)))
        counts[:, : own_size(self.network)] = np.concatenate(rests)
        living = np.flatnonzero(self.status == Status.OK)
        parameters = np.concatenate((own, np.zeros((len(own), len(self.net.medium)))), axis=1)[living]
        counts = counts[living]
        mixed = counts[:, self.net.medium].mean(axis=0) if len(living) else np.zeros(len(self.net.medium))
        counts[:, self.net.medium] = mixed
        first_line = self.well.members[0].recipe.median
        return Shares(
            counts=counts,
            parameters=parameters,
            values=self.compiled.kernel.constants(parameters),
            cell=living,
            empty=np.concatenate((mixed, np.zeros(len(self.net.in_medium)))),
            n_empty=0,
            empty_parameters=np.concatenate((first_line, np.zeros(len(self.net.medium)))),
        )

    def _sight(self, recipes: Sequence[Recipe]) -> Sight:
        watches = recipes[0].watches
        if not watches:
            return Sight(
                own=self.own, watch=None, levels=None, threshold_place=(), threshold_divisor=()
            )
        watch = np.zeros((len(watches), self.own.shape[1]))
        watch[:, : own_size(self.network)] = [one.weights for one in watches]
        levels = np.array(
            [[0.0 if isinstance(w.threshold, Place) else w.threshold for w in one.watches] for one in recipes]
        )
        return Sight(
            own=self.own,
            watch=watch,
            levels=levels[self.member],
            threshold_place=[w.threshold.index if isinstance(w.threshold, Place) else -1 for w in watches],
            threshold_divisor=[-1 if w.divided_by is None else w.divided_by.index for w in watches],
        )

    def _changed(self, shares: Shares, moment: tuple[list[Any], Renewal | None] | None) -> Shares:
        """After the changes of one moment: first the medium is renewed, then doses and parameters."""
        if moment is None:
            return shares
        each, renewal = moment
        size = len(self.net.medium)
        medium = shares.empty[:size].copy()
        if renewal is not None:
            new = renewal.kept * medium + renewal.fresh
            self.booked["renewed"] += new - medium
            medium = new
        before = medium.copy()
        rank = {int(place): number for number, place in enumerate(self.net.medium)}
        first = next((one for one in each if one is not None), None)
        if first is not None:
            for species, amount, adds in zip(first.species, first.amounts, first.adds, strict=True):
                medium[rank[int(species)]] = adds * before[rank[int(species)]] + amount
            self.booked["poured"] += medium - before
        shares.counts[:, self.net.medium] = medium
        shares.empty[:size] = medium
        for number, one in enumerate(each):
            if one is not None and len(one.parameters):
                mine = np.flatnonzero(self.member[shares.cell] == number)
                shares.parameters[np.ix_(mine, one.parameters)] = one.values
        if first is not None and len(first.parameters):
            shares.empty_parameters[first.parameters] = first.values
        if any(one is not None and len(one.parameters) for one in each):
            shares.values = self.compiled.kernel.constants(shares.parameters)
        return shares

    # --- macro steps --------------------------------------------------------------------------------

    def _until(self, shares: Shares, sight: Sight, now: float, stop: float, end_s: float) -> Shares:
        coupling = self.coupling
        speeds = self._speeds_now(shares, now)
        length = coupling.fixed_s or coupling.first_s
        while now < stop:
            parts = max(1, int(np.ceil((stop - now) / length - 1e-9)))
            # The last two steps before a stop are alike, rather than one and a crumb.
            step = length if parts > 2 else (stop - now) / parts
            then = stop if parts == 1 else now + step
            times = self._times(now, then, then >= end_s)
            middle = (now + then) / 2
            flow = speeds.exchange(middle, shares.weight)
            found = stretch(
                self.compiled, shares, flow, (now, then), (sight, self.well.time_s[times]),
                (self.tolerance, self.workers),
            )  # fmt: skip
            apart, mixed = self._apart(shares, found)
            own = (found.medium[:, : len(mixed)] - shares.empty[: len(mixed)]) / (then - now) - flow
            after = speeds.then(np.where(found.known[:, None], own, 0.0), middle)
            error = self._error(found, apart, after.bow(then - now, shares.weight * found.known), mixed)
            if error > 1 and coupling.fixed_s is None and then - now > coupling.shortest_s:
                self.rejected += 1
                length = min(coupling.next_s(then - now, error), (then - now) * 0.7)
                continue
            length = coupling.next_s(then - now, error)
            shares, speeds = self._mixed(shares, after, (found, mixed), times, (now, then))
            now = then
            self.macro_s.append(now)
        return shares

    def _times(self, now: float, then: float, last: bool) -> Array:
        times = self.well.time_s
        until = np.searchsorted(times, then, side="right" if last else "left")
        return np.arange(np.searchsorted(times, now, side="left"), until)

    def _speeds_now(self, shares: Shares, now: float) -> Speeds:
        """From the derivatives of every share."""
        size = len(self.net.medium)
        speeds = np.zeros((len(shares.cell) + 1, size))
        values = shares.values.copy()
        values[:, self.net.exchange] = 0.0
        if len(shares.cell):
            speeds[:-1] = self.compiled.kernel.derivative(shares.counts, values)[:, self.net.medium]
        speeds[-1] = self._empty_speed(shares, shares.empty[:size])
        return Speeds(speed=speeds, slope=np.zeros_like(speeds), at_s=now)

    def _empty_speed(self, shares: Shares, medium: Array) -> Array:
        """(medium species,), molecules/s, of a share without a cell."""
        kernel, alone = self.compiled.empty_kernel, shares.empty_parameters.copy()
        alone[self.net.exchange] = 0.0
        state = np.zeros_like(shares.empty)
        state[: len(medium)] = medium
        speed: Array = kernel.derivative(state, kernel.constants(alone))[: len(medium)]
        return speed

    def _apart(self, shares: Shares, found: Stretch) -> tuple[Array, Array]:
        """(share, medium species), how far each is from the mixture, and the mixture, molecules."""
        weight = shares.weight * found.known
        size = len(self.net.medium)
        medium = np.where(found.known[:, None], found.medium[:, :size], 0.0)
        mixed = (weight @ medium) / weight.sum()
        return np.where(found.known[:, None], medium - mixed, 0.0), mixed

    def _error(self, found: Stretch, apart: Array, bow: Array, mixed: Array) -> float:
        """Of one step, in tolerances; over shares that a living cell sees."""
        alive = np.isinf(found.ends.death_s) & (found.ends.status == Status.OK)
        if not alive.any():
            return 0.0
        far = np.maximum(np.abs(apart), bow)[:-1][alive]
        allowed = self.coupling.tolerance * (np.abs(mixed) + self.coupling.floor)
        return float(np.sqrt(np.mean((far / allowed) ** 2, axis=0)).max())

    def _mixed(
        self,
        shares: Shares,
        speeds: Speeds,
        what: tuple[Stretch, Array],
        times: Array,
        span: tuple[float, float],
    ) -> tuple[Shares, Speeds]:
        """The shares once the step is taken: what was seen is written down, the dead give up their share."""
        found, mixed = what
        ends, cell = found.ends, shares.cell
        dead = np.isfinite(ends.death_s) & (ends.status == Status.OK)
        failed = ends.status != Status.OK
        n_kept = len(self.own)
        seen = ends.counts[:, :-1, :n_kept]
        self.medium[times] = found.seen
        self.counts[np.ix_(cell, times)] = seen
        later = np.arange(times[-1] + 1 if len(times) else self._first_after(span[1]), len(self.well.time_s))
        for lane in np.flatnonzero(dead):
            self.counts[np.ix_([cell[lane]], later)] = ends.counts[lane, -1, :n_kept]
        self.death_s[cell[dead]] = np.maximum(ends.death_s[dead], 0.0)
        self.kind[cell[dead]] = ends.death_kind[dead]
        for lane in np.flatnonzero(failed):
            self.status[cell[lane]] = ends.status[lane]
            self.counts[cell[lane]] = np.nan
            self.messages[int(cell[lane])] = "failed in the well; the medium goes on without its share"
        size = len(self.net.medium)
        self._hand_over(found, np.flatnonzero(dead))
        alive = ~dead & ~failed
        if dead.any() and not shares.n_empty:  # the first share without a cell
            speeds.speed[-1], speeds.slope[-1] = self._empty_speed(shares, mixed), 0.0
        speeds = speeds.of(np.append(alive, True))
        counts = ends.final[alive]
        counts[:, self.net.medium] = mixed
        empty = found.medium[-1].copy()
        empty[:size] = mixed
        return Shares(
            counts=counts,
            parameters=shares.parameters[alive] if not alive.all() else shares.parameters,
            values=shares.values[alive] if not alive.all() else shares.values,
            cell=cell[alive],
            empty=empty,
            n_empty=shares.n_empty + int(dead.sum()),
            empty_parameters=shares.empty_parameters,
        ), speeds

    def _first_after(self, time_s: float) -> int:
        return int(np.searchsorted(self.well.time_s, time_s))

    def _hand_over(self, found: Stretch, dead: Array) -> None:
        """The books of shares whose cells have died, and from then on those of the empty ones."""
        size = len(self.net.from_cell)
        if not size:
            return
        self.gone[:size] += found.ends.counts[dead, -1, -size:].sum(axis=0)
        self.gone[size : 2 * size] += found.medium[dead][:, size:].sum(axis=0)

    # --- what it comes to ---------------------------------------------------------------------------

    def _finished(self, shares: Shares, begin: Array, recipes: Sequence[Recipe]) -> WellCourse:
        seen = np.where(self.medium < NOTHING, 0.0, self.medium)
        counts = self.counts + np.einsum("om,tm->to", self.medium_weights, seen)[None]
        bad = self.status != Status.OK
        kinds = np.array([*(watch.kind for watch in recipes[0].watches), ""])
        return WellCourse(
            counts=np.where(counts < NOTHING, 0.0, counts),
            medium=seen,
            species=tuple(self.net.cell.species[place].name for place in self.net.medium),
            time_s=self.well.time_s,
            death_time_s=np.where(bad, np.nan, self.death_s),
            death_kind=np.where(bad, "", kinds[self.kind]),
            status=self.status.astype(np.int8),
            member=self.member,
            cell=self.cell,
            macro_s=np.array(self.macro_s),
            rejected=self.rejected,
            messages=self.messages,
            final=shares.empty[: len(self.net.medium)].copy(),
        )


def own_size(network: Network) -> int:
    """How many species a cell and its share have."""
    return len(network.species)
