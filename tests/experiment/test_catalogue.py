from dataclasses import replace

import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.catalogue import Catalogue
from smaclab.lab import own_catalogue


@pytest.mark.parametrize("typed", ["HCT 116", "hct116", "HCT-116", "hct_116", "HCT116 wt"])
def test_a_cell_line_is_found_by_any_of_its_spellings(catalogue, typed):
    assert catalogue.find_cell_line(typed).name == "HCT 116"


def test_each_kind_is_found_by_name_symbol_or_alias(catalogue):
    assert catalogue.find_drug("TNF-alpha").name == "TNF"
    assert catalogue.find_protein("ciap-1").symbol == "BIRC2"
    assert catalogue.find_protein("birc2").symbol == "BIRC2"
    assert catalogue.find_activity("ripk1 KINASE").parameter == "RIPK1_kinase_activity"
    assert catalogue.find_readout("tnf medium").name == "TNF_medium"
    assert catalogue.find_hypothesis("o06").id == "O06"


@pytest.mark.parametrize("typed", ["RING-dead", "ring dead", "RINGdead", "ring_mutant"])
def test_a_mutation_is_found_by_any_of_its_spellings_of_its_protein_only(catalogue, typed):
    assert catalogue.find_mutation("BIRC2", typed).name == "RING-dead"
    assert catalogue.find_mutation("RIPK1", typed) is None
    assert catalogue.find_mutation("XIAP", typed) is None


def test_two_proteins_may_have_mutations_of_one_name_but_one_may_not(catalogue):
    ring = catalogue.find_mutation("BIRC2", "RING-dead")
    other = replace(ring, protein="XIAP")
    both = Catalogue(mutations=[ring, other])
    assert both.find_mutation("XIAP", "ring-dead") is other
    with pytest.raises(CatalogueError, match="Two BIRC2 mutations answer to 'ring dead'"):
        Catalogue(mutations=[ring, replace(ring, name="ring dead")])


def test_what_is_not_there_is_none(catalogue):
    finders = ("cell_line", "drug", "protein", "activity", "readout", "hypothesis")
    assert [getattr(catalogue, f"find_{kind}")("nobody") for kind in finders] == [None] * 6


def test_a_name_belongs_to_one_entry(catalogue):
    twin = replace(catalogue.find_cell_line("BJ"), name="b-j")
    with pytest.raises(CatalogueError, match="Two cell lines answer to 'b-j': 'BJ' and 'b-j'."):
        Catalogue(cell_lines=[*catalogue.cell_lines, twin])


def test_the_settings_of_all_hypotheses(catalogue):
    assert catalogue.hypothesis_settings({}) == {"by_p52": 1.0}
    assert catalogue.hypothesis_settings({"O06": "b"}) == {"by_p52": 0.0}
    assert catalogue.hypothesis_letters({}) == {"O06": "a"}


def test_a_protein_means_the_antibody_against_the_whole_of_it():
    known = own_catalogue()
    assert known.find_antibody("RIPK1").name == "RIP1"
    assert known.find_antibody("ub-rip1").name == "Ub-RIP1"
    assert known.find_antibody("p52").name == "p100/p52"
    assert known.find_antibody("nonsense") is None
