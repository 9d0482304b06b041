from smaclab.biology.citations import cited_in
from smaclab.exchange.links import PREFIX, links_of
from smaclab.exchange.sbml_links import counted
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.lab import own_catalogue, own_network

SM = Dose(drug="SM-164", concentration_nM=100.0)
BIRINAPANT = Dose(drug="birinapant", concentration_nM=100.0)


def links(*doses):
    one = Experiment(id="one", cell_line="EVSA-T", readouts=("cIAP1",), doses=doses)
    return links_of(own_network(), own_catalogue(), one, cited_in)


def resources(found):
    return [(one.qualifier, one.resource.removeprefix(PREFIX)) for one in found]


def test_proteins_messengers_places_and_lines_are_what_the_catalogue_says():
    found = links(SM)
    assert resources(found.monomers["BIRC2"]) == [("is", "uniprot/Q13490"), ("is", "hgnc.symbol/BIRC2")]
    assert resources(found.monomers["m_TNF"])[0] == ("encodes", "uniprot/P01375")
    assert resources(found.monomers["SMB"]) == [("is", "chebi/CHEBI:192710")]
    assert resources(found.compartments["membrane"]) == [("is", "go/GO:0005886")]
    assert resources(found.model)[1] == ("isPartOf", "cellosaurus/CVCL_1207")
    assert ("isDescribedBy", "doi/10.1073/pnas.95.2.570") in resources(found.parameters["TNF_TNFR2_Kd"])


def test_a_slot_of_two_drugs_or_of_none_is_neither():
    assert "SMB" not in links(SM, BIRINAPANT).monomers
    assert "SMB" not in links().monomers
    assert "SMB" in links().unknown


def test_what_has_no_identifier_is_counted():
    found = links(SM)
    assert "TNF_precursor" in found.unknown
    assert "BIRC2" not in found.unknown
    have, of = counted(own_network(), found)["species"]
    assert of == len(own_network().species)
    assert 0.9 * of < have < of


def test_kinds():
    kinds = links().kinds
    assert (kinds["BIRC2"], kinds["m_TNF"], kinds["SMM"], kinds["Radiation"]) == (
        "protein",
        "messenger RNA",
        "simple chemical",
        "other",
    )
