"""Loewe additivity: each drug as a dilution of the other, so that a drug with itself is never synergy.

    first dose / D1(E) + second dose / D2(E) = 1

where D(E) is the dose of one drug alone that has the effect E, by the curve through its own doses.

Scope:   above the largest effect of the weaker drug no dose of it would do, its part is 0 and the stronger
         drug counts alone. A drug without effect is expected to add nothing.
Source:  Loewe and Muischnek (1926), doi 10.1007/BF01952257; as solved here, Berenbaum (1989),
         Pharmacological Reviews 41:93-141.
Valid:   where each drug alone follows a logistic curve; it needs three doses of each.
"""

import numpy as np

from smaclab.analysis import logistic
from smaclab.analysis.drug_matrix import DrugMatrix, beyond
from smaclab.analysis.logistic import LEFT, MIDDLE, RIGHT, STEEPNESS, Array

LEAST_DOSES = 3
_HALVINGS = 100


def loewe_excess(matrix: DrugMatrix) -> Array:
    """(plate, row, column): effect beyond additivity, in fractions; above 0 is synergy, 0 at the edges.

    NaN where a drug has fewer than three doses, or a plate's control is not known.
    """
    effect = matrix.effect
    doses = matrix.first_nM[1:], matrix.second_nM[1:]
    if min(len(one) for one in doses) < LEAST_DOSES:
        return beyond(effect, np.full_like(effect, np.nan))
    control = effect[:, 0, 0]
    sound = np.isfinite(control)
    for alone in (effect[:, 1:, 0], effect[:, 0, 1:]):
        sound &= np.isfinite(alone).sum(axis=1) >= LEAST_DOSES
    expected = np.full_like(effect, np.nan)
    if sound.any():
        rows = effect[sound]
        curves = [
            _curve_of(dose, alone, control[sound])
            for dose, alone in zip(doses, (rows[:, 1:, 0], rows[:, 0, 1:]), strict=True)
        ]
        expected[sound] = additive_effect(matrix.first_nM, matrix.second_nM, *curves)
    return beyond(effect, expected)


def additive_effect(first_nM: Array, second_nM: Array, first: Array, second: Array) -> Array:
    """The effect that Loewe expects of each pair of doses.

    Args:
        first_nM: (row,), nM.
        second_nM: (column,), nM.
        first: (plate, 4), the curve of the first drug alone, see `logistic.curve`.
        second: (plate, 4), that of the second; it has the same `left`.

    Returns:
        (plate, row, column). Found by halving: the sum of the two parts falls as the effect rises.
    """
    shape = (len(first), len(first_nM), len(second_nM))
    least = np.broadcast_to(first[:, LEFT, None, None], shape).copy()
    most = np.broadcast_to(np.maximum(first[:, RIGHT], second[:, RIGHT])[:, None, None], shape).copy()
    most = np.maximum(most, least)
    for _ in range(_HALVINGS):
        middle = (least + most) / 2
        parts = _part(first_nM[None, :, None], first, middle) + _part(
            second_nM[None, None, :], second, middle
        )
        least, most = np.where(parts > 1.0, middle, least), np.where(parts > 1.0, most, middle)
    return (least + most) / 2


def _part(dose_nM: Array, curve: Array, effect: Array) -> Array:
    """A dose as a part of the dose that would have the effect alone; 0 where no dose would."""
    left, right, middle, steep = (curve[:, one, None, None] for one in (LEFT, RIGHT, MIDDLE, STEEPNESS))
    reached = (effect > left) & (effect < right)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = middle + np.log10((effect - left) / (right - effect)) / np.exp(steep)
        power = np.log10(dose_nM) - needed
    part = 10.0 ** np.clip(np.where(reached, power, -np.inf), -300.0, 300.0)
    # No effect beyond the control needs no dose: any dose at all is more than enough.
    return np.where(dose_nM > 0, np.where(effect <= left, np.where(right > left, 1e300, 0.0), part), 0.0)


def _curve_of(doses_nM: Array, alone: Array, control: Array) -> Array:
    """(plate, 4): the curve of one drug, from the control upwards; flat where it does not go up."""
    held = np.full((len(alone), 4), np.nan)
    held[:, LEFT] = control
    found, _ = logistic.best_fits(logistic.log_doses(doses_nM), alone, held)
    found[:, RIGHT] = np.maximum(found[:, RIGHT], found[:, LEFT])
    return found
