"""Viability by ATP (or MTT): the light of the cells that live in a well.

Measures:  cells alive in a well; the fraction of simulated cells alive is taken as each cell's chance.
Unit:      RLU; percent of the control after the background is subtracted.
Noise:     log-normal on how many cells were seeded and on the reagent; binomial on how many of them live.
Source:    fewer than 100 cells can be told from the background (Promega guide); the rest is assumed.
Ignores:   growth during the experiment, less ATP in cells that live but are ill, edges of plates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray

from smaclab.assay.instruments import number
from smaclab.assay.noise import factor, generator
from smaclab.assay.sample import Sample

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Viability:
    """The instrument; its numbers are those of `instruments.toml` unless others are given."""

    cells_per_well: float = field(default_factory=partial(number, "viability", "cells_per_well"))
    seeding_cv: float = field(default_factory=partial(number, "viability", "seeding_cv"))
    light_per_cell: float = field(default_factory=partial(number, "viability", "light_per_cell"))
    background: float = field(default_factory=partial(number, "viability", "background"))

    def measure(
        self, alive: Array, samples: Sequence[Sample], *, replicates: int = 1, seed: int | None = 1
    ) -> Array:
        """Light of wells.

        Args:
            alive: (sample,), fraction of cells alive. NaN: unknown.
            samples: whose.
            replicates: wells of each sample.
            seed: of the bench; None: no noise.

        Returns:
            (replicate, sample), RLU.
        """
        light = np.full((replicates, len(samples)), np.nan)
        for place, (share, sample) in enumerate(zip(alive, samples, strict=True)):
            for replicate in range(replicates if np.isfinite(share) else 0):
                light[replicate, place] = self._well(float(share), sample, replicate, seed)
        return light

    def percent(self, light: Array, control: int) -> Array:
        """Percent of the control's mean, background subtracted; shaped as the light, (replicate, sample)."""
        over = light - self.background
        return 100.0 * over / over[:, control].mean()

    def _well(self, share: float, sample: Sample, replicate: int, seed: int | None) -> float:
        if seed is None:
            return self.background + self.light_per_cell * self.cells_per_well * share
        own = generator(seed, "viability", sample.name, replicate)
        z = own.standard_normal(3)
        seeded = round(self.cells_per_well * float(factor(z[0], self.seeding_cv)))
        living = own.binomial(seeded, share)
        reagent = float(factor(z[1], self.seeding_cv))
        empty = self.background * float(factor(z[2], self.seeding_cv))
        return empty + self.light_per_cell * living * reagent
