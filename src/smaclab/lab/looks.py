"""Readouts of many experiments as arrays: what judges and fits read, without a table between."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from smaclab.provenance import Provenance


@dataclass(frozen=True, kw_only=True)
class Looks:
    """What was seen.

    time_h: experiment id -> (time,), h.
    values: (experiment id, readout) -> (cell, time), in the readout's unit; NaN: the solve failed.
    provenance: where the numbers come from.
    death_time_h: experiment id -> (cell,), h; inf: survived; NaN: the solve failed.
    death_kind: experiment id -> (cell,), text; empty where the cell lives or is unknown.
    """

    time_h: Mapping[str, np.ndarray]
    values: Mapping[tuple[str, str], np.ndarray]
    provenance: Provenance
    death_time_h: Mapping[str, np.ndarray] = field(default_factory=dict)
    death_kind: Mapping[str, np.ndarray] = field(default_factory=dict)
