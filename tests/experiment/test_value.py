import math

import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.value import Value

GOOD = {"value": 1.0, "unit": "nM", "evidence": "measured", "source": "Wu 2007"}


def test_a_value_carries_its_source():
    assert Value(**GOOD).prior is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"value": math.nan}, "nan is not a finite number"),
        ({"value": "1"}, "'1' is not a number"),
        ({"value": True}, "True is not a number"),
        ({"unit": ""}, "1.0 has no unit"),
        ({"evidence": "guess"}, "Evidence 'guess' is not one of measured, fitted, derived, assumed."),
        ({"source": " "}, "1.0 nM has no source"),
    ],
)
def test_a_value_that_is_not_sound(changed, says):
    with pytest.raises(CatalogueError, match=says):
        Value(**{**GOOD, **changed})
