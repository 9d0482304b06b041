import numpy as np
import pytest

from smaclab.assay.co_ip import CoIP
from smaclab.assay.sample import Sample

SAMPLES = [Sample(experiment=f"e{i}", time_h=1.0) for i in range(300)]


def test_beads_bring_a_share_down_and_a_little_sticks():
    beads = CoIP(recovery=0.5, sticks=0.01)
    found = beads.on_beads(np.array([[100.0, 0.0]]), np.array([[1100.0, 2000.0]]), SAMPLES[:1], seed=None)
    np.testing.assert_allclose(found, [[0.5 * 100 + 0.01 * 1000, 0.01 * 2000]])


def test_a_tube_is_shared_by_all_of_its_preys():
    held = np.ones((300, 2)) * [100.0, 1000.0]
    found = CoIP(sticks=0.0).on_beads(held, held, SAMPLES, seed=4)
    np.testing.assert_allclose(found[:, 1], 10 * found[:, 0])
    assert found[:, 0].std() / found[:, 0].mean() == pytest.approx(0.15, rel=0.2)


def test_unknown_stays_unknown():
    found = CoIP().on_beads(np.array([[np.nan]]), np.array([[np.nan]]), SAMPLES[:1], seed=1)
    assert np.isnan(found).all()
