import numpy as np
import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.perturbation import Mutate
from smaclab.experiment.pull_down import Bait, PullDown, form_of, form_text, written
from smaclab.lab import check, load, look_many, own_catalogue


@pytest.mark.parametrize("text", ["IP caspase-8: RIP1", "ip Caspase-8 :RIP1", "co-IP caspase-8: RIP1"])
def test_what_a_person_writes(text):
    assert [part.casefold() for part in written(text)] == ["caspase-8", "rip1"]


@pytest.mark.parametrize("text", ["caspase-8", "IP caspase-8", "IP : RIP1", "equip x: y", "IP a: b: c"])
def test_what_is_no_pull_down(text):
    assert written(text) is None


def test_any_protein_is_a_bait_by_its_symbol():
    found = own_catalogue().find_readout("IP caspase-8: RIP1")
    assert (found.name, found.unit) == ("IP CASP8: RIPK1", "copies")
    assert (dict(found.pull_down.holds), found.pull_down.prey) == ({"CASP8": ()}, "RIPK1")


def test_a_bead_of_the_catalogue():
    found = own_catalogue().find_readout("IP immobilized mimetic: TRAF2")
    assert set(found.pull_down.holds) == {"BIRC2", "BIRC3", "AddedIAP", "XIAP"}


def test_a_bait_that_nobody_knows_gets_a_letter():
    raw = {"id": "x", "cell_line": "BJ", "readouts": ["IP nothing: RIP1"], "duration": "1 h"}
    (problem,) = check(raw)
    assert "IP nothing: RIP1" in problem.message


def test_a_bait_holds_something():
    with pytest.raises(CatalogueError, match="Name what the bead holds"):
        Bait(name="glue", holds={}, description="")


POCKET = {("BIRC2", "BIR3-dead", False): (("BIRC2", "pocket"),)}


def test_a_mutant_whose_site_is_closed_is_missed_by_the_bead():
    down = PullDown(holds={"BIRC2": ("pocket",), "XIAP": ("bir2", "bir3")}, prey="BIRC2", blind_to=POCKET)
    missed = down.missed([Mutate(symbol="BIRC2", mutation="BIR3-dead")])
    assert missed == (("BIRC2", "pocket"),)
    assert down.still_holds(missed) == {"XIAP": ("bir2", "bir3")}


def test_the_same_mutant_beside_the_endogenous_protein_leaves_that_to_the_bead():
    down = PullDown(holds={"BIRC2": ("pocket",)}, prey="BIRC2", blind_to=POCKET)
    assert down.missed([Mutate(symbol="BIRC2", mutation="BIR3-dead", beside_endogenous=True)]) == ()


def test_an_antibody_needs_no_site_and_misses_nothing():
    down = PullDown(holds={"BIRC2": ()}, prey="TRAF2")
    assert down.still_holds(()) == {"BIRC2": ()}


def test_own_mutations_close_the_sites_of_the_immobilized_mimetic():
    found = own_catalogue().find_readout("IP immobilized mimetic: cIAP1").pull_down.blind_to
    assert found["BIRC2", "BIR3-dead", False] == (("BIRC2", "pocket"),)
    assert found["BIRC2", "BIR3-dead", True] == (("AddedIAP", "pocket"),)
    assert ("BIRC2", "RING-dead", False) not in found


def test_a_form_of_the_prey():
    found = own_catalogue().find_readout("IP TNFR1: RIP1[ub = k63 | m1, act=on]")
    assert found.name == "IP TNFRSF1A: RIPK1[ub=k63|m1, act=on]"
    assert dict(found.pull_down.form) == {"ub": ("k63", "m1"), "act": ("on",)}
    assert own_catalogue().find_readout(found.name).observable == found.observable


@pytest.mark.parametrize("text", ["RIP1[ub]", "RIP1[ub=]", "RIP1[ub=k63", "[ub=k63]", "RIP1[ub=k63|]"])
def test_what_is_no_form(text):
    assert form_of(text) is None


def test_no_form_is_every_form():
    assert form_of(" RIP1 ") == ("RIP1", {})
    assert form_text({}) == ""


def test_the_forms_of_a_protein_add_up_to_all_of_it():
    names = ["IP PARP: PARP[s=full]", "IP PARP: PARP[s=cleaved]", "IP PARP: PARP"]
    raw = {
        "id": "x",
        "cell_line": "EVSA-T",
        "readouts": [*names, "PARP_cleaved"],
        "duration": "1 h",
        "cells": 2,
    }
    looks = look_many([load(raw)])
    full, cut, every, observed = (values for values in looks.values.values())
    np.testing.assert_allclose(full + cut, every, rtol=1e-9)
    np.testing.assert_allclose(cut, observed, rtol=1e-9)
