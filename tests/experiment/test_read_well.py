import math

import pytest

from smaclab.experiment.dose import Dose
from smaclab.experiment.fields import Letters
from smaclab.experiment.perturbation import KnockDown, KnockOut, OverExpress
from smaclab.experiment.plate_default import Default
from smaclab.experiment.plate_records import records_of
from smaclab.experiment.read_change import ASSUMED_REMAINING
from smaclab.experiment.read_well import WellReader
from smaclab.experiment.sheet import sheet_of


@pytest.fixture
def read(catalogue):
    """(draft, letters) of one row of a long table."""

    def call(mark="", default=None, **cells):
        cells = {
            "cell line": "BJ",
            "comment": "",
            **{name.replace("__", " "): text for name, text in cells.items()},
        }
        rows = [[(name, False) for name in cells], [(text, False) for text in cells.values()]]
        letters = Letters("x.csv")
        (record,), _ = records_of([sheet_of(rows)], catalogue, letters)
        draft = WellReader(catalogue, letters, mark, default or Default()).read(record)
        return draft, [f"{problem.key}: {problem.message}" for problem in letters.problems]

    return call


def nM(drug, value, **more):
    return Dose(drug=drug, concentration_nM=value, **more)


@pytest.mark.parametrize(
    ("cells", "doses"),
    [
        ({"SM-164": "100 nM"}, [nM("SM-164", 100)]),
        ({"SM-164": "0,5 µM"}, [nM("SM-164", 500)]),
        ({"sm164 [nM]": "0.5"}, [nM("SM-164", 0.5)]),
        ({"TNF": "52 ng/ml"}, [nM("TNF", 1.0)]),
        ({"TNF": "52 ng/mL from 2 h until 4 h"}, [nM("TNF", 1.0, start_s=7200, end_s=14400)]),
        ({"drug": "tl32711", "dose": "1", "unit": "nM"}, [nM("birinapant", 1)]),
        (
            {"drug": "TNF", "dose [nM]": "1", "drug 2": "MG132", "dose 2": "2 nM"},
            [nM("TNF", 1), nM("MG132", 2)],
        ),
        ({"drug": "TNF 1 nM"}, [nM("TNF", 1)]),
        ({"treatment": "SM-164 100 nM + TNF 1 nM"}, [nM("SM-164", 100), nM("TNF", 1)]),
        ({"treatment": "100nM SM164+1 nM of TNF from 1 h"}, [nM("SM-164", 100), nM("TNF", 1, start_s=3600)]),
        ({"treatment": "tumor necrosis factor 1 nM"}, [nM("TNF", 1)]),
        ({"treatment": "DMSO 0.1 % + TNF 1 nM"}, [nM("TNF", 1)]),
    ],
    ids=str,
)
def test_doses_are_understood_as_people_write_them(read, cells, doses):
    draft, letters = read(**cells)
    assert letters == []
    assert [dose for _, dose in draft.doses] == doses


@pytest.mark.parametrize("text", ["", "0", "0 nM", "0,0", "-", "none", "DMSO", "n/a", "vehicle", "0.00 µM"])
def test_no_drug_has_many_names(read, text):
    assert (read(**{"SM-164": text})[0].doses, read(**{"SM-164": text})[1]) == ((), [])
    assert (read(treatment=text)[0].doses, read(treatment=text)[1]) == ((), [])
    assert (read(drug="SM-164", dose=text or "0")[0].doses, read(drug=text, dose="")[1]) == ((), [])


def test_one_amount_in_two_units_is_one_dose(read):
    one, other = read(TNF="0.009 nM")[0].doses, read(TNF="0.000009 uM")[0].doses
    assert 0.000009 * 1e3 != 0.009
    assert one[0][1] == other[0][1]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"SM-164": "100"}, "C2, row 2, column 'SM-164': '100' has no unit"),
        ({"SM-164": "100"}, "Or write the unit into the header"),
        ({"SM-164": "100 nm"}, "unknown unit 'nm'. Did you mean 'nM'?"),
        ({"SM-164": "0,5 nm"}, "'0,5 nm': unknown unit"),
        ({"SM-164": "1,000 nM"}, "Write 1000 or 1.0."),
        ({"SM-164": "+"}, "'+' is not a concentration"),
        ({"SM-164": "10 ng/ml"}, "no molar mass"),
        ({"SM-164": "1 nM from 2 h from 3 h"}, "write it as '100 nM from 2 h until 4 h'"),
        ({"SM-164": "1 nM from"}, "unknown unit"),
        ({"SM-164": "1 nM from 4 h until 2 h"}, "A wash-out comes after the dose"),
        ({"drug": "SM-146", "dose": "1 nM"}, "column 'drug': unknown drug 'SM-146'. Did you mean 'SM-164'?"),
        ({"drug": "SM-164", "dose": ""}, "no dose of SM-164"),
        ({"drug": "", "dose": "1 nM"}, "no drug beside it"),
        ({"treatment": "SM-164"}, "Write it as 'SM-164 100 nM'"),
        ({"treatment": "SM-146 5 nM"}, "unknown drug 'SM-146'. Did you mean 'SM-164'?"),
        ({"time": "24"}, "has no unit"),
        ({"time": "-3 h"}, "cannot be negative"),
        ({"siRNA": "RIPK7"}, "Did you mean 'RIPK1'?"),
        ({"siRNA": "RIPK1 150 %"}, "from 0 to 100 %"),
        ({"siRNA": "RIPK1", "remaining": "much"}, "'much' is not a number"),
        ({"over-express": "BIRC2"}, "'BIRC2 x 5'"),
        ({"over-express": "BIRC2 x 0.1"}, "factor 0.1. It is 1 or more"),
        ({"viability": "87"}, "viability [%]"),
        ({"viability": "alive"}, "'alive' is not a number"),
        ({"cIAP1": "9" * 400}, "not a finite number"),
    ],
    ids=str,
)
def test_what_is_not_understood_is_a_letter_with_cell_row_and_column(read, cells, words):
    _, letters = read(**cells)
    assert len(letters) == 1
    assert words in letters[0]
    assert letters[0].startswith(("C2, row 2", "D2, row 2"))


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        ({"siRNA": "RIP1"}, [KnockDown(symbol="RIPK1", remaining=ASSUMED_REMAINING)]),
        ({"siRNA": "siRIPK1"}, [KnockDown(symbol="RIPK1", remaining=ASSUMED_REMAINING)]),
        ({"siRNA": "RIPK1 10 %"}, [KnockDown(symbol="RIPK1", remaining=0.1)]),
        ({"siRNA": "RIPK1 (2,5 %)"}, [KnockDown(symbol="RIPK1", remaining=0.025)]),
        ({"siRNA": "RIPK1", "remaining [%]": "20"}, [KnockDown(symbol="RIPK1", remaining=0.2)]),
        ({"siRNA": "RIPK1", "remaining": "0.2"}, [KnockDown(symbol="RIPK1", remaining=0.2)]),
        ({"siRNA": "si-ctrl"}, []),
        ({"siRNA": "non-targeting"}, []),
        (
            {"siRNA": "RIPK1 5 % + XIAP 6 %"},
            [KnockDown(symbol="RIPK1", remaining=0.05), KnockDown(symbol="XIAP", remaining=0.06)],
        ),
        ({"KO": "cIAP1"}, [KnockOut(symbol="BIRC2")]),
        ({"KO": "wild type"}, []),
        ({"over-express": "XIAP x 3"}, [OverExpress(symbol="XIAP", factor=3)]),
        ({"over-express": "XIAP 3-fold"}, [OverExpress(symbol="XIAP", factor=3)]),
    ],
    ids=str,
)
def test_perturbations_are_understood_by_symbol_and_alias(read, cells, changes):
    draft, letters = read(**cells)
    assert letters == []
    assert [change for _, change in draft.perturbations] == changes
    assert draft.assumes_remaining is (cells.get("siRNA") in ("RIP1", "siRIPK1"))


def test_time_and_cell_line_have_defaults(read):
    default = Default(cell_line="EVSA-T", read_s=7200.0)
    draft, letters = read(default=default, **{"cell line": "", "TNF": "1 nM"})
    assert (draft.cell_line, draft.read_s, letters) == ("EVSA-T", 7200.0, [])
    draft, _ = read(default=default, **{"time [h]": "48"})
    assert (draft.cell_line, draft.read_s) == ("BJ", 172_800.0)


def test_a_row_with_a_drug_and_no_cell_line_is_a_letter(read):
    _, letters = read(**{"cell line": "", "TNF": "1 nM"})
    assert letters == [
        "A2, row 2, column 'cell line': no cell line. Write one, or give one for all with --cell-line."
    ]


@pytest.mark.parametrize(
    ("header", "text", "value"),
    [
        ("viability", "0.87", 0.87),
        ("viability", "87 %", 0.87),
        ("viability [%]", "87,5", 0.875),
        ("viability [%]", "108", 1.08),
        ("cIAP1", "0", 0.0),
        ("TNF measured [pg/ml]", "12", 12.0),
    ],
)
def test_measured_values_are_numbers_and_viability_a_fraction(read, header, text, value):
    draft, letters = read(**{header: text})
    assert letters == []
    assert list(draft.measured.values()) == [pytest.approx(value)]


@pytest.mark.parametrize("text", ["", "n/a", "NaN", "-", "#N/A"])
def test_what_was_not_measured_is_left_out(read, text):
    assert (dict(read(viability=text)[0].measured), read(viability=text)[1]) == ({}, [])


def test_a_number_of_a_spreadsheet_has_a_point_whatever_the_table(catalogue):
    rows = [[("cell line", False), ("SM-164 [nM]", False)], [("BJ", False), ("1.500", True)]]
    letters = Letters("x.xlsx")
    (record,), _ = records_of([sheet_of(rows)], catalogue, letters)
    draft = WellReader(catalogue, letters, ",", Default()).read(record)
    assert letters.problems == []
    assert draft.doses[0][1].concentration_nM == 1.5
    assert math.isinf(draft.doses[0][1].end_s)
