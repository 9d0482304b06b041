"""Readings of wells as bars with a point a well: an ELISA, a qPCR, a plate of viability."""

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smaclab.report import style
from smaclab.report.type_size import DPI, broken, line_height, width_of

FILL, EDGE, POINT = "#c9d8e6", "#0072B2", "#000000"
SMALL_BELOW_PX = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One reading of each sample.

    labels: (sample,). values: (replicate, sample); NaN: unknown. unit: at the axis.
    limits: (value, words) of lines across, such as a detection limit.
    """

    title: str
    labels: Sequence[str]
    values: NDArray[np.float64]
    unit: str
    limits: Sequence[tuple[float, str]] = ()


def draw_bars(bars: Bars, *, width_px: int = 800) -> Figure:
    """Bars from the left, mean and standard deviation of the replicates, and a point for each of them.

    width_px: at 100 dots per inch; letters keep their size.
    """
    size = 7.0 if width_px < SMALL_BELOW_PX else 9.0
    room = 0.42 * width_px
    texts = [broken(label, room, size) for label in bars.labels]
    line = line_height(size)
    tall = [max(1.5 * line, line * len(lines) + 6.0) for lines in texts]
    left = max(width_of(one, size) for lines in texts for one in lines) + 14.0
    top, bottom = 2.2 * line, (4.1 + 0.9 * len(bars.limits)) * line
    height = top + sum(tall) + bottom
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_px / DPI, height / DPI), dpi=DPI)
        inner = (left / width_px, bottom / height, 1.0 - (left + 24.0) / width_px, sum(tall) / height)
        axes = figure.add_axes(inner)
        edges = np.concatenate([[0.0], np.cumsum(tall)])
        places = 0.5 * (edges[1:] + edges[:-1])
        _draw(axes, bars, places, np.array(tall))
        axes.set_ylim(edges[-1], 0.0)
        axes.set_yticks(places, ["\n".join(lines) for lines in texts], fontsize=size)
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="x", labelsize=size)
        axes.locator_params(axis="x", nbins=max(2, int((width_px - left) / 70)))
        axes.set_xlabel(bars.unit, fontsize=size)
        figure.text(
            8.0 / width_px, 1.0 - 1.1 * line / height, bars.title, fontsize=size, weight="bold", va="center"
        )
        for place, (value, words) in enumerate(bars.limits):
            axes.axvline(value, color="#8a3d00", linewidth=1.0, linestyle=(0, (4, 2)))
            at = (8.0 / width_px, (0.5 + place) * line / height)
            figure.text(*at, f"dashed: {words}", fontsize=size - 1.0, color="#8a3d00", va="center")
        style.stamp(figure)
    return figure


def _draw(axes: mpl.axes.Axes, bars: Bars, places: NDArray[np.float64], tall: NDArray[np.float64]) -> None:
    known = np.isfinite(bars.values)
    count = known.sum(axis=0)
    total = np.where(known, bars.values, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.zeros(len(total)), where=count > 0)
    axes.barh(places, mean, height=0.62 * tall, color=FILL, edgecolor=EDGE, linewidth=0.8)
    for place, where in enumerate(places):
        own = bars.values[known[:, place], place]
        if len(own) > 1:
            axes.errorbar(mean[place], where, xerr=own.std(ddof=1), color=POINT, linewidth=0.9, capsize=2.5)
            spread = np.linspace(-0.16, 0.16, len(own)) * tall[place]
            axes.plot(own, where + spread, "o", color=POINT, markersize=2.6)
        if not len(own):
            axes.text(0.01, where, "unknown", transform=axes.get_yaxis_transform(), va="center", fontsize=7)
    axes.grid(visible=False, axis="y")
    axes.set_xlim(left=min(0.0, float(np.nanmin(np.where(known, bars.values, np.nan), initial=0.0))))
