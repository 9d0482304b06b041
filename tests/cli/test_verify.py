import json

from smaclab.cli.app import BAD_INPUT, main
from tests.lab.small_ensemble import SETS


def test_verdicts_for_programs(capsys):
    assert main(["verify", "--claim", "c16", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["id"], one["verdict"]) == ("C16", "holds")
    assert one["margin"] > 0


def test_another_seed(capsys):
    assert main(["verify", "--claim", "C04", "--seed", "2", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["seed"], one["cells"]) == (2, [96])


def test_a_page_is_written(tmp_path, capsys):
    folder = tmp_path / "out"
    assert main(["verify", "--claim", "C16", "--hypotheses", "O03=c", "--out", str(folder)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "1 of 1 claims hold. 96 cells an experiment, seed 1." in shown
    assert "Under O03 c" in (folder / "claims.html").read_text(encoding="utf-8")


def test_what_is_not_known_gets_a_letter(capsys):
    assert main(["verify", "--claim", "C99"]) == BAD_INPUT
    assert "unknown claim 'C99'" in capsys.readouterr().err


def test_claims_over_parameter_sets(tmp_path, capsys):
    path = SETS.write(tmp_path / "sets.csv")
    arguments = ["verify", "--claim", "C16", "--ensemble", "--ensemble-file", str(path), "--sets", "2"]
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["n_sets"] == 2
    assert found["claims"][0]["id"] == "C16"
    assert 0.0 <= found["claims"][0]["fraction"] <= 1.0


def test_parameter_sets_have_no_page(tmp_path, capsys):
    path = SETS.write(tmp_path / "sets.csv")
    arguments = ["verify", "--ensemble-file", str(path), "--out", str(tmp_path / "page")]
    assert main(arguments) == BAD_INPUT
    assert "--ensemble writes no page" in capsys.readouterr().err


def test_few_cells_are_for_ensembles_alone(tmp_path, capsys):
    path = SETS.write(tmp_path / "sets.csv")
    arguments = ["verify", "--claim", "C16", "--ensemble-file", str(path), "--sets", "1", "--few-cells"]
    assert main(arguments) == 0
    assert "over 1 parameter sets" in " ".join(capsys.readouterr().out.split())
    assert main(["verify", "--claim", "C16", "--few-cells"]) == BAD_INPUT
    assert "only with --ensemble" in capsys.readouterr().err


def test_the_ensemble_that_ships_is_the_default(capsys):
    assert main(["verify", "--claim", "C16", "--ensemble", "--sets", "2", "--few-cells", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n_sets"] == 2
