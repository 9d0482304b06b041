import math

import numpy as np
import pytest

from smaclab.assay.qpcr import QPCR
from smaclab.assay.sample import Sample
from smaclab.errors import ShapeError

SAMPLES = [Sample(experiment=f"e{i}", time_h=1.0) for i in range(200)]
GENES = ("TNF", "reference")


def cycles(copies, *, seed=None, replicates=1, made=None):
    table = np.stack([np.asarray(copies, dtype=float), np.full(len(copies), 2000.0)], axis=1)
    made = made or QPCR()
    found = made.cycles(table, SAMPLES[: len(copies)], GENES, replicates=replicates, seed=seed)
    return made, found


def test_twice_as_much_is_one_cycle_less_at_full_efficiency():
    _, found = cycles([10.0, 20.0, 160.0], made=QPCR(efficiency=1.0))
    np.testing.assert_allclose(found[0, :, 0] - found[0, 0, 0], [0.0, -1.0, -4.0])


def test_without_noise_folds_are_those_of_the_copies():
    made, found = cycles([10.0, 20.0, 1.0, np.nan])
    folds = made.folds(found[:, :, :1], found[:, :, 1], control=0)[0, :, 0]
    np.testing.assert_allclose(folds[:3], [1.0, 2.0, 0.1])
    assert np.isnan(folds[3])


def test_nothing_is_undetermined_and_its_fold_is_zero():
    made, found = cycles([10.0, 0.0])
    assert math.isinf(found[0, 1, 0])
    assert made.folds(found[:, :, :1], found[:, :, 1], control=0)[0, 1, 0] == 0.0


def test_a_control_without_a_cycle_leaves_folds_unknown():
    made, found = cycles([0.0, 10.0])
    assert np.isnan(made.folds(found[:, :, :1], found[:, :, 1], control=0)).all()


def test_wells_scatter_as_was_asked_and_the_samples_part_cancels():
    made, found = cycles([100.0] * 200, seed=2, replicates=10)
    well, sample = made.well_sd, made.sample_sd
    assert found[:, :, 0].std() == pytest.approx(math.hypot(well, sample), rel=0.1)
    delta = found[:, :, 0] - found[:, :, 1]
    assert delta.std() == pytest.approx(math.sqrt(2) * well, rel=0.1)


def test_few_templates_scatter_more_and_are_sometimes_missed():
    """Poisson: of 3 templates expected, exp(-3) = 5 % of wells hold none, the usual limit of detection."""
    made, found = cycles([3.0 / QPCR().cells] * 200, seed=2, replicates=20)
    templates_missed = np.mean(np.isinf(found[:, :, 0]))
    assert templates_missed == pytest.approx(math.exp(-3.0), abs=0.015)
    _, many = cycles([100.0] * 200, seed=2, replicates=20)
    assert np.isfinite(many).all()
    del made


def test_copies_have_the_axes_that_are_said():
    with pytest.raises(ShapeError, match="needed"):
        QPCR().cycles(np.zeros((2, 3)), SAMPLES[:2], GENES)
