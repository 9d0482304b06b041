"""Survival curves with their intervals, and under them how many cells are still at risk."""

from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from smaclab.analysis.survival import Survival
from smaclab.report import style
from smaclab.report.legend import legend_below

MOST_BANDS = 3
"""More intervals than this over each other cannot be told apart."""

APART = 0.5
"""Percent by which curves that would lie on each other are drawn apart."""

HEIGHT_INCHES = 2.9
ROW_INCHES = 0.17
_STEPS_H = (0.25, 0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0, 96.0)


def survival_curves(curves: Mapping[str, Survival], *, title: str, width_inches: float = 5.0) -> Figure:
    """The fraction alive over time: one panel.

    Args:
        curves: words in the legend -> curve, at most `style.MAX_CURVES`.
        title: over the panel.
        width_inches: of the figure.

    Returns:
        Steps, 95 % bands while there are at most `MOST_BANDS` curves, and a row of numbers at risk a curve. A
        curve of which no cell is known is named and not drawn; failed cells are told in the legend.
    """
    with mpl.rc_context(style.RC):
        height = HEIGHT_INCHES + ROW_INCHES * len(curves)
        figure = Figure(figsize=(width_inches, height), layout="constrained")
        ratios = [HEIGHT_INCHES - 0.9, ROW_INCHES * (len(curves) + 1)]
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=ratios)
        for number, (label, curve) in enumerate(list(curves.items())[: style.MAX_CURVES]):
            _draw(above, curve, label=label, number=number, band=len(curves) <= MOST_BANDS)
        end = max((one.end_h for one in curves.values() if one.cells), default=1.0)
        ticks = _ticks(end, most=max(3, int(width_inches * 1.3)))
        above.set_title(title, wrap=True)
        above.set_ylabel("cells alive (%)")
        above.set_yticks(range(0, 101, 20))
        above.set_ylim(-5, 105)
        above.set_xlim(0, end * 1.005)
        above.tick_params(labelbottom=True)
        above.set_xlabel("time (h)")
        above.set_xticks(ticks)
        _at_risk(below, list(curves.values()), ticks)
        legend_below(figure, [above])
        style.stamp(figure)
    return figure


def _draw(axes: Axes, curve: Survival, *, label: str, number: int, band: bool) -> None:
    color, dash = style.COLORS[number], style.DASHES[number]
    failed = f", {curve.failed} failed" if curve.failed else ""
    words = f"{label} (n\u00a0=\u00a0{curve.cells}{failed})" if curve.cells else f"{label} (no cell solved)"
    if not curve.cells:
        axes.plot([], [], color=color, linestyle=dash, label=words)
        return
    time = np.append(curve.time_h, curve.end_h)
    lines = [100.0 * np.append(one, one[-1]) for one in (curve.alive, curve.low, curve.high)]
    shown = np.maximum(lines[0] - APART * number, 0.0)  # never fewer than none alive
    axes.step(time, shown, where="post", color=color, linestyle=dash, label=words)
    if band:
        axes.fill_between(time, lines[1], lines[2], step="post", color=color, alpha=0.12, linewidth=0)


def _at_risk(axes: Axes, curves: list[Survival], ticks: np.ndarray) -> None:
    """A row of numbers a curve, under the ticks of the time axis; the line at the left is the curve's."""
    axes.set_ylim(len(curves) - 0.5, -1.5)
    axes.text(0.0, -1.0, "cells at risk", fontsize=7.5, va="center", transform=axes.get_yaxis_transform())
    for row, curve in enumerate(curves[: style.MAX_CURVES]):
        axes.plot(
            [-0.09, -0.045],
            [row, row],
            color=style.COLORS[row],
            linestyle=style.DASHES[row],
            clip_on=False,
            transform=axes.get_yaxis_transform(),
        )
        for at, count in zip(ticks, curve.number_at_risk(ticks), strict=True):
            side = "left" if at == 0 else "right" if at == ticks[-1] else "center"
            axes.text(at, row, str(count), fontsize=7.5, va="center", ha=side)
    axes.set_yticks([])
    axes.tick_params(bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)
    axes.grid(visible=False)


def _ticks(end_h: float, *, most: int) -> np.ndarray:
    step = next((one for one in _STEPS_H if end_h / one <= most), end_h)
    return np.arange(0.0, end_h * (1 + 1e-9), step)
