"""Reading what a person wrote, and showing what can be named."""

import json

import pytest

from smaclab import lab
from smaclab.biology.write_line import written_line
from smaclab.errors import ExperimentError
from smaclab.experiment.value import Value
from smaclab.lab import bench as bench_module
from smaclab.lab import door


def test_an_experiment_is_found_by_any_of_its_names(toy, bench):
    loaded = lab.load(toy.toy_file(cell_line="evsat"), catalogue=bench["catalogue"])
    assert loaded.cell_line == "EVSA-T"


def test_check_tells_all_problems_and_raises_nothing(toy, bench):
    problems = lab.check(toy.toy_file(cell_line="EVSA-X", duration="24"), catalogue=bench["catalogue"])
    assert {problem.key for problem in problems} == {"cell_line", "duration"}
    assert lab.check(toy.toy_file(), catalogue=bench["catalogue"]) == []


@pytest.mark.parametrize("kind", list(lab.KINDS))
def test_every_kind_can_be_listed_and_written_as_json(kind, bench):
    entries = lab.listing(kind, catalogue=bench["catalogue"])
    assert entries
    json.dumps(entries, allow_nan=False)


def test_an_unknown_kind_gets_a_letter(bench):
    with pytest.raises(ExperimentError, match="Did you mean 'drugs'"):
        lab.listing("drug", catalogue=bench["catalogue"])


@pytest.mark.parametrize("kind", ["Cell Lines", "cell_lines", "DRUGS"])
def test_a_kind_is_found_by_any_spelling(kind, bench):
    assert lab.listing(kind, catalogue=bench["catalogue"])


@pytest.mark.parametrize("kind", [None, ["drugs"], 5])
def test_what_is_no_kind_gets_a_letter(kind, bench):
    with pytest.raises(ExperimentError, match="unknown kind"):
        lab.listing(kind, catalogue=bench["catalogue"])


def _number(value, unit):
    return Value(value=value, unit=unit, evidence="measured", source="a toy of the tests")


def _line_file(folder, name="Mine", symbol="BIRC2"):
    head = {
        "name": name,
        "aliases": [],
        "accession": "none",
        "accession_source": "a toy",
        "description": "a toy",
        "kind": "tumor",
    }
    numbers = {
        "doubling_time": _number(24, "h"),
        "variability": _number(0.2, "dimensionless"),
        "properties.TNF_competence": _number(0.2, "dimensionless"),
        f"amounts.{symbol}": _number(10_000, "copies"),
    }
    file = folder / "mine.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(written_line(head, numbers), encoding="utf-8")
    return file


@pytest.fixture
def on_the_toy(bench, monkeypatch):
    monkeypatch.setattr(door, "own_catalogue", lambda: bench["catalogue"])
    monkeypatch.setattr(bench_module, "own_catalogue", lambda: bench["catalogue"])


def test_a_cell_line_can_be_a_file_of_ones_own(toy, bench, on_the_toy, tmp_path):
    file = _line_file(tmp_path)
    source = toy.toy_file(cell_line=str(file))
    assert lab.check(source) == []
    assert lab.load(source).cell_line == "Mine"
    result = lab.run(source, network=bench["network"], cells=1)
    assert [one.cell_line for one in result.experiments] == ["Mine"]
    assert result.provenance.parameters["Mine: BIRC2"] == 10_000


def test_its_path_is_seen_from_the_experiments_folder_also_in_a_grid(toy, on_the_toy, tmp_path):
    _line_file(tmp_path / "lines")
    file = tmp_path / "experiment.toml"
    file.write_text('id = "e"\n[grid]\ncell_line = ["lines/mine.toml", "EVSA-T"]\n')
    assert lab.check(file) == []
    assert [one.cell_line for one in lab.load(file).experiments] == ["Mine", "EVSA-T"]


def test_without_such_a_file_the_catalogue_is_the_packages_own(toy, bench, on_the_toy):
    assert lab.catalogue_for(toy.toy_file()) is bench["catalogue"]
    assert lab.catalogue_for("no such file.toml") is bench["catalogue"]
    assert lab.catalogue_for({"cell_line": 5, "grid": {"cell_line": 7}}) is bench["catalogue"]
    assert lab.catalogue_for(lab.load(toy.toy_file())) is bench["catalogue"]


def test_a_file_of_ones_own_that_is_not_sound_gets_a_letter(toy, on_the_toy, tmp_path):
    def letter(source):
        (problem,) = lab.check(source)
        with pytest.raises(ExperimentError):
            lab.load(source)
        assert problem.key == "cell_line"
        assert "seen from the experiment's folder" in problem.message
        return problem.message

    assert "there is no such file" in letter(toy.toy_file(cell_line=str(tmp_path / "no.toml")))
    (tmp_path / "folder.toml").mkdir()
    assert "folder.toml" in letter(toy.toy_file(cell_line=str(tmp_path / "folder.toml")))
    letter(toy.toy_file(cell_line="a\0.toml"))
    file = _line_file(tmp_path, name="EVSA-T")
    assert "Two cell lines answer to 'EVSA-T'" in letter(toy.toy_file(cell_line=str(file)))
    file = _line_file(tmp_path, symbol="BIRC22")
    assert "Did you mean 'BIRC2'" in letter(toy.toy_file(cell_line=str(file)))


def test_a_plate_is_checked_and_not_loaded(bench, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("cell line,SM-164\nEVSA-T,100 nM\nEVSAT-9,100 nM\n")
    (problem,) = lab.check(file, catalogue=bench["catalogue"])
    assert problem.key == "A3, row 3, column 'cell line'"
    with pytest.raises(ExperimentError, match="run_plate does"):
        lab.load(file, catalogue=bench["catalogue"])
