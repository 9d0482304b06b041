"""Annexin V and propidium iodide: which cells show phosphatidylserine, and which let a dye in.

Measures:  the quadrants of a cytometer. Apoptosis: annexin V some time after its moment, propidium iodide
           later. Necroptosis and lysis: both at once.
Unit:      cells of a stated number of events; percent.
Noise:     cells differ in their delays (log-normal); multinomial counting; handling makes some live cells
           positive.
Source:    the order of the two in apoptosis is textbook; their delays are assumed (`instruments.toml`).
           Phosphatidylserine can come before rupture in necroptosis, too (Shlomovitz 2019), which is ignored.
Ignores:   debris that is lost, doublets, spill between colors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray

from smaclab.assay.instruments import number
from smaclab.assay.noise import factor, generator
from smaclab.assay.sample import Sample
from smaclab.seeds import standard_normal

Array = NDArray[np.float64]
QUADRANTS = ("live", "annexin V", "annexin V + PI", "PI")
LIVE, EARLY, LATE, ONLY_PI = range(4)
APOPTOSIS = "apoptosis"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Annexin:
    """The instrument; its numbers are those of `instruments.toml` unless others are given."""

    annexin_delay_h: float = field(default_factory=partial(number, "annexin", "annexin_delay_h"))
    pi_delay_h: float = field(default_factory=partial(number, "annexin", "pi_delay_h"))
    necroptosis_pi_delay_h: float = field(
        default_factory=partial(number, "annexin", "necroptosis_pi_delay_h")
    )
    delay_cv: float = field(default_factory=partial(number, "annexin", "delay_cv"))
    events: float = field(default_factory=partial(number, "annexin", "events"))
    harm: float = field(default_factory=partial(number, "annexin", "harm"))

    def chances(
        self,
        samples: Sequence[Sample],
        death_time_h: Mapping[str, Array],
        death_kind: Mapping[str, NDArray[np.str_]],
        *,
        seed: int | None = 1,
    ) -> Array:
        """The share of cells in each quadrant before counting.

        Args:
            samples: whose.
            death_time_h: experiment -> (cell,), h; inf: survived; NaN: unknown.
            death_kind: experiment -> (cell,), such as "apoptosis".
            seed: of the cells' delays; None: all have the same.

        Returns:
            (sample, quadrant), adding up to 1. NaN where no cell is known.
        """
        shares = np.full((len(samples), len(QUADRANTS)), np.nan)
        for place, sample in enumerate(samples):
            died, kind = death_time_h[sample.experiment], death_kind[sample.experiment]
            known = ~np.isnan(died)
            if not known.any():
                continue
            where = self._quadrants(sample, died, kind, seed)[known]
            counted = np.bincount(where, minlength=len(QUADRANTS)) / known.sum()
            hurt = self.harm * counted[LIVE] * np.array([-1.0, 0.5, 0.5, 0.0])
            shares[place] = counted + hurt
        return shares

    def count(
        self, chances: Array, samples: Sequence[Sample], *, replicates: int = 1, seed: int | None = 1
    ) -> Array:
        """Events in each quadrant.

        Args:
            chances: (sample, quadrant).
            samples: whose.
            replicates: tubes.
            seed: of the bench; None: expected numbers, not whole.

        Returns:
            (replicate, sample, quadrant), cells.
        """
        events = np.repeat((chances * self.events)[None], replicates, axis=0)
        if seed is None:
            return events
        for replicate in range(replicates):
            for place, sample in enumerate(samples):
                if np.isfinite(chances[place]).all():
                    own = generator(seed, "annexin", sample.name, replicate)
                    events[replicate, place] = own.multinomial(round(self.events), chances[place])
        return events

    def _quadrants(
        self, sample: Sample, died: Array, kind: NDArray[np.str_], seed: int | None
    ) -> NDArray[np.intp]:
        """(cell,): in which quadrant each cell is at the sample's time."""
        cells, names = range(len(died)), ("annexin", "pi")
        z = np.zeros((len(died), 2))
        if seed is not None:
            z = standard_normal(seed, "assay annexin delay", sample.experiment, cells, names)
        spread = np.ones_like(z) if seed is None else factor(z, self.delay_cv)
        is_apoptosis = kind == APOPTOSIS
        first = np.where(is_apoptosis, self.annexin_delay_h * spread[:, 0], 0.0)
        leak = np.where(is_apoptosis, self.pi_delay_h, self.necroptosis_pi_delay_h) * spread[:, 1]
        since = sample.time_h - died  # -inf: survived
        is_annexin, is_pi = since >= first, since >= np.maximum(leak, first)
        return np.where(is_pi, LATE, np.where(is_annexin, EARLY, LIVE))
