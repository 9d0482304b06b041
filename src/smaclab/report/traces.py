"""Single cells over time until they die: thin lines, and their median as long as half of them live."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smaclab.report import style
from smaclab.report.type_size import DPI, broken, line_height

CELL, MEDIAN, DEATH = "#9db8cc", "#000000", "#D55E00"
MOST_CELLS = 60
SMALL_BELOW_PX = 600
LEFT_PX = 54.0  # for the numbers at the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Cells of one experiment. time_h: (time,). seen: (cell, time); NaN from the cell's death on."""

    title: str
    time_h: NDArray[np.float64]
    seen: NDArray[np.float64]


def draw_traces(traces: Sequence[Traces], *, unit: str, width_px: int = 800) -> Figure:
    """A panel for each experiment, as many in a row as fit; a dot where a cell dies.

    unit: of what is seen, over the panels. width_px: at 100 dots per inch.
    """
    size = 7.0 if width_px < SMALL_BELOW_PX else 8.5
    line = line_height(size)
    columns = max(1, min(len(traces), int(width_px / 260)))
    rows = -(-len(traces) // columns)
    cell = width_px / columns
    texts = [broken(one.title, cell - LEFT_PX - 8.0, size, bold=True) for one in traces]
    head, plot = line * max(map(len, texts)) + 8.0, 150.0
    tall = head + plot + 3.2 * line
    height = rows * tall + line + 14.0
    highest = max((float(np.nanmax(one.seen)) for one in traces if np.isfinite(one.seen).any()), default=1.0)
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_px / DPI, height / DPI), dpi=DPI)
        for place, (lines, one) in enumerate(zip(texts, traces, strict=True)):
            x, y = (place % columns) * cell, (place // columns) * tall + line
            box = (
                (x + LEFT_PX) / width_px,
                1.0 - (y + head + plot) / height,
                (cell - LEFT_PX - 14.0) / width_px,
                plot / height,
            )
            axes = figure.add_axes(box)
            _draw_cells(axes, one)
            axes.set_ylim(min(0.0, 1.05 * float(np.nanmin(one.seen, initial=0.0))), max(1.08 * highest, 1e-3))
            axes.set_xlim(float(one.time_h[0]), float(one.time_h[-1]))
            axes.tick_params(labelsize=size - 0.5)
            axes.set_xlabel("time (h)", fontsize=size)
            for number, text in enumerate(lines):
                at = ((x + LEFT_PX) / width_px, 1.0 - (y + 6.0 + (number + 0.5) * line) / height)
                figure.text(*at, text, fontsize=size, weight="bold", va="center")
        figure.text(8.0 / width_px, 1.0 - 0.8 * line / height, unit, fontsize=size, va="center")
        style.stamp(figure)
    return figure


def _draw_cells(axes: mpl.axes.Axes, one: Traces) -> None:
    for row in one.seen[:MOST_CELLS]:
        known = np.flatnonzero(np.isfinite(row))
        axes.plot(one.time_h, row, color=CELL, linewidth=0.7)
        if len(known) and known[-1] < len(row) - 1:
            axes.plot(one.time_h[known[-1]], row[known[-1]], "o", color=DEATH, markersize=2.6, zorder=3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a time at which no cell is left has no median
        median = np.nanmedian(one.seen, axis=0)
    alive = np.isfinite(one.seen).mean(axis=0)
    axes.plot(one.time_h, np.where(alive >= 0.5, median, np.nan), color=MEDIAN, linewidth=1.6)
