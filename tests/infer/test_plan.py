import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.plan import Plan


@pytest.mark.parametrize(
    "wrong", [{"sets": 1}, {"chains": 1}, {"rounds": -1}, {"settling": -1}, {"spread": 0.0}, {"sweeps": -1}]
)
def test_a_plan_that_makes_no_sense_gets_a_letter(wrong):
    with pytest.raises(SmaclabError, match="two sets and chains or more"):
        Plan(**wrong)


def test_a_chain_gives_no_more_sets_than_it_has_sweeps():
    with pytest.raises(SmaclabError, match="5 of each, more than 4 last sweeps"):
        Plan(sets=100, chains=20, last_sweeps=4)
    assert Plan(sets=100, chains=20, last_sweeps=5).visits == 5
    assert Plan(sets=20, chains=20, last_sweeps=0).visits == 1


def test_there_are_never_more_chains_than_sets():
    assert (Plan(sets=10, chains=25).walkers, Plan(sets=10, chains=25).visits) == (10, 1)
    assert (Plan(sets=60, chains=25).walkers, Plan(sets=60, chains=25).visits) == (25, 3)


def test_chance_belongs_to_seed_and_stage():
    one = Plan().chance("a").random()
    assert one == Plan().chance("a").random()
    assert len({one, Plan().chance("b").random(), Plan(seed=2).chance("a").random()}) == 3
