import sys

import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.lines import drawn_lines


def sets(number, size, seed=1):
    drawn = np.random.default_rng(seed).standard_normal((number, size))
    return drawn - drawn.mean(axis=0)


def test_many_sets_have_least_squares_and_their_left_out_errors():
    centered = sets(60, 3)
    truth = np.array([[1.0, 0.0], [-2.0, 0.0], [0.5, 0.0]])
    straight = 0.7 + centered @ truth + 0.1 * np.random.default_rng(2).standard_normal((60, 2))
    slopes, level, scatter, explained = drawn_lines(centered, straight)
    np.testing.assert_allclose(slopes[:, 0], truth[:, 0], atol=0.06)  # four standard errors of 0.1 / sqrt(60)
    assert level == pytest.approx([0.7, 0.7], abs=0.06)
    errors = []
    for place in range(60):
        others = np.delete(np.arange(60), place)
        design = np.column_stack([np.ones(59), centered[others]])
        found = np.linalg.lstsq(design, straight[others, 0], rcond=None)[0]
        errors.append(straight[place, 0] - found @ [1.0, *centered[place]])
    assert scatter[0] == pytest.approx(np.sqrt(np.mean(np.square(errors))))
    assert explained[0] > 0.99
    assert explained[1] < 0.1  # hangs on nothing


def test_fewer_sets_than_parameters_find_what_a_number_hangs_on():
    centered = sets(100, 120)
    straight = (centered[:, [3]] - 2.0 * centered[:, [70]]) + 0.1 * sets(100, 1, seed=2)
    slopes, _, scatter, explained = drawn_lines(centered, straight)
    assert set(np.argsort(-np.abs(slopes[:, 0]))[:2]) == {3, 70}
    assert slopes[[3, 70], 0] == pytest.approx([1.0, -2.0], abs=0.15)  # drawn a little towards 0
    assert explained[0] > 0.95
    assert scatter[0] < 0.5


def test_few_sets_and_numbers_that_stand_still_have_a_mean():
    centered = sets(5, 2)
    slopes, level, _, explained = drawn_lines(centered, centered[:, :1] + 4.0)
    assert not slopes.any()
    assert (level[0], explained[0]) == (pytest.approx(4.0), 0.0)
    assert not drawn_lines(sets(50, 2), np.full((50, 1), 3.0))[0].any()


def test_without_the_library_there_is_a_letter(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(SmaclabError, match=r"pip install 'smaclab\[infer\]'"):
        drawn_lines(sets(20, 30), sets(20, 1))
