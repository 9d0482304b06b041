import math

import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.dose import Dose


def test_a_dose_lasts_from_the_start_to_the_end():
    dose = Dose(drug="TNF", concentration_nM=0.0)
    assert (dose.start_s, dose.end_s) == (0.0, math.inf)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"concentration_nM": -1.0}, "TNF: -1.0 nM. A concentration is a finite number, 0 or more."),
        ({"concentration_nM": math.nan}, "TNF: nan nM."),
        ({"concentration_nM": math.inf}, "TNF: inf nM."),
        ({"absorbed_Gy": -1.0}, "TNF: -1.0 Gy. An absorbed dose is a finite number, 0 or more."),
        ({"start_s": -1.0}, "A dose starts at 0 or later."),
        ({"start_s": math.inf}, "A dose starts at 0 or later."),
        (
            {"start_s": 5.0, "end_s": 5.0},
            "TNF: added at 5 s but gone by 5 s. A wash-out comes after the dose.",
        ),
        ({"end_s": math.nan}, "gone by nan h."),
        ({"concentration_nM": "100 nM"}, "TNF: '100 nM' nM. A concentration is a finite number"),
        ({"concentration_nM": True}, "TNF: True nM."),
        ({"start_s": "1 h"}, "TNF: from '1 h' s."),
        ({"end_s": None}, "TNF: until None s."),
        ({"clamped": "yes"}, "TNF: clamped 'yes'. It is True or False."),
    ],
)
def test_a_dose_that_is_not_sound(changed, says):
    with pytest.raises(ExperimentError, match=says):
        Dose(**{"drug": "TNF", "concentration_nM": 1.0, **changed})


def test_the_numbers_of_a_dose_are_plain_floats():
    dose = Dose(drug="TNF", concentration_nM=np.float32(0.5), start_s=np.int64(0), end_s=3600)
    assert [type(n) for n in (dose.concentration_nM, dose.start_s, dose.end_s)] == [float] * 3


def test_a_dose_of_nothing_is_not_given():
    assert not Dose(drug="TNF").given
    assert Dose(drug="TNF", concentration_nM=1.0).given
    assert Dose(drug="radiation", absorbed_Gy=2.0).given
