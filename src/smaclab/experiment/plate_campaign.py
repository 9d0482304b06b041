"""A plate becomes a campaign: one experiment for each distinct condition, and every well knows its own."""

from dataclasses import dataclass, replace

from smaclab.errors import ExperimentError
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.grid import MOST_EXPERIMENTS
from smaclab.experiment.plate import Plate, Well

_STEP_S = 1800.0
_MOST_STEPS = 48  # of a curve; a long run is drawn with as many points as a short one


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateCampaign:
    """A campaign and, for each well of the plate, the id of its experiment."""

    plate: Plate
    campaign: Campaign
    experiment_ids: tuple[str, ...]


def campaign_of(
    plate: Plate, *, readouts: tuple[str, ...] = (), cells: int = 50, seed: int = 1
) -> PlateCampaign:
    """One experiment a condition; replicates and times of one condition share it.

    Args:
        plate: Its wells.
        readouts: What to look at beside viability and what was measured.
        cells: Simulated for each condition.
        seed: Of all experiments.

    Raises:
        ExperimentError: nothing is looked at after time 0, or there are too many conditions.
    """
    end_s = max(well.read_s for well in plate.wells)
    if end_s <= 0:
        raise ExperimentError(f"{plate.id}: every well is read at {end_s:g} h. Look at one after time 0.")
    wanted = tuple(dict.fromkeys(("viability", *plate.measured, *readouts)))
    times = _sample_s(plate, end_s)
    numbers: dict[tuple[object, ...], int] = {}
    experiments: list[Experiment] = []
    ids = []
    for well in plate.wells:
        condition = _condition(well)
        number = numbers.setdefault(condition, len(numbers) + 1)
        name = f"{plate.id}__{number:03d}"
        ids.append(name)
        if number > len(experiments):
            experiments.append(
                Experiment(
                    id=name,
                    cell_line=well.cell_line,
                    readouts=wanted,
                    doses=_ordered(well.doses),
                    perturbations=well.perturbations,
                    hypotheses=well.hypotheses,
                    cells=cells,
                    duration_s=end_s,
                    sample_s=times,
                    seed=seed,
                    well=well.shared,
                )
            )
    if len(experiments) > MOST_EXPERIMENTS:
        raise ExperimentError(
            f"{plate.id}: {len(experiments):,} conditions. At most {MOST_EXPERIMENTS:,} are understood."
        )
    return PlateCampaign(
        plate=plate,
        campaign=Campaign(id=plate.id, experiments=tuple(experiments)),
        experiment_ids=tuple(ids),
    )


def without_drug(experiment: Experiment, drug: str) -> Experiment:
    """The same experiment without the doses of one drug: what the points of a dose curve share."""
    return replace(experiment, doses=tuple(dose for dose in experiment.doses if dose.drug != drug))


def _sample_s(plate: Plate, end_s: float) -> tuple[float, ...]:
    """Every time at which a well is read, and enough between them to draw a curve."""
    step_s = max(_STEP_S, end_s / _MOST_STEPS)
    steps = [number * step_s for number in range(int(end_s / step_s) + 1)]
    read = {well.read_s for well in plate.wells}
    near = [time for time in steps if all(abs(time - one) > 1e-6 for one in read)]
    return tuple(sorted({0.0, end_s, *read, *near}))


def _condition(well: Well) -> tuple[object, ...]:
    letters = tuple(sorted(well.hypotheses.items()))
    return (well.cell_line, _ordered(well.doses), well.perturbations, letters, well.shared)


def _ordered(doses: tuple[Dose, ...]) -> tuple[Dose, ...]:
    return tuple(sorted(doses, key=lambda dose: (dose.drug, dose.start_s)))
