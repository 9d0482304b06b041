"""Experiments with wells, one after another: donors of supernatants first, each solved once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.network.network import Network
from smaclab.simulate.many_solver import AnySolver
from smaclab.simulate.rosenbrock import RosenbrockSolver
from smaclab.simulate.trajectory import Trajectory
from smaclab.simulate.well import WellCourse
from smaclab.simulate.well_exchange import Coupling
from smaclab.simulate.well_follow import simulate_well
from smaclab.simulate.well_plan import plan_well

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WellRun:
    """One experiment's well: as a trajectory of one experiment, and what only a well has."""

    experiment: Experiment
    trajectory: Trajectory
    course: WellCourse


def simulate_wells(
    experiments: Sequence[Experiment],
    catalogue: Catalogue,
    network: Network,
    *,
    solver: AnySolver | None = None,
    coupling: Coupling | None = None,
    workers: int | None = None,
) -> Iterator[WellRun]:
    """The wells of these experiments, in order, as they are done.

    Args:
        experiments: with or without `well`.
        catalogue: what the names mean.
        network: of one cell with its share.
        solver: the compiled one, or None.
        coupling: how closely the medium is shared.
        workers: threads; None is one.

    Raises:
        SimulationError: another solver, or a donor that is itself in the making.
    """
    if not experiments:  # then any solver will do
        return
    own = _compiled(solver)
    coupling = coupling or Coupling()
    bench = _Bench(catalogue, network, own, coupling, workers or 1)
    for experiment in experiments:
        course = bench.course(experiment)
        yield WellRun(
            experiment=experiment,
            course=course,
            trajectory=_trajectory(experiment, course, own, coupling, bench),
        )


def _compiled(solver: AnySolver | None) -> RosenbrockSolver:
    if solver is None:
        return RosenbrockSolver()
    if not isinstance(solver, RosenbrockSolver):
        name = solver.describe().get("name", type(solver).__name__)
        raise SimulationError(
            f"{name} solves one cell at a time, and the cells of a well go on together. Leave the solver out."
        )
    return replace(solver, precision="double")


class _Bench:
    """What solves wells, and the supernatants it has taken already."""

    def __init__(
        self,
        catalogue: Catalogue,
        network: Network,
        solver: RosenbrockSolver,
        coupling: Coupling,
        workers: int,
    ) -> None:
        self.catalogue, self.network = catalogue, network
        self.solver, self.coupling, self.workers = solver, coupling, workers
        self.taken: dict[int, tuple[Experiment, Array]] = {}
        self.names: dict[str, tuple[str, ...]] = {}

    def course(self, experiment: Experiment, depth: int = 0) -> WellCourse:
        """What happens in one well."""
        if depth > MOST_TRANSFERS:
            raise SimulationError(
                f"{experiment.id}: a supernatant of a supernatant, more than {MOST_TRANSFERS} times over."
            )
        changes = experiment.well.changes if experiment.well is not None else ()
        supernatants = [
            None if one.donor is None else self.supernatant(one.donor, one.taken_s, depth + 1)
            for one in changes
        ]
        well = plan_well(experiment, self.catalogue, self.network, supernatants)
        self.names[experiment.id] = well.observables
        return simulate_well(
            well, self.network, solver=self.solver, coupling=self.coupling, workers=self.workers
        )

    def supernatant(self, donor: Any, taken_s: float | None, depth: int) -> Array:
        """(medium species,), molecules per pl, at `taken_s`, or at the donor's end."""
        if not isinstance(donor, Experiment):
            raise SimulationError(f"a supernatant of {donor!r}: an Experiment gives one.")
        at_s = donor.duration_s if taken_s is None else taken_s
        if not 0 < at_s <= donor.duration_s:
            raise SimulationError(
                f"the supernatant of {donor.id} is taken at {at_s / 3600:g} h, but it lasts from 0 to "
                f"{donor.duration_s / 3600:g} h."
            )
        given = replace(donor, duration_s=at_s, sample_s=(at_s,), readouts=("viability",))
        key = hash((id(donor), at_s))
        if key not in self.taken or self.taken[key][0] is not donor:
            course = self.course(given, depth)
            self.taken[key] = (donor, course.medium[-1] / donor.medium_volume_pl)
        return self.taken[key][1]


MOST_TRANSFERS = 5


def _trajectory(
    experiment: Experiment, course: WellCourse, solver: RosenbrockSolver, coupling: Coupling, bench: _Bench
) -> Trajectory:
    steps: Mapping[str, Any] = {
        "tolerance": coupling.tolerance,
        "floor": f"{coupling.floor:g} molecules a share",
    }
    return Trajectory(
        counts=course.counts[None],
        time_s=course.time_s,
        observables=bench.names[experiment.id],
        death_time_s=course.death_time_s[None],
        death_kind=course.death_kind[None],
        status=course.status[None],
        experiments=(experiment.id,),
        end_s=np.array([max(experiment.duration_s, experiment.sample_s[-1])]),
        messages={(0, cell): words for cell, words in course.messages.items()},
        algorithm=dict(solver.describe()) | {"shared medium": dict(steps)},
    )
