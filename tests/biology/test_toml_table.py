import pytest

from smaclab.biology.toml_table import TomlTable, read_toml, speak
from smaclab.errors import CatalogueError


def table(**entries):
    return TomlTable(entries, file="x.toml", key="a", problems=[])


def said(given):
    return [str(problem) for problem in given.problems]


def test_sound_keys_come_back_and_leave_no_problem():
    given = table(name="x", aliases=["y"], size=2, on=True, under={"z": "w"}, many=[{"k": "v"}])
    assert given.text("name") == "x"
    assert given.texts("aliases") == ("y",)
    assert given.number("size") == 2
    assert given.yes("on") is True
    assert given.table("under").text("z") == "w"
    assert [each.text("k") for each in given.tables("many")] == ["v"]
    assert given.done(lambda: "noun") == "noun"


def test_missing_keys_have_their_defaults():
    given = table()
    assert given.text("name", "") == ""
    assert given.texts("aliases") == ()
    assert given.number("size", 1.0) == 1.0
    assert given.yes("on") is False
    assert given.tables("many") == []
    assert given.table("under").entries == {}
    assert given.done(lambda: "noun") == "noun"


@pytest.mark.parametrize(
    ("entries", "ask", "letter"),
    [
        ({}, lambda t: t.text("name"), "x.toml, [a.name]: is missing."),
        ({"name": " "}, lambda t: t.text("name"), "x.toml, [a.name]: ' ' is no text with words in it."),
        ({"name": 3}, lambda t: t.text("name"), "x.toml, [a.name]: 3 is no text with words in it."),
        ({"aliases": "y"}, lambda t: t.texts("aliases"), "x.toml, [a.aliases]: 'y' is not a list of texts."),
        ({"size": "2"}, lambda t: t.number("size"), "x.toml, [a.size]: '2' is not a number."),
        ({"on": 1}, lambda t: t.yes("on"), "x.toml, [a.on]: 1 is neither true nor false."),
        ({"under": 1}, lambda t: t.table("under"), "x.toml, [a.under]: 1 is not a table."),
        (
            {"many": {}},
            lambda t: t.tables("many"),
            "x.toml, [a.many]: {} is not a list of tables; write [[many]].",
        ),
    ],
)
def test_a_wrong_key_gets_a_letter_and_no_noun_is_made(entries, ask, letter):
    given = table(**entries)
    ask(given)
    assert said(given) == [letter]
    assert given.done(lambda: "noun") is None


def test_an_unknown_key_gets_a_letter_with_what_was_meant():
    given = table(nmae="x")
    given.text("name", "")
    assert given.done(lambda: "noun") is None
    assert said(given) == ["x.toml, [a.nmae]: unknown key 'nmae'. Did you mean 'name'? Known: name."]


def test_a_noun_that_refuses_is_a_problem_of_its_table():
    def refuse():
        raise CatalogueError("not like this.")

    given = table()
    assert given.done(refuse) is None
    assert said(given) == ["x.toml, [a]: not like this."]


def test_a_problem_elsewhere_does_not_spoil_this_table():
    problems = []
    one, other = (TomlTable({}, file="x.toml", key=key, problems=problems) for key in ("a", "ab"))
    other.text("name")
    assert one.done(lambda: "noun") == "noun"
    assert other.done(lambda: "noun") is None


@pytest.mark.parametrize(
    ("written", "letter"),
    [(None, "no such file"), (b"\xff\xfea", "is not UTF-8 at byte 0"), (b"a = = 1", "is not TOML")],
)
def test_a_file_that_cannot_be_read_gets_a_letter(tmp_path, written, letter):
    file, problems = tmp_path / "x.toml", []
    if written is not None:
        file.write_bytes(written)
    assert read_toml(file, problems) == {}
    with pytest.raises(CatalogueError, match=letter):
        speak(problems)


def test_a_byte_order_mark_is_no_problem(tmp_path):
    file, problems = tmp_path / "x.toml", []
    file.write_bytes(b"\xef\xbb\xbfa = 1")
    assert read_toml(file, problems) == {"a": 1}
    speak(problems)
