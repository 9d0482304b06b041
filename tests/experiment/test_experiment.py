import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.dose import Dose
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


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"cells": True}, "a: True cells."),
        ({"duration_s": "24 h"}, "a: a duration of '24 h' s."),
        ({"sample_s": ["0 h"]}, "a: sample ['0 h']. It is a list of times, s."),
        ({"sample_s": "x"}, "a: sample 'x'. It is a list of times, s."),
        ({"readouts": "viability"}, "a: readouts 'viability'. It is a list of names."),
        ({"doses": [{"drug": "TNF"}]}, "It is a list of Dose."),
        ({"doses": Dose(drug="TNF", concentration_nM=1)}, "It is a list of Dose."),
        ({"in_vitro": "BIRC2"}, "a: in_vitro 'BIRC2'. It is a list of names."),
        ({"in_vitro": [1]}, "a: in_vitro [1]. It is a list of names."),
        ({"perturbations": ["RIPK1"]}, "It is a list of KnockOut, KnockDown"),
    ],
)
def test_things_of_the_wrong_kind_get_a_letter(changed, says):
    with pytest.raises(ExperimentError) as caught:
        Experiment(**{"id": "a", "cell_line": "BJ", **changed})
    assert says in str(caught.value)


def test_a_living_cell_unless_a_tube_is_named():
    assert Experiment(id="a", cell_line="BJ").in_vitro == ()
    assert Experiment(id="a", cell_line="BJ", in_vitro=["BIRC2", "E1"]).in_vitro == ("BIRC2", "E1")


def test_lists_and_numpy_numbers_become_plain():
    dose = Dose(drug="TNF", concentration_nM=1)
    made = Experiment(
        id="a", cell_line="BJ", cells=np.int64(3), duration_s=2, sample_s=np.arange(3), doses=[dose]
    )
    assert (made.sample_s, made.doses, made.duration_s) == ((0.0, 1.0, 2.0), (dose,), 2.0)
    assert type(made.cells) is int
    assert type(made.sample_s[0]) is float
