"""A readout over time with its band over parameter sets: what is not known, not how cells differ."""

from collections.abc import Mapping
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smaclab.report import style
from smaclab.report.legend import legend_below


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBand:
    """One experiment. time_h, low, middle, high: (time,). shipped: (time,), of the package's own numbers."""

    time_h: NDArray[np.float64]
    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]
    shipped: NDArray[np.float64]


def set_bands(curves: Mapping[str, SetBand], *, title: str, unit: str, width_inches: float = 5.0) -> Figure:
    """One panel: the middle set as a line, the band around it, the shipped set as dots.

    Args:
        curves: words in the legend -> band, at most `style.MAX_CURVES`; further ones are left out.
        title: over the panel.
        unit: at the axis.
        width_inches: of the figure.
    """
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_inches, 3.0), layout="constrained")
        axes = figure.add_subplot()
        for number, (label, one) in enumerate(list(curves.items())[: style.MAX_CURVES]):
            color = style.COLORS[number]
            axes.fill_between(one.time_h, one.low, one.high, color=color, alpha=0.15, linewidth=0)
            axes.plot(one.time_h, one.middle, color=color, linestyle=style.DASHES[number], label=label)
            axes.plot(one.time_h, one.shipped, color=color, linestyle="none", marker=".", markersize=2.5)
        axes.set_title(title, wrap=True)
        axes.set_xlabel("time (h)")
        axes.set_ylabel(unit)
        style.from_zero(axes)
        legend_below(figure, [axes])
        style.stamp(figure)
    return figure
