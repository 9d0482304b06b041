"""A matrix of two drugs."""

import numpy as np
import pytest

from smaclab.report.dose_matrix import dose_matrix, ink
from tests.report.looking import check, fits


def make(*, width_inches=5.0, size=(5, 6), drugs=("SM-164", "TNF")):
    doses = tuple(np.concatenate([[0.0], 0.0123 * 3.0 ** np.arange(one - 1)]) for one in size)
    alive = np.linspace(1.0, -0.004, size[0] * size[1]).reshape(size)
    alive[1, 1] = np.nan
    return dose_matrix(
        alive, drugs, doses, title="Cells alive (%) after 24 h, HCT 116", width_inches=width_inches
    )


def test_no_label_lies_on_another_and_equal_input_gives_equal_bytes():
    check(make)


@pytest.mark.parametrize("size", [(3, 3), (9, 12)])
def test_small_and_large_matrices_have_room(size):
    fits(lambda *, width_inches: make(width_inches=width_inches, size=size))


def test_numbers_are_whole_percent_and_the_unknown_is_a_dash():
    (axes,) = make().axes
    words = [one.get_text() for one in axes.texts]
    assert words[0] == "100"
    assert words[7] == "–"
    assert words[-1] == "0"  # never -0


def test_doses_share_one_unit():
    (axes,) = make().axes
    assert axes.get_xlabel() == "TNF (pM)"
    assert [one.get_text() for one in axes.get_xticklabels()][:3] == ["0", "12.3", "36.9"]


def test_ink_stands_out():
    assert ink((1.0, 1.0, 1.0, 1.0)) == "black"
    assert ink((0.0, 0.27, 0.7, 1.0)) == "white"
