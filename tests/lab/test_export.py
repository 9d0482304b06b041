"""Real experiments, written as SBML and solved by libRoadRunner, against our own solver on the same cell."""

import numpy as np
import pytest

from smaclab.errors import ExperimentError
from smaclab.exchange.sbml import start_s
from smaclab.experiment.campaign import Campaign
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import Inhibit, KnockDown, KnockOut, Mutate, OverExpress
from smaclab.kernel import compile_kernel
from smaclab.lab import own_catalogue, own_network
from smaclab.lab.export import experiment_sbml
from smaclab.simulate.plan import observable_weights, plan
from smaclab.simulate.scipy_solver import SciPySolver
from tests.exchange.judge import (
    complaints,
    consistency_errors,
    distance,
    seen_by_our_reader,
    seen_by_roadrunner,
    seen_by_us,
)

TIMES = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 24.0]) * 3600.0
OBSERVABLES = ("cIAP1", "cIAP2", "XIAP_total", "TRAF2_total", "NIK")
MIMETIC = Dose(drug="SM-164", concentration_nM=100.0)
TNF = Dose(drug="TNF", concentration_nM=0.2)


def experiment(name, line="EVSA-T", doses=(MIMETIC,), **other):
    return Experiment(id=name, cell_line=line, readouts=("viability", *READ), doses=doses, **other)


READ = ("cIAP1", "cIAP1_on_TRAF2")
EXPERIMENTS = [
    experiment("tnf_too", doses=(MIMETIC, TNF)),
    experiment("type_two", "HCT 116", (MIMETIC, TNF)),
    experiment("washed", doses=(Dose(drug="SM-164", concentration_nM=100.0, start_s=0.0, end_s=7200.0),)),
    experiment("twice", doses=(MIMETIC, Dose(drug="SM-164", concentration_nM=50.0, start_s=21_600.0))),
    experiment("late_tnf", doses=(MIMETIC, Dose(drug="TNF", concentration_nM=0.2, start_s=10_800.0))),
    experiment("knock_down", perturbations=(KnockDown(symbol="RIPK1", remaining=0.1),)),
    experiment("knock_out", perturbations=(KnockOut(symbol="TRAF2"),)),
    experiment("over_expressed", perturbations=(OverExpress(symbol="XIAP", factor=5.0),)),
    experiment("mutant", perturbations=(Mutate(symbol="BIRC2", mutation="RING-dead"),)),
    experiment("inhibited", perturbations=(Inhibit(activity="proteasome", remaining=0.1, start_s=-3600.0),)),
    experiment("tube", in_vitro=("BIRC2", "E1", "E2", "ubiquitin", "ATP")),
]
READ_AGAIN = ("tnf_too", "knock_down", "tube")  # each takes 5 s more; all twelve were seen once


def agrees(one, folder=None):
    text = experiment_sbml(one)
    assert consistency_errors(text) == []
    network = own_network()
    kernel, recipe = compile_kernel(network), plan([one], own_catalogue(), network).recipes[0]
    rest = SciPySolver().rest(kernel, recipe.median)
    weights = np.array([observable_weights(network, name) for name in OBSERVABLES])
    ours = seen_by_us(kernel, rest.counts, recipe.median, recipe.changes, TIMES, weights)
    clock = TIMES - start_s(recipe.changes)
    theirs = seen_by_roadrunner(text, OBSERVABLES, clock)
    # Seen: 4e-7 for the knock-down, whose amounts below 1e-9 molecules are written as 0; 4e-10 for the rest.
    assert distance(ours, theirs) < 1e-6
    if folder is not None:
        assert distance(seen_by_our_reader(text, OBSERVABLES, clock, folder), theirs) < 1e-8


@pytest.mark.peer
def test_a_real_experiment_is_the_same_in_libroadrunner():
    agrees(experiment("mimetic_alone"))


@pytest.mark.peer
@pytest.mark.slow
@pytest.mark.parametrize("one", EXPERIMENTS, ids=lambda one: one.id)
def test_eleven_more_experiments_are_the_same_in_libroadrunner(one, tmp_path):
    agrees(one, tmp_path if one.id in READ_AGAIN else None)


def test_libsbml_has_nothing_to_complain_of():
    assert complaints(experiment_sbml(experiment("washed"))) == []


def test_what_is_no_single_cell_gets_a_letter():
    one = experiment("mimetic_alone")
    with pytest.raises(ExperimentError, match="both is a campaign"):
        experiment_sbml(Campaign(id="both", experiments=(one,)))
    with pytest.raises(ExperimentError, match="cell -1"):
        experiment_sbml(one, cell=-1)
