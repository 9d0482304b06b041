"""What stands above the lanes of a blot, drawn: title, cell lines, the +/− grid, wedges and numbers."""

from matplotlib.axes import Axes

from smaclab.report.blot_sheet import INK, PAD, Sheet
from smaclab.report.lanes import Row
from smaclab.report.type_size import cut


def draw_header(axes: Axes, sheet: Sheet) -> None:
    """Everything above the first strip; its height is `sheet.header_height()`."""
    y = PAD
    for line in sheet.title():
        sheet.text(axes, PAD, y + 0.5 * sheet.line, line, ha="left", weight="bold")
        y += sheet.line
    y += 0.3 * sheet.line
    for words, first, last in sheet.lanes.groups:
        _draw_group(axes, sheet, y, words, first, last)
    y += 1.35 * sheet.line if sheet.lanes.groups else 0.0
    for row in sheet.lanes.rows:
        _draw_row(axes, sheet, row, y)
        y += sheet.row_height(row)


def _draw_group(axes: Axes, sheet: Sheet, y: float, words: str, first: int, last: int) -> None:
    room = sheet.pitch * (last - first + 1) - 4.0
    sheet.text(axes, sheet.middle((first + last) / 2), y + 0.5 * sheet.line, cut(words, room, sheet.size))
    ends = (sheet.middle(first) - 0.42 * sheet.pitch, sheet.middle(last) + 0.42 * sheet.pitch)
    axes.plot(ends, [y + 1.1 * sheet.line] * 2, color=INK, linewidth=0.9)


def _draw_row(axes: Axes, sheet: Sheet, row: Row, y: float) -> None:
    for first, last in row.wedges:
        start, stop = sheet.middle(first) - 0.3 * sheet.pitch, sheet.middle(last) + 0.3 * sheet.pitch
        foot = y + 0.7 * sheet.line
        axes.fill([start, stop, stop], [foot, foot, foot - 0.6 * sheet.line], color=INK, linewidth=0)
    y += sheet.wedge_height(row)
    height = sheet.row_height(row) - sheet.wedge_height(row)
    lines = sheet.labels[row.label]
    for number, line in enumerate(lines):
        middle = y + 0.5 * height + (number - 0.5 * (len(lines) - 1)) * sheet.line
        sheet.text(axes, sheet.left - PAD, middle, line, ha="right")
    turn = 90.0 if sheet.is_turned(row) else 0.0
    for lane, text in enumerate(row.texts):
        sheet.text(axes, sheet.middle(lane), y + 0.5 * height, text, rotation=turn)
