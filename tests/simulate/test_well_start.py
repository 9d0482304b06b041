"""A well begins with every cell at its rest and all media mixed."""

from dataclasses import replace

import numpy as np

from smaclab.simulate.change import Change, Condition
from smaclab.simulate.status import Status
from smaclab.simulate.well import Member, Renewal
from smaclab.simulate.well_start import compiled_for, moments, rested, sight_of
from tests.simulate.well_toy import BOUND, CLOSE, DAY, LIGAND, MEDIUM, NETWORK, VALUES, toy_recipe, toy_well

COMPILED = compiled_for(NETWORK)
LATER = Condition(time_s=50.0, changes=(Change(kind="add_amount", target="ligand", value=5.0),))
AFTER = Condition(time_s=2 * DAY, changes=(Change(kind="add_amount", target="ligand", value=5.0),))


def test_a_network_is_compiled_once():
    assert compiled_for(NETWORK) is COMPILED
    assert compiled_for(NETWORK, ledger=True) is not COMPILED


def test_cells_rest_and_their_media_are_mixed():
    leaking = replace(toy_recipe(line="leaking"), median=np.where(np.arange(11) == 10, 1e-3, VALUES))
    well = toy_well(3)
    well = replace(well, members=(*well.members, Member(recipe=leaking, cells=range(2))))
    start = rested(well, NETWORK, COMPILED, CLOSE, sight_of(well, NETWORK, COMPILED))
    assert (start.status == Status.OK).all()
    assert start.shares.cell.tolist() == [0, 1, 2, 3, 4]
    assert start.shares.n_empty == 0
    media = start.shares.counts[:, MEDIUM]
    assert np.ptp(media, axis=0).max() == 0.0
    np.testing.assert_array_equal(media[0], start.shares.empty)
    np.testing.assert_array_equal(media[0], start.shares.mixed)
    own = np.concatenate([one.recipe.parameters(one.cells) for one in well.members])
    np.testing.assert_array_equal(start.shares.parameters[:, : own.shape[1]], own)
    np.testing.assert_array_equal(start.shares.parameters[:, own.shape[1] :], 0.0)


def test_who_has_no_rest_takes_no_part():
    broken = replace(toy_recipe(line="broken"), median=np.where(np.arange(11) == 1, 0.0, VALUES * np.nan))
    well = toy_well(2)
    well = replace(well, members=(Member(recipe=broken, cells=range(1)), *well.members))
    start = rested(well, NETWORK, COMPILED, CLOSE, sight_of(well, NETWORK, COMPILED))
    assert start.shares.cell.tolist() == [1, 2]
    assert start.status[0] != Status.OK
    assert start.messages[0]


def test_a_cell_is_looked_at_without_the_medium():
    sight = sight_of(toy_well(2, kills=300.0), NETWORK, COMPILED)
    assert sight.own[1, LIGAND] == 0.0
    assert sight.own[1, BOUND] == 1.0
    np.testing.assert_array_equal(sight.levels, [[300.0], [300.0]])
    assert sight_of(toy_well(2), NETWORK, COMPILED).watch is None


def test_what_is_changed_stands_in_order_of_time():
    well = toy_well(2, more=(LATER, AFTER))
    other = Member(recipe=toy_recipe(line="other"), cells=range(1))
    renewal = Renewal(time_s=20.0, kept=0.0, fresh=np.zeros(3))
    found = moments(replace(well, members=(*well.members, other), renewals=(renewal,)))
    assert list(found) == [0.0, 20.0, 50.0]  # what comes after the end does not
    assert found[20.0].renewal is renewal
    assert [one is None for one in found[50.0].assignments] == [False, True]
