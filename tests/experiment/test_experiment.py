import math
from dataclasses import FrozenInstanceError

import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.experiment import Experiment


def test_an_experiment_does_not_change():
    with pytest.raises(FrozenInstanceError):
        Experiment(id="a", cell_line="BJ").seed = 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"id": "../a"}, "'../a' is not an id."),
        ({"id": 7}, "7 is not an id."),
        ({"cells": 0}, "a: 0 cells."),
        ({"cells": 1.0}, "a: 1.0 cells."),
        ({"seed": -1}, "a: seed -1."),
        ({"duration_s": 0.0}, "a: a duration of 0.0 s."),
        ({"duration_s": math.nan}, "a: a duration of nan s."),
        ({"medium_volume_pl": 0.0}, "a: 0.0 pl of medium."),
        ({"readouts": ()}, "a: readouts (). Name at least one."),
        ({"sample_s": ()}, "a: sample (). Name at least one time."),
        ({"sample_s": (0.0, 0.0)}, "a: sample times (0.0, 0.0) s do not increase."),
        ({"sample_s": (0.0, math.nan)}, "do not increase."),
        (
            {"sample_s": (-1.0, 5.0)},
            "a: sample times run from -1 s to 5 s, but the experiment from 0 to 86400 s.",
        ),
        ({"sample_s": (0.0, 90_000.0)}, "but the experiment from 0 to 86400 s."),
    ],
)
def test_an_experiment_that_is_not_sound(changed, says):
    with pytest.raises(ExperimentError) as caught:
        Experiment(**{"id": "a", "cell_line": "BJ", **changed})
    assert says in str(caught.value)
