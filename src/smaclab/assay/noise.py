"""The noise of instruments: every factor is found by (seed, assay, sample, name, replicate), in any order."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smaclab.assay.sample import Sample
from smaclab.errors import ShapeError
from smaclab.seeds import standard_normal, stream

Array = NDArray[np.float64]


def normal(
    seed: int | None, assay: str, samples: Sequence[Sample], names: Sequence[str], replicates: int
) -> Array:
    """Standard normal numbers.

    Args:
        seed: of the bench, not of the cells; None switches noise off.
        assay: what they are for, such as "immunoblot loading".
        samples: whose they are.
        names: such as the bands of a lane.
        replicates: how many times it is measured.

    Returns:
        (replicate, sample, name). All 0 without a seed. An entry depends on its own names alone.

    Raises:
        ShapeError: less than one replicate.
    """
    if replicates < 1:
        raise ShapeError(f"{replicates} replicates. Measure at least once.")
    if seed is None:
        return np.zeros((replicates, len(samples), len(names)))
    tables = [
        standard_normal(seed, f"assay {assay}", sample.name, range(replicates), names) for sample in samples
    ]
    return np.stack(tables, axis=1) if tables else np.zeros((replicates, 0, len(names)))


def factor(z: Array, cv: float) -> Array:
    """Log-normal factors of mean 1 from standard normal numbers; exactly 1 where z is 0 by design (cv 0).

    Args:
        z: any shape.
        cv: standard deviation over mean of the factor.
    """
    sigma = math.sqrt(math.log1p(cv**2))
    return np.exp(sigma * z - 0.5 * sigma**2)


def factors(
    seed: int | None, assay: str, samples: Sequence[Sample], names: Sequence[str], replicates: int, cv: float
) -> Array:
    """Log-normal factors of mean 1, (replicate, sample, name), as of `normal`; all 1 without a seed."""
    z = normal(seed, assay, samples, names, replicates)
    return np.ones_like(z) if seed is None else factor(z, cv)


def generator(seed: int, assay: str, owner: str, replicate: int) -> np.random.Generator:
    """Random numbers of one sample (by its name) in one replicate, for counts rather than factors."""
    return stream(seed, f"assay {assay}", owner, replicate)
