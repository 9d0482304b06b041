"""`smaclab plate new`, and plates given to `smaclab run` and `smaclab check`."""

import csv
import json

import pytest

ROWS = "cell line;SM-164;viability [%]\nEVSA-T;0;97,5\nEVSA-T;100 nM;3\nhct116;100 nM;99\n"


@pytest.fixture
def plate(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(ROWS.replace("hct116", "HCT 116"))
    return path


def test_a_template_is_written_checked_and_run(smaclab, tmp_path):
    code, out, err = smaclab("plate", "new", "--format", 96, "--out", "map.csv")
    assert (code, err) == (0, "")
    assert "smaclab run map.csv --out results" in out
    assert smaclab("check", "map.csv")[0] == 0
    code, out, err = smaclab("run", "map.csv", "--out", "results", "--cells", 1, "--workers", 1)
    assert (code, err) == (0, "")
    assert "SIMULATED" in out
    assert "results.csv and results.xlsx" in out
    assert (tmp_path / "results" / "plate-viability.svg").exists()


def test_a_template_is_not_replaced_without_force(smaclab, tmp_path):
    (tmp_path / "map.csv").write_text("mine")
    code, _, err = smaclab("plate", "new", "--out", "map.csv")
    assert code == 2
    assert "--force" in err
    assert smaclab("plate", "new", "--out", "map.csv", "--force", "--long")[0] == 0


def test_results_stand_beside_the_persons_data(smaclab, plate, tmp_path):
    code, out, err = smaclab("run", plate, "--out", "out", "--cells", 2, "--workers", 1, "--duration", "20h")
    assert (code, err) == (0, "")
    assert "rank correlation" in out
    with (tmp_path / "out" / "results.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["viability [%]"] for row in rows] == ["97,5", "3", "99"]
    assert [row["time_h"] for row in rows] == ["20", "20", "20"]
    assert json.loads((tmp_path / "out" / "run.json").read_text())["experiments"][0]["duration_h"] == 20.0


def test_a_readout_can_be_asked_and_a_cell_line_given_for_all(smaclab, tmp_path):
    (tmp_path / "a.csv").write_text("SM-164,comment\n100 nM,\n")
    code, _, err = smaclab("run", "a.csv", "--out", "out", "--workers", 1)
    assert code == 2
    assert "--cell-line" in err
    more = ("--cell-line", "evsa-t", "--readout", "ciap1")
    code, _, err = smaclab("run", "a.csv", "--out", "out", "--workers", 1, "--cells", 1, *more)
    assert (code, err) == (0, "")
    assert "cIAP1 SIMULATED" in (tmp_path / "out" / "results.csv").read_text()


def test_workers_do_not_change_a_byte(smaclab, plate, tmp_path):
    smaclab("run", plate, "--out", "one", "--cells", 2, "--workers", 1)
    smaclab("run", plate, "--out", "two", "--cells", 2, "--workers", 2)
    names = sorted(one.name for one in (tmp_path / "one").iterdir())
    assert names == sorted(one.name for one in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_every_problem_is_told_with_its_cell_before_anything_runs(smaclab, plate, tmp_path, monkeypatch):
    plate.write_text(plate.read_text().replace("EVSA-T;0", "EVSAT-9;0").replace("100 nM;3", "100 nm;3"))
    monkeypatch.setattr("smaclab.lab.bench.simulate", None)
    code, out, err = smaclab("run", plate, "--out", "out")
    assert code == 2
    for words in (
        "A2, row 2, column 'cell line'",
        "Did you mean 'EVSA-T'?",
        "B3, row 3, column 'SM-164'",
        "Did you mean 'nM'?",
    ):
        assert words in err
    assert "Traceback" not in out + err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine.csv"]
    code, out, err = smaclab("check", plate)
    assert code == 2
    assert "2 problems" in out
    answer = json.loads(smaclab("check", plate, "--json")[1])
    keys = [one["key"] for one in answer["problems"]]
    assert keys == [
        "A2, row 2, column 'cell line'",
        "B3, row 3, column 'SM-164'",
    ]


@pytest.mark.parametrize("command", [["run", "--out", "out"], ["check"]])
def test_options_of_plates_are_for_plates(smaclab, file, command):
    code, _, err = smaclab(*command, file, "--duration", "24h")
    assert code == 2
    assert "--duration is for plates" in err
