"""The highest single agent: is the combination better than the better of the two alone?

    expected = max(first, second)

Source:  Berenbaum (1989), Pharmacological Reviews 41:93-141.
Valid:   of any effect that grows. Where both drugs alone do about the same, noise makes the higher of the two
         too high, and the excess a little too low.
"""

import numpy as np

from smaclab.analysis.drug_matrix import DrugMatrix, beyond
from smaclab.analysis.logistic import Array


def highest_single_agent_excess(matrix: DrugMatrix) -> Array:
    """(plate, row, column): effect beyond the better drug, in fractions; above 0 is synergy."""
    return beyond(matrix.effect, np.maximum(matrix.effect[:, :, :1], matrix.effect[:, :1, :]))
