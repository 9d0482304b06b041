import numpy as np
import pytest

from smaclab.analysis.sister_pairs import sister_pairs
from smaclab.errors import ShapeError

HOUR = 3600.0


def test_fates_are_counted_and_a_failed_cell_is_nobodys_sister():
    death_h = np.array([1, 2, 3, np.inf, np.inf, np.inf, np.nan, 4, 5])
    found = sister_pairs(death_h * HOUR)
    assert found.both_dead.tolist() == [[1.0, 2.0]]
    assert (found.one_dead, found.both_alive, found.failed) == (1, 1, 1)
    assert len(found.death_h) == 3


def test_the_correlation_does_not_care_which_sister_is_the_first():
    rng = np.random.default_rng(1)
    pairs = rng.normal(size=(30, 1)) + 0.5 * rng.normal(size=(30, 2)) + 10.0
    turned = np.where(rng.random(30)[:, None] < 0.5, pairs, pairs[:, ::-1])
    one, other = (sister_pairs(given.ravel() * HOUR).correlation() for given in (pairs, turned))
    assert one.value == pytest.approx(other.value)
    both_ways = np.concatenate([pairs, pairs[:, ::-1]])
    assert one.value == pytest.approx(np.corrcoef(both_ways.T)[0, 1])


def test_few_pairs_or_equal_times_tell_nothing():
    assert np.isnan(sister_pairs(np.arange(1.0, 7.0)).correlation().value)
    assert np.isnan(sister_pairs(np.ones(20)).correlation().value)
    twins = np.repeat(np.arange(1.0, 6.0), 2)
    assert sister_pairs(twins).correlation().value == 1.0
    with pytest.raises(ShapeError, match="shape"):
        sister_pairs(np.ones((2, 2)))


@pytest.mark.parametrize("truth", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("number", [20, 100])
def test_the_interval_holds_the_truth_in_19_of_20(truth, number):
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(1000):
        common, own = rng.normal(size=(number, 1)), rng.normal(size=(number, 2))
        pairs = np.sqrt(truth) * common + np.sqrt(1 - truth) * own
        found = sister_pairs(HOUR * pairs.ravel()).correlation()
        held += found.low <= truth <= found.high
    assert 0.93 < held / 1000 < 0.97  # the standard error of 0.95 is 0.007
