"""What a terminal shows."""

from smaclab.cli import screen


def test_brackets_are_text_and_not_markup(capsys):
    screen.say("[grid] cell_line")
    screen.complain("file, [dose.1]: no")
    said = capsys.readouterr()
    assert "[grid] cell_line" in said.out
    assert "[dose.1]: no" in said.err


def test_a_table_folds_and_never_cuts(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    screen.show_rows(["name", "words"], [["a", "x" * 100]])
    assert capsys.readouterr().out.count("x") == 100


def test_nobody_watches_a_bar_in_a_file():
    with screen.progress("working") as progress:
        assert progress is None


def test_no_color_and_no_traceback_of_markup_in_a_letter(capsys, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    screen.complain("[/nope] [red]a[/red]")
    assert capsys.readouterr().err == "error: [/nope] [red]a[/red]\n"


def test_a_count_without_an_end_writes_a_line_a_stage(capsys):
    with screen.count("sets") as told:
        told("learn", 1, 1)
        told("learn", 2, 2)
        told("move", 3, 2)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "sets: 1, learn, read"
    assert lines[1].startswith("sets: 3, move, ")
    assert len(lines) == 2
