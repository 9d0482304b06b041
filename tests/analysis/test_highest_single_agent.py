"""The highest single agent by hand."""

import numpy as np

from smaclab.analysis.highest_single_agent import highest_single_agent_excess
from tests.analysis.matrices import matrix

TWO = np.array([0.0, 1.0])


def test_by_hand():
    seen = highest_single_agent_excess(matrix([[0.0, 0.5], [0.3, 0.8]], TWO, TWO))
    np.testing.assert_allclose(seen, [[[0.0, 0.0], [0.0, 0.3]]])


def test_a_drug_that_adds_nothing_has_none():
    seen = highest_single_agent_excess(matrix([[0.0, 0.5], [0.0, 0.5]], TWO, TWO))
    assert (seen == 0.0).all()
