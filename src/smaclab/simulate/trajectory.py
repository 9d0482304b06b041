"""What a simulation gives: counts over time on four axes, and a death and a status per cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import ShapeError

Array = NDArray[Any]
AXES = ("experiment", "cell", "time", "observable")  # always these four, always in this order


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """Molecules per cell over time. One cell of one experiment is shape (1, 1, time, observable).

    counts: (experiment, cell, time, observable), molecules; held at their value at death after a death; NaN:
    failed.
    time_s: (time,), s, increasing.
    observables: what was kept.
    death_time_s: (experiment, cell), s. inf: alive at the end of the run. NaN: the solve failed, so unknown.
    death_kind: (experiment, cell), text such as "apoptosis". "": alive or unknown.
    status: (experiment, cell), `Status` numbers.
    messages: the words of failed cells, by (experiment, cell).
    experiments: ids, in the order of the first axis.
    end_s: s, when the run of each experiment ended, (experiment,).
    algorithm: name, KiSAO ids and tolerances of how it was solved.
    """

    counts: Array
    time_s: Array
    observables: tuple[str, ...]
    death_time_s: Array
    death_kind: Array
    status: Array
    experiments: tuple[str, ...]
    end_s: Array
    messages: Mapping[tuple[int, int], str] = field(default_factory=dict)
    algorithm: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Every array has the axes it says, and time goes forward."""
        cells = (len(self.experiments), self.counts.shape[1] if self.counts.ndim > 1 else 0)
        want = (*cells, len(self.time_s), len(self.observables))
        if self.counts.shape != want:
            raise ShapeError(f"counts has shape {self.counts.shape}; axes {AXES} need {want}.")
        for name in ("death_time_s", "death_kind", "status"):
            if getattr(self, name).shape != cells:
                raise ShapeError(
                    f"{name} has shape {getattr(self, name).shape}; (experiment, cell) needs {cells}."
                )
        if self.end_s.shape != cells[:1]:
            raise ShapeError(f"end_s has shape {self.end_s.shape}; (experiment,) needs {cells[:1]}.")
        if np.any(np.diff(self.time_s) <= 0):
            raise ShapeError(f"time_s must increase; given {self.time_s}.")

    def of(self, observable: str) -> Array:
        """Counts of one observable, (experiment, cell, time), molecules.

        Raises:
            ShapeError: it was not kept.
        """
        if observable not in self.observables:
            raise ShapeError(f"observable {observable!r} was not kept. Kept: {', '.join(self.observables)}.")
        return self.counts[..., self.observables.index(observable)]


def fraction_alive(death_time_s: Array, time_s: Array) -> Array:
    """Fraction of cells still alive at each time.

    Args:
        death_time_s: (experiment, cell), s. inf: survived. NaN: the solve failed, so unknown.
        time_s: (time,), s. When to look.

    Returns:
        (experiment, time), between 0 and 1. NaN where no cell of the experiment is known.

    Raises:
        ShapeError: `death_time_s` does not have exactly two axes.
    """
    if death_time_s.ndim != 2:
        raise ShapeError(f"death_time_s has shape {death_time_s.shape}; it needs (experiment, cell).")
    known = ~np.isnan(death_time_s)
    alive = death_time_s[:, :, None] > np.asarray(time_s, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return alive.sum(axis=1) / known.sum(axis=1)[:, None]
