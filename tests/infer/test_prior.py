import numpy as np
import pytest

from smaclab.errors import SmaclabError
from smaclab.infer.prior import Prior, coordinates_of, values_of

PRIORS = [Prior(name="a", median=2.0, fold=10.0), Prior(name="b", median=1e-5, fold=1.5, shipped=3e-5)]


def test_the_fold_holds_95_percent():
    sets = values_of(PRIORS, np.random.default_rng(1).standard_normal((20_000, 2)))
    inside = (sets > [0.2, 1e-5 / 1.5]) & (sets < [20.0, 1.5e-5])
    assert inside.mean(axis=0) == pytest.approx(0.95, abs=0.006)  # four standard errors


def test_values_and_coordinates_are_each_others_inverse():
    coordinates = np.random.default_rng(2).standard_normal((5, 2))
    np.testing.assert_allclose(coordinates_of(PRIORS, values_of(PRIORS, coordinates)), coordinates, rtol=1e-9)


def test_the_start_is_where_the_shipped_value_is():
    start = np.array([one.start for one in PRIORS])
    np.testing.assert_allclose(values_of(PRIORS, start), [2.0, 3e-5])


@pytest.mark.parametrize(("median", "fold"), [(0.0, 2.0), (1.0, 1.0), (float("inf"), 2.0)])
def test_a_prior_that_is_none_gets_a_letter(median, fold):
    with pytest.raises(SmaclabError, match="The median is above 0, the fold above 1"):
        Prior(name="x", median=median, fold=fold)
