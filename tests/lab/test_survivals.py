"""Survival of a run."""

import pytest

from smaclab.errors import ExperimentError
from smaclab.lab.survivals import survivals
from tests.lab import campaigns


@pytest.fixture(scope="module")
def seen():
    return survivals(campaigns.series())


def test_a_row_an_experiment_with_intervals(seen):
    last = seen.table().iloc[7]
    assert last["experiment"] == "EVSA-T-1-7"
    assert (last["cells"], last["failed"]) == (41, 1)
    assert last["alive_percent"] == pytest.approx(5.0)
    assert last["alive_percent_low"] < 5.0 < last["alive_percent_high"]
    assert last["median_death_h"] == 6.0


def test_experiments_are_compared(seen):
    assert seen.log_rank("EVSA-T-1-0", "EVSA-T-1-7").p < 1e-6
    with pytest.raises(ExperimentError, match="unknown experiment 'nobody'"):
        seen.log_rank("nobody", "EVSA-T-1-0")


def test_a_line_is_drawn_with_its_numbers_at_risk(seen):
    above, below = seen.figure("bj").axes
    assert above.get_title(loc="left") == "BJ (1 to 7 of 8)"  # two seeds join a curve
    assert "n\u00a0=\u00a080, 2 failed" in above.figure.legends[0].get_texts()[0].get_text()
    assert below.texts[0].get_text() == "cells at risk"
    assert "SIMULATED" in seen._repr_html_()
