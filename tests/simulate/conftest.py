"""A toy with a known answer: T is made and decays, a drug in the medium makes more of it, too much T kills.

At rest T = T_copies * T_expression * translation. With D molecules of drug, T goes to that plus
D * drug_makes / T_decay, as an exponential with the rate T_decay.
"""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from smaclab.experiment.activity import Activity
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.death_rule import DeathRule
from smaclab.experiment.dose import Dose
from smaclab.experiment.drug import Drug, Inhibition
from smaclab.experiment.experiment import Experiment
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.mutation import Beside, Mutation
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value
from smaclab.kernel import compile_kernel
from smaclab.network.network import Constant, Network, Observable, Parameter, Reaction
from smaclab.network.species import parse_species

DECAY = 1e-4  # 1/s
MAKES = 1e-6  # T per drug molecule and second
COPIES = 10_000.0
THRESHOLD = 40_000.0
PER_NM = 602.214_076 * 10_000.0  # molecules of drug per nM in a cell's medium


def value(number, unit="1"):
    return Value(value=number, unit=unit, evidence="assumed", source="a toy of the tests")


def names(*texts, unit="1"):
    return tuple(Parameter(name=text, unit=unit) for text in texts)


def trigger_network():
    return Network(
        parameters=names(
            "T_copies",
            "T_expression",
            "T_decay",
            "translation",
            "drug_makes",
            "threshold",
            "growth_rate",
            "medium_volume",
        ),
        constants=(Constant(name="T_made", expression="T_copies * T_expression * T_decay * translation"),),
        observables=(
            Observable(name="T_total", terms=((0, 1.0),)),
            Observable(name="drug_free", terms=((1, 1.0),)),
        ),
        species=(parse_species("T()@cell"), parse_species("Drug()@medium")),
        reactions=(
            Reaction(rule="T_is_made", reactants=(), products=(0,), rate="T_made"),
            Reaction(rule="T_decays", reactants=(0,), products=(), rate="T_decay"),
            Reaction(rule="drug_makes_T", reactants=(1,), products=(0, 1), rate="drug_makes"),
        ),
        initial=(),
        inputs={"drug": 1},
    )


def toy_catalogue(**other):
    line = CellLine(
        name="Toy line", accession="CVCL_0000", description="toy", doubling_time_s=value(86_400.0, "s"),
        variability=value(other.pop("sigma", 0.0)), kind="tumor", amounts={"T": value(COPIES, "copies")},
        properties=other.pop("properties", {}),
    )  # fmt: skip
    given = {
        "cell_lines": (line,),
        "drugs": (
            Drug(
 name="poison", kind="ligand", source="toy", enters="drug", sets={"drug_makes": value(MAKES)},
),
            Drug(name="venom", kind="ligand", source="toy", enters="drug"),
            Drug(
                name="stopper", kind="inhibitor", source="toy",
                inhibits=(Inhibition(activity="translation", ic50_nM=value(10.0, "nM"), floor=value(0.2)),),
            ),
        ),
        "activities": (Activity(name="protein synthesis", parameter="translation", description="toy"),),
        "mutations": (
            Mutation(
                protein="T", name="stable", sets={"T_decay": DECAY / 2}, description="toy", source="toy",
            ),
            Mutation(
                protein="T", name="added", sets={}, description="toy", source="toy",
                beside=Beside(expression="drug_makes", sets={"T_decay": DECAY / 4}),
            ),
            Mutation(
                protein="T", name="silent", sets={"translation": 0.0}, description="toy", source="toy",
            ),
        ),
        "readouts": (
            Readout(name="T", observable="T_total", unit="molecules", description="toy"),
            Readout(name="T per drug", observable="T_total", per="drug_free", unit="1", description="toy"),
            Readout(
                name="drug in medium", observable="drug_free", unit="nM", scale=1 / 602.214_076,
                per_medium_volume=True, description="toy",
            ),
            Readout(name="viability", observable="", unit="1", special="viability", description="toy"),
        ),
        "hypotheses": (
            Hypothesis(
                id="O01", question="how much?", values={"a": "little", "b": "much"}, default="a",
                settings={"a": {"threshold": THRESHOLD}, "b": {"threshold": 2 * THRESHOLD}},
            ),
        ),
        "deaths": (DeathRule(kind="apoptosis", observable="T_total", threshold_parameter="threshold"),),
        "parameters": {
            "T_expression": value(1.0), "T_decay": value(DECAY), "translation": value(1.0),
            "drug_makes": value(MAKES), "threshold": value(7.0), "growth_rate": value(7.0),
            "medium_volume": value(7.0),
        },
    }  # fmt: skip
    return Catalogue(**(given | other))


def toy_experiment(**given):
    usual = {
        "id": "toy", "cell_line": "Toy line", "readouts": ("T", "drug in medium", "viability"), "cells": 1,
        "duration_s": 36_000.0, "sample_s": tuple(1800.0 * i for i in range(21)),
    }  # fmt: skip
    return Experiment(**(usual | given))


def poisoned(nM=1.0, start_s=0.0, end_s=math.inf, drug="poison"):
    return Dose(drug=drug, concentration_nM=nM, start_s=start_s, end_s=end_s)


def expected_T(time_s, nM=1.0, rest=COPIES, start=None):
    top = rest + nM * PER_NM * MAKES / DECAY
    start = rest if start is None else start
    return top + (start - top) * np.exp(-DECAY * np.asarray(time_s))


@pytest.fixture(scope="session")
def toy():
    network = trigger_network()
    return SimpleNamespace(
        network=network, kernel=compile_kernel(network), catalogue=toy_catalogue, experiment=toy_experiment,
        dose=poisoned, expected_T=expected_T, value=value, names=names, DECAY=DECAY, MAKES=MAKES,
        COPIES=COPIES,
        THRESHOLD=THRESHOLD, PER_NM=PER_NM,
    )  # fmt: skip


@pytest.fixture(scope="session")
def dimers():
    """A + A <-> AA, nothing made or lost: the total A + 2 AA stays."""
    network = Network(
        parameters=names("A_copies", "on", "off"),
        observables=(Observable(name="total", terms=((0, 1.0), (1, 2.0))),),
        species=(parse_species("A(a)@cell"), parse_species("A(a!1).A(a!1)@cell")),
        reactions=(
            Reaction(rule="bind", reactants=(0, 0), products=(1,), rate="on", factor=0.5),
            Reaction(rule="part", reactants=(1,), products=(0, 0), rate="off"),
        ),
        initial=((0, "A_copies"),),
    )
    return compile_kernel(network)
