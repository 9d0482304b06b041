import numpy as np
import pytest

from smaclab.assay.sample import Sample
from smaclab.assay.viability import Viability

SAMPLES = [Sample(experiment=f"e{i}", time_h=1.0) for i in range(300)]


def test_without_noise_percent_is_the_fraction_alive():
    made = Viability()
    light = made.measure(np.array([1.0, 0.5, 0.0, np.nan]), SAMPLES[:4], replicates=2, seed=None)
    percent = made.percent(light, control=0)
    np.testing.assert_allclose(percent[:, :3], [[100.0, 50.0, 0.0]] * 2)
    assert np.isnan(percent[:, 3]).all()


def test_an_empty_well_is_the_background():
    assert Viability().measure(np.array([0.0]), SAMPLES[:1], seed=None)[0, 0] == Viability().background


def test_wells_scatter_by_seeding_reagent_and_counting():
    """(1 + .05^2)^2 - 1 from two factors, and (1 - p) / (n p) from the binomial."""
    made = Viability(background=0.0, cells_per_well=500.0)
    light = made.measure(np.full(300, 0.3), SAMPLES, replicates=5, seed=1)
    expected = np.sqrt((1 + 0.05**2) ** 2 - 1 + 0.7 / (500 * 0.3))
    assert light.std() / light.mean() == pytest.approx(expected, rel=0.1)


def test_less_than_a_hundred_cells_can_be_told_from_none():
    """Promega guide: fewer than 100 cells. Two sd of empty wells are less than 100 cells give."""
    made = Viability()
    empty = made.measure(np.zeros(300), SAMPLES, seed=1)
    assert 2 * empty.std() < 100 * made.light_per_cell
