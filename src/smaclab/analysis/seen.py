"""What a judge may look at: the readouts of experiments, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError, unknown

Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Readouts of a few experiments, under the names that a claim gives them.

    time_h: experiment -> (time,), h.
    values: (experiment, readout) -> (cell, time), in the readout's unit; NaN: unknown.
    """

    time_h: Mapping[str, Array]
    values: Mapping[tuple[str, str], Array]

    def of(self, experiment: str, readout: str) -> Array:
        """(cell, time) of one readout.

        Raises:
            SmaclabError: it was not looked at.
        """
        found = self.values.get((experiment, readout))
        if found is None:
            known = [f"{one} of {name}" for name, one in self.values]
            raise SmaclabError(unknown("readout", f"{readout} of {experiment}", known))
        return found

    def typical(self, experiment: str, readout: str) -> Array:
        """(time,): the fraction alive for viability, else the median of the cells that are known.

        A median is the typical cell's; a mean would be led by the few with the most molecules.
        """
        values = self.of(experiment, readout)
        known = ~np.isnan(values).all(axis=1)
        if not known.any():
            return np.full(values.shape[1], np.nan)
        kept = values[known]
        return np.asarray(np.nanmean(kept, axis=0) if readout == "viability" else np.median(kept, axis=0))

    def unknown_fraction(self, experiment: str, readout: str) -> float:
        """Fraction of the cells of which nothing is known."""
        values = self.of(experiment, readout)
        return float(np.mean(np.isnan(values).all(axis=1)))
