"""Time courses with replicates."""

import math

import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.lab.courses import courses
from tests.lab import campaigns


@pytest.fixture(scope="module")
def seen():
    return courses(campaigns.series(), "cIAP1")


def test_experiments_that_differ_in_their_seed_are_replicates(seen):
    assert len(seen.courses) == 16
    table = seen.table()
    last = table[(table["cell_line"] == "EVSA-T") & (table["treatment"] == "SM-164 1 µM")]
    assert list(last["time_h"]) == [0.0, 12.0, 24.0]
    np.testing.assert_allclose(last["mean"], [100.0, 3.75, 3.75])  # 38 and 39 of 40
    np.testing.assert_allclose(last["sd"], [0.0, 2.5 / math.sqrt(2), 2.5 / math.sqrt(2)])
    assert set(last["n"]) == {2}


def test_half_times_have_a_direction_and_an_interval(seen):
    table = seen.half_times()
    last = table[(table["cell_line"] == "EVSA-T") & (table["treatment"] == "SM-164 1 µM")].iloc[0]
    assert (last["moves"], last["n"]) == ("down", 2)
    assert last["half_time_h"] == pytest.approx(6.0)  # straight between the looks at 0 and 12 h
    still = table[table["cell_line"] == "BJ"].iloc[0]
    assert math.isnan(still["half_time_h"])
    assert (still["moves"], still["n"], still["looked_h"]) == ("stays", 0, "")
    assert last["looked_h"] == "0 to 12"  # no better known than that


def test_it_is_drawn_a_line_at_a_time(seen):
    (axes,) = seen.figure("bj").axes
    assert axes.get_title(loc="left") == "cIAP1, BJ"
    assert axes.get_ylabel() == "cIAP1 (copies)"
    with pytest.raises(ExperimentError, match="unknown cell line"):
        seen.figure("HeLa")


def test_a_readout_that_nobody_has_gets_a_letter():
    with pytest.raises(ExperimentError, match="none of 32 experiments has the readout 'NIK'"):
        courses(campaigns.series(), "NIK")
