"""Where everything of a blot goes, in pixels: letters keep their size at any width, lanes shrink."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from smaclab.assay import film
from smaclab.assay.immunoblot import Exposed
from smaclab.errors import ExperimentError
from smaclab.report.lanes import Lanes, Row
from smaclab.report.type_size import broken, line_height, width_of

INK, PALE = "#000000", "#555555"
LANE_WIDEST, LANE_NARROWEST = 88.0, 14.0
PAD = 8.0
STRIP_GAP = 5.0
SMALL, USUAL = 7.0, 9.0  # letters, points
SMALL_BELOW_PX = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Strips under one heading, such as "IP: caspase-8"; without a heading where the title is ""."""

    title: str
    strips: Sequence[Exposed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Sizes and places, px.

    size: of letters, points. left: where the first lane begins. pitch: from lane to lane.
    labels: text at the left -> its lines.
    """

    lanes: Lanes
    width: float
    size: float
    left: float
    pitch: float
    labels: Mapping[str, list[str]]

    @property
    def line(self) -> float:
        """From a line of text to the next."""
        return line_height(self.size)

    @property
    def scale(self) -> float:
        """Px of a row of film."""
        return float(np.clip(self.pitch / film.LANE_PX, 0.75, 1.5))

    @property
    def right(self) -> float:
        """Where the last lane ends."""
        return self.left + self.pitch * self.lanes.n_lanes

    @property
    def sizes_at(self) -> float:
        """Where the numbers of kDa end."""
        return self.right + 1.5 * PAD + width_of("250", self.size)

    @property
    def names_at(self) -> float:
        """Where the names of proteins begin."""
        return self.sizes_at + PAD

    def middle(self, lane: float) -> float:
        """The middle of a lane."""
        return self.left + (lane + 0.5) * self.pitch

    def title(self) -> list[str]:
        """The title's lines."""
        if not self.lanes.title:
            return []
        return broken(self.lanes.title, self.width - 2 * PAD, self.size, bold=True)

    def is_turned(self, row: Row) -> bool:
        """Whether a row's texts stand upright, because a lane is too narrow for one of them."""
        return max(width_of(text, self.size) for text in row.texts) > self.pitch - 4.0

    def row_height(self, row: Row) -> float:
        """Px of one row above the lanes, with its wedges."""
        text = self.line
        if self.is_turned(row):
            text = max(width_of(one, self.size) for one in row.texts) + 6.0
        return max(text, self.line * len(self.labels[row.label])) + self.wedge_height(row)

    def wedge_height(self, row: Row) -> float:
        """Px of the wedges over a row."""
        return 0.8 * self.line if row.wedges else 0.0

    def header_height(self) -> float:
        """Px of all that stands above the lanes."""
        groups = 1.35 * self.line if self.lanes.groups else 0.0
        return (
            PAD + self.line * (len(self.title()) + 0.6) + groups + sum(map(self.row_height, self.lanes.rows))
        )

    def strip_height(self, one: Exposed) -> float:
        """Px of one strip; no two of its labels may meet."""
        return max(one.film.shape[1] * self.scale, 1.15 * self.line)

    def panel_height(self, panel: Panel) -> float:
        """Px of a panel, and of the gap below it."""
        strips = sum(self.strip_height(one) + STRIP_GAP for one in panel.strips)
        return max(strips, self.line * (len(self.labels.get(panel.title, ())) + 0.4)) + 0.6 * self.line

    def text(self, axes: Axes, x: float, y: float, text: str, **look: object) -> None:
        """Write a text; its middle is at y."""
        look = {"ha": "center", "va": "center", "color": INK, "fontsize": self.size} | look
        axes.text(x, y, text, **look)  # type: ignore[arg-type]


def sheet_for(panels: Sequence[Panel], lanes: Lanes, width: float) -> Sheet:
    """The sheet of a picture this wide.

    Raises:
        ExperimentError: there are more lanes than it has room for.
    """
    size = SMALL if width < SMALL_BELOW_PX else USUAL
    room = max(0.28 * width, 90.0)
    labels = {row.label: broken(row.label, room, size) for row in lanes.rows}
    labels |= {panel.title: broken(panel.title, room, size, bold=True) for panel in panels if panel.title}
    plain = [width_of(line, size, bold=True) for lines in labels.values() for line in lines]
    left = max(plain, default=0.0) + 3.5 * PAD
    names = [width_of(label, size) for panel in panels for one in panel.strips for label in one.strip.labels]
    right = max(names) + width_of("250", size) + 3.5 * PAD
    pitch = min((width - left - right) / lanes.n_lanes, LANE_WIDEST)
    if pitch < LANE_NARROWEST:
        raise ExperimentError(
            f"{lanes.n_lanes} lanes do not fit in a picture of {width:g} pixels, which has room for "
            f"{max(0, int((width - left - right) / LANE_NARROWEST))}. Ask for fewer times or experiments, or "
            "for a wider picture."
        )
    left += max(0.0, 0.5 * (width - left - right - pitch * lanes.n_lanes))
    return Sheet(lanes=lanes, width=width, size=size, left=left, pitch=pitch, labels=labels)


def apart(places: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places in rising order, moved so that neighbors are `least` apart, within low and high if they can."""
    moved = list(places)
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], moved[place - 1] + least)
    over = moved[-1] - high if moved else 0.0
    if over > 0:
        moved[-1] = high
        for place in range(len(moved) - 2, -1, -1):
            moved[place] = min(moved[place], moved[place + 1] - least)
    return [max(one, low) if place == 0 else one for place, one in enumerate(moved)]
