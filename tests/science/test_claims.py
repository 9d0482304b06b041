"""All claims of the paper, judged: those that hold must go on holding, those that fail must go on failing.

A claim that fails has its mechanism-level reason in `claims.toml`. Mending one is a change to be proud of:
take it out of FAILING. The limits are those of the claims; 96 cells, seed 1.
"""

from dataclasses import replace
from functools import lru_cache

import pytest

from smaclab.claims.read import own_claims
from smaclab.claims.shipped import remembered
from smaclab.claims.verify import verify
from smaclab.lab import own_catalogue
from smaclab.simulate.run import usable_cores

pytestmark = pytest.mark.slow

CLAIMS = own_claims()
TESTED = [one for one in CLAIMS if not one.is_narrative]
FAILING = {  # claim ids; why stands in each one's note
    *("C01", "C05", "C10", "C34", "C46", "C50"),
    *("C62", "C64", "C65", "C77", "C84", "C85", "C90"),
}
# What is broken, by parameters set to a value -> claims that must turn from holds to fails.
BROKEN = {
    "no ligase in cIAP1 and cIAP2": (
        {"BIRC2_ligase_activity": 0.0, "BIRC3_ligase_activity": 0.0},
        "C03 C09 C21 C25 C26 C29 C33 C39 C54 C58 C74 C80 C82 C83",
    ),
    "caspase-8 cuts nothing": ({"CASP8_activity": 0.0}, "C03 C09 C12 C14 C15 C63 C74 C80"),
    "NIK has no kinase": ({"MAP3K14_kinase_activity": 0.0}, "C48 C49 C58 C74 C80 C82"),
    "RIP1 does not come to the receptor": (
        {"RIP1_TNFR1_on": 0.0},
        "C03 C09 C15 C42 C43 C44 C45 C63 C68 C73 C74 C75 C80 C83",
    ),
    "IKK beta has no kinase": ({"IKBKB_kinase_activity": 0.0}, "C07 C39 C40 C45 C55 C73 C80 C82"),
    "no translation of TNF": ({"TNF_translation_rate": 0.0}, "C03 C09 C16 C18 C21 C58 C60 C61 C74 C80"),
    "a mimetic does not bind": ({"mimetic_on": 0.0}, "C04 C12 C22 C25"),
    "cIAP1's RINGs do not pair": ({"BIRC2_RING_dimer": 0.0}, "C25 C26 C29 C33 C54"),
    "no proteasome": ({"proteasome_activity": 0.0}, "C25 C26 C29 C33 C49 C55"),
    "TAK1 has no kinase": ({"MAP3K7_kinase_activity": 0.0}, "C07 C40 C73"),
    "p38 leaves MK2 alone": ({"p38_MK2_phosphorylation": 0.0}, "C66"),
    "FADD comes to nothing": (
        {"RIP1_FADD_on": 0.0, "TRADD_FADD_on": 0.0, "DISC_FADD_on": 0.0},
        "C12 C14 C15 C63 C68",
    ),
    "no death receptor's DISC": ({"DISC_FADD_on": 0.0}, "C15 C17 C75"),
    "XIAP holds no caspase": ({"XIAP_CASP3_on": 0.0, "XIAP_CASP9_on": 0.0}, "C06 C20"),
    "caspase-9 cuts nothing": ({"CASP9_CASP3_cleavage": 0.0}, "C08"),
    "tBid does not open Bax": ({"tBid_Bax_activation": 0.0}, "C02 C08 C20"),
    "nothing cuts caspase-3": (
        {"CASP8_CASP3_cleavage": 0.0, "CASP9_CASP3_cleavage": 0.0, "CASP10_CASP3_cleavage": 0.0},
        "C06 C13 C14",
    ),
    "IKK alpha leaves p100 whole": (
        {"IKK_alpha_p100_processing": 0.0},
        "C12 C18 C21 C38 C48 C49 C56 C57 C58 C66 C74 C76 C80 C87 C89",
    ),
    "TNF does not bind TNFR1": (
        {"TNF_TNFR1_on": 0.0},
        "C03 C07 C12 C17 C18 C26 C40 C41 C42 C43 C44 C47 C63 C66 C67 C68 C73 C75 C78 C83",
    ),
    "LUBAC has no ligase": ({"RNF31_activity": 0.0}, "C66 C78"),
    "cFLIP does not pair with caspase-8": ({"CFLAR_pair_on": 0.0}, "C66 C70"),
    "Smac binds no IAP": (
        {"Smac_XIAP_Kd": 1e9, "Smac_BIRC2_Kd": 1e9, "Smac_BIRC3_Kd": 1e9},
        "C04 C71",
    ),
    "no Fn14": ({"TNFRSF12A_copies": 0.0, "TNFRSF12A_expression": 0.0}, "C57"),
}
# Broken alone, each of these leaves every verdict as it is: CYLD, MLKL, A20, JNK, Itch. No claim guards them;
# their own tests (test_handles.py, those of the pathways) do.


@lru_cache(maxsize=1)
def verdicts():
    return {one.claim.id: one for one in verify(CLAIMS, workers=usable_cores()).judged}


def test_there_are_ninety_and_few_cannot_be_tested():
    assert [one.id for one in CLAIMS] == [f"C{number:02d}" for number in range(1, 91)]
    assert len(CLAIMS) - len(TESTED) <= 15
    assert all(one.narrative.strip() for one in CLAIMS if one.is_narrative)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(one.id, marks=pytest.mark.xfail(strict=True, reason=one.note or "see its note"))
        if one.id in FAILING
        else one.id
        for one in TESTED
    ],
)
def test_a_claim(name):
    judged = verdicts()[name]
    assert judged.verdict == "holds", (judged.decisive.words, judged.decisive.value, judged.decisive.margin)


def test_every_claim_that_fails_says_why():
    assert [one.id for one in CLAIMS if one.id in FAILING and not one.note] == []


@pytest.mark.claim("At least 95 % of the established claims hold", source="requirement")
def test_nearly_all_established_claims_hold():
    established = [one for one in verdicts().values() if one.claim.statuses[0] == "E" and one.judgements]
    assert sum(one.verdict == "holds" for one in established) >= 0.95 * len(established)


def test_established_claims_hold_on_other_cells_too():
    """With seed 2 at most three of them turn.

    The standard error of a fraction alive of 96 cells is 0.05: a claim whose figure stands so near its limit
    may turn with the draw. More than a few would mean that the verdicts of seed 1 were luck.
    """
    established = [one for one in TESTED if one.statuses[0] == "E"]
    other = verify(established, seed=2, workers=usable_cores())
    turned = [one.claim.id for one in other.judged if one.verdict != verdicts()[one.claim.id].verdict]
    holds, tested = other.counted("E")
    assert len(turned) <= 3, f"seed 2: {holds} of {tested} hold; turned: {' '.join(turned)}"


def test_what_ships_is_what_is_judged():
    """Medians of 96 cells: another processor may move them in the last digits, not by a hundredth."""
    for row in remembered().rows:
        judged = verdicts()[row["id"]].record()
        assert judged["verdict"] == row["verdict"], row["id"]
        if row["value"] is not None and judged["value"] is not None and row["expects"] == judged["expects"]:
            assert judged["value"] == pytest.approx(row["value"], rel=1e-2, abs=0.05), row["id"]


@pytest.mark.parametrize("mechanism", BROKEN)
def test_a_verdict_fails_when_its_mechanism_is_broken(mechanism):
    values, names = BROKEN[mechanism]
    catalogue = own_catalogue()
    parameters = dict(catalogue.parameters)
    for name, value in values.items():
        parameters[name] = replace(parameters[name], value=value)
    rest_on_it = [one for one in CLAIMS if one.id in names.split()]
    broken = verify(rest_on_it, catalogue=replace(catalogue, parameters=parameters), workers=usable_cores())
    assert rest_on_it
    assert [one.claim.id for one in broken.judged if one.verdict == "holds"] == []
