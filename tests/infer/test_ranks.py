"""Simulation-based calibration of the sampler on two problems, and the judge of ranks itself."""

from dataclasses import replace

import numpy as np
import pytest

from smaclab.infer.checkpoint import Checkpoint
from smaclab.infer.looks import Unit
from smaclab.infer.plan import Plan
from smaclab.infer.ranks import band, is_uniform, least_probability, rank
from smaclab.infer.sample import sample
from smaclab.seeds import standard_normal
from tests.infer.toys import MATRIX, decay, decay_of, linear

REPLICATES, DRAWS = 300, 99


def test_uniform_ranks_pass_and_others_do_not():
    random = np.random.default_rng(1)
    passed = [is_uniform(random.integers(0, 100, 300), 99) for _ in range(20)]
    assert sum(passed) >= 16  # of twenty at 95 %, fewer than one in five hundred times
    truth, draws = random.standard_normal(300), random.standard_normal((300, 99))
    narrow = (draws * 0.7 < truth[:, None]).sum(axis=1)
    moved = (draws + 0.3 < truth[:, None]).sum(axis=1)
    assert not is_uniform(narrow, 99)
    assert not is_uniform(moved, 99)


def test_the_band_holds_everywhere_at_once():
    random = np.random.default_rng(2)
    found = least_probability(random.integers(0, 20, (400, 50)), 19)
    # 400 trials at 5 %: 20, four standard deviations either way.
    assert 3 <= (found < band(50, 19)).sum() <= 38


def test_a_rank_counts_draws_below():
    assert rank(np.array([0.5, 2.0]), np.array([[0.0, 0.0], [1.0, 1.0]])).tolist() == [1, 2]


def ranks_of(make, truths, data):
    found = []
    for replicate, (truth, measured) in enumerate(zip(truths, data, strict=True)):
        problem = make(measured)
        plan = Plan(
            sets=DRAWS, seed=7000 + replicate, rounds=2, spread=0.5, chains=99, settling=24, last_sweeps=8
        )
        found.append(rank(truth, sample(problem, plan, Checkpoint(problem)).coordinates))
    return np.array(found)


def cases(size):
    truths = standard_normal(7, "ranks", "truth", range(REPLICATES), ["k0", "k1", "k2"])
    noise = standard_normal(7, "ranks", "noise", range(REPLICATES), [f"y{place}" for place in range(size)])
    return truths, linear([0.0] * 4).values(truths), noise


def in_groups(problem):
    """Its four numbers are looked at one after the other, as far as they scatter unlike."""
    units = (
        Unit(evidence=frozenset({one.id}), cost=4.0**place) for place, one in enumerate(problem.evidence)
    )
    return replace(problem, units=tuple(units))


@pytest.mark.slow
def test_the_sampler_is_calibrated_on_a_linear_problem():
    truths, values, noise = cases(4)
    ranks = ranks_of(lambda y: in_groups(linear(y, sd=0.5)), truths, np.log(values) @ MATRIX.T + 0.5 * noise)
    # Three parameters, each in its share of 5 %: the band holds all of them at once.
    assert [is_uniform(column, DRAWS, level=1 - 0.05 / 3) for column in ranks.T] == [True] * 3


@pytest.mark.slow
def test_the_sampler_is_calibrated_on_a_curved_problem():
    truths, values, noise = cases(8)
    ranks = ranks_of(lambda y: decay(y, sd=0.1), truths, decay_of(values) + 0.1 * noise)
    # Three parameters, each in its share of 5 %: the band holds all of them at once.
    assert [is_uniform(column, DRAWS, level=1 - 0.05 / 3) for column in ranks.T] == [True] * 3
