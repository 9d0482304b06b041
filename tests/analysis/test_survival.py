"""Kaplan-Meier and log-rank: a textbook's table, SciPy, and how often the intervals hold the truth."""

import math
import warnings

import numpy as np
import pytest
from scipy import stats

from smaclab.analysis.survival import kaplan_meier, log_rank, median_death_s, survival_of
from smaclab.errors import SmaclabError
from tests.analysis.published import (
    LOG_RANK_CHI_SQUARE,
    MERCAPTOPURINE_RELAPSE,
    MERCAPTOPURINE_TABLE,
    MERCAPTOPURINE_WEEKS,
    PLACEBO_WEEKS,
)

EVERY = np.ones(len(PLACEBO_WEEKS), dtype=bool)


@pytest.fixture
def treated():
    return kaplan_meier(MERCAPTOPURINE_WEEKS, MERCAPTOPURINE_RELAPSE)


@pytest.fixture
def placebo():
    return kaplan_meier(PLACEBO_WEEKS, EVERY)


def censored(times, deaths):
    return stats.CensoredData(uncensored=times[deaths], right=times[~deaths])


def test_the_published_table_comes_out(treated):
    for step, (time, at_risk, deaths, alive, error) in enumerate(MERCAPTOPURINE_TABLE, start=1):
        assert treated.time_h[step] == time
        assert treated.at_risk[step] == at_risk
        assert treated.deaths[step] == deaths
        assert treated.alive[step] == pytest.approx(alive, abs=5e-5)
        # Greenwood's error from our interval: it is symmetric on the scale of log(-log S).
        log = np.log(treated.alive[step])
        ends = np.log(-np.log([treated.low[step], treated.high[step]]))
        seen = abs(ends[1] - ends[0]) / (2 * stats.norm.ppf(0.975)) * abs(log) * treated.alive[step]
        assert seen == pytest.approx(error, abs=5e-5)


def test_the_published_comparison_comes_out(treated, placebo):
    seen = log_rank([treated, placebo])
    assert seen.chi_square == pytest.approx(LOG_RANK_CHI_SQUARE, abs=0.005)
    assert seen.p == pytest.approx(4.17e-5, abs=5e-8)
    np.testing.assert_allclose(seen.expected, [19.25, 10.75], atol=0.005)
    assert list(seen.observed) == [9, 21]
    assert (treated.median_h.value, placebo.median_h.value) == (23.0, 8.0)
    assert (placebo.median_h.low, placebo.median_h.high) == (4.0, 11.0)
    assert treated.median_h.high == math.inf


@pytest.mark.parametrize("seed", range(10))
def test_scipy_finds_the_same(seed):
    rng = np.random.default_rng(seed)
    groups, twins = [], []
    for scale in (10.0, 14.0):
        times = np.ceil(rng.exponential(scale, 30))  # with ties
        ends = np.ceil(rng.uniform(5, 30, 30))
        deaths = times <= ends
        seen = np.minimum(times, ends)
        groups.append(kaplan_meier(seen, deaths))
        twins.append(censored(seen, deaths))
    for own, twin in zip(groups, twins, strict=True):
        expected = stats.ecdf(twin).sf
        at = own.time_h[1:]
        np.testing.assert_allclose(own.alive[1:], expected.evaluate(at), atol=1e-12)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # undefined where all or none are alive
            limits = expected.confidence_interval(0.95, method="log-log")
        inner = (own.alive[1:] > 0) & (own.alive[1:] < 1)
        np.testing.assert_allclose(own.low[1:][inner], limits.low.evaluate(at)[inner], atol=1e-9)
        np.testing.assert_allclose(own.high[1:][inner], limits.high.evaluate(at)[inner], atol=1e-9)
    seen, twin = log_rank(groups), stats.logrank(*twins)
    assert seen.chi_square == pytest.approx(twin.statistic**2)
    assert seen.p == pytest.approx(twin.pvalue)


def test_three_groups_agree_with_the_sum_written_out():
    rng = np.random.default_rng(2)
    data = [np.ceil(rng.exponential(scale, 15)) for scale in (5.0, 8.0, 9.0)]
    seen = log_rank([kaplan_meier(times, np.ones(15, dtype=bool)) for times in data])
    observed, expected, covariance = np.zeros(3), np.zeros(3), np.zeros((3, 3))
    for at in sorted(set(np.concatenate(data))):
        risk = np.array([sum(times >= at) for times in data], dtype=float)
        dead = np.array([sum(times == at) for times in data], dtype=float)
        whole, fallen = risk.sum(), dead.sum()
        observed, expected = observed + dead, expected + fallen * risk / whole
        if whole > 1:
            scale = fallen * (whole - fallen) / (whole - 1)
            covariance += scale * (np.diag(risk / whole) - np.outer(risk, risk) / whole**2)
    rest = (observed - expected)[:2]
    assert seen.chi_square == pytest.approx(rest @ np.linalg.inv(covariance[:2, :2]) @ rest)
    assert seen.freedom == 2


def test_a_failed_cell_is_no_survivor():
    deaths = np.array([3600.0, np.inf, np.nan, 7200.0])
    seen = survival_of(deaths, end_s=10_800.0)
    assert (seen.cells, seen.failed) == (3, 1)
    assert list(seen.time_h) == [0.0, 1.0, 2.0]
    np.testing.assert_allclose(seen.alive, [1.0, 2 / 3, 1 / 3])
    assert seen.at(3.0).value == pytest.approx(1 / 3)
    assert math.isnan(seen.at(4.0).value)
    dead = survival_of(np.array([3600.0, 7200.0]), end_s=10_800.0)
    assert (dead.end_h, dead.at(3.0).value) == (3.0, 0.0)  # watched to the end, though nobody was left
    assert list(seen.number_at_risk(np.array([0.0, 1.0, 1.5, 3.0]))) == [3, 3, 2, 1]


def test_where_no_cell_is_known_nothing_is():
    seen = survival_of(np.array([np.nan, np.nan]), end_s=3600.0)
    assert (seen.cells, seen.failed) == (0, 2)
    assert np.isnan(seen.alive).all()
    assert math.isnan(seen.median_h.value)
    assert math.isnan(seen.at(0.0).value)
    alive = survival_of(np.array([np.inf, np.inf]), end_s=3600.0)
    assert math.isnan(log_rank([seen, alive]).p)
    assert math.isnan(log_rank([alive, alive]).p)


def test_all_alive_and_all_dead_still_have_an_interval():
    alive = survival_of(np.full(20, np.inf), end_s=3600.0)
    assert (alive.alive[0], alive.high[0]) == (1.0, 1.0)
    # No death in 20: the exact binomial limit.
    assert alive.low[0] == pytest.approx(stats.binomtest(20, 20).proportion_ci(0.95, method="exact").low)
    dead = survival_of(np.full(20, 60.0), end_s=3600.0)
    assert dead.low[-1] == 0.0
    assert dead.high[-1] == pytest.approx(stats.binomtest(0, 20).proportion_ci(0.95, method="exact").high)


@pytest.mark.claim(
    "Pointwise 95 % intervals of a survival curve hold the truth in 93 to 97 % of 1,000 simulated wells",
    source="Greenwood 1926, on the scale of log(-log S)",
)
@pytest.mark.parametrize("at_h", [5.0, 10.0, 20.0])
def test_intervals_cover_as_often_as_they_say(at_h):
    rng = np.random.default_rng(5)
    true, hits = np.exp(-at_h / 14.0), []
    for _ in range(1000):
        times, ends = rng.exponential(14.0, 60), rng.uniform(12.0, 48.0, 60)  # with censoring
        end = np.minimum(times, ends)
        seen = kaplan_meier(end, times <= ends).at(min(at_h, end.max()))
        hits.append(seen.low <= true <= seen.high)
    assert 0.93 <= np.mean(hits) <= 0.97


def test_the_median_covers_as_often_as_it_says():
    rng = np.random.default_rng(6)
    true, hits = 14.0 * np.log(2.0), []
    for _ in range(1000):
        times = rng.exponential(14.0, 50)
        seen = kaplan_meier(np.minimum(times, 24.0), times <= 24.0).median_h
        hits.append(seen.low <= true <= seen.high)
    assert 0.93 <= np.mean(hits) <= 0.97


def test_times_that_make_no_sense_get_a_letter():
    with pytest.raises(SmaclabError, match="a failed cell is left out"):
        kaplan_meier(np.array([1.0, np.nan]), np.array([True, False]))
    with pytest.raises(SmaclabError, match="two or more"):
        log_rank([survival_of(np.array([1.0]), end_s=2.0)])


@pytest.mark.parametrize(
    ("deaths", "median"),
    [
        ([1.0, 2.0, 3.0], 2.0),
        ([1.0, 2.0, math.inf, math.inf], 2.0),
        ([1.0, math.inf, math.inf], math.inf),
        ([1.0, math.nan, math.nan], 1.0),
    ],
)
def test_the_median_death_is_the_death_that_makes_half(deaths, median):
    assert median_death_s(np.array([deaths]))[0] == median


def test_the_median_death_of_unknown_cells_is_unknown():
    assert np.isnan(median_death_s(np.array([[math.nan, math.nan]]))[0])
