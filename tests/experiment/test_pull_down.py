import pytest

from smaclab.errors import CatalogueError
from smaclab.experiment.pull_down import Bait, written
from smaclab.lab import check, own_catalogue


@pytest.mark.parametrize("text", ["IP caspase-8: RIP1", "ip Caspase-8 :RIP1", "co-IP caspase-8: RIP1"])
def test_what_a_person_writes(text):
    assert [part.casefold() for part in written(text)] == ["caspase-8", "rip1"]


@pytest.mark.parametrize("text", ["caspase-8", "IP caspase-8", "IP : RIP1", "equip x: y", "IP a: b: c"])
def test_what_is_no_pull_down(text):
    assert written(text) is None


def test_any_protein_is_a_bait_by_its_symbol():
    found = own_catalogue().find_readout("IP caspase-8: RIP1")
    assert (found.name, found.unit) == ("IP CASP8: RIPK1", "copies")
    assert (dict(found.pull_down.holds), found.pull_down.prey) == ({"CASP8": ()}, "RIPK1")


def test_a_bead_of_the_catalogue():
    found = own_catalogue().find_readout("IP immobilized mimetic: TRAF2")
    assert set(found.pull_down.holds) == {"BIRC2", "BIRC3", "AddedIAP", "XIAP"}


def test_a_bait_that_nobody_knows_gets_a_letter():
    raw = {"id": "x", "cell_line": "BJ", "readouts": ["IP nothing: RIP1"], "duration": "1 h"}
    (problem,) = check(raw)
    assert "IP nothing: RIP1" in problem.message


def test_a_bait_holds_something():
    with pytest.raises(CatalogueError, match="Name what the bead holds"):
        Bait(name="glue", holds={}, description="")
