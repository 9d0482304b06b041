import numpy as np
import pytest

from smaclab.assay.instruments import number
from smaclab.assay.ubiquitin_ladder import TOP_KDA, lengths, spread
from smaclab.experiment.antibody import Band

BANDS = (Band(name="cIAP1", kDa=70.0), Band(name="Ub-cIAP1", kDa=70.0, is_ladder=True))


def test_lengths_are_geometric_with_the_mean_that_is_asked_for():
    share = lengths(6.0, 2000)
    assert share.sum() == pytest.approx(1.0)
    assert share @ np.arange(1, 2001) == pytest.approx(6.0)
    np.testing.assert_allclose(share[1:10] / share[:9], 5.0 / 6.0)


def test_what_is_longer_than_the_gel_is_counted_at_its_top():
    share = lengths(6.0, 3)
    assert share.sum() == pytest.approx(1.0)
    assert share[-1] == pytest.approx((5.0 / 6.0) ** 2)


def test_a_ladder_becomes_rungs_and_no_molecule_is_lost():
    copies = np.array([[100.0, 900.0], [50.0, 0.0]])
    bands, columns, groups = spread(BANDS, copies)
    assert columns[:, 0].tolist() == [100.0, 50.0]
    np.testing.assert_allclose(columns[:, 1:].sum(axis=1), [900.0, 0.0])
    assert groups[0] == 0
    assert set(groups[1:]) == {1}
    steps = np.diff([band.kDa for band in bands])
    np.testing.assert_allclose(steps, number("ladder", "ubiquitin_kDa"))
    assert max(band.kDa for band in bands) < TOP_KDA


def test_an_antibody_without_a_ladder_stays():
    bands, columns, groups = spread(BANDS[:1], np.array([[7.0]]))
    assert (bands, columns.tolist(), groups) == (BANDS[:1], [[7.0]], (0,))
