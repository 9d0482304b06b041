import numpy as np
import pytest

from smaclab.claims import own_claims
from smaclab.claims.over_sets import Held, OverSets, verify_sets
from smaclab.lab import own_catalogue
from smaclab.lab.estimates import with_values

C16 = [one for one in own_claims() if one.id == "C16"]
ESTABLISHED = next(one for one in own_claims() if one.statuses[0] == "E" and not one.is_narrative)
TOLD = next(one for one in own_claims() if one.is_narrative)


def over(*margins):
    return OverSets(
        n_sets=len(margins), held=(Held(claim=ESTABLISHED, margins=margins), Held(claim=TOLD, margins=()))
    )


def test_the_fraction_counts_sets_in_which_it_holds():
    record = over(1.0, 0.0, -0.1, -np.inf).record()
    assert record["n_sets"] == 4
    first, narrative = record["claims"]
    assert (first["fraction"], first["n_sets"]) == (0.5, 4)
    assert first["margins"][0] is None
    assert narrative["fraction"] is None


@pytest.mark.parametrize(("margins", "holds"), [((1, 1, 1, 1, -1), 1), ((1, 1, 1, -1, -1), 0)])
def test_four_of_five_sets_are_asked(margins, holds):
    assert over(*margins).counted("E") == (holds, 1)
    assert over(*margins).line().startswith(f"{holds} of 1 established claims")
    assert len(over(*margins).table().rows) == 2


def test_claims_are_judged_under_each_set():
    done = []
    broken = with_values(own_catalogue(), {"BIRC2 amount": 1e-3})
    found = verify_sets(C16, [own_catalogue(), broken], progress=done.append)
    assert done == [1, 2]
    first, second = found.held[0].margins
    assert first > 0.0
    assert first != second
