import pytest

from smaclab.experiment.find import own_mutation, own_name


@pytest.mark.parametrize(
    ("kind", "typed", "own"),
    [
        ("cell line", "evsat", "EVSA-T"),
        ("drug", "tl-32711", "birinapant"),
        ("protein", "cIAP1", "BIRC2"),
        ("activity", "RIPK1_kinase_activity", "RIPK1 kinase"),
        ("readout", "VIABILITY", "viability"),
        ("hypothesis", "o06", "O06"),
    ],
)
def test_a_name_becomes_the_catalogues_own(catalogue, kind, typed, own):
    assert own_name(kind, typed, catalogue) == (own, "")


def test_a_name_in_the_wrong_place_gets_a_hint(catalogue):
    found, letter = own_name("activity", "RIP1", catalogue)
    assert found is None
    assert letter.endswith("'RIP1' is a protein; to have less of it write knock_down or knock_out.")


def test_what_is_no_text_is_no_name(catalogue):
    found, letter = own_name("drug", 5, catalogue)
    assert found is None
    assert letter == "5 is not a name. Write the drug's name in quotes."


def test_a_mutation_becomes_the_catalogues_own_or_a_letter_about_its_protein(catalogue):
    assert own_mutation("BIRC2", "ring MUTANT", catalogue) == ("RING-dead", "")
    assert own_mutation("BIRC2", "BIR-dead", catalogue) == (
        None,
        "unknown mutation of BIRC2 'BIR-dead'. Did you mean 'BIR3-dead'? "
        "Known: BIR3-dead, RING-dead, RING-weak, wild type.",
    )
    assert own_mutation("XIAP", "RING-dead", catalogue) == (
        None,
        "unknown mutation of XIAP 'RING-dead'. Known: none. There are mutations of BIRC2, RIPK1.",
    )
    assert own_mutation("BIRC2", 5, catalogue) == (
        None,
        "5 is not a name. Write the mutation's name in quotes.",
    )
