"""Beyond the spine: TWEAK, necroptosis, and what breaks or keeps cIAP1."""

from dataclasses import replace
from functools import lru_cache

import pytest

import smaclab
from smaclab.biology.catalogue import load_catalogue
from smaclab.experiment.load import load

MIMETIC = {"drug": "SM-164", "concentration": "100 nM"}
TNF = {"drug": "TNF", "concentration": "10 ng/ml"}
TWEAK = {"drug": "TWEAK", "concentration": "100 ng/ml"}
Z_VAD = {"drug": "z-VAD", "concentration": "20 uM"}
MG132 = {"drug": "MG132", "concentration": "10 uM"}
BAFILOMYCIN = {"drug": "bafilomycin A1", "concentration": "100 nM"}
NECROSTATIN = {"drug": "necrostatin-1", "concentration": "30 uM"}


@lru_cache(maxsize=1)
def catalogue():
    """The package's, with RIP3 given to HCT 116, as a line that has it."""
    own = load_catalogue()
    lines = []
    for line in own.cell_lines:
        amount = replace(line.amounts["RIPK3"], value=50_000.0) if line.name == "HCT 116" else None
        lines.append(line if amount is None else replace(line, amounts={**line.amounts, "RIPK3": amount}))
    return replace(own, cell_lines=tuple(lines))


def run(line, *doses, cells=6, hours=8, perturbation=(), hypotheses=None):
    written = {
        "id": "one",
        "cell_line": line,
        "cells": cells,
        "duration": f"{hours} h",
        "sample": ["0 h", "1 h", f"{hours} h"],
        "readouts": ["viability", "cIAP1", "cIAP2", "XIAP", "TRAF2", "TRAF3", "NIK"],
        "dose": list(doses),
        "perturbation": list(perturbation),
        "hypotheses": hypotheses or {},
    }
    result = smaclab.run_many([load(written, catalogue())], id="one", catalogue=catalogue())
    assert (result.status == 0).all()
    return result


def left(result, readout, at_h):
    counts = result.mean(readout)["one"]
    return counts.loc[at_h] / counts.loc[0]


@pytest.mark.claim("TWEAK takes cIAP1 and TRAF2 away and stabilizes NIK", source="Wu 2007, C57; Vince 2008")
def test_tweak():
    treated = run("EVSA-T", TWEAK)
    assert left(treated, "cIAP1", 8) < 0.8
    assert left(treated, "TRAF2", 8) < 0.3
    assert left(treated, "NIK", 8) > 3


@pytest.mark.claim("The lysosome does it, not the proteasome", source="O18 b; Vince 2008")
def test_bafilomycin_blocks_tweak_and_mg132_does_not():
    alone = left(run("EVSA-T", TWEAK), "TRAF2", 1)
    assert left(run("EVSA-T", TWEAK, MG132), "TRAF2", 1) == pytest.approx(alone, rel=0.2)
    assert left(run("EVSA-T", TWEAK, BAFILOMYCIN), "TRAF2", 1) > 2 * alone


@pytest.mark.claim("TWEAK's two answers differ in TRAF2", source="O18 a against b")
def test_the_switch_of_tweak_separates():
    proteasome = run("EVSA-T", TWEAK, hypotheses={"O18": "a"})
    assert left(proteasome, "TRAF2", 8) > 0.8
    assert left(proteasome, "cIAP1", 8) < 0.5


@pytest.mark.claim(
    "With caspases blocked and RIP3 there, cells die by necroptosis", source="Holler 2000; O21 b"
)
def test_necroptosis_needs_blocked_caspases_and_rip1s_kinase():
    blocked = run("HCT 116", MIMETIC, TNF, Z_VAD, hours=24)
    assert blocked.fraction_alive()["one"] < 0.5
    assert set(blocked.death_kind.ravel()) <= {"necroptosis", ""}
    unblocked = run("HCT 116", MIMETIC, TNF, hours=24)
    assert unblocked.fraction_alive()["one"] < 0.5
    assert set(unblocked.death_kind.ravel()) <= {"apoptosis", ""}
    assert run("HCT 116", MIMETIC, TNF, Z_VAD, NECROSTATIN, hours=24).fraction_alive()["one"] > 0.75
    off = run("HCT 116", MIMETIC, TNF, Z_VAD, hours=24, hypotheses={"O21": "a"})
    assert off.fraction_alive()["one"] > 0.75


@pytest.mark.claim("Without RIP3, z-VAD saves", source="Wu 2007, C28 in a RIP3-low line")
def test_z_vad_saves_a_line_without_rip3():
    assert run("EVSA-T", MIMETIC, Z_VAD, hours=24).fraction_alive()["one"] > 0.75


@pytest.mark.parametrize("mutation", ["RING-dead", "BIR3-dead"])
@pytest.mark.claim("Loss of cIAP1 needs its RING and its pocket", source="Wu 2007, C29 and C30")
def test_a_mutant_ciap1_stays(mutation):
    mutant = {"mutate": "BIRC2", "mutation": mutation}
    assert left(run("EVSA-T", MIMETIC, perturbation=[mutant]), "cIAP1", 1) > 0.9


@pytest.mark.claim("The proteasome takes cIAP1, caspases do not", source="Wu 2007, C27 and C28")
def test_mg132_keeps_ciap1_and_z_vad_does_not():
    alone = left(run("EVSA-T", MIMETIC), "cIAP1", 1)
    assert alone < 0.1
    assert left(run("EVSA-T", MIMETIC, MG132), "cIAP1", 1) > 0.6
    assert left(run("EVSA-T", MIMETIC, Z_VAD), "cIAP1", 1) == pytest.approx(alone, abs=0.02)


@pytest.mark.claim("XIAP, TRAF2 and TRAF3 do not change early", source="Wu 2007, C24")
def test_the_others_stay():
    treated = run("EVSA-T", MIMETIC)
    for readout in ("XIAP", "TRAF2", "TRAF3"):
        assert left(treated, readout, 1) == pytest.approx(1.0, abs=0.2), readout


@pytest.mark.claim("Mono- and bivalent drugs of equal affinity remove cIAP1 alike", source="Wu 2007, C33")
def test_valency_does_not_matter_for_loss():
    by_valency = [
        left(run("EVSA-T", {"drug": f"{name} mimetic", "concentration": "3 nM"}), "cIAP1", 1)
        for name in ("monovalent", "bivalent")
    ]
    assert by_valency[0] == pytest.approx(by_valency[1], rel=0.5)


@pytest.mark.claim("A decoy receptor saves as the antibody does", source="Wu 2007, C22")
def test_tnfr1_fc_saves_type_one():
    decoy = {"drug": "TNFR1-Fc", "concentration": "10 ug/ml"}
    assert run("EVSA-T", MIMETIC, decoy, hours=24).fraction_alive()["one"] > 0.75


@pytest.mark.claim("cIAP1 comes back when the mimetic is washed out", source="requirement: wash-outs act")
def test_ciap1_comes_back_after_a_wash_out():
    pulse = {**MIMETIC, "until": "1 h"}
    washed = run("HCT 116", pulse, hours=48)
    assert left(washed, "cIAP1", 1) < 0.1
    assert left(washed, "cIAP1", 48) > 3 * left(run("HCT 116", MIMETIC, hours=48), "cIAP1", 48)
    assert left(washed, "cIAP1", 48) > 0.5


def with_property(line, name, value):
    """The catalogue with one property of one line changed."""
    own = catalogue()
    changed = [
        replace(one, properties={**one.properties, name: replace(one.properties[name], value=value)})
        if one.name == line
        else one
        for one in own.cell_lines
    ]
    return replace(own, cell_lines=tuple(changed))


@pytest.mark.claim("The normal cell lives by its checkpoint on RIP1", source="O16 d; limits of the model")
def test_without_its_checkpoint_the_normal_cell_dies(monkeypatch):
    bare = with_property("BJ", "RIPK1_checkpoint", 1.0)
    monkeypatch.setitem(globals(), "catalogue", lambda: bare)
    assert run("BJ", MIMETIC, TNF, hours=24).fraction_alive()["one"] < 0.5


@pytest.mark.claim("Type I is type I by its licensed TNF promoter", source="O08 a; limits of the model")
def test_without_its_licence_type_one_lives_on_the_mimetic(monkeypatch):
    unlicensed = with_property("EVSA-T", "TNF_competence", 0.01)
    monkeypatch.setitem(globals(), "catalogue", lambda: unlicensed)
    assert run("EVSA-T", MIMETIC, hours=24).fraction_alive()["one"] > 0.75
    assert run("EVSA-T", MIMETIC, TNF, hours=24).fraction_alive()["one"] < 0.5


@pytest.mark.claim("The fast phosphorylation of IkB is this project's hypothesis", source="O03 d against e")
def test_without_the_hypothesis_there_is_no_fast_phosphorylation():
    peaks = []
    for letter in ("d", "e"):
        written = {
            "id": "one",
            "cell_line": "HCT 116",
            "cells": 3,
            "duration": "30 min",
            "sample": "every 5 min",
            "readouts": ["p_IkBa"],
            "dose": [MIMETIC],
            "hypotheses": {"O03": letter},
        }
        peaks.append(smaclab.run(written).mean("p_IkBa")["one"].max())
    assert peaks[0] < 0.1 * peaks[1]
