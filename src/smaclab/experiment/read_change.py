"""What a record says about changes to the biology: every perturbation of the grammar, and the hypotheses.

A cell may hold several, with ';' between them: 'RIPK1 10 %; TRAF2 20 %'.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final, final

from smaclab.errors import ExperimentError, shown, unknown
from smaclab.experiment.find import own_mutation
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
from smaclab.experiment.plate_records import Entry, Record
from smaclab.experiment.plate_words import SI, is_control, is_nothing
from smaclab.experiment.read_entry import EntryReader, entry_of

ASSUMED_REMAINING = 0.15
"""Of a protein under siRNA, where the file does not say; assumed, as in the shipped examples."""

WHEN = re.compile(r"\s+(?P<word>from|until)\s+", re.I)
"""What stands before a time."""

_BETWEEN = re.compile(r"\s*[+;&]\s*")
_BETWEEN_GENES = re.compile(r"\s*[;&]\s*")  # '+' is an allele
_SHARE = re.compile(r"(.+?)\s*[(:,]?\s*([\d.,]+\s*%)\s*\)?")
_FOLD = re.compile(r"(.+?)\s*(?:[x×*]\s*([\d.,]+)|([\d.,]+)\s*(?:x|×|-?\s*fold))", re.I)
_BESIDE = re.compile(r"\s+beside(?:\s+(?:the\s+)?endogenous)?$", re.I)
_ALLELES = re.compile(r"(.+?)\s*\(?\s*([+\-−–])\s*/\s*([+\-−–])\s*\)?")
_CHOICE = re.compile(r"\s*([A-Za-z]+\s*\d+)\s*[=: ]\s*([A-Za-z0-9]+)\s*")


@final
class ChangeReader:
    """Reads the perturbations and hypotheses of the records of one file."""

    def __init__(self, entries: EntryReader) -> None:
        self.entries = entries
        self.letters = entries.letters
        self.catalogue = entries.catalogue

    def perturbations(self, record: Record) -> tuple[list[tuple[str, Perturbation]], bool]:
        """(key in the file, change) of all that is understood, and whether what siRNA leaves was assumed."""
        found: list[tuple[str, Perturbation]] = []
        assumes = False
        for entry in record.entries:
            read = _READERS.get(entry.column.meaning)
            if read is None:
                continue
            between = _BETWEEN_GENES if entry.column.meaning == "gene dosage" else _BETWEEN
            for part in between.split(entry.cell.text):
                if is_nothing(part) or is_control(part):
                    continue
                try:
                    change = read(self, entry, part, record)
                except ExperimentError as error:
                    self.letters.say_error(entry.key, error)
                    continue
                is_assumed = isinstance(change, KnockDown) and not self._says_remaining(entry, part, record)
                assumes = assumes or is_assumed
                found += [(entry.key, change)] if change is not None else []
        return found, assumes

    def hypotheses(self, record: Record) -> Mapping[str, str]:
        """Id -> letter of the switches that were chosen: 'O06 a; O01 = c'."""
        chosen: dict[str, str] = {}
        for entry in record.entries:
            if entry.column.meaning != "hypotheses":
                continue
            for part in re.split(r"\s*[;,&+]\s*", entry.cell.text):
                if not is_nothing(part):
                    chosen |= self._hypothesis(entry, part, chosen)
        return chosen

    def _hypothesis(self, entry: Entry, part: str, chosen: Mapping[str, str]) -> dict[str, str]:
        said = _CHOICE.fullmatch(part)
        if said is None:
            self.letters.say(entry.key, f"{shown(part)} chooses none. Write its id and a letter: 'O06 a'.")
            return {}
        own = self.entries.own("hypothesis", said[1], entry.key)
        hypothesis = self.catalogue.find_hypothesis(own) if own else None
        if own is None or hypothesis is None:
            return {}
        letter = {known.lower(): known for known in hypothesis.values}.get(said[2].lower())
        if letter is None:
            self.letters.say(entry.key, f"{own}: {unknown('letter', said[2], hypothesis.values)}")
            return {}
        if own in chosen:
            self.letters.say(entry.key, f"{own} is chosen twice. Choose once.")
            return {}
        return {own: letter}

    def _says_remaining(self, entry: Entry, text: str, record: Record) -> bool:
        about = entry_of(record, "remaining")
        return bool(_SHARE.fullmatch(text) or (about and about.cell.text))

    def _knock_out(self, entry: Entry, text: str, _record: Record) -> KnockOut | None:
        symbol = self._protein(entry, text)
        return KnockOut(symbol=symbol) if symbol else None

    def _knock_down(self, entry: Entry, text: str, record: Record) -> KnockDown | None:
        """'RIPK1', 'RIPK1 10 %', or what remains in a column of its own."""
        share = _SHARE.fullmatch(text)
        symbol = self._protein(entry, share[1] if share else text)
        about = entry_of(record, "remaining")
        if symbol is None:
            return None
        if not self._says_remaining(entry, text, record):
            return KnockDown(symbol=symbol, remaining=ASSUMED_REMAINING)
        source, said = (entry, share[2]) if share else (about or entry, about.cell.text if about else "")
        remaining = self._remaining(source, said)
        return None if remaining is None else KnockDown(symbol=symbol, remaining=remaining)

    def _remaining(self, entry: Entry, text: str) -> float | None:
        remaining = self.entries.fraction(entry, text)
        if remaining is not None and not 0 <= remaining <= 1:
            self.letters.say(entry.key, f"{shown(text)} remains. It is from 0 to 100 %, or from 0 to 1.")
            return None
        return remaining

    def _over_express(self, entry: Entry, text: str, _record: Record) -> OverExpress | None:
        name, factor = self._fold(entry, text, "the protein and how many times, 'BIRC2 x 5'")
        symbol = self._protein(entry, name) if name else None
        return None if symbol is None or factor is None else OverExpress(symbol=symbol, factor=factor)

    def _gene_dosage(self, entry: Entry, text: str, _record: Record) -> GeneDosage | None:
        """'TNFRSF1A +/-'."""
        said = _ALLELES.fullmatch(text)
        if said is None:
            self.letters.say(
                entry.key,
                f"{shown(text)}: how many alleles? Write the gene and +/+, +/- or -/-: 'TRAF2 +/-'.",
            )
            return None
        symbol = self._protein(entry, said[1])
        copies = sum(allele == "+" for allele in (said[2], said[3])) / 2.0
        return GeneDosage(symbol=symbol, copies=copies) if symbol else None

    def _mutate(self, entry: Entry, text: str, _record: Record) -> Mutate | None:
        """'BIRC2 RING-dead', or 'BIRC2 RING-dead x 3 beside' where the cell keeps its own."""
        bare, beside = _BESIDE.subn("", text)
        fold = _FOLD.fullmatch(bare) if beside else None
        factor = self.entries.number(entry, fold[2] or fold[3]) if fold else 1.0
        words = (fold[1] if fold else bare).split()
        for cut in range(len(words) - 1, 0, -1):
            protein = self.catalogue.find_protein(" ".join(words[:cut]))
            if protein is None:
                continue
            mutation, letter = own_mutation(protein.symbol, " ".join(words[cut:]), self.catalogue)
            if mutation is None:
                self.letters.say(entry.key, letter)
            if mutation is None or factor is None:
                return None
            return Mutate(
                symbol=protein.symbol, mutation=mutation, beside_endogenous=bool(beside), factor=factor
            )
        self.letters.say(
            entry.key,
            f"{shown(text)}: write the protein and its mutation, 'BIRC2 RING-dead', and 'x 3 beside' after "
            "it where the cell keeps its own.",
        )
        return None

    def _inhibit(self, entry: Entry, text: str, _record: Record) -> Inhibit | None:
        """'RIPK1 kinase 5 %', and from when until when."""
        bare, *when = WHEN.split(text)
        share = _SHARE.fullmatch(bare)
        if share is None:
            self.letters.say(
                entry.key, f"{shown(text)}: how much is left? Write the activity and it, 'RIPK1 kinase 5 %'."
            )
            return None
        activity = self.entries.own("activity", share[1], entry.key)
        remaining, span = self._remaining(entry, share[2]), self._span(entry, text, when)
        if activity is None or remaining is None or span is None:
            return None
        return Inhibit(activity=activity, remaining=remaining, start_s=span[0], end_s=span[1])

    def _activate(self, entry: Entry, text: str, _record: Record) -> Activate | None:
        """'other inputs to the TNF gene x 5', and from when until when."""
        bare, *when = WHEN.split(text)
        name, factor = self._fold(entry, bare, "the activity and how many times, 'RIPK1 kinase x 5'")
        activity = self.entries.own("activity", name, entry.key) if name else None
        span = self._span(entry, text, when)
        if activity is None or factor is None or span is None:
            return None
        return Activate(activity=activity, factor=factor, start_s=span[0], end_s=span[1])

    def _fold(self, entry: Entry, text: str, example: str) -> tuple[str, float | None]:
        found = _FOLD.fullmatch(text)
        if found is None:
            self.letters.say(entry.key, f"{shown(text)}: how much? Write {example}.")
            return "", None
        return found[1], self.entries.number(entry, found[2] or found[3])

    def _span(self, entry: Entry, text: str, when: list[str]) -> tuple[float, float] | None:
        """(from, until), s, of an activity; below 0 in the pre-treatment."""
        if len(when) % 2 or len({word.lower() for word in when[::2]}) * 2 != len(when):
            self.letters.say(entry.key, f"{shown(text)}: write times as 'from 2 h until 4 h'.")
            return None
        times = {
            word.lower(): self.entries.quantity(entry, said, "time", may_be_negative=True)
            for word, said in zip(when[::2], when[1::2], strict=True)
        }
        start_s, end_s = times.get("from", 0.0), times.get("until", math.inf)
        return None if start_s is None or end_s is None else (start_s, end_s)

    def _protein(self, entry: Entry, text: str) -> str | None:
        """'RIPK1', 'RIP1' or 'siRIPK1'; a symbol that begins like siRNA is looked up as it is first."""
        inner = SI.fullmatch(text)
        if self.catalogue.find_protein(text) is None and inner:
            text = inner[1]
        return self.entries.own("protein", text, entry.key)


_READERS: Final[Mapping[str, Callable[[ChangeReader, Entry, str, Record], Perturbation | None]]] = {
    "siRNA": ChangeReader._knock_down,
    "knock-out": ChangeReader._knock_out,
    "over-express": ChangeReader._over_express,
    "gene dosage": ChangeReader._gene_dosage,
    "mutation": ChangeReader._mutate,
    "inhibit": ChangeReader._inhibit,
    "activate": ChangeReader._activate,
}
