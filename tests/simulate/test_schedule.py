import math

import pytest

from smaclab.errors import SimulationError
from smaclab.experiment.perturbation import Inhibit
from smaclab.simulate.schedule import conditions

BASE = {"translation": 2.0, "drug_makes": 1.0}
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
