"""Limits of shares."""

import numpy as np
import pytest
from scipy import stats

from smaclab.analysis.share_limits import share_limits


@pytest.mark.parametrize("alive", [1, 12, 23, 24])
def test_a_share_that_was_counted_has_wilsons_limits(alive):
    share, z = alive / 24, stats.norm.ppf(0.975)
    error = np.sqrt(share * (1 - share) / 24)
    low, high = share_limits(np.array(share), np.array(error), 24.0, z)
    exact = stats.binomtest(alive, 24).proportion_ci(0.95, method="wilson")
    # The effective number never passes the 24 that there are; nearer to 0 and 1 the symmetric limit wins.
    assert float(low) == pytest.approx(exact.low if share - z * error > 0 else 0.0, abs=0.012)
    assert float(high) == pytest.approx(exact.high if share + z * error < 1 else 1.0, abs=0.012)


def test_limits_are_shares_around_the_share():
    share, error = np.array([0.0, 0.02, 0.5, 1.0, 1.03, -0.01]), np.full(6, 0.03)
    low, high = share_limits(share, error, 100.0, 2.0)
    assert (low <= share).all()
    assert (share <= high).all()
    assert (low[:5] >= 0).all()
    assert (high[:4] <= 1).all()


def test_a_better_known_share_is_closer():
    widths = [np.ptp(share_limits(np.array(0.5), np.array(error), 100.0, 2.0)) for error in (0.2, 0.1, 0.05)]
    assert widths[0] > widths[1] > widths[2]
    never = np.ptp(share_limits(np.array(0.5), np.array(0.0), 100.0, 2.0))
    assert never == pytest.approx(widths[2], rel=0.05)  # no better than 100 cells
