"""How wide a text will be before it is drawn, and where to break it: by the metrics of our font."""

import math
import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FAMILY = "DejaVu Sans"  # matplotlib brings it; Verdana has its widths
DPI = 100.0
HINTED = 1.04  # small letters are drawn on whole pixels, which makes lines up to this much wider
_BREAK = re.compile(r"(?<!\d) ")


@lru_cache(maxsize=4096)
def width_of(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Pixels at 100 dots per inch that a line of text takes, rounded up."""
    font = FontProperties(family=FAMILY, size=size_pt, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return math.ceil(HINTED * float(width) * DPI / 72.0)


def line_height(size_pt: float) -> float:
    """Pixels from one line to the next."""
    return 1.35 * size_pt * DPI / 72.0


def broken(text: str, room_px: float, size_pt: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit, broken at spaces but not between a number and its unit.

    A word that is too long is cut with "…".
    """
    lines: list[str] = []
    for word in _BREAK.split(text):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size_pt, bold=bold) <= room_px:
            lines[-1] = joined
        else:
            lines.append(cut(word, room_px, size_pt, bold=bold))
    return lines


def cut(text: str, room_px: float, size_pt: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits, with "…"."""
    if width_of(text, size_pt, bold=bold) <= room_px:
        return text
    keep = len(text)
    while keep > 1 and width_of(f"{text[:keep]}…", size_pt, bold=bold) > room_px:
        keep -= 1
    return f"{text[:keep]}…"
