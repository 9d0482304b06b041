"""A toy with the names of the real thing: cIAP1 is lost on the drug, p52 rises, TNF is made, caspases kill.

Its numbers mean nothing; it is small enough that a whole campaign takes a second.
"""

from smaclab.experiment.activity import Activity
from smaclab.experiment.antibody import Antibody, Band
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.death_rule import DeathRule
from smaclab.experiment.drug import Drug
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.mutation import Mutation
from smaclab.experiment.protein import Protein
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value
from smaclab.network.network import Constant, Network, Observable, Parameter, Reaction
from smaclab.network.species import parse_species

SPECIES = ("BIRC2", "p52", "CASP8", "CASP3", "TNF", "SM")
PARAMETERS = {
    "BIRC2_expression": 1.0,
    "BIRC2_decay": 1e-4,
    "drug_on": 1e-9,
    "p52_made": 1.0,
    "p52_lost": 1e-6,
    "p52_decay": 1e-4,
    "TNF_competence": 0.0,
    "TNF_decay": 5e-5,
    "CASP8_on": 4e-7,
    "CASP8_held": 1e-6,
    "CASP8_decay": 1e-4,
    "CASP3_on": 1e-4,
    "CASP3_decay": 1e-4,
    "death_threshold": 1000.0,
    "medium_volume": 10_000.0,
}


def value(number, unit="1"):
    return Value(value=number, unit=unit, evidence="assumed", source="a toy of the tests")


def toy_network():
    cIAP1, p52, C8, C3, TNF, SM = range(6)
    rules = (
        ("cIAP1_is_made", (), (cIAP1,), "BIRC2_made"),
        ("cIAP1_decays", (cIAP1,), (), "BIRC2_decay"),
        ("drug_removes_cIAP1", (cIAP1, SM), (SM,), "drug_on"),
        ("p52_is_made", (), (p52,), "p52_made"),
        ("cIAP1_removes_p52", (cIAP1, p52), (cIAP1,), "p52_lost"),
        ("p52_decays", (p52,), (), "p52_decay"),
        ("p52_makes_TNF", (p52,), (p52, TNF), "TNF_competence"),
        ("TNF_decays", (TNF,), (), "TNF_decay"),
        ("TNF_makes_caspase8", (TNF,), (TNF, C8), "CASP8_on"),
        ("cIAP1_holds_caspase8", (cIAP1, C8), (cIAP1,), "CASP8_held"),
        ("caspase8_decays", (C8,), (), "CASP8_decay"),
        ("caspase8_makes_caspase3", (C8,), (C8, C3), "CASP3_on"),
        ("caspase3_decays", (C3,), (), "CASP3_decay"),
    )
    places = ("cell",) * 4 + ("medium",) * 2
    return Network(
        parameters=tuple(Parameter(name=name, unit="1") for name in ("BIRC2_copies", *PARAMETERS)),
        constants=(Constant(name="BIRC2_made", expression="BIRC2_copies * BIRC2_expression * BIRC2_decay"),),
        observables=tuple(
            Observable(name=f"{name}_total", terms=((i, 1.0),)) for i, name in enumerate(SPECIES)
        ),
        species=tuple(parse_species(f"{n}()@{at}") for n, at in zip(SPECIES, places, strict=True)),
        reactions=tuple(
            Reaction(rule=name, reactants=tuple(sorted(left)), products=tuple(sorted(right)), rate=rate)
            for name, left, right, rate in rules
        ),
        inputs={"mimetic": SM, "TNF": TNF},
    )


def line(name, competence, *, copies=1e4, variability=0.2):
    return CellLine(
        name=name,
        accession="CVCL_0000",
        description="a toy",
        doubling_time_s=value(86_400.0, "s"),
        variability=value(variability),
        kind="tumor",
        amounts={"BIRC2": value(copies, "copies")},
        properties={"TNF_competence": value(competence)},
    )


def readout(name, species, unit="molecules per cell"):
    return Readout(name=name, observable=f"{species}_total", unit=unit, description=f"{name} of a toy")


def toy_catalogue():
    return Catalogue(
        cell_lines=(line("EVSA-T", 0.2), line("HCT 116", 0.0), line("BJ", 0.0, copies=1e4)),
        drugs=(
            Drug(name="SM-164", kind="mimetic", source="toy", enters="mimetic", valency=2),
            Drug(name="TNF", kind="ligand", source="toy", enters="TNF", molar_mass_g_per_mol=52_000.0),
        ),
        proteins=(Protein(symbol="BIRC2", name="cIAP1", uniprot="Q13490", module="ligase"),),
        activities=(Activity(name="caspase-8", parameter="CASP8_on", description="a toy"),),
        mutations=(
            Mutation(
                protein="BIRC2",
                name="pocket-dead",
                aliases=("pocket mutant",),
                sets={"drug_on": 0.0},
                description="a toy",
                source="a toy of the tests",
            ),
        ),
        readouts=(
            Readout(name="viability", observable="", unit="1", description="alive", special="viability"),
            *(readout(name, "BIRC2") for name in ("cIAP1", "cIAP2")),
            *(readout(name, "p52") for name in ("p_IkBa", "NIK", "p52", "TNF_mRNA")),
            readout("TNF_medium", "TNF"),
            readout("caspase8_activity", "CASP8"),
            readout("caspase3_activity", "CASP3"),
        ),
        hypotheses=(
            Hypothesis(
                id="O06",
                question="Which arm?",
                values={"a": "canonical", "c": "either"},
                default="c",
                settings={"a": {"p52_made": 0.5}, "c": {"p52_made": 1.0}},
            ),
        ),
        antibodies=(
            Antibody(name="cIAP1", protein="BIRC2", bands=(Band(name="cIAP1", kDa=70),), source="a toy"),
            Antibody(
                name="actin",
                protein="",
                loads="lysate",
                bands=(Band(name="actin", kDa=42, copies=1e8),),
                source="a toy",
            ),
        ),
        deaths=(
            DeathRule(kind="apoptosis", observable="CASP3_total", threshold_parameter="death_threshold"),
        ),
        parameters={name: value(number) for name, number in PARAMETERS.items()},
    )


def toy_file(**changes):
    """A small experiment as the dict that a file would give."""
    usual = {
        "id": "toy",
        "cell_line": "EVSA-T",
        "readouts": ["viability", "cIAP1"],
        "cells": 3,
        "duration": "24 h",
        "sample": "every 1 h",
        "dose": [{"drug": "SM-164", "concentration": "100 nM", "from": "0 h"}],
    }
    return usual | changes
