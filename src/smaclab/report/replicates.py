"""One readout over time, with every replicate as a point: what a figure of a paper shows."""

import math
from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from smaclab.analysis.replicates import summarize
from smaclab.report import style
from smaclab.report.legend import legend_below

HEIGHT_INCHES = 2.8
MOST_BARS = 13
"""Bars and points of a curve; with more looks than this, some of them have the line only."""

_STEPS_H = (0.25, 0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0, 96.0)


def replicate_courses(
    time_h: np.ndarray,
    groups: Mapping[str, np.ndarray],
    *,
    title: str,
    ylabel: str,
    width_inches: float = 5.0,
) -> Figure:
    """Means with SD, and the replicates they are of.

    Args:
        time_h: (time,), h, of the looks.
        groups: words in the legend -> (replicate, time), at most `style.MAX_CURVES`. NaN: not known.
        title: over the panel.
        ylabel: what is measured, and in which unit.
        width_inches: of the figure.

    Returns:
        Small points are replicates, lines their means, bars SD; n is in the legend.
    """
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_inches, HEIGHT_INCHES), layout="constrained")
        axes = figure.add_subplot()
        end = float(time_h[-1])
        for number, (label, values) in enumerate(list(groups.items())[: style.MAX_CURVES]):
            color, dash = style.COLORS[number], style.DASHES[number]
            seen = summarize(values)
            n = int(seen.n.max(initial=0))
            words = f"{label}, n\u00a0=\u00a0{n}" if n else f"{label} (nothing known)"
            # Bars of groups stand beside each other, and no closer in time than can be told apart.
            aside = 0.003 * end * (number - (len(groups) - 1) / 2)
            every = max(1, math.ceil(len(time_h) / MOST_BARS))
            axes.errorbar(
                time_h + aside,
                seen.mean,
                yerr=np.nan_to_num(seen.sd),
                errorevery=every,
                color=color,
                linestyle=dash,
                label=words,
                capsize=2.0,
                elinewidth=0.9,
            )
            if n > 1:
                at = np.tile(time_h[::every] + aside, len(values))
                points = values[:, ::every].ravel()
                axes.plot(at, points, "o", color=color, markersize=2.6, alpha=0.45)
        step = next((one for one in _STEPS_H if end / one <= max(3, int(width_inches * 1.4))), end)
        axes.set_xticks(np.arange(0.0, end * (1 + 1e-9), step))
        axes.set_xlim(-0.02 * end, 1.03 * end)
        style.from_zero(axes)
        axes.set_title(title, wrap=True)
        axes.set_xlabel("time (h)")
        axes.set_ylabel(ylabel)
        axes.yaxis.set_major_formatter("{x:,g}")
        legend_below(figure, [axes])
        style.stamp(figure)
    return figure
