"""Wells in pictures: every cell's course, when cells die, and which fraction is killed, with its interval."""

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from smaclab.analysis.estimate import Estimate
from smaclab.report import style
from smaclab.report.legend import legend_below

HEIGHT_INCHES = 2.8
BINS = 24
MOST_BARS = 24


def cell_traces(
    time_h: np.ndarray,
    groups: Mapping[str, tuple[np.ndarray, np.ndarray]],
    *,
    title: str,
    ylabel: str,
    width_inches: float = 5.0,
) -> Figure:
    """One readout of single cells over time.

    Args:
        time_h: (time,), h.
        groups: words in the legend, such as a cell line -> ((cell, time) values, (cell,) deaths in h); inf:
            alive, NaN: failed, and not drawn. At most `style.MAX_CURVES`.
        title: over the panel.
        ylabel: what is seen, and in which unit.
        width_inches: of the figure.

    Returns:
        A thin line a cell, which ends in a dot where the cell dies.
    """
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_inches, HEIGHT_INCHES), layout="constrained")
        axes = figure.add_subplot()
        for number, (label, (values, death_h)) in enumerate(list(groups.items())[: style.MAX_CURVES]):
            known = ~np.isnan(death_h)
            color = style.COLORS[number]
            words = f"{label} ({known.sum()} cells, {np.isfinite(death_h).sum()} die)"
            axes.plot([], [], color=color, label=words)
            for own, death in zip(values[known], death_h[known], strict=True):
                lives = time_h <= death
                axes.plot(time_h[lives], own[lives], color=color, linewidth=0.7, alpha=0.5)
                if np.isfinite(death) and lives.any():
                    axes.plot(time_h[lives][-1:], own[lives][-1:], "o", color=color, markersize=2.5)
        seen = [values[~np.isnan(death_h)] for values, death_h in groups.values()]
        _value_axis(axes, [float(np.nanmax(one)) for one in seen if np.isfinite(one).any()])
        axes.set_title(title, wrap=True)
        axes.set_ylabel(ylabel)
        _time_axis(axes, float(time_h[-1]))
        legend_below(figure, [axes])
        style.stamp(figure)
    return figure


def death_times(
    groups: Mapping[str, np.ndarray], *, end_h: float, title: str, width_inches: float = 5.0
) -> Figure:
    """How times of death are distributed.

    Args:
        groups: words in the legend -> (cell,) deaths, h; inf: alive at the end, NaN: failed, and left out. At
            most `style.MAX_CURVES`.
        end_h: of the experiment.
        title: over the panel.
        width_inches: of the figure.

    Returns:
        A histogram a group, in percent of its known cells; who lives is told in the legend.
    """
    edges = np.linspace(0.0, end_h, BINS + 1)
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_inches, HEIGHT_INCHES), layout="constrained")
        axes = figure.add_subplot()
        highest = []
        for number, (label, death_h) in enumerate(list(groups.items())[: style.MAX_CURVES]):
            known = death_h[~np.isnan(death_h)]
            if not len(known):
                axes.plot([], [], color=style.COLORS[number], label=f"{label} (no cell solved)")
                continue
            share = 100.0 * np.histogram(known[np.isfinite(known)], edges)[0] / len(known)
            highest.append(float(share.max()))
            alive = 100.0 * np.mean(np.isinf(known))
            axes.stairs(
                share,
                edges,
                color=style.COLORS[number],
                linestyle=style.DASHES[number],
                linewidth=1.3,
                label=f"{label} (n\u00a0=\u00a0{len(known)}, {alive:.0f} % alive)",
            )
        axes.set_title(title, wrap=True)
        axes.set_ylabel(f"cells that die (% in {end_h / BINS:.3g} h)")
        _value_axis(axes, highest)
        _time_axis(axes, end_h)
        legend_below(figure, [axes])
        style.stamp(figure)
    return figure


def killed_fractions(
    rows: Sequence[tuple[str, Estimate, int]], *, title: str, width_inches: float = 5.0
) -> Figure:
    """The fraction dead of wells with its interval over wells.

    Args:
        rows: (words, fraction dead, number of wells), from the top; at most `MOST_BARS` are drawn.
        title: over the panel.
        width_inches: of the figure.

    Returns:
        A point a row; its interval where there are two wells or more.
    """
    shown = list(rows)[:MOST_BARS]
    with mpl.rc_context(style.RC):
        size = (width_inches, 1.1 + 0.3 * len(shown))
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        for row, (_, one, _) in enumerate(shown):
            if one.is_closed:
                axes.plot([100 * one.low, 100 * one.high], [row, row], color=style.COLORS[1], linewidth=1.5)
            axes.plot([100 * one.value], [row], "o", color=style.COLORS[1], markersize=5)
        words = [f"{label}, {wells} well{'s' if wells != 1 else ''}" for label, _, wells in shown]
        axes.set_yticks(range(len(shown)), words)
        axes.set_ylim(len(shown) - 0.5, -0.5)
        axes.set_xlim(-3, 103)
        axes.set_xticks(range(0, 101, 25))
        axes.set_xlabel("cells dead at the end (%)")
        axes.set_title(title, wrap=True)
        style.stamp(figure)
    return figure


def _value_axis(axes: Axes, highest: Sequence[float]) -> None:
    top = max(highest, default=0.0) or 1.0
    axes.set_ylim(0.0, 1.05 * top)
    axes.set_yticks([one for one in MaxNLocator(nbins=5).tick_values(0.0, top) if 0.0 <= one <= 1.05 * top])


def _time_axis(axes: Axes, end_h: float) -> None:
    axes.set_xlim(0.0, end_h * 1.01)
    ticks = MaxNLocator(nbins=6, steps=[1, 2, 4, 6, 10]).tick_values(0.0, end_h)
    axes.set_xticks([one for one in ticks if 0.0 <= one <= end_h])
    axes.set_xlabel("time (h)")
