"""Intervals by individuals: the sandwich written out, and how often they hold the truth."""

import math

import numpy as np
import pytest
from scipy import stats

from smaclab.analysis import logistic
from smaclab.analysis.cell_intervals import intervals_by_cells
from smaclab.analysis.dose_response import AMBIGUOUS, BRACKETED, fit_dose_response
from smaclab.analysis.jackknife import jackknifed
from smaclab.errors import ShapeError
from tests.analysis.quick_curves import curves_of

DOSES = np.array([0.0, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0])
BAND_AT = np.array([0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0])
COVERS = (0.93, 0.97)
REPEATS = 1000

# (IC50 in nM, steepness, fraction alive without the drug, fraction alive at any dose)
GENTLE = (10.0, 1.0, 0.95, 0.2)
USUAL = (10.0, 1.5, 1.0, 0.0)
FLAT = (10.0, 0.7, 0.9, 0.3)
STEEP = (10.0, 3.0, 1.0, 0.1)


def fates(rng, cells, truth=USUAL):
    """(cell, dose), 1 alive: each cell has the dose that it stands, and meets them all."""
    middle, hill, top, bottom = truth
    share, luck = rng.random(cells), rng.random(cells)
    stands = middle * (share / (1 - share)) ** (1 / hill)
    stands = np.where(luck < bottom, np.inf, np.where(luck > top, -1.0, stands))
    return (stands[:, None] > DOSES).astype(float)


def plates(rng, cells, seeds=1, truth=USUAL):
    """Doses, percentages, fates (cell, well), and the seed of each cell."""
    each = [fates(rng, cells, truth) for _ in range(seeds)]
    alive = np.full((seeds * cells, seeds * len(DOSES)), np.nan)
    for one, own in enumerate(each):
        alive[one * cells : (one + 1) * cells, one * len(DOSES) : (one + 1) * len(DOSES)] = own
    values = 100.0 * np.concatenate([own.mean(axis=0) for own in each])
    return np.tile(DOSES, seeds), values, alive, np.repeat(np.arange(seeds), cells)


def seen_of(rng, cells, seeds=1, truth=USUAL):
    doses, values, alive, owner = plates(rng, cells, seeds, truth)
    return intervals_by_cells(fit_dose_response(doses, values), alive, owner)


def test_the_ends_are_those_of_refits_without_each_cell():
    """Slowly: the curve is fitted again without each of 200 cells, as in `jackknifed`."""
    doses, values, alive, owner = plates(np.random.default_rng(2), 200, truth=GENTLE)
    whole = fit_dose_response(doses, values)
    seen = intervals_by_cells(whole, alive, owner)
    left_out = 100.0 * (alive.sum(axis=0) - alive) / 199.0
    slow = jackknifed(whole, left_out, by="cells")
    for name in ("log_IC50", "hill_slope"):
        one, other = getattr(seen, name), getattr(slow, name)
        # The imaginary cell among 200, and slopes in place of refits, are worth some percent of the width.
        assert one.high - one.low == pytest.approx(other.high - other.low, rel=0.06)
    assert (seen.interval_by, seen.blocks) == ("cells", 200)
    assert seen.log_IC50.value == whole.log_IC50.value
    low, high = seen.band(np.array([10.0]))
    assert low[0] < seen.curve(np.array([10.0]))[0] < high[0]


def test_more_seeds_and_more_cells_know_more():
    widths = [
        seen_of(np.random.default_rng(1), cells, seeds, GENTLE).log_IC50
        for cells, seeds in ((50, 1), (50, 4), (800, 1))
    ]
    few, seeds, many = (one.high - one.low for one in widths)
    assert seeds == pytest.approx(few / 2, rel=0.35)  # four times the cells: half the width, by chance
    assert many == pytest.approx(few / 4, rel=0.35)


def test_plateaus_are_shares_with_their_limits():
    whole = seen_of(np.random.default_rng(3), 24)
    # None of 24 died without the drug. No plateau is known better than from half as many cells again.
    best = 100.0 * 36 / (36 + stats.t.ppf(0.975, 23) ** 2)
    assert best - 6.0 < whole.top.low < best + 0.1
    assert whole.top.high == pytest.approx(100.0, abs=1.0)


def test_a_step_between_two_doses_has_no_steepest_slope():
    rng = np.random.default_rng(4)
    seen = seen_of(rng, 24, truth=(5.0, 40.0, 1.0, 0.0))
    assert seen.hill_slope.limits() == "no limit"
    # The IC50 lies between the two doses, and no curve with its band leaves the scale of a percentage.
    assert math.log10(3.0) <= seen.log_IC50.low < seen.log_IC50.high <= 1.0
    low, high = seen.band(np.geomspace(0.3, 1000.0, 50))
    assert low.min() > -30.0
    assert high.max() < 130.0


def test_where_the_drug_saves_cells_the_curve_rises():
    doses, values, alive, owner = plates(np.random.default_rng(6), 100, truth=GENTLE)
    falling = intervals_by_cells(fit_dose_response(doses, values), alive, owner)
    rising = intervals_by_cells(fit_dose_response(doses, 100.0 - values), 1.0 - alive, owner)
    assert rising.top.high == pytest.approx(100.0 - falling.bottom.low)
    assert rising.log_IC50.low == pytest.approx(falling.log_IC50.low, abs=1e-6)


def test_a_failed_cell_is_left_out_and_a_lost_well_too():
    doses, values, alive, owner = plates(np.random.default_rng(7), 40, truth=GENTLE)
    more = np.vstack([alive, np.full((3, len(DOSES)), np.nan)])
    whole = fit_dose_response(doses, values)
    one = intervals_by_cells(whole, alive, owner)
    other = intervals_by_cells(whole, more, np.append(owner, [0, 0, 0]))
    assert one.log_IC50 == other.log_IC50
    alive[:, 4], values[4] = np.nan, np.nan
    lost = intervals_by_cells(fit_dose_response(doses, values), alive, owner)
    assert lost.log_IC50.is_closed


def test_an_end_that_the_doses_do_not_have_stays_away():
    doses, values, alive, owner = plates(np.random.default_rng(8), 200, truth=(3000.0, 1.0, 1.0, 0.0))
    whole = fit_dose_response(doses, values)
    seen = intervals_by_cells(whole, alive, owner)
    assert whole.verdict == AMBIGUOUS
    assert math.isfinite(seen.log_IC50.high) == math.isfinite(whole.log_IC50.high)


def test_without_a_curve_or_with_one_cell_nothing_changes():
    flat = fit_dose_response(DOSES, np.full(9, 100.0))
    assert intervals_by_cells(flat, np.ones((5, 9)), np.zeros(5)) is flat
    doses, values, alive, owner = plates(np.random.default_rng(2), 24)
    whole = fit_dose_response(doses, values)
    assert intervals_by_cells(whole, alive[:1], owner[:1]) is whole
    with pytest.raises(ShapeError, match="cell, well"):
        intervals_by_cells(whole, alive[:, :3], owner)


def coverage(truth, cells, *, repeats=REPEATS):
    """How often Top, Bottom, IC50 and HillSlope hold the truth, (4,), and the band at each of BAND_AT."""
    rng = np.random.default_rng(cells)
    sets = [plates(rng, cells, truth=truth) for _ in range(repeats)]
    curves = curves_of(DOSES, [values for _, values, _, _ in sets])
    hits = []
    for curve, (_, _, alive, owner) in zip(curves, sets, strict=True):
        seen = intervals_by_cells(curve, alive, owner)
        low, high = seen.band(BAND_AT)
        exact = percent_alive(truth, BAND_AT)
        in_band = (low <= exact + 1e-9) & (exact - 1e-9 <= high)
        hits.append(np.append(held(seen, truth), in_band))
    covered = np.mean(hits, axis=0)
    return covered[:4], covered[4:]


def held(seen, truth):
    """(4,), whether the intervals of Top, Bottom, IC50 and HillSlope hold the truth."""
    middle, hill, top, bottom = truth
    pairs = (
        (seen.top, 100 * top),
        (seen.bottom, 100 * bottom),
        (seen.IC50_nM, middle),
        (seen.hill_slope, -hill),
    )
    return [one.low <= true + 1e-9 and true - 1e-9 <= one.high for one, true in pairs]


def percent_alive(truth, doses):
    middle, hill, top, bottom = truth
    return 100.0 * (bottom + (top - bottom) / (1.0 + (doses / middle) ** hill))


@pytest.mark.claim(
    "Where the same cells meet every dose, 95 % intervals of IC50 and HillSlope by cells hold the truth in "
    "93 to 97 % of 1,000 series of 24 and 100 cells, and bands in 93 to 98 %",
    source="sandwich: Liang and Zeger 1986",
)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("truth", "cells"),
    [
        pytest.param(GENTLE, 24, id="gentle, 24"),
        pytest.param(GENTLE, 100, id="gentle, 100"),
        pytest.param(USUAL, 24, id="usual, 24"),
        pytest.param(USUAL, 100, id="usual, 100"),
        pytest.param(FLAT, 24, id="flat, 24"),
        pytest.param(FLAT, 100, id="flat, 100"),
    ],
)
def test_intervals_by_cells_cover_as_often_as_they_say(truth, cells):
    covered, in_band = coverage(truth, cells)
    assert min(covered.min(), in_band.min()) >= COVERS[0]
    assert (covered[2:] <= COVERS[1]).all()
    # Where hardly a cell is on one side, a share takes few values, and one of exactly 0 or 100 % is never
    # missed on the other side: no interval holds it in 95 % whatever it is. Of 24 cells one in 100 series
    # more is held than asked.
    exact = percent_alive(truth, BAND_AT)
    is_inside = (exact > 5.0) & (exact < 95.0)
    assert (in_band[is_inside] <= COVERS[1] + (0.01 if cells < 50 else 0.0)).all()
    if truth is not USUAL:
        assert (covered[:2] <= COVERS[1] + 0.01).all()


@pytest.mark.slow
@pytest.mark.parametrize("cells", [24, 100])
def test_where_few_cells_die_between_two_doses_intervals_are_wide_and_not_bold(cells):
    covered, in_band = coverage(STEEP, cells)
    assert min(covered.min(), in_band.min()) >= COVERS[0]


@pytest.mark.parametrize("truth", [GENTLE, USUAL, FLAT])
def test_curves_of_many_series_are_those_of_one(truth):
    """What takes the time, the profile, is left out where series are counted: it changes no end by cells."""
    rng = np.random.default_rng(12)
    sets = [plates(rng, 24, truth=truth) for _ in range(3)]
    for quick, (doses, values, alive, owner) in zip(
        curves_of(DOSES, [values for _, values, _, _ in sets]), sets, strict=True
    ):
        whole = fit_dose_response(doses, values)
        one, other = (intervals_by_cells(each, alive, owner) for each in (quick, whole))
        if whole.verdict == BRACKETED:
            for name in ("log_IC50", "hill_slope", "top", "bottom"):
                mine, theirs = getattr(one, name), getattr(other, name)
                ends = [mine.value, *(end for end in (mine.low, mine.high) if np.isfinite(end))]
                own = [theirs.value, *(end for end in (theirs.low, theirs.high) if np.isfinite(end))]
                if len(ends) == len(own):  # a profile without an end stays without
                    np.testing.assert_allclose(ends, own, rtol=2e-3, atol=1e-3)


def test_wells_that_share_their_cells_are_not_independent():
    """The interval by wells of 24 cells holds the IC50 in far fewer than 95 % of series."""
    rng = np.random.default_rng(1)
    at = logistic.log_doses(DOSES)
    rows = np.array([plates(rng, 24, truth=GENTLE)[1] for _ in range(200)])
    _, best = logistic.best_fits(at, rows)
    keep = np.tile([np.nan, np.nan, np.log10(GENTLE[0]), np.nan], (len(rows), 1))
    _, there = logistic.best_fits(at, rows, keep)
    freedom = len(DOSES) - 4
    by_wells = there <= best * (1 + stats.f.ppf(0.95, 1, freedom) / freedom)
    assert by_wells.mean() < 0.9


def test_the_interval_of_the_IC50_covers_as_often_as_it_says():
    """One of the slow ones, at 50 cells, in every run of the tests."""
    covered, in_band = coverage(USUAL, 50)
    assert COVERS[0] <= covered[2] <= COVERS[1]
    assert in_band.min() >= COVERS[0]
