"""Caspase activity: a substrate that shines when it is cut, given to the cells of a well.

Measures:  active caspase-3 (DEVD), -8 (IETD) or -9 (LEHD) in all solved cells of a sample, dead ones with
           what they held when they died.
Unit:      RFU; fold over the control after the background is subtracted.
Noise:     log-normal on a well; the reader saturates.
Source:    assumed; the light of one enzyme scales the picture only.
Ignores:   substrates that other caspases cut too (IETD by caspase-3), which real ones are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray

from smaclab.assay.instruments import number
from smaclab.assay.noise import factors
from smaclab.assay.sample import Sample

Array = NDArray[np.float64]
SUBSTRATES = {"caspase-3": "DEVD", "caspase-8": "IETD", "caspase-9": "LEHD"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CaspaseActivity:
    """The instrument; its numbers are those of `instruments.toml` unless others are given."""

    cells_per_well: float = field(default_factory=partial(number, "caspase_activity", "cells_per_well"))
    light_per_enzyme: float = field(default_factory=partial(number, "caspase_activity", "light_per_enzyme"))
    background: float = field(default_factory=partial(number, "caspase_activity", "background"))
    well_cv: float = field(default_factory=partial(number, "caspase_activity", "well_cv"))
    most: float = field(default_factory=partial(number, "caspase_activity", "most"))

    def measure(
        self,
        active: Array,
        samples: Sequence[Sample],
        *,
        enzyme: str,
        replicates: int = 1,
        seed: int | None = 1,
    ) -> Array:
        """Light of wells.

        Args:
            active: (sample,), copies a cell of the active enzyme. NaN: unknown.
            samples: whose.
            enzyme: such as "caspase-3"; each substrate has wells of its own.
            replicates: wells of each sample.
            seed: of the bench; None: no noise.

        Returns:
            (replicate, sample), RFU, never above what the reader can tell.
        """
        spread = factors(seed, f"{enzyme} activity", samples, ["well", "substrate"], replicates, self.well_cv)
        light = self.light_per_enzyme * self.cells_per_well * np.asarray(active) * spread[:, :, 0]
        return np.minimum(self.background * spread[:, :, 1] + light, self.most)

    def folds(self, light: Array, control: int) -> Array:
        """Light over the control's mean, background and all, as kits advise. light: (replicate, sample)."""
        return np.asarray(light / light[:, control].mean(), dtype=np.float64)
