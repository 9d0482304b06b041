"""A readout over time with its band over parameter sets: what is not known, not how cells differ."""

from collections.abc import Mapping
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
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
    return set_band_panels({title: curves}, unit=unit, width_inches=width_inches)


def set_band_panels(
    panels: Mapping[str, Mapping[str, SetBand]], *, unit: str, width_inches: float = 9.0
) -> Figure:
    """Panels beside each other with one axis and one legend, each as in `set_bands`.

    Args:
        panels: title -> curves; equal words have equal colors only where they stand in equal places.
        unit: at the axis.
        width_inches: of the figure.
    """
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_inches, 3.0), layout="constrained")
        all_axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        for axes, (title, curves) in zip(all_axes, panels.items(), strict=True):
            _draw(axes, curves)
            axes.set_title(title, wrap=True)
            axes.set_xlabel("time (h)")
            style.from_zero(axes)
        all_axes[0].set_ylabel(unit)
        legend_below(figure, list(all_axes))
        style.stamp(figure)
    return figure


def _draw(axes: Axes, curves: Mapping[str, SetBand]) -> None:
    for number, (label, one) in enumerate(list(curves.items())[: style.MAX_CURVES]):
        color = style.COLORS[number]
        axes.fill_between(one.time_h, one.low, one.high, color=color, alpha=0.15, linewidth=0)
        axes.plot(one.time_h, one.middle, color=color, linestyle=style.DASHES[number], label=label)
        axes.plot(one.time_h, one.shipped, color=color, linestyle="none", marker=".", markersize=2.5)
