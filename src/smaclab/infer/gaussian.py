"""A normal distribution in standard coordinates, and what a regression on drawn sets makes of it.

One round of statistical linear regression (García-Fernández, Svensson, Morelande, Särkkä, IEEE Trans Signal
Process 2015;63:5561, posterior linearization): sets drawn from the present guess are predicted, their
residuals are fitted by a plane, and the posterior of that plane, with the scatter around it counted as
noise, is the next guess. Ridge regression (its penalty for each residual by leave-one-out) serves also where
there are fewer sets than parameters.

Valid as a start only: it sees one region and straight lines. `sample` corrects it.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import SmaclabError

Array = NDArray[Any]

PENALTIES: Final = 10.0 ** np.linspace(-3.0, 4.0, 15)
FEWEST: Final = 8
"""A plane through fewer sets says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaussian:
    """mean: (parameter,). root: (parameter, parameter), so that mean + root @ standard normal is a draw."""

    mean: Array
    root: Array

    def place(self, normal: Array) -> Array:
        """(set, parameter) standard normal numbers as draws, (set, parameter)."""
        return np.asarray(self.mean + normal @ self.root.T)

    def normal(self, coordinates: Array) -> Array:
        """The standard normal numbers that `place` makes these coordinates of."""
        return np.asarray(np.linalg.solve(self.root, (coordinates - self.mean).T).T)

    def log_density(self, coordinates: Array) -> Array:
        """(set,), with its constant, so that evidences can be compared."""
        normal = self.normal(coordinates)
        constant = np.linalg.slogdet(self.root)[1] + 0.5 * normal.shape[1] * np.log(2.0 * np.pi)
        return np.asarray(-0.5 * (normal**2).sum(axis=1) - constant)


def standard(size: int) -> Gaussian:
    """The prior, in standard coordinates."""
    return Gaussian(mean=np.zeros(size), root=np.eye(size))


def around(start: Array, spread: float) -> Gaussian:
    """Independent coordinates around a start, (parameter,), with one standard deviation."""
    return Gaussian(mean=np.asarray(start, dtype=float), root=spread * np.eye(len(start)))


def plane(normal: Array, residuals: Array) -> tuple[Array, Array, Array]:
    """The plane through residuals, by ridge regression.

    Args:
        normal: (set, parameter), where the sets are.
        residuals: (set, residual).

    Returns:
        Level (residual,), slopes (residual, parameter), and the variance around the plane (residual,), each
        set judged by the plane through all others.
    """
    level = residuals.mean(axis=0)
    middle = normal.mean(axis=0)
    left, singular, right = np.linalg.svd(normal - middle, full_matrices=False)
    inside = left.T @ (residuals - level)
    variance = np.full(residuals.shape[1], np.inf)
    slopes = np.zeros((residuals.shape[1], normal.shape[1]))
    for penalty in PENALTIES * len(normal):
        kept = singular**2 / (singular**2 + penalty)
        # 1 / set: the level takes a part of every set's own weight, too.
        own = (left**2) @ kept + 1.0 / len(normal)
        left_out = (residuals - level - left @ (kept[:, None] * inside)) / np.maximum(1.0 - own, 1e-3)[
            :, None
        ]
        found = (left_out**2).mean(axis=0)
        better = found < variance
        variance[better] = found[better]
        turned = right.T @ ((kept / np.maximum(singular, 1e-12))[:, None] * inside)
        slopes[better] = turned.T[better]
    return level - slopes @ middle, slopes, variance


def improved(guess: Gaussian, normal: Array, residuals: Array, *, growth: float, reach: float) -> Gaussian:
    """The next guess.

    Args:
        guess: from which the sets were drawn.
        normal: (set, parameter), sets as `guess.normal` has them: drawn from it, or from guesses before it.
        residuals: (set, residual); sets with one that is not finite take no part.
        growth: no direction becomes wider than this many times the guess.
        reach: the mean moves at most so far, in standard deviations of the guess: a cloud of sets tells of a
            direction only as far as it extends in it, however many directions there are.

    Raises:
        SmaclabError: fewer than `FEWEST` sets could be predicted.
    """
    known = np.asarray(np.isfinite(residuals).all(axis=1))
    if known.sum() < FEWEST:
        raise SmaclabError(
            f"{int(known.sum())} of {len(known)} parameter sets could be predicted; a regression needs "
            f"{FEWEST}. Draw more sets, or start nearer to one that works."
        )
    level, slopes, variance = plane(normal[known], residuals[known])
    weight = 1.0 / (1.0 + variance)
    precision = guess.root.T @ guess.root + (slopes.T * weight) @ slopes
    pull = guess.root.T @ guess.mean + slopes.T @ (weight * level)
    values, vectors = np.linalg.eigh(precision)
    # Directions, not coordinates: the result must not depend on how the coordinates are turned.
    step = -(vectors.T @ pull) / values
    step *= min(1.0, reach / max(float(np.linalg.norm(step)), 1e-300))
    width = np.minimum(1.0 / np.sqrt(values), growth)
    return Gaussian(mean=guess.mean + guess.root @ (vectors @ step), root=guess.root @ (vectors * width))
