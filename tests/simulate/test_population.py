import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.simulate.population import Population, individuals


def population(**given):
    usual = {"seed": 1, "cell_line": "line", "symbols": ("A", "B"), "places": (2, 0), "sigma": 0.3}
    return Population(**(usual | given))


MEDIAN = np.array([100.0, 5.0, 1000.0])


def test_amounts_are_log_normal_around_the_median():
    rows = individuals(population(), MEDIAN, range(4000))
    logs = np.log(rows[:, [2, 0]] / [1000.0, 100.0])
    assert np.all(rows[:, 1] == 5.0)  # no amount, so it does not vary
    np.testing.assert_allclose(logs.mean(axis=0), 0.0, atol=0.02)
    np.testing.assert_allclose(logs.std(axis=0), 0.3, rtol=0.05)
    assert abs(np.corrcoef(logs.T)[0, 1]) < 0.06


def test_a_cell_is_the_same_individual_in_every_slice():
    whole = individuals(population(), MEDIAN, range(20))
    parts = np.concatenate(
        [individuals(population(), MEDIAN, range(i, min(i + 7, 20))) for i in range(0, 20, 7)]
    )
    alone = np.concatenate([individuals(population(), MEDIAN, range(i, i + 1)) for i in range(20)])
    assert whole.tobytes() == parts.tobytes() == alone.tobytes()


def test_another_seed_or_line_is_somebody_else():
    one = individuals(population(), MEDIAN, range(1))
    assert np.all(one[0, [0, 2]] != individuals(population(seed=2), MEDIAN, range(1))[0, [0, 2]])
    assert np.all(one[0, [0, 2]] != individuals(population(cell_line="other"), MEDIAN, range(1))[0, [0, 2]])


def test_an_amount_does_not_depend_on_what_else_varies():
    both = individuals(population(), MEDIAN, range(3))
    only = individuals(population(symbols=("B",), places=(0,)), MEDIAN, range(3))
    assert both[:, 0].tobytes() == only[:, 0].tobytes()


def test_without_spread_all_cells_are_the_median():
    assert np.all(individuals(population(sigma=0.0), MEDIAN, range(3)) == MEDIAN)
    assert individuals(population(), MEDIAN, range(0)).shape == (0, 3)


def test_a_spread_that_is_no_spread_is_refused():
    with pytest.raises(SimulationError, match=r"line: variability -0\.1"):
        population(sigma=-0.1)
    with pytest.raises(SimulationError, match="1 symbols but 2 places"):
        population(symbols=("A",))
