"""A toy catalogue: enough to name, nothing to believe."""

import pytest

from smaclab.experiment.activity import Activity
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.death_rule import DeathRule
from smaclab.experiment.drug import Drug, Inhibition
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.mutation import Beside, Mutation
from smaclab.experiment.protein import Protein
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value


def toy(value, unit="1"):
    return Value(value=value, unit=unit, evidence="assumed", source="made up for this test")


def make_line(name, *aliases):
    return CellLine(
        name=name,
        aliases=aliases,
        accession="CVCL_0000",
        description="a toy",
        doubling_time_s=toy(86_400.0, "s"),
        variability=toy(0.25),
        kind="tumor",
        amounts={"RIPK1": toy(1000.0, "copies/cell")},
    )


def make_mimetic(name, *aliases):
    return Drug(
        name=name,
        aliases=aliases,
        kind="mimetic",
        source="made up for this test",
        enters="mimetic",
        valency=2,
        sets={"mimetic_BIRC2_Kd": toy(1.0, "nM")},
    )


def make_inhibitor(name, activity):
    return Drug(
        name=name,
        kind="inhibitor",
        source="made up for this test",
        inhibits=(Inhibition(activity=activity, ic50_nM=toy(100.0, "nM"), floor=toy(0.05)),),
    )


def make_mutation(protein, name, *aliases, beside=None, **sets):
    return Mutation(
        protein=protein,
        name=name,
        aliases=aliases,
        sets=sets,
        description="a toy",
        source="made up for this test",
        beside=None if beside is None else Beside(expression="added_expression", sets=beside),
    )


@pytest.fixture(scope="session")
def catalogue():
    tnf = Drug(
        name="TNF",
        aliases=("TNFα", "tumor necrosis factor"),
        kind="ligand",
        source="made up for this test",
        molar_mass_g_per_mol=52_000.0,
        enters="TNF",
    )
    return Catalogue(
        cell_lines=[make_line("EVSA-T"), make_line("HCT 116", "HCT116-wt"), make_line("BJ")],
        drugs=[
            tnf,
            make_mimetic("birinapant", "TL32711"),
            make_mimetic("SM-164"),
            make_inhibitor("MG132", "proteasome_activity"),
            make_inhibitor("bortezomib", "proteasome_activity"),
        ],
        proteins=[
            Protein(symbol="BIRC2", name="cIAP1", uniprot="Q13490", module="ligase"),
            Protein(symbol="RIPK1", name="RIP1", uniprot="Q13546", module="receptor"),
            Protein(symbol="XIAP", name="XIAP", uniprot="P98170", module="ligase"),
        ],
        activities=[
            Activity(name="RIPK1 kinase", parameter="RIPK1_kinase_activity", description="a toy"),
            Activity(name="proteasome", parameter="proteasome_activity", description="a toy"),
        ],
        mutations=[
            make_mutation(
                "BIRC2", "RING-dead", "RING mutant", beside={"added_ligase": 0.0}, BIRC2_ligase=0.0
            ),
            make_mutation("BIRC2", "RING-weak", BIRC2_ligase=0.5),
            make_mutation("BIRC2", "BIR3-dead", BIRC2_pocket=0.0),
            make_mutation("BIRC2", "wild type", beside={"added_ligase": 1.0}),
            make_mutation("RIPK1", "kinase-dead", "K45A", RIPK1_kinase_activity=0.0),
        ],
        readouts=[
            Readout(name="viability", observable="", unit="1", description="alive", special="viability"),
            Readout(name="cIAP1", observable="BIRC2_total", unit="molecules", description="all cIAP1"),
            Readout(name="TNF_medium", observable="TNF_medium", unit="pg/ml", description="free TNF"),
        ],
        hypotheses=[
            Hypothesis(
                id="O06",
                question="which arm?",
                values={"a": "p52", "b": "RelA"},
                default="a",
                settings={"a": {"by_p52": 1.0}, "b": {"by_p52": 0.0}},
            ),
        ],
        deaths=[
            DeathRule(kind="apoptosis", observable="CASP3_active", threshold_parameter="death_threshold")
        ],
        parameters={"death_threshold": toy(1000.0, "copies/cell")},
    )
