import pytest

from smaclab.experiment.find import own_name


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
