from smaclab.biology.citations import cited_in
from smaclab.exchange.links import PREFIX, links_of
from smaclab.exchange.sbml_links import counted
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import Experiment
from smaclab.lab import own_catalogue, own_network

SM = Dose(drug="SM-164", concentration_nM=100.0)
BIRINAPANT = Dose(drug="birinapant", concentration_nM=100.0)


def links(*doses, given=None):
    one = Experiment(id="one", cell_line="EVSA-T", readouts=("cIAP1",), doses=doses)
    return links_of(own_network(), own_catalogue(), one, cited_in, given)


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


def test_ligands_are_proteins_and_muteins_are_versions_of_them():
    found = links().monomers
    assert resources(found["TWEAK"]) == [("is", "uniprot/O43508")]
    assert resources(found["IL1B"]) == [("is", "uniprot/P01584")]
    assert resources(found["TNF"])[0] == ("is", "uniprot/P01375")
    for name in ("TNF_R1", "TNF_R2", "TNF_precursor"):
        assert resources(found[name]) == [("isVersionOf", "uniprot/P01375")]


def test_a_number_has_the_source_of_whoever_brings_it():
    """A file of EVSA-T may not say that its amounts were measured in HEK293T."""
    catalogue = own_catalogue()
    usual = catalogue.parameters["BIRC2_copies"]
    line = catalogue.find_cell_line("EVSA-T").amounts["BIRC2"]
    drug = catalogue.find_drug("birinapant").sets["B_BIRC2_Kd"]
    assert len({usual.value, line.value, 17.0}) == 3
    of_catalogue = links().notes["BIRC2_copies"]
    assert of_catalogue == f"{usual.evidence}: {usual.source}"
    of_line = links(given={"BIRC2_copies": line.value}).notes["BIRC2_copies"]
    assert of_line == f"{line.evidence}: {line.source}"
    of_drug = links(BIRINAPANT, given={"B_BIRC2_Kd": drug.value}).notes["B_BIRC2_Kd"]
    assert of_drug == f"{drug.evidence}: {drug.source}"
    own = links(given={"BIRC2_copies": 17.0})
    assert own.notes["BIRC2_copies"].startswith(f"this cell's own; the catalogue has {usual.value:g} ")
    assert "BIRC2_copies" not in own.parameters


def test_what_has_no_identifier_is_counted():
    found = links(SM)
    assert "AntiTNF" in found.unknown
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
