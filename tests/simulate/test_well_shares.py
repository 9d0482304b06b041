"""Shares are followed through one step: seen on the way, and taken on where a cell has died."""

import numpy as np
import pytest

from smaclab.simulate import well_shares
from smaclab.simulate.lanes import Tolerance
from smaclab.simulate.status import Status
from smaclab.simulate.well_shares import room_for, stretch, write_rows
from smaclab.simulate.well_start import compiled_for, rested, sight_of
from tests.simulate.well_toy import CLOSE, LIGAND, MEDIUM, NETWORK, toy_well

SPAN = (0.0, 3600.0)
LOOKS = np.array([0.0, 900.0, 3600.0])


def begun(n_cells=4, ligand=400.0, **more):
    well = toy_well(n_cells, **more)
    compiled = compiled_for(NETWORK)
    sight = sight_of(well, NETWORK, compiled)
    shares = rested(well, NETWORK, compiled, CLOSE, sight).shares
    shares.counts[:, LIGAND] = shares.empty[0] = ligand
    return compiled, shares, sight


def followed(flow=None, threads=1, **more):
    compiled, shares, sight = begun(**more)
    flow = np.zeros((len(shares.cell) + 1, 3)) if flow is None else flow
    how = (Tolerance(relative=1e-9), threads)
    return shares, stretch(compiled, shares, flow, SPAN, (sight, LOOKS), how)


def test_shares_are_weighed_by_how_often_they_are_there():
    _, shares, _ = begun(3)
    shares.n_empty = 5
    assert shares.weight().tolist() == [1.0, 1.0, 1.0, 5.0]
    assert shares.weight(np.array([True, False, True])).tolist() == [1.0, 0.0, 1.0, 5.0]


def test_shares_of_a_well_that_grows_are_taken_and_none_is_made():
    _, shares, _ = begun(3, shares=4.0)
    assert shares.weight().tolist() == [1.0, 1.0, 1.0, 9.0]
    shares.stands_for = np.array([2.0, 3.0, 4.0])
    assert shares.weight().tolist() == [2.0, 3.0, 4.0, 3.0]
    assert shares.weight(np.array([True, True, False])).sum() == 8.0


def test_the_last_take_the_places_of_those_who_go():
    _, shares, _ = begun(6)
    before = {
        name: getattr(shares, name).copy()
        for name in ("counts", "parameters", "rows", "step_s", "cell", "stands_for")
    }
    places = shares.keep(np.array([True, False, True, False, True, True]))
    assert places.tolist() == [0, 4, 2, 5]
    for name, whole in before.items():
        np.testing.assert_array_equal(getattr(shares, name), whole[places])
    assert shares.keep(np.zeros(4, dtype=bool)).tolist() == []
    assert len(shares.cell) == 0


def test_each_share_has_a_medium_and_the_empty_one_is_the_last():
    _, shares, _ = begun(3)
    shares.counts[1, LIGAND] = 7.0
    shares.empty[0] = 5.0
    assert shares.media(MEDIUM)[:, 0].tolist() == [400.0, 7.0, 400.0, 5.0]


def test_rows_are_worked_out_by_pieces_as_at_once(monkeypatch):
    compiled, shares, sight = begun(5, kills=300.0)
    monkeypatch.setattr(well_shares, "LARGEST_PIECE", 2)
    whole, rows = shares.rows.copy(), shares.rows
    rows[:] = np.nan
    write_rows(compiled, sight, shares)
    np.testing.assert_array_equal(rows, whole)
    assert np.all(rows[:, -1] == 300.0)
    assert np.all(rows[:, compiled.inflow] == 0.0)


def test_what_is_seen_is_the_mean_of_the_shares():
    shares, found = followed()
    assert found.known.all()
    assert found.alive.all()
    assert not found.died.any()
    np.testing.assert_allclose(found.seen[0], shares.empty)
    np.testing.assert_allclose(found.seen[-1], found.medium[:-1].mean(axis=0), rtol=1e-9)
    np.testing.assert_allclose(found.ends.final[:, MEDIUM], found.medium[:-1], rtol=1e-9)


def test_the_empty_share_decays_and_takes_its_inflow():
    flow = np.zeros((5, 3))
    flow[-1, 0] = 0.01
    _, found = followed(flow)
    left = np.exp(-5e-5 * 3600)
    assert found.medium[-1, 0] == pytest.approx(400.0 * left + 0.01 / 5e-5 * (1 - left), rel=1e-5)


def test_the_share_of_a_cell_that_dies_goes_on_alone():
    _, found = followed(kills=10.0)
    assert found.died.all()
    assert found.ends.death_s.max() < LOOKS[1]
    ligand = found.ends.counts[:, :, 2]  # after the two observables
    np.testing.assert_allclose(ligand[:, 2] / ligand[:, 1], np.exp(-5e-5 * (LOOKS[2] - LOOKS[1])), rtol=1e-5)
    np.testing.assert_allclose(found.medium[:-1, 0], ligand[:, 2], rtol=1e-9)
    # What the dead cell has bound, ten molecules that would be eight by now, is gone with it.
    assert np.all(ligand[:, 2] < 400.0 * np.exp(-5e-5 * LOOKS[2]) - 8.0)


def test_pieces_are_joined_in_order():
    _, one = followed(n_cells=5)
    _, three = followed(n_cells=5, threads=3)
    assert np.array_equal(one.ends.final, three.ends.final)
    assert np.array_equal(one.seen, three.seen)
    none = room_for(0, 3, np.zeros((2, 6)))
    assert none.counts.shape == (0, 3, 2)
    assert none.status.tolist() == []


def test_a_share_whose_cell_failed_is_not_known():
    compiled, shares, sight = begun(3)
    shares.rows[1] = np.nan
    found = stretch(compiled, shares, np.zeros((4, 3)), SPAN, (sight, LOOKS), (Tolerance(), 1))
    assert found.known.tolist() == [True, False, True, True]
    assert found.ends.status[1] != Status.OK
    assert np.isfinite(found.seen).all()
