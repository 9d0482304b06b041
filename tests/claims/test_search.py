from dataclasses import replace

import pytest

from smaclab.claims.search import conditions, own_grid, shortlist
from smaclab.lab import own_catalogue

SMALL = replace(
    own_grid(),
    lines=("EVSA-T",),
    times=("10 min", "8 h"),
    readouts=("TRAF2", "p_IkBa"),
    doses={"vehicle": (), "TWEAK": ({"drug": "TWEAK", "concentration": "100 ng/ml"},)},
    perturbations={"none": (), "TNFRSF1A out": ({"knock_out": "TNFRSF1A"},)},
)


def test_the_grid_is_a_product_on_lines_that_can_answer():
    found = conditions(SMALL, "O18", ["EVSA-T", "nobody"], own_catalogue())
    assert [one.name for one in found] == [
        "EVSA-T: vehicle",
        "EVSA-T: vehicle + TNFRSF1A out",
        "EVSA-T: TWEAK",
        "EVSA-T: TWEAK + TNFRSF1A out",
    ]


def test_the_search_finds_the_ligand_that_the_question_is_about():
    """O18 asks what TWEAK does to TRAF2: without TWEAK its answers are one model."""
    (found,) = shortlist(["O18"], [], SMALL)
    assert found.written["dose"][0]["drug"] == "TWEAK"


def test_no_question_needs_no_run():
    assert shortlist([], [], SMALL) == []


@pytest.mark.parametrize("one", own_catalogue().hypotheses, ids=lambda one: one.id)
def test_every_question_can_be_searched_on_some_line(one):
    from smaclab.claims.separate import own_candidates

    lines = [str(each.written["cell_line"]) for each in own_candidates() if each.question == one.id]
    assert conditions(own_grid(), one.id, lines, own_catalogue())
