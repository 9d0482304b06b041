import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.moments import moments_s

ONE = Experiment(id="x", cell_line="BJ")


@pytest.mark.parametrize("at", [4, 4.0, "4", "4 h", "240 min", [4], ["4 h"]])
def test_a_time_can_be_written_in_many_ways(at):
    assert moments_s(ONE, at) == [14_400.0]


def test_several_times_in_one_text_or_list():
    assert moments_s(ONE, "0, 30 min, 4") == moments_s(ONE, [0, "30 min", 4.0]) == [0.0, 1800.0, 14_400.0]


def test_nothing_means_the_end():
    assert moments_s(ONE, None) == [86_400.0]


@pytest.mark.parametrize(
    ("at", "letter"),
    [
        (25, "x: no sample at 25 h. It runs from 0 to 24 h."),
        (-1, "no sample at -1 h"),
        (float("nan"), "no sample at nan h"),
        ("soon", "'soon' is not a time"),
        ([], "name at least one time"),
        ([None], "None is no time"),
        ("4,", "'' is not a time"),
    ],
)
def test_what_is_no_time_gets_a_letter(at, letter):
    with pytest.raises(ExperimentError, match=letter):
        moments_s(ONE, at)
