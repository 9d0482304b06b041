"""One drug at one concentration, from a time to a time."""

import math
from dataclasses import dataclass

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.real import is_finite, is_real
from smaclab.units import show


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One drug in the medium, added at `start_s` and washed out at `end_s` (inf: never).

    clamped: the concentration in the medium is held at this value, whatever cells and antibodies take; of a
        drug that is not given (0 nM) nothing is held.
    """

    drug: str
    concentration_nM: float
    start_s: float = 0.0
    end_s: float = math.inf
    clamped: bool = False

    def __post_init__(self) -> None:
        if not (is_finite(self.concentration_nM) and self.concentration_nM >= 0):
            raise ExperimentError(
                f"{self.drug}: {shown(self.concentration_nM)} nM. "
                "A concentration is a finite number, 0 or more."
            )
        if not (is_finite(self.start_s) and self.start_s >= 0):
            raise ExperimentError(f"{self.drug}: from {shown(self.start_s)} s. A dose starts at 0 or later.")
        if not is_real(self.end_s):
            raise ExperimentError(f"{self.drug}: until {shown(self.end_s)} s. It is a number, or inf: never.")
        if not self.end_s > self.start_s:
            raise ExperimentError(
                f"{self.drug}: added at {show(self.start_s, 'time')} but gone by {show(self.end_s, 'time')}. "
                "A wash-out comes after the dose."
            )
        if not isinstance(self.clamped, bool):
            raise ExperimentError(f"{self.drug}: clamped {shown(self.clamped)}. It is True or False.")
        for name in ("concentration_nM", "start_s", "end_s"):
            object.__setattr__(self, name, float(getattr(self, name)))
