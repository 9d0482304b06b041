import numpy as np
import pytest

from benchmarks.ours import MOST_CELLS, SETTINGS, ours, settings
from benchmarks.reference import errors
from tests.benchmarks.toys import decay_case, truth


def test_our_side_keeps_its_contract():
    case = decay_case(3)
    run = ours(case, *SETTINGS[-1], "f64")
    assert run.values.shape == (3, 2, 1)
    assert np.max(errors(run.values, truth(case))) < 1e-5


def test_the_time_is_that_of_the_cells():
    few, many = (ours(decay_case(number), *SETTINGS[-1], "f64").cpu_s for number in (3, 20_000))
    assert 0 <= few < many  # three may take less than a tick of the clock


def test_settings_go_from_fast_to_accurate():
    assert [rtol for rtol, _ in SETTINGS] == sorted((rtol for rtol, _ in SETTINGS), reverse=True)
    assert MOST_CELLS is None or MOST_CELLS > 0


def test_singles_are_not_asked_for_more_digits_than_they_have():
    assert settings("f64") == SETTINGS
    assert settings("f32") == SETTINGS[: len(settings("f32"))]
    assert 1e-7 < settings("f32")[-1][0] < 1e-5


def test_a_precision_that_is_not_there_is_said():
    with pytest.raises(NotImplementedError, match="f16"):
        ours(decay_case(1), 1e-4, 1e-3, "f16")
