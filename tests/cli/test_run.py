"""`smaclab run`."""

import json

import numpy as np
import pytest

from smaclab.simulate.status import Status
from tests.lab.small_ensemble import CIAP1_SETS


def test_a_run_writes_its_folder_and_says_who_lives(smaclab, file, tmp_path):
    code, out, err = smaclab("run", file, "--out", "out", "--workers", 1)
    assert code == 0, err
    assert "0 % at 24 h" in out
    assert "SIMULATED" in out
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "readouts.csv",
        "report.html",
        "run.json",
    ]


def test_options_replace_what_the_file_says(smaclab, file, tmp_path):
    smaclab("run", file, "--out", "out", "--cells", 3, "--seed", 9, "--workers", 1)
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (record["cells"], record["seed"]) == (3, 9)


def test_workers_do_not_change_a_byte(smaclab, file, tmp_path):
    smaclab("run", file, "--out", "one", "--workers", 1)
    smaclab("run", file, "--out", "two", "--workers", 2)
    for name in ("readouts.csv", "run.json", "report.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_results_are_not_replaced_without_force(smaclab, file, tmp_path):
    smaclab("run", file, "--out", "out", "--workers", 1)
    before = (tmp_path / "out" / "run.json").read_bytes()
    code, _, err = smaclab("run", file, "--out", "out", "--seed", 2, "--workers", 1)
    assert code == 2
    assert "--force" in err
    assert (tmp_path / "out" / "run.json").read_bytes() == before
    assert smaclab("run", file, "--out", "out", "--seed", 2, "--force", "--workers", 1)[0] == 0
    assert (tmp_path / "out" / "run.json").read_bytes() != before


@pytest.mark.parametrize("content", ["", "id = 3", 'id = "../up"', 'cell_line = "EVSAT-9"', "\x00"])
def test_bad_input_is_a_letter_exit_code_2_and_no_folder(smaclab, file, tmp_path, content):
    file.write_text(content)
    code, out, err = smaclab("run", file, "--out", "out")
    assert code == 2
    assert "toy.toml" in err
    assert "Traceback" not in out + err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["toy.toml"]


def test_all_problems_of_a_file_are_told_at_once(smaclab, file):
    file.write_text(
        file.read_text().replace('"EVSA-T"', '"EVSAT-9"').replace("100 nM", "100").replace("24 h", "x")
    )
    _, _, err = smaclab("run", file, "--out", "out")
    for word in ("cell_line", "concentration", "duration", "Did you mean"):
        assert word in err


def test_a_missing_file_is_a_letter(smaclab):
    code, _, err = smaclab("run", "nowhere.toml", "--out", "out")
    assert code == 2
    assert "nowhere.toml" in err


def lose(monkeypatch, which):
    """Make cells fail: their status and their numbers."""
    from smaclab.simulate.run import simulate

    def simulate_and_lose(*args, **kwargs):
        trajectory = simulate(*args, **kwargs)
        trajectory.status[:, which] = Status.STEP_LIMIT
        trajectory.counts[:, which] = np.nan
        trajectory.death_time_s[:, which] = np.nan
        return trajectory

    monkeypatch.setattr("smaclab.lab.bench.simulate", simulate_and_lose)


def test_some_failed_cells_are_told_and_the_exit_code_is_0(smaclab, file, monkeypatch, tmp_path):
    lose(monkeypatch, 0)
    code, _, err = smaclab("run", file, "--out", "out", "--workers", 1)
    assert code == 0
    assert "1 of 2 cells failed with STEP_LIMIT" in err
    assert ",NaN," in (tmp_path / "out" / "readouts.csv").read_text()


def test_all_failed_cells_are_exit_code_3_and_still_a_folder(smaclab, file, monkeypatch, tmp_path):
    lose(monkeypatch, slice(None))
    code, _, err = smaclab("run", file, "--out", "out", "--workers", 1)
    assert code == 3
    assert "2 of 2 cells failed" in err
    assert json.loads((tmp_path / "out" / "run.json").read_text())["status"] == {"STEP_LIMIT": 2}


@pytest.mark.parametrize("out", ["toy.toml", "toy.toml/deep", "a" * 300])
def test_a_folder_that_cannot_be_is_told_before_anything_runs(smaclab, file, monkeypatch, tmp_path, out):
    monkeypatch.setattr("smaclab.lab.bench.simulate", None)
    code, said, err = smaclab("run", file, "--out", out)
    assert code == 2
    assert "--out" in err
    assert "Traceback" not in said + err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["toy.toml"]


def test_a_series_of_doses_is_shown_and_written(smaclab, file, tmp_path):
    doses = ["0 nM", "1 nM", "10 nM", "100 nM", "1 uM", "10 uM"]
    text = file.read_text() + f'\n[grid]\n"dose.SM-164.concentration" = {doses}\n'
    file.write_text(text.replace("'", '"'))
    code, out, err = smaclab("run", file, "--out", "out", "--workers", 1)
    assert code == 0, err
    for word in ("Dose-response", "Top", "Bottom", "IC50", "HillSlope", "dose_response.csv"):
        assert word in out
    assert (tmp_path / "out" / "dose_response.csv").exists()


def test_a_matrix_of_two_drugs_is_scored(smaclab, file, tmp_path):
    text = (
        file.read_text()
        + """
[[dose]]
drug = "TNF"
concentration = "10 ng/ml"

[grid]
"dose.SM-164.concentration" = ["0 nM", "1 nM", "10 nM", "100 nM"]
"dose.TNF.concentration" = ["0 ng/ml", "1 ng/ml", "10 ng/ml", "100 ng/ml"]
"""
    )
    file.write_text(text)
    code, out, err = smaclab("run", file, "--out", "out", "--workers", 1)
    assert code == 0, err
    for word in ("Synergy", "Bliss", "HSA", "Loewe", "ZIP"):
        assert word in out
    for name in ("synergy.csv", "synergy_wells.csv", "dose_response.csv"):
        assert (tmp_path / "out" / name).exists()
    assert "Together and apart" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_parameter_sets_give_bands(smaclab, file, tmp_path):
    path = CIAP1_SETS.write(tmp_path / "sets.csv")
    options = ("--ensemble", 2, "--ensemble-file", path, "--workers", 1, "--cells", 2)
    code, out, err = smaclab("run", file, "--out", "out", *options)
    assert code == 0, err
    assert "5 to 95 % of sets" in out
    assert (tmp_path / "out" / "bands.csv").exists()
    code, _, err = smaclab("run", file, "--out", "more", "--ensemble", 9, "--ensemble-file", path)
    assert (code, "the ensemble has 3" in err) == (2, True)
