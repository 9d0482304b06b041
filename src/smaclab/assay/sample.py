"""What goes into one lane or well: cells of one experiment, taken at one time."""

import math
from dataclasses import dataclass

from smaclab.errors import ShapeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Cells of one experiment at one time. Noise belongs to a sample by its name, not to its place on a gel.

    experiment: id. time_h: h after the first dose.
    """

    experiment: str
    time_h: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.time_h):
            raise ShapeError(f"{self.experiment}: a sample at {self.time_h} h. Its time is a finite number.")

    @property
    def name(self) -> str:
        """What its noise is found by, such as "vehicle at 24 h"."""
        return f"{self.experiment} at {self.time_h:g} h"
