import pytest

from smaclab.exchange.sbml_ids import Ids, sanitized, species_wish
from smaclab.network.species import parse_species


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (
            "BIRC2(pocket,ring~closed,traf2!1).TRAF2(iap!1,tradd)@cell",
            "BIRC2_ring_closed_traf2__TRAF2_iap__cell",
        ),
        ("TNF(receptor)@medium", "TNF__medium"),
        ("T()", "T"),
        ("TNF(r!1)@medium.TNFR1(l!1)@membrane", "TNF_r_at_medium__TNFR1_l_at_membrane"),
    ],
)
def test_a_species_can_be_read(text, wish):
    assert species_wish(parse_species(text)) == wish


@pytest.mark.parametrize(
    ("text", "identifier"), [("p-IKK α", "p_IKK"), ("2 h", "_2_h"), ("", "_"), ("a" * 200, "a" * 100)]
)
def test_what_sbml_does_not_allow_is_taken_out(text, identifier):
    assert sanitized(text) == identifier


def test_each_identifier_is_given_once():
    assert Ids().take_all(["a b", "a-b", "a_b_2", "a b"]) == ["a_b", "a_b_2", "a_b_2_2", "a_b_3"]
