"""What a record says about one well: cell line, doses, perturbations, time, and what was measured."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import final

from smaclab.errors import ExperimentError, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.decimals import Mark, split_quantity, to_point
from smaclab.experiment.dose import Dose
from smaclab.experiment.drug import Drug
from smaclab.experiment.fields import Letters
from smaclab.experiment.find import Kind, own_name
from smaclab.experiment.perturbation import KnockDown, KnockOut, OverExpress, Perturbation
from smaclab.experiment.plate_default import Default
from smaclab.experiment.plate_records import Entry, Record
from smaclab.experiment.plate_words import (
    SI,
    is_blank,
    is_control,
    is_no_drug,
    is_nothing,
    is_unknown,
    is_vehicle,
)
from smaclab.units import Dimension, parse

ASSUMED_REMAINING = 0.15
"""Of a protein under siRNA, where the file does not say; assumed, as in the shipped examples."""
_PLUS = re.compile(r"(?<!\d[eE])\s*\+\s*")
_WHEN = re.compile(r"\s+(?P<word>from|until)\s+", re.I)
_OF = re.compile(r"\s+of\s+", re.I)
_SHARE = re.compile(r"(.+?)\s*[(:,]?\s*([\d.,]+\s*%)\s*\)?")
_FOLD = re.compile(r"(.+?)\s*(?:[x×*]\s*([\d.,]+)|([\d.,]+)\s*(?:x|×|-?\s*fold))", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class WellDraft:
    """What could be understood; None or absent where a letter was written.

    doses, perturbations: (key in the file, noun).
    assumes_remaining: siRNA without a word about how much protein it leaves.
    """

    record: Record
    cell_line: str | None
    doses: tuple[tuple[str, Dose], ...]
    perturbations: tuple[tuple[str, Perturbation], ...]
    read_s: float | None
    replicate: str
    measured: Mapping[str, float]
    assumes_remaining: bool = False


@final
class WellReader:
    """Reads the records of one file; letters about all of them are collected."""

    def __init__(self, catalogue: Catalogue, letters: Letters, mark: Mark, default: Default) -> None:
        self.catalogue = catalogue
        self.letters = letters
        self.mark = mark
        self.default = default

    def read(self, record: Record) -> WellDraft | None:
        """The draft of a well; None where it holds no cells."""
        doses = [*self._paired_doses(record), *self._named_doses(record), *self._treatments(record)]
        perturbations, assumes = self._perturbations(record)
        line = _entry(record, "cell line")
        is_bare = line is None or is_blank(line.cell.text)
        if is_bare and not _is_used(record, has_layer=line is not None and bool(record.name)):
            return None
        return WellDraft(
            record=record,
            cell_line=self._cell_line(record, line, is_bare=is_bare),
            doses=tuple(doses),
            perturbations=tuple(perturbations),
            read_s=self._read_s(record),
            replicate=_text(record, "replicate"),
            measured=dict(self._measured(record)),
            assumes_remaining=assumes,
        )

    def _cell_line(self, record: Record, line: Entry | None, *, is_bare: bool) -> str | None:
        if line is None or is_bare:
            if self.default.cell_line is None:
                key = line.key if line else record.key
                self.letters.say(key, "no cell line. Write one, or give one for all with --cell-line.")
            return self.default.cell_line
        return self._own("cell line", line.cell.text, line.key)

    def _own(self, kind: Kind, text: str, key: str) -> str | None:
        found, letter = own_name(kind, text, self.catalogue)
        if found is None:
            self.letters.say(key, letter)
        return found

    def _read_s(self, record: Record) -> float | None:
        entry = _entry(record, "time")
        if entry is None or is_unknown(entry.cell.text):
            return self.default.read_s
        return self._quantity(entry, entry.cell.text, "time", entry.column.unit)

    def _quantity(
        self, entry: Entry, text: str, dimension: Dimension, unit: str = "", mass: float | None = None
    ) -> float | None:
        """A number with a unit, its own or that of the header; None where a letter was written."""
        parts = split_quantity(text)
        number, letter = (
            to_point(parts[0], "." if entry.cell.is_number else self.mark) if parts else (text, "")
        )
        if number is None:
            self.letters.say(entry.key, letter)
            return None
        written = f"{number} {(parts[1] or unit) if parts else ''}".strip()
        try:
            # 1.1 nM and 0.0011 uM are one condition, and differ in the last bit.
            return float(f"{parse(written, dimension, molar_mass_g_per_mol=mass):.12g}")
        except ExperimentError as error:
            words = error.problems[0].message.replace(shown(written), shown(text))
            more = " Or write the unit into the header, such as [nM] or [h]." if "no unit" in words else ""
            self.letters.say(entry.key, words + more)
            return None

    def _named_doses(self, record: Record) -> Iterator[tuple[str, Dose]]:
        """Columns and layers that are named after their drug."""
        for entry in record.entries:
            if entry.column.meaning == "dose" and entry.column.name:
                yield from self._dose(entry, entry.column.name, entry.cell.text, entry.column.unit)

    def _paired_doses(self, record: Record) -> Iterator[tuple[str, Dose]]:
        """`drug`, `dose` and `unit`, and the same with 2, 3 ... after them."""
        numbers = {e.column.number for e in record.entries if e.column.number}
        for number in sorted(numbers):
            drug, dose = _entry(record, "drug", number), _entry(record, "dose", number)
            unit = _text(record, "unit", number)
            name = drug.cell.text if drug else ""
            if is_no_drug(name):
                if dose is not None and not is_nothing(dose.cell.text):
                    self.letters.say(dose.key, f"a dose of {shown(dose.cell.text)}, but no drug beside it.")
                continue
            assert drug is not None  # a name was read from it
            if dose is None:
                yield from self._said_dose(drug, name)
                continue
            own = self._own("drug", name, drug.key)
            if own is not None and dose.cell.text == "":
                self.letters.say(dose.key, f"no dose of {own}. Write one such as '100 nM'; 0 for none.")
            elif own is not None:
                yield from self._dose(dose, own, dose.cell.text, unit or dose.column.unit)

    def _treatments(self, record: Record) -> Iterator[tuple[str, Dose]]:
        """'SM-164 100 nM + TNF 10 ng/ml' in one cell."""
        entry = _entry(record, "treatment")
        for part in _PLUS.split(entry.cell.text) if entry else ():
            if entry is not None and not is_no_drug(part):
                yield from self._said_dose(entry, part)

    def _said_dose(self, entry: Entry, text: str) -> Iterator[tuple[str, Dose]]:
        """'SM-164 100 nM', '100 nM SM-164' or '100 nM of SM-164', each with 'from 2 h until 4 h'."""
        bare, *when = _WHEN.split(text)
        words = _OF.sub(" ", bare).split()
        for cut in range(1, len(words)):
            for name, amount in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
                drug = self.catalogue.find_drug(" ".join(name))
                if drug is not None and split_quantity(" ".join(amount)) is not None:
                    rest = " ".join((" ".join(amount), *when))
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
        bare, *when = _WHEN.split(f" {text}" if text else "")
        if found is None or is_nothing(bare) or is_vehicle(bare):
            return
        amount = self._amount(entry, found, bare.strip(), unit)
        if len(when) % 2 or len({word.lower() for word in when[::2]}) * 2 != len(when):
            self.letters.say(entry.key, f"{shown(text)}: write it as '100 nM from 2 h until 4 h'.")
            return
        times = {
            word.lower(): self._quantity(entry, said, "time")
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
                ),
            )
        except ExperimentError as error:
            self.letters.say_error(entry.key, error)

    def _amount(self, entry: Entry, drug: Drug, text: str, unit: str) -> tuple[float, float] | None:
        """(nM, Gy), one of which is 0; None where a letter was written."""
        if drug.kind == "radiation":
            gray = self._quantity(entry, text, "absorbed dose", unit)
            return None if gray is None else (0.0, gray)
        nanomolar = self._quantity(entry, text, "concentration", unit, drug.molar_mass_g_per_mol)
        return None if nanomolar is None else (nanomolar, 0.0)

    def _perturbations(self, record: Record) -> tuple[list[tuple[str, Perturbation]], bool]:
        found: list[tuple[str, Perturbation]] = []
        assumes = False
        for entry in record.entries:
            if entry.column.meaning not in ("siRNA", "knock-out", "over-express"):
                continue
            for part in re.split(r"\s*[+;&]\s*", entry.cell.text):
                if is_nothing(part) or is_control(part):
                    continue
                change, assumed = self._perturbation(entry, part, record)
                assumes = assumes or assumed
                found += [(entry.key, change)] if change is not None else []
        return found, assumes

    def _perturbation(self, entry: Entry, text: str, record: Record) -> tuple[Perturbation | None, bool]:
        """One change, and whether its size was assumed."""
        meaning = entry.column.meaning
        if meaning == "over-express":
            return self._over_express(entry, text), False
        share = _SHARE.fullmatch(text) if meaning == "siRNA" else None
        symbol = self._protein(entry, share[1] if share else text)
        if symbol is None:
            return None, False
        if meaning == "knock-out":
            return KnockOut(symbol=symbol), False
        about = _entry(record, "remaining")
        if share is None and (about is None or not about.cell.text):
            return KnockDown(symbol=symbol, remaining=ASSUMED_REMAINING), True
        source, said = (entry, share[2]) if share else (about or entry, about.cell.text if about else "")
        remaining = self._fraction(source, said)
        if remaining is None or not 0 <= remaining <= 1:
            if remaining is not None:
                self.letters.say(source.key, f"{shown(said)} remains. It is from 0 to 100 %, or from 0 to 1.")
            return None, False
        return KnockDown(symbol=symbol, remaining=remaining), False

    def _over_express(self, entry: Entry, text: str) -> OverExpress | None:
        found = _FOLD.fullmatch(text)
        if found is None:
            self.letters.say(
                entry.key, f"{shown(text)}: how much? Write the protein and how many times, 'BIRC2 x 5'."
            )
            return None
        symbol, factor = self._protein(entry, found[1]), self._number(entry, found[2] or found[3])
        if symbol is None or factor is None:
            return None
        try:
            return OverExpress(symbol=symbol, factor=factor)
        except ExperimentError as error:
            self.letters.say_error(entry.key, error)
            return None

    def _protein(self, entry: Entry, text: str) -> str | None:
        """'RIPK1', 'RIP1' or 'siRIPK1'; a symbol that begins like siRNA is looked up as it is first."""
        inner = SI.fullmatch(text)
        if self.catalogue.find_protein(text) is None and inner:
            text = inner[1]
        return self._own("protein", text, entry.key)

    def _fraction(self, entry: Entry, text: str) -> float | None:
        """'15 %', or 0.15, or 15 under a header with %."""
        is_percent = text.endswith("%") or entry.column.unit == "%"
        value = self._number(entry, text.removesuffix("%").strip())
        return None if value is None else value / (100.0 if is_percent else 1.0)

    def _number(self, entry: Entry, text: str) -> float | None:
        """A pure number; None where a letter was written."""
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

    def _measured(self, record: Record) -> Iterator[tuple[str, float]]:
        """(readout, value); what was not measured is left out."""
        for entry in record.entries:
            text = entry.cell.text
            if entry.column.meaning != "measured" or is_unknown(text):
                continue
            is_alive = entry.column.name == "viability"
            value = self._fraction(entry, text) if is_alive else self._number(entry, text)
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
    aside = ("note", "well", "unit", *(("measured", "replicate", "time") if has_layer else ()))
    texts = [e.cell.text for e in record.entries if e.cell.text and e.column.meaning not in aside]
    if not has_layer:
        return bool(texts)
    return any(not (is_no_drug(text) or is_control(text)) for text in texts)


def _entry(record: Record, meaning: str, number: int = 0) -> Entry | None:
    for entry in record.entries:
        if (
            entry.column.meaning == meaning
            and entry.column.number == number
            and not (meaning == "dose" and entry.column.name)
        ):
            return entry
    return None


def _text(record: Record, meaning: str, number: int = 0) -> str:
    entry = _entry(record, meaning, number)
    return entry.cell.text if entry else ""


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
