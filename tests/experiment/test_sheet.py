import pytest

from smaclab.experiment.sheet import clean, column_letters, sheet_of


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_are_called_as_in_spreadsheets(number, letters):
    assert column_letters(number) == letters


def test_our_letters_are_openpyxls():
    from openpyxl.utils import get_column_letter

    assert [column_letters(n) for n in range(1, 1000)] == [get_column_letter(n) for n in range(1, 1000)]


def test_a_cell_says_where_it_stands():
    assert sheet_of([[("a", False)], [("b", False), ("c", False)]]).cell(2, 2).where == "B2"
    assert sheet_of([[("a", False)]], name="TNF").cell(1, 1).where == "sheet 'TNF', A1"


def test_outside_of_the_table_everything_is_blank():
    sheet = sheet_of([[("a", False)]])
    assert [sheet.cell(*at).text for at in ((0, 1), (1, 2), (9, 9), (-1, -1))] == [""] * 4


def test_what_cannot_be_seen_is_taken_away():
    assert clean("\ufeff SM\u00a0164\u200b\x07\r\n ") == "SM 164"
    assert sheet_of([[("", False)]]).is_blank
