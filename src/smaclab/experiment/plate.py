"""A plate: wells, what is done to the cells in each, and what a person measured there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.dose import Dose
from smaclab.experiment.experiment import ID, ID_RULE
from smaclab.experiment.perturbation import (
    Activate,
    GeneDosage,
    Inhibit,
    KnockDown,
    KnockOut,
    Mutate,
    OverExpress,
    Perturbation,
)
from smaclab.experiment.real import is_finite
from smaclab.experiment.shared_well import SharedWell

SHAPES = {6: (2, 3), 12: (3, 4), 24: (4, 6), 48: (6, 8), 96: (8, 12), 384: (16, 24)}
"""Wells of a plate -> its rows and columns."""

PLATES = ", ".join(map(str, [*SHAPES][:-1])) + f" or {[*SHAPES][-1]}"
"""'6, 12, 24, 48, 96 or 384', for letters."""

WELLS_RULE = "Wells are A1 to H12 on a plate of 96, and A1 to P24 at most"

_WELL = re.compile(r"\s*([A-Pa-p])\s*0*([1-9]\d?)\s*", re.ASCII)


def well_name(row: int, column: int) -> str:
    """(0, 0) -> 'A01'.  Both are counted from 0."""
    return f"{chr(ord('A') + row)}{column + 1:02d}"


def parse_well(text: str) -> tuple[int, int] | None:
    """'a1', 'A01' or 'A 1' -> (0, 0), row and column counted from 0; None where this is no well."""
    found = _WELL.fullmatch(text)
    if not found:
        return None
    row, column = ord(found[1].upper()) - ord("A"), int(found[2]) - 1
    return (row, column) if column < SHAPES[384][1] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Well:
    """One well that holds cells, or one row of a table without wells.

    name: "A01"; "" in a table without wells.
    place: where it stands in the file, such as "row 7".
    read_s: when it is looked at, s.
    hypotheses: id -> letter of the switches that were chosen.
    measured: readout -> what the person measured, in the plate's unit for it; a fraction for viability.
    shared: the medium that its cells share; None: the file says nothing of it, and each cell has its own.
    own: (header, text) of everything the person wrote about it.
    """

    cell_line: str
    read_s: float
    name: str = ""
    place: str = ""
    doses: tuple[Dose, ...] = ()
    perturbations: tuple[Perturbation, ...] = ()
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    replicate: str = ""
    measured: Mapping[str, float] = field(default_factory=dict)
    shared: SharedWell | None = None
    own: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.name and (parse_well(self.name) is None or well_name(*parse_well(self.name)) != self.name):  # type: ignore[misc]
            raise ExperimentError(f"{shown(self.name)} is not a well. {WELLS_RULE}.")
        if not (is_finite(self.read_s) and self.read_s >= 0):
            raise ExperimentError(
                f"{self.name or self.place}: read at {shown(self.read_s)} s. It is a time, 0 or more."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """Wells in the order of the file.

    format: wells of the plate, one of `SHAPES`; None where the table names no wells.
    units: readout -> the unit in which the person measured it, as written; "" where none is stated.
    notes: what was assumed in reading, a sentence each.
    """

    id: str
    wells: tuple[Well, ...]
    format: int | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.id, str) or not ID.fullmatch(self.id):
            raise ExperimentError(f"{shown(self.id)} is not an id. {ID_RULE}.")
        if self.format not in (None, *SHAPES):
            raise ExperimentError(f"{self.id}: a plate of {shown(self.format)} wells. It has {PLATES}.")
        if not self.wells:
            raise ExperimentError(f"{self.id}: wells {self.wells!r}. A plate needs at least one with cells.")
        for well in self.wells:
            self._check_place(well)

    def _check_place(self, well: Well) -> None:
        if bool(well.name) != (self.format is not None):
            raise ExperimentError(
                f"{self.id}: well {shown(well.name)} on a plate of {self.format} wells. "
                "All wells have names, or none."
            )
        at = parse_well(well.name)
        rows, columns = SHAPES[self.format] if self.format else (0, 0)
        if at is not None and not (at[0] < rows and at[1] < columns):
            raise ExperimentError(f"{self.id}: well {well.name}. A plate of {self.format} wells has no such.")

    def summary(self) -> str:
        """What was understood, in one sentence: a column that was taken for another is seen here."""
        lines = dict.fromkeys(well.cell_line for well in self.wells)
        drugs = dict.fromkeys(dose.drug for well in self.wells for dose in well.doses)
        changes = dict.fromkeys(type(one).__name__ for well in self.wells for one in well.perturbations)
        words = {
            KnockDown.__name__: "siRNA",
            KnockOut.__name__: "knock-outs",
            OverExpress.__name__: "transgenes",
            GeneDosage.__name__: "alleles",
            Mutate.__name__: "mutations",
            Inhibit.__name__: "inhibited activities",
            Activate.__name__: "activated ones",
        }
        times = {well.read_s for well in self.wells}
        count = len({well.name or well.place for well in self.wells})
        chosen = sorted(
            {f"{name} {letter}" for well in self.wells for name, letter in well.hypotheses.items()}
        )
        changed = ", ".join(words.get(name, name) for name in changes)
        parts = [
            f"{count} {'wells' if self.format else 'rows'}"
            + (f", {len(times)} times" if len(times) > 1 else ""),
            f"cells: {', '.join(lines)}",
            f"given: {', '.join(drugs) or 'no drug'}",
            *([f"changed: {changed}"] if changes else []),
            *(["cells share their medium"] if any(well.shared for well in self.wells) else []),
            *([f"hypotheses: {', '.join(chosen)}"] if chosen else []),
            f"measured: {', '.join(self.measured) or 'nothing'}",
        ]
        return "; ".join(parts) + "."

    @property
    def measured(self) -> tuple[str, ...]:
        """The readouts that were measured in any well, in the order of the file."""
        return tuple(dict.fromkeys(name for well in self.wells for name in well.measured))
