"""Tables as files that are safe to open."""

import io
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smaclab.errors import ExperimentError
from smaclab.lab import workbook
from smaclab.lab.workbook import SIMULATED, safe_text, to_csv, to_xlsx

ATTACKS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", " =1+1", "＝1+1", "-"]


@pytest.mark.parametrize("text", ATTACKS)
def test_a_text_that_would_be_a_formula_gets_a_quote(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-0.5", "+5", "-1,5 %", "-1e-3", "SM-164", "a=b", "", "10 nM"])
def test_numbers_and_other_texts_stay_as_they_are(text):
    assert safe_text(text) == text


def table():
    return pd.DataFrame(
        {
            "well": ["A01", "A02"],
            "=own": ["=1+1", "x,y"],
            f"viability {SIMULATED} [1]": [0.123456789012345, np.nan],
            "viability measured [1]": [np.nan, -0.5],
        }
    )


def test_csv_says_nan_where_a_cell_is_not_known_and_nothing_where_nothing_was_measured():
    assert to_csv(table()) == (
        "well,'=own,viability SIMULATED [1],viability measured [1]\n"
        "A01,'=1+1,0.123456789012345,\n"
        'A02,"x,y",NaN,-0.5\n'
    )


def test_excel_holds_the_same_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx({"wells": table()})))
    rows = list(book["wells"].iter_rows())
    assert [cell.value for cell in rows[0]][1] == "'=own"
    assert [cell.value for cell in rows[1]] == ["A01", "'=1+1", 0.123456789012345, None]
    assert [cell.value for cell in rows[2]] == ["A02", "x,y", "NaN", -0.5]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


@given(st.lists(st.text(max_size=8) | st.sampled_from(ATTACKS), min_size=1, max_size=4))
def test_no_text_ever_becomes_a_formula(texts):
    texts = [text for text in texts if openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text) == text]
    data = to_xlsx({"a": pd.DataFrame({"x": texts}, dtype=object)})
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data))["a"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_equal_tables_are_equal_bytes_and_hold_no_date():
    first, second = to_xlsx({"a": table()}), to_xlsx({"a": table()})
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml")
    assert core.count(b"1980-01-01T00:00:00Z") == 2
    assert b"20" not in core.split(b"created")[-2][-30:]


def test_without_the_extra_there_is_advice(monkeypatch):
    monkeypatch.setattr(workbook, "find_spec", lambda name: None)
    with pytest.raises(ExperimentError, match=r"pip install 'smaclab\[excel\]'"):
        to_xlsx({"a": table()})
