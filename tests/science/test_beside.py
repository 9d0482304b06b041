"""A cIAP that is made beside the cell's own: given back, in the way, or left alone by the drug."""

from functools import cache

import pytest

import smaclab
from smaclab.biology.catalogue import load_catalogue
from smaclab.lab.bench import own_network

SM = {"drug": "SM-164", "concentration": "100 nM"}
KNOCK_OUT = {"knock_out": "BIRC2"}
READOUTS = ["cIAP1", "cIAP2", "added_cIAP", "added_cIAP_on_TRAF2", "NIK", "p52", "RIP1_ubiquitin"]
BESIDE = [one for one in load_catalogue().mutations if one.beside]


def beside(symbol, mutation, factor):
    return {"mutate": symbol, "mutation": mutation, "beside_endogenous": True, "factor": factor}


# name: (line, doses, perturbations); one cell each, the median's neighbor
WRITTEN = {
    "untouched": ("HCT 116", [], []),
    "dead": ("HCT 116", [], [beside("BIRC2", "RING-dead", 3)]),
    "dead_free": ("HCT 116", [], [beside("BIRC2", "TRAF2-binding-dead", 3)]),
    "null": ("HCT 116", [], [KNOCK_OUT]),
    "given_back": ("HCT 116", [], [KNOCK_OUT, beside("BIRC2", "wild type", 1)]),
    "dead_given": ("HCT 116", [], [KNOCK_OUT, beside("BIRC2", "RING-dead", 1)]),
    "double_null": ("HCT 116", [], [KNOCK_OUT, {"knock_out": "BIRC3"}]),
    "ciap2_given": ("HCT 116", [], [KNOCK_OUT, {"knock_out": "BIRC3"}, beside("BIRC3", "wild type", 1)]),
    "drug": ("HCT 116", [SM], []),
    "drug_wild_type": ("HCT 116", [SM], [beside("BIRC2", "wild type", 1)]),
    "drug_dead": ("HCT 116", [SM], [beside("BIRC2", "RING-dead", 1)]),
    "drug_pocket": ("HCT 116", [SM], [beside("BIRC2", "BIR3-dead", 1)]),
    "mef": ("MEF cIAP1-null", [], []),
    "mef_given": ("MEF cIAP1-null", [], [beside("BIRC2", "wild type", 1)]),
}


@cache
def course(name):
    """Readout -> counts at 0, 1 and 4 h."""
    line, doses, perturbations = WRITTEN[name]
    written = {"id": name, "cell_line": line, "readouts": READOUTS, "cells": 1, "duration": "4 h"}
    written |= {"sample": ["0 h", "1 h", "4 h"], "dose": doses, "perturbation": perturbations}
    table = smaclab.run(written).readouts
    return {one: table[table["observableId"] == one]["simulation"].to_numpy() for one in READOUTS}


def at_rest(name, readout):
    return course(name)[readout][0]


def left(name, readout, look=1):
    counts = course(name)[readout]
    return counts[look] / counts[0]


def test_without_an_added_protein_nothing_else_changes():
    # It is made by one reaction, whose rate is zero; every other reaction with it needs it.
    network = own_network()
    added = {i for i, one in enumerate(network.species) if "AddedIAP" in one.name}
    touched = {r.rule for r in network.reactions if added & set(r.products) and not added & set(r.reactants)}
    assert touched == {"added_cIAP_is_made"}
    assert load_catalogue().parameters["added_cIAP_expression"].value == 0
    assert at_rest("untouched", "added_cIAP") == 0


def test_every_mutant_of_a_ciap_can_stand_beside_it():
    mutants = {(one.protein, one.name) for one in load_catalogue().mutations}
    here = {(one.protein, one.name) for one in BESIDE}
    assert here == {(protein, name) for protein, name in mutants if protein in ("BIRC2", "BIRC3")}


@pytest.mark.parametrize("mutation", BESIDE, ids=lambda one: f"{one.protein} {one.name}")
def test_a_mutant_is_the_same_in_place_of_the_protein_and_beside_it(mutation):
    renamed = {name.replace(f"{mutation.protein}_", "added_cIAP_"): v for name, v in mutation.sets.items()}
    kind = {"added_cIAP_is_cIAP1": float(mutation.protein == "BIRC2")}
    assert dict(mutation.beside.sets) == renamed | kind


@pytest.mark.slow
@pytest.mark.claim(
    "RING-dead cIAP1 takes TRAF2 from the cell's own, and NIK rises", source="Zheng 2010, by mechanism"
)
def test_a_dead_ring_is_in_the_way():
    # It takes seats on TRAF2, and cIAP1 without one is short-lived.
    assert 0.3 < at_rest("dead", "cIAP1") / at_rest("untouched", "cIAP1") < 0.9
    assert at_rest("dead", "NIK") > 2.5 * at_rest("untouched", "NIK")  # 2.96
    assert at_rest("dead", "p52") > 1.5 * at_rest("untouched", "p52")
    assert at_rest("dead", "RIP1_ubiquitin") < 0.5 * at_rest("untouched", "RIP1_ubiquitin")
    # One that does not bind TRAF2 is in nobody's way; its RING takes a little NIK without TRAF2 (O19 abc).
    assert 0.7 < at_rest("dead_free", "NIK") / at_rest("untouched", "NIK") < 1.0  # 0.83


@pytest.mark.slow
@pytest.mark.claim(
    "Wild type given back restores the knock-out, RING-dead does not", source="Vince 2007, by mechanism"
)
def test_what_is_given_back_must_have_a_ring():
    assert at_rest("null", "NIK") > 3 * at_rest("untouched", "NIK")
    for readout in ("NIK", "p52", "cIAP2", "RIP1_ubiquitin"):
        assert at_rest("given_back", readout) == pytest.approx(at_rest("untouched", readout), rel=1e-3)
    assert at_rest("given_back", "added_cIAP") == pytest.approx(at_rest("untouched", "cIAP1"), rel=1e-3)
    # It even takes TRAF2 from the cIAP2 that is left.
    assert at_rest("dead_given", "NIK") > at_rest("null", "NIK")


@pytest.mark.slow
@pytest.mark.claim("Either cIAP suffices to remove NIK", source="Wu 2007, of double knock-outs; O19 ac")
def test_added_ciap2_serves_cells_without_any():
    assert at_rest("ciap2_given", "NIK") < 0.2 * at_rest("double_null", "NIK")
    assert at_rest("ciap2_given", "NIK") == pytest.approx(at_rest("null", "NIK"), rel=0.05)


@pytest.mark.slow
@pytest.mark.claim("The drug removes added cIAP1 by its RING and pocket", source="Wu 2007, C29 and C30")
def test_the_drug_removes_added_wild_type_only():
    assert left("drug_wild_type", "added_cIAP") == pytest.approx(left("drug", "cIAP1"), rel=0.5)
    assert left("drug_wild_type", "added_cIAP") < 0.15
    for name in ("drug_dead", "drug_pocket"):
        assert left(name, "added_cIAP") == pytest.approx(1.0, abs=0.2), name  # C29, C30
        assert left(name, "cIAP1") < 0.3, name  # C29
    # A pocket mutant goes on working when the drug has taken the cell's own; a RING mutant has no work to do.
    assert course("drug_pocket")["NIK"][2] < 0.1 * course("drug")["NIK"][2]
    assert course("drug_dead")["NIK"][2] > course("drug")["NIK"][2]


@pytest.mark.slow
@pytest.mark.claim("A cIAP1 that the drug cannot take saves type I", source="Wu 2007, C30, by mechanism")
def test_a_pocket_mutant_beside_the_cells_own_saves_type_one():
    written = {
        "id": "saved",
        "cell_line": "EVSA-T",
        "readouts": ["viability"],
        "cells": 12,
        "duration": "24 h",
    }
    written |= {"dose": [SM], "perturbation": [beside("BIRC2", "BIR3-dead", 1)]}
    alive = smaclab.run(written | {"grid": {"perturbation.BIRC2.factor": [0, 1]}}).fraction_alive()
    assert alive["saved__0"] < 0.25
    assert alive["saved__1"] > 0.75


@pytest.mark.slow
def test_a_line_without_the_gene_is_given_what_it_lost():
    assert at_rest("mef", "cIAP1") == 0
    assert at_rest("mef_given", "added_cIAP") > 0
    assert at_rest("mef_given", "cIAP2") < 0.5 * at_rest("mef", "cIAP2")
