import math

import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.variability import MIXING_S, Variability


def test_by_default_cells_vary_as_ever():
    assert Variability() == Variability(
        correlation=0.0, sisters=False, since_division_s=None, mixing_s=MIXING_S
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"correlation": 1.1}, "correlation of 1.1"),
        ({"correlation": math.nan}, "from 0 to 1"),
        ({"sisters": True}, "need the time since their mothers divided"),
        ({"since_division_s": 10.0}, "says nothing without them"),
        ({"sisters": True, "since_division_s": -1.0}, "division -1.0 s ago"),
        ({"sisters": 1, "since_division_s": 1.0}, "sisters 1. It is true or false"),
        ({"mixing_s": 0.0}, "mixing time of 0.0 s"),
    ],
)
def test_what_cannot_be_is_refused(given, words):
    with pytest.raises(ExperimentError, match=words):
        Variability(**given)
