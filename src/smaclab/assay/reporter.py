"""Reporters in living cells: what a microscope sees of single cells over time, until they die.

Measures:  cleavage of a FRET reporter by caspase-3 (DEVD) or caspase-8 (IETD), as the share that is cut; RelA
           in the nucleus, as a share of all RelA.
Unit:      share, 0 to 1, a cell and a frame.
Noise:     Poisson on the photons of two channels, and the camera's.
Source:    assumed; how fast a caspase cuts its reporter scales the times at which traces rise.
Ignores:   reporter that is made anew, bleaching, light that harms, cells that leave the field.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray

from smaclab.assay.instruments import number
from smaclab.assay.noise import generator

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """The instrument; its numbers are those of `instruments.toml` unless others are given."""

    cleavage_per_copy_h: float = field(default_factory=partial(number, "reporter", "cleavage_per_copy_h"))
    photons: float = field(default_factory=partial(number, "reporter", "photons"))
    read_noise: float = field(default_factory=partial(number, "reporter", "read_noise"))

    def cut(self, active: Array, time_h: Array) -> Array:
        """Share of the reporter that is cut: 1 - exp(-k times the integral of the active copies).

        Args:
            active: (cell, time), copies of the active caspase. NaN: unknown.
            time_h: (time,), h, rising.

        Returns:
            (cell, time); 0 at the first time.
        """
        steps = 0.5 * (active[:, 1:] + active[:, :-1]) * np.diff(time_h)
        dose = np.concatenate([np.zeros((len(active), 1)), np.cumsum(steps, axis=1)], axis=1)
        return np.asarray(-np.expm1(-self.cleavage_per_copy_h * dose), dtype=np.float64)

    def watch(
        self,
        share: Array,
        experiment: str,
        death_time_h: Array,
        time_h: Array,
        *,
        seed: int | None = 1,
    ) -> Array:
        """What the camera sees of each cell.

        Args:
            share: (cell, time), the true share in the first of two channels. NaN: unknown.
            experiment: id.
            death_time_h: (cell,), h.
            time_h: (time,), h.
            seed: of the bench; None: no noise.

        Returns:
            (cell, time), the share as seen. NaN from the cell's death on.
        """
        seen = np.array(share, dtype=float)
        for cell in range(len(seen) if seed is not None else 0):
            seen[cell] = self._noisy(share[cell], experiment, cell, int(seed or 0))
        return np.where(time_h[None, :] < death_time_h[:, None], seen, np.nan)

    def _noisy(self, share: Array, experiment: str, cell: int, seed: int) -> Array:
        own = generator(seed, "reporter", experiment, cell)
        known = np.isfinite(share)
        expected = self.photons * np.clip(np.where(known, share, 0.0), 0.0, 1.0)
        one = own.poisson(expected) + self.read_noise * own.standard_normal(len(share))
        other = own.poisson(self.photons - expected) + self.read_noise * own.standard_normal(len(share))
        return np.where(known, one / np.maximum(one + other, 1.0), np.nan)
