import math
from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.experiment.dose import Dose
from smaclab.experiment.perturbation import Activate, Inhibit
from smaclab.kernel import compile_kernel
from smaclab.network.network import Reaction
from smaclab.simulate.plan import plan
from smaclab.simulate.run import simulate
from smaclab.simulate.schedule import CLAMP_RATE, conditions

BASE = {"translation": 2.0, "drug_makes": 1.0, "clamp_drug_in": 0.0, "clamp_drug_out": 0.0}
HOUR = 3600.0


@pytest.fixture
def lower(toy):
    def lowered(*doses, perturbations=(), **given):
        experiment = toy.experiment(doses=doses, perturbations=perturbations, **given)
        at_rest, in_time = conditions(experiment, toy.catalogue(), BASE)
        return at_rest, {c.time_s: {x.target: (x.kind, x.value) for x in c.changes} for c in in_time}

    return lowered


def test_a_dose_is_molecules_and_brings_its_parameters(lower, toy):
    at_rest, found = lower(toy.dose(2.0, start_s=HOUR))
    assert at_rest == {}
    assert found == {
        HOUR: {
            "drug_makes": ("set_parameter", toy.MAKES),
            "drug": ("add_amount", pytest.approx(2.0 * 602.214076 * 10_000)),
        }
    }


def test_the_medium_of_a_cell_scales_the_molecules(lower, toy):
    _, found = lower(toy.dose(1.0), medium_volume_pl=500.0)
    assert found[0.0]["drug"][1] == pytest.approx(602.214076 * 500.0)


def test_a_wash_out_leaves_nothing(lower, toy):
    _, found = lower(toy.dose(1.0, end_s=HOUR))
    assert found[HOUR] == {"drug": ("set_amount", 0.0)}


def test_a_wash_out_leaves_the_doses_that_go_on(lower, toy):
    _, found = lower(toy.dose(3.0), toy.dose(1.0, start_s=HOUR, end_s=2 * HOUR))
    assert found[HOUR]["drug"] == ("add_amount", pytest.approx(toy.PER_NM))
    assert found[2 * HOUR]["drug"] == ("set_amount", pytest.approx(3.0 * toy.PER_NM))


def test_a_dose_that_follows_a_dose_replaces_the_medium(lower, toy):
    _, found = lower(toy.dose(3.0, end_s=HOUR), toy.dose(1.0, start_s=HOUR))
    assert found[HOUR]["drug"] == ("set_amount", pytest.approx(toy.PER_NM))


def test_nothing_of_a_drug_changes_nothing(lower, toy):
    assert lower(toy.dose(0.0), toy.dose(0.0, drug="venom")) == ({}, {})


def test_what_comes_after_the_end_is_left_out(lower, toy):
    _, found = lower(toy.dose(1.0, start_s=0.0, end_s=1e9))
    assert list(found) == [0.0]


def test_two_drugs_of_one_slot_are_refused(lower, toy):
    with pytest.raises(SimulationError, match=r"toy: poison and venom both enter as 'drug'"):
        lower(toy.dose(1.0), toy.dose(1.0, drug="venom", start_s=HOUR))


def test_an_inhibitor_follows_its_curve_and_ends(lower, toy):
    _, found = lower(toy.dose(10.0, drug="stopper", start_s=HOUR, end_s=2 * HOUR))
    assert found == {
        HOUR: {"translation": ("set_parameter", pytest.approx(2.0 * 0.6))},
        2 * HOUR: {"translation": ("set_parameter", 2.0)},
    }


def test_doses_of_one_inhibitor_add_up_before_the_curve(lower, toy):
    _, found = lower(toy.dose(10.0, drug="stopper"), toy.dose(20.0, drug="stopper", start_s=HOUR))
    assert found[HOUR]["translation"][1] == pytest.approx(2.0 * (0.2 + 0.8 / 4.0))


def test_inhibitions_of_one_activity_multiply(lower, toy):
    inhibit = Inhibit(activity="protein synthesis", remaining=0.5, start_s=HOUR)
    _, found = lower(toy.dose(10.0, drug="stopper"), perturbations=(inhibit,))
    assert found[HOUR]["translation"][1] == pytest.approx(2.0 * 0.6 * 0.5)


def test_an_activation_multiplies_what_inhibitions_leave(lower):
    more = Activate(activity="protein synthesis", factor=4, start_s=-HOUR, end_s=HOUR)
    less = Inhibit(activity="protein synthesis", remaining=0.5, start_s=0.0)
    at_rest, found = lower(perturbations=(more, less))
    assert at_rest == {}
    values = [found[time]["translation"][1] for time in (-HOUR, 0.0, HOUR)]
    assert values == pytest.approx([8.0, 4.0, 1.0])


def test_an_inhibition_may_start_before_time_zero(lower):
    inhibit = Inhibit(activity="protein synthesis", remaining=0.05, start_s=-HOUR, end_s=HOUR)
    at_rest, found = lower(perturbations=(inhibit,))
    assert at_rest == {}
    assert list(found) == [-HOUR, HOUR]
    assert found[-HOUR]["translation"][1] == pytest.approx(0.1)


def test_an_inhibition_from_the_beginning_of_time_holds_at_rest(lower):
    inhibit = Inhibit(activity="protein synthesis", remaining=0.5, start_s=-math.inf, end_s=HOUR)
    at_rest, found = lower(perturbations=(inhibit,))
    assert at_rest == {"translation": 1.0}
    assert found == {HOUR: {"translation": ("set_parameter", 2.0)}}


def test_an_activity_or_drug_that_nobody_knows(lower, toy):
    with pytest.raises(SimulationError, match="toy: unknown activity 'dancing'"):
        lower(perturbations=(Inhibit(activity="dancing", remaining=0.5),))
    with pytest.raises(SimulationError, match="toy: unknown drug 'water'"):
        lower(toy.dose(1.0, drug="water"))
    experiment = toy.experiment(doses=(toy.dose(1.0, drug="stopper"),))
    with pytest.raises(SimulationError, match="no parameter translation to inhibit"):
        conditions(experiment, toy.catalogue(), {})


def held(nM=1.0, drug="poison", **given):
    return Dose(drug=drug, concentration_nM=nM, clamped=True, **given)


def clamp(rate, molecules):
    return {
        "clamp_drug_in": ("set_parameter", pytest.approx(rate * molecules)),
        "clamp_drug_out": ("set_parameter", rate),
    }


def test_a_clamped_dose_is_poured_and_held_until_it_is_washed_out(lower, toy):
    _, found = lower(held(2.0, start_s=HOUR, end_s=2 * HOUR))
    assert found[HOUR] == {
        "drug_makes": ("set_parameter", toy.MAKES),
        "drug": ("add_amount", pytest.approx(2 * toy.PER_NM)),
        **clamp(CLAMP_RATE, 2 * toy.PER_NM),
    }
    assert found[2 * HOUR] == {"drug": ("set_amount", 0.0), **clamp(0.0, 0.0)}


def test_a_clamp_without_an_end_holds_to_the_end(lower):
    assert list(lower(held())[1]) == [0.0]


def test_a_clamp_follows_a_clamp(lower, toy):
    _, found = lower(held(1.0, end_s=HOUR), held(3.0, start_s=HOUR, end_s=2 * HOUR))
    molecules = 3 * toy.PER_NM
    assert found[HOUR] == {"drug": ("set_amount", pytest.approx(molecules)), **clamp(CLAMP_RATE, molecules)}
    assert list(found) == [0.0, HOUR, 2 * HOUR]


def test_a_dose_that_follows_a_clamp_is_free(lower, toy):
    _, found = lower(held(1.0, end_s=HOUR), toy.dose(3.0, start_s=HOUR))
    assert found[HOUR] == {"drug": ("set_amount", pytest.approx(3 * toy.PER_NM)), **clamp(0.0, 0.0)}


def test_of_nothing_nothing_is_held(lower):
    assert lower(held(0.0)) == ({}, {})


def test_a_clamp_that_holds_nothing_or_is_not_alone_is_refused(lower, toy):
    with pytest.raises(SimulationError, match=r"toy: stopper is clamped, but it never enters the medium"):
        lower(held(drug="stopper"))
    with pytest.raises(SimulationError, match=r"toy: a clamped dose of poison overlaps another dose of it"):
        lower(toy.dose(1.0), held(1.0, start_s=HOUR))
    experiment = toy.experiment(doses=(held(),))
    with pytest.raises(SimulationError) as caught:
        conditions(experiment, toy.catalogue(), {"drug_makes": 1.0})
    assert str(caught.value) == (
        "toy: poison is clamped, but the network has no parameter clamp_drug_in and clamp_drug_out that "
        "holds 'drug'. Leave clamped out."
    )


@pytest.mark.parametrize("clamped", [True, False])
def test_the_concentration_is_held_within_a_percent_of_what_cells_would_take(toy, clamped):
    steps = {"pours": ((), (1,), "clamp_drug_in"), "drains": ((1,), (), "clamp_drug_out")}
    steps["is_taken_up"] = ((1,), (), "uptake")
    network = replace(
        toy.network,
        parameters=(*toy.network.parameters, *toy.names("clamp_drug_in", "clamp_drug_out", "uptake")),
        reactions=(
            *toy.network.reactions,
            *(Reaction(rule=r, reactants=a, products=b, rate=k) for r, (a, b, k) in steps.items()),
        ),
    )
    numbers = {"clamp_drug_in": 0.0, "clamp_drug_out": 0.0, "uptake": 1e-3}
    more = {name: toy.value(number) for name, number in numbers.items()}
    catalogue = toy.catalogue(parameters={**toy.catalogue().parameters, **more})
    experiment = toy.experiment(
        doses=(replace(held(0.1, end_s=5 * HOUR), clamped=clamped),), readouts=("drug in medium",)
    )
    trajectory = simulate(plan([experiment], catalogue, network), compile_kernel(network), workers=1)
    drug = trajectory.counts[0, 0, :, 0] / (0.1 * toy.PER_NM)  # so little that the cell lives
    during = np.array(experiment.sample_s) < 5 * HOUR
    if clamped:
        np.testing.assert_allclose(drug[during], 1.0, rtol=0.01)
        assert not drug[~during].any()
    else:
        assert drug[during][-1] < 0.1


def test_radiation_is_counted_in_milligrays(lower):
    _, found = lower(Dose(drug="venom", absorbed_Gy=2.0, start_s=HOUR))
    assert found == {HOUR: {"drug": ("add_amount", 2000.0)}}
