import numpy as np
import pytest

from smaclab.assay.caspase_activity import CaspaseActivity
from smaclab.assay.sample import Sample

SAMPLES = [Sample(experiment=f"e{i}", time_h=1.0) for i in range(300)]


def test_without_noise_light_is_background_and_enzyme():
    made = CaspaseActivity(background=100.0, light_per_enzyme=1e-3, cells_per_well=1000.0)
    light = made.measure(np.array([0.0, 50.0, np.nan]), SAMPLES[:3], enzyme="caspase-8", seed=None)
    np.testing.assert_allclose(light[0, :2], [100.0, 150.0])
    assert np.isnan(light[0, 2])
    np.testing.assert_allclose(made.folds(light, control=0)[0, :2], [1.0, 1.5])


def test_the_reader_saturates():
    made = CaspaseActivity()
    light = made.measure(np.array([1e9]), SAMPLES[:1], enzyme="caspase-3", seed=1)
    assert light[0, 0] == made.most


def test_wells_scatter_as_was_asked_and_each_substrate_has_its_own():
    made = CaspaseActivity(background=0.0)
    one, other = (
        made.measure(np.full(300, 10.0), SAMPLES, enzyme=name, replicates=4, seed=1) for name in ("a", "b")
    )
    assert one.std() / one.mean() == pytest.approx(made.well_cv, rel=0.1)
    assert not np.allclose(one, other)
