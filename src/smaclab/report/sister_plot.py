"""Sister cells: when one died and when the other did, and how that is lost with time since division."""

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from smaclab.analysis.estimate import Estimate
from smaclab.analysis.sister_pairs import SisterPairs
from smaclab.report import style
from smaclab.report.legend import legend_below

HEIGHT_INCHES = 3.2
BESIDE_INCHES = 5.5
"""A narrower figure has its panels below each other."""


def sister_plot(
    groups: Mapping[str, Sequence[tuple[float, SisterPairs]]], *, title: str, width_inches: float = 6.4
) -> Figure:
    """Two panels; the second one only where some group has two times since division or more.

    Args:
        groups: words in the legend -> (time since division, h, pairs) in order of time, at most
            `style.MAX_CURVES`.
        title: over the panels.
        width_inches: of the figure.

    Returns:
        Points: pairs of which both died, of the earliest time of each group. Then the squared correlation of
        the times of death over time since division, with its 95 % interval.
    """
    decays = any(len(group) > 1 for group in groups.values())
    with mpl.rc_context(style.RC):
        beside = width_inches >= BESIDE_INCHES
        rows, columns = (1, 1 + decays) if beside else (1 + decays, 1)
        width = width_inches if decays or not beside else width_inches * 0.6
        figure = Figure(figsize=(width, HEIGHT_INCHES * rows), layout="constrained")
        axes = figure.subplots(rows, columns, squeeze=False).ravel()
        for number, (label, group) in enumerate(list(groups.items())[: style.MAX_CURVES]):
            _scatter(axes[0], group[0], label=label, number=number)
            if decays:
                _decay(axes[1], group, number=number)
        _square(axes[0], [one for group in groups.values() for one in group[:1]])
        axes[0].set_xlabel("death of one sister (h)")
        axes[0].set_ylabel("death of the other (h)")
        axes[0].set_title(title, wrap=True)
        if decays:
            last = max(since_h for group in groups.values() for since_h, _ in group)
            axes[1].set_ylim(-0.03, 1.03)
            axes[1].set_yticks(np.linspace(0.0, 1.0, 6))
            axes[1].set_xlim(-0.02 * last, 1.02 * last)
            axes[1].set_xticks(_ticks(0.0, last))
            axes[1].set_xlabel("since division (h)")
            axes[1].set_ylabel("R² of times of death")
        legend_below(figure, [axes[0]])
        style.stamp(figure)
    return figure


def squared(one: Estimate) -> Estimate:
    """R² of a correlation, with its interval; a correlation that may be none may explain nothing."""
    ends = (one.low**2, one.high**2)
    low = 0.0 if one.low <= 0.0 <= one.high else min(ends)
    return Estimate(value=one.value**2, low=low, high=max(ends))


def _square(axes: Axes, seen: Sequence[tuple[float, SisterPairs]]) -> None:
    """Both axes alike, and the line on which sisters die together."""
    times = np.concatenate([pairs.both_dead.ravel() for _, pairs in seen])
    low, high = (times.min(), times.max()) if len(times) else (0.0, 1.0)
    room = 0.05 * max(high - low, 0.2)
    ends = (low - room, high + room)
    axes.plot(ends, ends, color="#9a9a9a", linewidth=0.8, zorder=0)
    axes.set_xlim(*ends)
    axes.set_ylim(*ends)
    axes.set_xticks(_ticks(*ends))
    axes.set_yticks(_ticks(*ends))


def _ticks(low: float, high: float) -> np.ndarray:
    found = MaxNLocator(nbins=5).tick_values(low, high)
    return np.array([one for one in found if low <= one <= high])


def _scatter(axes: Axes, seen: tuple[float, SisterPairs], *, label: str, number: int) -> None:
    since_h, pairs = seen
    both = pairs.both_dead
    words = f"{label}, {since_h:g} h after division (n\u00a0=\u00a0{len(both)} pairs)"
    axes.plot(both[:, 0], both[:, 1], "o", markersize=3, alpha=0.6, color=style.COLORS[number], label=words)


def _decay(axes: Axes, group: Sequence[tuple[float, SisterPairs]], *, number: int) -> None:
    seen = [(since_h, squared(pairs.correlation())) for since_h, pairs in group]
    known = [(since_h, one) for since_h, one in seen if np.isfinite(one.value)]
    if not known:
        return
    time = [since_h for since_h, _ in known]
    value = np.array([one.value for _, one in known])
    ends = np.array([[one.value - one.low, one.high - one.value] for _, one in known]).T
    color, dash = style.COLORS[number], style.DASHES[number]
    axes.errorbar(time, value, yerr=np.maximum(ends, 0.0), fmt="o", linestyle=dash, color=color, markersize=4)
