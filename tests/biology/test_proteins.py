import re
from importlib.resources import files

import pytest

from smaclab.biology.catalogue import read_activities, read_proteins
from smaclab.biology.parameters import read_parameters
from smaclab.experiment.catalogue import Catalogue

PROTEINS = read_proteins()
CATALOGUE = Catalogue(proteins=PROTEINS, activities=read_activities())
UNIPROT = re.compile(r"[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9]([A-Z][A-Z0-9]{2}[0-9]){1,2}")


@pytest.mark.parametrize("protein", PROTEINS, ids=lambda noun: noun.name)
def test_every_protein_has_an_accession_and_a_mechanism(protein):
    assert UNIPROT.fullmatch(protein.uniprot)
    assert (files("smaclab.biology") / "pathway" / f"{protein.module}.py").is_file()


def test_no_two_proteins_share_an_accession():
    assert len({protein.uniprot for protein in PROTEINS}) == len(PROTEINS)


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("cIAP1", "BIRC2"),
        ("c-iap 2", "BIRC3"),
        ("NIK", "MAP3K14"),
        ("RIP1", "RIPK1"),
        ("ripk1", "RIPK1"),
        ("TNFR1", "TNFRSF1A"),
        ("Smac", "DIABLO"),
        ("cFLIP", "CFLAR"),
        ("caspase 8", "CASP8"),
        ("IKK alpha", "CHUK"),
        ("IKK beta", "IKBKB"),
        ("A20", "TNFAIP3"),
        ("HOIP", "RNF31"),
        ("Mcl-1", "BCL2L1"),
        ("MK2", "MAPKAPK2"),
    ],
)
def test_everyday_names_find_the_symbol(typed, symbol):
    assert CATALOGUE.find_protein(typed).symbol == symbol


@pytest.mark.parametrize(
    ("typed", "parameter"),
    [
        ("RIPK1 kinase", "RIPK1_kinase_activity"),
        ("RIP1 kinase", "RIPK1_kinase_activity"),
        ("IKBKB kinase", "IKBKB_kinase_activity"),
        ("IKK beta kinase", "IKBKB_kinase_activity"),
        ("NIK kinase", "MAP3K14_kinase_activity"),
        ("TAK1 kinase", "MAP3K7_kinase_activity"),
        ("caspase", "caspase_activity"),
        ("caspase-8", "CASP8_activity"),
        ("NF-kB transcription", "NFKB_transcription_activity"),
        ("cIAP ligase", "BIRC_ligase_activity"),
    ],
)
def test_everyday_names_find_the_activity(typed, parameter):
    assert CATALOGUE.find_activity(typed).parameter == parameter


def test_every_activity_is_a_parameter_of_the_model_and_is_one_at_rest():
    parameters = read_parameters()
    for activity in read_activities():
        assert activity.parameter in parameters, activity.name
        assert parameters[activity.parameter].value == 1, activity.name
