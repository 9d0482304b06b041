import dataclasses
import math
from dataclasses import dataclass, field

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.experiment.perturbation import KnockOut
from smaclab.simulate.plan import plan
from smaclab.simulate.run import simulate, solve_task, tasks, usable_cores
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import Rest, Solver, failed
from smaclab.simulate.status import Status
from smaclab.simulate.trajectory import fraction_alive


@dataclass(frozen=True, kw_only=True)
class Watched(Solver):
    """SciPy's solver that counts rests, has none for rich cells and fails on poor cells that meet a drug."""

    poor: float = 0.0
    rich: float = math.inf
    rests: list = field(default_factory=list)

    def rest(self, kernel, parameters):
        self.rests.append(parameters[0])
        if parameters[0] > self.rich:
            return Rest(counts=np.full(2, np.nan), status=Status.NO_REST, message="too rich")
        return SciPySolver().rest(kernel, parameters)

    def solve(self, problem):
        if problem.parameters[0] < self.poor and problem.changes:
            return failed(problem, Status.STEP_LIMIT, "too poor")
        return SciPySolver().solve(problem)

    def describe(self):
        return {"name": "watched"}


@pytest.fixture
def campaign(toy):
    """Vehicle, three doses and a knock-out; 7 cells each."""

    def planned(cells=7, sigma=0.4):
        arms = [toy.experiment(id="vehicle", cells=cells)]
        arms += [toy.experiment(id=f"nM_{n}", cells=cells, doses=(toy.dose(n / 4),)) for n in (1, 2, 4)]
        knocked = KnockOut(symbol="T")
        arms.append(toy.experiment(id="no_T", cells=cells, doses=(toy.dose(1.0),), perturbations=(knocked,)))
        return plan(arms, toy.catalogue(sigma=sigma), toy.network)

    return planned


def bits(trajectory):
    return [trajectory.counts.tobytes(), trajectory.death_time_s.tobytes(), trajectory.death_kind.tobytes()]


def test_a_campaign_has_four_axes_and_more_drug_kills_more(campaign, toy):
    trajectory = simulate(campaign(), toy.kernel)
    assert trajectory.counts.shape == (5, 7, 21, 2)
    assert trajectory.experiments == ("vehicle", "nM_1", "nM_2", "nM_4", "no_T")
    assert np.all(trajectory.status == Status.OK)
    assert trajectory.algorithm["kisao"] == "KISAO:0000033"
    alive = fraction_alive(trajectory.death_time_s, np.array([36_000.0]))[:, 0]
    assert alive[0] == 1.0
    assert alive[1] >= alive[2] >= alive[3]
    assert alive[3] < 0.5
    assert set(trajectory.death_kind[3]) <= {"apoptosis", ""}
    assert np.all((trajectory.death_kind == "apoptosis") == np.isfinite(trajectory.death_time_s))


def test_a_batch_of_one_is_still_four_axes(toy):
    batch = plan([toy.experiment(doses=(toy.dose(1.0),))], toy.catalogue(), toy.network)
    trajectory = simulate(batch, toy.kernel)
    assert trajectory.counts.shape == (1, 1, 21, 2)
    gain = toy.PER_NM * toy.MAKES / toy.DECAY
    crossing = -math.log(1 - (toy.THRESHOLD - toy.COPIES) / gain) / toy.DECAY
    assert trajectory.death_time_s[0, 0] == pytest.approx(crossing, abs=1.0)


@pytest.mark.claim("The same individual gives the same bits in any slice", source="style rule 12")
def test_the_same_bits_in_any_slice(campaign, toy):
    batch = campaign()
    whole = simulate(batch, toy.kernel)
    for experiment in range(5):
        alone = dataclasses.replace(batch, recipes=batch.recipes[experiment : experiment + 1])
        assert simulate(alone, toy.kernel).counts.tobytes() == whole.counts[experiment].tobytes()
    fewer = dataclasses.replace(batch, n_cells=3)
    assert simulate(fewer, toy.kernel).counts.tobytes() == whole.counts[:, :3].tobytes()


def test_the_same_bits_with_any_number_of_workers(campaign, toy):
    batch = campaign(cells=3)
    seen = []
    given = {"workers": 2, "progress": lambda done, of: seen.append((done, of))}
    assert bits(simulate(batch, toy.kernel, **given)) == bits(simulate(batch, toy.kernel))
    assert seen == sorted(seen)
    assert seen[-1] == (15, 15)
    seen.clear()
    one_by_one = simulate(batch, toy.kernel, solver=SciPySolver(), **given)
    assert bits(one_by_one) == bits(simulate(batch, toy.kernel, solver=SciPySolver()))
    assert seen == [(i, 15) for i in range(1, 16)]


def test_a_failed_cell_is_unknown_and_the_others_go_on(campaign, toy):
    batch = campaign()
    amounts = batch.recipes[0].parameters(range(7))[:, 0]
    rich, poor = np.argmax(amounts), np.argmin(amounts)
    order = np.sort(amounts)
    solver = Watched(rich=(order[-1] + order[-2]) / 2, poor=(order[0] + order[1]) / 2)
    trajectory = simulate(batch, toy.kernel, solver=solver)
    assert np.all(trajectory.status[:, rich] == Status.NO_REST)
    assert trajectory.status[0, poor] == Status.OK
    assert np.all(trajectory.status[1:, poor] == Status.STEP_LIMIT)
    bad = trajectory.status != Status.OK
    assert np.all(np.isnan(trajectory.counts[bad]))
    assert np.all(np.isnan(trajectory.death_time_s[bad]))
    assert np.all(trajectory.death_kind[bad] == "")
    assert trajectory.messages[0, rich] == "too rich"
    good = simulate(batch, toy.kernel, solver=SciPySolver())
    assert trajectory.counts[~bad].tobytes() == good.counts[~bad].tobytes()
    assert (
        fraction_alive(trajectory.death_time_s, np.array([36_000.0]))[0, 0] == 1.0
    )  # of the six that are known


def test_a_rest_that_arms_share_is_solved_once(campaign, toy):
    solver = Watched()
    simulate(campaign(), toy.kernel, solver=solver)
    assert len(solver.rests) <= 7 * 2 + 7  # 7 individuals, untouched and knocked out; some groups are cut
    one = Watched()
    batch = campaign(cells=1)
    for task in tasks(campaign(cells=64), workers=1):
        if 0 in task.cells:
            assert task.experiments in {(0, 1, 2, 3), (4,)}
    list(solve_task(batch, toy.kernel, one, next(iter(tasks(dataclasses.replace(batch, n_cells=1), 1)))))
    assert len(one.rests) == 1


def test_tasks_cover_every_cell_once(campaign):
    for cells, workers in ((1, 1), (7, 2), (100, 3)):
        batch = campaign(cells=cells)
        found = [(e, c) for task in tasks(batch, workers) for e in task.experiments for c in task.cells]
        assert len(found) == len(set(found)) == 5 * cells


def test_a_batch_for_another_network(campaign, dimers, toy):
    with pytest.raises(SimulationError, match="8 parameters and 2 species, the kernel's network 3 and 2"):
        simulate(campaign(), dimers)
    with pytest.raises(SimulationError, match="workers = 0"):
        simulate(campaign(), toy.kernel, workers=0)
    assert usable_cores() >= 1
