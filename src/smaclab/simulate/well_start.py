"""Where a well begins: every cell at its own rest, then all media mixed; and what is changed when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.kernel.compile import compile_kernel
from smaclab.network.network import Network
from smaclab.simulate.change import Assignment
from smaclab.simulate.death import Place
from smaclab.simulate.plan import MEDIUM_VOLUME
from smaclab.simulate.rosenbrock import LARGEST_CHUNK, RosenbrockSolver, program_of
from smaclab.simulate.status import Status
from smaclab.simulate.well import Renewal, Well
from smaclab.simulate.well_network import shared
from smaclab.simulate.well_shares import Compiled, Shares, Sight, write_rows

Array = NDArray[Any]

_COMPILED: dict[tuple[int, bool], tuple[Network, Compiled]] = {}  # by network; networks never change


def compiled_for(network: Network, *, ledger: bool = False) -> Compiled:
    """The network of a cell in a well, compiled once in this process.

    Args:
        network: of one cell with its share of the medium.
        ledger: whether the medium's balance is kept.
    """
    key = (id(network), ledger)
    if key not in _COMPILED or _COMPILED[key][0] is not network:
        net = shared(network, ledger=ledger)
        program = program_of(net.cell)
        places = program.value_places.tolist()
        found = Compiled(
            shared=net,
            own_kernel=compile_kernel(network),
            kernel=compile_kernel(net.cell),
            program=program,
            inflow=np.array([places.index(place) for place in net.exchange], dtype=np.intp),
            empty_kernel=compile_kernel(net.empty),
            empty_program=program_of(net.empty),
        )
        _COMPILED[key] = (network, found)
    return _COMPILED[key][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Shares at the beginning, and how the rest of each cell ended. status: (cell,)."""

    shares: Shares
    status: Array
    messages: Mapping[int, str]


def rested(well: Well, network: Network, compiled: Compiled, solver: RosenbrockSolver, sight: Sight) -> Start:
    """Every cell at the rest that it has with a share of its own; then the media are mixed.

    For cells of one line this is the rest of the well itself, to about a hundredth: they differ little in
    what they give and take. Lines that rested apart meet here.
    """
    parameters = _parameters(well, len(compiled.shared.exchange))
    own = parameters[:, : len(network.parameters)]
    kernel, program, net = compiled.own_kernel, program_of(network), compiled.shared
    counts = np.zeros((len(own), len(net.cell.species)))
    status = np.zeros(len(own), dtype=np.int64)
    messages: dict[int, str] = {}
    for first in range(0, len(own), LARGEST_CHUNK):
        some = slice(first, first + LARGEST_CHUNK)
        apart = _with_all_shares(own[some], network, well.shares_per_cell)
        counts[some, : len(network.species)], status[some], words = solver.rest(program, kernel, apart)
        messages |= {first + cell: text for cell, text in words.items()}
    living = np.flatnonzero(status == Status.OK)
    if len(living) < len(own):  # a copy of everything, which is large
        counts, parameters = counts[living], parameters[living]
    no_exchange = np.zeros(len(net.exchange))
    mixed = counts[:, net.medium].mean(axis=0) if len(living) else np.zeros(len(net.medium))
    mixed /= well.shares_per_cell
    counts[:, net.medium] = mixed
    empty_parameters = np.concatenate((well.members[0].recipe.median, no_exchange))
    shares = Shares(
        counts=counts,
        parameters=parameters,
        rows=np.empty((len(living), len(compiled.program.value_places) + len(sight.threshold_place))),
        step_s=np.zeros(len(living)),
        cell=living,
        stands_for=np.ones(len(living)),
        mixed=mixed,
        empty=np.concatenate((mixed, np.zeros(len(net.in_medium)))),
        n_empty=0,
        per_cell=well.shares_per_cell,
        empty_parameters=empty_parameters,
        empty_values=compiled.empty_kernel.constants(empty_parameters),
    )
    write_rows(compiled, sight, shares)
    return Start(shares=shares, status=status, messages=messages)


def _with_all_shares(parameters: Array, network: Network, shares_per_cell: float) -> Array:
    """(cell, parameter), as long as each cell has the medium that its lineage will have at the end."""
    if shares_per_cell == 1.0 or MEDIUM_VOLUME not in network.parameter_index:
        return parameters
    larger = parameters.copy()
    larger[:, network.parameter_index[MEDIUM_VOLUME]] *= shares_per_cell
    return larger


def _parameters(well: Well, n_exchange: int) -> Array:
    """(cell, parameter), of all cells, with no exchange yet; drawn by pieces, because they are large."""
    found: Array = np.zeros((0, 0))
    first = 0
    for member in well.members:
        for start in range(0, len(member.cells), LARGEST_CHUNK):
            drawn = member.recipe.parameters(member.cells[start : start + LARGEST_CHUNK])
            if not found.size:
                total = sum(len(one.cells) for one in well.members)
                found = np.zeros((total, drawn.shape[1] + n_exchange))
            found[first : first + len(drawn), : drawn.shape[1]] = drawn
            first += len(drawn)
    return found


def sight_of(well: Well, network: Network, compiled: Compiled) -> Sight:
    """What is kept of each cell, without the medium, and what kills it."""
    size, net = len(network.species), compiled.shared
    own = np.zeros((len(well.observables), len(net.cell.species)))
    own[:, :size] = well.observe
    own[:, net.medium] = 0.0
    recipes = [one.recipe for one in well.members]
    watches = recipes[0].watches
    if not watches:
        return Sight(own=own, watch=None, levels=None, threshold_place=(), threshold_divisor=())
    watch = np.zeros((len(watches), len(net.cell.species)))
    watch[:, :size] = [one.weights for one in watches]
    each = [
        [0.0 if isinstance(one.threshold, Place) else one.threshold for one in recipe.watches]
        for recipe in recipes
    ]
    return Sight(
        own=own,
        watch=watch,
        levels=np.repeat(np.array(each, dtype=float), [len(one.cells) for one in well.members], axis=0),
        threshold_place=[w.threshold.index if isinstance(w.threshold, Place) else -1 for w in watches],
        threshold_divisor=[-1 if w.divided_by is None else w.divided_by.index for w in watches],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is changed at one time: for each member an assignment or nothing, and the medium."""

    assignments: Sequence[Assignment | None]
    renewal: Renewal | None


def moments(well: Well) -> dict[float, Moment]:
    """By time, s, in order, up to the end."""
    recipes = [one.recipe for one in well.members]
    renewals = {one.time_s: one for one in well.renewals}
    times = sorted({*(change.time_s for one in recipes for change in one.changes), *renewals})
    return {
        time_s: Moment(
            assignments=[next((c for c in r.changes if c.time_s == time_s), None) for r in recipes],
            renewal=renewals.get(time_s),
        )
        for time_s in times
        if time_s <= recipes[0].end_s
    }
