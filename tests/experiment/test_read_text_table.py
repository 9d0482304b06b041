import pytest

from smaclab.experiment.read_text_table import find_delimiter, read_text_table


def texts(data):
    sheet, letter = read_text_table(data)
    assert letter == "", letter
    return [[cell.text for cell in row] for row in sheet.rows]


WANTED = [["well", "dose"], ["A1", "0,5 µM"]]


@pytest.mark.parametrize(
    "data",
    [
        'well,dose\nA1,"0,5 µM"\n'.encode(),
        "well;dose\r\nA1;0,5 µM\r\n".encode(),
        "well\tdose\nA1\t0,5 µM".encode(),
        "well;dose\rA1;0,5 µM\r".encode(),
        "\ufeffwell;dose\nA1;0,5 µM\n".encode(),
        "well\tdose\nA1\t0,5 µM\n".encode("utf-16"),
        "well;dose\nA1;0,5 µM\n".encode("cp1252"),
        "sep=;\nwell;dose\nA1;0,5 µM\n".encode(),
    ],
    ids=["comma", "semicolon", "tab", "carriage returns", "mark", "UTF-16", "Windows", "sep="],
)
def test_whatever_a_spreadsheet_saves_is_one_table(data):
    assert texts(data) == WANTED


def test_blank_rows_are_rows_or_addresses_would_be_wrong():
    sheet, _ = read_text_table(b"a,b\n\n\nc,d\n")
    assert sheet.cell(4, 2).where == "B4"
    assert sheet.cell(4, 2).text == "d"


def test_decimal_commas_do_not_make_a_comma_the_delimiter():
    rows = "\n".join(f"A{n};0,5;1,25;HeLa" for n in range(9))
    assert find_delimiter(f"well;a;b;line\n{rows}") == ";"


def test_a_semicolon_in_a_text_does_not_make_it_the_delimiter():
    rows = "\n".join(f"A{n},SM-164 1 nM; TNF 1 nM,HeLa" for n in range(9))
    assert find_delimiter(f"well,treatment,line\n{rows}") == ","


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a\0b,c\n", "NUL bytes"),
        (b"\xff\xfea", "neither UTF-8"),
        (b",,\n,,\n", "empty"),
        (b"a,b\n" * 10_002, "more than 10,000 rows"),
        (b"a" + b",b" * 300, "row 1 has 301 columns"),
        (b'a,b\n"never closed,' + b"x,y\n" * 500, "never closed"),
        (b'a,"' + b"x" * 200_000, "never closed"),
    ],
    ids=["NUL", "bytes", "blank", "rows", "columns", "quote", "field"],
)
def test_what_is_no_table_is_a_letter(data, words):
    sheet, letter = read_text_table(data)
    assert sheet is None
    assert words in letter
