"""Fas, TRAIL, IL-1, TNFR2, an antagonist of TNFR1, intrinsic stress, and a tube; 12 cells a condition."""

from functools import lru_cache

import pytest

import smaclab
from smaclab.simulate.run import usable_cores

SM = {"drug": "SM-164", "concentration": "100 nM"}
ANTAGONIST = {"drug": "anti-TNFR1", "concentration": "10 ug/ml"}
X_RAYS = {"drug": "radiation", "absorbed_dose": "10 Gy"}
TUBE = ["BIRC2", "E1", "E2", "ubiquitin", "ATP"]


def ligand(drug, amount):
    return {"drug": drug, "concentration": amount}


WRITTEN = {
    "trail_5": ("HCT 116", [ligand("TRAIL", "5 ng/ml")], {}),
    "trail_5_sm": ("HCT 116", [ligand("TRAIL", "5 ng/ml"), SM], {}),
    "trail_50": ("HCT 116", [ligand("TRAIL", "50 ng/ml")], {}),
    "fasl_50": ("HCT 116", [ligand("FasL", "50 ng/ml")], {}),
    "fasl_5": ("HCT 116", [ligand("FasL", "5 ng/ml")], {}),
    "fasl_5_sm": ("HCT 116", [ligand("FasL", "5 ng/ml"), SM], {}),
    "il1": ("HCT 116", [ligand("IL-1", "10 ng/ml")], {}),
    "etoposide_1": ("HCT 116", [ligand("etoposide", "1 uM")], {}),
    "etoposide_1_sm": ("HCT 116", [ligand("etoposide", "1 uM"), SM], {}),
    "etoposide_50": ("HCT 116", [ligand("etoposide", "50 uM")], {}),
    "rays_10": ("HCT 116", [X_RAYS], {}),
    "rays_10_sm": ("HCT 116", [X_RAYS, SM], {}),
    "evsa_sm_antagonist": ("EVSA-T", [SM, ANTAGONIST], {}),
    "evsa_sm_si_fas": ("EVSA-T", [SM], {"perturbation": [{"knock_down": "FAS", "remaining": 0.15}]}),
    "evsa_sm_si_dr5": ("EVSA-T", [SM], {"perturbation": [{"knock_down": "TNFRSF10B", "remaining": 0.15}]}),
    "fibroblast_trail": ("BJ", [ligand("TRAIL", "50 ng/ml")], {}),
    "fibroblast_fasl": ("BJ", [ligand("FasL", "50 ng/ml")], {}),
    "immortal_trail": ("BJ hTERT SV40 LT", [ligand("TRAIL", "50 ng/ml")], {}),
    "ras_trail": ("BJ hTERT SV40 LT RasG12V", [ligand("TRAIL", "50 ng/ml")], {}),
}


@lru_cache(maxsize=1)
def day():
    loaded = [
        smaclab.load(
            {
                "id": name,
                "cell_line": line,
                "cells": 12,
                "duration": "36 h",
                "sample": ["0 h", "15 min", "24 h", "36 h"],
                "readouts": ["viability", "p_IkBa"],
                "dose": doses,
                **more,
            }
        )
        for name, (line, doses, more) in WRITTEN.items()
    ]
    result = smaclab.run_many(loaded, id="receptors", workers=usable_cores())
    assert (result.status == 0).all()
    return result


def alive(name):
    return float(day().fraction_alive()[name])


@pytest.mark.slow
@pytest.mark.parametrize("drug", ["trail", "fasl"])
@pytest.mark.claim(
    "A mimetic sensitizes to TRAIL and to FasL", source="Wu 2007, C15 and C75; the dose was fitted"
)
def test_a_mimetic_sensitizes_to_other_death_receptors(drug):
    assert alive(f"{drug}_5") > 0.5
    assert alive(f"{drug}_5_sm") < alive(f"{drug}_5") - 0.3
    assert alive(f"{drug}_50") < alive(f"{drug}_5")


@pytest.mark.slow
@pytest.mark.claim("IL-1 turns NF-kB on and kills nobody", source="an input without a death domain")
def test_il_1():
    phospho = day().mean("p_IkBa")["il1"]
    assert phospho.loc[0.25] > 10 * phospho.loc[0]
    assert alive("il1") == 1.0


@pytest.mark.slow
@pytest.mark.claim(
    "An antagonist of TNFR1 saves type I; Fas and TRAIL-R2 do not matter", source="Wu 2007, C16, C17"
)
def test_type_one_dies_by_tnfr1():
    assert alive("evsa_sm_antagonist") > 0.75
    assert alive("evsa_sm_si_fas") < 0.25
    assert alive("evsa_sm_si_dr5") < 0.25


@pytest.mark.slow
@pytest.mark.claim(
    "Chemotherapy or radiation and a mimetic together kill no less than either", source="Wu 2007, C08 (sign)"
)
def test_stress_adds_to_a_mimetic():
    assert alive("etoposide_1_sm") <= alive("etoposide_1")
    assert alive("rays_10_sm") <= alive("rays_10")
    assert alive("etoposide_50") < 0.5


@pytest.mark.slow
@pytest.mark.claim(
    "Normal fibroblasts are spared by TRAIL", source="Wu 2007, C85; DISC_seating was set for it"
)
def test_normal_cells_are_spared_by_trail_and_fasl():
    assert alive("fibroblast_trail") > 0.5
    assert alive("fibroblast_fasl") > 0.5


@pytest.mark.slow
@pytest.mark.claim(
    "Ras, not immortality, makes fibroblasts sensitive to TRAIL", source="Nesterov 2004, abstract"
)
def test_ras_makes_fibroblasts_sensitive_to_trail():
    assert alive("immortal_trail") > 0.5
    assert alive("ras_trail") < 0.5


@pytest.mark.slow
@pytest.mark.claim(
    "A mimetic boosts cIAP1's auto-ubiquitination in a tube, with E1 and E2", source="Wu 2007, C31"
)
def test_auto_ubiquitination_in_a_tube():
    common = {
        "cell_line": "EVSA-T",
        "cells": 1,
        "duration": "30 min",
        "sample": ["0 h", "30 min"],
        "readouts": ["cIAP1", "cIAP1_ubiquitinated"],
    }
    tubes = {
        "drug": {"dose": [SM], "in_vitro": TUBE},
        "none": {"in_vitro": TUBE},
        "no_E2": {"dose": [SM], "in_vitro": [one for one in TUBE if one != "E2"]},
    }
    loaded = [smaclab.load({"id": name, **common, **more}) for name, more in tubes.items()]
    result = smaclab.run_many(loaded, id="tubes")
    marked = result.mean("cIAP1_ubiquitinated")
    whole = result.mean("cIAP1")
    assert marked["drug"].iloc[-1] > 0.9 * whole["drug"].iloc[-1]
    assert marked["none"].iloc[-1] < 0.2 * marked["drug"].iloc[-1]
    assert marked["no_E2"].iloc[-1] == pytest.approx(marked["no_E2"].iloc[0], rel=0.01)
    assert whole["drug"].iloc[-1] == pytest.approx(whole["drug"].iloc[0], rel=1e-4)
