"""Many cells through the compiled program: as SciPy solves them, and none disturbed by another."""

import math

import numpy as np
import pytest

from smaclab.simulate.death import Place, Watch
from smaclab.simulate.lanes import LAST_MOMENT_S, Looks, rows_of
from smaclab.simulate.scipy_solver import SciPySolver
from smaclab.simulate.solver import CellProblem
from smaclab.simulate.status import Status
from tests.kernel.native.test_driver_step import PROBLEMS
from tests.kernel.native.toys import change, compiled, follow, network
from tests.simulate.conftest import trigger_network

TRIGGER = trigger_network()
HOUR = 3600.0
PARAMETERS = np.array([1e4, 1.0, 1e-4, 1.0, 1e-6, 4e4, 0.0, 1e4])
DOSE = 6.02214076e6
POUR = change(HOUR, adds={1: DOSE})
WASH = change(3 * HOUR, amounts={1: 0.0})
STOP_MAKING = change(2 * HOUR, parameters={3: 0.2})
TIMES = np.arange(21) * 1800.0
KILLS = {"watch": np.array([[1.0, 0.0]]), "threshold": np.zeros((1, 1)), "threshold_place": (5,)}


def by_scipy(of, counts, parameters, times, changes=(), watches=()):
    """The judge's course of one cell."""
    problem = CellProblem(
        kernel=compiled(of)[1],
        rest=np.array(counts, dtype=float), parameters=np.array(parameters, dtype=float),
        changes=tuple(changes), time_s=times, end_s=float(times[-1]),
        observe=np.eye(len(counts)), watches=watches,
    )  # fmt: skip
    solution = SciPySolver(rtol=1e-10).solve(problem)
    assert solution.status is Status.OK
    return solution


@pytest.mark.parametrize("name", PROBLEMS)
def test_courses_are_those_of_scipy(name):
    of, counts, parameters, end_s = PROBLEMS[name]
    times = np.linspace(0, end_s, 30)
    found = follow(of, counts, parameters, times, rtol=1e-9)
    # A step may be wrong by 1e-9; over a few thousand steps 1e-6 is what is left.
    np.testing.assert_allclose(
        found.counts[0], by_scipy(of, counts, parameters, times).counts, rtol=1e-6, atol=1e-6
    )


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (POUR,),
        (POUR, WASH),
        (POUR, STOP_MAKING, WASH),
        (change(0.0, adds={1: DOSE}), change(TIMES[-1], adds={1: 5.0})),
    ],
)
def test_changes_are_answered_as_by_scipy(changes):
    found = follow(TRIGGER, [1e4, 0.0], PARAMETERS, TIMES, rtol=1e-9, changes=(changes,))
    expected = by_scipy(TRIGGER, [1e4, 0.0], PARAMETERS, TIMES, changes)
    np.testing.assert_allclose(found.counts[0], expected.counts, rtol=1e-6, atol=1e-6)


def test_a_death_is_that_of_scipy():
    changes = (POUR, change(3 * HOUR, parameters={5: 3e4}))
    found = follow(TRIGGER, [1e4, 0.0], PARAMETERS, TIMES, rtol=1e-10, changes=(changes,), **KILLS)
    watches = (Watch(kind="apoptosis", weights=np.array([1.0, 0.0]), threshold=Place(5)),)
    expected = by_scipy(TRIGGER, [1e4, 0.0], PARAMETERS, TIMES, changes, watches)
    assert HOUR < expected.death_time_s < TIMES[-1]
    assert found.death_s[0] == pytest.approx(expected.death_time_s, abs=2e-3)  # SciPySolver looks for 1e-3 s
    np.testing.assert_allclose(found.counts[0], expected.counts, rtol=1e-6, atol=1e-6)


def test_a_threshold_with_a_divisor_that_changes_is_that_of_scipy():
    changes = (POUR, change(3 * HOUR, parameters={6: 0.9}))
    parameters = PARAMETERS.copy()
    parameters[6] = 0.5  # twice the threshold at first
    eased = KILLS | {"threshold_divisor": (6,)}
    found = follow(TRIGGER, [1e4, 0.0], parameters, TIMES, rtol=1e-10, changes=(changes,), **eased)
    weights = np.array([1.0, 0.0])
    watches = (Watch(kind="apoptosis", weights=weights, threshold=Place(5), divided_by=Place(6)),)
    expected = by_scipy(TRIGGER, [1e4, 0.0], parameters, TIMES, changes, watches)
    assert 3 * HOUR < expected.death_time_s < TIMES[-1]
    assert found.death_s[0] == pytest.approx(expected.death_time_s, abs=2e-3)


def test_who_is_dead_before_the_first_dose_does_not_take_it():
    early = change(0.0, adds={1: DOSE})
    found = follow(TRIGGER, [5e4, 0.0], PARAMETERS, TIMES, changes=((early,),), **KILLS)
    watches = (Watch(kind="apoptosis", weights=np.array([1.0, 0.0]), threshold=Place(5)),)
    expected = by_scipy(TRIGGER, [5e4, 0.0], PARAMETERS, TIMES, (early,), watches)
    assert found.death_s[0] == expected.death_time_s == 0.0
    np.testing.assert_allclose(found.counts[0], expected.counts)


def test_a_change_at_the_very_end_costs_a_moment():
    end_s = 36_000.0
    found = follow(TRIGGER, [1e4, 0.0], PARAMETERS, [end_s], changes=((change(end_s, adds={0: 50.0}),),))
    assert found.counts[0, 0, 0] == pytest.approx(1e4 + 50, rel=1e-9)
    assert LAST_MOMENT_S <= 1e-6


def spread(n_cells):
    """Cells that differ in amounts and rates."""
    rng = np.random.default_rng(0)
    parameters = np.tile(PARAMETERS, (n_cells, 1))
    parameters[:, 0] *= rng.lognormal(0, 0.5, n_cells)
    parameters[:, 2] *= rng.lognormal(0, 1, n_cells)
    return np.stack((parameters[:, 0], np.zeros(n_cells)), axis=1), parameters


def run(counts, parameters, **more):
    kills = KILLS | {"threshold": np.zeros((len(counts), 1))}
    usual = {"rtol": 1e-5, "changes": ((POUR, STOP_MAKING, WASH),)}
    return follow(TRIGGER, counts, parameters, TIMES, **(usual | kills | more))


NAMES = ("counts", "final", "status", "death_s", "death_kind", "steps", "rejected")


def equal_bits(one, other, cells):
    """`other` holds the cells `cells` of `one`."""
    return all(getattr(one, name)[cells].tobytes() == getattr(other, name).tobytes() for name in NAMES)


def test_equal_bits_for_any_slice_and_any_order():
    counts, parameters = spread(100)
    whole = run(counts, parameters)
    assert np.isfinite(whole.death_s).any()
    assert np.isinf(whole.death_s).any()
    for cells in (
        np.array([17]),
        np.arange(3, 20),
        np.arange(50, 100),
        np.random.default_rng(2).permutation(100),
    ):
        assert equal_bits(whole, run(counts[cells], parameters[cells]), cells)


def test_equal_bits_whatever_other_groups_meet():
    counts, parameters = spread(40)
    whole = run(counts, parameters)
    changes = ((), (POUR, STOP_MAKING, WASH), tuple(change(float(at), adds={0: 1.0}) for at in range(1, 30)))
    group = np.arange(40) % 3
    mixed = run(counts, parameters, changes=changes, group=group)
    cells = np.flatnonzero(group == 1)
    for name in NAMES:
        assert getattr(mixed, name)[cells].tobytes() == getattr(whole, name)[cells].tobytes(), name


def test_rows_that_are_known_change_no_bit():
    counts, parameters = spread(20)
    plain = run(counts, parameters, changes=((),))
    program, kernel = compiled(TRIGGER)
    looks = Looks(time_s=TIMES, observe=np.eye(2), **(KILLS | {"threshold": np.zeros((20, 1))}))
    rows = rows_of(program, kernel, parameters, (looks, slice(None)))
    np.testing.assert_array_equal(rows[:, -1], parameters[:, 5])
    known = run(counts, np.zeros_like(parameters), changes=((),), rows=rows)
    assert equal_bits(plain, known, slice(None))


def spoiled(n_cells, n_bad):
    """(counts, parameters, which are bad): rates that are no number, infinite, or absurd."""
    counts, parameters = spread(n_cells)
    bad = np.random.default_rng(3).choice(n_cells, n_bad, replace=False)
    parameters[bad, 2] = np.resize([math.nan, math.inf, 1e300, -1.0], n_bad)
    return counts, parameters, bad


def check_spoiled(n_cells, n_bad):
    counts, parameters, bad = spoiled(n_cells, n_bad)
    found = run(counts, parameters, max_steps=2000)
    good = np.setdiff1d(np.arange(n_cells), bad)
    assert not found.status[good].any()
    assert equal_bits(found, run(counts[good], parameters[good], max_steps=2000), good)
    no_number = bad[np.isnan(parameters[bad, 2])]
    assert (found.status[no_number] == Status.NON_FINITE).all()
    failed = found.status != Status.OK
    assert failed[bad[~(np.abs(parameters[bad, 2]) <= 1)]].all()
    assert np.isnan(found.counts[failed]).all()
    assert np.isnan(found.death_s[failed]).all()
    assert (found.death_kind[failed] == -1).all()


@pytest.mark.claim("A cell that fails leaves the bits of all others alone", source="style rule 10")
def test_a_hundred_bad_cells_among_a_thousand():
    check_spoiled(1000, 100)


@pytest.mark.slow
def test_a_thousand_bad_cells_among_ten_thousand():
    check_spoiled(10_000, 1000)


def test_the_step_limit_stops_one_cell_alone():
    """One cell in eleven oscillates a thousand times faster than the others."""
    of, counts, parameters, end_s = PROBLEMS["prey"]
    given = np.tile(parameters, (11, 1))
    given[4] *= [1e3, 1e3, 1e3]
    found = follow(of, np.tile(counts, (11, 1)), given, [0.0, end_s], rtol=1e-5, max_steps=2000)
    assert found.status.tolist() == [Status.STEP_LIMIT if cell == 4 else Status.OK for cell in range(11)]
    assert (found.counts[[0, 1, 10]] == found.counts[0]).all()


@pytest.mark.parametrize("floor", [1.0, 1e-3, np.array([1.0, 1e3])])
def test_a_floor_may_be_one_number_or_one_for_each_species(floor):
    found = follow(TRIGGER, [1e4, 0.0], PARAMETERS, TIMES, rtol=1e-8, floor=floor, changes=((POUR,),))
    expected = by_scipy(TRIGGER, [1e4, 0.0], PARAMETERS, TIMES, (POUR,))
    np.testing.assert_allclose(found.counts[0], expected.counts, rtol=1e-5)


def test_what_is_given_stays_as_it_was():
    counts, parameters = spread(9)
    before = counts.copy(), parameters.copy()
    run(counts, parameters)
    assert (counts.tobytes(), parameters.tobytes()) == (before[0].tobytes(), before[1].tobytes())


def test_conserved_totals_hold_in_a_closed_network_for_years():
    chain = network(
        3,
        [((0, 1), (2,), "on"), ((2,), (0, 1), "off"), ((0,), (1,), "turn"), ((1,), (0,), "turn")],
        ("on", "off", "turn"),
    )
    found = follow(chain, [[1e5, 300.0, 0.0]], [1e-5, 1e-2, 1e-4], np.geomspace(1, 1e8, 30), rtol=1e-5)
    np.testing.assert_allclose(found.counts[0] @ [1.0, 1.0, 2.0], 100_300.0, rtol=1e-10)
