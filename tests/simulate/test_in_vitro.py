"""A toy tube: T is made and decays as in the cell, E1 modifies it, U is a protein that nobody put in."""

import math
from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.experiment.activity import Activity
from smaclab.experiment.perturbation import Inhibit
from smaclab.experiment.protein import Protein
from smaclab.kernel import compile_kernel
from smaclab.network.network import Constant, Observable, Reaction
from smaclab.network.species import parse_species
from smaclab.simulate.change import Change, Condition
from smaclab.simulate.in_vitro import absent, into_the_tube
from smaclab.simulate.plan import plan
from smaclab.simulate.run import simulate

HOUR = 3600.0
TUBE = ("T", "E1", "ubiquitin")
BASE = {
    "translation_activity": 1.0,
    "turnover_activity": 1.0,
    "growth_rate": 1e-5,
    "proteasome_activity": 1.0,
    "E1_activity": 1.0,
    "ATP_activity": 1.0,
    "ubiquitin_activity": 0.5,
}


@pytest.fixture
def tube(toy):
    return toy.experiment(in_vitro=TUBE, readouts=("T",))


@pytest.fixture
def proteins():
    return tuple(Protein(symbol=name, name=name, uniprot="Q00000", module="toy") for name in "TU")


def set_at(time_s, name="drug_makes", value=0.0):
    return Condition(time_s=time_s, changes=(Change(kind="set_parameter", target=name, value=value),))


def stopped(conditions):
    return {change.target: change.value for change in conditions[0].changes}


def test_only_what_is_not_listed_is_absent_and_nothing_in_a_cell(toy, tube, proteins):
    assert absent(tube, toy.catalogue(proteins=proteins)) == ("U",)
    assert absent(toy.experiment(), toy.catalogue(proteins=proteins)) == ()


def test_a_living_cell_is_left_alone(toy):
    before = (set_at(HOUR),)
    assert into_the_tube(toy.experiment(), BASE, before) == before


def test_life_stops_and_reagents_are_there_or_not(tube):
    found = into_the_tube(tube, BASE, ())
    assert [condition.time_s for condition in found] == [0.0]
    assert stopped(found) == {
        "translation_activity": 0.0,
        "turnover_activity": 0.0,
        "growth_rate": 0.0,
        "proteasome_activity": 0.0,
        "ATP_activity": 0.0,
        "ubiquitin_activity": 1.0,
    }


def test_a_proteasome_that_is_listed_works(tube):
    found = into_the_tube(replace(tube, in_vitro=(*TUBE, "proteasome")), BASE, ())
    assert "proteasome_activity" not in stopped(found)


def test_a_network_without_these_parameters_is_not_asked_for_them(tube):
    assert into_the_tube(tube, {"T_decay": 1.0}, ()) == ()


@pytest.mark.parametrize(("changes_s", "begins_s"), [((HOUR,), 0.0), ((0.0,), 0.0), ((-HOUR, HOUR), -HOUR)])
def test_the_tube_is_filled_before_or_with_the_first_change(tube, changes_s, begins_s):
    found = into_the_tube(tube, BASE, [set_at(time_s) for time_s in changes_s])
    assert found[0].time_s == begins_s
    assert [condition.time_s for condition in found[1:]] == list(changes_s)


@pytest.mark.parametrize("time_s", [0.0, HOUR])
def test_an_inhibition_of_what_is_not_there_is_refused_at_any_time(tube, time_s):
    with pytest.raises(SimulationError) as caught:
        into_the_tube(tube, BASE, [set_at(time_s, "proteasome_activity", 0.1)])
    assert str(caught.value) == (
        "toy: in_vitro holds only T, E1, ubiquitin; proteasome_activity is set at the beginning, but a dose "
        f"or an inhibition changes it at {time_s / HOUR:g} h. List 'proteasome' in in_vitro too, or leave "
        "that out."
    )
    with pytest.raises(SimulationError, match=r"translation_activity is set .* at 0 h. Leave that out."):
        into_the_tube(tube, BASE, [set_at(0.0, "translation_activity")])


def test_a_listed_reagent_can_be_inhibited(tube):
    inhibited = set_at(0.0, "E1_activity", 0.1)
    assert into_the_tube(tube, BASE, [inhibited])[1] == inhibited


def living(toy):
    """The toy network with U, and with the parameters that a tube sets."""
    T, modified, U = 0, 2, 3
    more = ("translation_activity", "turnover_activity", "E1_activity", "U_copies", "U_expression", "T_pace")
    made = {
        "T_made": "T_copies * T_expression * T_decay * translation_activity",
        "U_made": "U_copies * U_expression * T_decay * translation_activity",
        "T_lost": "T_decay * turnover_activity",
        "T_modified": "T_pace * E1_activity",
    }
    steps = {
        "T_is_made": ((), (T,), "T_made"),
        "T_decays": ((T,), (), "T_lost"),
        "T_is_modified": ((T,), (modified,), "T_modified"),
        "T_is_restored": ((modified,), (T,), "T_pace"),
        "modified_T_decays": ((modified,), (), "T_lost"),
        "U_is_made": ((), (U,), "U_made"),
        "U_decays": ((U,), (), "T_lost"),
    }
    return replace(
        toy.network,
        parameters=(*toy.network.parameters, *toy.names(*more)),
        constants=tuple(Constant(name=name, expression=text) for name, text in made.items()),
        species=(*toy.network.species, *map(parse_species, ("T(s~p)@cell", "U()@cell"))),
        reactions=tuple(
            Reaction(rule=rule, reactants=left, products=right, rate=rate)
            for rule, (left, right, rate) in steps.items()
        ),
        observables=(
            Observable(name="T_total", terms=((T, 1.0), (modified, 1.0))),
            Observable(name="drug_free", terms=((1, 1.0),)),
            Observable(name="modified", terms=((modified, 1.0),)),
            Observable(name="U_total", terms=((U, 1.0),)),
        ),
    )


@pytest.fixture
def run(toy, proteins):
    """Counts of all T, modified T and U over time."""
    usual = toy.catalogue()
    numbers = {
        "translation_activity": 1.0, "turnover_activity": 1.0, "E1_activity": 1.0,
        "U_copies": 500.0, "U_expression": 1.0, "T_pace": 1e-3,
    }  # fmt: skip
    catalogue = toy.catalogue(
        proteins=proteins,
        parameters={**usual.parameters, **{name: toy.value(number) for name, number in numbers.items()}},
        activities=(Activity(name="protein synthesis", parameter="translation_activity", description="toy"),),
        readouts=tuple(
            replace(usual.readouts[0], name=name, observable=name)
            for name in ("T_total", "modified", "U_total")
        ),
    )
    network = living(toy)
    kernel = compile_kernel(network)

    def ran(**given):
        experiment = toy.experiment(readouts=("T_total", "modified", "U_total"), **given)
        trajectory = simulate(plan([experiment], catalogue, network), kernel, workers=1)
        assert not trajectory.status.any()
        return trajectory.counts[0, 0].T

    return ran


def test_a_tube_holds_the_resting_amount_and_keeps_it(run, toy):
    T, modified, U = run(in_vitro=("T", "E1"))
    np.testing.assert_allclose(T, toy.COPIES, rtol=1e-3)
    np.testing.assert_allclose(U, 0.0, atol=1e-6)
    assert modified[-1] == pytest.approx(toy.COPIES / 2, rel=1e-3)  # on and off at one pace, nothing lost


def test_without_its_reagent_the_reaction_runs_down(run, toy):
    T, modified, _ = run(in_vitro=("T",))
    assert modified[0] > 0.4 * toy.COPIES  # as in the cell that it was taken from
    assert modified[-1] < 1.0
    np.testing.assert_allclose(T, toy.COPIES, rtol=1e-3)


def test_the_same_cell_alive_has_everything(run, toy):
    T, _, U = run()
    np.testing.assert_allclose(U, 500.0, rtol=1e-3)
    stopped = Inhibit(activity="protein synthesis", remaining=0.0, start_s=0.0)
    assert run(perturbations=(stopped,))[0][-1] < 0.1 * T[-1]


def test_an_inhibition_of_rest_does_not_clash(run, toy):
    slowed = Inhibit(activity="protein synthesis", remaining=0.5, start_s=-math.inf)
    T, _, _ = run(in_vitro=("T",), perturbations=(slowed,))
    np.testing.assert_allclose(T, toy.COPIES / 2, rtol=1e-3)
