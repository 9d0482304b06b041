"""The default solver: as SciPy's, many cells at a time."""

import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.kernel import compile_kernel
from smaclab.network import Network
from smaclab.simulate import rosenbrock
from smaclab.simulate.batch import Batch, Recipe
from smaclab.simulate.death import Place, Watch
from smaclab.simulate.plan import plan
from smaclab.simulate.population import Population
from smaclab.simulate.rests import Rests
from smaclab.simulate.rosenbrock import RosenbrockSolver, program_of
from smaclab.simulate.run import default_solver, simulate
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.status import Status
from tests.kernel.native.test_program import turned
from tests.kernel.native.toys import network


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """No test here reads or writes the user's own folder, or another test's programs."""
    monkeypatch.setenv("SMACLAB_CACHE", str(tmp_path))
    monkeypatch.setattr(rosenbrock, "_PROGRAMS", {})


@pytest.fixture
def campaign(toy):
    """Vehicle and two doses, one given at 1 h and washed out at 5 h."""

    def planned(cells=30):
        arms = [
            toy.experiment(id="vehicle", cells=cells),
            toy.experiment(id="dose", cells=cells, doses=(toy.dose(1.0),)),
        ]
        pulse = (toy.dose(0.7, start_s=3600.0, end_s=18_000.0),)
        arms.append(toy.experiment(id="pulse", cells=cells, doses=pulse))
        return plan(arms, toy.catalogue(sigma=0.5), toy.network)

    return planned


def batch_of(of, median, times, **more):
    """One experiment without variation, watching every species."""
    nobody = Population(seed=1, cell_line="toy", symbols=(), places=(), sigma=0.0)
    given = {"changes": (), "watches": (), "end_s": float(times[-1])} | more
    recipe = Recipe(experiment="toy", population=nobody, median=np.array(median, dtype=float), **given)
    names = tuple(f"o{place}" for place in range(len(of.species)))
    return Batch(
        recipes=(recipe,),
        n_cells=1,
        time_s=np.array(times, dtype=float),
        observables=names,
        observe=np.eye(len(names)),
    )


def bits(trajectory):
    return [
        getattr(trajectory, name).tobytes() for name in ("counts", "death_time_s", "death_kind", "status")
    ]


def test_a_campaign_is_that_of_scipy(campaign, toy):
    batch = campaign(cells=10)
    found = simulate(batch, toy.kernel, solver=RosenbrockSolver(rtol=1e-9))
    expected = simulate(batch, toy.kernel, solver=SciPySolver(rtol=1e-10))
    np.testing.assert_allclose(found.counts, expected.counts, rtol=1e-6)
    assert np.isfinite(expected.death_time_s).any()
    np.testing.assert_allclose(found.death_time_s, expected.death_time_s, atol=0.02)
    np.testing.assert_array_equal(found.death_kind, expected.death_kind)


def test_equal_bits_for_any_chunk_and_any_number_of_threads(campaign, toy, monkeypatch):
    batch = campaign()
    whole = bits(simulate(batch, toy.kernel))
    for workers in (2, 3):
        assert bits(simulate(batch, toy.kernel, workers=workers)) == whole
    for chunk in (1, 7, 20):
        monkeypatch.setattr(rosenbrock, "LARGEST_CHUNK", chunk)
        assert bits(simulate(batch, toy.kernel)) == whole
        assert bits(simulate(batch, toy.kernel, workers=2)) == whole


def test_equal_bits_where_another_batch_has_rested_the_same_cells(campaign, toy, monkeypatch):
    batch, asked, own = campaign(), [], RosenbrockSolver._rest
    monkeypatch.setattr(RosenbrockSolver, "_rest", lambda *given: asked.append(1) or own(*given))
    alone = bits(simulate(batch, toy.kernel))
    once = len(asked)
    solver = RosenbrockSolver(rests=Rests())
    assert solver == RosenbrockSolver()
    assert [bits(simulate(batch, toy.kernel, solver=solver)) for _ in range(2)] == [alone, alone]
    assert len(asked) == 2 * once


def test_equal_bits_for_any_order_of_experiments(campaign, toy):
    batch = campaign()
    turned_round = replace(batch, recipes=batch.recipes[::-1])
    assert (
        simulate(turned_round, toy.kernel).counts[::-1].tobytes()
        == simulate(batch, toy.kernel).counts.tobytes()
    )


def test_chunks_cover_every_cell_once(campaign, toy, monkeypatch):
    for chunk, workers in ((1, 1), (4, 2), (2048, 3)):
        monkeypatch.setattr(rosenbrock, "LARGEST_CHUNK", chunk)
        found = [
            (member, cell)
            for part in RosenbrockSolver().chunks(campaign(cells=11), toy.kernel, workers)
            for member in part.members
            for cell in part.cells
        ]
        assert sorted(found) == [(member, cell) for member in range(3) for cell in range(11)]


def rest_of(of, parameters, **settings):
    return RosenbrockSolver(**settings).rest(
        program_of(of), compile_kernel(of), np.array(parameters, dtype=float)
    )


def test_each_cell_rests_in_its_own_steady_state():
    of = network(1, [((), (0,), "made"), ((0,), (), "lost")], ("made", "lost"))
    counts, status, messages = rest_of(of, [[5.0, 1e-3], [7.0, 1e-5], [0.0, 1.0]])
    np.testing.assert_allclose(counts[:, 0], [5e3, 7e5, 0.0], rtol=1e-9, atol=1e-9)
    assert not status.any()
    assert messages == {}


def test_conserved_totals_are_kept_at_rest(dimers):
    counts, status, _ = rest_of(dimers.network, [[1e5, 1e-6, 1e-3]])
    assert status[0] == Status.OK
    assert counts[0] @ [1.0, 2.0] == pytest.approx(1e5, rel=1e-10)
    assert counts[0, 1] == pytest.approx(0.5 * 1e-6 * counts[0, 0] ** 2 / 1e-3, rel=1e-9)


def test_a_network_that_fills_for_ever_has_no_rest():
    of = network(2, [((), (0,), "made"), ((), (1,), "made"), ((1,), (), "lost")], ("made", "lost"))
    _, status, messages = rest_of(of, [[1.0, 1e-3], [0.0, 1e-3]])
    assert status.tolist() == [Status.NO_REST, Status.OK]
    assert list(messages) == [0]
    assert "moves after 1e+08 s, by 3.6e-05 of itself per hour" in messages[0]


REPRESSILATOR = network(
    3,
    [((), (place,), f"f{place}") for place in range(3)] + [((place,), (), "lost") for place in range(3)],
    ("top", "half", "lost", "start"),
    functions={f"f{place}": f"top*lost/(1 + ({'abc'[place - 1]}/half)**8)" for place in range(3)},
    observables={name: ((place, 1.0),) for place, name in enumerate("abc")},
    initial=((0, "start"),),
)


@pytest.mark.parametrize(
    ("lost", "words"),
    [(1e-2, "not at rest within the step limit, before 1e+08 s"), (2e-6, "moves after 1e+08 s, by")],
)
def test_a_network_that_oscillates_has_no_rest(lost, words):
    _, status, messages = rest_of(REPRESSILATOR, [[1000.0, 50.0, lost, 10.0]], max_steps=20_000)
    assert status[0] == Status.NO_REST
    assert words in messages[0]


def test_a_repressilator_that_is_too_weak_comes_to_rest():
    counts, status, _ = rest_of(REPRESSILATOR, [[10.0, 50.0, 1e-2, 10.0]])
    assert status[0] == Status.OK
    np.testing.assert_allclose(counts[0], counts[0, 0], rtol=1e-6)


def test_a_cell_without_rest_is_unknown_with_its_reason():
    of = network(1, [((), (0,), "made")], ("made",))
    trajectory = simulate(batch_of(of, [1.0], [0.0, 10.0]), compile_kernel(of))
    assert trajectory.status[0, 0] == Status.NO_REST
    assert np.isnan(trajectory.counts).all()
    assert np.isnan(trajectory.death_time_s).all()
    assert "moves after" in trajectory.messages[0, 0]


def test_a_rate_that_is_no_number_is_a_status_with_its_words():
    of = network(1, [((), (0,), "made"), ((0,), (), "lost")], ("made", "lost"))
    trajectory = simulate(batch_of(of, [math.nan, 1.0], [0.0, 10.0]), compile_kernel(of))
    assert trajectory.status[0, 0] == Status.NON_FINITE
    assert trajectory.messages[0, 0] == "before the first dose: a count or rate is not finite"


def test_an_experiment_of_no_length_shows_its_beginning(toy):
    batch = plan([toy.experiment(sample_s=(0.0,), doses=(toy.dose(1.0),))], toy.catalogue(), toy.network)
    batch = replace(batch, recipes=(replace(batch.recipes[0], end_s=0.0),))
    found = simulate(batch, toy.kernel)
    assert found.status[0, 0] == Status.OK
    np.testing.assert_allclose(found.counts[0, 0, 0], [toy.COPIES, toy.PER_NM], rtol=1e-6)


MADE = network(2, [((), (0,), "made"), ((0,), (), "lost")], ("level", "made", "lost"))


def arms_with(*thresholds):
    """Experiments that differ in what kills: 50 molecules at rest."""
    batch = batch_of(MADE, [100.0, 5.0, 0.1], [0.0, 10.0])
    several = [
        replace(batch.recipes[0], watches=(Watch(kind="death", weights=np.array([1.0, 0.0]), threshold=one),))
        for one in thresholds
    ]
    return simulate(replace(batch, recipes=tuple(several)), compile_kernel(MADE)).death_time_s[:, 0].tolist()


def test_each_experiment_has_its_own_threshold():
    assert arms_with(20.0, 80.0) == [0.0, math.inf]
    assert arms_with(Place(0)) == [math.inf]
    assert arms_with(20.0, Place(1)) == [0.0, 0.0]


def test_a_number_and_the_first_parameter_are_different_thresholds():
    assert arms_with(20.0, Place(0)) == [0.0, math.inf]
    assert arms_with(Place(0), 20.0) == [math.inf, 0.0]


def test_a_program_is_compiled_once_and_the_last_few_are_kept(monkeypatch):
    made = []
    monkeypatch.setattr(rosenbrock, "compile_program", lambda of, precision: made.append(of) or object())
    several = [network(1, [((), (0,), name)], (name,)) for name in "abcdefghi"]
    assert program_of(several[0]) is program_of(several[0])
    for one in several:
        program_of(one)
    assert len(made) == len(several)
    assert len(rosenbrock._PROGRAMS) == rosenbrock.MOST_PROGRAMS


def test_a_network_in_another_order_is_solved_in_its_own_order():
    for flip in (False, True):
        of = turned(flip)
        of = Network(
            parameters=(*of.parameters, replace(of.parameters[0], name="amount")), species=of.species,
            reactions=of.reactions, initial=((1 if flip else 0, "amount"),),
        )  # fmt: skip
        trajectory = simulate(batch_of(of, [1.0, 9.0], [0.0]), compile_kernel(of))
        np.testing.assert_allclose(trajectory.counts[0, 0, 0], [9.0, 0.0] if flip else [0.0, 9.0], atol=1e-6)


@pytest.mark.parametrize(
    "given", [{"rtol": 0.1}, {"rtol": math.nan}, {"floor": 0.0}, {"floor": math.inf}, {"max_steps": 0}]
)
def test_settings_that_cannot_work_are_refused(given):
    with pytest.raises(SimulationError, match=str(next(iter(given.values())))):
        RosenbrockSolver(**given)


def test_a_solver_says_how_it_works():
    told = RosenbrockSolver(rtol=1e-6, floor=10.0).describe()
    assert (told["name"], told["kisao"]) == ("Rodas5", "KISAO:0000033")
    assert told["relative_tolerance"] == {"kisao": "KISAO:0000209", "value": 1e-6}
    assert told["absolute_tolerance"] == {"kisao": "KISAO:0000211", "value": "1e-05 molecules"}


def test_it_is_the_default():
    assert default_solver() == RosenbrockSolver()


def test_without_llvmlite_scipy_serves():
    text = (
        "import sys; sys.modules['llvmlite'] = None\n"
        "from smaclab.simulate.run import default_solver\n"
        "print(type(default_solver()).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "SciPySolver", done.stderr
