"""What a matrix must be."""

import numpy as np
import pytest

from smaclab.analysis.drug_matrix import beyond, combined
from smaclab.errors import SmaclabError
from tests.analysis.matrices import FIRST, SECOND, independent, matrix


def test_a_single_plate_is_a_batch_of_one():
    assert matrix(independent()).plates == 1


def test_only_wells_with_both_drugs_are_combinations():
    both = combined((1, 2, 3))
    assert both.tolist() == [[False, False, False], [False, True, True]]
    assert beyond(np.ones((1, 2, 3)), np.zeros((1, 2, 3))).tolist() == [[[0, 0, 0], [0, 1, 1]]]


@pytest.mark.parametrize("doses", [[0.0], [1.0, 2.0], [0.0, 2.0, 1.0], [0.0, np.inf]])
def test_doses_rise_from_0(doses):
    with pytest.raises(SmaclabError, match="rising doses from 0"):
        matrix(np.zeros((len(doses), len(SECOND))), np.array(doses))


def test_effects_have_the_shape_of_the_doses():
    with pytest.raises(SmaclabError, match=r"\(1, 6, 5\).*\(plate, 5, 6\)"):
        matrix(independent().T, FIRST, SECOND)
