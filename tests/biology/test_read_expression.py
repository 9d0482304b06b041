import pytest

from smaclab.biology.read_expression import MOST_LETTERS, read_expression
from smaclab.errors import ExperimentError


@pytest.fixture
def table(tmp_path):
    def write(content):
        file = tmp_path / "mine.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return file

    return write


def letters(file):
    with pytest.raises(ExperimentError) as caught:
        read_expression(file)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        "BIRC2,12.5\nXIAP,3\n",
        "gene,HCT116\nBIRC2,12.5\nXIAP,3\n",
        "gene,TPM\nBIRC2,12.5\nXIAP,3\n",
        "Gene;TPM\r\nBIRC2;12,5\r\nXIAP;3\r\n",
        "BIRC2\t12.5\nXIAP\t3",
        '"gene","TPM"\n"BIRC2","12.5"\n"XIAP","3"\n',
        '"BIRC2","12,5"\n"XIAP","3"\n',
        "# my table\n\nbirc2 , 12.5\n xiap,3.0\n\n",
        b"\xef\xbb\xbfgene;TPM\nBIRC2;12,5\nXIAP;3\n",
        "BIRC2,12.5\nXIAP,3\nBIRC2,12.5\n",  # the same row twice says nothing new
    ],
)
def test_every_way_of_writing_it_reads_the_same(table, content):
    assert read_expression(table(content)) == {"BIRC2": 12.5, "XIAP": 3.0}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("BIRC2,1,5\n", "separate the columns by semicolons or tabs"),
        ("BIRC2\n", "has 1 columns"),
        ("gene,TPM\n,3\n", "has no gene"),
        ("BIRC2,NA\n", "Remove the row"),
        ("BIRC2,\n", "Remove the row"),
        ("XIAP,1\nBIRC2,abc\n", "'abc' is not a number"),
        ("BIRC2,12 TPM\n", "'12 TPM' is not a number"),  # digits: a row gone wrong, no header
        ("BIRC2;1.234,5\n", "Write one kind"),
        ("BIRC2;1.5\nXIAP;1,5\n", "Write one kind"),
        ("BIRC2,-1\n", "undo them"),
        ("BIRC2,inf\nXIAP,1e999\n", "0 or more"),
        ("XIAP,1\nXIAP,2\n", "has 1 TPM in an earlier row"),
    ],
)
def test_a_bad_row_gets_a_letter_with_file_row_and_remedy(table, content, words):
    file = table(content)
    last = letters(file)[-1]
    assert words in last
    assert last.startswith(f"{file}, [row {len(content.strip().splitlines())}]: ")


def test_all_bad_rows_are_told_at_once_but_not_a_thousand(table):
    assert len(letters(table("A,1\nB,-1\nC,x\n"))) == 2
    many = letters(table("A,1\n" + "B,-1\n" * 1000))
    assert len(many) == MOST_LETTERS + 1
    assert "980 more rows" in many[-1]


@pytest.mark.parametrize("content", ["", "\n\n", "gene,TPM\n", "# nothing\n"])
def test_a_table_without_a_row_says_what_a_row_looks_like(table, content):
    assert "BIRC2,12.5" in letters(table(content))[0]


def test_what_is_no_text_and_what_is_no_file_gets_a_letter(table, tmp_path):
    assert "Save it as CSV in UTF-8" in letters(table("BIRC2,1".encode("utf-16")))[0]
    assert "No such file" in letters(tmp_path / "nothing.csv")[0]
    assert "cannot be read" in letters(tmp_path)[0]
    assert "cannot be read" in letters(tmp_path / "a\0b.csv")[0]


def test_a_cell_that_never_ends_is_a_bad_row(table):
    assert "has 1 columns" in letters(table(f'XIAP,1\n"{"x" * 200_000}",2\n'))[0]


def test_an_open_quote_spoils_one_row_only(table):
    assert len(letters(table('XIAP,1\n"BIRC2,3\nCASP8,4\n'))) == 1
