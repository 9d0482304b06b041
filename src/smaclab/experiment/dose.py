"""One drug at one concentration, from a time to a time; or radiation, absorbed at one time."""

import math
from dataclasses import dataclass, field

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.real import is_finite, is_real
from smaclab.units import show


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One drug in the medium, added at `start_s` and washed out at `end_s` (inf: never).

    absorbed_Gy: of radiation, which has no concentration and is absorbed within minutes of `start_s`.
    clamped: the concentration in the medium is held at this value, whatever cells and antibodies take; of a
        drug that is not given (0 nM) nothing is held.
    typed_g_per_mol: of a dose that was typed by mass, such as 10 ng/ml, the molar mass by which it became nM;
        None: typed in molar units. Only tables and axes read it: doses that differ in it are equal.
    """

    drug: str
    concentration_nM: float = 0.0
    absorbed_Gy: float = 0.0
    start_s: float = 0.0
    end_s: float = math.inf
    clamped: bool = False
    typed_g_per_mol: float | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not (is_finite(self.concentration_nM) and self.concentration_nM >= 0):
            raise ExperimentError(
                f"{self.drug}: {shown(self.concentration_nM)} nM. "
                "A concentration is a finite number, 0 or more."
            )
        if not (is_finite(self.absorbed_Gy) and self.absorbed_Gy >= 0):
            raise ExperimentError(
                f"{self.drug}: {shown(self.absorbed_Gy)} Gy. An absorbed dose is a finite number, 0 or more."
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
        for name in ("concentration_nM", "absorbed_Gy", "start_s", "end_s"):
            object.__setattr__(self, name, float(getattr(self, name)))

    @property
    def given(self) -> bool:
        """Whether there is any of it: not in a grid's column without the drug."""
        return self.concentration_nM > 0 or self.absorbed_Gy > 0
