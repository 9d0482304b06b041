import zipfile

import pytest

from smaclab.errors import ExperimentError
from smaclab.lab import bench, door, export_experiment, exports
from smaclab.lab.archive import run_archive
from tests.lab.toy_lab import toy_catalogue, toy_network

TOY = {
    "id": "toy",
    "cell_line": "EVSA-T",
    "readouts": ["viability", "cIAP1"],
    "cells": 2,
    "duration": "4 h",
    "sample": "every 2 h",
    "dose": [{"drug": "SM-164", "concentration": "100 nM"}],
}
GRID = TOY | {"grid": {"dose.SM-164.concentration": ["0 nM", "100 nM"]}}


@pytest.fixture
def on_the_toy(monkeypatch):
    catalogue, network = toy_catalogue(), toy_network()
    monkeypatch.setattr(door, "own_catalogue", lambda: catalogue)
    monkeypatch.setattr(bench, "own_network", lambda: network)
    monkeypatch.setattr("smaclab.lab.export.own_network", lambda: network)


@pytest.mark.usefixtures("on_the_toy")
@pytest.mark.parametrize(
    ("kind", "start"),
    [("sbml", "<?xml"), ("sedml", "<?xml"), ("csv", "reaction,rule"), ("sbgn", "<?xml")],
)
def test_an_experiment_in_a_format(tmp_path, kind, start):
    (path,) = export_experiment(TOY, kind, tmp_path / "sub" / "file")
    assert path.read_text().startswith(start)


@pytest.mark.usefixtures("on_the_toy")
def test_our_archive_runs_and_gives_the_same_numbers(tmp_path):
    (path,) = export_experiment(TOY, "omex", tmp_path / "toy.omex")
    assert "model.xml" in zipfile.ZipFile(path).namelist()
    done = run_archive(path, tmp_path / "out")
    assert done.all_ok, done.status
    rows = (tmp_path / "out" / "simulation.sedml" / "report.csv").read_text().splitlines()
    assert rows[0] == "time,readout_cIAP1"
    seen = [[float(one) for one in row.split(",")] for row in rows[1:]]
    ours = bench.run(TOY, catalogue=toy_catalogue(), network=toy_network())
    assert [one[0] / 3600 for one in seen] == [0, 2, 4]
    assert seen[0][1] > 2 * seen[2][1]
    assert ours is not None


@pytest.mark.usefixtures("on_the_toy")
def test_one_experiment_of_a_campaign_is_chosen(tmp_path):
    with pytest.raises(ExperimentError, match="is a campaign.*choose one of"):
        export_experiment(GRID, "csv", tmp_path / "a.csv")
    with pytest.raises(ExperimentError, match="unknown experiment 'none'"):
        export_experiment(GRID, "csv", tmp_path / "a.csv", experiment="none")
    ids = [one.id for one in door.load(GRID).experiments]
    assert export_experiment(GRID, "csv", tmp_path / "a.csv", experiment=ids[1])


def test_an_unknown_format_gets_a_letter(tmp_path, monkeypatch):
    with pytest.raises(ExperimentError, match="unknown format 'xls'"):
        export_experiment(TOY, "xls", tmp_path / "a")
    monkeypatch.setattr(exports.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ExperimentError, match=r"smaclab\[sbml\]"):
        export_experiment(TOY, "sbml", tmp_path / "a")
