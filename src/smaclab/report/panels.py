"""One small picture of an expectation: what was seen, and the limit that it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from smaclab.report import style

PANEL_INCHES = (3.0, 2.5)
EXPECTED = "#8a3d00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One curve: its words, and where it goes.

    x: h, or nM where the panel is of doses.
    y: in the readout's unit.
    """

    label: str
    x: np.ndarray
    y: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One readout.

    limit: the value that decides, in the readout's unit; None: it is no single value.
    side: "above" or "below" the limit is as expected.
    look: the place on the x axis that is judged; None: none in particular.
    is_dose: x is a dose, nM, on a logarithmic axis.
    """

    title: str
    lines: Sequence[Line]
    unit: str = ""
    limit: float | None = None
    side: str = "above"
    look: float | None = None
    is_dose: bool = False


def expectation_figure(panels: Sequence[Panel]) -> Figure:
    """The panels side by side, one legend under them; at most `style.MAX_CURVES` curves in each."""
    width, height = PANEL_INCHES
    labels = max(panels, key=lambda one: len(one.lines)).lines
    height += 0.17 * len(labels)
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width * len(panels) + 0.6, height), layout="constrained")
        grid = figure.subplots(1, len(panels), squeeze=False)[0]
        for axes, panel in zip(grid, panels, strict=True):
            _draw(axes, panel)
        handles, words = max(
            (axes.get_legend_handles_labels() for axes in grid), key=lambda both: len(both[1])
        )
        figure.legend(handles, words, loc="outside lower left", ncols=1, handlelength=2.4)
        style.stamp(figure)
    return figure


def _draw(axes: Axes, panel: Panel) -> None:
    for number, line in enumerate(panel.lines[: style.MAX_CURVES]):
        axes.plot(
            _doses(line.x) if panel.is_dose else line.x,
            line.y,
            color=style.COLORS[number],
            linestyle=style.DASHES[number],
            marker="o" if panel.is_dose else None,
            markersize=3.5,
            label=line.label,
        )
    if panel.limit is not None and np.isfinite(panel.limit):
        axes.axhline(panel.limit, color=EXPECTED, linewidth=1.0, linestyle=(0, (4, 2)))
        is_above = panel.side == "above"
        axes.annotate(
            "expected above" if is_above else "expected below",
            (1.0, panel.limit),
            xycoords=("axes fraction", "data"),
            xytext=(0, 2 if is_above else -2),
            textcoords="offset points",
            ha="right",
            va="bottom" if is_above else "top",
            fontsize=6.5,
            color=EXPECTED,
        )
    if panel.look is not None and np.isfinite(panel.look):
        axes.axvline(panel.look, color="#9a9a9a", linewidth=0.8, linestyle=":")
    axes.set_title(panel.title)
    axes.set_xlabel("dose (nM)" if panel.is_dose else "time (h)")
    axes.set_ylabel(panel.unit)
    if panel.is_dose:
        axes.set_xscale("log")
    highest = max(
        (float(np.nanmax(line.y)) for line in panel.lines if np.isfinite(line.y).any()), default=1.0
    )
    axes.set_ylim(0.0, 1.12 * max(highest, panel.limit or 0.0, 1e-9))


def _doses(doses_nM: np.ndarray) -> np.ndarray:
    """No drug has no place on a logarithmic axis: it stands a step left of the lowest dose."""
    lowest = float(np.min(doses_nM[doses_nM > 0], initial=np.inf))
    return np.where(doses_nM > 0, doses_nM, lowest / 5 if np.isfinite(lowest) else 1.0)
