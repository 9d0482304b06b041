import json

from smaclab.cli.app import BAD_INPUT, main


def test_one_question_for_programs(capsys):
    assert main(["hypotheses", "--question", "O18", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert one["id"] == "O18"
    assert one["separated"][0]["letters"] == ["a", "b"]
    assert one["separated"][0]["dose"][0]["drug"] == "TWEAK"
    assert one["separated"][0]["assay"] == "immunoblot"


def test_a_table(capsys):
    assert main(["hypotheses", "--question", "O18"]) == 0
    assert "TWEAK" in capsys.readouterr().out


def test_a_question_that_nobody_asked(capsys):
    assert main(["hypotheses", "--question", "O99"]) == BAD_INPUT
    assert "unknown question" in capsys.readouterr().err


def test_more_sets_than_there_are(capsys):
    assert main(["hypotheses", "--question", "O18", "--ensemble", "100000"]) == BAD_INPUT
    assert "the ensemble has 200" in capsys.readouterr().err


def test_sets_of_a_file_without_a_number(capsys):
    assert main(["hypotheses", "--question", "O18", "--ensemble-file", "none.csv"]) == BAD_INPUT
    assert "none.csv" in capsys.readouterr().err
