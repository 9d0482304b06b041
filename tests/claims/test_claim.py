from dataclasses import replace

import pytest

from smaclab.analysis.predicate import Limit
from smaclab.analysis.quantity import Quantity
from smaclab.claims.claim import Claim, Expectation
from smaclab.errors import CatalogueError

ALIVE = Limit(quantity=Quantity(readout="viability", experiment="drug"), at_most=0.5)
CLAIM = Claim(
    id="C00",
    sentence="It kills.",
    expected="dead",
    source="nobody",
    statuses=("E",),
    experiments={"drug": {"cell_line": "EVSA-T"}},
    expectations=(Expectation(predicate=ALIVE, status="E", written={}),),
)


def test_what_is_looked_at_follows_from_what_is_expected():
    assert CLAIM.readouts("drug") == ("viability",)
    assert not CLAIM.is_narrative


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"statuses": ("X",)}, "Letters: E, H, O, D, B"),
        ({"narrative": "because"}, "expectations, or the reason"),
        ({"expectations": ()}, "expectations, or the reason"),
        ({"experiments": {}}, "no experiment 'drug'"),
        ({"experiments": {"drug": {}, "spare": {}}}, "nothing is expected of experiment 'spare'"),
    ],
)
def test_a_claim_that_is_not_sound(change, says):
    with pytest.raises(CatalogueError, match=says):
        replace(CLAIM, **change)
