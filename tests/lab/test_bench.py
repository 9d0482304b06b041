"""From an experiment to a result."""

import io
import json
from dataclasses import dataclass, replace
from typing import final

import numpy as np
import pandas as pd
import pytest

from smaclab import lab
from smaclab.errors import ExperimentError, NetworkError
from smaclab.experiment.cell_line import Alternative
from smaclab.lab import bench as bench_module
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import Solver, failed
from smaclab.simulate.status import ADVICE, Status


def test_a_run_gives_every_readout_of_every_cell_at_every_time(result):
    assert list(result.readouts.columns) == [
        "observableId", "experimentId", "cell", "time", "simulation", "unit",
    ]  # fmt: skip
    assert len(result.readouts) == 2 * 3 * 25
    assert result.death_time_s.shape == result.status.shape == (1, 3)


def test_the_drug_removes_cIAP1_and_kills(result):
    cIAP1 = result.mean("cIAP1")["toy"]
    assert cIAP1[1.0] < 0.1 * cIAP1[0.0]
    assert result.fraction_alive(at_h=0)["toy"] == 1.0
    assert result.fraction_alive()["toy"] == 0.0


def test_cells_and_seed_can_be_given_instead_of_the_files(toy, bench):
    other = lab.run(toy.toy_file(), cells=2, seed=5, **bench)
    assert other.experiments[0].cells == 2
    assert other.provenance.seeds == (5,)


def test_equal_runs_give_equal_bytes(toy, bench, result):
    again = lab.run(toy.toy_file(), **bench)
    assert again.files() == result.files()


def test_a_grid_gives_all_experiments_in_order(toy, bench):
    grid = toy.toy_file(
        grid={"cell_line": ["EVSA-T", "HCT 116"], "dose.SM-164.concentration": ["0 nM", "100 nM"]}
    )
    both = lab.run(grid, cells=1, **bench)
    assert [one.cell_line for one in both.experiments] == ["EVSA-T", "EVSA-T", "HCT 116", "HCT 116"]
    assert both.death_time_s.shape == (4, 1)
    assert list(dict.fromkeys(both.readouts["experimentId"])) == [one.id for one in both.experiments]


def test_experiments_with_different_sample_times_run_together(toy, bench):
    short = lab.load(toy.toy_file(id="short", duration="2 h"), catalogue=bench["catalogue"])
    long = lab.load(toy.toy_file(id="long"), catalogue=bench["catalogue"])
    heard = []
    both = lab.run_many([long, short], progress=lambda done, total: heard.append((done, total)), **bench)
    assert heard[-1] == (6, 6)
    times = both.readouts.groupby("experimentId", sort=False)["time"].max()
    assert dict(times) == {"long": 24.0, "short": 2.0}
    alone = lab.run(short, **bench)
    together = both.readouts[both.readouts["experimentId"] == "short"].reset_index(drop=True)
    pd.testing.assert_frame_equal(together, alone.readouts)


def test_different_numbers_of_cells_do_not_run_together(toy, bench):
    one = lab.load(toy.toy_file(id="one", cells=1), catalogue=bench["catalogue"])
    two = lab.load(toy.toy_file(id="two", cells=2), catalogue=bench["catalogue"])
    with pytest.raises(ExperimentError, match="experiments with 1 and 2 cells"):
        lab.run_many([one, two], **bench)


def test_no_experiment_and_one_experiment_twice_get_a_letter(toy, bench):
    one = lab.load(toy.toy_file(id="one"), catalogue=bench["catalogue"])
    with pytest.raises(ExperimentError, match="Give at least one"):
        lab.run_many([], **bench)
    with pytest.raises(ExperimentError, match="'one' is given to more than one"):
        lab.run_many([one, one], **bench)


def test_all_problems_are_told_before_anything_runs(toy, bench):
    with pytest.raises(ExperimentError) as caught:
        lab.run(toy.toy_file(cell_line="EVSAT2", readouts=["viabilty"], cells=-1), **bench)
    assert len(caught.value.problems) == 3


def test_provenance_says_what_was_asked_and_how_it_was_solved(result):
    (asked,) = result.provenance.experiments
    assert asked["doses"][0]["drug"] == "SM-164"
    assert asked["doses"][0]["clamped"] is False
    assert asked["in_vitro"] == []
    assert asked["hypotheses"] == {"O06": "c"}
    assert asked["status"] == result.provenance.status == {"OK": 3}
    assert "kisao" in result.provenance.algorithm


def test_any_number_of_the_catalogue_changes_the_parameter_set(toy):
    catalogue = toy.toy_catalogue()
    (line,) = (one for one in catalogue.cell_lines if one.name == "EVSA-T")
    few = Alternative(amounts={"BIRC2": replace(line.amounts["BIRC2"], value=7.0)})
    mine = replace(line, name="mine", aliases=(), alternatives={"O11": {"b": few}})
    usual = bench_module._numbers(replace(catalogue, cell_lines=[*catalogue.cell_lines, mine]))
    assert usual["mine, O11 b: BIRC2"] == 7.0
    assert usual["EVSA-T: BIRC2"] == 1e4
    assert usual["BIRC2_decay"] == 1e-4
    assert usual["BIRC2 pocket-dead: drug_on"] == 0.0


def test_a_package_without_its_network_says_how_to_make_it(monkeypatch):
    monkeypatch.setattr(bench_module, "NETWORK_FILE", "not_there.txt")
    bench_module.own_network.cache_clear()
    with pytest.raises(NetworkError, match="smaclab network build"):
        bench_module.own_network()


def test_the_same_individual_meets_every_dose(toy, bench):
    grid = toy.toy_file(grid={"dose.SM-164.concentration": ["0 nM", "100 nM"]})
    both = lab.run(grid, **bench)
    start = both.readouts.query("observableId == 'cIAP1' and time == 0").pivot(
        index="cell", columns="experimentId", values="simulation"
    )
    np.testing.assert_array_equal(start.iloc[:, 0], start.iloc[:, 1])


def test_experiments_made_in_python_are_checked_and_get_the_catalogues_own_names(bench):
    made = lab.Experiment(
        id="made",
        cell_line="evsat",
        readouts=["Viability"],
        cells=1,
        doses=[lab.Dose(drug="sm164", concentration_nM=100)],
    )
    done = lab.run_many([made], **bench)
    assert done.experiments[0].cell_line == "EVSA-T"
    assert done.experiments[0].doses[0].drug == "SM-164"
    assert set(done.readouts["observableId"]) == {"viability"}


@pytest.mark.parametrize("wrong", [{"cell_line": "EVSA-X"}, {"cells": 10**9}, {"readouts": ("cIAP9",)}])
def test_experiments_made_in_python_get_letters_too(bench, wrong):
    made = lab.Experiment(**{"id": "made", "cell_line": "EVSA-T"} | wrong)
    with pytest.raises(ExperimentError):
        lab.run_many([made], **bench)


def test_too_many_cells_or_too_large_a_seed_by_argument_get_a_letter(toy, bench):
    with pytest.raises(ExperimentError, match="At most 100,000 are understood"):
        lab.run(toy.toy_file(), cells=10**9, **bench)
    with pytest.raises(ExperimentError, match="A seed is at most"):
        lab.run(toy.toy_file(), seed=2**70, **bench)


@final
@dataclass(frozen=True)
class Tired(Solver):
    """Finds every rest, and then has strength for a few steps: enough for a cell that nothing happens to."""

    max_steps: int = 8

    def describe(self):
        return SciPySolver(max_steps=self.max_steps).describe()

    def rest(self, kernel, parameters):
        return SciPySolver().rest(kernel, parameters)

    def solve(self, problem):
        return SciPySolver(max_steps=self.max_steps).solve(problem)


@pytest.fixture
def tired(toy, bench):
    """Two arms, of which the solver cannot finish the second."""
    source = toy.toy_file(grid={"dose.SM-164.concentration": ["0 nM", "100 nM"]})
    return lab.run(source, solver=Tired(), **bench)


def test_cells_that_fail_are_NaN_with_status_and_advice_everywhere_and_the_others_go_on(tired):
    idle, dosed = tired.experiments
    assert tired.exit_code == 0
    assert tired.status.tolist() == [[0] * 3, [int(Status.STEP_LIMIT)] * 3]
    table = pd.read_csv(io.StringIO(tired.to_csv()), keep_default_na=False)
    assert set(table.loc[table["experimentId"] == dosed.id, "simulation"]) == {"NaN"}
    assert "NaN" not in set(table.loc[table["experimentId"] == idle.id, "simulation"])
    record = json.loads(tired.files()["run.json"])
    assert record["status"] == {"OK": 3, "STEP_LIMIT": 3}
    assert record["advice"] == {"STEP_LIMIT": ADVICE[Status.STEP_LIMIT]}
    assert [one["failed_cells"] for one in record["experiments"]] == [0, 3]
    assert "3 of 6 cells failed with STEP_LIMIT" in tired.page()
    assert "Too many steps." in tired.page()
    assert "Too many steps." in tired.summary()


def test_cells_that_fail_are_no_survivors(tired):
    idle, dosed = tired.fraction_alive()
    assert idle == 1.0
    assert np.isnan(dosed)
    assert np.all(np.isnan(tired.death_time_s[1]))
    assert np.isnan(tired.mean("viability").iloc[-1, 1])
    assert "no cell solved" in tired.summary()


def test_more_than_50_cells_are_told_by_mean_and_quantiles_of_those_that_were_solved(toy, bench):
    source = toy.toy_file(cells=51, sample=["0 h", "1 h"], duration="1 h")
    many = lab.run(source, solver=OneFails(), **bench)
    cells = {name: set(part["cell"]) for name, part in many.readouts.groupby("observableId")}
    assert cells == {"viability": {"mean"}, "cIAP1": {"mean", "q05", "q25", "q50", "q75", "q95"}}
    assert np.isfinite(many.readouts["simulation"]).all()
    assert many.fraction_alive().iloc[0] == 1.0
    assert many.provenance.failed_cells == 1


@final
@dataclass
class OneFails(Solver):
    """Loses the first cell that it is given."""

    lost: bool = False

    def describe(self):
        return SciPySolver().describe()

    def rest(self, kernel, parameters):
        return SciPySolver().rest(kernel, parameters)

    def solve(self, problem):
        if not self.lost:
            self.lost = True
            return failed(problem, Status.EXCEPTION, "lost on purpose")
        return SciPySolver().solve(problem)
