"""Pictures are the same bytes every time, with text as text, and marked."""

import io
import re

from matplotlib.figure import Figure
from PIL import Image

from smaclab.report import style


def small():
    figure = Figure(figsize=(3, 2), layout="constrained")
    figure.subplots().plot([0, 1], [0, 1], label="words")
    style.stamp(figure)
    return figure


def test_equal_figures_are_equal_bytes_without_a_date():
    first, second = style.to_svg(small()), style.to_svg(small())
    assert first == second
    assert "dc:date" not in first


def test_text_stays_text_and_says_simulated():
    text = style.to_svg(small())
    assert re.search(r"<text[^>]*>SIMULATED</text>", text)


def test_an_inline_picture_brings_its_own_ids_and_no_size():
    text = style.to_inline_svg(small(), name="fig1", alt='a "picture" <of> it')
    assert text.startswith("<svg")
    assert all(name.startswith("fig1-") for name in re.findall(r'\bid="([^"]*)"', text))
    assert all(
        name.startswith("fig1-")
        for name in re.findall(r'url\(#([^)]*)\)|href="#([^"]*)"', text)
        for name in name
        if name
    )
    head = text.split(">", 1)[0]
    assert "width" not in head
    assert "viewBox" in head
    assert 'aria-label="a &quot;picture&quot; &lt;of&gt; it"' in head


def test_every_curve_has_its_own_color_and_dash():
    assert len(set(zip(style.COLORS, style.DASHES, strict=True))) == style.MAX_CURVES
    assert len(set(style.COLORS)) == style.MAX_CURVES


def test_a_photograph_is_enlarged_smoothly():
    figure = Figure(figsize=(2, 1))
    figure.add_subplot().imshow([[0, 1], [1, 0]], interpolation="none")
    svg = style.to_svg(figure)
    assert "<image" in svg
    assert "pixelated" not in svg


def test_a_png_says_simulated_and_is_the_same_every_time():
    figure = Figure(figsize=(2, 1))
    figure.text(0.5, 0.5, "x")
    one = style.to_png(figure)
    assert one == style.to_png(figure)
    assert Image.open(io.BytesIO(one)).text == {"Software": "smaclab", "Description": "SIMULATED"}
    assert Image.open(io.BytesIO(one)).size == (200, 100)
    assert Image.open(io.BytesIO(style.to_png(figure, width_px=300))).size == (300, 150)
    assert Image.open(io.BytesIO(style.to_png(figure, dots_per_inch=50.0))).size == (100, 50)
    assert Image.open(io.BytesIO(style.to_png(figure, about="x"))).text["Description"] == "SIMULATED. x"


def test_the_value_axis_begins_at_zero_with_marks_inside():
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot([0, 1], [20.0, 117.0])
    style.from_zero(axes)
    low, high = axes.get_ylim()
    assert low == 0.0
    assert all(low <= mark <= high for mark in axes.get_yticks())


def test_a_png_says_simulated_and_is_as_wide_as_asked():
    figure = Figure(figsize=(4.0, 2.0))
    png = style.to_png(figure, width_px=1000)
    assert b"Description\x00SIMULATED" in png
    assert int.from_bytes(png[16:20], "big") == 1000
    assert png == style.to_png(figure, width_px=1000)
