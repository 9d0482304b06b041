"""Which type each cell line is: by the package's own numbers, and in what share of an ensemble's sets.

A type is what the cells do (Wu, Tschopp and Lin, Cell 2007;131:655): I, half of them or more die of the
mimetic; II, of the mimetic with TNF only; III, of neither. A line that dies of TNF alone is called that.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import ExperimentError, SimulationError, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.experiment import Experiment
from smaclab.lab.bench import look_many
from smaclab.lab.door import load, own_catalogue
from smaclab.report.page import Table
from smaclab.report.tables import percent

Array = NDArray[Any]

ON_MIMETIC, ON_TNF, ON_BOTH = 0, 1, 2
MIMETIC: Final[Mapping[str, str]] = {"drug": "SM-164", "concentration": "100 nM"}
TNF: Final[Mapping[str, str]] = {"drug": "TNF", "concentration": "10 ng/ml"}
CELLS: Final = 24
NOT_KNOWN: Final = "not known"
TYPES: Final = ("I", "II", "III", "dies of TNF", NOT_KNOWN)
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class LineType:
    """One line. alive: (treatment,), on the mimetic, on TNF, on both, under the package's own numbers.

    over_sets: (set, treatment), the same under each parameter set; no rows where none were asked for.
    """

    line: str
    alive: tuple[float, ...]
    over_sets: Array

    @property
    def type(self) -> str:
        """Under the package's own numbers."""
        return type_of(self.alive)

    @property
    def shares(self) -> dict[str, float]:
        """Type -> share of the parameter sets in which the line is of it."""
        types = [type_of(row) for row in self.over_sets]
        return {one: types.count(one) / len(types) for one in TYPES} if types else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTypes:
    """Lines, and how many parameter sets and cells a treatment they were looked at under."""

    lines: tuple[LineType, ...]
    sets: int
    cells: int

    def table(self) -> Table:
        """A row a line."""
        shown = TYPES if any(one.shares.get(NOT_KNOWN) for one in self.lines) else TYPES[:-1]
        rows = []
        for one in self.lines:
            shares = tuple(f"{100 * one.shares[name]:.0f} %" for name in shown) if self.sets else ()
            rows.append((one.line, *(percent(share) for share in one.alive), one.type, *shares))
        header: tuple[str, ...] = ("line", "on the mimetic", "on TNF", "on both", "type")
        caption = "Cells alive after a day (simulated)"
        if self.sets:
            header += tuple(name if name.startswith(("d", "n")) else f"type {name}" for name in shown)
            caption += f"; then the share of {self.sets} parameter sets in which it is of each type"
        return Table(caption=caption, header=header, rows=tuple(rows))


def type_of(alive: Sequence[float]) -> str:
    """I, II, III, or "dies of TNF", from the shares alive on the mimetic, on TNF and on both.

    "not known" where no cell of a treatment was solved: that nobody was seen to die does not make a type III.
    """
    if np.isnan(alive).any():
        return NOT_KNOWN
    if alive[ON_TNF] <= _HALF:
        return "dies of TNF"
    if alive[ON_MIMETIC] <= _HALF:
        return "I"
    return "II" if alive[ON_BOTH] <= _HALF else "III"


def types_of(
    names: Sequence[str] = (),
    *,
    sets: Iterable[Catalogue] = (),
    cells: int = CELLS,
    catalogue: Catalogue | None = None,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> LineTypes:
    """Look at lines on a mimetic, on TNF and on both.

    Args:
        names: of the lines; none: all.
        sets: the catalogue under parameter sets, from `catalogues`.
        cells: for each treatment; the same individuals meet every set.
        catalogue: the package's own by default.
        workers: threads.
        progress: called with the number of sets done.

    Raises:
        ExperimentError: no such line.
    """
    known = own_catalogue() if catalogue is None else catalogue
    chosen = [_name(one, known) for one in names] or [one.name for one in known.cell_lines]
    plans = {"mimetic": [MIMETIC], "TNF": [TNF], "both": [MIMETIC, TNF]}

    def seen(line: str, numbers: Catalogue) -> tuple[float, ...]:
        return share_alive(treatments(line, plans, cells, numbers), numbers, workers)

    own = [seen(line, known) for line in chosen]
    over: list[list[tuple[float, ...]]] = []
    for one in sets:
        over.append([_if_solved(seen, line, one) for line in chosen])
        if progress is not None:
            progress(len(over))
    shares = np.array(over).reshape(len(over), len(chosen), len(plans))
    lines = tuple(
        LineType(line=name, alive=own[place], over_sets=shares[:, place]) for place, name in enumerate(chosen)
    )
    return LineTypes(lines=lines, sets=len(over), cells=cells)


def _name(name: str, known: Catalogue) -> str:
    found = known.find_cell_line(name)
    if found is None:
        raise ExperimentError(unknown("cell line", name, [one.name for one in known.cell_lines]))
    return found.name


def _if_solved(
    seen: Callable[[str, Catalogue], tuple[float, ...]], line: str, numbers: Catalogue
) -> tuple[float, ...]:
    try:
        return seen(line, numbers)
    except SimulationError:  # a set under which the line cannot rest: its type is not known
        return (float("nan"),) * 3


def treatments(line: str, plans: Mapping[str, Any], cells: int, known: Catalogue) -> list[Experiment]:
    """A day of a line under each plan, name -> doses as a file's `[[dose]]` says them."""
    usual = {"duration": "24 h", "sample": ["24 h"], "readouts": ["viability"], "cells": cells, "seed": 1}
    written = [usual | {"id": name, "cell_line": line, "dose": plan} for name, plan in plans.items()]
    return [one for each in written if isinstance(one := load(each, catalogue=known), Experiment)]


def share_alive(
    experiments: Sequence[Experiment], catalogue: Catalogue, workers: int | None
) -> tuple[float, ...]:
    """Share of the cells that are known; NaN where none is."""
    looks = look_many(experiments, catalogue=catalogue, workers=workers)
    shares = []
    for one in experiments:
        last: Array = looks.values[one.id, "viability"][..., -1]
        known = last[np.isfinite(last)]
        shares.append(float(known.mean()) if len(known) else float("nan"))
    return tuple(shares)
