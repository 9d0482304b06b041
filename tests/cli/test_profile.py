from smaclab import claims, lab
from smaclab.cli.app import BAD_INPUT, main
from smaclab.lab import Plan, calibrate
from tests.lab.small_calibration import problem

PLAN = Plan(sets=12, chains=4, rounds=1, settling=0, last_sweeps=3, screened=False)


def test_a_profile_from_the_command_line(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(lab, "calibration_problem", lambda *_, **__: problem(), raising=False)
    monkeypatch.setattr(claims, "findings", lambda *_, **__: None, raising=False)
    folder, picture = tmp_path / "calibration", tmp_path / "profile.svg"
    calibrate(folder, problem(), PLAN)
    asked = ["profile", "XIAP amount", "--calibration", str(folder), "--rounds", "1", "--out", str(picture)]
    assert main(asked) == 0
    assert "the best set found at each value" in capsys.readouterr().out.replace("\n", " ")
    assert "XIAP amount" in picture.read_text(encoding="utf-8")
    assert (
        picture.with_suffix(".csv")
        .read_text(encoding="utf-8")
        .startswith("parameter,value,unit,prior_sd,loss,within")
    )


def test_a_picture_and_a_folder_that_is_none(tmp_path, capsys):
    asked = ["profile", "XIAP amount", "--calibration", str(tmp_path), "--measurements-only"]
    assert main([*asked, "--out", "profile.txt"]) == BAD_INPUT
    assert "profile.txt: a picture ends in .svg or .png" in capsys.readouterr().err.replace("\n", " ")
    assert main(asked) == BAD_INPUT
    assert "no calibration there" in capsys.readouterr().err
