import pandas as pd

from smaclab.lab.calibration import calibrate
from smaclab.lab.calibration_report import misfit_table, verdict_counts, write_calibration_report
from tests.lab.small_calibration import PLAN, problem


def test_the_report_says_what_was_learned(tmp_path):
    done = calibrate(tmp_path, problem(), PLAN)
    assert write_calibration_report(tmp_path, done) == ["parameters.csv", "evidence.csv", "report.md"]
    parameters = pd.read_csv(tmp_path / "parameters.csv")
    assert len(parameters) == len(done.problem.priors)
    assert set(parameters["verdict"]) <= {"identified", "bounded by its prior", "flat"}
    assert (parameters["prior_low"] < parameters["prior_high"]).all()
    evidence = pd.read_csv(tmp_path / "evidence.csv").set_index("evidence")
    assert evidence.loc["C01-1", "holds_in"] == 1.0
    assert evidence.loc["C02-1", "holds_in"] == 0.0
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert text.startswith("# Calibration\n\nSIMULATED. 9 parameter sets")
    assert "Sloppy:" in text
    assert "No measurement was held out" in text
    assert sum(int(row[1]) for row in verdict_counts(done).rows) == len(done.problem.priors)
    assert {row[0] for row in misfit_table(done).rows} == {"amounts_hek293t", "claims"}


def test_nothing_is_written_before_the_end(tmp_path):
    done = calibrate(tmp_path, problem(), PLAN, minutes=0.0)
    assert write_calibration_report(tmp_path, done) == []
