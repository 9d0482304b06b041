"""GR metrics: closed forms of the paper."""

import math

import numpy as np
import pytest
from scipy import stats

from smaclab.analysis import logistic, profile
from smaclab.analysis.growth_rate import _by_blocks, fit_growth_rate, growth_rate_inhibition
from smaclab.analysis.logistic import MIDDLE, RIGHT, STEEPNESS
from smaclab.errors import SmaclabError

DOSES = 10.0 ** np.arange(-2, 2.6, 0.5)


@pytest.mark.parametrize(
    ("count", "value"),
    # Two doublings in the control: as the control, one doubling, none, and half of the cells lost.
    [(400.0, 1.0), (200.0, math.sqrt(2) - 1), (100.0, 0.0), (50.0, 1 / math.sqrt(2) - 1), (0.0, -1.0)],
)
def test_values_by_hand(count, value):
    assert growth_rate_inhibition(np.array([count]), start=100.0, control=400.0)[0] == pytest.approx(value)


@pytest.mark.parametrize("days", [1.0, 3.0, 7.0])
@pytest.mark.parametrize("doubling_days", [0.8, 2.5])
def test_neither_the_time_nor_the_doubling_time_matters(days, doubling_days):
    # The paper's cytostatic drug: it takes a share of the growth rate; S_M = 1, SC50 = 1, h = 1.
    slowed = DOSES / (1.0 + DOSES)
    counts = 100.0 * 2.0 ** (days / doubling_days * (1.0 - slowed))
    control = 100.0 * 2.0 ** (days / doubling_days)
    seen = growth_rate_inhibition(counts, start=100.0, control=control)
    np.testing.assert_allclose(seen, 2.0 ** (1.0 - slowed) - 1.0, rtol=1e-12)


def test_the_metrics_of_an_exact_curve():
    end, middle, steep = -0.4, 2.0, 1.5
    values = end + (1 - end) / (1 + (DOSES / middle) ** steep)
    seen = fit_growth_rate(np.repeat(DOSES, 2), np.repeat(values, 2))
    assert seen.GR_inf.value == pytest.approx(end, abs=1e-6)
    assert seen.GEC50_nM.value == pytest.approx(middle, rel=1e-6)
    assert seen.h_GR.value == pytest.approx(steep, rel=1e-6)
    # The paper: GR50 = GEC50 ((1 - GRinf) / (0.5 - GRinf) - 1)^(1/h).
    assert seen.GR50_nM == pytest.approx(middle * ((1 - end) / (0.5 - end) - 1) ** (1 / steep), rel=1e-6)
    assert seen.GR_max == pytest.approx(values[-1])
    by_hand = np.sum((1 - values[1:] + 1 - values[:-1]) / 2 * 0.5) / 4.5
    assert pytest.approx(by_hand) == seen.GR_AOC


def test_a_drug_without_effect_has_no_GR50():
    noise = np.random.default_rng(2).normal(0, 0.02, len(DOSES))
    seen = fit_growth_rate(DOSES, 1.0 + noise)
    assert seen.GR50_nM == math.inf
    assert math.isnan(seen.GEC50_nM.value)
    assert abs(seen.GR_AOC) < 0.05


def test_a_weak_drug_never_reaches_half():
    seen = fit_growth_rate(DOSES, 0.8 + 0.2 / (1 + DOSES))
    assert seen.GR50_nM == math.inf
    assert seen.GR_inf.value == pytest.approx(0.8, abs=1e-6)


EXACT = np.array([1.0, -0.4, np.log10(2.0), np.log(1.5)])  # no drug, GR_inf, log10 GEC50, ln h
BY_WELLS, BY_CELLS = 0.08, 50


def rows_by_wells(count, seed=7):
    """log10 doses and GR of as many series of three wells a dose."""
    at = np.log10(np.repeat(DOSES, 3))
    return at, logistic.curve(EXACT[None], at) + np.random.default_rng(seed).normal(
        0, BY_WELLS, (count, len(at))
    )


def is_inside(at, rows, which):
    """(series,), whether the truth is in the profile interval: what the fit loses there is allowed."""
    free = np.array([False, True, True, True])
    start = np.tile(EXACT, (len(rows), 1))
    _, best = logistic.least_squares(at, rows, start, free)
    _, there = logistic.least_squares(at, rows, start, free & (np.arange(4) != which))
    freedom = len(at) - 3
    return there <= best * (1 + stats.f.ppf(0.95, 1, freedom) / freedom)


@pytest.mark.claim(
    "95 % intervals of GR_inf, GEC50 and h_GR by wells hold the truth in 93 to 97 % of 1,000 series",
    source="profile intervals: Bates and Watts 1988",
)
@pytest.mark.parametrize("which", [RIGHT, MIDDLE, STEEPNESS])
def test_intervals_cover_as_often_as_they_say(which):
    at, rows = rows_by_wells(1000)
    assert 0.93 <= is_inside(at, rows, which).mean() <= 0.97


def test_an_interval_holds_the_truth_where_its_profile_does():
    at, rows = rows_by_wells(20, seed=3)
    for row in rows:
        seen = fit_growth_rate(10.0**at, row)
        for one, which, true in (
            (seen.GR_inf, RIGHT, -0.4),
            (seen.GEC50_nM, MIDDLE, 2.0),
            (seen.h_GR, STEEPNESS, 1.5),
        ):
            assert (one.low <= true <= one.high) == is_inside(at, row[None], which)[0]


def campaign(rng, cells=BY_CELLS, growth=2.0):
    """(1 + 20, dose) GR where the same cells meet every dose: of all, and without each block of them."""
    share = rng.random(cells)
    stands = 2.0 * (share / (1.0 - share)) ** (1.0 / 1.5)
    stands[rng.random(cells) < 0.2] = np.inf
    alive, block = stands[:, None] > DOSES, np.arange(cells) % 20
    rows = [alive.mean(axis=0), *(alive[block != one].mean(axis=0) for one in range(20))]
    return growth_rate_inhibition(growth * np.array(rows), start=1.0, control=growth)


@pytest.mark.claim(
    "95 % intervals of GR_inf, GEC50 and h_GR by 20 blocks of 50 cells hold the truth in 93 to 97 % of 1,000 "
    "series",
    source="jackknife: Miller 1974",
)
def test_intervals_by_blocks_cover_as_often_as_they_say():
    """The truth is the best curve through exact values: GR of a logistic curve is not quite one."""
    at, rng, hold = np.log10(DOSES), np.random.default_rng(9), np.array([1.0, np.nan, np.nan, np.nan])
    alive = 0.2 + 0.8 / (1.0 + (DOSES / 2.0) ** 1.5)
    exact = growth_rate_inhibition(2.0 * alive, start=1.0, control=2.0)
    true = logistic.best_fits(at, exact[None], hold[None])[0][0]
    sets = np.stack([campaign(rng) for _ in range(1000)])
    found, squares = logistic.best_fits(at, sets[:, 0], np.tile(hold, (1000, 1)))
    hits = []
    for rows, one, rest in zip(sets, found, squares, strict=True):
        fitted = profile.Fitted(log_dose=at, values=rows[0], parameters=one, held=hold, squares=float(rest))
        ends = _by_blocks(fitted, np.zeros((4, 2)), rows[1:])
        hits.append((ends[1:, 0] <= true[1:]) & (true[1:] <= ends[1:, 1]))
    covered = np.mean(hits, axis=0)
    assert (covered >= 0.93).all(), covered
    assert (covered <= 0.97).all(), covered


def test_a_control_that_does_not_grow_gets_a_letter():
    with pytest.raises(SmaclabError, match="a control that grows"):
        growth_rate_inhibition(np.array([50.0]), start=100.0, control=100.0)
    with pytest.raises(SmaclabError, match="above 0"):
        fit_growth_rate(np.array([0.0, 1.0]), np.array([1.0, 0.5]))
    assert math.isnan(fit_growth_rate(np.array([1.0, 2.0]), np.array([1.0, 0.5])).GR50_nM)


def test_intervals_by_blocks_are_those_of_refits():
    rng = np.random.default_rng(1)
    exact = -0.4 + 1.4 / (1 + (DOSES / 2.0) ** 1.5)
    rows = exact + rng.normal(0, 0.02, (11, len(DOSES)))
    seen = fit_growth_rate(DOSES, rows[0], rows[1:])
    again = np.array([fit_growth_rate(DOSES, row).GR_inf.value for row in rows[1:]])
    error = np.sqrt(0.9 * np.sum((again - again.mean()) ** 2))
    reach = 2.2622 * error  # Student's t of nine degrees of freedom
    assert seen.GR_inf.high == pytest.approx(seen.GR_inf.value + reach, rel=1e-3)
    assert seen.GR_inf.low == pytest.approx(seen.GR_inf.value - reach, rel=1e-3)
