import numpy as np
import pytest

from smaclab.analysis.quantity import Quantity
from smaclab.analysis.seen import Seen
from smaclab.errors import SmaclabError


def of(readout, **changed):
    return Quantity(readout=readout, experiment="drug", **changed)


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        (of("NIK", time_h=1.0), 20.0),
        (of("NIK"), 40.0),
        (of("NIK", floor=2.0), 42.0),
        (of("NIK", pick="highest", time_h=1.0), 20.0),
        (of("cIAP1", pick="lowest", time_h=2.0), 5.0),
        (of("NIK", pick="half_rise"), 1.25),  # from 10 to 40: 25 lies a quarter of the way from 1 h to 2 h
        (
            of("cIAP1", pick="half_fall"),
            48.0 / 90.0,
        ),  # from 100 to 4: 52 is 48/90 down to 10
        (of("p52", pick="peak_time"), 24.0),
        (of("flat", pick="half_rise"), np.inf),
        (of("viability"), 0.25),
    ],
)
def test_what_is_read_off(seen, quantity, value):
    assert quantity.value(seen) == pytest.approx(value, rel=1e-12)


def test_a_time_that_is_not_sampled(seen):
    with pytest.raises(SmaclabError, match="not looked at 3 h"):
        of("NIK", time_h=3.0).value(seen)


def test_a_quantity_says_what_it_is():
    assert of("NIK", time_h=0.25).words() == "NIK at 15 min in drug"
    assert of("NIK", pick="half_rise", time_h=4.0).words() == "time of half the rise of NIK to 4 h in drug"


@pytest.mark.parametrize(
    ("curve", "top"),
    [
        ([0.0, 3.0, 4.0, 3.0], 2.0),
        ([0.0, 3.0, 4.0, 0.0], 1.7),  # the parabola through the last three: 4.25 at 1.7
        ([0.0, 4.0, 4.0, 0.0], 1.5),
        ([5.0, 4.0, 4.0, 0.0], 0.0),  # an end is an end
        ([0.0, 1.0, 2.0, 3.0], 3.0),
        ([1.0, 1.0, 1.0, 1.0], 0.0),
    ],
)
def test_a_peak_lies_between_looks(curve, top):
    seen = Seen(time_h={"a": np.arange(4.0)}, values={("a", "p52"): np.array([curve])})
    assert Quantity(readout="p52", experiment="a", pick="peak_time").value(seen) == pytest.approx(top)
