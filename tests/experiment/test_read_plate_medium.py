"""Columns and layers of a shared medium; what is not understood becomes a letter with its cell."""

from dataclasses import replace

import pytest

from smaclab.experiment.plate_default import Default
from smaclab.experiment.read_plate import examine_plate
from smaclab.experiment.shared_well import FORMATS, MediumChange, SharedWell
from tests.experiment.conftest import make_line
from tests.experiment.tables import block, text

HEADER = "cell line,volume [ul],cells per well,density,plate format,mixed with,medium change,time\n"


@pytest.fixture
def read(catalogue, tmp_path):
    """(wells, notes, letters) of a file."""
    lines = replace(catalogue, cell_lines=(make_line("LINE-1"), make_line("LINE-2", "second")))

    def call(content):
        path = tmp_path / "plate.csv"
        path.write_text(content, encoding="utf-8")
        plate, problems = examine_plate(path, lines, Default())
        told = {problem.key: problem.message for problem in problems}
        return (plate.wells if plate else ()), (plate.notes if plate else ()), told

    return call


def test_a_long_table_says_it_in_its_columns(read):
    rows = [
        "LINE-1,200,5000,,,,,24 h",
        "LINE-1,,,30000,6,second 10 %,6 h; 50 % at 2 h,24 h",
        "LINE-1,,,,,,,24 h",
    ]
    wells, notes, told = read(HEADER + "\n".join(rows) + "\n")
    assert told == {}
    assert wells[0].shared == SharedWell(volume_ul=200.0, cell_number=5000)
    changes = (MediumChange(at_s=7200.0, fraction=0.5), MediumChange(at_s=21_600.0))
    assert wells[1].shared == SharedWell(
        volume_ul=2000.0, cell_number=288_000, others=(("LINE-2", 0.1),), changes=changes
    )
    usual = FORMATS[96]
    assert wells[2].shared == SharedWell(volume_ul=usual.volume_ul, cell_number=usual.cells)
    assert "that of a plate of 96 wells" in notes[0]


def test_a_map_is_of_the_plate_that_is_drawn(read):
    layers = (
        block("cell line", {"A1": "LINE-1", "B2": "LINE-1"}, rows=16, columns=24),
        block("volume", {"A1": "30 ul", "B2": "", "C3": "50 ul"}, rows=16, columns=24),
    )
    wells, notes, told = read(text(*layers))
    assert told == {}
    assert [well.name for well in wells] == ["A01", "B02"]  # C3 is medium without cells
    assert wells[0].shared == SharedWell(volume_ul=30.0, cell_number=FORMATS[384].cells)
    assert wells[1].shared.volume_ul == FORMATS[384].volume_ul
    assert not any("plate of 96" in note for note in notes)


def test_a_file_without_such_a_column_has_cells_apart(read):
    wells, notes, told = read("cell line,time\nLINE-1,24 h\n")
    assert (wells[0].shared, notes, told) == (None, (), {})


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("LINE-1,3 kg,,,,,,24 h", "volume", "kg"),
        ("LINE-1,,0.5,,,,,24 h", "cells per well", "not a whole number"),
        ("LINE-1,,10,20,,,,24 h", "density", "said twice"),
        ("LINE-1,,,,97,,,24 h", "plate format", "97 is no plate"),
        ("LINE-1,,,,,second,,24 h", "mixed with", "'EVSA-T 10 %'"),
        ("LINE-1,,,,,LINE-1 10 %,,24 h", "mixed with", "experiment's own line"),
        ("LINE-1,,,,,,soon,24 h", "medium change", "soon"),
        ("LINE-1,,,,,,30 h,24 h", "", "changed at 30 h"),
    ],
)
def test_slips_are_told_where_they_stand(read, row, column, words):
    wells, _, told = read(HEADER + row + "\n")
    assert wells == ()
    (key,) = told
    assert column in key
    assert words in told[key]


def test_a_well_grows_where_a_column_says_so(read):
    header = "cell line,growth,time\n"
    wells, _, told = read(header + "LINE-1,yes,24 h\nLINE-1,30 h,24 h\nLINE-1,no,24 h\nLINE-1,,24 h\n")
    assert told == {}
    said = [(well.shared.grows, well.shared.doubling_s) for well in wells]
    assert said == [(True, None), (True, 108_000.0), (False, None), (False, None)]
    assert read("cell line,doubling time [h],time\nLINE-1,20,24 h\n")[0][0].shared.doubling_s == 72_000.0
    (key,) = told = read(header + "LINE-1,fast,24 h\n")[2]
    assert "growth" in key
    assert "fast" in told[key]


def test_a_density_has_one_unit(read):
    told = read("cell line,density [cells/mm2],time\nLINE-1,10,24 h\n")[2]
    assert "It is in cells/cm2" in next(iter(told.values()))
    assert read("cell line,density [cells/cm2],time\nLINE-1,10000,24 h\n")[0][0].shared.cell_number == 3200


def test_one_well_has_one_medium(read):
    told = read("well,cell line,volume,time\nA1,LINE-1,100 ul,6 h\nA1,LINE-1,50 ul,24 h\n")[2]
    assert "treated otherwise" in next(iter(told.values()))
