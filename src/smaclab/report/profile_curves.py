"""Profiles of single parameters: how much worse the best set is at other values, and the prior alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smaclab.report import style
from smaclab.report.legend import legend_below

HIGHEST: Final = 10.0
"""Further losses are drawn at the upper edge: nobody reads a parabola's arms."""
_BESIDE: Final = 3
_POINTS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCurve:
    """One parameter. value, loss: (value,), in `unit` and of ln(posterior).

    median, sd: of the prior, in `unit` and of ln(value).
    """

    name: str
    unit: str
    value: NDArray[np.float64]
    loss: NDArray[np.float64]
    median: float
    sd: float


def profile_curves(curves: Sequence[ProfileCurve], *, within: float, width_inches: float = 8.0) -> Figure:
    """A panel a parameter.

    Args:
        curves: any number.
        within: loss up to which a value lies in the interval, a dashed line.
        width_inches: of the figure.
    """
    columns = min(_BESIDE, len(curves))
    rows = ceil(len(curves) / columns)
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_inches, 2.5 * rows + 0.4), layout="constrained")
        all_axes = figure.subplots(rows, columns, sharey=True, squeeze=False).ravel()
        for axes, one in zip(all_axes, curves, strict=False):
            _draw(axes, one, within)
        for axes in all_axes[len(curves) :]:
            axes.remove()
        for axes in all_axes[: len(curves) : columns]:
            axes.set_ylabel("loss of ln(posterior)")
        legend_below(figure, list(all_axes[: len(curves)]))
        style.stamp(figure)
    return figure


def _draw(axes: Axes, one: ProfileCurve, within: float) -> None:
    span = np.geomspace(one.value.min(), one.value.max(), _POINTS)
    prior = 0.5 * (np.log(span / one.median) / one.sd) ** 2
    seen = np.minimum(np.where(np.isfinite(one.loss), one.loss, np.inf), HIGHEST)
    axes.plot(one.value, seen, color=style.COLORS[1], marker="o", markersize=4, label="best set found")
    axes.plot(span, np.minimum(prior, HIGHEST), color="#8a8a8a", linestyle=":", label="prior alone")
    axes.axhline(within, color=style.COLORS[3], linestyle="--", linewidth=1.2, label="95 % interval below")
    axes.set_xscale("log")
    axes.set_ylim(-0.3, HIGHEST + 0.3)
    axes.set_title(one.name, wrap=True)
    axes.set_xlabel("factor" if one.unit == "dimensionless" else one.unit)
