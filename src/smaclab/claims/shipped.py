"""The verdicts that ship in the package: what was judged last, and on which network and numbers.

So that the demo can say in no time how many claims hold. `smaclab verify --remember` writes them, and a test
judges all claims again and compares.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from smaclab.claims.verify import CELLS, SEED, Verdicts
from smaclab.errors import CatalogueError
from smaclab.provenance import Provenance
from smaclab.report.page import Link, Page, Section, Table, write_page

FILE = "verdicts.json"
"""In `smaclab/claims`."""

PAGE = "claims.html"


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What was judged, and on what.

    network, parameter_set: of the model that was judged.
    cells, seed: of the experiments that name none.
    rows: `Judged.record` and each sentence.
    """

    network: str
    parameter_set: str
    cells: int
    seed: int
    rows: tuple[dict[str, Any], ...]

    def is_of(self, provenance: Provenance) -> bool:
        """Whether these are verdicts on the very model of a run."""
        return (self.network, self.parameter_set) == (provenance.network, provenance.parameter_set)

    def counted(self) -> tuple[int, int]:
        """How many of the claims that can be tested hold, and how many there are."""
        tested = [one for one in self.rows if one["verdict"] != "narrative"]
        return sum(one["verdict"] == "holds" for one in tested), len(tested)


def remembered() -> Remembered:
    """The verdicts in the package."""
    text = files("smaclab.claims").joinpath(FILE).read_text(encoding="utf-8")
    found = json.loads(text)
    return Remembered(
        network=found["network"],
        parameter_set=found["parameter_set"],
        cells=found["cells"],
        seed=found["seed"],
        rows=tuple(found["verdicts"]),
    )


def remember(verdicts: Verdicts) -> Path:
    """Write verdicts into the package; for those who change the model.

    Raises:
        CatalogueError: the package lies in an archive, nothing was simulated, or with another seed.
    """
    place = files("smaclab.claims").joinpath(FILE)
    if not isinstance(place, Path) or verdicts.provenance is None:
        raise CatalogueError(f"{place}: verdicts cannot be written there, or there are none.")
    if verdicts.seed != SEED:
        raise CatalogueError(
            f"seed {verdicts.seed}: the verdicts that ship are of seed {SEED}. Leave --seed out."
        )
    rows = [one.record() | {"sentence": one.claim.sentence} for one in verdicts.judged]
    for one in rows:
        del one["arms"], one["cells"], one["seed"]
    content = {
        "network": verdicts.provenance.network,
        "parameter_set": verdicts.provenance.parameter_set,
        "cells": CELLS,
        "seed": verdicts.seed,
        "verdicts": rows,
    }
    place.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return place


def claims_line(found: Remembered, provenance: Provenance) -> Section:
    """`n of m claims hold`, with a link to the page of claims."""
    holds, tested = found.counted()
    words = f"{holds} of {tested} claims hold"
    if not found.is_of(provenance):
        words += " on the shipped model, which is not the one of this run"
    return Section(title="The paper's claims", links=(Link(words=words, target=PAGE),))


def remembered_page(found: Remembered, provenance: Provenance) -> str:
    """All verdicts as one table; `smaclab verify --out` makes the page with every experiment and panel."""
    rows = tuple(
        (
            one["id"],
            one["status"],
            one["verdict"],
            "–" if one["value"] is None else f"{one['value']:.3g}",
            "–" if one["margin"] is None else f"{one['margin']:+.1f}",
            one["sentence"],
        )
        for one in found.rows
    )
    holds, tested = found.counted()
    header = ("claim", "status", "verdict", "figure", "margin", "what it says")
    table = Table(caption=f"{holds} of {tested} claims hold", header=header, rows=rows)
    lead = (
        "What Wu, Tschopp and Lin (Cell 2007, 131:655) report or argue, judged on simulated cells. For every "
        "claim's experiment and its panel beside the expectation: smaclab verify --out claims. "
        f"{found.cells} cells an experiment, seed {found.seed}. Status: E "
        "established, H hypothesis, O open, D disputed, B background."
    )
    section = Section(title="All verdicts", tables=(table,))
    return write_page(Page(title="Claims", lead=lead, sections=[section], provenance=provenance))
