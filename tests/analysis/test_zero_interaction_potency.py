"""ZIP: its formula, an implementation of its own, and no interaction."""

import numpy as np
import pytest
from scipy import optimize

from smaclab.analysis.zero_interaction_potency import zip_delta
from tests.analysis.matrices import FIRST, SECOND, hill, independent, matrix


def conditional(dose, start, middle, steep):
    """Formula of the paper: the curve of one drug that starts at the effect of the other."""
    power = (dose / middle) ** steep
    return (start + power) / (1.0 + power)


@pytest.mark.claim("Drugs that do not move each other's curve have a delta score of 0", source="Yadav 2015")
def test_no_interaction_is_0():
    np.testing.assert_allclose(zip_delta(matrix(independent())), 0.0, atol=1e-9)


def test_a_shift_of_potency_has_the_delta_of_the_formula():
    # Each drug makes the other's middle a third: both curves through a well are known in closed form.
    one, other = hill(FIRST[1:], 8.0, 1.3), hill(SECOND[1:], 15.0, 0.9)
    effect = independent()
    effect[1:, 1:] = conditional(SECOND[None, 1:], one[:, None], 5.0, 0.9)
    seen = zip_delta(matrix(effect))[0]
    # Along the second drug the fit is exact; along the first it is fitted here, by SciPy.
    along_first = np.empty_like(seen[1:, 1:])
    for column, values in enumerate(effect[1:, 1:].T):
        found, _ = optimize.curve_fit(
            lambda d, m, h, start=other[column]: conditional(d, start, np.exp(m), np.exp(h)),
            FIRST[1:],
            values,
            p0=[np.log(3.0), 0.2],
            xtol=1e-13,
            ftol=1e-13,
        )
        along_first[:, column] = conditional(FIRST[1:], other[column], *np.exp(found))
    apart = one[:, None] + other[None] - one[:, None] * other[None]
    np.testing.assert_allclose(seen[1:, 1:], (effect[1:, 1:] + along_first) / 2 - apart, atol=1e-5)
    assert seen[1:, 1:].min() > 0


def test_a_largest_effect_below_1_can_be_said():
    one, other = hill(FIRST, 8.0, 1.3)[:, None], hill(SECOND, 15.0, 0.9)[None]
    assert np.abs(zip_delta(matrix(one + other - one * other))).max() < 1e-9
    flat = np.full((len(FIRST), len(SECOND)), 0.6)
    flat[0, 0] = 0.0
    assert np.abs(zip_delta(matrix(flat), largest_effect=0.6)[0]).max() <= 0.25


@pytest.mark.parametrize("factor", [1e-3, 1e6])
def test_the_unit_of_the_doses_does_not_matter(factor):
    one = zip_delta(matrix(independent(0.05)))
    other = zip_delta(matrix(independent(0.05), factor * FIRST, SECOND / factor))
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_what_is_not_known_cannot_be_told():
    effect = independent()
    effect[2, 2:] = np.nan
    seen = zip_delta(matrix(effect))[0]
    assert np.isnan(seen[2, 1:]).all()
    assert np.isfinite(seen[1, 1:]).all()
    two = np.array([0.0, 1.0])
    assert np.isnan(zip_delta(matrix([[0.0, 0.5], [0.3, 0.8]], two, two))[0, 1, 1])
