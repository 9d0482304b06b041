"""What single proteins are needed for: two that replace each other, and one that all of an arm hangs on."""

from functools import cache

import pytest

import smaclab

SM = {"drug": "SM-164", "concentration": "100 nM"}
TNF = {"drug": "TNF", "concentration": "10 ng/ml"}
ETOPOSIDE = {"drug": "etoposide", "concentration": "50 uM"}
CASPASES_OFF = {"inhibit": "caspase", "remaining": 0.0, "from": "-1 h"}  # nobody dies, so all is seen


CD40L = {"drug": "CD40L", "concentration": "1 ug/ml"}
# At rest p52 makes more TNF than all else; without NF-kB the rest is seen.
NO_NF_KB = {"inhibit": "NF-kB transcription", "remaining": 0.0, "from": "-1 h"}


BAITED = [f"{name}_pulled_down" for name in ("XIAP", "cIAP1", "cIAP2", "TRAF2", "TRAF1")]


def mutant(symbol, mutation):
    return [{"mutate": symbol, "mutation": mutation}]


def without(*symbols):
    return [{"knock_out": symbol} for symbol in symbols]


# name: (line, doses, perturbations, readouts, hours); one cell each, the median's neighbor
WRITTEN = {
    "stress": ("HCT 116", [ETOPOSIDE], [CASPASES_OFF], ["pores", "cytochrome_c_cytosol"], 24),
    **{
        f"{name}_{decoy or 'none'}": (
            "HCT 116",
            [{"drug": drug, "concentration": "1 ng/ml"}],
            [CASPASES_OFF, *([{"over_express": decoy, "factor": 300}] if decoy else [])],
            ["TRAIL_R2_DISC", "Fas_DISC", "TRAIL_R3", "TRAIL_R4"],
            4,
        )
        for name, drug in (("trail", "TRAIL"), ("fasl", "FasL"))
        for decoy in ("", "DcR1", "DcR2")
    },
    **{
        f"bait_{name}": (
            "HCT 116",
            [SM, {"drug": "MG132", "concentration": "10 uM"}],
            without(*lost),
            BAITED,
            0.5,
        )
        for name, lost in (("wild", []), ("no_ciap", ["BIRC2", "BIRC3"]), ("no_traf1", ["TRAF1"]))
    },
    "no_bait": ("HCT 116", [], [], BAITED, 0.5),
    "rays": (
        "HCT 116",
        [{"drug": "radiation", "absorbed_dose": "2 Gy", "from": "1 h"}],
        [CASPASES_OFF],
        ["DNA_breaks"],
        1.1,
    ),
    "rays_later": (
        "HCT 116",
        [{"drug": "radiation", "absorbed_dose": "2 Gy", "from": "1 h"}],
        [CASPASES_OFF],
        ["DNA_breaks", "PUMA"],
        9,
    ),
    "stress_no_bax": (
        "HCT 116",
        [ETOPOSIDE],
        [CASPASES_OFF, *without("BAX")],
        ["pores", "cytochrome_c_cytosol"],
        24,
    ),
    "stress_no_bak": (
        "HCT 116",
        [ETOPOSIDE],
        [CASPASES_OFF, *without("BAK1")],
        ["pores", "cytochrome_c_cytosol"],
        24,
    ),
    "stress_neither": (
        "HCT 116",
        [ETOPOSIDE],
        [CASPASES_OFF, *without("BAX", "BAK1")],
        ["pores", "cytochrome_c_cytosol"],
        24,
    ),
    "blocked_caspase_8": (
        "HCT 116",
        [SM, TNF],
        [{"inhibit": "caspase-8", "remaining": 0.02}],
        ["caspase10_activity"],
        4,
    ),
    "no_caspase_8": ("HCT 116", [SM, TNF], without("CASP8"), ["caspase10_activity"], 4),
    "tnf": (
        "HCT 116",
        [TNF],
        [],
        ["p_IKK_beta", "p_MK2", "RIP1_active", "p_JNK", "RIP1_ubiquitin", "NIK"],
        0.25,
    ),
    "tnf_no_nemo": ("HCT 116", [TNF], without("NEMO"), ["p_IKK_beta", "RIP1_ubiquitin"], 0.25),
    "tnf_no_p38": ("HCT 116", [TNF], without("MAPK14"), ["p_MK2"], 0.25),
    "tnf_pamapimod": (
        "HCT 116",
        [TNF, {"drug": "pamapimod", "concentration": "1 uM"}],
        [],
        ["p_MK2", "p_p38"],
        0.25,
    ),
    "tnf_no_tbk1": ("HCT 116", [TNF], without("TBK1"), ["RIP1_active"], 0.25),
    "drug": ("HCT 116", [SM], [], ["p_IKK_beta"], 0.25),
    "drug_no_nemo": ("HCT 116", [SM], without("NEMO"), ["p_IKK_beta"], 0.25),
    "tnf_ring": (
        "HCT 116",
        [TNF],
        mutant("TRAF2", "RING-dead"),
        ["p_JNK", "RIP1_ubiquitin", "NIK"],
        0.25,
    ),
    "tnf_jnk": ("HCT 116", [TNF], mutant("TRAF2", "JNK-dead"), ["p_JNK", "NIK"], 0.25),
    "tnf_cim": ("HCT 116", [TNF], mutant("TRAF2", "CIM mutant"), ["RIP1_ubiquitin", "NIK"], 0.25),
    "no_cd40l": ("HCT 116", [], [], ["TRAF3", "TRAF2", "NIK"], 8),
    "cd40l": ("HCT 116", [CD40L], [], ["TRAF3", "TRAF2", "NIK"], 8),
    "no_cd40": ("HCT 116", [CD40L], without("CD40"), ["TRAF3"], 8),
    "rest": ("EVSA-T", [], [NO_NF_KB], ["cIAP2_mRNA", "TNF_mRNA"], 8),
    "other_inputs": (
        "EVSA-T",
        [],
        [
            NO_NF_KB,
            {"activate": "other inputs to the cIAP2 gene", "factor": 3},
            {"activate": "other inputs to the TNF gene", "factor": 3},
        ],
        ["cIAP2_mRNA", "TNF_mRNA"],
        8,
    ),
    "with_caspase_8": ("HCT 116", [SM, TNF], [], ["caspase10_activity"], 4),
}


@cache
def seen(name):
    """readout -> its value at the hour, of one cell."""
    line, doses, perturbations, readouts, hours = WRITTEN[name]
    result = smaclab.run(
        smaclab.load(
            {
                "id": name,
                "cell_line": line,
                "cells": 1,
                "duration": f"{hours} h",
                "sample": [f"{hours} h"],
                "readouts": readouts,
                "dose": doses,
                "perturbation": perturbations,
            }
        )
    )
    assert (result.status == 0).all()
    return {readout: float(result.mean(readout)[name].iloc[-1]) for readout in readouts}


@pytest.mark.claim(
    "Bax or Bak is enough to open mitochondria, and one is needed", source="Wei 2001, recalled"
)
def test_bax_and_bak_replace_each_other():
    whole = seen("stress")["cytochrome_c_cytosol"]
    for one in ("stress_no_bax", "stress_no_bak"):
        assert seen(one)["cytochrome_c_cytosol"] > 0.5 * whole
    assert seen("stress_neither")["pores"] == pytest.approx(0.0, abs=1e-6)
    assert seen("stress_neither")["cytochrome_c_cytosol"] < 1e-6 * whole


@pytest.mark.claim("Caspase-10 needs caspase-8", source="Horn 2017 and Sprick 2002, abstracts")
def test_caspase_10_is_not_activated_without_caspase_8():
    assert seen("with_caspase_8")["caspase10_activity"] > 1.0
    assert seen("no_caspase_8")["caspase10_activity"] < 1e-6
    # Blocked pairs are not cut and gather on FADD, so that what is left is more than a fiftieth.
    assert (
        seen("blocked_caspase_8")["caspase10_activity"] < 0.3 * seen("with_caspase_8")["caspase10_activity"]
    )


@pytest.mark.claim("Canonical IKK needs NEMO, by way of TNFR1 or not", source="the definition of the handle")
def test_without_nemo_no_ikk_is_activated():
    assert seen("tnf")["p_IKK_beta"] > 1000
    assert seen("drug")["p_IKK_beta"] > 100
    for one in ("tnf_no_nemo", "drug_no_nemo"):
        assert seen(one)["p_IKK_beta"] < 1e-6
    assert seen("tnf_no_nemo")["RIP1_ubiquitin"] > 0  # RIP1's scaffold needs no NEMO


def test_mk2_is_activated_by_p38_alone():
    whole = seen("tnf")["p_MK2"]
    assert seen("tnf_no_p38")["p_MK2"] < 1e-6
    assert seen("tnf_pamapimod")["p_MK2"] < 0.8 * whole
    assert seen("tnf_pamapimod")["p_p38"] > 0


@pytest.mark.claim("TBK1 holds RIP1 back when TNF comes", source="Lafont 2018, abstract (sign)")
def test_without_tbk1_more_rip1_is_active():
    assert seen("tnf_no_tbk1")["RIP1_active"] > 1.05 * seen("tnf")["RIP1_active"]


@pytest.mark.claim(
    "TRAF2's RING holds NIK, not RIP1's ubiquitin; its cIAP motif both", source="Vince 2009, abstract"
)
def test_mutants_of_traf2():
    assert seen("tnf_ring")["p_JNK"] < 0.95 * seen("tnf")["p_JNK"]
    assert seen("tnf_ring")["RIP1_ubiquitin"] == pytest.approx(seen("tnf")["RIP1_ubiquitin"], rel=0.2)
    assert seen("tnf_jnk")["p_JNK"] == pytest.approx(seen("tnf_ring")["p_JNK"], rel=0.2)
    assert seen("tnf_jnk")["NIK"] == pytest.approx(seen("tnf")["NIK"], rel=0.2)
    assert seen("tnf_cim")["RIP1_ubiquitin"] < 0.1 * seen("tnf")["RIP1_ubiquitin"]
    for one in ("tnf_ring", "tnf_cim"):
        assert seen(one)["NIK"] > 5 * seen("tnf")["NIK"]


def test_cd40_consumes_its_trafs_and_nik_stays():
    assert seen("cd40l")["TRAF3"] < 0.9 * seen("no_cd40l")["TRAF3"]
    assert seen("cd40l")["TRAF2"] < 0.95 * seen("no_cd40l")["TRAF2"]
    assert seen("cd40l")["NIK"] > 1.1 * seen("no_cd40l")["NIK"]
    assert seen("no_cd40")["TRAF3"] == pytest.approx(seen("no_cd40l")["TRAF3"], rel=1e-3)


def test_inputs_beside_nf_kb_raise_the_genes_of_tnf_and_ciap2():
    for mrna in ("cIAP2_mRNA", "TNF_mRNA"):
        assert seen("other_inputs")[mrna] > 1.05 * seen("rest")[mrna]


@pytest.mark.claim(
    "A gray makes some 35 double-strand breaks, which are repaired", source="Rothkamm 2003, recalled"
)
def test_radiation_breaks_dna_and_is_repaired():
    assert seen("rays")["DNA_breaks"] == pytest.approx(2 * 35, rel=0.05)
    assert seen("rays_later")["DNA_breaks"] == pytest.approx(
        2 * 35 / 4, rel=0.1
    )  # two half-lives of four hours
    assert seen("rays_later")["PUMA"] > 10


@pytest.mark.claim("Decoys keep TRAIL, not FasL, from its receptors", source="Merino 2006, abstract (sign)")
def test_decoys_hold_trail():
    none, fasl = seen("trail_none"), seen("fasl_none")
    for decoy, protein in (("DcR1", "TRAIL_R3"), ("DcR2", "TRAIL_R4")):
        assert seen(f"trail_{decoy}")[protein] > 100 * none[protein]
        assert seen(f"trail_{decoy}")["TRAIL_R2_DISC"] < 0.995 * none["TRAIL_R2_DISC"]
        assert seen(f"fasl_{decoy}")["Fas_DISC"] == pytest.approx(fasl["Fas_DISC"], rel=1e-3)
    assert seen("trail_DcR2")["TRAIL_R2_DISC"] < 0.5 * none["TRAIL_R2_DISC"]


@pytest.mark.claim(
    "A mimetic pulls down XIAP, both cIAPs, TRAF1 and TRAF2, the TRAFs through the cIAPs only",
    source="Petersen 2007, through Wu 2007; C11",
)
def test_what_a_mimetic_pulls_down():
    wild, no_ciap, no_traf1 = (seen(f"bait_{name}") for name in ("wild", "no_ciap", "no_traf1"))
    assert min(wild.values()) > 10
    assert max(seen("no_bait").values()) < 1e-6
    assert no_ciap["XIAP_pulled_down"] > 0.8 * wild["XIAP_pulled_down"]
    assert max(no_ciap["TRAF1_pulled_down"], no_ciap["TRAF2_pulled_down"]) < 1e-3
    assert no_traf1["TRAF1_pulled_down"] < 1e-6
    assert no_traf1["TRAF2_pulled_down"] == pytest.approx(wild["TRAF2_pulled_down"], rel=1e-3)
