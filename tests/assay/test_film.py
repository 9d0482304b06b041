import math

import numpy as np
import pytest

from smaclab.assay import film
from smaclab.assay.instruments import number

CONTRAST = number("immunoblot", "film_contrast")


def one_band(light, *, detector="film"):
    places, rows = film.rows_of([70.0])
    picture = film.develop(np.array(light)[:, None], places, rows, detector=detector, contrast=CONTRAST)
    return film.read_volumes(picture, places, (0,))


def test_film_is_proportional_over_a_four_to_tenfold_range():
    """LI-COR: roughly 4- to 10-fold. Proportional: density over light within 10 % of a constant."""
    light = np.geomspace(1e-3, 30.0, 4000)
    slope = film.respond(light, "film", CONTRAST) / light
    inside = light[slope >= slope.max() * 0.9 / 1.1]
    assert 4.0 <= inside[-1] / inside[0] <= 10.0


def test_light_and_density_are_inverse():
    for detector in ("film", "imager"):
        light = film.light_for(0.3, detector, CONTRAST)
        assert film.respond(np.array(light), detector, CONTRAST) == pytest.approx(0.3)


def test_the_camera_reads_what_is_there_in_proportion():
    volume, _ = one_band([0.05, 0.2, 0.8], detector="imager")
    np.testing.assert_allclose(volume[:, 0] / volume[0, 0], [1.0, 4.0, 16.0], rtol=1e-9)
    # A box as tall as the strip loses the tails of a Gauss curve beyond 5 sd, which are nothing.
    np.testing.assert_allclose(volume[:, 0], [0.05, 0.2, 0.8], rtol=0.01)


def test_film_hides_the_faint_and_flattens_the_strong():
    volume, darkest = one_band([0.03, 0.3, 3.0, 30.0])
    folds = volume[1:, 0] / volume[:-1, 0]
    assert folds[0] > 10.0 > folds[1] > folds[2] > 1.0
    assert (darkest[:, 0] < 1.0).all()


def test_no_light_is_no_volume():
    volume, darkest = one_band([0.0, np.nan])
    np.testing.assert_allclose(volume, 0.0, atol=1e-12)
    np.testing.assert_allclose(darkest, 0.0, atol=1e-12)


def test_gels_are_logarithmic_until_a_gap_is_cut():
    places, rows = film.rows_of([116.0, 89.0])
    assert places[1] - places[0] == pytest.approx(film.PX_PER_E * math.log(116 / 89))
    assert rows == math.ceil(places[1]) + film.MARGIN_PX
    places, _ = film.rows_of([18.0, 55.0])
    assert (places[1], places[0]) == (film.MARGIN_PX, film.MARGIN_PX + film.GAP_PX)
    assert film.cuts_of([18.0, 55.0]) == [film.MARGIN_PX + film.GAP_PX / 2]
    assert film.cuts_of([116.0, 89.0]) == []


def test_bands_of_one_lane_are_read_apart_and_lanes_too():
    places, rows = film.rows_of([116.0, 89.0])
    light = np.array([[0.5, 0.0], [0.0, 0.5], [0.2, 0.4]])
    picture = film.develop(light, places, rows, detector="imager", contrast=CONTRAST)
    volume, _ = film.read_volumes(picture, places, (0, 1))
    np.testing.assert_allclose(volume, light, atol=2e-3)  # what a neighbor's tail leaves


def test_the_rungs_of_a_ladder_count_as_one():
    sizes = [70.0, 78.6, 87.2]
    places, rows = film.rows_of(sizes)
    light = np.array([[0.3, 0.1, 0.1]])
    picture = film.develop(light, places, rows, detector="imager", contrast=CONTRAST)
    volume, _ = film.read_volumes(picture, places, (0, 1, 1))
    assert volume.shape == (1, 2)
    assert volume.sum() == pytest.approx(0.5, rel=0.01)


def test_grain_is_smeared_and_keeps_its_strength():
    noise = np.random.default_rng(1).standard_normal((200, 480))
    grain = film.smeared(noise)
    assert grain.std() == pytest.approx(1.0, rel=0.05)
    assert np.corrcoef(grain[:, :-1].ravel(), grain[:, 1:].ravel())[0, 1] > 0.5
