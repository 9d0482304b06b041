import pytest
from hypothesis import given
from hypothesis import strategies as st

from smaclab.experiment.decimals import find_mark, split_quantity, to_point


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("0,5 ng/ml", ("0,5", "ng/ml")),
        ("100nM", ("100", "nM")),
        (".5", (".5", "")),
        ("1.2e-3 µM", ("1.2e-3", "µM")),
        ("−5", ("-5", "")),
        ("TNF", None),
        ("", None),
    ],
)
def test_a_quantity_is_a_number_and_a_unit(text, parts):
    assert split_quantity(text) == parts


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["0,5", "12"], ","),
        (["0.5 nM", "x"], "."),
        (["1.234,5"], ","),
        (["1,234.5"], "."),
        (["1,000", "2,000"], ""),
        (["0,5", "0.5"], ""),
        (["12"], ""),
    ],
)
def test_the_unambiguous_numbers_of_a_table_tell_its_mark(texts, mark):
    assert find_mark(texts) == mark


@pytest.mark.parametrize(
    ("number", "mark", "value"),
    [
        ("0,5", "", 0.5),
        ("0,500", "", 0.5),
        ("1,000", ",", 1.0),
        ("1,000", ".", 1000.0),
        ("1.000", "", 1.0),
        ("1.000", ".", 1.0),
        ("1.234,5", "", 1234.5),
        ("1,234.5", ",", 1234.5),
        ("1,000,000", "", 1e6),
        ("1.000.000", "", 1e6),
        ("1,5e3", "", 1500.0),
        ("12", ",", 12.0),
        ("-0,25", "", -0.25),
    ],
)
def test_a_number_is_read_as_its_table_writes_numbers(number, mark, value):
    text, letter = to_point(number, mark)
    assert letter == ""
    assert float(text) == value


@pytest.mark.parametrize(
    ("number", "mark", "words"),
    [
        ("1,000", "", "Write 1000 or 1.0."),
        ("1.500", ",", "Write 1500 or 1.5."),
        ("1,2,3", "", "is not a number"),
        ("1.2.3", "", "is not a number"),
    ],
)
def test_where_two_readings_are_possible_we_ask(number, mark, words):
    text, letter = to_point(number, mark)
    assert text is None
    assert words in letter


@given(st.floats(0.001, 9e5).map(lambda x: round(x, 2)), st.sampled_from([".", ","]))
def test_what_is_written_with_a_mark_is_read_with_it(value, mark):
    written = f"{value:.2f}".replace(".", mark)
    text, letter = to_point(written, mark)
    assert letter == ""
    assert float(text) == value
