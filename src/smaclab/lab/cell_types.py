"""The types of cell: what each does on a mimetic, on TNF and on both, and what in the model tells them apart.

Scope: the three types of tumor cell of Wu, Tschopp and Lin (2007) and the normal cell, with the
numbers of the demo's own run for the lines that it has.  A type is no label in a line's file: it is what
the amounts and properties written there come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from smaclab.experiment.cell_line import CellLine
from smaclab.report.page import Section, Table
from smaclab.report.tables import percent

PROPERTIES: Final[Mapping[str, str]] = {
    "TNF_competence": "TNF competence",
    "RIPK1_checkpoint": "RIP1 checkpoint",
}
TITLE = "The types of cell"
INTRODUCTION = (
    "A mimetic takes cIAP1 away in every one of them. What differs comes after that. "
    "TNF competence: how far NF-κB may switch the TNF gene on, 1 being fully. "
    "RIP1 checkpoint: how strongly the cell's kinases hold back RIP1 that a receptor has released, "
    "1 being the tumor lines. Both stand in the line's file with their evidence; most of it is weak, "
    "and some values are fitted to who lives."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellType:
    """A type of cell; `acts`: what is reported of it on a mimetic, on TNF and on both."""

    name: str
    line: str
    acts: tuple[str, str, str]
    why: str


TYPES: Final[tuple[CellType, ...]] = (
    CellType(
        name="I",
        line="EVSA-T",
        acts=("dies", "lives", "dies"),
        why="Its TNF gene is competent: NF-κB, on once cIAP1 is gone, makes the TNF that then kills.",
    ),
    CellType(
        name="II",
        line="HCT 116",
        acts=("lives", "lives", "dies"),
        why="Hardly competent for TNF, so TNF must be given; without cIAP1, RIP1 then reaches complex II.",
    ),
    CellType(
        name="III",
        line="NCI-H460",
        acts=("lives", "lives", "lives"),
        why="Complex II is not formed: in this line by much cIAP2 that its file assumes, "
        "in SH-SY5Y by little caspase-8 and TNFR1.",
    ),
    CellType(
        name="normal",
        line="BJ",
        acts=("lives", "lives", "lives"),
        why="Not competent for TNF, and a strong RIP1 checkpoint: released RIP1 does not reach complex II.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a run saw of one line.

    alive: fraction alive at the end on the mimetic, on TNF and on both; NaN: no cell is known.
    cIAP1_left: on the mimetic, part of the amount at the start, at `at_h` hours.
    TNF_most: highest mean TNF in the medium on the mimetic alone, in the run's unit.
    caspase8_most: highest mean of active caspase-8 on both, in the run's unit.
    """

    alive: tuple[float, float, float]
    cIAP1_left: float
    TNF_most: float
    caspase8_most: float


def types_section(
    seen: Mapping[str, Seen], lines: Mapping[str, CellLine], *, at_h: float, units: tuple[str, str]
) -> Section:
    """The types with what the model has for each.

    Args:
        seen: Line -> what the run saw of it.  A type whose line is missing says "not run here".
        lines: Name -> the catalogue's line.  A line or property that is missing shows as "–".
        at_h: When `cIAP1_left` was read, h.
        units: Of `TNF_most` and of `caspase8_most`.
    """
    return Section(
        title=TITLE,
        paragraphs=(INTRODUCTION,),
        tables=(_who(seen), _what_differs(lines), _what_was_seen(seen, at_h=at_h, units=units)),
    )


def _who(seen: Mapping[str, Seen]) -> Table:
    """What laboratories report, with the fraction of simulated cells alive behind it."""
    rows = []
    for kind in TYPES:
        ran = seen.get(kind.line)
        line = kind.line if ran else f"{kind.line} (not run here)"
        alive = [f" ({percent(value)})" for value in ran.alive] if ran else [""] * 3
        rows.append(
            (kind.name, line, *(f"{act}{number}" for act, number in zip(kind.acts, alive, strict=True)))
        )
    return Table(
        caption="What is reported of each type (in brackets: simulated cells alive at the end)",
        header=("type", "line", "on the mimetic", "on TNF", "on both"),
        rows=tuple(rows),
    )


def _what_differs(lines: Mapping[str, CellLine]) -> Table:
    rows = []
    for kind in TYPES:
        properties = lines[kind.line].properties if kind.line in lines else {}
        values = (f"{properties[name].value:.3g}" if name in properties else "–" for name in PROPERTIES)
        rows.append((kind.name, *values, kind.why))
    header = ("type", *PROPERTIES.values(), "what makes the difference in the model")
    return Table(caption="Why, in the model", header=header, rows=tuple(rows))


def _what_was_seen(seen: Mapping[str, Seen], *, at_h: float, units: tuple[str, str]) -> Table:
    rows = []
    for kind in TYPES:
        if kind.line not in seen:
            continue
        one = seen[kind.line]
        numbers = (percent(one.cIAP1_left), _number(one.TNF_most), _number(one.caspase8_most))
        rows.append((kind.name, kind.line, *numbers))
    header = (
        "type",
        "line",
        f"cIAP1 left {at_h:g} h after the mimetic",
        f"most TNF in the medium on the mimetic ({units[0]})",
        f"most active caspase-8 on both ({units[1]})",
    )
    return Table(caption="What this run shows of it (simulated)", header=header, rows=tuple(rows))


def _number(value: float) -> str:
    if np.isnan(value):
        return "no cell solved"
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
