import numpy as np
import pytest

from smaclab.assay.elisa import Elisa, four_parameters, inverse
from smaclab.assay.sample import Sample

SAMPLES = [Sample(experiment=f"e{i}", time_h=1.0) for i in range(200)]


def test_the_curve_is_the_textbooks():
    """At the midpoint half-way between blank and top; slope 1 is a hyperbola (Michaelis and Menten)."""
    assert four_parameters(np.array(800.0), 0.1, 2.1, 800.0, 1.7) == pytest.approx(1.1)
    dose = np.array([0.0, 10.0, 90.0])
    np.testing.assert_allclose(four_parameters(dose, 0.0, 1.0, 10.0, 1.0), dose / (dose + 10.0))


def test_the_inverse_is_exact_and_ends_where_the_curve_does():
    dose = np.array([0.0, 0.5, 20.0, 950.0])
    np.testing.assert_allclose(
        inverse(four_parameters(dose, 0.06, 2.8, 800.0, 1.2), 0.06, 2.8, 800.0, 1.2), dose
    )
    assert inverse(np.array([0.01, 2.9]), 0.06, 2.8, 800.0, 1.2).tolist() == [0.0, np.inf]


def test_without_noise_the_reading_is_what_is_there_inside_the_range():
    plate = Elisa().measure(np.array([0.0, 5.0, 50.0, 999.0, 4000.0, np.nan]), SAMPLES[:6], seed=None)
    np.testing.assert_allclose(plate.reading[0, :5], [0.0, 5.0, 50.0, 999.0, 1000.0], rtol=1e-9)
    assert np.isnan(plate.reading[0, 5])
    assert plate.flag[0].tolist() == ["below", "below", "", "", "above", ""]


def test_duplicates_are_within_ten_percent_as_the_kit_wants():
    """Thermo TNF ELISA: absorbances of duplicates within 10 % of their mean; 95 of 100 should be."""
    plate = Elisa().measure(np.full(200, 300.0), SAMPLES, replicates=2, seed=1)
    mean = plate.absorbance.mean(axis=0)
    assert np.mean(np.abs(plate.absorbance[0] - mean) < 0.1 * mean) > 0.95


@pytest.mark.parametrize("dose", [50.0, 300.0, 800.0])
def test_readings_scatter_round_the_truth_by_less_than_kits_allow(dose):
    """TNF ELISA 1991: less than 10 % within and between plates, from 0.5 ng/ml; twice that at the low end."""
    plate = Elisa().measure(np.full(20, dose), SAMPLES[:20], replicates=25, seed=1)
    reading = plate.reading[plate.flag == ""]
    assert np.median(reading) == pytest.approx(dose, rel=0.06)
    assert reading.std() / reading.mean() < (0.20 if dose < 100 else 0.13)


def test_a_plate_has_its_own_curve():
    plates = Elisa(well_cv=0.05).measure(np.full(200, 300.0), SAMPLES, replicates=8, seed=1)
    between = np.median(plates.reading, axis=1).std()
    assert between > 1.0  # more than 200 wells of one curve would leave


def test_free_and_total_are_different_wells():
    one, other = (
        Elisa().measure(np.full(5, 300.0), SAMPLES[:5], sees=sees, seed=1) for sees in ("free", "total")
    )
    assert not np.allclose(one.reading, other.reading)
