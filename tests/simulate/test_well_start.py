"""A well begins with every cell at its rest and all media mixed."""

from dataclasses import replace

import numpy as np

from smaclab.network.network import Constant, Network, Parameter, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.batch import Recipe
from smaclab.simulate.change import Change, Condition
from smaclab.simulate.population import Population
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


def test_before_it_grows_a_cell_rests_in_all_the_medium_of_those_to_come():
    """What is made and taken up leaves made / (decay + uptake / volume) molecules in all of that medium."""
    names = ("made", "decay", "uptake", "medium_volume")
    places = {"reactants": (0,), "products": ()}
    network = Network(
        parameters=tuple(Parameter(name=name, unit="1") for name in names),
        constants=(Constant(name="taken", expression="uptake / medium_volume"),),
        species=(parse_species("L()@medium"),),
        reactions=(
            Reaction(rule="is_made", reactants=(), products=(0,), rate="made"),
            Reaction(rule="decays", **places, rate="decay"),
            Reaction(rule="is_taken", **places, rate="taken"),
        ),
    )
    volume, shares = 12.0, 3.0
    recipe = Recipe(
        experiment="toy",
        population=Population(seed=1, cell_line="toy", symbols=(), places=(), sigma=0.0),
        median=np.array([0.7, 1e-4, 6e-3, volume / shares]),
        changes=(),
        watches=(),
        end_s=DAY,
    )
    well = replace(
        toy_well(2, shares=shares),
        members=(Member(recipe=recipe, cells=range(2)),),
        observables=(),
        observe=np.zeros((0, 1)),
    )
    compiled = compiled_for(network)
    start = rested(well, network, compiled, CLOSE, sight_of(well, network, compiled))
    whole = 0.7 / (1e-4 + 6e-3 / volume)
    np.testing.assert_allclose(start.shares.mixed, [whole / shares], rtol=1e-6)
    assert start.shares.parameters[:, 3].tolist() == [volume / shares] * 2
