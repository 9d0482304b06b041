"""What a reader sees of a figure: its texts, where they stand, and whether any lies on another."""

import itertools
import weakref

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

_DRAWN = weakref.WeakKeyDictionary()  # drawing is what takes the time


def boxes(figure):
    """(text, box in pixels) of every text that is drawn; a figure is looked at once."""
    if figure not in _DRAWN:
        _DRAWN[figure] = _boxes(figure)
    return _DRAWN[figure]


def _boxes(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    texts = {id(one): one for one in figure.findobj(match=Text)}.values()
    unseen = out_of_view(figure)
    shown = [one for one in texts if one.get_text().strip() and one.get_visible() and id(one) not in unseen]
    found = [(one.get_text(), one.get_window_extent(canvas.get_renderer())) for one in shown]
    return [(text, box) for text, box in found if box.width > 0]


def out_of_view(figure):
    """Labels of ticks beyond the ends of their axis, or of no axis: matplotlib keeps them, undrawn."""
    found = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if not axes.axison:
                found |= {id(one) for tick in axis.get_major_ticks() for one in (tick.label1, tick.label2)}
                continue
            low, high = sorted(axis.get_view_interval())
            edge = 1e-9 * max(abs(low), abs(high))
            for tick in axis.get_major_ticks():
                if not low - edge <= tick.get_loc() <= high + edge:
                    found |= {id(tick.label1), id(tick.label2)}
    return found


def collisions(figure):
    """Pairs of texts that lie on each other."""
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes(figure), 2)
        if a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1
    ]


def cut(figure):
    """Texts that leave the picture."""
    width, height = figure.canvas.get_width_height()
    return [
        text
        for text, box in boxes(figure)
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]
