import numpy as np
import pytest

from smaclab.assay.immunoblot import Immunoblot, Strip
from smaclab.assay.sample import Sample
from smaclab.errors import ExperimentError, ShapeError
from smaclab.experiment.antibody import Band

CELLS = 1e5


def strip(copies, *, name="X", panel="lysate", is_loading=False):
    table = np.atleast_2d(np.asarray(copies, dtype=float).T).T
    bands = tuple(Band(name=f"{name}{i}", kDa=100.0 / (i + 1)) for i in range(table.shape[1]))
    return Strip(
        name=name,
        panel=panel,
        bands=bands,
        groups=tuple(range(len(bands))),
        labels=tuple(one.name for one in bands),
        sizes_kDa=tuple(one.kDa for one in bands),
        copies=table,
        cells=CELLS,
        is_loading=is_loading,
    )


def samples(n):
    return [Sample(experiment=f"e{i}", time_h=1.0) for i in range(n)]


def test_a_camera_without_noise_shows_what_is_there():
    (one,) = Immunoblot(detector="imager").expose([strip([1e4, 2e4, 5e3])], samples(3), seed=None)
    np.testing.assert_allclose(one.volume[0, :, 0] / one.volume[0, 0, 0], [1.0, 2.0, 0.5], rtol=1e-9)
    assert not one.is_saturated.any()


def test_a_longer_exposure_saturates_the_strong_and_lifts_the_faint():
    usual, longer = (
        Immunoblot(exposure=factor).expose([strip([1e5, 1e3])], samples(2), seed=None)[0]
        for factor in (1, 20)
    )
    assert not usual.is_saturated.any()
    assert list(longer.is_saturated[0, :, 0]) == [True, False]
    assert longer.volume[0, 1, 0] > 5 * usual.volume[0, 1, 0]


def test_a_short_exposure_saturates_nothing_and_loses_the_faint_a_long_one_brings_them_up():
    """Strong bands at two to one and a faint one at a hundredth: what each film tells of them."""
    short, usual, long = (
        Immunoblot(exposure=words).expose([strip([1e5, 5e4, 1e3])], samples(3), seed=None)[0]
        for words in ("short", "usual", "long")
    )
    assert [list(one.is_saturated[0, :, 0]) for one in (short, usual)] == [[False] * 3] * 2
    assert list(long.is_saturated[0, :, 0]) == [True, True, False]
    strong, half, faint = (np.array([one.volume[0, k, 0] for one in (short, usual, long)]) for k in range(3))
    assert (strong / half)[1] > 1.9 > 1.4 > (strong / half)[2]  # a long film no longer tells two to one
    assert faint[2] > 10 * faint[1] > 50 * faint[0]
    assert Immunoblot(exposure="usual").times == 1.0 == Immunoblot(exposure=1).times


def test_the_substrate_has_a_limit():
    """A protein of one copy a cell is no band, however long the film lies on it."""
    (one,) = Immunoblot().expose([strip([1.0, 0.5])], samples(2), seed=None)
    assert one.volume.max() < 0.001


def test_the_exposure_is_each_antibodys_own():
    strong, weak = Immunoblot().expose(
        [strip([1e6], name="A"), strip([1e5], name="B")], samples(1), seed=None
    )
    assert strong.volume[0, 0, 0] == pytest.approx(weak.volume[0, 0, 0])


def test_loading_is_shared_with_the_loading_control_so_dividing_by_it_takes_it_away():
    quiet = Immunoblot(detector="imager", transfer_cv=0.0, membrane_cv=0.0, background_sd=0.0, loading_cv=0.3)
    target, actin = quiet.expose([strip([1e5] * 40), strip([1e7] * 40, name="actin")], samples(40), seed=5)
    assert target.volume[0, :, 0].std() / target.volume.mean() > 0.2
    ratio = target.volume[0, :, 0] / actin.volume[0, :, 0]
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-9)


def test_another_panel_is_another_loading():
    quiet = Immunoblot(detector="imager", transfer_cv=0.0, membrane_cv=0.0, background_sd=0.0)
    one, other = quiet.expose([strip([1e5] * 9), strip([1e5] * 9, panel="Input")], samples(9), seed=5)
    assert not np.allclose(one.volume, other.volume)


def test_noise_belongs_to_samples_not_to_lanes():
    made = Immunoblot()
    lanes = samples(3)
    (one,) = made.expose([strip([1e5, 2e5, 3e5])], lanes, replicates=2, seed=7)
    (two,) = made.expose([strip([3e5, 2e5, 1e5])], lanes[::-1], replicates=2, seed=7)
    np.testing.assert_allclose(one.volume, two.volume[:, ::-1], rtol=1e-12)
    np.testing.assert_array_equal(one.is_saturated, two.is_saturated[:, ::-1])


def test_the_spread_between_replicates_is_what_was_asked_for():
    """Camera, no membrane: log-normal loading and transfer, (1 + .1^2)(1 + .2^2) - 1 = 0.05 squared CV."""
    made = Immunoblot(detector="imager", membrane_cv=0.0, background_sd=0.0, least_molecules=1e12)
    (one,) = made.expose([strip([1e5] * 20)], samples(20), replicates=60, seed=3)
    volume = one.volume[:, :, 0]
    assert volume.std() / volume.mean() == pytest.approx(0.225, rel=0.08)  # 1,200 numbers, 4 sd


def test_a_failed_sample_is_unknown_and_stays_so():
    (one,) = Immunoblot().expose([strip([1e5, np.nan])], samples(2), seed=1)
    assert np.isnan(one.volume[0, 1, 0])
    assert np.isfinite(one.volume[0, 0, 0])
    assert not one.is_saturated[0, 1, 0]


def test_all_failed_or_nothing_there_is_no_crash():
    for copies in ([np.nan], [0.0]):
        (one,) = Immunoblot().expose([strip(copies)], samples(1), seed=1)
        assert one.film.shape[0] == 1


def test_what_is_no_instrument():
    with pytest.raises(ExperimentError, match="unknown detector 'flim'. Did you mean 'film'?"):
        Immunoblot(detector="flim")
    with pytest.raises(ExperimentError, match="An exposure of 0"):
        Immunoblot(exposure=0)
    with pytest.raises(ExperimentError, match="unknown exposure 'lnog'. Did you mean 'long'?"):
        Immunoblot(exposure="lnog")


def test_what_is_no_strip():
    with pytest.raises(ShapeError, match="copies"):
        Strip(**{**vars_of(strip([1.0])), "copies": np.zeros((2, 3))})
    with pytest.raises(ShapeError, match="groups"):
        Strip(**{**vars_of(strip([1.0])), "groups": (1,)})


def vars_of(one):
    return {name: getattr(one, name) for name in Strip.__slots__}
