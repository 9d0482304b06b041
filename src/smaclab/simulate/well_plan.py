"""An experiment becomes a well: a recipe a line, and what comes with each change of medium."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SimulationError
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.drug import Drug
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.shared_well import MediumChange, SharedWell
from smaclab.experiment.value import Value
from smaclab.network.network import Network
from smaclab.simulate.change import Assignment
from smaclab.simulate.plan import plan
from smaclab.simulate.well import Member, Renewal, Well
from smaclab.simulate.well_growth import most_cells

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
    known = _at_its_pace(well, catalogue)
    lines = [(line, count, _doubling_s(line, well, known)) for line, count in lines_of(experiment)]
    end_s = max(experiment.duration_s, experiment.sample_s[-1])
    shares_per_cell = most_cells(end_s, [(count, doubling_s) for _, count, doubling_s in lines])
    # What is planned is one share; how many there are for a cell, the well knows.
    apart = replace(experiment, well=None, medium_volume_pl=experiment.medium_volume_pl / shares_per_cell)
    members, batch = [], None
    sets = {
        one.at_s: brought_by(one.donor, experiment, catalogue) for one in changes if one.donor is not None
    }
    for line, count, doubling_s in lines:
        batch = plan([replace(apart, cell_line=line, cells=count)], known, network)
        recipe = batch.recipes[0]
        recipe = replace(recipe, changes=tuple(_with_sets(recipe.changes, sets, network)))
        members.append(Member(recipe=recipe, cells=range(count), doubling_s=doubling_s))
    assert batch is not None
    return Well(
        id=experiment.id,
        members=tuple(members),
        time_s=batch.time_s,
        observables=batch.observables,
        observe=batch.observe,
        together_s=well.together_s if well is not None else 0.0,
        shares_per_cell=shares_per_cell,
        renewals=tuple(_renewals(changes, given, apart.medium_volume_pl, network)),
    )


def _at_its_pace(well: SharedWell | None, catalogue: Catalogue) -> Catalogue:
    """The catalogue with all lines at the pace that a well was given, where it was given one."""
    if well is None or well.doubling_s is None:
        return catalogue
    pace = Value(value=well.doubling_s, unit="s", evidence="assumed", source="Given with the well.")
    lines = tuple(replace(line, doubling_time_s=pace) for line in catalogue.cell_lines)
    return replace(catalogue, cell_lines=lines)


def _doubling_s(line: str, well: SharedWell | None, catalogue: Catalogue) -> float:
    """In which time a line's number doubles in this well, s; inf where it does not grow."""
    known = catalogue.find_cell_line(line)
    if well is None or not well.grows or known is None:
        return np.inf
    return known.doubling_time_s.value


def _renewals(
    changes: Sequence[MediumChange], given: Sequence[Array | None], share_pl: float, network: Network
) -> Iterator[Renewal]:
    """What comes with each change of medium into a share."""
    none = np.zeros(sum(one.compartment == "medium" for one in network.species))
    for change, one in zip(changes, given, strict=True):
        yield Renewal(
            time_s=change.at_s,
            kept=1.0 - change.fraction,
            fresh=none if one is None else change.fraction * share_pl * one,
        )


def brought_by(donor: Experiment, taker: Experiment, catalogue: Catalogue) -> dict[str, float]:
    """Parameters that a supernatant's drugs bring: their affinities, as a dose of them would.

    Raises:
        SimulationError: a drug of the donor that the model does not follow in the medium and that the taker
            does not get as well, or another drug of the taker in the same slot.
    """
    sets: dict[str, float] = {}
    taken = _given(taker, catalogue)
    for drug in _given(donor, catalogue).values():
        if drug.enters is None and drug.name not in taken:
            raise SimulationError(
                f"{taker.id}: {donor.id} was given {drug.name}, which is not followed in the medium, so its "
                f"supernatant cannot bring it. Give {drug.name} to {taker.id} too, or leave it out of "
                f"{donor.id}."
            )
        for other in taken.values():
            if drug.enters is not None and other.enters == drug.enters and other.name != drug.name:
                raise SimulationError(
                    f"{taker.id}: the supernatant of {donor.id} brings {drug.name}, and {other.name} is "
                    f"given, both as {drug.enters!r}. One experiment can hold one drug of this kind."
                )
        sets |= {name: value.value for name, value in drug.sets.items()}
    for change in donor.well.changes if donor.well is not None else ():
        if isinstance(change.donor, Experiment):
            sets = brought_by(change.donor, taker, catalogue) | sets
    return sets


def _given(experiment: Experiment, catalogue: Catalogue) -> dict[str, Drug]:
    """Drugs of which an experiment gets any, by name."""
    found = (catalogue.find_drug(dose.drug) for dose in experiment.doses if dose.given)
    return {drug.name: drug for drug in found if drug is not None}


def _with_sets(
    changes: Sequence[Assignment], sets: Mapping[float, Mapping[str, float]], network: Network
) -> Iterator[Assignment]:
    """The changes, with parameters set at more times; what is set then already stays as it is."""
    by_time = {one.time_s: one for one in changes}
    empty = np.zeros(0)
    for time_s in sorted({*by_time, *sets}):
        blank = Assignment(
            time_s=time_s,
            parameters=empty.astype(np.intp),
            values=empty,
            species=empty.astype(np.intp),
            amounts=empty,
            adds=empty,
        )
        one = by_time.get(time_s, blank)
        places = {network.parameter_index[name]: value for name, value in sets.get(time_s, {}).items()}
        new = {place: value for place, value in places.items() if place not in one.parameters}
        yield replace(
            one,
            parameters=np.concatenate((one.parameters, np.array(list(new), dtype=np.intp))),
            values=np.concatenate((one.values, np.array(list(new.values()), dtype=float))),
        )
