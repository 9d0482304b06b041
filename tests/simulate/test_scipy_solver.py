import dataclasses
import math

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.kernel import compile_kernel
from smaclab.network.network import Network, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.change import Change, Condition, resolve
from smaclab.simulate.death import Place, Watch
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import CellProblem
from smaclab.simulate.status import Status

HOUR = 3600.0


@pytest.fixture
def problem(toy):
    """A cell at rest that meets 1 nM of the drug at time 0."""

    def made(*conditions, **given):
        parameters = np.array([toy.COPIES, 1.0, toy.DECAY, 1.0, toy.MAKES, toy.THRESHOLD, 0.0, 1e4])
        usual = {
            "kernel": toy.kernel, "rest": np.array([toy.COPIES, 0.0]), "parameters": parameters,
            "changes": resolve(conditions, toy.network), "time_s": np.arange(21) * 1800.0, "end_s": 36_000.0,
            "observe": np.eye(2), "watches": (),
        }  # fmt: skip
        return CellProblem(**(usual | given))

    return made


@pytest.fixture
def kills(toy):
    return (Watch(kind="apoptosis", weights=np.array([1.0, 0.0]), threshold=Place(5)),)


def at(time_s, *changes):
    return Condition(time_s=time_s, changes=tuple(Change(kind=k, target=t, value=v) for k, t, v in changes))


@pytest.fixture
def pour(toy):
    return lambda time_s, nM=1.0: at(time_s, ("add_amount", "drug", nM * toy.PER_NM))


@pytest.mark.parametrize("algorithm", ["LSODA", "BDF"])
@pytest.mark.claim("A dose is answered as its exact solution says", source="linear network, solved by hand")
def test_the_answer_to_a_dose_is_exact(problem, pour, toy, algorithm):
    solution = SciPySolver(algorithm=algorithm).solve(problem(pour(0.0)))
    assert solution.status is Status.OK
    assert solution.death_time_s == math.inf
    np.testing.assert_allclose(solution.counts[:, 0], toy.expected_T(np.arange(21) * 1800.0), rtol=2e-5)
    np.testing.assert_allclose(solution.counts[:, 1], toy.PER_NM, rtol=1e-12)


@pytest.mark.parametrize("algorithm", ["LSODA", "BDF"])
def test_between_steps_the_answer_is_as_good_as_on_them(problem, pour, toy, algorithm):
    times = np.sort(np.random.default_rng(1).uniform(0, 36_000, 300))
    solution = SciPySolver(algorithm=algorithm).solve(problem(pour(0.0), time_s=times))
    np.testing.assert_allclose(solution.counts[:, 0], toy.expected_T(times), rtol=2e-5)


def test_without_changes_a_cell_stays_at_rest(problem, toy):
    solution = SciPySolver().solve(problem())
    np.testing.assert_allclose(solution.counts, np.tile([toy.COPIES, 0.0], (21, 1)), rtol=1e-9)


def test_a_sample_at_a_change_shows_the_state_after_it(problem, pour, toy):
    wash = at(2 * HOUR, ("set_amount", "drug", 0.0))
    solution = SciPySolver().solve(problem(pour(HOUR), wash))
    drug = solution.counts[:, 1]
    assert drug[:6].tolist() == pytest.approx([0, 0, toy.PER_NM, toy.PER_NM, 0, 0])
    peak = float(toy.expected_T(HOUR))
    np.testing.assert_allclose(solution.counts[4, 0], peak, rtol=2e-5)
    fall = toy.expected_T(HOUR * np.arange(1, 4), nM=0.0, start=peak)
    np.testing.assert_allclose(solution.counts[[6, 8, 10], 0], fall, rtol=2e-5)


def test_a_change_at_the_end_is_seen_at_the_end(problem, pour, toy):
    solution = SciPySolver().solve(problem(pour(36_000.0)))
    assert solution.counts[:, 1].tolist() == [0.0] * 20 + [pytest.approx(toy.PER_NM)]


def test_a_change_after_the_end_never_happens(problem, pour):
    assert not SciPySolver().solve(problem(pour(36_001.0))).counts[:, 1].any()


def test_a_run_begins_at_its_earliest_change(problem, toy):
    before = at(-HOUR, ("set_parameter", "translation", 0.0))
    solution = SciPySolver().solve(problem(before))
    expected = toy.COPIES * np.exp(-toy.DECAY * (HOUR + np.arange(21) * 1800.0))
    np.testing.assert_allclose(solution.counts[:, 0], expected, rtol=2e-5)


def test_samples_need_not_reach_the_end(problem, pour, kills):
    solution = SciPySolver().solve(problem(pour(0.0), time_s=np.array([60.0]), watches=kills))
    assert solution.counts.shape == (1, 2)
    assert 60.0 < solution.death_time_s < math.inf


@pytest.mark.parametrize("algorithm", ["LSODA", "BDF"])
@pytest.mark.claim(
    "A death is located between samples, not at the next one", source="numerics: linear network, by hand"
)
def test_a_death_is_located_and_its_state_kept(problem, pour, toy, kills, algorithm):
    solution = SciPySolver(algorithm=algorithm).solve(problem(pour(0.0), watches=kills))
    gain = toy.PER_NM * toy.MAKES / toy.DECAY
    crossing = -math.log(1 - (toy.THRESHOLD - toy.COPIES) / gain) / toy.DECAY
    assert solution.death_time_s == pytest.approx(crossing, abs=1.0)
    assert solution.death_kind == "apoptosis"
    dead = np.arange(21) * 1800.0 >= crossing
    np.testing.assert_allclose(solution.counts[dead, 0], toy.THRESHOLD, rtol=1e-5)
    assert np.all(solution.counts[~dead, 0] < toy.THRESHOLD)


def test_a_dead_cell_takes_no_further_dose(problem, pour, toy, kills):
    solution = SciPySolver().solve(problem(pour(0.0), pour(9 * HOUR), watches=kills))
    assert solution.counts[-1, 1] == pytest.approx(toy.PER_NM)


def test_a_cell_beyond_the_threshold_at_rest_is_dead_at_zero(problem, pour, toy, kills):
    rest = np.array([2 * toy.THRESHOLD, 0.0])
    solution = SciPySolver().solve(problem(pour(0.0), rest=rest, watches=kills))
    assert solution.death_time_s == 0.0
    assert np.all(solution.counts == rest)  # dead before the dose
    early = at(-HOUR, ("set_parameter", "threshold", 1.0))
    assert SciPySolver().solve(problem(early, watches=kills)).death_time_s == 0.0


def test_a_change_may_kill_at_once(problem, toy, kills):
    solution = SciPySolver().solve(problem(at(HOUR, ("set_parameter", "threshold", 10.0)), watches=kills))
    assert solution.death_time_s == HOUR
    assert solution.counts[:, 0] == pytest.approx(toy.COPIES)


def test_a_step_limit_is_a_status_and_not_a_result(problem, pour, kills):
    solution = SciPySolver(max_steps=3).solve(problem(pour(0.0), watches=kills))
    assert solution.status is Status.STEP_LIMIT
    assert "3 steps used up" in solution.message
    assert np.all(np.isnan(solution.counts))
    assert np.isnan(solution.death_time_s)
    assert solution.death_kind == ""


@pytest.mark.parametrize("algorithm", ["LSODA", "BDF"])
def test_an_explosion_is_a_status_and_not_a_result(toy, algorithm):
    network = Network(
        parameters=toy.names("k"), species=(parse_species("A()"),), inputs={"A": 0},
        reactions=(Reaction(rule="explode", reactants=(0, 0), products=(0, 0, 0), rate="k"),),
    )  # fmt: skip
    problem = CellProblem(
        kernel=compile_kernel(network), rest=np.zeros(1), parameters=np.array([1e-3]), watches=(),
        changes=resolve([at(0.0, ("add_amount", "A", 100.0))], network), time_s=np.array([0.0, 100.0]),
        end_s=100.0, observe=np.ones((1, 1)),
    )  # fmt: skip
    solution = SciPySolver(algorithm=algorithm, max_steps=5000).solve(problem)
    assert solution.status in {Status.NON_FINITE, Status.STEP_LIMIT, Status.UNSUCCESSFUL}
    assert solution.message
    assert np.all(np.isnan(solution.counts))


def test_a_parameter_that_is_no_number_is_a_status(problem, pour):
    broken = problem(pour(0.0))
    parameters = broken.parameters.copy()
    parameters[2] = np.nan
    solution = SciPySolver().solve(dataclasses.replace(broken, parameters=parameters))
    assert solution.status is Status.NON_FINITE


def test_an_error_in_the_solver_is_a_status_with_its_words(problem):
    solution = SciPySolver().solve(dataclasses.replace(problem(), parameters=np.zeros(3)))
    assert solution.status is Status.EXCEPTION
    assert "ShapeError" in solution.message
    rest = SciPySolver().rest(problem().kernel, np.zeros(3))
    assert rest.status is Status.EXCEPTION
    assert np.all(np.isnan(rest.counts))


def test_a_solver_says_how_it_works():
    assert SciPySolver().describe()["kisao"] == "KISAO:0000088"
    told = SciPySolver(algorithm="BDF", rtol=1e-5).describe()
    assert told["kisao"] == "KISAO:0000288"
    assert told["relative_tolerance"] == {"kisao": "KISAO:0000209", "value": 1e-5}
    assert told["absolute_tolerance"]["kisao"] == "KISAO:0000211"


@pytest.mark.parametrize(
    "given", [{"algorithm": "RK45"}, {"rtol": 0.1}, {"rtol": math.nan}, {"max_steps": 0}]
)
def test_settings_that_cannot_work_are_refused(given):
    with pytest.raises(SimulationError, match=str(next(iter(given.values())))):
        SciPySolver(**given)


@pytest.mark.parametrize("algorithm", ["LSODA", "BDF"])
@pytest.mark.claim(
    "Robertson's problem comes out as published, from 40 s to 1e11 s",
    source="Hairer & Wanner 1996, Solving Ordinary Differential Equations II; IVP test set, problem ROBER",
)
def test_robertsons_problem(toy, algorithm):
    molecules = 1e6  # of 1 in the published problem
    network = Network(
        parameters=toy.names("slow", "fast", "quick"),
        species=tuple(parse_species(f"{name}()") for name in "ABC"),
        reactions=(
            Reaction(rule="a_to_b", reactants=(0,), products=(1,), rate="slow"),
            Reaction(rule="b_to_c", reactants=(1, 1), products=(1, 2), rate="fast"),
            Reaction(rule="b_to_a", reactants=(1, 2), products=(0, 2), rate="quick"),
        ),
    )
    problem = CellProblem(
        kernel=compile_kernel(network), rest=np.array([molecules, 0.0, 0.0]), changes=(), watches=(),
        parameters=np.array([0.04, 3e7 / molecules, 1e4 / molecules]), time_s=np.array([0.4, 40.0, 1e11]),
        end_s=1e11, observe=np.eye(3),
    )  # fmt: skip
    solution = SciPySolver(algorithm=algorithm).solve(problem)
    assert solution.status is Status.OK
    published = [
        [0.98517, 3.3864e-5, 1.4794e-2],
        [0.71582, 9.1855e-6, 0.28417],
        [0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050],
    ]
    np.testing.assert_allclose(solution.counts[:2] / molecules, published[:2], rtol=1e-4)
    np.testing.assert_allclose(solution.counts[2] / molecules, published[2], rtol=1e-2)
    np.testing.assert_allclose(solution.counts.sum(axis=1), molecules, rtol=1e-10)


@pytest.mark.parametrize("algorithm", ["LSODA", "BDF"])
def test_changes_that_only_rounding_holds_apart_are_made_and_the_cell_goes_on(problem, pour, toy, algorithm):
    late = np.nextafter(1.1 * HOUR, math.inf)
    split = SciPySolver(algorithm=algorithm).solve(problem(pour(1.1 * HOUR, 0.5), pour(late, 0.5)))
    whole = SciPySolver(algorithm=algorithm).solve(problem(pour(1.1 * HOUR)))
    assert split.status is Status.OK
    np.testing.assert_allclose(split.counts, whole.counts, rtol=1e-5)


def test_samples_between_and_at_such_changes_are_taken(problem, pour):
    end = 1.1 * HOUR
    late = np.nextafter(end, math.inf)
    solution = SciPySolver().solve(problem(pour(end), time_s=np.array([0.0, end, late]), end_s=late))
    assert solution.status is Status.OK
    assert np.all(np.isfinite(solution.counts))
    assert solution.counts[1, 1] == solution.counts[2, 1] > 0
