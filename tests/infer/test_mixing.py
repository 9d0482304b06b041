import numpy as np
import pytest

from smaclab.infer.mixing import mixing


def autoregressive(sweeps, chains, memory, seed=1):
    """Chains of standard normal numbers, each of which remembers the one before."""
    random = np.random.default_rng(seed)
    found = [random.standard_normal(chains)]
    for _ in range(sweeps - 1):
        found.append(memory * found[-1] + np.sqrt(1.0 - memory**2) * random.standard_normal(chains))
    return np.array(found)[:, :, None]


def test_independent_draws_count_each_for_itself():
    found = mixing(autoregressive(100, 20, 0.0))
    assert found.effective[0] == pytest.approx(2000, rel=0.15)
    assert found.scale_reduction[0] == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("memory", [0.5, 0.9])
def test_draws_that_remember_count_by_the_formula(memory):
    found = mixing(autoregressive(1000, 20, memory))
    assert found.effective[0] == pytest.approx(20000 * (1 - memory) / (1 + memory), rel=0.15)


def test_chains_that_have_not_met_stand_apart():
    draws = autoregressive(50, 10, 0.0) * 0.1 + np.arange(10.0)[:, None]
    found = mixing(draws)
    assert found.scale_reduction[0] > 10
    assert np.isnan(found.effective[0])


def test_a_chain_that_drifts_does_not_agree_with_itself():
    draws = autoregressive(50, 10, 0.0) + np.linspace(0, 10, 50)[:, None, None]
    assert mixing(draws).scale_reduction[0] > 1.5


def test_nothing_is_said_of_few_sweeps_or_of_what_never_moves():
    assert np.isnan(mixing(np.zeros((2, 5, 3))).effective).all()
    assert np.isnan(mixing(np.zeros((20, 5, 1))).scale_reduction).all()
    assert np.isinf(mixing(np.tile(np.arange(5.0)[None, :, None], (20, 1, 1))).scale_reduction).all()
