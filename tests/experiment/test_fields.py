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
