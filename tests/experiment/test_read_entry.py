import pytest

from smaclab.experiment.fields import Letters
from smaclab.experiment.plate_records import records_of
from smaclab.experiment.read_entry import EntryReader, entry_of, text_of
from smaclab.experiment.sheet import sheet_of


@pytest.fixture
def one(catalogue):
    """(reader, record, letters) of a row with a time and a remaining share."""
    rows = [[("cell line", False), ("remaining [%]", False)], [("BJ", False), ("15", True)]]
    letters = Letters("x.csv")
    (record,), _ = records_of([sheet_of(rows)], catalogue, letters)
    return EntryReader(catalogue, letters, ","), record, letters


def test_numbers_are_read_with_the_unit_of_the_cell_or_of_the_header(one):
    reader, record, letters = one
    entry = entry_of(record, "remaining")
    assert reader.fraction(entry, entry.cell.text) == 0.15
    assert reader.quantity(entry, "2 h", "time") == 7200.0
    assert reader.quantity(entry, "-2", "time", unit="h", may_be_negative=True) == -7200.0
    assert letters.problems == []


def test_what_is_no_number_is_a_letter_at_its_place(one):
    reader, record, letters = one
    entry = entry_of(record, "remaining")
    assert reader.number(entry, "many") is None
    assert reader.quantity(entry, "2", "time") is None
    assert reader.own("cell line", "BJJ", entry.key) is None
    assert [problem.key for problem in letters.problems] == ["B2, row 2, column 'remaining [%]'"] * 3


def test_a_column_is_found_by_its_meaning(one):
    _, record, _ = one
    assert text_of(record, "cell line") == "BJ"
    assert entry_of(record, "drug", 1) is None
    assert text_of(record, "drug", 1) == ""
