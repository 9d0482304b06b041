import numpy as np

from smaclab.experiment.fields import Letters, Table


def test_letters_name_the_place_a_person_wrote():
    letters = Letters("a.toml", {"dose.1.from": "grid.dose.TNF.from"})
    Table({"from": 3}, letters, at="dose.1").time("from", "0 h")
    assert [(p.file, p.key) for p in letters.problems] == [("a.toml", "grid.dose.TNF.from")]


def test_a_field_that_is_right_gives_no_letter():
    letters = Letters("a.toml")
    table = Table({"a": "x", "b": 3, "c": 0.5, "d": "1 h", "e": "1 nM"}, letters)
    assert table.text("a", "x") == "x"
    assert table.whole("b", 1, 0, 9) == 3
    assert table.number("c", 0, 1, "0.5") == 0.5
    assert (table.time("d", "2 h"), table.time("f", "2 h")) == (3600.0, 7200.0)
    assert table.concentration("e", None) == 1.0
    assert letters.problems == []


def test_a_flag_is_true_or_false_and_nothing_like_it():
    letters = Letters("a.toml")
    table = Table({"a": True, "b": False, "c": 1}, letters)
    assert [table.flag(name) for name in "abcd"] == [True, False, None, False]
    assert [p.message for p in letters.problems] == [
        "1 is neither true nor false. Write for example: c = true"
    ]


def test_a_key_cannot_move_the_cursor():
    letters = Letters("a.toml")
    letters.say("\x1b[31mevil\nkey", "no")
    assert letters.problems[0].key == "\\x1b[31mevil\\nkey"


def test_numpy_numbers_are_numbers():
    letters = Letters("dict")
    table = Table({"b": np.int64(3), "c": np.float32(0.5)}, letters)
    assert type(table.whole("b", 1, 0, 9)) is int
    assert type(table.number("c", 0, 1, "0.5")) is float
    assert letters.problems == []
