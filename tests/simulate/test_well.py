"""The nouns of a well check themselves."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.simulate.well import Member, WellCourse
from tests.simulate.well_toy import toy_recipe, toy_well


def test_a_well_needs_somebody():
    with pytest.raises(SimulationError, match="needs a cell of each"):
        replace(toy_well(2), members=())
    with pytest.raises(SimulationError, match="needs a cell of each"):
        replace(toy_well(2), members=(Member(recipe=toy_recipe(), cells=range(0)),))


def test_lines_of_a_well_are_watched_equally_long():
    members = (
        Member(recipe=toy_recipe(), cells=range(1)),
        Member(recipe=toy_recipe(end_s=3600.0), cells=range(1)),
    )
    with pytest.raises(SimulationError, match="equally long"):
        replace(toy_well(2), members=members)


@pytest.mark.parametrize("times", [[], [-1.0, 5.0], [5.0, 5.0]])
def test_sample_times_increase(times):
    with pytest.raises(SimulationError, match="sample times"):
        toy_well(1, times=times)


def test_a_species_of_the_medium_is_asked_for_by_name():
    nothing = np.zeros((1,))
    course = WellCourse(
        counts=np.zeros((1, 2, 1)), medium=np.array([[1.0], [2.0]]), species=("L()@medium",),
        time_s=np.array([0.0, 1.0]), death_time_s=nothing, death_kind=np.array([""]), status=nothing,
        member=nothing, cell=nothing, macro_s=nothing, rejected=0,
    )  # fmt: skip
    assert course.of("L()@medium").tolist() == [1.0, 2.0]
    with pytest.raises(SimulationError, match="Did you mean"):
        course.of("L()@medum")
