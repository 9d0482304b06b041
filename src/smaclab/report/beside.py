"""One plot for both: a person's measured points and the simulated curve, over dose or over time."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from smaclab.errors import SmaclabError
from smaclab.report import style

MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_PANEL_PX = 310  # a panel needs about as much
_LETTER_IN = 0.069  # of a legend's letter of 8 points, on average


def _none() -> np.ndarray:
    return np.empty(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One curve and its points.

    x, simulated: (point,), sorted by x.  NaN: the solve failed.
    low, high: (point,), where nine in ten cells lie; empty where that is not known.
    measured_x, measured: (replicate,), every measured value; NaN: not known.
    """

    label: str
    x: np.ndarray
    simulated: np.ndarray
    low: np.ndarray = field(default_factory=_none)
    high: np.ndarray = field(default_factory=_none)
    measured_x: np.ndarray = field(default_factory=_none)
    measured: np.ndarray = field(default_factory=_none)

    def __post_init__(self) -> None:
        if len(self.x) != len(self.simulated) or len(self.measured_x) != len(self.measured):
            raise SmaclabError(
                f"{self.label}: {len(self.x)} places for {len(self.simulated)} simulated values, "
                f"{len(self.measured_x)} for {len(self.measured)} measured ones."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the axes say.

    is_dose: x is a dose on a logarithmic axis, where 0 has a place of its own at the left.
    measured_y: the words of the points' own axis at the right; "" where both have one unit.
    top: where the value axis ends; None: above the highest value.
    """

    x: str
    y: str
    is_dose: bool = False
    measured_y: str = ""
    top: float | None = None


def beside(panels: Sequence[tuple[str, Sequence[Series]]], scale: Scale, *, width_px: int = 1000) -> Figure:
    """Simulated curves with measured points, a panel a cell line.

    Args:
        panels: Title and series of each; one label has one color in all of them.
        scale: What the axes say.
        width_px: Width of the picture at 100 dots an inch; narrow ones have the panels below each other.

    Returns:
        A figure with SIMULATED in its corner: lines are simulated, points measured, as its legend says.

    Raises:
        SmaclabError: more labels than can be told apart; give them as several figures.
    """
    labels = list(dict.fromkeys(one.label for _, series in panels for one in series))
    if len(labels) > style.MAX_CURVES:
        raise SmaclabError(f"{len(labels)} curves. At most {style.MAX_CURVES} can be told apart.")
    across = max(1, min(len(panels), width_px // _PANEL_PX))
    down = math.ceil(len(panels) / across)
    width = width_px / 100.0
    words = [textwrap.fill(label, max(16, int((width - 0.8) / _LETTER_IN))) for label in labels]
    is_measured = any(np.isfinite(one.measured).any() for _, series in panels for one in series)
    lowest = _lowest_dose(panels) if scale.is_dose else 1.0
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width, 2.7 * down), layout="constrained")
        grid = figure.subplots(down, across, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(panels):
                axes.set_visible(False)
                continue
            title, series = panels[place]
            _draw(axes, series, labels, scale, lowest)
            axes.set_title("\n".join(textwrap.wrap(title, max(16, int(width / across / 0.1)))))
            axes.set_xlabel(scale.x)
            if place % across == 0:
                axes.set_ylabel(scale.y)
        has_band = any(len(one.low) and np.isfinite(one.low).any() for _, series in panels for one in series)
        _value_axes(list(grid.flat)[: len(panels)], panels, scale)
        _legend(figure, words, is_measured=is_measured, has_band=has_band)
        style.stamp(figure)
    return figure


def _lowest_dose(panels: Sequence[tuple[str, Sequence[Series]]]) -> float:
    doses = np.concatenate(
        [np.concatenate([one.x, one.measured_x]) for _, series in panels for one in series]
    )
    return float(np.min(doses[doses > 0], initial=math.inf)) if np.any(doses > 0) else 1.0


def _draw(axes: Axes, series: Sequence[Series], labels: Sequence[str], scale: Scale, lowest: float) -> None:
    points = axes.twinx() if scale.measured_y else axes
    for one in series:
        number = labels.index(one.label)
        color, dash = style.COLORS[number], style.DASHES[number]
        x = _places(one.x, lowest) if scale.is_dose else one.x
        # Thinner from curve to curve, so that those that lie on each other are both seen.
        width = 3.0 - 0.3 * number
        axes.plot(x, one.simulated, color=color, linestyle=dash, linewidth=width, zorder=2)
        if np.isfinite(one.simulated).sum() == 1:  # one value makes no line: a short one stands for it
            axes.lines[-1].set(marker="_", markersize=16, markeredgewidth=width)
        if len(one.low) == len(x) and np.isfinite(one.low).any():
            axes.fill_between(x, one.low, one.high, color=color, alpha=0.10, linewidth=0, zorder=1)
        if not np.isfinite(one.measured).any():
            continue
        at = _places(one.measured_x, lowest) if scale.is_dose else one.measured_x
        # A white rim keeps a point visible on a curve of its own color.
        points.plot(
            at,
            one.measured,
            linestyle="none",
            marker=MARKERS[number],
            color=color,
            markersize=5.5,
            markeredgecolor="white",
            markeredgewidth=0.7,
            zorder=4,
            clip_on=False,  # a point at the end of an axis is a whole point
        )
    if points is not axes:
        points.set_ylabel(scale.measured_y)
        points.spines["right"].set_visible(True)
        points.grid(visible=False)
    if scale.is_dose:
        _dose_axis(axes, series, lowest)
    else:
        end = max((float(np.nanmax(one.x)) for one in series if len(one.x)), default=1.0)
        axes.set_xlim(0, end or 1.0)
        step = next((s for s in (1, 2, 4, 6, 12, 24, 48) if end / s <= 6), 96)
        if end >= 4:
            axes.set_xticks(np.arange(0, end + 1e-9, step))


def _value_axes(
    all_axes: Sequence[Axes], panels: Sequence[tuple[str, Sequence[Series]]], scale: Scale
) -> None:
    """One value axis for all panels, so that lines of cells can be compared; all points and bands inside."""
    every = [one for _, series in panels for one in series]
    simulated = [values for one in every for values in (one.simulated, one.low, one.high)]
    measured = [one.measured for one in every]
    _limit(all_axes, simulated if scale.measured_y else simulated + measured, scale.top)
    if scale.measured_y:
        twins = [axes for axes in all_axes[0].figure.axes if axes not in all_axes]
        _limit(twins, measured, None)


def _limit(all_axes: Sequence[Axes], values: Sequence[np.ndarray], top: float | None) -> None:
    known = np.concatenate([value[np.isfinite(value)] for value in values])
    highest, lowest = float(known.max(initial=0.0)), float(known.min(initial=0.0))
    end = max(top or 0.0, 1.06 * highest) or 1.0
    for axes in all_axes:
        axes.set_ylim(lowest - 0.04 * end if lowest < 0 else 0.0, end)
        if end >= 1e4:
            axes.yaxis.set_major_formatter("{x:,.0f}")


def _places(doses_nM: np.ndarray, lowest: float) -> np.ndarray:
    """No drug has no place on a logarithmic axis: it stands a step left of the lowest dose."""
    return np.where(doses_nM > 0, doses_nM, lowest / 5.0)


def _dose_axis(axes: Axes, series: Sequence[Series], lowest: float) -> None:
    doses = np.concatenate([np.concatenate([one.x, one.measured_x]) for one in series])
    highest = max(float(doses.max(initial=0.0)), lowest)
    has_zero = bool(np.any(doses <= 0))
    axes.set_xscale("log")
    axes.set_xlim(lowest / 5.0 / 1.3 if has_zero else lowest / 1.5, highest * 1.5)
    first, last = math.ceil(math.log10(lowest) - 1e-9), math.floor(math.log10(highest) + 1e-9)
    step = max(1, math.ceil((last - first + 1) / 5))
    decades = [10.0**power for power in range(first, last + 1, step)] or [lowest]
    ticks = [*([lowest / 5.0] if has_zero else []), *decades]
    axes.set_xticks(ticks, [*(["0"] if has_zero else []), *(f"{decade:g}" for decade in decades)])
    axes.minorticks_off()


def _legend(figure: Figure, words: Sequence[str], *, is_measured: bool, has_band: bool) -> None:
    """One legend under the panels: what a line and a point are, and what each color means."""
    handles = [Line2D([], [], color="#5f5f5f")]
    texts = ["line: SIMULATED, mean" + (", and where 9 in 10 cells lie" if has_band else " of the cells")]
    if is_measured:
        handles.append(Line2D([], [], color="#5f5f5f", marker="o", linestyle="none", markersize=5))
        texts.append("points: measured, one a well")
    for number, text in enumerate(words):
        look: dict[str, Any] = {"color": style.COLORS[number], "linestyle": style.DASHES[number]}
        if is_measured:
            look |= {"marker": MARKERS[number], "markersize": 5.5, "markeredgecolor": "white"}
        handles.append(Line2D([], [], **look))
        texts.append(text)
    width, height = figure.get_size_inches()
    longest = max(len(line) for text in texts for line in text.splitlines())
    columns = max(1, min(len(texts), int((width - 0.2) / (0.62 + _LETTER_IN * longest))))
    per_column = math.ceil(len(texts) / columns)
    lines = max(
        sum(text.count("\n") + 1 for text in texts[at : at + per_column])
        for at in range(0, len(texts), per_column)
    )
    figure.set_size_inches(width, height + 0.18 * lines + 0.1)
    figure.legend(handles, texts, loc="outside lower left", ncols=columns, handlelength=2.4)
