import math

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
        ({"start_s": -1.0}, "A dose starts at 0 or later."),
        ({"start_s": math.inf}, "A dose starts at 0 or later."),
        ({"start_s": 5.0, "end_s": 5.0}, "TNF: added at 5 s but gone by 5 s."),
        ({"end_s": math.nan}, "gone by nan s."),
    ],
)
def test_a_dose_that_is_not_sound(changed, says):
    with pytest.raises(ExperimentError, match=says):
        Dose(**{"drug": "TNF", "concentration_nM": 1.0, **changed})
