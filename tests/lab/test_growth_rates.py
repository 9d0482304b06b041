"""GR metrics of a run."""

import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.lab.dose_responses import dose_responses
from smaclab.lab.growth_rates import growth_rates
from tests.lab import campaigns

KNOWN_H = {"EVSA-T": 24.0, "BJ": 48.0}


def of(material, doubling_h=None, known_h=KNOWN_H, **more):
    return growth_rates(material, dose_responses(material, **more), doubling_h, known_h)


@pytest.fixture(scope="module")
def seen():
    return of(campaigns.series())


def test_a_line_that_dies_loses_growth_and_one_that_lives_does_not(seen):
    first, second = seen.table().to_dict("records")
    assert (first["cell_line"], first["doubling_h"], second["doubling_h"]) == ("EVSA-T", 24.0, 48.0)
    # In 24 h a control of EVSA-T doubles: growth is halved (GR = 0.41) where 71 % live, and at 0 half do.
    assert 1.0 < first["GR50_nM"] < 5.0
    assert first["GR_max"] < -0.8
    assert first["GR_inf_low"] < first["GR_inf"] < first["GR_inf_high"]
    assert second["GR50_nM"] == np.inf


def test_values_are_those_of_the_formula(seen):
    doses = np.array([dose for dose, _ in seen.series[0].members if dose > 0])
    members = [index for dose, index in seen.series[0].members if dose > 0]
    alive = np.array([np.mean(campaigns.series().death_time_s[index][:40] > 86_400.0) for index in members])
    np.testing.assert_allclose(
        seen.values[0], 2.0 ** np.log2(2.0 * np.maximum(alive, 1e-300)) - 1.0, atol=1e-9
    )
    assert len(doses) == 14


def test_slower_cells_are_inhibited_more_by_equal_death():
    fast, slow = (of(campaigns.series(), doubling).found[0].GR50_nM for doubling in (24.0, 72.0))
    assert slow < fast


def test_it_shows_itself(seen):
    assert "GR50_nM" in repr(seen)
    (axes,) = seen.figure().axes
    assert axes.get_ylabel() == "GR"
    assert "SIMULATED" in seen._repr_html_()


def test_what_is_missing_is_a_letter():
    with pytest.raises(ExperimentError, match="EVSA-T: no doubling time.*doubling_h=24"):
        of(campaigns.series(), known_h={})
    base = campaigns.series()
    dying = campaigns.material(base.experiments[:8], [35] * 8)
    with pytest.raises(ExperimentError, match="the control shrinks to"):
        of(dying)
    without = campaigns.material(base.experiments[1:8], [0, 1, 5, 10, 20, 30, 40])
    with pytest.raises(ExperimentError, match="GR needs a control"):
        of(without)
