"""The plate as a picture: a circle for each well, its color the value, empty wells hollow."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from smaclab.errors import SmaclabError
from smaclab.experiment.plate import PLATES, SHAPES, well_name
from smaclab.report import style

COLORS = "cividis"
"""Nuñez, Anderton and Renslow 2018: read alike with and without red-green blindness, and in gray."""

_UNKNOWN, _EMPTY, _EDGE = "#d9d9d9", "#b5b5b5", "#3c3c3c"
_RADIUS = 0.41  # of the distance between two wells
_WIDE_PX = 800  # from here on two plates stand side by side
_LARGEST_PITCH = 0.46  # in; a larger plate says no more
_LEAST_IN = 4.0  # a plate of six wells is narrower than the scale and its legend
_SMALLEST_LETTERS = 5.5  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatePanel:
    """One plate.

    values: well ("A01") -> value; NaN: it holds cells and its value is not known.  Other wells are empty.
    """

    title: str
    values: Mapping[str, float]


def plate_view(
    panels: Sequence[PlatePanel],
    *,
    wells: int,
    label: str,
    limits: tuple[float, float] | None = None,
    width_px: int = 1000,
) -> Figure:
    """Plates with one color scale.

    Args:
        panels: Such as what was measured and what was simulated.
        wells: one of `SHAPES`, of all of them.
        label: Of the scale, with its unit.
        limits: Lowest and highest value of the scale; 0 and the highest value by default.
        width_px: Largest width of the picture at 100 dots an inch; narrow: the plates below each other.

    Returns:
        A figure, with numbers in the wells where there is room for them, SIMULATED in its corner.

    Raises:
        SmaclabError: there is no such plate.
    """
    if wells not in SHAPES:
        raise SmaclabError(f"A plate of {wells!r} wells. It has {PLATES}.")
    rows, columns = SHAPES[wells]
    across = len(panels) if width_px >= _WIDE_PX and len(panels) <= 2 else 1
    down = math.ceil(len(panels) / across)
    width = width_px / 100.0
    pitch = min(_LARGEST_PITCH, (width - 0.25 * across) / (across * (columns + 1.6)))
    width = min(width, max(_LEAST_IN, across * (pitch * (columns + 1.6) + 0.25)))
    head = 0.24 + 0.16 * max(len(_folded(one.title, width / across)) for one in panels)
    heights = down * (head + pitch * (rows + 1.6))
    scale = mpl.colors.Normalize(*_limits(panels, limits))
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width, heights + 0.75))
        total = heights + 0.75
        for number, panel in enumerate(panels):
            left = (number % across) * width / across + 0.1
            top = total - (number // across) * heights / down - head
            box = (left, top - pitch * (rows + 1.6), pitch * (columns + 1.6), pitch * (rows + 1.6))
            axes = figure.add_axes((box[0] / width, box[1] / total, box[2] / width, box[3] / total))
            _draw(axes, panel, wells=wells, scale=scale, pitch=pitch)
            words = "\n".join(_folded(panel.title, width / across))
            figure.text(
                left / width, 1 - (total - top) / total, words, va="bottom", fontsize=10, fontweight="bold"
            )
        _scale_bar(figure, scale, label)
        style.stamp(figure)
    return figure


def _limits(panels: Sequence[PlatePanel], limits: tuple[float, float] | None) -> tuple[float, float]:
    if limits is not None:
        return limits
    values = np.array([value for panel in panels for value in panel.values.values()], dtype=float)
    known = values[np.isfinite(values)]
    low, high = float(known.min(initial=0.0)), float(known.max(initial=0.0))
    return (low, high) if high > low else (0.0, 1.0)


def _folded(title: str, width_in: float) -> list[str]:
    """The title over as many lines as its width needs; a bold letter of 10 points is some 0.095 in wide."""
    return textwrap.wrap(title, max(12, int((width_in - 0.2) / 0.095))) or [""]


def _draw(axes: Axes, panel: PlatePanel, *, wells: int, scale: mpl.colors.Normalize, pitch: float) -> None:
    rows, columns = SHAPES[wells]
    colors = mpl.colormaps[COLORS]
    longest = max((len(_short(value)) for value in panel.values.values()), default=1) or 1
    # A letter is some 0.65 of its size wide, and a circle holds text over four fifths of its width.
    letters = min(8.0, 0.8 * 2 * _RADIUS * 72 * pitch / (0.65 * longest))
    for row in range(rows):
        for column in range(columns):
            value = panel.values.get(well_name(row, column))
            if value is None:
                look = {"facecolor": "none", "edgecolor": _EMPTY, "linewidth": 0.6}
            elif math.isnan(value):
                look = {"facecolor": _UNKNOWN, "edgecolor": _EDGE, "linewidth": 0.6}
                axes.plot(column, row, "x", color=_EDGE, markersize=22 * pitch, markeredgewidth=0.8)
            else:
                look = {"facecolor": colors(scale(value)), "edgecolor": _EDGE, "linewidth": 0.6}
                if letters >= _SMALLEST_LETTERS:
                    ink = "white" if scale(value) < 0.55 else "black"
                    axes.text(
                        column, row, _short(value), ha="center", va="center", fontsize=letters, color=ink
                    )
            axes.add_patch(Circle((column, row), _RADIUS, **look))
    size = min(8.5, 72 * pitch * 0.6)
    for column in range(columns):
        axes.text(column, -1.0, str(column + 1), ha="center", va="center", fontsize=size)
    for row in range(rows):
        axes.text(-1.0, row, chr(ord("A") + row), ha="center", va="center", fontsize=size)
    axes.set_xlim(-1.6, columns)
    axes.set_ylim(rows, -1.6)
    axes.set_aspect("equal", anchor="NW")
    axes.axis("off")


def _short(value: float) -> str:
    """Two or three digits are enough in a well: 0.25, 87, 1.3k, 73k, 2.4M."""
    if math.isnan(value):
        return ""
    for factor, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * factor:
            return (
                f"{value / factor:.0f}{letter}"
                if abs(value) >= 9.95 * factor
                else f"{value / factor:.1f}{letter}"
            )
    return f"{value:.0f}" if abs(value) >= 9.95 else f"{value:.2g}"


def _scale_bar(figure: Figure, scale: mpl.colors.Normalize, label: str) -> None:
    """The values' scale at the bottom, and what hollow and crossed circles mean beside it."""
    width, height = figure.get_size_inches()
    bar = figure.add_axes((0.14 / width, 0.5 / height, min(2.6, 0.5 * width) / width, 0.11 / height))
    mappable = mpl.cm.ScalarMappable(norm=scale, cmap=COLORS)
    colorbar = figure.colorbar(mappable, cax=bar, orientation="horizontal")
    colorbar.outline.set_visible(False)  # type: ignore[operator]
    ticks = np.linspace(scale.vmin or 0.0, scale.vmax or 1.0, 3).tolist()
    colorbar.set_ticks(
        ticks, labels=[f"{tick:,.0f}" if abs(tick) >= 1000 else f"{tick:.3g}" for tick in ticks]
    )
    first, _, last = bar.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    bar.tick_params(length=0, labelsize=8, pad=2)
    bar.grid(visible=False)
    figure.text(0.14 / width, 0.66 / height, label, va="bottom", fontsize=8)
    left = (0.14 + min(2.6, 0.5 * width) + 0.25) / width
    legend = figure.add_axes((left, 0.22 / height, 1.6 / width, 0.46 / height))
    legend.set_xlim(0, 1.6)
    legend.set_ylim(0, 0.46)
    for at, words, look in ((0.34, "no cells", {"facecolor": "none", "edgecolor": _EMPTY}),
                            (0.12, "not known", {"facecolor": _UNKNOWN, "edgecolor": _EDGE})):  # fmt: skip
        legend.add_patch(Circle((0.09, at), 0.07, linewidth=0.6, **look))
        legend.text(0.22, at, words, va="center", fontsize=8)
    legend.plot(0.09, 0.12, "x", color=_EDGE, markersize=4, markeredgewidth=0.8)
    legend.set_aspect("equal", anchor="W")
    legend.axis("off")
