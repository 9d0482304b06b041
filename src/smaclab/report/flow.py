"""What a cytometer shows of annexin V and propidium iodide: dot plots with the percents of the quadrants.

The places of the dots are for the eye: clouds of a usual width. The percents are what was counted.
"""

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smaclab.report import style
from smaclab.report.type_size import DPI, broken, line_height

MOST_DOTS = 1500
GATE = 100.0  # fluorescence, of either color
LOW, HIGH = 18.0, 900.0  # medians of negative and positive clouds
SPREAD = 0.42  # sd of the natural logarithm
EDGE = 10.0**0.2, 10.0**4.2
SIDES = ((LOW, LOW), (HIGH, LOW), (HIGH, HIGH), (LOW, HIGH))  # annexin V, PI of the four quadrants
CORNERS = ((0.03, 0.03, "left", "bottom"), (0.97, 0.03, "right", "bottom"), (0.97, 0.97, "right", "top"))
CORNERS_ALL = (*CORNERS, (0.03, 0.97, "left", "top"))
SMALL_BELOW_PX = 600
LEFT_PX = 52.0  # for the numbers and the name of the axis
DOT = "#0072B2"


def draw_quadrants(
    titles: Sequence[str],
    shares: NDArray[np.float64],
    dots: Sequence[NDArray[np.float64]],
    *,
    width_px: int = 800,
) -> Figure:
    """Dot plots side by side, as many in a row as fit.

    Args:
        titles: (sample,).
        shares: (sample, quadrant): live, annexin V, both, PI; NaN: unknown.
        dots: for each sample, (event, 3): quadrant and two standard normal numbers.
        width_px: at 100 dots per inch.
    """
    size = 7.0 if width_px < SMALL_BELOW_PX else 8.0
    line = line_height(size)
    columns = max(1, min(len(titles), int(width_px / 185)))
    rows = -(-len(titles) // columns)
    cell = width_px / columns
    texts = [broken(title, cell - LEFT_PX - 8.0, size, bold=True) for title in titles]
    head = line * max(len(one) for one in texts) + 8.0
    plot = cell - LEFT_PX - 12.0
    tall = head + plot + 3.2 * line
    height = rows * tall + 14.0
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_px / DPI, height / DPI), dpi=DPI)
        for place, (lines, share, own) in enumerate(zip(texts, shares, dots, strict=True)):
            x, y = (place % columns) * cell, (place // columns) * tall
            box = ((x + LEFT_PX) / width_px, 1.0 - (y + head + plot) / height, plot / width_px, plot / height)
            axes = figure.add_axes(box)
            _draw_dots(axes, share, own, size)
            axes.tick_params(labelsize=size - 1.0)
            axes.set_xlabel("annexin V", fontsize=size)
            axes.set_ylabel("PI", fontsize=size, labelpad=1.0)
            for number, text in enumerate(lines):
                at = ((x + LEFT_PX) / width_px, 1.0 - (y + 6.0 + (number + 0.5) * line) / height)
                figure.text(*at, text, fontsize=size, weight="bold", va="center")
        style.stamp(figure)
    return figure


def _draw_dots(
    axes: mpl.axes.Axes, share: NDArray[np.float64], dots: NDArray[np.float64], size: float
) -> None:
    if len(dots):
        middle = np.array(SIDES)[dots[:, 0].astype(int)]
        places = middle * np.exp(SPREAD * dots[:, 1:])
        inside = np.clip(places, EDGE[0] * 1.05, EDGE[1] / 1.05)
        axes.plot(inside[:, 0], inside[:, 1], ".", color=DOT, markersize=1.3, alpha=0.5, rasterized=True)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(*EDGE)
    axes.set_ylim(*EDGE)
    axes.axvline(GATE, color="black", linewidth=0.8)
    axes.axhline(GATE, color="black", linewidth=0.8)
    axes.grid(visible=False)
    axes.minorticks_off()
    for quadrant, (x, y, across, up) in enumerate(CORNERS_ALL):
        text = f"{100.0 * share[quadrant]:.1f} %" if np.isfinite(share[quadrant]) else "?"
        axes.text(x, y, text, transform=axes.transAxes, ha=across, va=up, fontsize=size)
