"""Bliss independence: two drugs that do not know of each other; who survives one may die of the other.

    expected = first + second - first second

Source:  Bliss (1939), doi 10.1111/j.1744-7348.1939.tb06990.x.
Valid:   for effects that are fractions affected, with 0 in the control.
"""

from smaclab.analysis.drug_matrix import DrugMatrix, beyond
from smaclab.analysis.logistic import Array


def bliss_excess(matrix: DrugMatrix) -> Array:
    """(plate, row, column): effect beyond independence, in fractions; above 0 is synergy, 0 at the edges."""
    first, second = matrix.effect[:, :, :1], matrix.effect[:, :1, :]
    return beyond(matrix.effect, first + second - first * second)
