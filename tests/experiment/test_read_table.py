import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smaclab.experiment.read_table import LARGEST_TABLE, is_table, read_table
from tests.experiment.tables import workbook


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a.csv", True),
        ("A.XLSX", True),
        ("a.tsv", True),
        ("a.xls", True),
        ("a.toml", False),
        ("csv", False),
        (5, False),
    ],
)
def test_tables_are_told_by_their_suffix(name, wanted):
    assert is_table(name) is wanted


def test_what_is_in_a_file_decides_how_it_is_read(tmp_path):
    file = tmp_path / "really.csv"
    file.write_bytes(workbook({"a": [["x", 1]]}))
    (sheet,), problems = read_table(file)
    assert problems == []
    assert sheet.cell(1, 2).is_number


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\xd0\xcf\x11\xe0old", "old or a locked Excel file"),
        (b"a,b\n" + b"x" * LARGEST_TABLE, "larger than"),
    ],
    ids=["nothing", "blanks", "old Excel", "large"],
)
def test_a_file_that_is_none_is_a_letter_with_its_name(tmp_path, content, words):
    file = tmp_path / "mine.csv"
    file.write_bytes(content)
    sheets, (problem,) = read_table(file)
    assert sheets == ()
    assert problem.file == str(file)
    assert words in problem.message


def test_a_missing_file_says_what_is_there(tmp_path):
    (tmp_path / "other.csv").write_text("a,b")
    _, (problem,) = read_table(tmp_path / "mine.csv")
    assert "no such file. Tables there: other.csv." in problem.message
    assert "not a file" in read_table(tmp_path)[1][0].message
    assert read_table(tmp_path / "nul\0.csv")[1]


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n"]),
)
def test_any_bytes_are_sheets_or_letters(tmp_path_factory, data, start):
    file = tmp_path_factory.mktemp("bytes") / "any.csv"
    file.write_bytes(start + data)
    sheets, problems = read_table(file)
    assert bool(sheets) != bool(problems)
    assert all(problem.message for problem in problems)
