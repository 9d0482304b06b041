import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.dose import Dose
from smaclab.experiment.perturbation import KnockOut
from smaclab.experiment.plate import Plate, Well, parse_well, well_name


@pytest.mark.parametrize(
    ("text", "at"),
    [("A1", (0, 0)), ("a01", (0, 0)), (" H 12 ", (7, 11)), ("P24", (15, 23)), ("A001", (0, 0))],
)
def test_wells_are_understood_as_people_write_them(text, at):
    assert parse_well(text) == at


@pytest.mark.parametrize("text", ["", "A", "A0", "A25", "Q1", "AA1", "1A", "A1.5", "A-1"])
def test_what_is_no_well_is_none(text):
    assert parse_well(text) is None


def test_every_name_is_read_back():
    assert all(parse_well(well_name(r, c)) == (r, c) for r in range(16) for c in range(24))


def well(name="A01", **more):
    return Well(name=name, cell_line="EVSA-T", read_s=3600.0, **more)


def test_a_plate_knows_what_was_measured():
    plate = Plate(id="p", wells=(well(measured={"cIAP1": 1.0}), well("A02")), format=96)
    assert plate.measured == ("cIAP1",)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: well("A1"), "'A1' is not a well"),
        (lambda: Well(cell_line="x", read_s=float("nan")), "It is a time"),
        (lambda: Plate(id="a b", wells=(well(),), format=96), "not an id"),
        (lambda: Plate(id="p", wells=(), format=96), "at least one"),
        (lambda: Plate(id="p", wells=(well(),), format=25), "6, 12, 24, 48, 96 or 384"),
        (lambda: Plate(id="p", wells=(well("I01"),), format=96), "well I01"),
        (lambda: Plate(id="p", wells=(well(), well("")), format=96), "All wells have names"),
        (lambda: Plate(id="p", wells=(well(),)), "All wells have names"),
    ],
)
def test_a_plate_that_cannot_be_says_so(make, words):
    with pytest.raises(ExperimentError, match=words):
        make()


def test_a_plate_says_what_was_understood():
    one = well(doses=(Dose(drug="TNF", concentration_nM=1),), perturbations=(KnockOut(symbol="RIPK1"),))
    plate = Plate(id="p", wells=(one, well("A02", measured={"viability": 1.0})), format=96)
    assert plate.summary() == (
        "2 wells; cells: EVSA-T; given: TNF; changed: knock-outs; measured: viability."
    )
    again = Well(name="A01", cell_line="EVSA-T", read_s=0.0)
    assert Plate(id="p", wells=(one, again), format=96).summary().startswith("1 wells, 2 times; cells")
    assert "given: no drug; measured: nothing." in Plate(id="p", wells=(well(""),)).summary()
