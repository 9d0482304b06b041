"""What a record says about one well: cell line, doses, perturbations, time, and what was measured."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import final

from smaclab.errors import ExperimentError, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.decimals import Mark, split_quantity
from smaclab.experiment.dose import Dose
from smaclab.experiment.drug import Drug
from smaclab.experiment.fields import Letters
from smaclab.experiment.perturbation import Perturbation
from smaclab.experiment.plate_default import Default
from smaclab.experiment.plate_records import Entry, Record
from smaclab.experiment.plate_words import (
    is_blank,
    is_control,
    is_no_drug,
    is_nothing,
    is_unknown,
    is_vehicle,
)
from smaclab.experiment.read_change import WHEN, ChangeReader
from smaclab.experiment.read_entry import EntryReader, entry_of, text_of
from smaclab.experiment.read_plate_medium import KEYS, shared_well_of
from smaclab.experiment.shared_well import SharedWell
from smaclab.units import is_by_mass

_PLUS = re.compile(r"(?<!\d[eE])\s*\+\s*")
_OF = re.compile(r"\s+of\s+", re.I)
_CLAMPED = re.compile(r"\s+clamped\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class WellDraft:
    """What could be understood; None or absent where a letter was written.

    doses, perturbations: (key in the file, noun).
    hypotheses: id -> letter of the switches that were chosen.
    assumes_remaining: siRNA without a word about how much protein it leaves.
    shared: the medium that the cells share; None: each cell has its own.
    """

    record: Record
    cell_line: str | None
    doses: tuple[tuple[str, Dose], ...]
    perturbations: tuple[tuple[str, Perturbation], ...]
    read_s: float | None
    replicate: str
    measured: Mapping[str, float]
    assumes_remaining: bool = False
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    shared: SharedWell | None = None


@final
class WellReader:
    """Reads the records of one file; letters about all of them are collected."""

    def __init__(
        self, catalogue: Catalogue, letters: Letters, mark: Mark, default: Default, wells: int | None = None
    ) -> None:
        """wells: of the plate that is drawn; None for a long table."""
        self.wells = wells
        self.catalogue = catalogue
        self.letters = letters
        self.default = default
        self.entries = EntryReader(catalogue, letters, mark)
        self.changes = ChangeReader(self.entries)

    def read(self, record: Record) -> WellDraft | None:
        """The draft of a well; None where it holds no cells."""
        doses = [*self._paired_doses(record), *self._named_doses(record), *self._treatments(record)]
        perturbations, assumes = self.changes.perturbations(record)
        line = entry_of(record, "cell line")
        is_bare = line is None or is_blank(line.cell.text)
        if is_bare and not _is_used(record, has_layer=line is not None and bool(record.name)):
            return None
        own_line = self._cell_line(record, line, is_bare=is_bare)
        return WellDraft(
            record=record,
            cell_line=own_line,
            doses=tuple(doses),
            perturbations=tuple(perturbations),
            read_s=self._read_s(record),
            replicate=text_of(record, "replicate"),
            measured=dict(self._measured(record)),
            assumes_remaining=assumes,
            hypotheses=self.changes.hypotheses(record),
            shared=shared_well_of(record, self.entries, own_line, self.wells),
        )

    def _cell_line(self, record: Record, line: Entry | None, *, is_bare: bool) -> str | None:
        if line is None or is_bare:
            if self.default.cell_line is None:
                key = line.key if line else record.key
                self.letters.say(key, "no cell line. Write one, or give one for all with --cell-line.")
            return self.default.cell_line
        return self.entries.own("cell line", line.cell.text, line.key)

    def _read_s(self, record: Record) -> float | None:
        entry = entry_of(record, "time")
        if entry is None or is_unknown(entry.cell.text):
            return self.default.read_s
        return self.entries.quantity(entry, entry.cell.text, "time", unit=entry.column.unit)

    def _named_doses(self, record: Record) -> Iterator[tuple[str, Dose]]:
        """Columns and layers that are named after their drug."""
        for entry in record.entries:
            if entry.column.meaning == "dose" and entry.column.name:
                yield from self._dose(entry, entry.column.name, entry.cell.text, entry.column.unit)

    def _paired_doses(self, record: Record) -> Iterator[tuple[str, Dose]]:
        """`drug`, `dose` and `unit`, and the same with 2, 3 ... after them."""
        numbers = {e.column.number for e in record.entries if e.column.number}
        for number in sorted(numbers):
            drug, dose = entry_of(record, "drug", number), entry_of(record, "dose", number)
            unit = text_of(record, "unit", number)
            name = drug.cell.text if drug else ""
            if is_no_drug(name):
                if dose is not None and not is_nothing(dose.cell.text):
                    self.letters.say(dose.key, f"a dose of {shown(dose.cell.text)}, but no drug beside it.")
                continue
            assert drug is not None  # a name was read from it
            if dose is None:
                yield from self._said_dose(drug, name)
                continue
            own = self.entries.own("drug", name, drug.key)
            if own is not None and dose.cell.text == "":
                self.letters.say(dose.key, f"no dose of {own}. Write one such as '100 nM'; 0 for none.")
            elif own is not None:
                yield from self._dose(dose, own, dose.cell.text, unit or dose.column.unit)

    def _treatments(self, record: Record) -> Iterator[tuple[str, Dose]]:
        """'SM-164 100 nM + TNF 10 ng/ml' in one cell."""
        entry = entry_of(record, "treatment")
        for part in _PLUS.split(entry.cell.text) if entry else ():
            if entry is not None and not is_no_drug(part):
                yield from self._said_dose(entry, part)

    def _said_dose(self, entry: Entry, text: str) -> Iterator[tuple[str, Dose]]:
        """'SM-164 100 nM', '100 nM SM-164' or '100 nM of SM-164', each with 'from 2 h until 4 h'."""
        unclamped, clamped = _CLAMPED.subn("", text)
        bare, *when = WHEN.split(unclamped)
        words = _OF.sub(" ", bare).split()
        for cut in range(1, len(words)):
            for name, amount in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
                drug = self.catalogue.find_drug(" ".join(name))
                if drug is not None and split_quantity(" ".join(amount)) is not None:
                    rest = " ".join((" ".join(amount), *when, *(["clamped"] if clamped else [])))
                    yield from self._dose(entry, drug.name, rest, entry.column.unit)
                    return
        if self.catalogue.find_drug(bare):
            self.letters.say(entry.key, f"no dose of {shown(text)}. Write it as 'SM-164 100 nM'.")
            return
        left = " ".join(w for w in words if split_quantity(w) is None and not _looks_like_a_unit(w))
        known = [drug.name for drug in self.catalogue.drugs]
        letter = unknown("drug", left or bare, known)
        self.letters.say(entry.key, f"{letter} Write 'SM-164 100 nM', several with ' + ' between them.")

    def _dose(self, entry: Entry, drug: str, text: str, unit: str) -> Iterator[tuple[str, Dose]]:
        found = self.catalogue.find_drug(drug)
        unclamped, clamped = _CLAMPED.subn("", text)
        bare, *when = WHEN.split(f" {unclamped}" if unclamped else "")
        if found is None or is_nothing(bare) or is_vehicle(bare):
            return
        amount = self._amount(entry, found, bare.strip(), unit)
        if len(when) % 2 or len({word.lower() for word in when[::2]}) * 2 != len(when):
            self.letters.say(entry.key, f"{shown(text)}: write it as '100 nM from 2 h until 4 h'.")
            return
        times = {
            word.lower(): self.entries.quantity(entry, said, "time")
            for word, said in zip(when[::2], when[1::2], strict=True)
        }
        start_s, end_s = times.get("from", 0.0), times.get("until", math.inf)
        if amount is None or start_s is None or end_s is None or not any(amount):
            return
        try:
            yield (
                entry.key,
                Dose(
                    drug=found.name,
                    concentration_nM=amount[0],
                    absorbed_Gy=amount[1],
                    start_s=start_s,
                    end_s=end_s,
                    clamped=bool(clamped),
                    typed_g_per_mol=found.molar_mass_g_per_mol if is_by_mass(_typed(bare, unit)) else None,
                ),
            )
        except ExperimentError as error:
            self.letters.say_error(entry.key, error)

    def _amount(self, entry: Entry, drug: Drug, text: str, unit: str) -> tuple[float, float] | None:
        """(nM, Gy), one of which is 0; None where a letter was written."""
        if drug.kind == "radiation":
            gray = self.entries.quantity(entry, text, "absorbed dose", unit=unit)
            return None if gray is None else (0.0, gray)
        mass = drug.molar_mass_g_per_mol
        nanomolar = self.entries.quantity(entry, text, "concentration", unit=unit, mass=mass)
        return None if nanomolar is None else (nanomolar, 0.0)

    def _measured(self, record: Record) -> Iterator[tuple[str, float]]:
        """(readout, value); what was not measured is left out."""
        for entry in record.entries:
            text = entry.cell.text
            if entry.column.meaning != "measured" or is_unknown(text):
                continue
            is_alive = entry.column.name == "viability"
            value = self.entries.fraction(entry, text) if is_alive else self.entries.number(entry, text)
            if value is None:
                continue
            if is_alive and not -0.5 <= value <= 2:
                self.letters.say(
                    entry.key,
                    f"{shown(text)} of the cells alive. Is it in percent? "
                    "Then write the header as 'viability [%]'.",
                )
                continue
            yield entry.column.name, value


def _is_used(record: Record, *, has_layer: bool) -> bool:
    """Whether something is done to a well that names no cell line, so that the name was forgotten.

    has_layer: a plate map with a layer of cell lines: where that is blank are no cells, only background.
    """
    # A well of medium without cells is background.
    aside = ("note", "well", "unit", *(("measured", "replicate", "time", *KEYS) if has_layer else ()))
    texts = [e.cell.text for e in record.entries if e.cell.text and e.column.meaning not in aside]
    if not has_layer:
        return bool(texts)
    return any(not (is_no_drug(text) or is_control(text)) for text in texts)


def _typed(amount: str, unit: str) -> str:
    """An amount with its own unit, or with that of the header."""
    parts = split_quantity(amount)
    return f"{parts[0]} {parts[1] or unit}" if parts else amount


def _looks_like_a_unit(word: str) -> bool:
    return word in (
        "nM",
        "uM",
        "µM",
        "μM",
        "mM",
        "pM",
        "M",
        "ng/ml",
        "pg/ml",
        "ug/ml",
        "µg/ml",
        "mg/ml",
        "Gy",
    )
