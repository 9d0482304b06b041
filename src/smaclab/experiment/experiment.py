"""One cell line, what is done to it, and what is looked at."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.dose import Dose
from smaclab.experiment.perturbation import Perturbation

ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
ID_RULE = "An id is 1 to 64 letters, digits, '_' and '-'"
MEDIUM_VOLUME_PL = 10_000.0  # 100 µl of medium shared by 10,000 cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One experiment.  Names are the catalogue's own, times are seconds, the dose stands in nanomolar.

    sample_s: (time,), s, increasing, from 0 to `duration_s`.
    hypotheses: id -> letter of the switches that were chosen; the others stay at their defaults.
    medium_volume_pl: the medium each cell owns.
    """

    id: str
    cell_line: str
    readouts: tuple[str, ...] = ("viability",)
    doses: tuple[Dose, ...] = ()
    perturbations: tuple[Perturbation, ...] = ()
    cells: int = 50
    duration_s: float = 86_400.0
    sample_s: tuple[float, ...] = tuple(1800.0 * i for i in range(49))
    seed: int = 1
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    medium_volume_pl: float = MEDIUM_VOLUME_PL

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not ID.fullmatch(self.id):
            raise ExperimentError(f"{shown(self.id)} is not an id. {ID_RULE}.")
        if isinstance(self.cells, bool) or not isinstance(self.cells, int) or self.cells < 1:
            raise ExperimentError(f"{self.id}: {shown(self.cells)} cells. It is a whole number, 1 or more.")
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise ExperimentError(f"{self.id}: seed {shown(self.seed)}. It is a whole number, 0 or more.")
        if not (math.isfinite(self.duration_s) and self.duration_s > 0):
            raise ExperimentError(f"{self.id}: a duration of {self.duration_s} s. It is a time above 0.")
        if not (math.isfinite(self.medium_volume_pl) and self.medium_volume_pl > 0):
            raise ExperimentError(f"{self.id}: {self.medium_volume_pl} pl of medium. It must be above 0.")
        if not self.readouts:
            raise ExperimentError(f"{self.id}: readouts {self.readouts!r}. Name at least one.")
        self._check_samples()

    def _check_samples(self) -> None:
        times = self.sample_s
        if not times:
            raise ExperimentError(f"{self.id}: sample {times!r}. Name at least one time.")
        if not all(earlier < later for earlier, later in pairwise(times)):
            raise ExperimentError(f"{self.id}: sample times {shown(times)} s do not increase.")
        if not (times[0] >= 0 and times[-1] <= self.duration_s):
            raise ExperimentError(
                f"{self.id}: sample times run from {times[0]:g} s to {times[-1]:g} s, "
                f"but the experiment from 0 to {self.duration_s:g} s."
            )
