"""One cell line, what is done to it, and what is looked at."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.dose import Dose
from smaclab.experiment.perturbation import Perturbation
from smaclab.experiment.real import is_finite, is_real, is_whole
from smaclab.experiment.shared_well import SharedWell
from smaclab.experiment.variability import Variability

ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
ID_RULE = "An id is 1 to 64 letters, digits, '_' and '-'"
MEDIUM_VOLUME_PL = 10_000.0  # 100 µl of medium shared by 10,000 cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """One experiment.  Names are the catalogue's own, times are seconds, the dose stands in nanomolar.

    sample_s: (time,), s, increasing, from 0 to `duration_s`.
    hypotheses: id -> letter of the switches that were chosen; the others stay at their defaults.
    medium_volume_pl: the medium each cell owns, or where there is a well its share of that.
    in_vitro: symbols and reagents; only these are present.  Empty: a living cell.
    well: whose cells share their medium; None: each cell has its own.
    population: how cells vary; None: every protein by itself, no sisters.
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
    in_vitro: tuple[str, ...] = ()
    well: SharedWell | None = None
    population: Variability | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not ID.fullmatch(self.id):
            raise ExperimentError(f"{shown(self.id)} is not an id. {ID_RULE}.")
        if not is_whole(self.cells) or self.cells < 1:
            raise ExperimentError(f"{self.id}: {shown(self.cells)} cells. It is a whole number, 1 or more.")
        if not is_whole(self.seed) or self.seed < 0:
            raise ExperimentError(f"{self.id}: seed {shown(self.seed)}. It is a whole number, 0 or more.")
        if not (is_finite(self.duration_s) and self.duration_s > 0):
            raise ExperimentError(
                f"{self.id}: a duration of {shown(self.duration_s)} s. It is a time above 0."
            )
        if self.well is not None:
            if not isinstance(self.well, SharedWell):
                raise ExperimentError(f"{self.id}: well {shown(self.well)}. It is a SharedWell or None.")
            object.__setattr__(self, "medium_volume_pl", self.well.share_pl)
        if self.population is not None and not isinstance(self.population, Variability):
            raise ExperimentError(
                f"{self.id}: population {shown(self.population)}. It is a Variability or None."
            )
        if not (is_finite(self.medium_volume_pl) and self.medium_volume_pl > 0):
            raise ExperimentError(f"{self.id}: {shown(self.medium_volume_pl)} pl of medium. It is above 0.")
        self._freeze_lists()
        if not self.readouts:
            raise ExperimentError(f"{self.id}: readouts {self.readouts!r}. Name at least one.")
        self._check_samples()
        # Whole and NumPy numbers as Python's own, so that equal experiments have equal records.
        for name, kind in (("cells", int), ("seed", int), ("duration_s", float), ("medium_volume_pl", float)):
            object.__setattr__(self, name, kind(getattr(self, name)))

    def _freeze_lists(self) -> None:
        """Lists become tuples, of the right things."""
        wanted: dict[str, Any] = {
            "readouts": (str, "names"),
            "in_vitro": (str, "names"),
            "doses": (Dose, "Dose"),
            "perturbations": (
                Perturbation,
                "KnockOut, KnockDown, OverExpress, GeneDosage, Mutate, Inhibit or Activate",
            ),
        }
        for name, (kind, words) in wanted.items():
            given = getattr(self, name)
            is_list = isinstance(given, list | tuple)
            if not is_list or not all(isinstance(one, kind) for one in given):
                raise ExperimentError(f"{self.id}: {name} {shown(given)}. It is a list of {words}.")
            object.__setattr__(self, name, tuple(given))

    def _check_samples(self) -> None:
        times = tuple(self.sample_s) if isinstance(self.sample_s, Iterable) else (self.sample_s,)
        if not all(is_real(time) for time in times):
            raise ExperimentError(f"{self.id}: sample {shown(self.sample_s)}. It is a list of times, s.")
        times = tuple(float(time) for time in times)
        object.__setattr__(self, "sample_s", times)
        if not times:
            raise ExperimentError(f"{self.id}: sample {times!r}. Name at least one time.")
        if not all(earlier < later for earlier, later in pairwise(times)):
            raise ExperimentError(f"{self.id}: sample times {shown(times)} s do not increase.")
        if not (times[0] >= 0 and times[-1] <= self.duration_s):
            raise ExperimentError(
                f"{self.id}: sample times run from {times[0]:g} s to {times[-1]:g} s, "
                f"but the experiment from 0 to {self.duration_s:g} s."
            )
