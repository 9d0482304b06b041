import math
from dataclasses import replace

import pytest

from smaclab.experiment.check import check
from smaclab.experiment.drug import Drug
from smaclab.experiment.fields import Letters
from smaclab.experiment.load import load
from smaclab.experiment.perturbation import GeneDosage, Mutate
from smaclab.experiment.read_doses import read_doses
from smaclab.lab import door

TNF = {"drug": "TNF", "concentration": "1 nM"}


def letters(catalogue, **changed):
    return [(p.key, p.message) for p in check({"id": "a", "cell_line": "BJ", **changed}, catalogue)]


def the_letter(catalogue, **changed):
    found = letters(catalogue, **changed)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("changed", "key", "says"),
    [
        ({"drug": "birinapent"}, "dose.1.drug", "unknown drug 'birinapent'. Did you mean 'birinapant'?"),
        ({"drug": 3}, "dose.1.drug", "3 is not a name"),
        ({"concentration": "10"}, "dose.1.concentration", "'10' has no unit"),
        ({"concentration": 10}, "dose.1.concentration", "10 has no unit"),
        ({"concentration": "10 h"}, "dose.1.concentration", "'10 h' is a time; a concentration is needed"),
        ({"concentration": "-1 nM"}, "dose.1.concentration", "cannot be negative"),
        ({"concentration": "inf nM"}, "dose.1.concentration", "not a finite concentration"),
        ({"concentration": "nan nM"}, "dose.1.concentration", "not a finite concentration"),
        ({"from": "-1 h"}, "dose.1.from", "cannot be negative"),
        ({"from": 0}, "dose.1.from", "0 has no unit"),
        ({"from": "2 h", "until": "1 h"}, "dose.1.until", "added at 2 h but gone by 1 h"),
        ({"clamped": "yes"}, "dose.1.clamped", "'yes' is neither true nor false. Write for example"),
        ({"clamped": 1}, "dose.1.clamped", "1 is neither true nor false"),
        ({"dosage": 1}, "dose.1", "unknown key 'dosage'"),
        ({"cells": 50}, "dose.1.cells", "'cells' belongs at the top of the file"),
    ],
)
def test_a_dose_that_is_not_understood(catalogue, changed, key, says):
    found = the_letter(catalogue, dose=[{**TNF, **changed}])
    assert found[0] == key
    assert says in found[1]


def test_a_dose_without_drug_or_concentration(catalogue):
    assert [key for key, _ in letters(catalogue, dose=[{}])] == ["dose.1.drug", "dose.1.concentration"]


def test_a_clamp_is_off_unless_it_is_asked_for(catalogue):
    doses = [TNF, {**TNF, "from": "1 h", "clamped": False}, {**TNF, "drug": "birinapant", "clamped": True}]
    found = load({"id": "a", "cell_line": "BJ", "dose": doses}, catalogue)
    assert [dose.clamped for dose in found.doses] == [False, False, True]


def test_a_mass_concentration_without_a_molar_mass(catalogue):
    found = the_letter(catalogue, dose=[{"drug": "birinapant", "concentration": "10 ng/ml"}])
    assert found[0] == "dose.1.concentration"
    assert "no molar mass is known" in found[1]


@pytest.mark.parametrize("kind", ["dose", "perturbation"])
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "with two brackets"),
        ("TNF", "is not a list"),
        (["TNF"], "is not a table"),
        ([{}] * 1001, "At most 1,000"),
    ],
)
def test_tables_that_are_none(catalogue, kind, given, says):
    assert says in the_letter(catalogue, **{kind: given})[1]


@pytest.mark.parametrize(
    ("given", "key", "says"),
    [
        (
            {"knock_out": "BIRC9"},
            "perturbation.1.knock_out",
            "unknown protein 'BIRC9'. Did you mean 'BIRC2'?",
        ),
        ({"knock_out": "proteasome"}, "perturbation.1.knock_out", "to lower it write inhibit"),
        ({"knock_out": "TNF"}, "perturbation.1.knock_out", "'TNF' is a drug"),
        ({"knock_out": "RIPK1", "remaining": 0.1}, "perturbation.1", "unknown key 'remaining'"),
        ({"knock_out": "RIPK1", "cells": 1}, "perturbation.1.cells", "belongs at the top"),
        ({"knock_down": "RIPK1"}, "perturbation.1.remaining", "missing. Write for example: remaining = 0.15"),
        (
            {"knock_down": "RIPK1", "remaining": "15%"},
            "perturbation.1.remaining",
            "'15%' is not a number from 0 to 1",
        ),
        (
            {"knock_down": "RIPK1", "remaining": 15},
            "perturbation.1.remaining",
            "15 is not a number from 0 to 1",
        ),
        ({"knock_down": "RIPK1", "remaining": -0.1}, "perturbation.1.remaining", "from 0 to 1"),
        ({"knock_down": "RIPK1", "remaining": math.nan}, "perturbation.1.remaining", "from 0 to 1"),
        ({"knock_down": "RIPK1", "remaining": True}, "perturbation.1.remaining", "from 0 to 1"),
        (
            {"knock_down": "RIPK1", "remaining": 0.1, "before": "-2 h"},
            "perturbation.1.before",
            "cannot be negative",
        ),
        ({"over_express": "RIPK1"}, "perturbation.1.factor", "missing"),
        ({"over_express": "RIPK1", "factor": 0.5}, "perturbation.1.factor", "0.5 is not a number from 1 to"),
        ({"over_express": "RIPK1", "factor": math.inf}, "perturbation.1.factor", "inf is not a number"),
        (
            {"inhibit": "RIPK1", "remaining": 0.1},
            "perturbation.1.inhibit",
            "is a protein; to have less of it",
        ),
        ({"inhibit": "proteasome"}, "perturbation.1.remaining", "missing"),
        (
            {"inhibit": "proteasome", "remaining": 0.1, "from": "2 h", "until": "1 h"},
            "perturbation.1",
            "free again",
        ),
        (
            {"mutate": "BIRC2"},
            "perturbation.1.mutation",
            'missing. Write for example: mutation = "RING-dead"',
        ),
        ({"mutate": "RIP1"}, "perturbation.1.mutation", 'mutation = "kinase-dead"'),
        (
            {"mutate": "BIRC2", "mutation": "RING-ded"},
            "perturbation.1.mutation",
            "unknown mutation of BIRC2 'RING-ded'. Did you mean 'RING-dead'? Known: BIR3-dead, RING-dead,",
        ),
        ({"mutate": "BIRC9", "mutation": "RING-dead"}, "perturbation.1.mutate", "unknown protein 'BIRC9'"),
        ({"mutate": "BIRC2", "mutation": 3}, "perturbation.1.mutation", "3 is not a name"),
        (
            {"mutate": "BIRC2", "mutation": "RING-dead", "beside_endogenous": True},
            "perturbation.1.factor",
            "missing. Write for example: factor = 3",
        ),
        (
            {"mutate": "BIRC2", "mutation": "RING-dead", "beside_endogenous": True, "factor": -1},
            "perturbation.1.factor",
            "-1 is not a number from 0 to 1e+06, such as 3.",
        ),
        (
            {"mutate": "BIRC2", "mutation": "RING-dead", "factor": 3},
            "perturbation.1.factor",
            "Write beside_endogenous = true to have it made beside it, or leave factor out.",
        ),
        (
            {"mutate": "BIRC2", "mutation": "RING-dead", "beside_endogenous": "no"},
            "perturbation.1.beside_endogenous",
            "'no' is neither true nor false",
        ),
        ({"mutate": "BIRC2", "mutation": "RING-dead", "copies": 1}, "perturbation.1", "unknown key 'copies'"),
        ({"mutation": "RING-dead"}, "perturbation.1", "nothing is done"),
        ({"gene_dosage": "BIRC2"}, "perturbation.1.copies", "missing. Write for example: copies = 0.5"),
        (
            {"gene_dosage": "BIRC2", "copies": 2},
            "perturbation.1.copies",
            "2 is no number of copies. It is 0, 0.5 or 1",
        ),
        ({"gene_dosage": "BIRC2", "copies": math.nan}, "perturbation.1.copies", "is no number of copies"),
        ({"gene_dosage": "BIRC2", "copies": "0.5"}, "perturbation.1.copies", "is no number of copies"),
        ({"gene_dosage": "BIRC2", "copies": True}, "perturbation.1.copies", "is no number of copies"),
        ({"gene_dosage": "BIRC9", "copies": 1}, "perturbation.1.gene_dosage", "unknown protein 'BIRC9'"),
        ({"in_vitro": ["BIRC2"]}, "perturbation.1.in_vitro", "belongs at the top of the file"),
        (
            {"knock_out": "RIPK1", "knock_down": "BIRC2"},
            "perturbation.1",
            "knock_out and knock_down in one table",
        ),
        (
            {},
            "perturbation.1",
            "Write one of knock_out, knock_down, over_express, gene_dosage, mutate, inhibit, activate.",
        ),
    ],
)
def test_a_perturbation_that_is_not_understood(catalogue, given, key, says):
    found = the_letter(catalogue, perturbation=[given])
    assert found[0] == key
    assert says in found[1]


def test_a_misspelled_verb(catalogue):
    found = letters(catalogue, perturbation=[{"knockout": "BIRC2"}])
    assert "Did you mean 'knock_out'?" in found[0][1]


@pytest.mark.parametrize(
    ("given", "noun"),
    [
        ({"gene_dosage": "cIAP1", "copies": 0.5}, GeneDosage(symbol="BIRC2", copies=0.5)),
        ({"gene_dosage": "BIRC2", "copies": 1}, GeneDosage(symbol="BIRC2", copies=1.0)),
        ({"mutate": "ciap-1", "mutation": "ring mutant"}, Mutate(symbol="BIRC2", mutation="RING-dead")),
        (
            {"mutate": "RIPK1", "mutation": "k45a", "beside_endogenous": False},
            Mutate(symbol="RIPK1", mutation="kinase-dead"),
        ),
        (
            {"mutate": "cIAP1", "mutation": "RING mutant", "beside_endogenous": True, "factor": 3},
            Mutate(symbol="BIRC2", mutation="RING-dead", beside_endogenous=True, factor=3.0),
        ),
    ],
)
def test_alleles_and_mutants_are_read_by_any_of_their_names(catalogue, given, noun):
    found = load({"id": "a", "cell_line": "BJ", "perturbation": [given]}, catalogue)
    assert found.perturbations == (noun,)


X_RAYS = {"drug": "X-rays", "absorbed_dose": "2 Gy"}


@pytest.fixture
def hospital(catalogue):
    rays = Drug(name="X-rays", kind="radiation", source="made up for this test", enters="rays")
    return replace(catalogue, drugs=[*catalogue.drugs, rays])


def test_radiation_is_given_in_gray(hospital):
    (dose,) = load({"id": "a", "cell_line": "BJ", "dose": [{**X_RAYS, "from": "1 h"}]}, hospital).doses
    assert (dose.absorbed_Gy, dose.concentration_nM, dose.start_s) == (2.0, 0.0, 3600.0)


@pytest.mark.parametrize(
    ("dose", "key", "says"),
    [
        ({"drug": "X-rays"}, "absorbed_dose", 'missing. Write for example: absorbed_dose = "2 Gy"'),
        (
            {"drug": "X-rays", "concentration": "2 Gy"},
            "concentration",
            "X-rays has no concentration: it is given in gray",
        ),
        ({**X_RAYS, "absorbed_dose": "2 nM"}, "absorbed_dose", "an absorbed dose is needed: Gy, cGy or mGy"),
        ({**X_RAYS, "absorbed_dose": "2 rad"}, "absorbed_dose", "unknown unit 'rad'"),
        ({**X_RAYS, "absorbed_dose": "2000 Gy"}, "absorbed_dose", "At most 1000 Gy is understood"),
        ({**X_RAYS, "until": "1 h"}, "until", "nothing washes it out. Leave until out."),
        ({**X_RAYS, "clamped": True}, "clamped", "Leave clamped out."),
        ({**TNF, "absorbed_dose": "2 Gy"}, "absorbed_dose", "TNF is no radiation"),
        ({**TNF, "concentration": "2 Gy"}, "concentration", "'2 Gy' is an absorbed dose; a concentration"),
    ],
)
def test_a_dose_in_the_wrong_unit(hospital, dose, key, says):
    found = the_letter(hospital, dose=[dose])
    assert found[0] == f"dose.1.{key}"
    assert says in found[1]


def test_a_dose_remembers_that_it_was_typed_by_mass_and_is_equal_to_one_that_was_not():
    known = door.own_catalogue()
    base = {"id": "x", "cell_line": "EVSA-T"}
    dose = {"drug": "TNF", "concentration": "10 ng/ml"}
    (by_mass,) = [one for _, one in read_doses({**base, "dose": [dose]}, (), known, Letters("x"))]
    molar = {"drug": "TNF", "concentration": f"{by_mass.concentration_nM!r} nM"}
    (by_amount,) = [one for _, one in read_doses({**base, "dose": [molar]}, (), known, Letters("x"))]
    assert by_mass.typed_g_per_mol == known.find_drug("TNF").molar_mass_g_per_mol
    assert by_amount.typed_g_per_mol is None
    assert by_mass == by_amount
    assert repr(by_mass) == repr(by_amount)
