import io
import re

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from smaclab.assay import film
from smaclab.assay.film import read_volumes, rows_of
from smaclab.report import style
from smaclab.report.blot import WHITE, density_of, draw, pixels
from tests.report.blots import WIDTHS, course, lines_and_doses, meeting, outside

MADE = {"course": course, "lines_and_doses": lines_and_doses}


@pytest.fixture(scope="module", params=MADE)
def made(request):
    return MADE[request.param]()


@pytest.mark.parametrize("width", [*WIDTHS, 700])
def test_no_label_meets_another_and_none_leaves_the_picture(made, width):
    figure = draw(*made, note="smaclab: film, replicate 1 of 1", width_px=width)
    assert meeting(figure) == []
    assert outside(figure) == []


def test_the_judge_finds_labels_that_meet():
    figure = Figure(figsize=(4, 1), dpi=100)
    figure.text(0.5, 0.5, "cIAP1")
    figure.text(0.52, 0.5, "cIAP2")
    figure.text(0.97, 0.5, "PARP")
    assert meeting(figure) == [("cIAP1", "cIAP2")]
    assert outside(figure) == ["PARP"]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_is_as_wide_as_asked(made, width):
    picture = Image.open(io.BytesIO(style.to_png(draw(*made, width_px=width))))
    assert picture.width == width


def test_equal_blots_are_equal_bytes():
    one, two = (draw(*course(), note="x") for _ in range(2))
    assert style.to_svg(one) == style.to_svg(two)
    assert style.to_png(one) == style.to_png(two)


def test_another_seed_is_another_film():
    assert style.to_png(draw(*course(seed=1))) != style.to_png(draw(*course(seed=2)))


def test_simulated_stands_in_the_picture_and_in_the_files():
    figure = draw(*course())
    assert "SIMULATED" in [text.get_text() for text in figure.axes[0].texts]
    svg = style.to_svg(figure)
    assert "SIMULATED" in re.search(r"<metadata>.*</metadata>", svg, re.DOTALL)[0]
    assert svg.count("SIMULATED") >= 2  # and as a text
    assert Image.open(io.BytesIO(style.to_png(figure))).text["Description"] == "SIMULATED"


def test_a_browser_without_our_font_has_another_of_its_widths():
    """Verdana has the widths of DejaVu Sans: labels keep their room."""
    fonts = set(re.findall(r"font-family: ([^;\"]*)", style.to_svg(draw(*course()))))
    assert fonts
    assert all("Verdana" in one for one in fonts), fonts


def test_bands_are_dark_on_light_and_gray_only():
    rgb = np.asarray(Image.open(io.BytesIO(style.to_png(draw(*course())))).convert("RGB")).astype(int)
    assert np.abs(rgb - rgb.mean(axis=2, keepdims=True)).max() <= 1
    first = course(seed=None)[0][0].strips[0].film[0]
    gray = pixels(first)
    assert gray[:, : film.LANE_PX].min() < 60 < 200 < np.median(gray)


def test_a_scanner_keeps_the_density():
    density = np.linspace(0.0, 0.95, 50)
    # 8 bits: half a level of 245 x 10^(-1.8 D), at most 0.02 in density at the dark end.
    np.testing.assert_allclose(density_of(pixels(density)), density, atol=0.025)
    assert pixels(np.zeros(1))[0] == WHITE


@pytest.mark.parametrize("detector", ["film", "imager"])
def test_the_table_agrees_with_the_bands_of_the_picture(detector):
    """Densitometry of the drawn 8-bit pixels, as ImageJ does it: within 2 % of the strongest band."""
    panels, _ = course(seed=None, detector=detector)
    for one in panels[0].strips:
        places, _ = rows_of([band.kDa for band in one.strip.bands])
        seen, _ = read_volumes(density_of(pixels(one.film[0])), places, one.strip.groups)
        np.testing.assert_allclose(seen, one.volume[0], atol=0.02 * one.volume.max())


def test_the_table_agrees_with_the_png():
    """The same from the file: pixels inside the frame, optical density lane by lane, within 4 %."""
    panels, lanes = course(seed=None)
    figure = draw(panels, lanes, width_px=1000)
    gray = np.asarray(Image.open(io.BytesIO(style.to_png(figure))).convert("L"))
    image = figure.axes[0].images[0]  # cIAP1
    left, right, bottom, top = (round(one) for one in image.get_extent())
    box = gray[top + 2 : bottom - 2, left:right].copy()
    box[:, [0, 1, -2, -1]] = np.median(box)  # the frame's ends
    density = density_of(box) - density_of(np.array([np.median(box)]))
    lanes_seen = np.array([part.sum() for part in np.array_split(density, lanes.n_lanes, axis=1)])
    volume = panels[0].strips[0].volume[0, :, 0]
    np.testing.assert_allclose(lanes_seen / lanes_seen.max(), volume / volume.max(), atol=0.04)


def test_a_sample_that_failed_is_marked():
    panels, lanes = course(seed=None, times=(0, 1, 2))
    one = panels[0].strips[0]
    one.copies[1] = np.nan
    figure = draw(panels, lanes)
    assert [text.get_text() for text in figure.axes[0].texts].count("×") == 1
