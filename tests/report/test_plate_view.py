"""The plate as a picture."""

import itertools
import math

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.text import Text

from smaclab.errors import SmaclabError
from smaclab.experiment.plate import SHAPES
from smaclab.report import style
from smaclab.report.plate_view import COLORS, PlatePanel, _short, plate_view
from tests.report.looks import boxes, collisions, cut


def names(wells):
    rows, columns = SHAPES[wells]
    return [f"{chr(65 + row)}{column + 1:02d}" for row in range(rows) for column in range(columns)]


def values(wells, high=100.0):
    numbers = np.random.default_rng(3).uniform(0, high, wells)
    return dict(zip(names(wells), numbers, strict=True)) | {"B02": math.nan}


def make(wells=96, width_px=1000, panels=2, high=100.0, title="viability, SIMULATED at 24 h"):
    shown = [PlatePanel(title=title, values=values(wells, high)) for _ in range(panels)]
    return plate_view(shown, wells=wells, label="cells alive (%)", width_px=width_px)


CASES = [
    *itertools.product((6, 12, 24, 48), (1000, 400), (2,), (100.0,)),
    *itertools.product((96, 384), (1000, 400), (1, 2), (100.0,)),
    (96, 1000, 1, 1.0),
    (96, 400, 1, 1e6),
]


@pytest.mark.parametrize(("wells", "width_px", "panels", "high"), CASES)
def test_no_text_lies_on_another_and_none_is_cut(wells, width_px, panels, high):
    figure = make(wells, width_px, panels, high)
    assert collisions(figure) == []
    assert cut(figure) == []
    assert min(text.get_fontsize() for text in figure.findobj(match=Text)) >= 5.4
    assert figure.canvas.get_width_height()[0] <= width_px


def test_a_long_title_is_folded_and_not_cut():
    figure = make(
        width_px=400, title="a readout with a rather long name that goes on and on, measured at 24 h"
    )
    assert collisions(figure) == []
    assert cut(figure) == []


def test_the_judge_sees_a_collision_and_a_cut():
    figure = Figure(figsize=(2, 1))
    figure.text(0.5, 0.5, "one")
    figure.text(0.52, 0.5, "other")
    figure.text(0.9, 0.1, "outside of the picture")
    assert collisions(figure) == [("one", "other")]
    assert cut(figure) == ["outside of the picture"]


def circles(figure):
    """{well: circle}, by where it stands on its plate."""
    axes = figure.axes[0]
    found = {}
    for patch in axes.patches:
        assert isinstance(patch, Circle)
        column, row = patch.center
        found[f"{chr(65 + int(row))}{int(column) + 1:02d}"] = patch
    return found


def test_every_well_stands_in_its_place_with_the_color_of_its_value():
    panel = PlatePanel(title="x", values={"A01": 0.0, "H12": 10.0, "C05": 5.0, "D04": math.nan})
    found = circles(plate_view([panel], wells=96, label="y"))
    assert sorted(found) == sorted(names(96))
    scale = mpl.colormaps[COLORS]
    assert found["A01"].get_facecolor() == scale(0.0)  # the scale begins at 0
    assert found["H12"].get_facecolor() == scale(1.0)
    assert found["C05"].get_facecolor() == scale(0.5)
    assert found["B01"].get_facecolor()[3] == 0.0  # hollow: no cells
    assert found["D04"].get_facecolor() == mpl.colors.to_rgba("#d9d9d9")


def luminance(color):
    """Relative luminance, WCAG 2.1."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_scale_can_be_read_without_seeing_color_and_numbers_stand_out():
    shades = [luminance(mpl.colormaps[COLORS](step)) for step in np.linspace(0, 1, 101)]
    assert all(darker <= lighter + 1e-3 for darker, lighter in itertools.pairwise(shades))
    figure = make(panels=1)
    found = circles(figure)
    for text in figure.axes[0].texts:
        column, row = text.get_position()
        if column >= 0 and row >= 0:
            ground = luminance(found[f"{chr(65 + int(row))}{int(column) + 1:02d}"].get_facecolor())
            ink = luminance(mpl.colors.to_rgba(text.get_color()))
            high, low = max(ground, ink), min(ground, ink)
            assert (high + 0.05) / (low + 0.05) >= 3.0, text.get_text()  # WCAG: graphics need 3 to 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.254, "0.25"), (9.6, "9.6"), (9.99, "10"), (87.4, "87"), (999.7, "1.0k"), (1320, "1.3k"),
     (73064, "73k"), (2.41e6, "2.4M"), (math.nan, "")],
)  # fmt: skip
def test_numbers_in_wells_are_short(value, text):
    assert _short(value) == text


def test_rows_columns_numbers_and_the_stamp_are_written():
    texts = [text for text, _ in boxes(make(panels=1))]
    assert {"A", "H", "1", "12", "SIMULATED", "cells alive (%)", "no cells", "not known"} <= set(texts)
    assert "I" not in texts
    assert sum(text.replace(".", "").isdigit() for text in texts) >= 95 + 12


def test_equal_input_gives_equal_bytes():
    one, other = make(wells=24), make(wells=24)
    svg = style.to_svg(one)
    assert svg == style.to_svg(other)
    assert style.to_png(one) == style.to_png(other)
    assert "SIMULATED" in svg


def test_plates_with_one_value_or_none_are_drawn():
    for shown in ({"A01": 3.0}, {"A01": math.nan}, {}):
        assert collisions(plate_view([PlatePanel(title="x", values=shown)], wells=96, label="y")) == []


def test_other_plates_are_refused():
    with pytest.raises(SmaclabError, match="25 wells"):
        plate_view([], wells=25, label="x")
