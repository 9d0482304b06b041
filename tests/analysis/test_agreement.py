"""Agreement, against the textbook and SciPy."""

import math

import numpy as np
import pytest
from scipy import stats

from smaclab.analysis.agreement import agreement_of, unit_factor
from smaclab.errors import ShapeError

SIMULATED = np.array([0.2, 0.1, 0.4, 0.9, 0.9])
MEASURED = np.array([0.1, 0.3, 0.3, 0.8, 0.6])


def test_distance_and_order_are_those_of_the_textbook():
    seen = agreement_of(SIMULATED, MEASURED)
    apart = SIMULATED - MEASURED
    assert seen.rmse == pytest.approx(math.sqrt(np.mean(apart**2)))
    assert seen.bias == pytest.approx(apart.mean())
    assert seen.rank_correlation == pytest.approx(stats.spearmanr(SIMULATED, MEASURED)[0])
    assert seen.conditions == 5


def test_the_order_needs_no_unit_and_the_distance_does():
    seen = agreement_of(SIMULATED, 1000.0 * MEASURED, factor=None)
    assert math.isnan(seen.rmse)
    assert math.isnan(seen.bias)
    assert seen.rank_correlation == pytest.approx(agreement_of(SIMULATED, MEASURED).rank_correlation)
    converted = agreement_of(SIMULATED, 1000.0 * MEASURED, factor=1e-3)
    assert converted.rmse == pytest.approx(agreement_of(SIMULATED, MEASURED).rmse)


def test_what_is_not_known_is_left_out_and_two_conditions_have_no_order():
    lost = SIMULATED.copy()
    lost[0] = math.nan
    assert agreement_of(lost, MEASURED).conditions == 4
    assert math.isnan(agreement_of(SIMULATED[:2], MEASURED[:2]).rank_correlation)
    assert math.isnan(agreement_of(np.ones(4), MEASURED[:4]).rank_correlation)
    assert math.isnan(agreement_of(np.array([]), np.array([])).rmse)


@pytest.mark.parametrize(
    ("measured", "simulated", "factor"),
    [
        ("pg/ml", "pg/ml", 1.0),
        ("PG/ml", "pg/ml", 1.0),
        ("ng/ml", "pg/ml", 1000.0),
        ("pg/ml", "µg/ml", 1e-6),
        ("", "pg/ml", None),
        ("", "", None),
        ("fold", "pg/ml", None),
        ("copies", "copies", 1.0),
    ],
)
def test_masses_are_converted_and_nothing_is_guessed(measured, simulated, factor):
    assert unit_factor(measured, simulated) == factor


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ShapeError, match="both are"):
        agreement_of(SIMULATED, MEASURED[:2])
