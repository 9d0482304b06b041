import numpy as np
import pytest

from smaclab.assay.noise import factor, factors, generator, normal
from smaclab.assay.sample import Sample
from smaclab.errors import ShapeError

SAMPLES = [Sample(experiment=f"e{i}", time_h=24.0) for i in range(400)]


def test_a_factor_belongs_to_names_not_to_places():
    whole = normal(3, "x", SAMPLES, ["a", "b"], 3)
    np.testing.assert_array_equal(normal(3, "x", SAMPLES[::-1], ["b"], 2)[:, ::-1, 0], whole[:2, :, 1])


@pytest.mark.parametrize("other", [(4, "x", "a"), (3, "y", "a"), (3, "x", "b")])
def test_another_seed_assay_or_name_is_other_noise(other):
    seed, assay, name = other
    assert not np.allclose(normal(3, "x", SAMPLES, ["a"], 1), normal(seed, assay, SAMPLES, [name], 1))


def test_replicates_differ():
    first, second = normal(3, "x", SAMPLES, ["a"], 2)
    assert abs(np.corrcoef(first[:, 0], second[:, 0])[0, 1]) < 0.15  # 3 sd of 400 independent pairs


@pytest.mark.parametrize("cv", [0.1, 0.3])
def test_factors_have_the_mean_and_cv_that_are_asked_for(cv):
    found = factors(1, "x", SAMPLES, ["a"], 20, cv).ravel()
    error = cv / np.sqrt(found.size)
    assert found.mean() == pytest.approx(1.0, abs=4 * error)
    assert found.std() / found.mean() == pytest.approx(cv, rel=0.05)  # 8,000 numbers: 4 sd are 0.04
    assert (found > 0).all()


def test_no_seed_is_no_noise_and_no_spread_is_none_either():
    assert (factors(None, "x", SAMPLES, ["a"], 2, 0.3) == 1.0).all()
    assert (factors(1, "x", SAMPLES, ["a"], 2, 0.0) == 1.0).all()
    assert (factor(np.array([-1.0, 2.0]), 0.0) == 1.0).all()


def test_counts_have_a_stream_of_their_own():
    one, again = (generator(1, "x", "e at 1 h", 0).random() for _ in range(2))
    assert one == again != generator(1, "x", "e at 1 h", 1).random()


def test_measure_at_least_once():
    with pytest.raises(ShapeError, match="0 replicates"):
        normal(1, "x", SAMPLES, ["a"], 0)
