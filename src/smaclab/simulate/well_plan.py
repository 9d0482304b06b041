"""An experiment becomes a well: a recipe a line, and what comes with each change of medium."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.network.network import Network
from smaclab.simulate.plan import plan
from smaclab.simulate.well import Member, Renewal, Well

Array = NDArray[Any]


def lines_of(experiment: Experiment) -> tuple[tuple[str, int], ...]:
    """(cell line, simulated cells) of an experiment, its own line first; without a well there is one."""
    if experiment.well is None:
        return ((experiment.cell_line, experiment.cells),)
    return experiment.well.lines(experiment.cell_line, experiment.cells)


def plan_well(
    experiment: Experiment, catalogue: Catalogue, network: Network, supernatants: Sequence[Array | None] = ()
) -> Well:
    """The well of one experiment.

    Args:
        experiment: with or without a well; without, its cells share what they would own.
        catalogue: what the names mean.
        network: of one cell with its share.
        supernatants: for each change of medium (medium species,), molecules per pl; None: fresh medium.

    Raises:
        SimulationError: as for `plan`, or a change of medium whose supernatant is missing.
    """
    well = experiment.well
    changes = well.changes if well is not None else ()
    given = list(supernatants) or [None] * len(changes)
    if len(given) != len(changes) or any(
        (one is None) != (change.donor is None) for one, change in zip(given, changes, strict=False)
    ):
        raise SimulationError(
            f"{experiment.id}: {len(changes)} changes of medium with {len(given)} supernatants. Each change "
            "that names a donor needs one."
        )
    members, batch = [], None
    for line, count in lines_of(experiment):
        batch = plan([replace(experiment, cell_line=line, cells=count)], catalogue, network)
        members.append(Member(recipe=batch.recipes[0], cells=range(count)))
    assert batch is not None
    none = np.zeros(sum(one.compartment == "medium" for one in network.species))
    return Well(
        id=experiment.id,
        members=tuple(members),
        time_s=batch.time_s,
        observables=batch.observables,
        observe=batch.observe,
        together_s=well.together_s if well is not None else 0.0,
        renewals=tuple(
            Renewal(
                time_s=change.at_s,
                kept=1.0 - change.fraction,
                fresh=none if one is None else change.fraction * experiment.medium_volume_pl * one,
            )
            for change, one in zip(changes, given, strict=True)
        ),
    )
