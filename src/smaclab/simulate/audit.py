"""Single precision checks itself: some cells are solved again in double, and the difference is a result.

A single has seven digits, so counts are good to about 1e-5 at best, and a cell that stands at a threshold may
fall to the other side. How often that happens is not a guess but measured, on cells spread over the batch.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smaclab.simulate.ends import Ends

Array = NDArray[Any]

SAMPLE = 32  # cells of each experiment that are solved twice, at most


def audited(cells: range, n_cells: int) -> Array:
    """Places in `cells` of those that are solved twice: every so many-th of the population.

    Args:
        cells: of a chunk.
        n_cells: of the whole population, so that the choice does not depend on the chunk.
    """
    every = -(-n_cells // SAMPLE)
    return np.array([place for place, cell in enumerate(cells) if cell % every == 0], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Audit:
    """Single against double, for the cells of one chunk.

    counts: (pair, time, observable), relative differences. death_s: (pair,), s, where both die.
    other_fate: (pair,), whether one lives and the other dies, or one fails.
    """

    counts: Array
    death_s: Array
    other_fate: Array


def compare(single: Ends, double: Ends) -> Audit:
    """The same cells, solved in both precisions."""
    gap = np.abs(single.counts - double.counts) / (np.abs(double.counts) + 1.0)
    both = np.isfinite(single.death_s) & np.isfinite(double.death_s)
    other = (single.status != double.status) | (single.death_kind != double.death_kind)
    return Audit(
        counts=np.where(other[:, None, None], np.nan, gap),
        death_s=np.abs(single.death_s[both] - double.death_s[both]),
        other_fate=other,
    )


def summary(audits: list[Audit]) -> dict[str, Any]:
    """What a result says about its precision.

    Returns:
        `cells`: how many were solved twice. `other_fate`: how many of them met another fate.
        `counts_p95`, `counts_max`: relative difference of kept counts (with 1 molecule as the least
        denominator), over cells of equal fate. `death_max_s`: largest difference of a time of death, s.
    """
    counts = np.concatenate([one.counts.ravel() for one in audits]) if audits else np.zeros(0)
    counts = counts[np.isfinite(counts)]
    death = np.concatenate([one.death_s for one in audits]) if audits else np.zeros(0)
    return {
        "cells": int(sum(len(one.other_fate) for one in audits)),
        "other_fate": int(sum(one.other_fate.sum() for one in audits)),
        "counts_p95": float(np.quantile(counts, 0.95)) if counts.size else 0.0,
        "counts_max": float(counts.max(initial=0.0)),
        "death_max_s": float(death.max(initial=0.0)),
    }
