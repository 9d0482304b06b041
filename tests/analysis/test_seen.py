import numpy as np
import pytest

from smaclab.analysis.seen import Seen
from smaclab.errors import SmaclabError


def test_the_typical_cell_is_the_median_of_those_known(seen):
    np.testing.assert_allclose(seen.typical("drug", "NIK"), [10.0, 20.0, 40.0, 40.0])


def test_viability_is_a_fraction(seen):
    np.testing.assert_allclose(seen.typical("drug", "viability"), [1.0, 1.0, 0.5, 0.25])


def test_cells_that_failed_are_counted(seen):
    assert seen.unknown_fraction("drug", "NIK") == 0.25
    nothing = Seen(time_h={"x": np.arange(2.0)}, values={("x", "NIK"): np.full((3, 2), np.nan)})
    assert np.isnan(nothing.typical("x", "NIK")).all()


def test_what_was_not_looked_at(seen):
    with pytest.raises(SmaclabError, match="NIK of vehicle"):
        seen.of("vehicle", "NIKK")
