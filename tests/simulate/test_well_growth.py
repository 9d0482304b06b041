"""A well that grows in number: against one system of equations in which N(t) grows, and its own books."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from smaclab.errors import SimulationError
from smaclab.simulate.change import Change, Condition
from smaclab.simulate.status import Status
from smaclab.simulate.well import Member, Renewal, WellCourse
from smaclab.simulate.well_exchange import Coupling
from smaclab.simulate.well_follow import simulate_well
from smaclab.simulate.well_growth import cell_numbers, grown, most_cells
from tests.simulate.well_toy import (
    CLOSE,
    DAY,
    NAMES,
    NETWORK,
    START,
    TOXIC,
    VALUES,
    monolith,
    toy_recipe,
    toy_well,
)

PACE = {"end_s": DAY / 4, "doubling_s": DAY / 8}  # four times as many at the end


def solved(well, **how):
    return simulate_well(well, NETWORK, **({"solver": CLOSE} | how))


def far(course, medium):
    """The largest difference of a medium species, of its own maximum."""
    return float(np.max(np.abs(course.medium - medium) / medium.max(axis=0)))


def by_hand(time_s, doubling_s):
    """(time, medium species), molecules for each cell at the start: 2^(t/T) like cells in a fixed volume."""
    k = dict(zip(NAMES, VALUES, strict=True))

    def slope(time, state):
        ligand, antibody, held, receptor, bound, signal = state
        cells = 2.0 ** (time / doubling_s)
        binds = k["on"] * ligand * receptor - k["off"] * bound
        is_held = k["antibody_on"] * ligand * antibody - k["antibody_off"] * held
        return [
            cells * (k["secretion"] * signal - binds) - k["decay"] * ligand - is_held,
            -is_held,
            is_held,
            k["receptor_loss"] * (k["receptors"] - receptor) - binds,
            binds - k["internalized"] * bound,
            k["induced"] * bound - k["signal_loss"] * signal,
        ]

    begin = [*START, 0.0, k["receptors"], 0.0, 0.0]
    found = solve_ivp(slope, (0.0, time_s[-1]), begin, "LSODA", rtol=1e-11, atol=1e-9, t_eval=time_s)
    return found.y[:3].T


def test_who_lives_doubles_from_time_zero_on():
    assert grown([-5.0, 0.0, 1.0, 3.0], 1.0).tolist() == [1.0, 1.0, 2.0, 8.0]
    assert grown([0.0, 1e9], np.inf).tolist() == [1.0, 1.0]
    assert most_cells(DAY, [(30, np.inf)]) == 1.0
    assert most_cells(DAY, [(30, DAY), (10, DAY / 2)]) == (30 * 2 + 10 * 4) / 40


@pytest.mark.claim(
    "A well that grows in number is one system of equations in which the number of cells grows, of order two "
    "in the macro step.",
    source="LSODA on one cell, its number and the medium, written by hand.",
)
def test_identical_cells_that_grow_are_one_system_of_equations():
    well = toy_well(3, sigma=0.0, **PACE)
    medium = by_hand(well.time_s, PACE["doubling_s"])
    fixed = by_hand(well.time_s, np.inf)
    assert np.max(np.abs(medium - fixed) / medium.max(axis=0)) > 0.1  # growth is not nothing here
    errors = [far(solved(well, coupling=Coupling(fixed_s=one)), medium) for one in (225.0, 112.5, 56.25)]
    # 3.4e-5 at 56 s. What is left is the step's: a quarter at each halving, approached from above.
    assert errors[2] < 1e-4, errors
    assert np.log2(errors[0] / errors[1]) > 1.4, errors
    assert np.log2(errors[1] / errors[2]) > 1.7, errors
    assert far(solved(well), medium) < 0.01  # the default's own tolerance


@pytest.mark.claim(
    "Cells that differ, grow and die in one medium are one system of equations.",
    source="LSODA on all cells and the medium at once, each cell counted as often as it has descendants.",
)
@pytest.mark.parametrize("kills", [None, TOXIC])
def test_cells_that_differ_and_grow_are_one_system_of_equations(kills):
    medium, death_s = monolith(toy_well(6, kills=kills, end_s=PACE["end_s"]), PACE["doubling_s"])
    course = solved(toy_well(6, kills=kills, **PACE), coupling=Coupling(tolerance=1e-4))
    assert far(course, medium) < 1e-3  # as where nothing grows: ten tolerances
    dead = np.isfinite(death_s)
    assert np.array_equal(dead, np.isfinite(course.death_time_s))
    assert dead.sum() >= (3 if kills else 0)
    np.testing.assert_allclose(course.death_time_s[dead], death_s[dead], atol=60.0)


def test_shares_that_nobody_ever_takes_change_nothing():
    plain = toy_well(4, kills=TOXIC, end_s=DAY / 2)
    roomy = toy_well(4, kills=TOXIC, end_s=DAY / 2, shares=3.0)
    near = Coupling(tolerance=1e-4)
    assert far(solved(roomy, coupling=near), solved(plain, coupling=near).medium) < 1e-3


def two_paces():
    """Two lines, of which one doubles twice as fast; a dose and a change of medium on the way."""
    lines = [(5, DAY / 2), (5, DAY)]
    shares = most_cells(DAY, lines)
    dose = Change(kind="add_amount", target="ligand", value=500.0 / shares)
    later = (Condition(time_s=DAY / 3, changes=(dose,)),)
    well = toy_well(5, kills=TOXIC, more=later, doubling_s=lines[0][1], shares=shares)
    other = toy_recipe(line="other", kills=TOXIC, more=later, shares=shares)
    fresh = np.array([20.0, 50.0, 0.0]) / shares
    return replace(
        well,
        members=(*well.members, Member(recipe=other, cells=range(5), doubling_s=lines[1][1])),
        renewals=(Renewal(time_s=DAY / 2, kept=0.25, fresh=fresh),),
    )


@pytest.mark.claim(
    "Every molecule of the medium is accounted for, to 1e-6, while lines of different pace grow and die and "
    "medium is changed.",
    source="Bookkeeping of each reaction beside the state.",
)
def test_the_mass_balance_closes_while_a_well_grows():
    course = solved(two_paces(), ledger=True, coupling=Coupling())
    causes = [course.balance[name] for name in ("cells", "medium", "poured", "renewed")]
    turnover = np.sum(np.abs(causes), axis=0)
    assert turnover.min() > 1
    assert np.isfinite(course.death_time_s).sum() > 0
    np.testing.assert_allclose(
        np.sum(causes, axis=0) / turnover, course.balance["gained"] / turnover, atol=1e-6
    )
    # In molecules for each cell at the start, as they were poured in: the ligand twice, the antibody once.
    assert course.balance["poured"][:2] == pytest.approx([START[0] + 500.0, START[1]])
    assert course.medium[0] == pytest.approx([*START, 0.0])


def test_a_cell_that_fails_takes_its_shares_along():
    broken = replace(toy_recipe(line="broken"), median=np.where(np.arange(11) == 3, 1e300, VALUES))
    well = toy_well(3, **PACE)
    broken = replace(broken, end_s=PACE["end_s"])
    other = Member(recipe=broken, cells=range(1), doubling_s=PACE["doubling_s"])
    course = solved(replace(well, members=(*well.members, other)))
    assert course.status.tolist()[:3] == [Status.OK] * 3
    assert course.status[3] != Status.OK
    np.testing.assert_allclose(course.medium, solved(well).medium, rtol=0.01)
    numbers = cell_numbers(course)
    assert np.isnan(numbers.alive[:, 1]).all()
    assert numbers.alive[-1, 0] == 4.0


def test_more_cells_than_shares_are_refused():
    well = toy_well(2, end_s=DAY, doubling_s=DAY, shares=1.5)
    with pytest.raises(SimulationError, match=r"1.5 shares .* up to 2 cells"):
        solved(well)


def course_of(death_s, doubling_s, member):
    nothing = np.zeros(len(death_s))
    return WellCourse(
        counts=np.zeros((len(death_s), 3, 0)), medium=np.zeros((3, 0)), species=(),
        time_s=np.array([0.0, 1.0, 2.0]), death_time_s=np.array(death_s), death_kind=np.array([""]),
        status=nothing, member=np.array(member), cell=nothing, macro_s=nothing, rejected=0,
        doubling_s=doubling_s,
    )  # fmt: skip


def test_numbers_are_counted_by_line():
    numbers = cell_numbers(course_of([np.inf, 1.0, np.nan, np.inf], (1.0, np.inf), [0, 0, 0, 1]))
    assert numbers.alive[:, 0].tolist() == [1.0, 1.0, 2.0]  # one of two lives and has become two, then four
    assert numbers.dead[:, 0].tolist() == [0.0, 1.0, 1.0]  # two cells when they died, of two known founders
    assert numbers.undisturbed[:, 0].tolist() == [1.0, 2.0, 4.0]
    assert numbers.relative[:, 0].tolist() == [1.0, 0.5, 0.5]
    np.testing.assert_allclose(numbers.fraction_alive[:, 0], [1.0, 1 / 2, 2 / 3])
    assert numbers.alive[:, 1].tolist() == numbers.undisturbed[:, 1].tolist() == [1.0] * 3


def test_an_untreated_well_doubles_exactly():
    course = solved(toy_well(3, doubling_s=DAY / 3))
    assert np.isinf(course.death_time_s).all()
    assert np.array_equal(cell_numbers(course).alive[:, 0], 2.0 ** (course.time_s / (DAY / 3)))


def test_a_course_without_paces_has_no_numbers():
    with pytest.raises(SimulationError, match="0 doubling times"):
        cell_numbers(course_of([np.inf], (), [0]))
