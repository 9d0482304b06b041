"""Zero interaction potency (ZIP): does one drug move the curve of the other?

Each drug alone is a curve from 0 to the largest effect. Beside a dose of the partner the curve starts at the
partner's effect, and may have another middle and steepness. The delta score is the mean of the two curves
through a well, one along each drug, minus what independence of the two single curves makes:

    delta = (along first + along second) / 2 - (first + second - first second)

Source:  Yadav, Wennerberg, Aittokallio and Tang (2015), doi 10.1016/j.csbj.2015.09.001, with 1 as the largest
         effect, as published. A drug that leaves survivors at any dose fits that badly.
Valid:   for effects that are fractions affected, with 0 in the control.
"""

import numpy as np

from smaclab.analysis import logistic
from smaclab.analysis.drug_matrix import DrugMatrix, beyond
from smaclab.analysis.logistic import LEFT, RIGHT, Array

LEAST_DOSES = 2


def zip_delta(matrix: DrugMatrix, *, largest_effect: float = 1.0) -> Array:
    """(plate, row, column): the delta score, in fractions; above 0 is synergy, 0 at the edges.

    Args:
        matrix: the effects.
        largest_effect: where every curve ends.

    Returns:
        NaN where a drug has fewer than two doses, or a well's row or column has not two known effects.
    """
    effect = matrix.effect
    first, second = logistic.log_doses(matrix.first_nM[1:]), logistic.log_doses(matrix.second_nM[1:])
    if min(len(first), len(second)) < LEAST_DOSES:
        return beyond(effect, np.full_like(effect, np.nan))
    nothing = np.zeros(len(effect))
    one = _fitted(first, effect[:, 1:, 0], nothing, largest_effect)  # (plate, row)
    other = _fitted(second, effect[:, 0, 1:], nothing, largest_effect)  # (plate, column)
    both = effect[:, 1:, 1:]
    rows, columns = both.shape[1:]
    along_second = _fitted(second, both.reshape(-1, columns), one.ravel(), largest_effect).reshape(both.shape)
    turned = np.swapaxes(both, 1, 2)
    along_first = _fitted(first, turned.reshape(-1, rows), other.ravel(), largest_effect).reshape(
        turned.shape
    )
    met = (along_second + np.swapaxes(along_first, 1, 2)) / 2
    apart = one[:, :, None] + other[:, None, :] - one[:, :, None] * other[:, None, :]
    delta = np.zeros_like(effect)
    delta[:, 1:, 1:] = met - apart
    return delta


def _fitted(log_dose: Array, values: Array, start: Array, end: float) -> Array:
    """(curve, dose): values of the best curves from `start` (curve,) to `end`; NaN where they are unknown."""
    fitted = np.full(values.shape, np.nan)
    sound = np.isfinite(start) & (np.isfinite(values).sum(axis=1) >= LEAST_DOSES)
    if sound.any():
        held = np.full((int(sound.sum()), 4), np.nan)
        held[:, LEFT], held[:, RIGHT] = start[sound], end
        found, _ = logistic.best_fits(log_dose, values[sound], held)
        fitted[sound] = logistic.curve(found, log_dose)
    return fitted
