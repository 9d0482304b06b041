import pytest

from smaclab.errors import PetabError
from smaclab.exchange.petab.tables import is_true, listed, number, read_table, read_text


def test_a_table_is_rows_of_texts(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text("a\tb\tc\n1\t x \tNaN\n\n2\n")
    assert read_table(path, ("a",)) == [{"a": "1", "b": "x", "c": ""}, {"a": "2", "b": "", "c": ""}]


@pytest.mark.parametrize(
    ("data", "letter"),
    [(b"a\n1\n", "no column 'b'"), (b"b\n1\t2\n", "line 2: 2 cells"), (b"b\n\xff\n", "no UTF-8")],
)
def test_what_is_no_table_gets_a_letter(tmp_path, data, letter):
    path = tmp_path / "t.tsv"
    path.write_bytes(data)
    with pytest.raises(PetabError, match=letter):
        read_table(path, ("b",))
    with pytest.raises(PetabError, match="cannot be read"):
        read_text(tmp_path / "none")


def test_small_readers():
    assert number("inf", "x") == float("inf")
    assert listed(" a; b ;") == ("a", "b")
    assert [is_true(one) for one in ("1", "true", "1.0", "0", "")] == [True, True, True, False, False]
    for text in ("nan", "x", ""):
        with pytest.raises(PetabError, match="is no number"):
            number(text, "x")
