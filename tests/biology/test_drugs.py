import re

import pytest

from smaclab.biology.catalogue import read_activities, read_drugs
from smaclab.biology.parameters import read_parameters

DRUGS = {drug.name: drug for drug in read_drugs()}
SLOT = {"monovalent_mimetic": "M", "bivalent_mimetic": "B"}
TARGETS = ("BIRC2_Kd", "BIRC3_Kd", "XIAP_BIR3_Kd", "XIAP_BIR2_Kd")
MIMETICS = [drug for drug in DRUGS.values() if drug.kind == "mimetic"]


def test_the_catalogue_has_these_drugs():
    assert {drug.name: drug.kind for drug in DRUGS.values()} == {
        "monovalent mimetic": "mimetic",
        "bivalent mimetic": "mimetic",
        "SM-164": "mimetic",
        "birinapant": "mimetic",
        "LCL161": "mimetic",
        "GDC-0152": "mimetic",
        "AT-406": "mimetic",
        "BV6": "mimetic",
        "AZD5582": "mimetic",
        "compound A": "mimetic",
        "TNF": "ligand",
        "TWEAK": "ligand",
        "bafilomycin A1": "inhibitor",
        "anti-TNF": "neutralizer",
        "TNFR1-Fc": "neutralizer",
        "MG132": "inhibitor",
        "z-VAD": "inhibitor",
        "cycloheximide": "inhibitor",
        "necrostatin-1": "inhibitor",
        "TPCA-1": "inhibitor",
        "5Z-7-oxozeaenol": "inhibitor",
        "SP600125": "inhibitor",
        "PF-3644022": "inhibitor",
        "pamapimod": "inhibitor",
        "bortezomib": "inhibitor",
        "FasL": "ligand",
        "TRAIL": "ligand",
        "IL-1": "ligand",
        "CD40L": "ligand",
        "TNF R1-selective": "ligand",
        "TNF R2-selective": "ligand",
        "anti-TNFR1": "neutralizer",
        "etoposide": "stressor",
        "radiation": "radiation",
    }


@pytest.mark.parametrize("drug", DRUGS.values(), ids=lambda noun: noun.name)
def test_every_drug_says_who_it_is(drug):
    assert len(drug.source) > 20
    assert drug.chebi is None or re.fullmatch(r"CHEBI:\d+", drug.chebi)
    assert drug.chebi or "ChEBI" in drug.source, "without an id, the source says why"
    assert drug.molar_mass_g_per_mol or "Molar mass not" in drug.source, "without a mass, the source says why"
    for key, value in drug.sets.items():
        assert len(value.source) > 20, key
        assert value.prior, key


@pytest.mark.parametrize("drug", MIMETICS, ids=lambda noun: noun.name)
def test_a_mimetic_brings_everything_its_slot_needs(drug):
    slot = SLOT[drug.enters]
    assert drug.valency == {"M": 1, "B": 2}[slot]
    assert set(drug.sets) == {f"{slot}_{target}" for target in TARGETS} | {f"{slot}_permeability"}
    assert {drug.sets[f"{slot}_{target}"].unit for target in TARGETS} == {"nM"}
    assert drug.sets[f"{slot}_permeability"].unit == "1/s"


def test_one_head_of_the_generic_mimetics_is_the_same():
    one, two = DRUGS["monovalent mimetic"].sets, DRUGS["bivalent mimetic"].sets
    assert {name[2:]: value.value for name, value in one.items()} == {
        name[2:]: value.value for name, value in two.items()
    }


@pytest.mark.parametrize("drug", MIMETICS, ids=lambda noun: noun.name)
def test_cIAP1_is_bound_best_and_BIR2_worst(drug):
    slot = SLOT[drug.enters]
    cIAP1, *others, BIR2 = (drug.sets[f"{slot}_{target}"].value for target in TARGETS)
    assert cIAP1 <= min(others) <= max(others) < BIR2


def test_birinapant_has_its_measured_affinities():
    found = {
        name: (v.value, v.evidence)
        for name, v in DRUGS["birinapant"].sets.items()
        if name != "B_permeability"
    }
    assert found["B_BIRC2_Kd"] == (1.0, "measured")
    assert found["B_BIRC3_Kd"] == (36.0, "measured")
    assert found["B_XIAP_BIR3_Kd"] == (45.0, "measured")
    assert found["B_XIAP_BIR2_Kd"][1] == "assumed"


@pytest.mark.parametrize(
    ("name", "valency", "affinities", "measured"),
    [
        ("LCL161", 1, (0.4, 1.1, 35.0), 0),
        ("GDC-0152", 1, (17.0, 43.0, 28.0), 3),
        ("AT-406", 1, (1.9, 5.1, 66.4), 3),
        ("BV6", 2, (0.46, 1.2, 5.3), 0),
        ("AZD5582", 2, (15.0, 21.0, 15.0), 0),
        ("compound A", 2, (1.0, 2.0, 10.0), 0),
    ],
)
def test_a_named_mimetic_has_its_own_affinities_under_true_labels(name, valency, affinities, measured):
    """Only what the paper's own text showed is measured; BIR2, and all that was recalled, is assumed."""
    drug = DRUGS[name]
    heads = [drug.sets[f"{SLOT[drug.enters]}_{target}"] for target in TARGETS]
    assert drug.valency == valency
    assert tuple(head.value for head in heads[:3]) == affinities
    assert [head.evidence for head in heads] == ["measured"] * measured + ["assumed"] * (4 - measured)
    assert heads[3].value == pytest.approx(20 * heads[2].value, rel=0.01)


@pytest.mark.parametrize("drug", MIMETICS, ids=lambda noun: noun.name)
def test_what_was_recalled_is_not_called_measured(drug):
    wrong = [name for name, v in drug.sets.items() if v.evidence == "measured" and "recalled" in v.source]
    assert not wrong


@pytest.mark.parametrize("drug", DRUGS.values(), ids=lambda noun: noun.name)
def test_what_a_drug_sets_and_inhibits_is_a_parameter_of_the_model(drug):
    parameters = read_parameters()
    activities = {activity.parameter for activity in read_activities()}
    assert not [name for name in drug.sets if name not in parameters]
    assert not [each.activity for each in drug.inhibits if each.activity not in activities & set(parameters)]


@pytest.mark.parametrize(
    ("name", "activity", "usual_nM", "floor"),
    [
        ("MG132", "proteasome_activity", 10_000, 0.05),
        ("z-VAD", "caspase_activity", 20_000, 0.02),
        ("cycloheximide", "translation_activity", 35_500, 0.05),
        ("necrostatin-1", "RIPK1_kinase_activity", 30_000, 0.05),
        ("TPCA-1", "IKBKB_kinase_activity", 10_000, 0.05),
        ("5Z-7-oxozeaenol", "MAP3K7_kinase_activity", 1_000, 0.05),
        ("PF-3644022", "MAPKAPK2_kinase_activity", 10_000, 0.05),
        ("bortezomib", "proteasome_activity", 1_000, 0.05),
    ],
)
def test_a_usual_dose_of_an_inhibitor_leaves_little_more_than_its_floor(name, activity, usual_nM, floor):
    (inhibition,) = DRUGS[name].inhibits
    assert inhibition.activity == activity
    assert inhibition.floor.value == floor
    assert floor < inhibition.remaining(usual_nM) < floor + 0.03
    assert inhibition.remaining(0.0) == 1.0


def test_a_usual_dose_of_SP600125_leaves_a_quarter_of_JNK():
    (inhibition,) = DRUGS["SP600125"].inhibits
    assert inhibition.activity == "MAPK8_kinase_activity"
    assert inhibition.floor.value == 0.05
    assert inhibition.remaining(20_000) == pytest.approx(0.24)


def test_one_nanogram_of_tnf_is_nineteen_picomolar():
    assert 1e6 / DRUGS["TNF"].molar_mass_g_per_mol == pytest.approx(19.2, abs=0.1)  # pM in 1 ng/ml
