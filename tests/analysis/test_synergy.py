"""One number a model, and how often its interval holds the truth."""

import math

import numpy as np
import pytest
from scipy import stats

from smaclab.analysis.drug_matrix import combined
from smaclab.analysis.synergy import MODELS, QUESTIONS, synergy_of
from smaclab.errors import SmaclabError
from tests.analysis.matrices import FIRST, SECOND, independent, matrix, plates

PLATES = 4


@pytest.mark.parametrize("model", MODELS)
def test_the_score_is_the_mean_of_the_map(model):
    seen = synergy_of(matrix(independent(0.1)), model)
    assert seen.score.value == pytest.approx(seen.excess[combined(seen.excess.shape)].mean())
    assert (seen.excess[0] == 0).all()
    assert (seen.excess[:, 0] == 0).all()
    assert math.isnan(seen.score.low)  # one plate has no interval
    assert model in QUESTIONS


def test_bliss_counts_what_was_put_in():
    assert synergy_of(matrix(independent(0.1))).score.value == pytest.approx(0.1)
    assert synergy_of(matrix(independent(-0.05)), "bliss").score.value == pytest.approx(-0.05)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("factor", [1e-3, 1e3])
def test_the_unit_of_the_doses_does_not_matter(model, factor):
    rng = np.random.default_rng(1)
    one = plates(independent(0.05), PLATES, 0.02, rng)
    other = matrix(one.effect, factor * FIRST, factor * SECOND)
    first, second = synergy_of(one, model), synergy_of(other, model)
    np.testing.assert_allclose(first.excess, second.excess, atol=1e-5)
    assert first.score.low == pytest.approx(second.score.low, abs=1e-5)


def scores_of(sets, model):
    """(set, 1 + plate): the score of all plates of each set, and without each of them; many sets at once."""
    effects = np.stack([one.effect for one in sets])
    count = effects.shape[1]
    without = (effects.sum(axis=1, keepdims=True) - effects) / (count - 1)
    means = np.concatenate([effects.mean(axis=1, keepdims=True), without], axis=1)
    excess = MODELS[model](matrix(means.reshape(-1, *effects.shape[2:])))
    both = combined(excess.shape)
    return excess[:, both].mean(axis=1).reshape(len(sets), 1 + count)


def ends_of(scores):
    """Low and high, each (set,), by the jackknife written out."""
    count = scores.shape[1] - 1
    spread = np.sum((scores[:, 1:] - scores[:, 1:].mean(axis=1, keepdims=True)) ** 2, axis=1)
    reach = np.sqrt((count - 1) / count * spread) * stats.t.ppf(0.975, count - 1)
    return scores[:, 0] - reach, scores[:, 0] + reach


@pytest.mark.parametrize("model", MODELS)
def test_scores_of_many_sets_are_those_of_each(model):
    """A twin of the code, by which the sets below are counted."""
    rng = np.random.default_rng(12)
    sets = [plates(independent(0.05), PLATES, 0.04, rng) for _ in range(3)]
    low, high = ends_of(scores_of(sets, model))
    for one, least, most in zip(sets, low, high, strict=True):
        score = synergy_of(one, model).score
        assert (score.low, score.high) == pytest.approx((least, most), abs=1e-6)


def covered(model, repeats, truth):
    rng = np.random.default_rng(11)
    hits = []
    for _ in range(repeats // 100):
        sets = [plates(independent(0.05), PLATES, 0.04, rng) for _ in range(100)]
        low, high = ends_of(scores_of(sets, model))
        hits.append((low <= truth) & (truth <= high))
    return np.mean(hits)


@pytest.mark.claim(
    "The 95 % interval of a Bliss score holds the truth in 93 to 97 % of 1,000 sets of four simulated plates",
    source="jackknife: Miller 1974",
)
def test_the_interval_of_bliss_covers_as_often_as_it_says():
    assert 0.93 <= covered("Bliss", 1000, 0.05) <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("model", ["HSA", "Loewe", "ZIP"])
def test_the_other_intervals_cover_as_often_as_they_say(model):
    truth = synergy_of(matrix(independent(0.05)), model).score.value
    assert 0.93 <= covered(model, 1000, truth) <= 0.97


def test_a_well_that_is_lost_on_one_plate_is_the_mean_of_the_others():
    effect = np.stack([independent(0.1)] * 3)
    effect[1, 2, 2] = np.nan
    assert synergy_of(matrix(effect)).score.value == pytest.approx(0.1)
    effect[:, 2, 2] = np.nan
    assert math.isnan(synergy_of(matrix(effect)).score.value)


def test_an_unknown_model_gets_a_letter():
    with pytest.raises(SmaclabError, match="Did you mean 'Loewe'"):
        synergy_of(matrix(independent()), "lowe")
