"""What a run with wells says of them, in tables whose numbers are those of the arrays."""

import io
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import smaclab
from smaclab.errors import ExperimentError
from smaclab.lab.shared_wells import shared_wells

MIXTURE = {
    "id": "mixture",
    "cell_line": "HCT 116",
    "cells": 8,
    "duration": "24 h",
    "sample": "every 4 h",
    "readouts": ["viability", "TNF_medium"],
    "well": {"format": 96, "cell_number": 50_000, "with": {"EVSA-T": 0.5}},
    "dose": [{"drug": "SM-164", "concentration": "100 nM"}],
    "grid": {"seed": [1, 2]},
}


@pytest.fixture(scope="module")
def result():
    return smaclab.run(MIXTURE)


def test_a_row_a_well_and_line(result):
    table = result.wells.table()
    assert (
        table[["cell_line", "cells", "failed"]].to_numpy().tolist()
        == [
            ["HCT 116", 4, 0],
            ["EVSA-T", 4, 0],
        ]
        * 2
    )
    dead = np.isfinite(result.death_time_s).reshape(2, 2, 4).mean(axis=2)
    np.testing.assert_allclose(table["dead"], dead.ravel())
    np.testing.assert_allclose(table["dead_of_apoptosis"] / 4, dead.ravel())
    assert set(table["medium_pl_per_cell"]) == {2000.0}


def test_wells_that_differ_in_the_seed_are_replicates(result):
    killing = result.wells.fractional_killing()
    assert killing["wells"].tolist() == [2, 2]
    table = result.wells.table()
    np.testing.assert_allclose(killing["dead"], [table["dead"][[0, 2]].mean(), table["dead"][[1, 3]].mean()])
    assert np.all(killing["dead_low"] <= killing["dead"])
    assert np.all(killing["dead_high"] >= killing["dead"])
    assert killing["dead_low"].min() >= 0
    assert killing["dead_high"].max() <= 1
    assert len(result.wells.shown().rows) == 2


def test_a_well_that_grows_says_how_many_there_are(result):
    assert result.wells.growth() is None
    assert "cell_numbers.csv" not in result.wells.files()
    still = result.wells.numbers()
    assert np.isinf(still["doubling_h"]).all()
    np.testing.assert_array_equal(still["relative"], still["fraction_alive"])
    short = {"duration": "12 h", "sample": "every 4 h", "grid": {"seed": [1]}}
    growing = smaclab.run({**MIXTURE, **short, "well": {**MIXTURE["well"], "growth": "6 h"}})
    found = growing.wells.numbers()
    assert set(found["doubling_h"]) == {6.0}
    by_line = found.groupby("cell_line")
    # Twice doubled in the end; what died had doubled up to then.
    assert (by_line["alive"].last() == 4.0 * by_line["relative"].last()).all()
    assert by_line["relative"].last().tolist() == [1.0 - dead for dead in dead_by_line(growing)]
    assert (found["fraction_alive"] >= found["relative"] - 1e-12).all()
    files = growing.files()
    assert "cell_numbers.csv" in files
    assert "growing, doubling in 6 h" in files["report.html"]
    assert "Wells that grow" in files["report.html"]
    assert json.loads(files["run.json"])["experiments"][0]["well"]["doubling_h"] == 6.0


def dead_by_line(result):
    return result.wells.table().set_index("cell_line")["dead"].sort_index()


def test_a_row_a_cell(result):
    cells = result.wells.cells()
    assert len(cells) == 16
    np.testing.assert_allclose(cells["death_h"], result.death_time_s.ravel() / 3600)
    assert cells["cell"].tolist() == [0, 1, 2, 3] * 4
    assert set(cells["status"]) == {"OK"}
    assert set(cells["kind"]) <= {"apoptosis", ""}


def test_the_medium_agrees_with_the_elisa_of_every_cell(result):
    medium = result.wells.medium(result.experiments[0].id)
    assert set(medium["species"]) == {"TNF", "bivalent_mimetic"}
    seen = medium[medium["species"] == "TNF"]["pg_per_ml"].to_numpy()
    table = result.readouts
    table = table[
        (table["observableId"] == "TNF_medium") & (table["experimentId"] == result.experiments[0].id)
    ]
    each = table.pivot_table(index="cell", columns="time", values="simulation").to_numpy()
    assert len(each) == 8
    np.testing.assert_allclose(
        each, np.broadcast_to(seen, each.shape), rtol=1e-3
    )  # 602.21 and 52 kDa, rounded
    mimetic = medium[medium["species"] == "bivalent_mimetic"]
    assert mimetic["nM"].iloc[0] == pytest.approx(100.0)
    assert mimetic["pg_per_ml"].isna().all()  # a slot that many drugs enter


def test_no_such_well_is_a_letter(result):
    with pytest.raises(ExperimentError, match="Did you mean"):
        result.wells.medium("mixture__3")


def test_what_is_written_says_who_shared_what(result, tmp_path):
    folder = result.write(tmp_path / "out")
    names = {"wells.csv", "fractional_killing.csv", "cells.csv", "medium.csv"}
    assert names <= {path.name for path in folder.iterdir()}
    assert len(pd.read_csv(io.StringIO((folder / "cells.csv").read_text()))) == 16
    record = json.loads((folder / "run.json").read_text())
    asked = record["experiments"][0]["well"]
    assert asked["cell_number"] == 50_000
    assert asked["with"] == {"EVSA-T": 0.5}
    assert "50,000 cells in 100 µl" in (folder / "report.html").read_text(encoding="utf-8")


def test_a_run_without_wells_has_none():
    plain = {name: given for name, given in MIXTURE.items() if name not in ("well", "grid")}
    result = smaclab.run({**plain, "duration": "1 h", "sample": "every 1 h", "cells": 1})
    assert result.wells is None
    assert "wells.csv" not in result.files()


def test_a_well_without_its_course_is_refused(result):
    with pytest.raises(ExperimentError, match="not simulated"):
        shared_wells(result.experiments, {}, smaclab.lab.own_network(), smaclab.lab.own_catalogue())


def test_equal_runs_are_equal_whatever_the_threads(result):
    again = smaclab.run(MIXTURE, workers=2)
    assert again.wells.files() == result.wells.files()
    assert np.array_equal(again.death_time_s, result.death_time_s)
    other = smaclab.run_many([replace(result.experiments[0], seed=7)], id="other")
    assert not np.array_equal(other.death_time_s[0], result.death_time_s[0])
