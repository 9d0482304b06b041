"""Everyday names of what the rules are written with."""

from smaclab.biology.catalogue import load_catalogue
from smaclab.biology.everyday import BOUND, STATES, everyday_names
from smaclab.lab import own_network


def test_proteins_and_their_mrnas_have_everyday_names():
    names = everyday_names(load_catalogue().proteins)
    assert names["BIRC2"] == "cIAP1"
    assert names["m_TNFAIP3"] == "A20 mRNA"
    assert names["SMB"] == "bivalent mimetic"


def test_a_state_says_which_form_of_nfkb2_it_is():
    assert everyday_names(load_catalogue().proteins)["NFKB2"] == "NFKB2"


def test_every_word_is_for_a_state_or_site_that_exists():
    sites = [site for one in own_network().species for monomer in one.monomers for site in monomer.sites]
    assert set(STATES) <= {site.state for site in sites}
    assert set(BOUND) <= {site.site for site in sites}
