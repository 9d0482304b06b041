"""Matrices of two drugs with known answers."""

import numpy as np

from smaclab.analysis.drug_matrix import DrugMatrix

FIRST = np.array([0.0, 1.0, 3.0, 10.0, 30.0])
SECOND = np.array([0.0, 2.0, 6.0, 20.0, 60.0, 180.0])


def hill(dose, ic50, steep, most=1.0):
    """Effect of one drug, written out once more."""
    return most * dose**steep / (ic50**steep + dose**steep)


def matrix(effect, first=FIRST, second=SECOND, drugs=("A", "B")):
    effect = np.asarray(effect, dtype=float)
    return DrugMatrix(
        drugs=drugs, first_nM=first, second_nM=second, effect=effect.reshape(-1, *effect.shape[-2:])
    )


def independent(beyond=0.0):
    """Two drugs that do not know of each other, and `beyond` where both are given."""
    one, other = hill(FIRST, 8.0, 1.3)[:, None], hill(SECOND, 15.0, 0.9)[None, :]
    effect = one + other - one * other
    effect[1:, 1:] += beyond
    return effect


def sham(most=0.9):
    """A drug with itself."""
    return matrix(hill(FIRST[:, None] + FIRST[None, :], 8.0, 1.3, most), FIRST, FIRST, ("A", "A"))


def plates(effect, count, sd, rng):
    return matrix(effect + rng.normal(0.0, sd, (count, *effect.shape)))
