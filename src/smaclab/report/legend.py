"""One legend under the panels of a figure: it covers nothing, and no line of it is cut."""

import math
import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

POINTS_PER_LETTER = 5.2  # of the legend's type, a wide average
HANDLE_POINTS = 30.0
MARGIN_POINTS = 20.0
ENTRY_INCHES = 0.18
FOLD_INCHES = 0.215  # each further line of a folded entry


def legend_below(figure: Figure, all_axes: Sequence[Axes]) -> None:
    """One legend under the panels, in as many columns as its words allow; the figure grows by its height.

    The words are those of the panel with the most curves. A line that is longer than the figure is folded.
    """
    longest = max(all_axes, key=lambda axes: len(axes.get_legend_handles_labels()[1]))
    handles, labels = longest.get_legend_handles_labels()
    if not labels:
        return
    width, height = figure.get_size_inches()
    room = 72.0 * width - MARGIN_POINTS
    letters = max(12, int((room - HANDLE_POINTS) // POINTS_PER_LETTER))
    folded = [textwrap.fill(label, letters, break_long_words=True) for label in labels]
    widest = HANDLE_POINTS + POINTS_PER_LETTER * max(
        len(line) for label in folded for line in label.split("\n")
    )
    columns = max(1, min(len(folded), int(room // widest)))
    per_column = math.ceil(len(folded) / columns)
    heights = [ENTRY_INCHES + FOLD_INCHES * label.count("\n") for label in folded]
    tallest = max(sum(heights[start : start + per_column]) for start in range(0, len(heights), per_column))
    figure.set_size_inches(width, height + tallest)
    figure.legend(handles, folded, loc="outside lower left", ncols=columns, handlelength=2.4)
