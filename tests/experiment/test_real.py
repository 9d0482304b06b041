import math

import numpy as np
import pytest

from smaclab.experiment.real import is_finite, is_real, is_whole


@pytest.mark.parametrize("given", [1, np.int64(1), np.uint8(1)])
def test_whole_numbers(given):
    assert is_whole(given)
    assert is_real(given)
    assert is_finite(given)


@pytest.mark.parametrize("given", [0.5, np.float32(0.5), math.inf, math.nan])
def test_other_numbers(given):
    assert is_real(given)
    assert not is_whole(given)
    assert is_finite(given) == math.isfinite(given)


@pytest.mark.parametrize("given", [True, np.True_, "1", None, [1], np.array([1, 2]), 1j])
def test_what_is_no_number(given):
    assert not is_whole(given)
    assert not is_real(given)
    assert not is_finite(given)
