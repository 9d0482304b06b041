"""How every picture looks: colors, type, and SVG that is the same bytes every time.

Colors are those of Okabe and Ito (2008), told apart also by color-blind readers; a line style goes
with each, so that a print in gray can be read too.
"""

import io
import re
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

BLACK = "#000000"
COLORS = ("#000000", "#0072B2", "#E69F00", "#D55E00", "#009E73", "#CC79A7", "#56B4E9")
DASHES = ("-", "-", "--", "-", "-.", "--", ":")
MAX_CURVES = len(COLORS)
"""More curves than this in one panel cannot be told apart; further curves get a further panel."""

RC: dict[Any, Any] = {
    "font.family": "sans-serif",
    # Verdana has DejaVu's widths: where a browser lacks the first, labels keep their room.
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 9.0,
    "axes.titlesize": 10.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "lines.linewidth": 1.8,
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "smaclab",
    "figure.dpi": 100.0,
}


def stamp(figure: Figure) -> None:
    """Write SIMULATED into the corner: a picture that leaves its page still says what it is."""
    height_points = 72.0 * figure.get_size_inches()[1]
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        below = 9.0 / height_points  # a strip of its own, so that it covers nothing
        engine.set(rect=(0, below, 1, 1 - below))
    figure.text(0.995, 1.5 / height_points, "SIMULATED", ha="right", va="bottom", fontsize=6, color="#6b6b6b")


def from_zero(axes: Axes) -> None:
    """Let the value axis begin at zero, or below where values are, with marks inside of it only."""
    low, high = axes.get_ylim()
    axes.set_ylim(min(0.0, low), high)
    axes.set_yticks([one for one in axes.get_yticks() if min(0.0, low) <= one <= high])


def to_svg(figure: Figure, *, about: str = "") -> str:
    """The figure as a stand-alone SVG file: text as text, no date, equal bytes every time.

    about: where it comes from, for the file's metadata, which say SIMULATED in any case.
    """
    buffer = io.StringIO()
    metadata = {"Date": None, "Creator": "smaclab", "Description": _description(about)}
    with mpl.rc_context(RC):
        figure.savefig(buffer, format="svg", metadata=metadata)
    # Films are photographs: a browser that enlarges them should not show their pixels as squares.
    text = buffer.getvalue().replace("image-rendering:crisp-edges;image-rendering:pixelated", "")
    lines = (line.rstrip() for line in text.splitlines())
    return "\n".join(lines) + "\n"


def to_png(
    figure: Figure, *, width_px: int | None = None, dots_per_inch: float = 100.0, about: str = ""
) -> bytes:
    """The figure as a PNG file that says SIMULATED in its metadata: no date, equal bytes every time.

    Args:
        figure: what to draw.
        width_px: how wide; by default as many dots an inch as said.
        dots_per_inch: where no width is given.
        about: where it comes from, for the metadata too.
    """
    buffer = io.BytesIO()
    dots = dots_per_inch if width_px is None else width_px / figure.get_size_inches()[0]
    metadata = {"Software": "smaclab", "Description": _description(about)}
    with mpl.rc_context(RC):
        figure.savefig(buffer, format="png", dpi=dots, metadata=metadata)
    return buffer.getvalue()


def _description(about: str) -> str:
    return f"SIMULATED. {about}" if about else "SIMULATED"


def to_inline_svg(figure: Figure, *, name: str, alt: str) -> str:
    """The figure as one `<svg>` element for a page.

    Args:
        figure: What to draw.
        name: Unique on the page (letters, digits, `-`).  It goes before every id of the figure:
            ids are shared by all the SVG of one page, and equal ones would paint each other.
        alt: What a screen reader says.

    Returns:
        One element that scales with its column, without the XML header, the metadata and the size.
    """
    text = to_svg(figure)
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    text = re.sub(r"url\(#", f"url(#{name}-", text)
    head, rest = text.split(">", 1)
    head = re.sub(r'\s(width|height|version)="[^"]*"', "", head)
    return f'{head} role="img" aria-label="{_attribute(alt)}">{rest}'.rstrip()


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
