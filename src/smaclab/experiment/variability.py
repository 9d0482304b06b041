"""How cells of an experiment vary beyond the spread of their line: what proteins share, and sisters."""

from dataclasses import dataclass
from typing import Final

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.real import is_finite

MIXING_S: Final = 40 * 3600.0
"""After this time a cell keeps half of its deviation from the line's median.

Derived from a measured bound: mixing took more than two generations, or 40 h, for many of 20 tagged proteins
in human cells (Sigal et al. 2006, doi 10.1038/nature05316; the abstract was read). That "mixed" means half of
the autocorrelation is recalled, not verified. Proteins of a short life mix faster.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variability:
    """How amounts vary between cells; their spread itself is the line's.

    correlation: of ln(amount) between any two proteins of a cell: the share of the variance that is the
        cell's own size or expression at large. 0: every protein varies by itself.
    sisters: cells 0 and 1, 2 and 3 ... are sisters.
    since_division_s: how long ago their mothers divided, at time 0; None without sisters.
    mixing_s: after which a cell keeps half of its deviation from the median.
    """

    correlation: float = 0.0
    sisters: bool = False
    since_division_s: float | None = None
    mixing_s: float = MIXING_S

    def __post_init__(self) -> None:
        if not (is_finite(self.correlation) and 0 <= self.correlation <= 1):
            raise ExperimentError(f"a correlation of {shown(self.correlation)}. It is from 0 to 1.")
        if not isinstance(self.sisters, bool):
            raise ExperimentError(f"sisters {shown(self.sisters)}. It is true or false.")
        if self.sisters != (self.since_division_s is not None):
            raise ExperimentError(
                f"sisters {self.sisters} and a division {shown(self.since_division_s)} s ago. Sisters need "
                "the time since their mothers divided, and it says nothing without them."
            )
        if self.since_division_s is not None and not (
            is_finite(self.since_division_s) and self.since_division_s >= 0
        ):
            raise ExperimentError(
                f"a division {shown(self.since_division_s)} s ago. It is a time, 0 or more."
            )
        if not (is_finite(self.mixing_s) and self.mixing_s > 0):
            raise ExperimentError(f"a mixing time of {shown(self.mixing_s)} s. It is a time above 0.")
