import pytest

from smaclab.audit.finding import WEIGHTS, Audit, Criterion, Loss, share
from smaclab.errors import NetworkError


def test_the_weights_add_up_to_100():
    assert sum(WEIGHTS.values()) == 100.0


def test_a_score_is_what_was_not_lost():
    lost = tuple(share(8.0, ["a", "b"], 4, "things lack it"))
    assert lost == (Loss(points=4.0, why="2 of 4 things lack it", things=("a", "b")),)
    assert tuple(share(8.0, [], 4, "nothing")) == ()
    criteria = tuple(Criterion(name=name, lost=lost if name == "units" else ()) for name in WEIGHTS)
    audit = Audit(model="m", criteria=criteria)
    assert audit.score == 96.0
    plain = audit.to_dict()
    assert plain["score"] == 96.0
    assert plain["criteria"][2]["lost"] == [
        {"points": 4.0, "why": "2 of 4 things lack it", "things": ["a", "b"]}
    ]


def test_no_more_is_lost_than_there_is():
    with pytest.raises(NetworkError, match="positivity: 11 points lost of 10"):
        Criterion(name="positivity", lost=(Loss(points=11.0, why="toy"),))
    with pytest.raises(NetworkError, match="unknown criterion 'beauty'"):
        Criterion(name="beauty")
