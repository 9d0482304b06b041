import numpy as np
import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.pull_down import Bait, form_of, form_text, written
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
