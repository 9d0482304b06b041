"""Dose-response in Prism's words."""

import numpy as np
import pytest
from scipy import optimize

from smaclab.analysis.dose_response import (
    AMBIGUOUS,
    BRACKETED,
    NO_EFFECT,
    TOO_FEW,
    fit_dose_response,
    trend_p,
)
from smaclab.errors import SmaclabError
from tests.analysis.published import RYEGRASS_DOSE, RYEGRASS_FIT, RYEGRASS_LENGTH
from tests.analysis.quick_curves import curves_of

DOSES = np.repeat([0.0, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0], 3)


def values(ic50, hill=-1.2, top=100.0, bottom=10.0, sd=4.0, seed=1):
    with np.errstate(divide="ignore"):
        exact = bottom + (top - bottom) / (1 + (ic50 / DOSES) ** hill)
    return exact + np.random.default_rng(seed).normal(0, sd, len(DOSES))


def test_a_published_series_has_its_published_numbers():
    seen = fit_dose_response(RYEGRASS_DOSE, RYEGRASS_LENGTH)
    assert seen.top.value == pytest.approx(RYEGRASS_FIT["top"], abs=2e-5)
    assert seen.bottom.value == pytest.approx(RYEGRASS_FIT["bottom"], abs=2e-5)
    assert seen.IC50_nM.value == pytest.approx(RYEGRASS_FIT["ed50"], abs=2e-5)
    assert seen.hill_slope.value == pytest.approx(-RYEGRASS_FIT["hill"], abs=2e-5)
    assert seen.residual_sd == pytest.approx(RYEGRASS_FIT["residual_sd"], abs=1e-6)
    assert (seen.verdict, seen.freedom, seen.wells) == (BRACKETED, 20, 24)


def test_curve_fit_finds_the_same_curve():
    seen = fit_dose_response(DOSES, values(9.0))

    def prism(dose, bottom, top, log_ic50, slope):
        with np.errstate(divide="ignore", over="ignore"):
            return bottom + (top - bottom) / (1 + 10 ** ((log_ic50 - np.log10(dose)) * slope))

    found, _ = optimize.curve_fit(prism, DOSES[3:], values(9.0)[3:], p0=[10, 100, 1, -1])
    own = fit_dose_response(DOSES[3:], values(9.0)[3:])
    mine = [own.bottom.value, own.top.value, own.log_IC50.value, own.hill_slope.value]
    np.testing.assert_allclose(mine, found, rtol=1e-4)
    np.testing.assert_allclose(own.curve(DOSES[3:]), prism(DOSES[3:], *found), atol=1e-3)
    assert seen.wells == len(own.values) + 3


def test_a_rising_curve_has_a_slope_above_0():
    seen = fit_dose_response(DOSES, values(9.0, hill=1.2))
    assert seen.hill_slope.value > 0
    assert seen.hill_slope.low < 1.2 < seen.hill_slope.high
    assert seen.top.value > seen.bottom.value


@pytest.mark.parametrize("factor", [1e-3, 1e3])
def test_the_unit_of_the_dose_does_not_matter(factor):
    one, other = fit_dose_response(DOSES, values(9.0)), fit_dose_response(DOSES * factor, values(9.0))
    assert other.IC50_nM.value == pytest.approx(factor * one.IC50_nM.value, rel=1e-5)
    assert other.IC50_nM.low == pytest.approx(factor * one.IC50_nM.low, rel=1e-3)
    assert other.top.value == pytest.approx(one.top.value, rel=1e-6)
    assert other.verdict == one.verdict
    assert other.p_no_trend == one.p_no_trend


@pytest.mark.parametrize(
    ("ic50", "hill", "verdict"),
    [(9.0, -1.2, BRACKETED), (1500.0, -1.2, AMBIGUOUS), (1e9, -1.0, NO_EFFECT), (1e-4, -1.2, AMBIGUOUS)],
)
def test_the_verdict_says_whether_the_doses_bracket(ic50, hill, verdict):
    seen = fit_dose_response(DOSES, values(ic50, hill=hill))
    assert seen.verdict == verdict
    if verdict == AMBIGUOUS:
        assert not seen.log_IC50.is_closed or not 0.3 <= seen.IC50_nM.value <= 300
    if verdict == NO_EFFECT:
        assert not seen.is_fitted
        assert np.isnan(seen.IC50_nM.value)


def test_too_few_wells_or_doses_give_no_curve():
    assert (
        fit_dose_response(np.array([0.0, 1.0, 10.0, 100.0]), np.array([9.0, 8.0, 1.0, 0.0])).verdict
        == TOO_FEW
    )
    three = np.repeat([0.0, 1.0, 10.0], 4)
    assert fit_dose_response(three, np.arange(12.0)).verdict == TOO_FEW
    lost = np.where(DOSES < 30, np.nan, values(9.0))
    assert fit_dose_response(DOSES, lost).verdict == TOO_FEW


def test_unknown_wells_are_left_out():
    gaps = values(9.0)
    gaps[[2, 7]] = np.nan
    seen = fit_dose_response(DOSES, gaps)
    kept = fit_dose_response(np.delete(DOSES, [2, 7]), np.delete(gaps, [2, 7]))
    assert seen.wells == 22
    assert seen.IC50_nM.value == pytest.approx(kept.IC50_nM.value)


def test_noise_alone_has_a_trend_in_5_of_100():
    doses = np.repeat([0.0, 0.1, 1.0, 10.0, 100.0], 2)
    rng = np.random.default_rng(3)
    seen = np.mean([trend_p(doses, rng.normal(size=10)) <= 0.05 for _ in range(150)])
    assert 0.0 < seen <= 0.104  # 5 % with three standard errors of 150
    assert trend_p(doses, np.full(10, 7.0)) == 1.0
    assert trend_p(doses, np.arange(10.0)) <= 0.001


@pytest.mark.claim(
    "The 95 % band of a bracketed curve holds the true value in 93 to 97 % of 1,000 simulated series",
    source="delta method: Bates and Watts 1988",
)
def test_the_band_covers_as_often_as_it_says():
    at = np.array([0.0, 3.0, 9.0, 30.0, 300.0])
    true = values(9.0, sd=0.0)[[0, 9, 9, 15, 21]]
    true[2] = 55.0  # half-way
    hits = []
    for curve in curves_of(DOSES, [values(9.0, sd=6.0, seed=seed) for seed in range(1000)]):
        low, high = curve.band(at)
        hits.append((low <= true) & (true <= high))
    covered = np.mean(hits, axis=0)
    assert (covered >= 0.93).all()
    assert (covered <= 0.97).all()


@pytest.mark.parametrize("seed", range(4))
def test_curves_of_many_series_are_those_of_one(seed):
    """The series that are counted above have no profile; a band does not ask for one."""
    row, at = values(9.0, sd=6.0, seed=seed), np.array([0.0, 3.0, 9.0, 30.0, 300.0])
    (quick,), whole = curves_of(DOSES, [row]), fit_dose_response(DOSES, row)
    assert whole.verdict == BRACKETED
    np.testing.assert_allclose(quick.parameters, whole.parameters, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(quick.band(at), whole.band(at), rtol=1e-3, atol=1e-3)


def test_a_curve_that_is_not_bracketed_has_no_band():
    seen = fit_dose_response(DOSES, values(1500.0))
    assert np.isnan(seen.band(np.array([1.0, 10.0]))[0]).all()
    assert np.isfinite(fit_dose_response(DOSES, values(9.0)).band(np.array([0.0, 10.0]))[0]).all()


@pytest.mark.parametrize(
    ("doses", "seen", "words"),
    [([0.0, 1.0], [1.0], r"\(2,\) doses and \(1,\) values"), ([-1.0, 1.0], [1.0, 2.0], "0 or more")],
)
def test_doses_that_make_no_sense_get_a_letter(doses, seen, words):
    with pytest.raises(SmaclabError, match=words):
        fit_dose_response(np.array(doses), np.array(seen))


def odd_series(kind, rng):
    """Doses and values that nobody plans: gaps of decades, exact steps, lines, bells, rounded values."""
    count, repeats = int(rng.integers(5, 11)), int(rng.integers(1, 4))
    doses = np.sort(10.0 ** rng.uniform(-5, 5, count))
    doses[0] = 0.0 if rng.random() < 0.6 else doses[0]
    doses = np.repeat(doses, repeats)
    at = np.log10(np.where(doses > 0, doses, 1e-9))
    middle = rng.uniform(-3, 3)
    noise = rng.normal(0, 0.05, len(at))
    return doses, {
        "noise": noise,
        "step": (at > middle).astype(float),
        "curve": 1 / (1 + 10 ** (at - middle)) + noise,
        "line": at + noise,
        "rounded": np.round(1 / (1 + 10 ** (3 * (at - middle))), 1),
        "bell": -((at - middle) ** 2) + noise,
        "rocket": np.exp(at),
    }[kind]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kind", ["noise", "step", "curve", "line", "rounded", "bell", "rocket"])
def test_no_unit_matters_whatever_the_series(kind):
    doses, seen = odd_series(kind, np.random.default_rng(17))
    one, other = fit_dose_response(doses, seen), fit_dose_response(7.3 * doses, 3.1e-9 * seen)
    assert one.verdict == other.verdict
    if one.is_fitted:
        for estimate in (one.top, one.bottom, one.log_IC50, one.hill_slope):
            slack = 1e-9 * abs(estimate.value)
            assert estimate.low - slack <= estimate.value <= estimate.high + slack
        # Through a step, rounded values or a rocket many curves go equally well.
        if one.verdict == BRACKETED and kind in ("curve", "line", "bell"):
            assert other.IC50_nM.value == pytest.approx(7.3 * one.IC50_nM.value, rel=0.02)
            assert other.IC50_nM.low == pytest.approx(7.3 * one.IC50_nM.low, rel=0.02)
            assert other.IC50_nM.high == pytest.approx(7.3 * one.IC50_nM.high, rel=0.02)


def test_an_exact_step_is_bracketed_by_the_doses_beside_it():
    doses = np.repeat([0.0, 1e-3, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0], 2)
    seen = fit_dose_response(doses, np.where(doses > 3, 0.0, 100.0))
    assert seen.verdict == BRACKETED
    assert 1.0 < seen.IC50_nM.low < seen.IC50_nM.value < seen.IC50_nM.high < 10.0
    assert seen.hill_slope.low == -np.inf  # as steep as one likes
