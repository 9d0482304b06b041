"""GR metrics: closed forms of the paper."""

import math

import numpy as np
import pytest

from smaclab.analysis.growth_rate import fit_growth_rate, growth_rate_inhibition
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


@pytest.mark.slow
def test_intervals_cover_as_often_as_they_say():
    doses, rng, hits = np.repeat(DOSES, 3), np.random.default_rng(7), []
    exact = -0.4 + 1.4 / (1 + (doses / 2.0) ** 1.5)
    for _ in range(1000):
        seen = fit_growth_rate(doses, exact + rng.normal(0, 0.08, len(doses)))
        pairs = ((seen.GR_inf, -0.4), (seen.GEC50_nM, 2.0), (seen.h_GR, 1.5))
        hits.append([one.low <= true <= one.high for one, true in pairs])
    covered = np.mean(hits, axis=0)
    assert (covered >= 0.93).all()
    assert (covered <= 0.97).all()


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
