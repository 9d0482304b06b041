"""A well checks itself, and knows who is in it and how much medium each has."""

import pytest

from smaclab.errors import ExperimentError
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.shared_well import FORMATS, MediumChange, SharedWell


def well(**more):
    return SharedWell(**({"volume_ul": 100.0, "cell_number": 10_000} | more))


def test_a_share_is_the_volume_over_the_cells():
    assert well().share_pl == 10_000.0
    assert Experiment(id="x", cell_line="EVSA-T", well=well(cell_number=40_000)).medium_volume_pl == 2500.0


def test_the_own_line_is_the_rest():
    mixed = well(others=(("EVSA-T", 0.2), ("BJ", 0.3)))
    assert mixed.lines("HCT 116", 100) == (("HCT 116", 50), ("EVSA-T", 20), ("BJ", 30))
    assert well().lines("HCT 116", 7) == (("HCT 116", 7),)


@pytest.mark.parametrize("cells", range(1, 40))
def test_every_simulated_cell_is_of_one_line(cells):
    mixed = well(others=(("a", 1 / 3), ("b", 0.05)))
    counts = dict(mixed.lines("own", cells))
    assert sum(counts.values()) == cells
    for name, fraction in (("a", 1 / 3), ("b", 0.05), ("own", 1 - 1 / 3 - 0.05)):
        assert abs(counts.get(name, 0) - fraction * cells) <= 1


def test_a_line_of_no_cells_is_not_there():
    assert well(others=(("a", 0.0),)).lines("own", 10) == (("own", 10),)
    assert well(others=(("a", 1.0),)).lines("own", 10) == (("a", 10),)


@pytest.mark.parametrize("plate", FORMATS.values(), ids=lambda one: str(one.wells))
def test_plates_are_plausible(plate):
    assert plate.source
    assert 1e4 < plate.cells / plate.area_cm2 < 1e5  # cells/cm2 at seeding
    assert 0.05 < plate.volume_ul / 1000 / plate.area_cm2 < 1.0  # cm of medium over the cells
    assert FORMATS[plate.wells] is plate


@pytest.mark.parametrize(
    "wrong",
    [
        {"volume_ul": 0.0},
        {"volume_ul": float("nan")},
        {"cell_number": 0},
        {"cell_number": 1.5},
        {"together_s": -1.0},
        {"grows": True, "doubling_s": 0.0},
        {"grows": True, "doubling_s": float("inf")},
        {"doubling_s": 3600.0},
        {"others": (("a", 1.2),)},
        {"others": (("a", 0.6), ("b", 0.6))},
        {"changes": (MediumChange(at_s=5.0), MediumChange(at_s=5.0))},
        {"changes": (MediumChange(at_s=5.0), MediumChange(at_s=1.0))},
    ],
)
def test_a_well_that_cannot_be_is_refused(wrong):
    with pytest.raises(ExperimentError, match=r"\d"):
        well(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"at_s": -1.0}, {"fraction": 0.0}, {"fraction": 1.1}, {"taken_s": 5.0}, {"taken_s": -5.0}]
)
def test_a_change_that_cannot_be_is_refused(wrong):
    with pytest.raises(ExperimentError, match=r"\d"):
        MediumChange(**({"at_s": 0.0} | wrong))


def test_an_experiment_takes_no_other_thing_for_a_well():
    with pytest.raises(ExperimentError, match="SharedWell"):
        Experiment(id="x", cell_line="EVSA-T", well={"volume": 3})
