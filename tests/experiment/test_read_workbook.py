import datetime
import io
import re
import time
import zipfile

import openpyxl
import pytest

from smaclab.experiment import read_workbook as module
from smaclab.experiment.read_workbook import read_workbook
from tests.experiment.tables import workbook


def texts(sheet):
    return [[cell.text for cell in row] for row in sheet.rows]


def changed(data, name, change):
    """The workbook with one of its parts changed; a new part where there is none."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return buffer.getvalue()


def test_sheets_come_with_their_names_and_numbers_as_numbers():
    (sheet,), letters = read_workbook(workbook({"TNF": [["well", 1, 0.5, 1e-5], ["A1", "0,5", True, None]]}))
    assert letters == []
    assert sheet.name == "TNF"
    assert texts(sheet) == [["well", "1", "0.5", "1e-05"], ["A1", "0,5", "TRUE", ""]]
    assert [cell.is_number for cell in sheet.rows[0]] == [False, True, True, True]
    assert sheet.cell(2, 2).where == "sheet 'TNF', B2"


def test_a_merged_range_says_its_text_in_all_its_cells():
    data = workbook({"a": [["x", None, "y"], [None, None], ["z"]]}, merged={"a": ["A1:B2"]})
    (sheet,), _ = read_workbook(data)
    assert texts(sheet) == [["x", "x", "y"], ["x", "x", ""], ["z", "", ""]]


def test_a_merged_range_beyond_the_sheet_is_bounded():
    data = workbook({"a": [["x"]]}, merged={"a": ["A1:B2"]})
    data = changed(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'"A1:B2"', b'"A1:XFD1048576"'))
    (sheet,), letters = read_workbook(data)
    assert letters == []
    assert texts(sheet) == [["x"]]


def test_merged_ranges_that_lie_on_each_other_are_bounded():
    """A thousand ranges over the whole sheet, ten million cells, are not filled one after the other."""
    data = workbook({"a": [["x"] * 100] * 100}, merged={"a": ["A1:B2"]})
    one = b'<mergeCell ref="A1:B2"'
    many = b'<mergeCell ref="A1:XFD1048576"/>' * 5_000 + one
    data = changed(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(one, many))
    start = time.perf_counter()
    (sheet,), letters = read_workbook(data)
    assert time.perf_counter() - start < 20.0  # filled one by one it would be minutes
    assert letters == []
    assert len(sheet.rows) == 100


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.875, "0.0%", "87.5 %"),
        (0.875, "0.00", "0.875"),
        (100, '0" nM"', "100 nM"),
        (0.5, '0.0\\ "ng/ml"', "0.5 ng/ml"),
        (24, '0"h";[Red]-0"h"', "24 h"),
        (7, '"plate "0', "7"),
        (7, "General", "7"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value, number_format, text):
    """0.875 shown as 87.5 % under a header with % would else be a hundred times too small."""
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = number_format
    buffer = io.BytesIO()
    book.save(buffer)
    (sheet,), letters = read_workbook(buffer.getvalue())
    assert (texts(sheet), letters) == ([[text]], [])
    assert sheet.cell(1, 1).is_number


def test_hidden_sheets_are_not_read():
    sheets, _ = read_workbook(workbook({"a": [["x"]], "b": [["y"]]}, hidden=["b"]))
    assert [sheet.name for sheet in sheets] == ["a"]


def test_a_formula_is_never_evaluated_and_without_a_stored_result_is_a_letter():
    _, letters = read_workbook(workbook({"a": [["dose"], ["=1+1"]]}))
    assert [where for where, _ in letters] == ["sheet 'a', A2"]
    assert "a formula whose result is not stored" in letters[0][1]


def test_the_stored_result_of_a_formula_is_read():
    data = workbook({"a": [["=1+1"]]})
    data = changed(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(
        b"<v />", b"<v>2</v>"))  # fmt: skip
    (sheet,), letters = read_workbook(data)
    assert letters == []
    assert texts(sheet) == [["2"]]


@pytest.mark.parametrize(
    "when", [datetime.datetime(2026, 1, 2), datetime.time(4, 30), datetime.date(2026, 3, 1)]
)
def test_what_the_spreadsheet_took_for_a_date_is_a_letter(when):
    _, letters = read_workbook(workbook({"a": [["x", when]]}))
    assert letters[0][0] == "sheet 'a', B1"
    assert "Format the cell as text" in letters[0][1]


def test_a_zip_bomb_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(module, "MOST_UNPACKED", 100_000)
    data = changed(workbook({"a": [["x"]]}), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 200_000)
    assert len(data) < 20_000
    sheets, letters = read_workbook(data)
    assert sheets == ()
    assert "unpacks to more than 100,000 bytes" in letters[0][1]


def test_a_size_that_the_zip_states_is_not_believed(monkeypatch):
    """The stated size is that of a small file; what counts is what comes out."""
    monkeypatch.setattr(module, "MOST_UNPACKED", 50_000)
    data = bytearray(changed(workbook({"a": [["x"]]}), "big.bin", lambda _: b"\0" * 60_000))
    honest = (60_000).to_bytes(4, "little")
    data = bytes(data).replace(honest, (10).to_bytes(4, "little"))
    sheets, letters = read_workbook(data)
    assert sheets == ()
    assert letters


@pytest.mark.parametrize("bomb", ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!ENTITY b 'c'>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_is_refused(bomb, encoding):
    data = changed(workbook({"a": [["x"]]}), "xl/workbook.xml", lambda xml: bomb.encode(encoding) + xml)
    assert "defines XML entities" in read_workbook(data)[1][0][1]


def test_a_size_stated_by_the_sheet_is_not_believed():
    def grow(xml):
        assert b'<dimension ref="A1' in xml
        return xml.replace(b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"')

    (sheet,), letters = read_workbook(changed(workbook({"a": [["x"]]}), "xl/worksheets/sheet1.xml", grow))
    assert letters == []
    assert texts(sheet) == [["x"]]


def test_a_cell_far_away_is_a_letter():
    data = changed(
        workbook({"a": [["x"]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="900000"><c r="A900000"><v>1</v></c></row></sheetData>'
        ),
    )
    assert "something stands in row 900,000" in read_workbook(data)[1][0][1]


def test_a_wide_or_a_scattered_sheet_is_a_letter(monkeypatch):
    def far(xml):
        return xml.replace(b"</sheetData>", b'<row r="2"><c r="XFD2"><v>1</v></c></row></sheetData>')

    data = changed(workbook({"a": [["x"]]}), "xl/worksheets/sheet1.xml", far)
    assert "something stands in column XFD" in read_workbook(data)[1][0][1]
    monkeypatch.setattr(module, "MOST_CELLS", 99)
    assert "more than 99 cells" in read_workbook(workbook({"a": [[1] * 10] * 10}))[1][0][1]


def test_cells_without_addresses_follow_each_other():
    data = workbook({"a": [["x", "y"], ["z", 1]]})
    data = changed(data, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb' r="[A-Z]?\d+"', b"", xml))
    (sheet,), letters = read_workbook(data)
    assert (texts(sheet), letters) == ([["x", "y"], ["z", "1"]], [])


def test_formatted_blank_cells_do_not_count():
    blank = b'<row r="900000"><c r="XFD900000" s="0"/></row></sheetData>'
    data = changed(
        workbook({"a": [["x"]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", blank),
    )
    (sheet,), letters = read_workbook(data)
    assert (texts(sheet), letters) == ([["x"]], [])


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK\x03\x04nonsense", "no sound Excel"), (workbook({"a": [[None]]}), "no visible sheet")],
    ids=["broken", "blank"],
)
def test_what_is_no_workbook_is_a_letter(data, words):
    assert words in read_workbook(data)[1][0][1]


def test_a_zip_of_something_else_is_a_letter():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "no Excel workbook" in read_workbook(buffer.getvalue())[1][0][1]


def test_a_damaged_part_is_a_letter_and_no_traceback():
    data = changed(workbook({"a": [["x"]]}), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert "cannot be read" in read_workbook(data)[1][0][1]


def test_without_the_extra_there_is_advice(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert "pip install 'smaclab[excel]'" in read_workbook(b"PK\x03\x04")[1][0][1]
    assert "Or save as CSV" in read_workbook(b"PK\x03\x04")[1][0][1]
