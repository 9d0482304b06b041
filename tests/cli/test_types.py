from smaclab.cli.app import BAD_INPUT, main
from tests.lab.small_ensemble import SETS


def test_types_of_lines(capsys):
    assert main(["types", "EVSA-T", "HCT 116", "--cells", "6"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "EVSA-T │ 0 % │ 100 % │ 0 % │ I" in shown
    assert "SIMULATED" in shown


def test_types_over_sets(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    path = SETS.write(tmp_path / "sets.csv")
    assert main(["types", "BJ", "--cells", "4", "--ensemble", "2", "--ensemble-file", str(path)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "share of 2 parameter sets" in shown
    assert "type III" in shown


def test_a_line_that_is_not_known_gets_a_letter(capsys):
    assert main(["types", "HTC 116"]) == BAD_INPUT
    assert "unknown cell line 'HTC 116'" in capsys.readouterr().err
