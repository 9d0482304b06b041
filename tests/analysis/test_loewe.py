"""Loewe: a drug with itself, a solver of its own, and what no curve can tell."""

import numpy as np
import pytest
from scipy import optimize

from smaclab.analysis.loewe import additive_effect, loewe_excess
from tests.analysis.matrices import FIRST, SECOND, hill, independent, matrix, sham


@pytest.mark.claim(
    "A drug with itself has no Loewe excess at all, whatever its largest effect",
    source="Loewe and Muischnek 1926",
)
@pytest.mark.parametrize("most", [1.0, 0.9, 0.4])
def test_a_drug_with_itself_has_none(most):
    np.testing.assert_allclose(loewe_excess(sham(most)), 0.0, atol=1e-9)


def test_a_diluted_drug_with_itself_has_none():
    weaker = 5.0 * FIRST
    effect = hill(FIRST[:, None] + weaker[None, :] / 5.0, 8.0, 1.3, 0.9)
    np.testing.assert_allclose(loewe_excess(matrix(effect, FIRST, weaker)), 0.0, atol=1e-9)


def test_brents_solver_finds_the_same():
    curves = ((0.0, 0.95, np.log10(8.0), np.log(1.3)), (0.0, 0.7, np.log10(15.0), np.log(0.9)))

    def needed(effect, curve):
        _, most, middle, steep = curve
        return 10**middle * (effect / (most - effect)) ** (1 / np.exp(steep)) if effect < most else np.inf

    seen = additive_effect(FIRST, SECOND, *(np.array([one]) for one in curves))[0]
    for row, first in enumerate(FIRST[1:], start=1):
        for column, second in enumerate(SECOND[1:], start=1):
            expected = optimize.brentq(
                lambda e, first=first, second=second: (
                    first / needed(e, curves[0]) + second / needed(e, curves[1]) - 1.0
                ),
                1e-9,
                0.95 - 1e-12,
                xtol=1e-13,
            )
            assert seen[row, column] == pytest.approx(expected, abs=1e-9)


def test_alone_each_drug_has_its_own_effect():
    curves = [np.array([[0.0, 1.0, np.log10(m), np.log(h)]]) for m, h in ((8.0, 1.3), (15.0, 0.9))]
    seen = additive_effect(FIRST, SECOND, *curves)[0]
    np.testing.assert_allclose(seen[:, 0], hill(FIRST, 8.0, 1.3), atol=1e-12)
    np.testing.assert_allclose(seen[0], hill(SECOND, 15.0, 0.9), atol=1e-12)


def test_a_drug_without_effect_is_expected_to_add_nothing():
    effect = np.repeat(hill(FIRST, 8.0, 1.3)[:, None], len(SECOND), axis=1)
    np.testing.assert_allclose(loewe_excess(matrix(effect)), 0.0, atol=1e-9)


@pytest.mark.parametrize("factor", [1e-3, 1e6])
def test_the_unit_of_the_doses_does_not_matter(factor):
    one = loewe_excess(matrix(independent(0.1)))
    other = loewe_excess(matrix(independent(0.1), factor * FIRST, SECOND / factor))
    np.testing.assert_allclose(one, other, atol=1e-7)


def test_too_few_doses_or_no_control_cannot_tell():
    two = np.array([0.0, 1.0, 2.0])
    few = loewe_excess(matrix(np.full((3, 3), 0.5), two, two))[0]
    assert np.isnan(few[1:, 1:]).all()
    effect = np.stack([independent(), independent()])
    effect[1, 0, 0] = np.nan
    seen = loewe_excess(matrix(effect))
    assert np.isfinite(seen[0]).all()
    assert np.isnan(seen[1, 1:, 1:]).all()
