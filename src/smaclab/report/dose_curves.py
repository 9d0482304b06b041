"""Dose-response curves as a bench biologist knows them.

Log axis; mean and SD over replicates, with n; the four-parameter curve with its 95 % band; the IC50 marked
where the doses bracket it. Wells without the drug stand left of a break in the axis.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from smaclab.analysis.dose_response import AMBIGUOUS, BRACKETED, NO_EFFECT, DoseResponse
from smaclab.analysis.replicates import summarize
from smaclab.report import style
from smaclab.report.legend import legend_below
from smaclab.report.words import amount, shared_unit

HEIGHT_INCHES = 3.0
POINTS_PER_DOSE_LABEL = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseCurve:
    """A series and its words in the legend."""

    label: str
    response: DoseResponse


def dose_curves(
    curves: Sequence[DoseCurve],
    *,
    drug: str,
    title: str,
    ylabel: str,
    width_inches: float = 5.0,
    g_per_mol: float | None = None,
) -> Figure:
    """Curves of one drug, one panel.

    Args:
        curves: at most `style.MAX_CURVES`, with known values at two doses above 0 or more in all.
        drug: for the axis.
        title: over the panel.
        ylabel: what is measured, and in which unit.
        width_inches: of the figure.
        g_per_mol: of the drug, whose doses are shown by mass.

    Returns:
        Points are means over replicates, bars are SD. A series without a curve has its points only.
    """
    given = np.unique(np.concatenate([one.response.doses_nM for one in curves]))
    given = given[given > 0]
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_inches, HEIGHT_INCHES), layout="constrained")
        axes = figure.add_subplot()
        zero_nM = _place_of_zero(given)
        has_zero = any((one.response.doses_nM == 0).any() for one in curves)
        for number, one in enumerate(curves[: style.MAX_CURVES]):
            _draw(axes, one, number=number, zero_nM=zero_nM, shift=_shift(number, len(curves)))
            said = f"{words(one.response, g_per_mol)}, n = {_replicates(one.response)}"
            _legend(axes, one, said, number=number)
        axes.set_xscale("log")
        unit = _dose_axis(
            axes, given, zero_nM if has_zero else None, room=72.0 * width_inches * 0.8, g_per_mol=g_per_mol
        )
        axes.set_xlabel(f"{drug} ({unit})")
        axes.set_ylabel(ylabel)
        axes.yaxis.set_major_formatter("{x:,g}")
        axes.set_title(title, wrap=True)
        style.from_zero(axes)
        _mark_middles(axes, curves)
        legend_below(figure, [axes])
        style.stamp(figure)
    return figure


def words(response: DoseResponse, g_per_mol: float | None = None) -> str:
    """What the legend says of a series: the IC50 with its interval, or why there is none.

    g_per_mol: of the drug, whose doses are shown by mass; None: molar.
    """
    if response.verdict == BRACKETED:
        one = response.IC50_nM
        factor, unit = shared_unit(response.doses_nM[response.doses_nM > 0], g_per_mol)  # that of the axis
        value, low, high = (amount(each / factor) for each in (one.value, one.low, one.high))
        return f"IC50 {value} ({low} to {high}) {unit}"
    return {AMBIGUOUS: "IC50 ambiguous", NO_EFFECT: "no effect"}.get(response.verdict, "too few doses")


def _draw(axes: Axes, one: DoseCurve, *, number: int, zero_nM: float, shift: float) -> None:
    color = style.COLORS[number]
    seen = one.response
    doses = np.unique(seen.doses_nM[~np.isnan(seen.values)])
    for dose in doses:
        at = summarize(seen.values[seen.doses_nM == dose])
        x = (dose or zero_nM) * shift
        bar = float(at.sd) if at.n > 1 else 0.0
        axes.errorbar(
            [x],
            [float(at.mean)],
            yerr=[[bar], [bar]],
            color=color,
            marker="o",
            markersize=4.5,
            linestyle="none",
            capsize=2.5,
            elinewidth=1.0,
            zorder=3,
        )
    if seen.is_fitted and (doses > 0).any():
        _draw_curve(axes, seen, (doses[doses > 0].min(), doses.max()), zero_nM=zero_nM, number=number)


def _replicates(seen: DoseResponse) -> int:
    """The most known wells of one dose."""
    _, counts = np.unique(seen.doses_nM[~np.isnan(seen.values)], return_counts=True)
    return int(counts.max(initial=0))


def _legend(axes: Axes, one: DoseCurve, said: str, *, number: int) -> None:
    said = said.replace(" ", "\u00a0")  # a number and its unit stay on one line
    label = f"{one.label}: {said}" if _replicates(one.response) else f"{one.label}: nothing known"
    shown = style.DASHES[number] if one.response.is_fitted else "none"
    axes.plot([], [], color=style.COLORS[number], linestyle=shown, marker="o", markersize=4.5, label=label)


def _draw_curve(
    axes: Axes, seen: DoseResponse, ends: tuple[float, float], *, zero_nM: float, number: int
) -> None:
    color, dash = style.COLORS[number], style.DASHES[number]
    line = np.geomspace(ends[0] / 1.3, ends[1] * 1.3, 200)
    axes.plot(line, seen.curve(line), color=color, linestyle=dash)
    low, high = seen.band(line)
    if np.isfinite(low).all():
        axes.fill_between(line, low, high, color=color, alpha=0.12, linewidth=0)
    if (seen.doses_nM == 0).any():
        left = float(seen.curve(np.zeros(1))[0])
        axes.plot([zero_nM / 1.3, zero_nM * 1.3], [left, left], color=color, linestyle=dash)


def _mark_middles(axes: Axes, curves: Sequence[DoseCurve]) -> None:
    """A dotted line from the axis to the curve at each bracketed IC50."""
    bottom = axes.get_ylim()[0]
    for number, one in enumerate(curves[: style.MAX_CURVES]):
        seen = one.response
        if seen.verdict == BRACKETED:
            middle = seen.IC50_nM.value
            top = float(seen.curve(np.array([middle]))[0])
            axes.plot(
                [middle, middle], [bottom, top], color=style.COLORS[number], linestyle=":", linewidth=1.2
            )


def _place_of_zero(given_nM: np.ndarray) -> float:
    """Where wells without the drug stand on the log axis: half a decade and more below the others."""
    decades = math.log10(given_nM.max() / given_nM.min()) if len(given_nM) > 1 else 1.0
    return float(given_nM.min()) / 10.0 ** max(0.4, 0.14 * decades)


def _shift(number: int, count: int) -> float:
    """A factor that sets bars of different series beside each other."""
    return 10.0 ** (0.03 * (number - (min(count, style.MAX_CURVES) - 1) / 2))


def _dose_axis(
    axes: Axes, given_nM: np.ndarray, zero_nM: float | None, *, room: float, g_per_mol: float | None
) -> str:
    """Ticks at decades, as many as there is room for, and at zero; a break between. Returns the unit."""
    nM, unit = shared_unit(given_nM, g_per_mol)
    first = math.floor(math.log10(given_nM.min() / nM) + 1e-9)
    last = math.ceil(math.log10(given_nM.max() / nM) - 1e-9)
    every = max(1, math.ceil((last - first + 2) * POINTS_PER_DOSE_LABEL / room))
    marks = [(10.0**power * nM, amount(10.0**power)) for power in range(first, last + 1, every)]
    left = given_nM.min() / 1.6
    if zero_nM is not None:
        gap = math.sqrt(zero_nM * given_nM.min())
        marks = [(zero_nM, "0"), *((at, text) for at, text in marks if at > gap)]
        _break(axes, gap)
        left = zero_nM / 1.6
    else:
        marks = [(at, text) for at, text in marks if at >= left]
    right = given_nM.max() * 1.6
    axes.set_xlim(left, right)
    marks = [(at, text) for at, text in marks if at <= right]
    axes.set_xticks([at for at, _ in marks], [text for _, text in marks])
    axes.minorticks_off()
    return unit


def _break(axes: Axes, at: float) -> None:
    """Two strokes over the axis: it is cut here."""
    across = axes.get_xaxis_transform()
    axes.plot(
        [at / 1.07, at * 1.07],
        [0.0, 0.0],
        color="white",
        linewidth=3,
        transform=across,
        clip_on=False,
        zorder=4,
    )
    for place in (at / 1.07, at * 1.07):
        axes.plot(
            [place / 1.05, place * 1.05],
            [-0.02, 0.02],
            color=style.BLACK,
            linewidth=0.9,
            transform=across,
            clip_on=False,
            zorder=5,
        )
