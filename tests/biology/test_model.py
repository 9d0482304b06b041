"""The rules as a whole; this judges the files under `pathway/` too."""

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

from smaclab.biology.catalogue import load_catalogue
from smaclab.biology.parameters import read_parameters
from smaclab.network.statistics import statistics
from smaclab.network.store import read

SHIPPED = (files("smaclab.biology") / "network.txt").read_text(encoding="utf-8")
NETWORK = read(SHIPPED)
PATHWAY = sorted(
    p for p in (Path(str(files("smaclab.biology"))) / "pathway").glob("*.py") if p.stem != "__init__"
)


@pytest.mark.rules
def test_the_shipped_network_is_what_the_rules_give():
    pytest.importorskip("pysb")
    from smaclab.biology.model import build
    from smaclab.network.expand import expand
    from smaclab.network.store import write

    parameters = read_parameters()
    parts = build(parameters)
    units = {name: value.unit for name, value in parameters.items()}
    assert write(expand(parts.model, inputs=parts.inputs, units=units)) == SHIPPED


def test_the_network_stays_within_its_budget():
    counted = statistics(NETWORK)
    assert counted["species"] <= 350
    assert counted["lu_nnz"] <= 3000
    assert counted["lu_fma"] <= 20_000
    assert counted["unmakeable"] == []


def test_nothing_is_conserved_for_good():
    # Everything is made or lost, and what is only poured in can be clamped.
    assert NETWORK.conserved() == ()


def test_every_input_but_radiation_can_be_clamped():
    rules = {reaction.rule for reaction in NETWORK.reactions}
    held = set(NETWORK.inputs) - {"radiation"}  # absorbed within minutes
    assert {f"clamp_{way}_{name}" for name in held for way in ("pours", "drains")} <= rules


def test_every_parameter_of_the_network_has_a_value_and_every_value_a_use():
    known = read_parameters()
    used = {parameter.name for parameter in NETWORK.parameters}
    assert used <= set(known)
    unused = set(known) - used - {rule.threshold_parameter for rule in load_catalogue().deaths}
    assert not unused, f"no rule uses {sorted(unused)}"


def test_every_name_of_the_catalogue_stands_in_the_network():
    catalogue = load_catalogue()
    observables = {one.name for one in NETWORK.observables}
    parameters = {one.name for one in NETWORK.parameters}
    for readout in catalogue.readouts:
        wanted = {readout.observable, readout.per} - {None, ""}
        assert wanted <= observables, readout.name
    for drug in catalogue.drugs:
        assert drug.enters is None or drug.enters in NETWORK.inputs, drug.name
        assert set(drug.sets) | {one.activity for one in drug.inhibits} <= parameters, drug.name
    for protein in catalogue.proteins:
        assert f"{protein.symbol}_expression" in parameters, protein.symbol
    for activity in catalogue.activities:
        assert activity.parameter in parameters, activity.name
    for mutation in catalogue.mutations:
        beside = mutation.beside
        named = {*mutation.sets, *({*beside.sets, beside.expression} if beside else ())}
        assert named <= parameters, f"{mutation.protein} {mutation.name}"
    for question in catalogue.hypotheses:
        for settings in question.settings.values():
            assert set(settings) <= parameters, question.id


@pytest.mark.parametrize("path", PATHWAY, ids=lambda path: path.stem)
def test_a_mechanism_states_its_scope_what_it_ignores_and_its_sources(path):
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    for word in ("Scope:", "Ignores:", "Source:"):
        assert re.search(rf"^{word} +\S.{{20,}}", doc, re.MULTILINE), f"{path.name} has no {word}"


def test_ciap1_and_ciap2_are_different_proteins():
    sites = {
        monomer.name: {site.site for site in monomer.sites}
        for species in NETWORK.species
        for monomer in species.monomers
        if monomer.name in {"BIRC2", "BIRC3"}
    }
    assert "ring" in sites["BIRC2"]
    assert "ring" not in sites["BIRC3"]


def test_the_medium_is_a_compartment_of_its_own():
    outside = {species.name for species in NETWORK.species if species.compartment == "medium"}
    assert {NETWORK.species[index].name for index in NETWORK.inputs.values()} <= outside


def test_the_killing_complex_has_no_tradd_and_no_traf2():
    for species in NETWORK.species:
        names = {monomer.name for monomer in species.monomers}
        if {"RIPK1", "FADD"} <= names:
            assert not names & {"TRADD", "TRAF2"}, species.name
