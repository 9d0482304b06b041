"""A blot as a picture: dark bands on light film, lanes under a +/− grid, protein and kDa at the right.

Gray only: nothing is told by color. Every blot says SIMULATED, in its foot and in the file's metadata.
"""

import math
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from smaclab.assay.film import MARGIN_PX, PX_PER_E, cuts_of
from smaclab.assay.immunoblot import Exposed
from smaclab.experiment.antibody import Band
from smaclab.report import style
from smaclab.report.blot_header import draw_header
from smaclab.report.blot_sheet import INK, PAD, PALE, STRIP_GAP, Panel, Sheet, apart, sheet_for
from smaclab.report.lanes import Lanes
from smaclab.report.type_size import DPI, cut, width_of

OD = 1.8
"""Optical density of the darkest film: it passes 1.6 % of the light."""
WHITE = 245.0
"""Of 255: film that no light has met is never as white as paper."""
MARKERS_KDA = (250.0, 150.0, 100.0, 75.0, 50.0, 37.0, 25.0, 20.0, 15.0)
"""The proteins of usual prestained markers, written beside a ladder of ubiquitin."""
SIMULATED = "SIMULATED"


def draw(
    panels: Sequence[Panel], lanes: Lanes, *, replicate: int = 0, note: str = "", width_px: int = 1000
) -> Figure:
    """The picture of a blot.

    Args:
        panels: from top to bottom.
        lanes: what stands above.
        replicate: which one is shown.
        note: a line at the bottom.
        width_px: at 100 dots per inch.

    Raises:
        ExperimentError: there are more lanes than this width has room for.
    """
    sheet = sheet_for(panels, lanes, float(width_px))
    foot = 1.6 * sheet.line
    height = math.ceil(sheet.header_height() + sum(map(sheet.panel_height, panels)) + foot)
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(width_px / DPI, height / DPI), dpi=DPI)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        draw_header(axes, sheet)
        y = sheet.header_height()
        for panel in panels:
            _draw_panel(axes, sheet, panel, y, replicate)
            y += sheet.panel_height(panel)
        _draw_foot(axes, sheet, height - 0.9 * sheet.line, note)
        axes.set_xlim(0.0, width_px)
        axes.set_ylim(height, 0.0)
    return figure


def pixels(density: NDArray[np.float64]) -> NDArray[np.uint8]:
    """What a scanner makes of film: 8 bits of the light that passes, any shape."""
    return np.rint(WHITE * 10.0 ** (-OD * density)).astype(np.uint8)


def density_of(gray: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The density that pixels show, any shape: where densitometry of a picture begins."""
    return np.asarray(-np.log10(np.maximum(gray, 1.0) / WHITE) / OD, dtype=np.float64)


def _draw_panel(axes: Axes, sheet: Sheet, panel: Panel, y: float, replicate: int) -> None:
    top = y
    for one in panel.strips:
        _draw_strip(axes, sheet, one, y, replicate)
        y += sheet.strip_height(one) + STRIP_GAP
    lines = sheet.labels.get(panel.title, [])
    for number, line in enumerate(lines):
        place = top + (number + 0.6) * sheet.line
        sheet.text(axes, sheet.left - 2.2 * PAD, place, line, ha="right", weight="bold")
    if lines:
        x, end = sheet.left - PAD, y - STRIP_GAP
        axes.plot([x + 4, x, x, x + 4], [top, top, end, end], color=INK, linewidth=0.9)


def _draw_strip(axes: Axes, sheet: Sheet, one: Exposed, y: float, replicate: int) -> None:
    end = y + sheet.strip_height(one)
    axes.imshow(
        pixels(one.film[replicate]),
        cmap="gray",
        vmin=0,
        vmax=255,
        extent=(sheet.left, sheet.right, end, y),
        aspect="auto",
        interpolation="none",
        zorder=1,
    )
    across = [sheet.left, sheet.right, sheet.right, sheet.left, sheet.left]
    axes.plot(across, [y, y, end, end, y], color=INK, linewidth=0.7, zorder=2)
    for cut_at in cuts_of([band.kDa for band in one.strip.bands]):
        at = y + cut_at * sheet.scale
        axes.plot([sheet.left, sheet.right], [at, at], color="white", linewidth=2.4, zorder=2)
        axes.plot(
            [sheet.left, sheet.right], [at, at], color=INK, linewidth=0.6, linestyle=(0, (4, 3)), zorder=2
        )
    for lane in np.flatnonzero(np.isnan(one.copies[:, 0])):
        sheet.text(axes, sheet.middle(float(lane)), 0.5 * (y + end), "×", color=PALE)
    _draw_labels(axes, sheet, one, y)


def _draw_labels(axes: Axes, sheet: Sheet, one: Exposed, y: float) -> None:
    """Names and kDa at the right; where bands stand closer than letters, the letters move apart."""
    bands = _bands(one)
    plain = [number for number, band in enumerate(bands) if not band.is_ladder]
    at = [y + float(one.places[number]) * sheet.scale for number in plain]
    names_at = apart(at, sheet.line, y, y + sheet.strip_height(one)) if at else []
    for number, mark, place in zip(plain, at, names_at, strict=True):
        axes.plot([sheet.right + 2.0, sheet.right + PAD], [mark, place], color=INK, linewidth=0.9)
        sheet.text(axes, sheet.sizes_at, place, f"{one.strip.sizes_kDa[number]:.0f}", ha="right")
        sheet.text(axes, sheet.names_at, place, one.strip.labels[number], ha="left")
    for number, band in enumerate(bands):
        if band.is_ladder:
            _draw_ladder(axes, sheet, one, y, number, names_at)


def _draw_ladder(
    axes: Axes, sheet: Sheet, one: Exposed, y: float, number: int, taken: Sequence[float]
) -> None:
    """A ladder's name at its middle, a line along it, and marker proteins where there is room."""
    rungs = [
        band.kDa for band, group in zip(one.strip.bands, one.strip.groups, strict=True) if group == number
    ]
    largest = max(band.kDa for band in one.strip.bands)
    top, end = (y + _row(size, largest) * sheet.scale for size in (max(rungs), min(rungs)))
    x = sheet.names_at - 0.4 * PAD
    axes.plot([x, x], [top, end], color=INK, linewidth=1.2)
    sheet.text(axes, sheet.names_at, 0.5 * (top + end), one.strip.labels[number], ha="left")
    used = list(taken)
    for size in MARKERS_KDA:
        place = y + _row(size, largest) * sheet.scale
        is_inside = y + 0.3 * sheet.line <= place <= y + sheet.strip_height(one)
        if is_inside and all(abs(place - other) >= sheet.line for other in used):
            used.append(place)
            axes.plot([sheet.right + 2.0, sheet.right + PAD], [place, place], color=PALE, linewidth=0.9)
            sheet.text(axes, sheet.sizes_at, place, f"{size:.0f}", ha="right", color=PALE)


def _draw_foot(axes: Axes, sheet: Sheet, y: float, note: str) -> None:
    stamp = width_of(SIMULATED, sheet.size, bold=True)
    room = sheet.width - stamp - 4 * PAD
    sheet.text(axes, sheet.width - PAD, y, SIMULATED, ha="right", weight="bold", color=PALE)
    if note:
        sheet.text(axes, PAD, y, cut(note, room, sheet.size), ha="left", color=PALE)


def _bands(one: Exposed) -> list[Band]:
    """(group,): the band of each label; of a ladder, its first rung."""
    return [one.strip.bands[one.strip.groups.index(number)] for number in range(len(one.strip.labels))]


def _row(size_kDa: float, largest_kDa: float) -> float:
    """Where a size stands on a strip, rows from the top."""
    return MARGIN_PX + PX_PER_E * math.log(largest_kDa / size_kDa)
