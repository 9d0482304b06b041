from dataclasses import replace

import numpy as np
import pandas as pd

from smaclab.infer.mixing import Mixing
from smaclab.lab.calibration import calibrate
from smaclab.lab.calibration_report import NOT_TOLD, misfit_table, verdict_counts, write_calibration_report
from tests.lab.small_calibration import PLAN, problem


def test_the_report_says_what_was_learned(tmp_path):
    done = calibrate(tmp_path, problem(), PLAN)
    assert write_calibration_report(tmp_path, done) == ["parameters.csv", "evidence.csv", "report.md"]
    parameters = pd.read_csv(tmp_path / "parameters.csv")
    assert len(parameters) == len(done.problem.priors)
    assert set(parameters["verdict"]) == {NOT_TOLD}  # one sweep does not tell whether chains have met
    assert (parameters["prior_low"] < parameters["prior_high"]).all()
    assert (parameters["cost_alone"] > 0).all()  # nothing costs nothing: those count a millionth
    evidence = pd.read_csv(tmp_path / "evidence.csv").set_index("evidence")
    assert evidence.loc["C01-1", "holds_in"] == 1.0
    assert evidence.loc["C02-1", "holds_in"] == 0.0
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert text.startswith("# Calibration\n\nSIMULATED. 9 parameter sets")
    assert "Sloppy:" in text
    assert "Moved alone by a standard deviation of its prior" in text
    assert "No measurement was held out" in text
    assert sum(int(row[1]) for row in verdict_counts(done).rows) == len(done.problem.priors)
    assert {row[0] for row in misfit_table(done).rows} == {"amounts_hek293t", "claims"}


def test_nothing_is_written_before_the_end(tmp_path):
    done = calibrate(tmp_path, problem(), PLAN, minutes=0.0)
    assert write_calibration_report(tmp_path, done) == []


def test_chains_that_have_not_met_get_no_verdict(tmp_path):
    done = calibrate(tmp_path, problem(), PLAN)
    count = len(done.problem.priors)
    apart = np.where(np.arange(count) < 3, 4.0, 1.1)
    mixed = Mixing(scale_reduction=apart, effective=np.full(count, 9.0))
    table = verdict_counts(replace(done, sampled=replace(done.sampled, mixed=mixed)))
    counted = {row[0]: int(row[1]) for row in table.rows}
    assert counted[NOT_TOLD] == 3
    assert set(counted) == {NOT_TOLD, "identified", "bounded by its prior", "flat"}
    assert sum(int(row[1]) for row in table.rows) == count
