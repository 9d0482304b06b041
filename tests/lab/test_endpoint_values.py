"""One number an experiment."""

import numpy as np
import pytest

from smaclab.analysis.estimate import Estimate
from smaclab.errors import ExperimentError
from smaclab.lab.endpoint_values import label_of, own_name, time_of, values_at, with_ends
from tests.lab import campaigns


def test_viability_is_the_percentage_of_known_cells_alive():
    seen = values_at(campaigns.series(), "viability", None)
    assert seen[0] == 100.0
    assert seen[7] == pytest.approx(100 * (1 - 38 / 40))
    assert (values_at(campaigns.series(), "viability", 5.0) == 100.0).all()


def test_another_readout_is_its_mean_at_a_sampled_time():
    assert values_at(campaigns.series(), "cIAP1", 12.0)[7] == pytest.approx(5.0)
    with pytest.raises(ExperimentError, match="not looked at after 7 h"):
        values_at(campaigns.series(), "cIAP1", 7.0)
    with pytest.raises(ExperimentError, match="ends after 24 h; 30 h was asked for"):
        values_at(campaigns.series(), "viability", 30.0)


def test_who_it_is_says_the_line_and_what_was_done():
    material = campaigns.series()
    assert label_of(material.experiments[0]) == "EVSA-T"
    assert label_of(material.experiments[1]) == "EVSA-T with SM-164 100 pM"
    assert time_of(material.experiments[0], None) == 24.0
    assert time_of(material.experiments[0], 4.0) == 4.0


def test_names_are_found_by_any_spelling():
    assert own_name("drug", "sm 164", ["SM-164"], where="here") == "SM-164"
    with pytest.raises(ExperimentError, match="here: unknown drug 'SM-165'. Did you mean 'SM-164'"):
        own_name("drug", "SM-165", ["SM-164"], where="here")


def test_an_estimate_is_three_columns():
    seen = with_ends("Top", Estimate(value=1.0, low=0.5, high=np.inf))
    assert seen == {"Top": 1.0, "Top_low": 0.5, "Top_high": np.inf}
