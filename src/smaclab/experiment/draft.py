"""An experiment that may still miss pieces, so that all problems can be found before anyone speaks."""

from collections.abc import Mapping
from dataclasses import dataclass

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import Perturbation
from smaclab.experiment.shared_well import SharedWell
from smaclab.experiment.variability import Variability


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What could be understood; None or absent where a letter was written.

    doses, perturbations: (key in the file, noun).
    """

    id: str | None
    cell_line: str | None
    readouts: tuple[str, ...]
    doses: tuple[tuple[str, Dose], ...]
    perturbations: tuple[tuple[str, Perturbation], ...]
    cells: int | None
    duration_s: float | None
    sample_s: tuple[float, ...] | None
    seed: int | None
    hypotheses: Mapping[str, str]
    medium_volume_pl: float
    in_vitro: tuple[str, ...]
    well: SharedWell | None = None
    population: Variability | None = None

    def finish(self) -> Experiment:
        """The experiment.

        Raises:
            ExperimentError: a piece is missing; call this only where no letter was written.
        """
        if self.id is None or self.cell_line is None or self.cells is None or self.seed is None:
            raise ExperimentError(f"The draft {shown(self.id)} is not complete.")
        if self.duration_s is None or self.sample_s is None:
            raise ExperimentError(f"The draft {shown(self.id)} has no times.")
        return Experiment(
            id=self.id,
            cell_line=self.cell_line,
            readouts=self.readouts,
            doses=tuple(dose for _, dose in self.doses),
            perturbations=tuple(perturbation for _, perturbation in self.perturbations),
            cells=self.cells,
            duration_s=self.duration_s,
            sample_s=self.sample_s,
            seed=self.seed,
            hypotheses=self.hypotheses,
            medium_volume_pl=self.medium_volume_pl,
            in_vitro=self.in_vitro,
            well=self.well,
            population=self.population,
        )
