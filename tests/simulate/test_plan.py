import math
from dataclasses import replace

import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.experiment.cell_line import Alternative
from smaclab.experiment.death_rule import DeathRule
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.perturbation import GeneDosage, Inhibit, KnockDown, KnockOut, Mutate, OverExpress
from smaclab.experiment.protein import Protein
from smaclab.simulate.plan import plan


@pytest.fixture
def planned(toy):
    def parameters(experiment=None, **catalogue):
        batch = plan([experiment or toy.experiment()], toy.catalogue(**catalogue), toy.network)
        places = {p.name: i for i, p in enumerate(toy.network.parameters)}
        return {name: batch.recipes[0].median[i] for name, i in places.items()}

    return parameters


def test_the_layers_of_a_cells_parameters(planned, toy):
    found = planned()
    assert found["T_copies"] == toy.COPIES  # the line's amount
    assert found["growth_rate"] == pytest.approx(math.log(2) / 86_400)  # the line's doubling time
    assert found["medium_volume"] == 10_000.0  # the experiment's
    assert found["threshold"] == toy.THRESHOLD  # the hypothesis' default, over the catalogue's 7
    assert found["T_decay"] == toy.DECAY  # the catalogue's


def test_a_hypothesis_and_a_property_of_the_line(planned, toy):
    assert planned(toy.experiment(hypotheses={"O01": "b"}))["threshold"] == 2 * toy.THRESHOLD
    assert planned(properties={"T_decay": toy.value(5.0)})["T_decay"] == 5.0


def test_a_letter_about_lines_stands_over_the_lines_own_values_and_under_perturbations(planned, toy):
    (line,) = toy.catalogue().cell_lines
    few = Alternative(amounts={"T": toy.value(3.0)}, properties={"T_decay": toy.value(5.0)})
    question = Hypothesis(
        id="O11", question="Why?", values={"own": "so", "b": "else"}, default="own",
        settings={"own": {}, "b": {}}, about="lines",
    )  # fmt: skip
    given = {
        "cell_lines": (replace(line, alternatives={"O11": {"b": few}}),),
        "hypotheses": (*toy.catalogue().hypotheses, question),
    }
    assert planned(toy.experiment(), **given)["T_copies"] == toy.COPIES
    stable = toy.experiment(hypotheses={"O11": "b"}, perturbations=(Mutate(symbol="T", mutation="stable"),))
    assert planned(stable, **given)["T_decay"] == toy.DECAY / 2
    found = planned(toy.experiment(hypotheses={"O11": "b"}), **given)
    assert (found["T_copies"], found["T_decay"]) == (3.0, 5.0)


@pytest.mark.parametrize(
    ("perturbation", "expression"),
    [
        (KnockOut(symbol="T"), 0.0),
        (KnockDown(symbol="T", remaining=0.15), 0.15),
        (OverExpress(symbol="T", factor=8.0), 8.0),
        (GeneDosage(symbol="T", copies=0.5), 0.5),
    ],
)
def test_knock_outs_and_their_kin_scale_synthesis(planned, toy, perturbation, expression):
    assert planned(toy.experiment(perturbations=(perturbation,)))["T_expression"] == expression


def test_a_mutant_sets_its_parameters_at_rest_and_in_the_run(planned, toy):
    stable = Mutate(symbol="T", mutation="stable")
    found = planned(toy.experiment(perturbations=(stable,)))
    assert found["T_decay"] == toy.DECAY / 2
    assert found["T_expression"] == 1.0
    batch = plan([toy.experiment(perturbations=(stable,))], toy.catalogue(), toy.network)
    assert batch.recipes[0].changes == ()


def test_a_mutant_beside_the_protein_sets_what_it_is_and_how_much_is_made(planned, toy):
    added = Mutate(symbol="T", mutation="added", beside_endogenous=True, factor=3.0)
    found = planned(toy.experiment(perturbations=(added, KnockOut(symbol="T"))))
    assert (found["drug_makes"], found["T_decay"], found["T_expression"]) == (3.0, toy.DECAY / 4, 0.0)
    stable = Mutate(symbol="T", mutation="stable", beside_endogenous=True)
    with pytest.raises(SimulationError, match="toy: T stable cannot be made beside the endogenous protein"):
        planned(toy.experiment(perturbations=(stable,)))


def test_an_inhibition_of_what_a_mutant_lacks_leaves_it_lacking(planned, toy):
    silent = Mutate(symbol="T", mutation="silent")
    slowed = Inhibit(activity="protein synthesis", remaining=0.5, start_s=60.0, end_s=120.0)
    experiment = toy.experiment(perturbations=(silent, slowed))
    assert planned(experiment)["translation"] == 0.0
    changes = plan([experiment], toy.catalogue(), toy.network).recipes[0].changes
    assert [float(value) for change in changes for value in change.values] == [0.0, 0.0]


def test_a_mutant_that_nobody_knows_and_two_that_set_one_parameter(planned, toy):
    with pytest.raises(SimulationError, match="toy: unknown mutation of T 'stabel'. Did you mean 'stable'"):
        planned(toy.experiment(perturbations=(Mutate(symbol="T", mutation="stabel"),)))
    twice = (Mutate(symbol="T", mutation="stable"),) * 2
    with pytest.raises(SimulationError, match="toy: T is perturbed twice: two perturbations set T_decay"):
        planned(toy.experiment(perturbations=twice))


def test_a_protein_perturbed_twice_or_not_in_the_network(planned, toy):
    both = (KnockOut(symbol="T"), KnockDown(symbol="T", remaining=0.5))
    with pytest.raises(SimulationError, match="toy: T is perturbed twice"):
        planned(toy.experiment(perturbations=both))
    with pytest.raises(SimulationError, match="unknown parameter of the network 'XIAP_expression'"):
        planned(toy.experiment(perturbations=(KnockOut(symbol="XIAP"),)))


def test_a_drugs_parameters_wait_for_its_dose_so_that_arms_share_a_rest(toy):
    arms = [toy.experiment(id="vehicle"), toy.experiment(id="drug", doses=(toy.dose(1.0, start_s=60.0),))]
    batch = plan(arms, toy.catalogue(), toy.network)
    vehicle, drug = batch.recipes
    assert vehicle.rest_key() == drug.rest_key()
    assert vehicle.changes == ()
    assert [change.time_s for change in drug.changes] == [60.0]


def test_an_inhibition_at_rest_stands_in_the_median(planned, toy):
    held = Inhibit(activity="protein synthesis", remaining=0.25, start_s=-math.inf)
    assert planned(toy.experiment(perturbations=(held,)))["translation"] == 0.25


def test_a_tube_lacks_what_is_not_listed(planned, toy):
    proteins = tuple(Protein(symbol=s, name=s, uniprot="Q00000", module="toy") for s in ("T", "XIAP"))
    assert planned(toy.experiment(in_vitro=("E1",)), proteins=proteins)["T_expression"] == 0.0
    assert planned(toy.experiment(in_vitro=("T",)), proteins=proteins)["T_expression"] == 1.0
    experiment = toy.experiment(in_vitro=("T",), doses=(toy.dose(1.0, start_s=60.0),))
    recipe = plan([experiment], toy.catalogue(proteins=proteins), toy.network).recipes[0]
    assert [change.time_s for change in recipe.changes] == [0.0, 60.0]
    growth = toy.network.parameter_index["growth_rate"]
    assert dict(zip(recipe.changes[0].parameters, recipe.changes[0].values, strict=True)) == {growth: 0.0}


def test_a_dose_at_the_beginning_meets_the_tube_at_the_same_time(toy):
    experiment = toy.experiment(in_vitro=("T",), doses=(toy.dose(1.0),))
    (change,) = plan([experiment], toy.catalogue(), toy.network).recipes[0].changes
    assert (change.time_s, len(change.amounts), len(change.values)) == (0.0, 1, 2)


def test_only_what_readouts_need_is_kept(toy):
    batch = plan([toy.experiment(readouts=("viability",))], toy.catalogue(), toy.network)
    assert batch.observables == ()
    assert batch.observe.shape == (0, 2)
    batch = plan([toy.experiment(readouts=("T per drug", "T"))], toy.catalogue(), toy.network)
    assert batch.observables == ("T_total", "drug_free")
    np.testing.assert_array_equal(batch.observe, np.eye(2))


def test_amounts_vary_and_nothing_else(toy):
    batch = plan([toy.experiment(cells=3)], toy.catalogue(sigma=0.4), toy.network)
    rows = batch.recipes[0].parameters(range(3))
    assert len(set(rows[:, 0])) == 3
    assert np.all(rows[:, 1:] == rows[0, 1:])


def test_what_does_not_fit_in_one_batch(toy):
    with pytest.raises(SimulationError, match="toy and other do not fit in one batch: 1 and 2 cells"):
        plan([toy.experiment(), toy.experiment(id="other", cells=2)], toy.catalogue(), toy.network)
    with pytest.raises(SimulationError, match="0 experiments"):
        plan([], toy.catalogue(), toy.network)


def test_names_that_lead_nowhere(toy):
    for given, letter in (
        ({"cell_line": "Toi line"}, "toy: unknown cell line 'Toi line'. Did you mean 'Toy line'"),
        ({"readouts": ("viabilty",)}, "toy: unknown readout 'viabilty'. Did you mean 'viability'"),
    ):
        with pytest.raises(SimulationError) as caught:
            plan([toy.experiment(**given)], toy.catalogue(), toy.network)
        assert letter in str(caught.value)
    with pytest.raises(
        SimulationError, match="Toy line, properties: unknown parameter of the network 'tdecay'"
    ):
        plan([toy.experiment()], toy.catalogue(properties={"tdecay": toy.value(1.0)}), toy.network)
    rule = DeathRule(kind="boredom", observable="T_totall", threshold_parameter="threshold")
    with pytest.raises(SimulationError, match="unknown observable of the network 'T_totall'. Did you mean"):
        plan([toy.experiment()], toy.catalogue(deaths=(rule,)), toy.network)


def test_a_threshold_need_not_stand_in_a_reaction(toy):
    rule = DeathRule(kind="boredom", observable="T_total", threshold_parameter="patience")
    with pytest.raises(SimulationError, match="toy: no value for patience"):
        plan([toy.experiment()], toy.catalogue(deaths=(rule,)), toy.network)
    line = toy.catalogue(deaths=(rule,), properties={"patience": toy.value(3.0)})
    recipe = plan([toy.experiment()], line, toy.network).recipes[0]
    assert recipe.watches[0].level(recipe.median) == 3.0
    recipe = plan([toy.experiment()], toy.catalogue(), toy.network).recipes[0]
    assert recipe.watches[0].level(2 * recipe.median) == 2 * toy.THRESHOLD


def test_a_parameter_that_nobody_gives_is_named(toy):
    with pytest.raises(SimulationError, match="toy: no value for T_expression, T_decay"):
        plan([toy.experiment()], toy.catalogue(parameters={}), toy.network)
