import numpy as np
import pytest

from smaclab.errors import SimulationError
from smaclab.seeds import standard_normal
from smaclab.simulate.population import Kinship, Population, individuals, partition_share


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


# --- what proteins of a cell have in common -----------------------------------------------------------------


def logs_of(given, cells=range(4000), copies=(1000.0, 100.0)):
    rows = individuals(given, np.array([copies[1], 5.0, copies[0]]), cells)
    return np.log(rows[:, [2, 0]] / np.array(copies))


def test_without_a_correlation_nobody_changes():
    # The numbers of the model were chosen on these individuals: to the last bit.
    z = standard_normal(1, "amount", "line", range(3), ("A", "B"))
    expected = np.array([1000.0, 100.0]) * np.exp(0.3 * z)
    assert individuals(population(), MEDIAN, range(3))[:, [2, 0]].tobytes() == expected.tobytes()


@pytest.mark.parametrize("share", [0.25, 0.5, 1.0])
def test_a_share_of_the_variance_is_common_to_all_amounts_of_a_cell(share):
    logs = logs_of(population(correlation=share))
    # 4,000 cells: the standard error of a correlation of 0.25 is 0.015, of the spread 1 %.
    assert np.corrcoef(logs.T)[0, 1] == pytest.approx(share, abs=0.05)
    np.testing.assert_allclose(logs.std(axis=0), 0.3, rtol=0.05)
    np.testing.assert_allclose(logs.mean(axis=0), 0.0, atol=0.02)


# --- sisters ------------------------------------------------------------------------------------------------


def sisters(since_h, *, mixing_h=40.0, **more):
    kinship = Kinship(since_s=3600.0 * since_h, mixing_s=3600.0 * mixing_h)
    return population(kinship=kinship, **more)


def correlation(logs, amount=0):
    return np.corrcoef(logs[::2, amount], logs[1::2, amount])[0, 1]


def test_sisters_share_their_mothers_amounts_but_for_chance_at_division():
    many = 1e6  # copies: partition is nothing, so newborn sisters are one
    logs = logs_of(sisters(0.0), copies=(many, 100.0))
    assert np.abs(logs[::2, 0] - logs[1::2, 0]).max() < 0.01
    # Binomial: 200 molecules of the mother, so one sister has 100 +- sqrt(50), and the other what is left.
    apart = logs[::2, 1] - logs[1::2, 1]
    assert apart.std() == pytest.approx(2.0 * np.sqrt(50.0) / 100.0, rel=0.05)
    strangers = np.corrcoef(logs[1:-1:2, 0], logs[2::2, 0])[0, 1]
    assert abs(strangers) < 0.08


@pytest.mark.parametrize(("since_h", "expected"), [(20.0, 0.5), (40.0, 0.25), (400.0, 0.0)])
def test_sisters_drift_apart_with_the_mixing_time(since_h, expected):
    # A cell keeps 2^(-t/40 h) of its deviation; two independent cells keep the square of that in common.
    logs = logs_of(sisters(since_h), copies=(1e6, 1e6))
    assert correlation(logs) == pytest.approx(expected, abs=0.06)  # 2,000 pairs: standard error 0.02


@pytest.mark.parametrize("since_h", [0.0, 5.0, 40.0])
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_all_cells_together_have_the_spread_of_the_line(since_h, share):
    logs = logs_of(sisters(since_h, correlation=share), copies=(1000.0, 10.0))
    np.testing.assert_allclose(logs.std(axis=0), 0.3, rtol=0.05)
    np.testing.assert_allclose(logs.mean(axis=0), 0.0, atol=0.02)


def test_long_after_the_division_they_are_who_they_are_without_it():
    old = individuals(sisters(1e6), MEDIAN, range(6))
    assert old.tobytes() == individuals(population(), MEDIAN, range(6)).tobytes()


def test_a_sister_is_the_same_individual_in_every_slice():
    given = sisters(3.0, correlation=0.5)
    whole = individuals(given, MEDIAN, range(20))
    parts = [individuals(given, MEDIAN, range(i, min(i + 7, 20))) for i in range(0, 20, 7)]
    assert whole.tobytes() == np.concatenate(parts).tobytes()


def test_partition_is_never_more_than_all_of_the_spread():
    np.testing.assert_allclose(
        partition_share(np.array([0.0, 1.0, 1000.0]), 0.25), [0.0, 1.0, 0.5 / (1000 * 0.0625)]
    )


def test_a_correlation_that_is_none_is_refused():
    with pytest.raises(SimulationError, match=r"line: correlation 1\.5"):
        population(correlation=1.5)
