"""The co-immunoprecipitation and other pull-downs: a bead, what it brings down, and the input beside it.

Measures:  molecules of a prey in all complexes that a bait holds; and the prey in the lysate, as input.
Unit:      molecules on the beads of one tube; shown by the immunoblot, in a.u.
Noise:     a log-normal factor for each tube (beads, washes), shared by all preys; then as of the immunoblot.
Source:    `instruments.toml`; all of it assumed.
Ignores:   complexes that fall apart in the washes, an antibody that its bait's partners keep off.
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


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CoIP:
    """Beads; their numbers are those of `instruments.toml` unless others are given.

    cells: of one tube. recovery: share of the complexes. sticks: share of a prey that sticks without a bait.
    """

    cells: float = field(default_factory=partial(number, "co_ip", "cells"))
    recovery: float = field(default_factory=partial(number, "co_ip", "recovery"))
    sticks: float = field(default_factory=partial(number, "co_ip", "sticks"))
    recovery_cv: float = field(default_factory=partial(number, "co_ip", "recovery_cv"))

    def on_beads(self, held: Array, whole: Array, samples: Sequence[Sample], *, seed: int | None) -> Array:
        """Molecules on the beads, for each cell of the tube.

        Args:
            held: (sample, prey), molecules a cell in complexes with the bait.
            whole: (sample, prey), molecules a cell in all.
            samples: whose tubes.
            seed: of the bench; None: no noise.

        Returns:
            (sample, prey). Some of each prey sticks to any bead.
        """
        tube = factors(seed, "co-IP tube", samples, ["tube"], 1, self.recovery_cv)[0]
        return (self.recovery * held + self.sticks * np.maximum(whole - held, 0.0)) * tube
