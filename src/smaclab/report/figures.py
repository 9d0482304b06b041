"""Figures: each function takes numbers and gives one matplotlib `Figure`; none of them solves.

No figure goes through pyplot, so nothing global is set and no window can open.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from smaclab.analysis.events import Happened
from smaclab.analysis.survival import survival_of
from smaclab.report import style
from smaclab.report.legend import legend_below
from smaclab.report.words import show_time

PANEL_INCHES = (3.9, 2.9)
DEAD_TO_ALIVE = ("#D55E00", "#f6f6f6", "#0072B2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One experiment in a survival panel: its label and its cells' times of death, s."""

    label: str
    death_time_s: np.ndarray
    end_s: float


def time_course(table: pd.DataFrame, panels: Mapping[str, Mapping[str, str]], *, unit: str) -> Figure:
    """One readout over time: mean and band of each experiment, one panel a key.

    Args:
        table: What `bands` gives: experimentId, time (h), mean, low, high.
        panels: Title of each panel, and its experiments with their words in the legend; at most
            `style.MAX_CURVES`.  The same position has the same color in every panel.
        unit: Of the value axis.

    Returns:
        The panels side by side.  An experiment whose cells all failed is named and not drawn.
    """
    with mpl.rc_context(style.RC):
        figure, all_axes = _panels(len(panels))
        for axes, (title, labels) in zip(all_axes, panels.items(), strict=True):
            for number, (experiment, label) in enumerate(labels.items()):
                rows = table[table["experimentId"] == experiment].sort_values("time")
                _band(axes, rows, label=label, number=number)
            _finish(axes, title=title, ylabel=unit)
        lowest = all_axes[0].get_ylim()[0]
        all_axes[0].set_ylim(bottom=min(0.0, lowest))
        legend_below(figure, all_axes)
        style.stamp(figure)
    return figure


def survival(panels: Mapping[str, Sequence[Curve]]) -> Figure:
    """Fraction of cells alive over time: one panel a key, with one legend for all.

    Args:
        panels: Title of each panel (a cell line) and its curves, at most `style.MAX_CURVES`.  The
            same position has the same color in every panel.

    Returns:
        The panels side by side; small offsets keep curves apart that lie on each other, never below 0.
    """
    with mpl.rc_context(style.RC):
        figure, all_axes = _panels(len(panels))
        for axes, (title, curves) in zip(all_axes, panels.items(), strict=True):
            for number, curve in enumerate(curves):
                seen = survival_of(curve.death_time_s, end_s=curve.end_s)
                axes.step(
                    [*seen.time_h, curve.end_s / 3600.0],
                    np.maximum(100.0 * np.append(seen.alive, seen.alive[-1]) - 0.5 * number, 0.0),
                    where="post",
                    color=style.COLORS[number],
                    linestyle=style.DASHES[number],
                    label=curve.label if seen.cells else f"{curve.label} (no cell solved)",
                )
            _finish(axes, title=title, ylabel="cells alive (%)")
            axes.set_yticks(range(0, 101, 20))
            axes.set_ylim(-5, 105)
        legend_below(figure, all_axes)
        style.stamp(figure)
    return figure


def events_chart(happened: Sequence[Happened], *, title: str, end_h: float) -> Figure:
    """When each thing happened, on a logarithmic time axis, the earliest on top.

    Args:
        happened: Sorted by time, as `events.order_of_events` gives them.
        title: Over the chart.
        end_h: End of the run, h.

    Returns:
        One row an event; one that did not happen has its words and no dot.
    """
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(5.3, 0.9 + 0.34 * len(happened)), layout="constrained")
        axes = figure.add_subplot()
        first_min = 1.0
        last_min = 60.0 * end_h * 4.0  # room for the words at the right
        for row, one in enumerate(happened):
            is_known = math.isfinite(one.time_h)
            at_min = min(max(60.0 * one.time_h, first_min), 60.0 * end_h) if is_known else first_min
            if is_known:
                axes.plot([first_min, at_min], [row, row], color="#b8d4e8", linewidth=5)
                axes.plot([at_min], [row], "o", color=style.COLORS[1], markersize=7)
            axes.annotate(
                show_time(one.time_h),
                (at_min, row),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                fontsize=8,
                color=style.BLACK if is_known else "#5f5f5f",
            )
        axes.set_xscale("log")
        axes.set_xlim(first_min, last_min)
        marks = [(1.0, "1 min"), (10, "10 min"), (60, "1 h"), (240, "4 h"), (720, "12 h")]
        marks = [(at, text) for at, text in marks if at < 60.0 * end_h * 0.45]
        marks.append((60.0 * end_h, f"{end_h:g} h"))
        axes.set_xticks([at for at, _ in marks], [text for _, text in marks])
        axes.minorticks_off()
        axes.set_yticks(range(len(happened)), [one.label for one in happened])
        axes.set_ylim(len(happened) - 0.4, -0.6)
        axes.grid(visible=False, axis="y")
        axes.set_title(title)
        style.stamp(figure)
    return figure


def heat_table(values: np.ndarray, rows: Sequence[str], columns: Sequence[str], *, title: str) -> Figure:
    """Fractions alive as colored cells with their numbers.

    Args:
        values: (row, column), between 0 and 1.  NaN: not known, drawn in gray without a number.
        rows: Names of the rows.
        columns: Names of the columns.
        title: Over the table.

    Returns:
        One panel; the color runs from orange (all dead) over white to blue (all alive).
    """
    with mpl.rc_context(style.RC):
        size = (1.2 + 1.05 * len(columns), 1.15 + 0.42 * len(rows))
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        plain = mpl.colors.LinearSegmentedColormap.from_list("dead_to_alive", DEAD_TO_ALIVE)
        colors = plain.with_extremes(bad="#d9d9d9")
        axes.imshow(np.ma.masked_invalid(values), cmap=colors, vmin=0, vmax=1, aspect="auto")
        for (row, column), value in np.ndenumerate(values):
            text = "–" if np.isnan(value) else f"{100 * value:.0f} %"
            dark = not np.isnan(value) and value > 0.97
            axes.text(column, row, text, ha="center", va="center", color="white" if dark else "black")
        axes.set_xticks(range(len(columns)), [_folded(name) for name in columns])
        axes.set_yticks(range(len(rows)), rows)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.set_title(title)
        style.stamp(figure)
    return figure


def _panels(count: int) -> tuple[Figure, list[Axes]]:
    width, height = PANEL_INCHES
    figure = Figure(figsize=(width + 3.0 * (count - 1), height), layout="constrained")
    grid = figure.subplots(1, count, sharey=True, squeeze=False)
    return figure, list(grid[0])


def _finish(axes: Axes, *, title: str, ylabel: str) -> None:
    axes.set_title(title)
    axes.set_xlabel("time (h)")
    if axes.get_subplotspec() is None or axes.get_subplotspec().is_first_col():  # type: ignore[union-attr]
        axes.set_ylabel(ylabel)
    end = axes.dataLim.x1
    if math.isfinite(end) and end > 0:
        axes.set_xlim(0, end)
        step = next((s for s in (1, 2, 4, 6, 12, 24) if end / s <= 7), 48)
        if end >= 4:
            axes.set_xticks(np.arange(0, end + 1e-9, step))


def _band(axes: Axes, rows: pd.DataFrame, *, label: str, number: int) -> None:
    color, dash = style.COLORS[number], style.DASHES[number]
    time, mean = rows["time"].to_numpy(float), rows["mean"].to_numpy(float)
    shown = label if np.isfinite(mean).any() else f"{label} (no cell solved)"
    axes.plot(time, mean, color=color, linestyle=dash, label=shown)
    low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
    if np.isfinite(low).any():
        axes.fill_between(time, low, high, color=color, alpha=0.12, linewidth=0)


def _folded(text: str) -> str:
    """Long names over two lines, cut at a plus."""
    return text.replace(" + ", "\n+ ")
