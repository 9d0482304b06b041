"""[well] and [[medium_change]] become nouns; what is not understood becomes a letter with its key."""

from dataclasses import replace

import pytest

from smaclab.experiment.check import check
from smaclab.experiment.load import load
from smaclab.experiment.shared_well import MediumChange, SharedWell
from tests.experiment.conftest import make_line

BASE = {"id": "x", "cell_line": "LINE-1", "cells": 20, "duration": "24 h"}


@pytest.fixture
def lines(catalogue):
    """The toy catalogue with two lines of known names."""
    return replace(catalogue, cell_lines=(make_line("LINE-1"), make_line("LINE-2", "second")))


def loaded(well, lines, **more):
    return load({**BASE, "well": well, **more}, lines)


def letters(lines, **more):
    return {problem.key: problem.message for problem in check({**BASE, **more}, lines)}


def test_a_format_is_enough(lines):
    found = loaded({"format": 384}, lines)
    assert found.well == SharedWell(volume_ul=50.0, cell_number=1750)
    assert found.medium_volume_pl == pytest.approx(50e6 / 1750)
    assert loaded({}, lines).well == loaded({"format": "96"}, lines).well
    assert load(BASE, lines).well is None


def test_volume_number_and_density_are_said_by_a_person(lines):
    assert loaded({"volume": "0.2 mL", "cell_number": 5000}, lines).medium_volume_pl == 40_000.0
    assert loaded({"format": 6, "cells_per_cm2": 1e4}, lines).well.cell_number == 96_000


def test_a_well_grows_at_the_pace_of_its_lines_or_at_a_given_one(lines):
    said = [loaded({"growth": one}, lines).well for one in (False, True, "30 h")]
    assert [(one.grows, one.doubling_s) for one in said] == [(False, None), (True, None), (True, 108_000.0)]
    found = load({**BASE, "well": {}, "grid": {"well.growth": [False, True]}}, lines)
    assert [one.well.grows for one in found.experiments] == [False, True]


def test_lines_are_found_by_any_name(lines):
    assert loaded({"with": {"second": 0.25}}, lines).well.others == (("LINE-2", 0.25),)
    python = SharedWell(volume_ul=1.0, cell_number=100, others=(("second", 0.5),))
    experiment = replace(load(BASE, lines), well=python)
    assert load(experiment, lines).well.others == (("LINE-2", 0.5),)


def test_medium_is_changed(lines):
    changes = [{"at": "2 h"}, {"at": "6 h", "fraction": 0.5, "supernatant_of": "a.toml", "taken_at": "3 h"}]
    assert loaded({}, lines, medium_change=changes).well.changes == (
        MediumChange(at_s=7200.0),
        MediumChange(at_s=21_600.0, fraction=0.5, donor="a.toml", taken_s=10_800.0),
    )


def test_a_grid_goes_through_wells(lines):
    found = load(
        {**BASE, "well": {}, "grid": {"well.with.LINE-2": [0, 0.5], "well.cell_number": [100, 1000]}}, lines
    )
    assert [dict(one.well.others)["LINE-2"] for one in found.experiments] == [0, 0, 0.5, 0.5]
    assert [one.well.cell_number for one in found.experiments] == [100, 1000, 100, 1000]
    assert [one.id for one in found.experiments][-1] == "x__0p5__1000"


@pytest.mark.parametrize(
    ("well", "key", "words"),
    [
        (3, "well", "is not a table"),
        ({"format": 95}, "well.format", "6, 12, 24, 48, 96, 384"),
        ({"volume": 100}, "well.volume", "no unit"),
        ({"volume": "2 h"}, "well.volume", "a volume is needed"),
        ({"volume": "0 ul"}, "well.volume", "more than nothing"),
        ({"cell_number": 0}, "well.cell_number", "whole number"),
        ({"cell_number": 5, "cells_per_cm2": 5}, "well.cells_per_cm2", "said twice"),
        ({"volume": "5 ul", "cells_per_cm2": 5}, "well.cells_per_cm2", "the area of a known plate"),
        ({"density": 5}, "well", "unknown key 'density'"),
        ({"with": 3}, "well.with", "is not understood"),
        ({"with": {"LINE-3": 0.5}}, "well.with.LINE-3", "Did you mean"),
        ({"with": {"LINE-1": 0.5}}, "well.with.LINE-1", "the experiment's own line"),
        ({"with": {"LINE-2": 0.5, "second": 0.1}}, "well.with.second", "named already"),
        ({"with": {"LINE-2": 5}}, "well.with.LINE-2", "not a fraction"),
        ({"with": {"LINE-2": 0.001}}, "well.with.LINE-2", "Simulate more cells"),
        ({"cell_number": 10}, "cells", "Simulate fewer"),
        ({"growth": 30}, "well.growth", "growth = true"),
        ({"growth": "fast"}, "well.growth", "growth = true"),
        ({"growth": "3 nM"}, "well.growth", "growth = true"),
        ({"growth": "0 h"}, "well.growth", "a time above 0"),
        ({"growth": "-3 h"}, "well.growth", "cannot be negative"),
        ({"growth": "2 h"}, "well.growth", "doubles 5 times"),
        ({"together": "-2 h"}, "well.together", "cannot be negative"),
    ],
)
def test_what_is_not_understood_is_a_letter(lines, well, key, words):
    found = letters(lines, well=well)
    assert list(found) == [key]
    assert words in found[key]


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"at": "2 h"}, "medium_change", "double brackets"),
        ([3], "medium_change.1", "is not a table"),
        ([{}], "medium_change.1.at", "missing"),
        ([{"at": "30 h"}], "medium_change.1.at", "the experiment ends at 24 h"),
        ([{"at": "2 h"}, {"at": "1 h"}], "medium_change.2.at", "does not come after"),
        ([{"at": "2 h", "fraction": 3}], "medium_change.1.fraction", "0 to 1"),
        ([{"at": "2 h", "fraction": 0}], "medium_change.1", "above 0"),
        ([{"at": "2 h", "taken_at": "1 h"}], "medium_change.1", "no donor"),
        ([{"at": "2 h", "from": "x"}], "medium_change.1", "unknown key"),
    ],
)
def test_a_change_that_is_not_understood_is_a_letter(lines, change, key, words):
    found = letters(lines, well={}, medium_change=change)
    assert list(found) == [key]
    assert words in found[key]


def test_medium_is_changed_in_a_well_only(lines):
    assert "Write a [well] too" in letters(lines, medium_change=[{"at": "2 h"}])["medium_change"]


def test_an_axis_of_a_well_that_is_not_known_is_a_letter(lines):
    found = letters(lines, well={}, grid={"well.density": [1, 2]})
    assert "cells_per_cm2" in found["grid.well.density"]
