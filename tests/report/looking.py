"""A judge of figures: no text on another, none cut, whatever the width."""

import itertools

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from smaclab.report import style

WIDTHS_INCHES = (4.0, 10.0)  # 400 and 1,000 px


def collisions(figure):
    """Pairs of texts that lie on each other, and texts that are cut at the figure's edge."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = figure.findobj(match=Text)
    texts = [one for one in {id(one): one for one in found}.values() if one.get_text().strip()]
    boxes = [
        (one.get_text(), one.get_window_extent(canvas.get_renderer())) for one in texts if one.get_visible()
    ]
    inside = [(text, box) for text, box in boxes if box.width > 0]
    wrong = []
    for (one, left), (other, right) in itertools.combinations(inside, 2):
        if left.x0 < right.x1 and right.x0 < left.x1 and left.y0 < right.y1 and right.y0 < left.y1:
            wrong.append(f"{one!r} lies on {other!r}")
    width, height = figure.canvas.get_width_height()
    wrong += [
        f"{text!r} is cut"
        for text, box in inside
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]
    return wrong


def fits(make):
    """A figure at every width: no text on another, none cut."""
    for width in WIDTHS_INCHES:
        figure = make(width_inches=width)
        assert collisions(figure) == [], width
        assert round(100 * figure.get_size_inches()[0]) == round(100 * width)


def check(make):
    """A figure that fits at every width, is the same bytes twice, and is marked as simulated."""
    fits(make)
    one, other = make(width_inches=4.0), make(width_inches=4.0)
    svg, png = style.to_svg(one), style.to_png(one)
    assert svg == style.to_svg(other)
    assert png == style.to_png(other)
    assert svg.count("SIMULATED") == 2  # in the picture and in its metadata
    assert b"Description\x00SIMULATED" in png
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
