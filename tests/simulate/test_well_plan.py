"""An experiment becomes a well: its lines, its changes of medium, and what a supernatant brings along."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.shared_well import MediumChange, SharedWell
from smaclab.simulate.well_plan import brought_by, lines_of, plan_well
from tests.simulate.conftest import MAKES, toy_catalogue, trigger_network, value

NETWORK = trigger_network()
CATALOGUE = toy_catalogue()
OTHER = replace(CATALOGUE.cell_lines[0], name="Other line", amounts={"T": value(5.0, "copies")})
CATALOGUE = replace(CATALOGUE, cell_lines=(*CATALOGUE.cell_lines, OTHER))
POISON = Dose(drug="poison", concentration_nM=2.0)
DONOR = Experiment(id="donor", cell_line="Toy line", doses=(POISON,))


def experiment(*changes, others=(), doses=(), **more):
    well = SharedWell(volume_ul=1.0, cell_number=100, others=others, changes=changes)
    return Experiment(id="x", cell_line="Toy line", cells=10, well=well, readouts=("T",), doses=doses, **more)


def test_every_line_has_its_recipe():
    one = experiment(others=(("Other line", 0.3),))
    assert lines_of(one) == (("Toy line", 7), ("Other line", 3))
    well = plan_well(one, CATALOGUE, NETWORK)
    assert [len(member.cells) for member in well.members] == [7, 3]
    assert [member.recipe.median[0] for member in well.members] == [10_000.0, 5.0]
    assert [member.recipe.population.cell_line for member in well.members] == ["Toy line", "Other line"]
    volumes = {member.recipe.median[NETWORK.parameter_index["medium_volume"]] for member in well.members}
    assert volumes == {1e6 / 100}


def test_without_a_well_cells_share_what_they_would_own():
    one = replace(experiment(), well=None, medium_volume_pl=50.0)
    assert lines_of(one) == (("Toy line", 10),)
    assert plan_well(one, CATALOGUE, NETWORK).members[0].recipe.median[7] == 50.0


def test_fresh_medium_and_supernatant_are_what_is_kept_and_what_comes():
    one = experiment(
        MediumChange(at_s=60.0, fraction=0.25),
        MediumChange(at_s=120.0, fraction=0.5, donor=DONOR),
    )
    well = plan_well(one, CATALOGUE, NETWORK, (None, np.array([0.03])))
    fresh, supernatant = well.renewals
    assert (fresh.time_s, fresh.kept, fresh.fresh.tolist()) == (60.0, 0.75, [0.0])
    assert supernatant.kept == 0.5
    assert supernatant.fresh == pytest.approx([0.5 * 0.03 * 10_000.0])


def test_a_supernatant_without_its_numbers_is_refused():
    with pytest.raises(SimulationError, match="1 changes of medium with 1 supernatants"):
        plan_well(experiment(MediumChange(at_s=60.0, donor=DONOR)), CATALOGUE, NETWORK)


def test_the_drug_of_a_supernatant_brings_its_parameters():
    assert brought_by(DONOR, experiment(), CATALOGUE) == {"drug_makes": MAKES}
    one = experiment(MediumChange(at_s=60.0, donor=DONOR))
    well = plan_well(one, CATALOGUE, NETWORK, (np.array([0.03]),))
    (change,) = well.members[0].recipe.changes
    assert change.time_s == 60.0
    assert change.parameters.tolist() == [NETWORK.parameter_index["drug_makes"]]
    assert change.values.tolist() == [MAKES]
    assert change.species.tolist() == []


def test_a_dose_at_the_same_moment_keeps_its_own_changes():
    one = experiment(MediumChange(at_s=0.0, donor=DONOR), doses=(POISON,))
    well = plan_well(one, CATALOGUE, NETWORK, (np.array([0.03]),))
    (change,) = well.members[0].recipe.changes
    assert change.parameters.tolist() == [NETWORK.parameter_index["drug_makes"]]
    assert change.amounts.tolist() == pytest.approx([2.0 * 602.214076 * 10_000.0])


def test_a_donors_own_supernatant_brings_its_drugs_too():
    middle = experiment(MediumChange(at_s=0.0, donor=DONOR))
    assert brought_by(middle, experiment(), CATALOGUE) == {"drug_makes": MAKES}


def test_what_is_not_followed_in_the_medium_is_not_brought_in_silence():
    held = replace(DONOR, doses=(Dose(drug="stopper", concentration_nM=2.0),))
    with pytest.raises(SimulationError, match="Give stopper to x too"):
        brought_by(held, experiment(), CATALOGUE)
    assert brought_by(held, experiment(doses=held.doses), CATALOGUE) == {}


def test_two_drugs_of_one_slot_do_not_meet():
    with pytest.raises(SimulationError, match="brings poison, and venom is given"):
        brought_by(DONOR, experiment(doses=(Dose(drug="venom", concentration_nM=1.0),)), CATALOGUE)


def growing(*changes, doubling_s=None, others=(), **more):
    one = experiment(*changes, others=others, **more)
    return replace(one, well=replace(one.well, grows=True, doubling_s=doubling_s))


def test_a_well_that_grows_has_a_share_for_every_cell_to_come():
    line_s = CATALOGUE.cell_lines[0].doubling_time_s.value
    well = plan_well(growing(duration_s=2 * line_s, sample_s=(2 * line_s,)), CATALOGUE, NETWORK)
    assert [one.doubling_s for one in well.members] == [line_s]
    assert well.shares_per_cell == 4.0
    assert well.members[0].recipe.median[NETWORK.parameter_index["medium_volume"]] == 1e6 / 100 / 4
    still = plan_well(experiment(), CATALOGUE, NETWORK)
    assert (still.shares_per_cell, still.members[0].doubling_s) == (1.0, np.inf)


def test_doses_and_supernatants_are_those_of_a_share():
    day = {"duration_s": 86_400.0, "sample_s": (86_400.0,)}
    one = growing(MediumChange(at_s=60.0, donor=DONOR), doubling_s=86_400.0, doses=(POISON,), **day)
    well = plan_well(one, CATALOGUE, NETWORK, (np.array([0.03]),))
    assert well.shares_per_cell == 2.0
    assert well.renewals[0].fresh == pytest.approx([0.03 * 5000.0])
    dose = next(change for change in well.members[0].recipe.changes if len(change.amounts))
    assert dose.amounts.tolist() == pytest.approx([2.0 * 602.214076 * 5000.0])


def test_a_given_pace_is_that_of_all_lines():
    one = growing(others=(("Other line", 0.3),), doubling_s=3600.0, duration_s=7200.0, sample_s=(7200.0,))
    well = plan_well(one, CATALOGUE, NETWORK)
    assert [member.doubling_s for member in well.members] == [3600.0, 3600.0]
    assert well.shares_per_cell == 4.0
