import numpy as np
import pytest

from smaclab.assay.reporter import Reporter

TIME_H = np.linspace(0.0, 10.0, 101)


def test_a_constant_caspase_cuts_exponentially():
    """The analytic solution of first-order cleavage: 1 - exp(-k c t)."""
    made = Reporter(cleavage_per_copy_h=0.02)
    cut = made.cut(np.full((1, 101), 10.0), TIME_H)
    np.testing.assert_allclose(cut[0], 1.0 - np.exp(-0.2 * TIME_H), rtol=1e-12, atol=1e-15)


def test_ten_copies_cut_half_in_three_and_a_half_hours_as_the_number_says():
    cut = Reporter().cut(np.full((1, 101), 10.0), TIME_H)[0]
    assert TIME_H[np.argmax(cut >= 0.5)] == pytest.approx(3.5, abs=0.2)


def test_a_rising_caspase_is_integrated():
    cut = Reporter(cleavage_per_copy_h=0.1).cut(TIME_H[None, :], TIME_H)
    np.testing.assert_allclose(cut[0], 1.0 - np.exp(-0.05 * TIME_H**2), rtol=1e-9, atol=1e-12)


def test_a_dead_cell_is_seen_no_more():
    seen = Reporter().watch(np.full((2, 101), 0.3), "e", np.array([5.0, np.inf]), TIME_H, seed=None)
    assert np.isnan(seen[0, TIME_H >= 5.0]).all()
    np.testing.assert_array_equal(seen[1], 0.3)


def test_the_camera_scatters_as_photons_do():
    """Of n photons in all, a share p has the sd sqrt(p (1 - p) / n), and the camera adds its own."""
    made = Reporter(photons=4000.0, read_noise=0.0)
    time_h = np.linspace(0, 10, 20_000)
    seen = made.watch(np.full((1, 20_000), 0.3), "e", np.array([np.inf]), time_h, seed=1)
    assert seen.mean() == pytest.approx(0.3, abs=0.001)
    assert seen.std() == pytest.approx(np.sqrt(0.3 * 0.7 / 4000), rel=0.05)


def test_a_cell_keeps_its_noise_in_any_company():
    share = np.full((3, 101), 0.3)
    died = np.full(3, np.inf)
    whole = Reporter().watch(share, "e", died, TIME_H, seed=1)
    np.testing.assert_array_equal(Reporter().watch(share[:2], "e", died[:2], TIME_H, seed=1), whole[:2])


def test_unknown_stays_unknown():
    share = np.full((1, 101), np.nan)
    assert np.isnan(Reporter().watch(share, "e", np.array([np.nan]), TIME_H, seed=1)).all()
