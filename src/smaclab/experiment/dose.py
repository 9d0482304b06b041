"""One drug at one concentration, from a time to a time."""

import math
from dataclasses import dataclass

from smaclab.errors import ExperimentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One drug in the medium, added at `start_s` and washed out at `end_s` (inf: never)."""

    drug: str
    concentration_nM: float
    start_s: float = 0.0
    end_s: float = math.inf

    def __post_init__(self) -> None:
        if not (math.isfinite(self.concentration_nM) and self.concentration_nM >= 0):
            raise ExperimentError(
                f"{self.drug}: {self.concentration_nM} nM. A concentration is a finite number, 0 or more."
            )
        if not (math.isfinite(self.start_s) and self.start_s >= 0):
            raise ExperimentError(f"{self.drug}: from {self.start_s} s. A dose starts at 0 or later.")
        if not self.end_s > self.start_s:
            raise ExperimentError(f"{self.drug}: added at {self.start_s:g} s but gone by {self.end_s:g} s.")
