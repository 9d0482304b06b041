"""Experiments with wells become trajectories; a donor's supernatant is taken once."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.shared_well import MediumChange, SharedWell
from smaclab.simulate import well_run
from smaclab.simulate.rosenbrock import RosenbrockSolver
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.well_run import simulate_wells
from tests.simulate.conftest import PER_NM, toy_catalogue, trigger_network

NETWORK, CATALOGUE = trigger_network(), toy_catalogue()
WELL = SharedWell(volume_ul=1.0, cell_number=100)  # 10,000 pl a cell
POISONED = Experiment(
    id="poisoned", cell_line="Toy line", cells=3, well=WELL, readouts=("T", "drug in medium"),
    doses=(Dose(drug="poison", concentration_nM=0.5),), duration_s=7200.0, sample_s=(0.0, 3600.0, 7200.0),
)  # fmt: skip


def runs(*experiments, **how):
    return list(simulate_wells(experiments, CATALOGUE, NETWORK, **how))


def test_a_well_is_a_trajectory_of_one_experiment():
    (run,) = runs(POISONED)
    assert run.trajectory.experiments == ("poisoned",)
    assert run.trajectory.counts.shape == (1, 3, 3, 2)
    np.testing.assert_allclose(run.trajectory.of("drug_free"), 0.5 * PER_NM)
    assert run.trajectory.algorithm["shared medium"]["tolerance"] == 0.01
    assert run.trajectory.algorithm["kisao"] == "KISAO:0000033"


def test_a_supernatant_is_poured_by_concentration():
    taker = replace(
        POISONED,
        id="taker",
        doses=(),
        well=SharedWell(
            volume_ul=2.0, cell_number=100, changes=(MediumChange(at_s=3600.0, fraction=0.5, donor=POISONED),)
        ),
    )
    (run,) = runs(taker)
    nM = run.trajectory.of("drug_free")[0, 0] / (2 * PER_NM)
    np.testing.assert_allclose(nM, [0.0, 0.25, 0.25])
    made = run.trajectory.of("T_total")[0, 0]
    assert made[1] == pytest.approx(made[0])
    assert made[2] > 1.1 * made[1]  # the poison has brought its own parameter, and acts


def test_a_well_that_grows_begins_as_one_that_does_not_and_is_told_for_the_cells_at_the_start():
    grows = replace(POISONED, id="grows", well=replace(WELL, grows=True))
    still, grown = runs(POISONED, grows)
    assert grown.course.doubling_s == (CATALOGUE.cell_lines[0].doubling_time_s.value,)
    np.testing.assert_allclose(grown.trajectory.counts[:, :, 0], still.trajectory.counts[:, :, 0])
    np.testing.assert_allclose(grown.trajectory.of("drug_free"), 0.5 * PER_NM)


def test_a_supernatant_is_taken_once(monkeypatch):
    solved = []
    original = well_run.simulate_well
    monkeypatch.setattr(
        well_run, "simulate_well", lambda well, *a, **k: solved.append(well.id) or original(well, *a, **k)
    )
    changes = (MediumChange(at_s=0.0, donor=POISONED, taken_s=3600.0),)
    takers = [replace(POISONED, id=name, doses=(), well=replace(WELL, changes=changes)) for name in "ab"]
    runs(*takers)
    assert solved == ["poisoned", "a", "b"]


def test_screening_is_solved_in_double():
    (run,) = runs(POISONED, solver=RosenbrockSolver(precision="screening"))
    assert run.trajectory.algorithm["precision"] == "double"


def test_a_solver_of_single_cells_is_refused():
    with pytest.raises(SimulationError, match="Leave the solver out"):
        runs(POISONED, solver=SciPySolver())
    assert runs(solver=SciPySolver()) == []  # no wells, no letter


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (MediumChange(at_s=0.0, donor="path.toml"), "an Experiment gives one"),
        (MediumChange(at_s=0.0, donor=POISONED, taken_s=9000.0), "it lasts from 0 to 2 h"),
    ],
)
def test_a_supernatant_that_cannot_be_taken_is_a_letter(change, words):
    with pytest.raises(SimulationError, match=words):
        runs(replace(POISONED, well=replace(WELL, changes=(change,))))


def test_supernatants_of_supernatants_end():
    one = POISONED
    for number in range(7):
        one = replace(
            POISONED, id=f"x{number}", well=replace(WELL, changes=(MediumChange(at_s=0.0, donor=one),))
        )
    with pytest.raises(SimulationError, match="more than 5 times"):
        runs(one)
