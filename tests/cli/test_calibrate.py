from smaclab import claims, lab
from smaclab.cli.app import BAD_INPUT, main
from tests.lab.small_calibration import problem

SMALL = ["--sets", "9", "--chains", "9", "--rounds", "1", "--settling", "1", "--last-sweeps", "1"]


def test_a_calibration_from_the_command_line(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(lab, "calibration_problem", lambda *_, **__: problem(), raising=False)
    monkeypatch.setattr(claims, "findings", lambda *_, **__: None, raising=False)
    arguments = ["calibrate", "--out", str(tmp_path), *SMALL]
    assert main([*arguments, "--minutes", "0"]) == 0
    assert "The same command goes on" in capsys.readouterr().out
    assert main(arguments) == 0
    shown = capsys.readouterr()
    assert "in 90 % interval" in shown.out
    assert "ensemble.csv" in shown.out
    assert "parameter sets: 1, learn 0" in shown.err


def test_a_data_set_that_is_not_there_gets_a_letter(tmp_path, capsys):
    arguments = ["calibrate", "--out", str(tmp_path), "--measurements-only", "--without", "albek"]
    assert main(arguments) == BAD_INPUT
    assert "unknown data set 'albek'" in capsys.readouterr().err


def test_stopped_by_hand_says_that_all_is_kept(tmp_path, capsys, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "calibration_problem", lambda *_, **__: problem(), raising=False)
    monkeypatch.setattr(lab, "calibrate", stopped, raising=False)
    assert main(["calibrate", "--out", str(tmp_path), "--measurements-only"]) == 130
    assert "is kept" in capsys.readouterr().err
