import numpy as np
import pytest

from smaclab.assay.annexin import EARLY, LATE, LIVE, ONLY_PI, Annexin
from smaclab.assay.sample import Sample

QUIET = Annexin(harm=0.0)


def chances(died, kind, at_h, *, made=QUIET, seed=None):
    sample = Sample(experiment="e", time_h=at_h)
    died, kind = np.array(died, dtype=float), np.array(kind, dtype=object)
    return made.chances([sample], {"e": died}, {"e": kind}, seed=seed)[0]


def test_an_apoptotic_cell_is_live_then_annexin_then_both():
    for at_h, quadrant in ((9.9, LIVE), (10.4, LIVE), (10.6, EARLY), (15.9, EARLY), (16.1, LATE)):
        share = chances([10.0], ["apoptosis"], at_h)
        assert share[quadrant] == 1.0, at_h


@pytest.mark.parametrize("kind", ["necroptosis", "lysis"])
def test_a_cell_that_bursts_is_both_at_once(kind):
    assert chances([10.0], [kind], 10.01)[LATE] == 1.0
    assert chances([10.0], [kind], 9.99)[LIVE] == 1.0


def test_survivors_are_live_and_failures_are_not_counted():
    share = chances([np.inf, np.nan, 1.0], ["", "", "apoptosis"], 24.0)
    np.testing.assert_allclose(share, [0.5, 0.0, 0.5, 0.0])
    assert np.isnan(chances([np.nan], [""], 24.0)).all()


def test_handling_hurts_live_cells_only():
    share = chances([np.inf], [""], 24.0, made=Annexin(harm=0.04))
    np.testing.assert_allclose(share, [0.96, 0.02, 0.02, 0.0])
    np.testing.assert_allclose(chances([0.0], ["lysis"], 24.0, made=Annexin(harm=0.04)), [0, 0, 1, 0])


def test_delays_of_cells_are_their_own_in_any_slice():
    died, kind = np.full(400, 10.0), ["apoptosis"] * 400
    whole = chances(died, kind, 16.0, seed=3)
    assert 0.3 < whole[EARLY] < 0.7
    first = chances(died[:200], kind[:200], 16.0, seed=3)
    again = chances(died[:200], kind[:200], 16.0, seed=3)
    np.testing.assert_array_equal(first, again)


def test_annexin_never_comes_after_propidium_iodide():
    share = chances(np.full(2000, 10.0), ["apoptosis"] * 2000, 10.3, seed=3)
    assert share[ONLY_PI] == 0.0


def test_counts_are_multinomial():
    made = Annexin(events=10_000.0)
    samples = [Sample(experiment=f"e{i}", time_h=1.0) for i in range(200)]
    p = np.tile([0.7, 0.2, 0.1, 0.0], (200, 1))
    counted = made.count(p, samples, seed=1)[0]
    assert (counted.sum(axis=1) == 10_000).all()
    np.testing.assert_allclose(
        counted.mean(axis=0), [7000, 2000, 1000, 0], atol=4 * np.sqrt(2100 / 200) * 10**0.5
    )
    assert counted[:, 1].std() == pytest.approx(np.sqrt(10_000 * 0.2 * 0.8), rel=0.2)
    np.testing.assert_allclose(made.count(p, samples, seed=None)[0, 0], [7000, 2000, 1000, 0])
