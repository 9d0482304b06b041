"""A well against one system of equations, against the single cell, and against its own books."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.simulate import well_shares
from smaclab.simulate.batch import Batch
from smaclab.simulate.change import Change, Condition
from smaclab.simulate.lanes import integrate
from smaclab.simulate.rosenbrock import RosenbrockSolver
from smaclab.simulate.run import simulate
from smaclab.simulate.status import Status
from smaclab.simulate.well import Member, Renewal
from smaclab.simulate.well_exchange import Coupling
from smaclab.simulate.well_follow import simulate_well
from tests.simulate.well_toy import (
    CLOSE,
    DAY,
    KERNEL,
    MEDIUM,
    NETWORK,
    START,
    TOXIC,
    VALUES,
    monolith,
    toy_recipe,
    toy_well,
)

NEAR = Coupling(tolerance=1e-4)
STEP = Change(kind="add_amount", target="ligand", value=500.0)
LATER = (Condition(time_s=DAY / 3, changes=(STEP,)),)


def solved(well, **how):
    return simulate_well(well, NETWORK, **({"solver": CLOSE} | how))


def far(course, medium):
    """The largest difference of a medium species, of its own maximum."""
    return float(np.max(np.abs(course.medium - medium) / medium.max(axis=0)))


@pytest.mark.claim(
    "A well of coupled cells is the solution of one system of equations, deaths included.",
    source="LSODA on all cells and the medium at once.",
)
@pytest.mark.parametrize("n_cells", [2, 8, pytest.param(32, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kills", [None, TOXIC])
def test_a_well_is_one_system_of_equations(n_cells, kills):
    well = toy_well(n_cells, kills=kills)
    medium, death_s = monolith(well)
    course = solved(well, coupling=NEAR)
    assert far(course, medium) < 1e-3  # ten tolerances: each of hundreds of steps may add some
    assert np.array_equal(np.isfinite(death_s), np.isfinite(course.death_time_s))
    dead = np.isfinite(death_s)
    assert dead.sum() >= (n_cells // 2 if kills else 0)
    # A minute in a day: the medium at a death is known to 1e-3, and the ligand grows by that in a minute.
    np.testing.assert_allclose(course.death_time_s[dead], death_s[dead], atol=60.0)
    assert set(course.death_kind[dead]) <= {"apoptosis"}
    assert set(course.death_kind[~dead]) <= {""}


@pytest.mark.claim(
    "The coupling of cells through their medium is of order two in the macro step.",
    source="LSODA on all cells and the medium at once; halving the step.",
)
def test_the_coupling_is_of_order_two():
    well = toy_well(8, end_s=DAY / 4)
    medium, _ = monolith(well)
    errors = [far(solved(well, coupling=Coupling(fixed_s=one)), medium) for one in (112.5, 56.25, 28.125)]
    # Halving approaches a quarter from above: 1.70, then 1.87.
    assert np.log2(errors[0] / errors[1]) > 1.6, errors
    assert np.log2(errors[1] / errors[2]) > 1.8, errors


def test_a_macro_step_costs_a_cell_little_more_than_one_step(monkeypatch):
    taken = []

    def counted(program, *given):
        ends = integrate(program, *given)
        taken.extend(ends.steps if ends.final.shape[1] > len(MEDIUM) else ())  # not the shares without cells
        return ends

    monkeypatch.setattr(well_shares, "integrate", counted)
    solved(toy_well(8, end_s=DAY / 4), solver=RosenbrockSolver(), coupling=Coupling(fixed_s=60.0))
    assert len(taken) == 8 * 360
    # Mixing by a jump, and a first step found anew each time, took 2.04; now it is 1.008.
    assert np.mean(taken) < 1.1


@pytest.mark.slow
def test_deaths_leave_the_order():
    well = toy_well(8, kills=TOXIC, end_s=DAY / 2)
    medium, death_s = monolith(well)
    assert np.isfinite(death_s).all()
    errors = [far(solved(well, coupling=Coupling(fixed_s=one)), medium) for one in (900.0, 225.0, 56.25)]
    # Where in a step a death falls is chance, so one halving says little; over a factor of 16 it is 1.92.
    assert np.log2(errors[0] / errors[2]) / 4 > 1.7, errors


def test_a_smaller_tolerance_is_a_smaller_error():
    well = toy_well(8, kills=TOXIC)
    medium, _ = monolith(well)
    errors = [far(solved(well, coupling=Coupling(tolerance=one)), medium) for one in (1e-2, 1e-3, 1e-4)]
    assert errors[0] > 3 * errors[1] > 9 * errors[2]


@pytest.mark.claim(
    "A well of identical cells is the single cell with its share of the medium, to 1e-6.",
    source="The default solver on one cell.",
)
def test_identical_cells_are_the_single_cell():
    well = toy_well(5, sigma=0.0, more=LATER, kills=700.0)
    alone = simulate(
        Batch(
            recipes=(well.members[0].recipe,), n_cells=1, time_s=well.time_s,
            observables=well.observables, observe=well.observe,
        ),
        KERNEL,
        solver=CLOSE,
    )  # fmt: skip
    course = solved(well)
    assert np.isfinite(alone.death_time_s[0, 0])
    np.testing.assert_allclose(course.death_time_s, alone.death_time_s[0, 0], rtol=1e-6)
    living = well.time_s < alone.death_time_s[0, 0]
    expected = np.broadcast_to(alone.counts[0], course.counts.shape)
    np.testing.assert_allclose(course.counts[:, living], expected[:, living], rtol=1e-6)


def two_lines(n_cells, **recipe):
    other = replace(toy_recipe(line="other", **recipe), median=VALUES * np.array([1, 1, 3, *[1] * 8]))
    well = toy_well(n_cells, **recipe)
    return replace(well, members=(*well.members, Member(recipe=other, cells=range(n_cells))))


@pytest.mark.claim(
    "Every molecule of the medium is accounted for: given, taken, lost or poured in.",
    source="Bookkeeping of each reaction beside the state.",
)
def test_the_mass_balance_of_every_medium_species_closes():
    well = two_lines(10, kills=TOXIC, more=LATER)
    fresh = np.array([20.0, 50.0, 0.0])
    renewed = replace(well, renewals=(Renewal(time_s=DAY / 2, kept=0.25, fresh=fresh),))
    for one in (well, renewed):
        course = solved(one, ledger=True, coupling=Coupling())
        causes = [course.balance[name] for name in ("cells", "medium", "poured", "renewed")]
        turnover = np.sum(np.abs(causes), axis=0)
        assert turnover.min() > 1
        assert np.isfinite(course.death_time_s).any()
        np.testing.assert_allclose(
            np.sum(causes, axis=0) / turnover, course.balance["gained"] / turnover, atol=1e-6
        )
    assert course.balance["renewed"][1] != 0.0


def test_the_ledger_changes_nothing_else():
    well = toy_well(4, kills=TOXIC)
    plain, booked = solved(well), solved(well, ledger=True)
    np.testing.assert_allclose(booked.medium, plain.medium, rtol=1e-5)  # other vectors, other steps
    assert not plain.balance


def test_a_change_of_medium_dilutes_before_a_dose_is_given():
    well = toy_well(3, times=[0.0, 3599.0, 3600.0], end_s=7200.0, poured=(0.0, 1000.0))
    pour = Condition(time_s=3600.0, changes=(Change(kind="add_amount", target="antibody", value=7.0),))
    well = replace(
        well,
        members=(
            replace(well.members[0], recipe=toy_recipe(end_s=7200.0, poured=(0.0, 1000.0), more=(pour,))),
        ),
        renewals=(Renewal(time_s=3600.0, kept=0.1, fresh=np.array([0.0, 40.0, 0.0])),),
    )
    antibody = solved(well).of("A(l)@medium")
    np.testing.assert_allclose(antibody, [1000.0, 1000.0, 147.0])


def test_lines_of_a_well_meet_one_medium():
    course = solved(two_lines(4))
    ligand = course.counts[:, :, 1] - course.counts[:, :, 0]  # free and bound, less bound
    np.testing.assert_allclose(ligand, np.broadcast_to(course.of("L()@medium"), ligand.shape), atol=1e-6)
    assert course.member.tolist() == [0] * 4 + [1] * 4
    assert course.cell.tolist() == [*range(4), *range(4)]


def test_dead_cells_neither_secrete_nor_capture():
    course = solved(toy_well(6, kills=5.0, times=np.linspace(0.0, DAY, 49)))
    assert np.isfinite(course.death_time_s).all()
    after = course.time_s > course.death_time_s.max()
    assert after.sum() > 20
    total = course.of("L()@medium")[after] + course.of("A(l!1).L(r!1)@medium")[after]
    free = course.of("L()@medium")[after]
    # Nothing but decay of what is free: d(total)/dt = -decay free.
    lost = np.trapezoid(free, course.time_s[after]) * 5e-5
    assert total[0] - total[-1] == pytest.approx(lost, rel=1e-3)  # the trapezoid's own error over half hours
    held = course.counts[:, after, 0]
    np.testing.assert_allclose(held, 5.0, atol=1e-3)


def test_a_cell_is_the_same_whatever_the_threads():
    well = toy_well(7, kills=TOXIC)
    one, two = solved(well), solved(well, workers=2)
    assert np.array_equal(one.counts, two.counts)
    assert np.array_equal(one.death_time_s, two.death_time_s)


def test_a_cell_that_fails_is_no_survivor_and_the_well_goes_on():
    well = toy_well(3)
    broken = replace(toy_recipe(line="broken"), median=np.where(np.arange(11) == 3, 1e300, VALUES))
    course = solved(replace(well, members=(*well.members, Member(recipe=broken, cells=range(1)))))
    assert course.status[3] != Status.OK
    assert np.isnan(course.death_time_s[3])
    assert np.isnan(course.counts[3]).all()
    assert course.messages[3]
    assert (course.status[:3] == Status.OK).all()
    assert np.isfinite(course.counts[:3]).all()
    assert np.isfinite(course.medium).all()


def test_a_well_in_which_all_fail_has_a_medium_and_no_survivors():
    broken = toy_recipe(line="broken")
    broken = replace(broken, median=np.where(np.arange(11) == 3, 1e300, VALUES))
    course = solved(replace(toy_well(1), members=(Member(recipe=broken, cells=range(2)),)))
    assert (course.status != Status.OK).all()
    assert np.isnan(course.death_time_s).all()
    assert np.isnan(course.counts).all()


def test_together_before_time_zero_the_media_are_one():
    poured = (0.0, 0.0)
    apart = solved(two_lines(3, poured=poured))
    long = solved(replace(two_lines(3, poured=poured), together_s=5 * DAY))
    assert apart.macro_s[0] == 0.0
    assert long.macro_s[0] == -5 * DAY
    assert np.all(long.status == Status.OK)


def test_who_is_looked_at_before_time_zero():
    early = Condition(time_s=-3600.0, changes=(Change(kind="set_parameter", target="decay", value=1e-3),))
    course = solved(toy_well(2, more=(early,)))
    assert course.macro_s[0] == -3600.0
    assert course.of("L()@medium")[0] == START[0]
