"""The pathway as a map: what a Smac mimetic does to a cell, from the cIAPs to TNF and to death.

Our own drawing of what figure 1 of Wu, Tschopp and Lin (2007) tells, with what the model adds to
it: the checkpoint on released RIP1, cFLIP, XIAP and the mitochondria.  A drawing, no result: only the
colors of its boxes, where some are asked for, come from a run.

Coordinates are points (1/72 in) from the upper left corner; one point is about one pixel of a page.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

from smaclab.errors import SmaclabError
from smaclab.report import style

Point = tuple[float, float]

WIDTH, HEIGHT, SCALE_HEIGHT = 640.0, 690.0, 48.0
NOTE_SIZE = 10.5
BOX_HEIGHT = 30.0
TOP_FOLD = 16.0
"""Colors end here: 16 times as much, or a sixteenth."""
LESS_TO_MORE: Final = LinearSegmentedColormap.from_list("less_to_more", ("#D55E00", "#f7f7f7", "#0072B2"))
INK, BAR_INK, PALE_INK = "#333333", "#8a3d00", "#5f5f5f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One protein, drug or gene: its words and its place, pt."""

    words: str
    x: float
    y: float
    width: float

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, pt."""
        half, tall = self.width / 2, BOX_HEIGHT / 2
        return self.x - half, self.y - tall, self.x + half, self.y + tall


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Boxes that sit together, a complex or the nucleus: `words` stand at `at`, pt."""

    words: str
    sides: tuple[float, float, float, float]
    at: Point
    color: str = "#eef3f7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Who acts on whom, along which points, pt; `arrow`: makes more of it, `bar`: less."""

    source: str
    target: str
    kind: Literal["arrow", "bar"]
    path: tuple[Point, ...]
    is_dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words beside an edge or in a compartment, centered at a point, pt."""

    words: str
    at: Point
    turn_deg: float = 0.0
    color: str = PALE_INK


BOXES: Final[Mapping[str, Box]] = {
    "mimetic": Box(words="Smac mimetic", x=120, y=55, width=116),
    "mimetic_again": Box(words="Smac mimetic", x=578, y=55, width=116),
    "TNF": Box(words="TNF", x=400, y=55, width=84),
    "TNFR1": Box(words="TNFR1", x=400, y=114, width=84),
    "cIAP1": Box(words="cIAP1", x=80, y=201, width=70),
    "cIAP2": Box(words="cIAP2", x=160, y=201, width=70),
    "TRAF2": Box(words="TRAF2", x=160, y=237, width=70),
    "TRAF3": Box(words="TRAF3", x=80, y=237, width=70),
    "TRADD": Box(words="TRADD", x=355, y=184, width=76),
    "TRAF2_at_receptor": Box(words="TRAF2", x=445, y=184, width=76),
    "RIP1": Box(words="RIP1", x=355, y=220, width=76),
    "ubiquitin": Box(words="ubiquitin", x=445, y=220, width=76),
    "NIK": Box(words="NIK", x=80, y=312, width=84),
    "IKKalpha": Box(words="IKKα", x=80, y=370, width=84),
    "p100": Box(words="p100", x=80, y=428, width=84),
    "p52": Box(words="p52 · RelB", x=80, y=486, width=84),
    "TAK1": Box(words="TAK1", x=205, y=312, width=84),
    "IKKbeta": Box(words="IKKβ", x=205, y=370, width=84),
    "IkBa": Box(words="IκBα", x=205, y=428, width=84),
    "RelA": Box(words="NF-κB (RelA)", x=205, y=486, width=98),
    "TNF_gene": Box(words="TNF gene", x=98, y=570, width=92),
    "cFLIP_gene": Box(words="cFLIP gene", x=212, y=570, width=92),
    "released": Box(words="released RIP1", x=400, y=296, width=104),
    "checkpoint": Box(words="RIP1 checkpoint", x=556, y=296, width=116),
    "RIP1_in_II": Box(words="RIP1", x=355, y=371, width=76),
    "FADD": Box(words="FADD", x=445, y=371, width=76),
    "cFLIP": Box(words="cFLIP", x=350, y=411, width=66),
    "caspase8": Box(words="caspase-8", x=445, y=411, width=82),
    "mitochondria": Box(words="mitochondria", x=567, y=445, width=108),
    "caspase9": Box(words="caspase-9", x=530, y=512, width=80),
    "Smac": Box(words="Smac", x=600, y=512, width=44),
    "XIAP": Box(words="XIAP", x=584, y=578, width=56),
    "caspase3": Box(words="caspase-3", x=424, y=512, width=84),
    "death": Box(words="cell death", x=404, y=618, width=100),
}

FRAMES: Final[Mapping[str, Frame]] = {
    "cIAPs": Frame(words="", sides=(38, 179, 202, 259), at=(120, 169)),
    "complex_I": Frame(words="complex I", sides=(310, 147, 490, 250), at=(345, 158)),
    "complex_II": Frame(words="complex II", sides=(310, 336, 490, 434), at=(345, 347)),
    "nucleus": Frame(words="nucleus", sides=(36, 539, 268, 613), at=(222, 597), color="#f3efe4"),
}

EDGES: Final[tuple[Edge, ...]] = (
    Edge(source="mimetic", target="cIAP1", kind="bar", path=((80, 70), (80, 184))),
    Edge(source="mimetic", target="cIAP2", kind="bar", path=((160, 70), (160, 184))),
    Edge(source="TNF", target="TNFR1", kind="arrow", path=((400, 70), (400, 98))),
    Edge(source="TNFR1", target="complex_I", kind="arrow", path=((400, 129), (400, 146))),
    Edge(source="cIAPs", target="complex_I", kind="arrow", path=((202, 196), (309, 196))),
    Edge(source="TRAF2", target="complex_I", kind="arrow", path=((195, 237), (309, 237)), is_dashed=True),
    Edge(source="cIAPs", target="NIK", kind="bar", path=((80, 259), (80, 295))),
    Edge(source="NIK", target="IKKalpha", kind="arrow", path=((80, 327), (80, 354))),
    Edge(source="IKKalpha", target="p100", kind="arrow", path=((80, 385), (80, 412))),
    Edge(source="p100", target="p52", kind="arrow", path=((80, 443), (80, 470))),
    Edge(source="p52", target="TNF_gene", kind="arrow", path=((80, 501), (80, 554))),
    Edge(
        source="complex_I", target="TAK1", kind="arrow", path=((326, 250), (326, 274), (205, 274), (205, 295))
    ),
    Edge(source="TAK1", target="IKKbeta", kind="arrow", path=((205, 327), (205, 354))),
    Edge(source="IKKbeta", target="IkBa", kind="bar", path=((205, 385), (205, 411))),
    Edge(source="IkBa", target="RelA", kind="bar", path=((205, 443), (205, 469))),
    Edge(
        source="RelA", target="TNF_gene", kind="arrow", path=((178, 501), (178, 522), (118, 522), (118, 554))
    ),
    Edge(source="RelA", target="cFLIP_gene", kind="arrow", path=((222, 501), (222, 554))),
    Edge(
        source="TNF_gene",
        target="TNF",
        kind="arrow",
        path=((52, 570), (12, 570), (12, 22), (400, 22), (400, 39)),
    ),
    Edge(source="cFLIP_gene", target="cFLIP", kind="arrow", path=((258, 570), (350, 570), (350, 427))),
    Edge(source="complex_I", target="released", kind="arrow", path=((400, 250), (400, 280))),
    Edge(source="released", target="complex_II", kind="arrow", path=((400, 311), (400, 335))),
    Edge(source="checkpoint", target="released", kind="bar", path=((498, 296), (454, 296))),
    Edge(source="cFLIP", target="caspase8", kind="bar", path=((383, 411), (402, 411))),
    Edge(source="caspase8", target="caspase3", kind="arrow", path=((445, 426), (445, 496))),
    Edge(source="caspase8", target="mitochondria", kind="arrow", path=((486, 411), (567, 411), (567, 429))),
    Edge(source="mitochondria", target="caspase9", kind="arrow", path=((530, 460), (530, 496))),
    Edge(source="mitochondria", target="Smac", kind="arrow", path=((600, 460), (600, 496))),
    Edge(source="caspase9", target="caspase3", kind="arrow", path=((490, 512), (467, 512))),
    Edge(source="Smac", target="XIAP", kind="bar", path=((600, 527), (600, 560))),
    Edge(source="XIAP", target="caspase9", kind="bar", path=((556, 570), (530, 570), (530, 530))),
    Edge(source="XIAP", target="caspase3", kind="bar", path=((556, 586), (450, 586), (450, 530))),
    Edge(source="mimetic_again", target="XIAP", kind="bar", path=((630, 70), (630, 578), (615, 578))),
    Edge(source="caspase3", target="death", kind="arrow", path=((404, 527), (404, 602))),
)

NOTES: Final[tuple[Note, ...]] = (
    Note(words="medium", at=(265, 84)),
    Note(words="membrane", at=(265, 114)),
    Note(words="cell", at=(265, 140)),
    Note(words="degraded\nwithin\nminutes", at=(120, 154), color=BAR_INK),
    Note(words="ubiquitin\non RIP1", at=(255, 177), color=INK),
    Note(words="TRAF2, freed,\nbrings RIP1", at=(255, 217), color=INK),
    Note(words="non-canonical", at=(140, 281)),
    Note(words="canonical", at=(264, 265)),
    Note(words="the cell makes and secretes TNF: hours", at=(26, 390), turn_deg=90.0, color=INK),
    Note(words="RIP1 without\nubiquitin", at=(452, 265), color=INK),
    Note(words="strong in normal cells", at=(552, 321)),
    Note(words="TNF competence", at=(98, 597)),
)


def draw(folds: Mapping[str, float] | None = None, *, title: str = "") -> Figure:
    """The map; boxes that `folds` names are colored by it, and say it.

    Args:
        folds: Name of a box in `BOXES` -> how many times as much there is, 0 or more.  inf: there was
            none before.  NaN, or a box that is not named: not colored.
        title: Over the scale of the colors: which line, drug and times.  Not shown without `folds`.

    Returns:
        One panel as wide as a page's wide picture: `WIDTH` by `HEIGHT` points, and `SCALE_HEIGHT` more
        with colors.

    Raises:
        SmaclabError: there is no such box, or a fold is below 0.
    """
    known = {name: float(fold) for name, fold in (folds or {}).items() if not math.isnan(fold)}
    for name, fold in known.items():
        if name not in BOXES or fold < 0:
            raise SmaclabError(f"{name!r} cannot be {fold:g} times as much. Boxes: {', '.join(BOXES)}.")
    height = HEIGHT + (SCALE_HEIGHT if known else 0.0)
    with mpl.rc_context(style.RC):
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        _places(axes)
        for edge in EDGES:
            _edge(axes, edge)
        for name, box in BOXES.items():
            _box(axes, box, known.get(name, math.nan))
        for note in NOTES:
            _words(axes, note.at, note.words, size=NOTE_SIZE, color=note.color, rotation=note.turn_deg)
        _legend(axes)
        if known:
            _scale(axes, title)
        label = "model map, colors SIMULATED" if known else "model map"
        axes.text(WIDTH - 4, height - 4, label, ha="right", va="bottom", fontsize=9.5, color=PALE_INK)
    return figure


def fold_words(fold: float) -> str:
    """'×12', '×0.31', '×<0.01', '×1.2e5', 'from 0'."""
    if math.isinf(fold):
        return "from 0"
    if fold < 0.01:
        return "×<0.01"
    if fold >= 99_999.5:
        return f"×{fold:.1e}".replace("e+0", "e").replace("e+", "e")
    return f"×{fold:.0f}" if fold >= 9.95 else f"×{fold:.2g}"


def fold_color(fold: float) -> tuple[str, str]:
    """Color of a box, white where nothing changed, and that of its words: what stands out more on it."""
    log = math.log2(min(max(fold, 1 / TOP_FOLD), TOP_FOLD)) / math.log2(TOP_FOLD)
    rgb = LESS_TO_MORE((log + 1) / 2)[:3]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]  # relative luminance of WCAG
    return mpl.colors.to_hex(rgb), "#ffffff" if light < 0.179 else style.BLACK


def _places(axes: Axes) -> None:
    """Medium, membrane and cell from top to bottom, and what sits together in the cell."""
    axes.add_patch(Rectangle((0, 0), WIDTH, 114, color="#f4f8fb", linewidth=0))
    axes.add_patch(Rectangle((0, 114), WIDTH, 541, color="#fdfcf8", linewidth=0))
    axes.add_patch(Rectangle((0, 105), WIDTH, 18, facecolor="#e3dccb", edgecolor="#a89f88", linewidth=0.8))
    for frame in FRAMES.values():
        left, top, right, bottom = frame.sides
        axes.add_patch(_rounded(left, top, right - left, bottom - top, face=frame.color, edge="#9aa7b1"))
        _words(axes, frame.at, frame.words, size=NOTE_SIZE, color=PALE_INK)


def _rounded(left: float, top: float, width: float, height: float, *, face: str, edge: str) -> FancyBboxPatch:
    shape = "round,pad=0,rounding_size=6"
    return FancyBboxPatch(
        (left, top), width, height, boxstyle=shape, facecolor=face, edgecolor=edge, linewidth=1
    )


def _box(axes: Axes, box: Box, fold: float) -> None:
    face, ink = ("#ffffff", style.BLACK) if math.isnan(fold) else fold_color(fold)
    left, top, _, _ = box.sides
    axes.add_patch(_rounded(left, top, box.width, BOX_HEIGHT, face=face, edge=INK))
    if math.isnan(fold):
        _words(axes, (box.x, box.y), box.words, size=12.0, color=ink)
        return
    _words(axes, (box.x, box.y - 7.5), box.words, size=12.0, color=ink)
    # Read in a picture of 400 px, too: there a point is half a pixel.
    _words(axes, (box.x, box.y + 7.5), fold_words(fold), size=13.0, color=ink, weight="bold")


def _edge(axes: Axes, edge: Edge) -> None:
    """The line with its head: a triangle makes more, a bar across the end makes less."""
    color = INK if edge.kind == "arrow" else BAR_INK
    (x0, y0), (x1, y1) = edge.path[-2:]
    length = math.hypot(x1 - x0, y1 - y0)
    along = ((x1 - x0) / length, (y1 - y0) / length)
    across = (-along[1], along[0])
    if edge.kind == "bar":
        ends = [(x1 + side * 7 * across[0], y1 + side * 7 * across[1]) for side in (-1, 1)]
        axes.plot(*zip(*ends, strict=True), color=color, linewidth=2.4, solid_capstyle="butt")
        path = edge.path
    else:
        back = (x1 - 7 * along[0], y1 - 7 * along[1])
        wings = [(back[0] + side * 4 * across[0], back[1] + side * 4 * across[1]) for side in (-1, 1)]
        axes.add_patch(Polygon([(x1, y1), *wings], color=color, linewidth=0))
        path = (*edge.path[:-1], back if length > 7 else (x0, y0))
    dash = (0, (4, 2)) if edge.is_dashed else "-"
    axes.plot(*zip(*path, strict=True), color=color, linewidth=1.4, linestyle=dash, solid_capstyle="butt")


def _words(
    axes: Axes,
    at: Point,
    words: str,
    *,
    size: float,
    color: str,
    rotation: float = 0.0,
    weight: str = "normal",
) -> None:
    axes.text(
        *at,
        words,
        fontsize=size,
        color=color,
        rotation=rotation,
        weight=weight,
        ha="center",
        va="center",
        linespacing=1.05,
    )


def _legend(axes: Axes) -> None:
    """What the heads mean, below the cell."""
    keys: tuple[tuple[Literal["arrow", "bar"], float, str], ...] = (
        ("arrow", 14, "makes, activates, joins"),
        ("bar", 205, "inhibits, removes"),
        ("arrow", 370, "proposed, an open question"),
    )
    for kind, x, words in keys:
        key = Edge(
            source="",
            target="",
            kind=kind,
            path=((x, 672), (x + 28, 672)),
            is_dashed=words.startswith("proposed"),
        )
        _edge(axes, key)
        axes.text(x + 38, 672, words, fontsize=NOTE_SIZE, va="center")


def _scale(axes: Axes, title: str) -> None:
    """The colors with their folds, below the legend."""
    steps, left, width = 64, 14.0, 450.0
    axes.text(left, 691, title, fontsize=NOTE_SIZE, va="center")
    for step in range(steps):
        color = LESS_TO_MORE((step + 0.5) / steps)
        at = (left + width * step / steps, 700)
        axes.add_patch(Rectangle(at, width / steps + 0.3, 11, color=color, linewidth=0))
    for part, words in enumerate(("×1/16 or less", "×1/4", "×1", "×4", "×16 or more")):
        ha = ("left", "center", "center", "center", "right")[part]
        axes.text(left + width * part / 4, 720, words, fontsize=NOTE_SIZE, ha=ha, va="center")
