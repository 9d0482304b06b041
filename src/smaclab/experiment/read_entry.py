"""Names and numbers in the cells of a table, or letters about them, each with its place."""

import math
from typing import final

from smaclab.errors import ExperimentError, shown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.decimals import Mark, split_quantity, to_point
from smaclab.experiment.fields import Letters
from smaclab.experiment.find import Kind, own_name
from smaclab.experiment.plate_records import Entry, Record
from smaclab.units import Dimension, parse


@final
class EntryReader:
    """Reads the cells of one file; every method gives None where it wrote a letter."""

    def __init__(self, catalogue: Catalogue, letters: Letters, mark: Mark) -> None:
        self.catalogue = catalogue
        self.letters = letters
        self.mark = mark

    def own(self, kind: Kind, text: str, key: str) -> str | None:
        """The catalogue's own name."""
        found, letter = own_name(kind, text, self.catalogue)
        if found is None:
            self.letters.say(key, letter)
        return found

    def quantity(
        self,
        entry: Entry,
        text: str,
        dimension: Dimension,
        *,
        unit: str = "",
        mass: float | None = None,
        may_be_negative: bool = False,
    ) -> float | None:
        """A number with a unit, its own or that of the header: s, nM or Gy.

        mass: g/mol, of what is given by mass.
        """
        parts = split_quantity(text)
        number, letter = (
            to_point(parts[0], "." if entry.cell.is_number else self.mark) if parts else (text, "")
        )
        if number is None:
            self.letters.say(entry.key, letter)
            return None
        written = f"{number} {(parts[1] or unit) if parts else ''}".strip()
        try:
            value = parse(written, dimension, molar_mass_g_per_mol=mass, may_be_negative=may_be_negative)
        except ExperimentError as error:
            words = error.problems[0].message.replace(shown(written), shown(text))
            more = " Or write the unit into the header, such as [nM] or [h]." if "no unit" in words else ""
            self.letters.say(entry.key, words + more)
            return None
        return float(f"{value:.12g}")  # 1.1 nM and 0.0011 uM are one condition, and differ in the last bit

    def fraction(self, entry: Entry, text: str) -> float | None:
        """'15 %', or 0.15, or 15 under a header with %."""
        is_percent = text.endswith("%") or entry.column.unit == "%"
        value = self.number(entry, text.removesuffix("%").strip())
        return None if value is None else value / (100.0 if is_percent else 1.0)

    def number(self, entry: Entry, text: str) -> float | None:
        """A pure number."""
        parts = split_quantity(text)
        number, letter = (
            to_point(parts[0], "." if entry.cell.is_number else self.mark) if parts else (None, "")
        )
        if parts is None or parts[1] or number is None:
            self.letters.say(entry.key, letter or f"{shown(text)} is not a number. Write one such as 0.5.")
            return None
        try:
            value = float(number)
        except ValueError:
            value = math.inf
        if not math.isfinite(value):
            self.letters.say(entry.key, f"{shown(text)} is not a finite number.")
            return None
        return value


def entry_of(record: Record, meaning: str, number: int = 0) -> Entry | None:
    """The cell with this meaning, and number where there are several; no column named after a drug."""
    for entry in record.entries:
        if (
            entry.column.meaning == meaning
            and entry.column.number == number
            and not (meaning == "dose" and entry.column.name)
        ):
            return entry
    return None


def text_of(record: Record, meaning: str, number: int = 0) -> str:
    """What stands in that cell; "" where there is none."""
    entry = entry_of(record, meaning, number)
    return entry.cell.text if entry else ""
