"""Treatments in words."""

import math

import pytest

from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.perturbation import (
    Activate,
    GeneDosage,
    Inhibit,
    KnockDown,
    KnockOut,
    Mutate,
    OverExpress,
)
from smaclab.report.words import (
    amount,
    by_mass,
    concentration,
    dose_words,
    mass_concentration,
    shared_unit,
    show_time,
    treatment,
    typed_masses,
)


def experiment(doses=(), perturbations=(), **given):
    return Experiment(id="e", cell_line="BJ", doses=tuple(doses), perturbations=tuple(perturbations), **given)


def test_nothing_given_is_vehicle():
    assert treatment(experiment()) == "vehicle"
    assert treatment(experiment([Dose(drug="TNF", concentration_nM=0.0)])) == "vehicle"


def test_a_pulse_says_from_when_until_when():
    pulse = Dose(drug="TNF", concentration_nM=0.192, start_s=3600.0, end_s=5400.0)
    assert treatment(experiment([pulse])) == "TNF 192 pM from 1 h until 1.5 h"


def test_a_clamp_and_a_tube_are_part_of_the_treatment():
    clamped = Dose(drug="TNF", concentration_nM=1.0, end_s=3600.0, clamped=True)
    assert treatment(experiment([clamped])) == "TNF 1 nM clamped until 1 h"
    assert treatment(experiment(in_vitro=("BIRC2", "E1"))) == "in vitro (BIRC2, E1)"
    assert treatment(experiment([clamped], in_vitro=("E1",))) == "in vitro (E1) + TNF 1 nM clamped until 1 h"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (KnockOut(symbol="BIRC2"), "BIRC2 knock-out"),
        (KnockDown(symbol="RIPK1", remaining=0.15), "RIPK1 knock-down to 15 %"),
        (OverExpress(symbol="CFLAR", factor=3.0), "CFLAR × 3"),
        (GeneDosage(symbol="BIRC2", copies=0.5), "BIRC2 +/−"),
        (GeneDosage(symbol="BIRC2", copies=0), "BIRC2 −/−"),
        (Mutate(symbol="BIRC2", mutation="RING-dead"), "BIRC2 RING-dead"),
        (
            Mutate(symbol="BIRC2", mutation="RING-dead", beside_endogenous=True, factor=3),
            "BIRC2 RING-dead × 3 beside the endogenous",
        ),
        (Inhibit(activity="RIPK1 kinase", remaining=0.05, start_s=-3600.0), "RIPK1 kinase at 5 % from -1 h"),
        (Inhibit(activity="proteasome", remaining=0.05, start_s=-math.inf), "proteasome at 5 %"),
        (Activate(activity="LUBAC", factor=3.0, start_s=-math.inf), "LUBAC × 3"),
    ],
)
def test_each_perturbation_has_words(change, words):
    assert treatment(experiment(perturbations=[change])) == words


def test_a_chosen_hypothesis_is_part_of_the_treatment():
    assert treatment(experiment(hypotheses={"O06": "a"})) == "O06=a"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (100.0, "100 nM"),
        (0.192307, "192 pM"),
        (1500.0, "1.5 µM"),
        (0.0, "0 nM"),
        (1e-5, "0.01 pM"),
        (2e6, "2 mM"),
    ],
)
def test_a_concentration_has_a_unit_that_suits_it(value, words):
    assert concentration(value) == words


def test_radiation_is_told_in_gray():
    assert treatment(experiment([Dose(drug="radiation", absorbed_Gy=2.0)])) == "radiation 2 Gy"


def test_a_cytokine_is_told_by_mass_where_its_mass_is_given():
    dose = Dose(drug="TNF", concentration_nM=10 / 52, start_s=3600.0)
    assert dose_words(dose) == "TNF 192 pM from 1 h"
    assert dose_words(dose, {"TNF": 52_000.0}) == "TNF 10 ng/ml from 1 h"
    assert by_mass(1.0, 52_000.0) == 52.0


def test_a_dose_is_told_as_it_was_typed():
    """Typed in ng/ml or µg/ml it is told so, of whatever drug; equal amounts typed in nM are told in nM."""
    antibody = Dose(drug="anti-TNF", concentration_nM=1e4 / 150, typed_g_per_mol=150_000.0)
    assert treatment(experiment([antibody])) == "anti-TNF 10 µg/ml"
    assert dose_words(Dose(drug="anti-TNF", concentration_nM=1e4 / 150)) == "anti-TNF 66.7 nM"
    typed = Dose(drug="TNF", concentration_nM=1.0, typed_g_per_mol=52_000.0)
    none = Dose(drug="FasL", typed_g_per_mol=1.0)
    assert typed_masses([typed, typed, none]) == {"TNF": 52_000.0}
    assert typed_masses([typed, Dose(drug="TNF", concentration_nM=1.0)]) == {}


@pytest.mark.parametrize(
    ("ng_per_ml", "words"),
    [(10.0, "10 ng/ml"), (0.1, "0.1 ng/ml"), (0.05, "50 pg/ml"), (999.9999999999, "1 µg/ml"),
     (2e4, "20 µg/ml"), (5e6, "5 mg/ml"), (0.0, "0 ng/ml"), (1e-5, "0.01 pg/ml")],
)  # fmt: skip
def test_a_concentration_by_mass_is_written_as_on_a_tube(ng_per_ml, words):
    assert mass_concentration(ng_per_ml) == words


def test_times_are_shown_in_minutes_then_hours():
    assert [show_time(t) for t in (0.1, 2.25, math.inf, math.nan)] == [
        "6 min", "2.2 h", "not within the run", "no cell solved",
    ]  # fmt: skip


def test_an_axis_has_one_unit_that_suits_its_middle():
    assert shared_unit([0.3, 300.0]) == (1.0, "nM")
    assert shared_unit([0.01, 1.0]) == (1e-3, "pM")
    assert shared_unit([1000.0, 1e6]) == (1e3, "µM")
    assert shared_unit([]) == (1.0, "nM")


def test_amounts_are_never_powers_of_ten():
    assert [amount(one) for one in (0.0, 1e-6, 0.01234, 36.94, 100.0, 2990.4)] == [
        "0", "0.000001", "0.0123", "36.9", "100", "2,990",
    ]  # fmt: skip
