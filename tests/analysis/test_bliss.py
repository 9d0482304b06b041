"""Bliss by hand."""

import numpy as np

from smaclab.analysis.bliss import bliss_excess
from tests.analysis.matrices import independent, matrix


def test_by_hand():
    # 30 % and 50 % dead leave 35 % alive: 65 % are expected to die, 80 % did.
    seen = bliss_excess(matrix([[0.0, 0.5], [0.3, 0.8]], np.array([0.0, 1.0]), np.array([0.0, 1.0])))
    np.testing.assert_allclose(seen, [[[0.0, 0.0], [0.0, 0.15]]])


def test_independent_drugs_have_none():
    np.testing.assert_allclose(bliss_excess(matrix(independent())), 0.0, atol=1e-15)


def test_an_unknown_single_drug_leaves_its_row_unknown():
    effect = independent()
    effect[2, 0] = np.nan
    seen = bliss_excess(matrix(effect))[0]
    assert np.isnan(seen[2, 1:]).all()
    assert np.isfinite(seen[3]).all()
