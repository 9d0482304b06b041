import pytest

from smaclab.assay.sample import Sample
from smaclab.errors import ShapeError


def test_a_sample_is_found_by_its_name():
    assert Sample(experiment="vehicle", time_h=0.25).name == "vehicle at 0.25 h"


def test_a_time_is_a_number():
    with pytest.raises(ShapeError, match="a sample at nan h"):
        Sample(experiment="vehicle", time_h=float("nan"))
