"""What of one cell line, given to another, makes it live or die as the first does.

Every amount and property in which two lines differ is given alone; then the fewest are looked for that turn
one type into the other: the swap that brings the line nearest to its donor is kept, then the next, until the
type is the donor's; what turns out not to be needed is given back.

What a type is: `line_types`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from smaclab.errors import ExperimentError, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.value import Value
from smaclab.lab.door import own_catalogue
from smaclab.lab.line_types import CELLS, MIMETIC, NOT_KNOWN, TNF, share_alive, treatments, type_of
from smaclab.report.page import Table
from smaclab.report.tables import percent

Array = NDArray[Any]

MOST: Final = 6
"""Swaps that are looked for together."""
MOVES: Final = 0.1
"""A swap that changes a share alive by less is not shown: two or three cells of 24."""
_AMOUNT: Final = " amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """The line with some of the donor's numbers. alive: (treatment,), on the mimetic, on TNF, on both."""

    names: tuple[str, ...]
    alive: tuple[float, ...]

    @property
    def type(self) -> str:
        """See `type_of`."""
        return type_of(self.alive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swaps:
    """One line with the numbers of another.

    own, donor: each as it is. singles: each difference alone. whole: all of them.
    fewest: those that turn the type into the donor's; None: `MOST` do not, or there was nothing to turn.
    cells: simulated for each treatment.
    """

    line: str
    from_line: str
    own: Swap
    donor: Swap
    singles: tuple[Swap, ...]
    whole: Swap
    fewest: Swap | None
    cells: int

    def table(self) -> Table:
        """Each line as it is, what moves by itself, the fewest together, and all."""
        strongest = sorted(self.singles, key=lambda one: -_away(one.alive, self.own.alive))
        shown = [one for one in strongest if _away(one.alive, self.own.alive) >= MOVES]
        rows = [_row(self.line, self.own), _row(f"{self.from_line}, the donor", self.donor)]
        rows += [_row(f"with its {one.names[0]}", one) for one in shown]
        if self.fewest is not None and len(self.fewest.names) > 1:
            rows.append(_row("with its " + ", ".join(self.fewest.names), self.fewest))
        rows.append(_row(f"with all {len(self.singles)} in which they differ", self.whole))
        return Table(
            caption=f"{self.line} with numbers of {self.from_line}: cells alive after a day (simulated)",
            header=("", "on the mimetic", "on TNF", "on both", "type"),
            rows=tuple(rows),
        )


def differences(line: CellLine, donor: CellLine) -> tuple[str, ...]:
    """Names of the amounts and properties that both have and in which they differ."""
    mine, theirs = _numbers(line), _numbers(donor)
    return tuple(name for name, one in theirs.items() if name in mine and mine[name].value != one.value)


def with_numbers_of(line: CellLine, donor: CellLine, names: Collection[str]) -> CellLine:
    """The line with the donor's values of these; everything else stays."""
    amounts = {
        symbol: donor.amounts[symbol] if f"{symbol}{_AMOUNT}" in names else one
        for symbol, one in line.amounts.items()
    }
    properties = {
        name: donor.properties[name] if name in names else one for name, one in line.properties.items()
    }
    return replace(line, amounts=amounts, properties=properties)


def swap(
    line: str,
    from_line: str,
    *,
    doses: tuple[Mapping[str, str], Mapping[str, str]] = (MIMETIC, TNF),
    cells: int = CELLS,
    catalogue: Catalogue | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Swaps:
    """Give a line the numbers of another, one by one, then the fewest that turn its type, then all.

    Args:
        line: who gets them.
        from_line: whose they are.
        doses: the mimetic, and TNF, which is given with it and alone; as a file's `[[dose]]` says it.
        cells: for each treatment; the same individuals meet every swap.
        catalogue: the package's own by default.
        workers: threads.
        progress: called with the swaps done and in all; more are asked for as the fewest are looked for.

    Raises:
        ExperimentError: no such line or drug, or lines that do not differ.
    """
    known = own_catalogue() if catalogue is None else catalogue
    mine, theirs = _line(line, known), _line(from_line, known)
    names = differences(mine, theirs)
    if not names:
        raise ExperimentError(f"{line} and {from_line} differ in no amount and no property. Name two lines.")
    plans = {"mimetic": [doses[0]], "TNF": [doses[1]], "both": list(doses)}
    done = [0, 3 + len(names)]

    def seen(one: CellLine, given: tuple[str, ...]) -> Swap:
        lines = tuple(one if each.name == one.name else each for each in known.cell_lines)
        changed = replace(known, cell_lines=lines)
        alive = share_alive(treatments(one.name, plans, cells, changed), changed, workers)
        done[0] += 1
        done[1] = max(done)
        if progress is not None:
            progress(*done)
        return Swap(names=given, alive=alive)

    def given(some: tuple[str, ...]) -> Swap:
        return seen(with_numbers_of(mine, theirs, some), some)

    own, donor = seen(mine, ()), seen(theirs, ())
    singles = tuple(given((name,)) for name in names)
    whole = given(names)
    can_turn = own.type != donor.type == whole.type and NOT_KNOWN not in (own.type, donor.type)
    fewest = _fewest(given, (own, donor), singles) if can_turn else None
    return Swaps(
        line=mine.name,
        from_line=theirs.name,
        own=own,
        donor=donor,
        singles=singles,
        whole=whole,
        fewest=fewest,
        cells=cells,
    )


def _fewest(
    given: Callable[[tuple[str, ...]], Swap], ends: tuple[Swap, Swap], singles: tuple[Swap, ...]
) -> Swap | None:
    donor = ends[1]
    best, tried = ends[0], singles
    while best.type != donor.type:
        if not tried or len(best.names) >= MOST:
            return None
        best = min(tried, key=lambda one: _away(one.alive, donor.alive, total=True))
        if best.type == donor.type:
            break
        left = [one.names[0] for one in singles if one.names[0] not in best.names]
        tried = tuple(given((*best.names, name)) for name in left)
    for name in best.names if len(best.names) > 1 else ():
        without = given(tuple(one for one in best.names if one != name))
        if without.type == donor.type:
            best = without
    return best


def _away(one: Sequence[float], other: Sequence[float], *, total: bool = False) -> float:
    """Largest difference of a share alive, or the sum of all three; 1 each where a share is not known."""
    apart = np.nan_to_num(np.abs(np.subtract(one, other)), nan=1.0)
    return float(apart.sum() if total else apart.max())


def _numbers(line: CellLine) -> dict[str, Value]:
    return {f"{symbol}{_AMOUNT}": one for symbol, one in line.amounts.items()} | dict(line.properties)


def _line(name: str, known: Catalogue) -> CellLine:
    found = known.find_cell_line(name)
    if found is None:
        raise ExperimentError(unknown("cell line", name, [one.name for one in known.cell_lines]))
    return found


def _row(name: str, one: Swap) -> tuple[str, ...]:
    return (name, *(percent(share) for share in one.alive), one.type)
