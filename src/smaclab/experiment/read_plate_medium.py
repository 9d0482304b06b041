"""What a record says of the medium that the cells of a well share: volume, cells, other lines, changes."""

import re
from collections.abc import Iterator
from typing import Any, Final

from smaclab.errors import plain, shown
from smaclab.experiment.fields import Letters
from smaclab.experiment.plate_column import Meaning
from smaclab.experiment.plate_records import Entry, Record
from smaclab.experiment.plate_words import is_nothing, is_unknown
from smaclab.experiment.read_entry import EntryReader
from smaclab.experiment.read_shared_well import read_shared_well
from smaclab.experiment.shared_well import SharedWell

KEYS: Final[dict[Meaning, str]] = {
    "volume": "volume",
    "cell number": "cell_number",
    "density": "cells_per_cm2",
    "plate format": "format",
    "mixed with": "with",
    "growth": "growth",
    "medium change": "medium_change",
}
"""Columns and layers of a shared medium -> the key in TOML."""

_DENSITIES = {plain(unit) for unit in ("", "cells/cm2", "cells per cm2", "/cm2", "1/cm2", "cm-2")}
_YES = ("yes", "true", "y", "x")
_SHARE = re.compile(r"(?P<line>.+?)\s*[:,(]?\s*(?P<share>[\d.,]+\s*%)\s*\)?")
_CHANGE = re.compile(r"(?:(?P<share>[\d.,]+\s*%)\s*(?:at\s+)?)?(?P<time>.+)", re.I)


def shared_well_of(
    record: Record, entries: EntryReader, line: str | None, wells: int | None
) -> SharedWell | None:
    """The shared medium of a well; None where the file has no column of it, or a letter was written.

    Args:
        record: The well.
        entries: Reads numbers and names, and collects letters.
        line: The well's own cell line.
        wells: Of the plate that is drawn; None for a long table.
    """
    mine = {entry.column.meaning: entry for entry in record.entries if entry.column.meaning in KEYS}
    if not mine:
        return None
    before = len(entries.letters.problems)
    table: dict[str, Any] = {} if wells is None else {"format": wells}
    changes: list[dict[str, Any]] = []
    for meaning, entry in mine.items():
        text = entry.cell.text
        if is_unknown(text):
            continue
        if meaning == "medium change":
            changes = sorted(_changes(entry, entries), key=lambda one: one["at_s"])
        elif (value := _value(meaning, entry, entries)) is not None:
            table[KEYS[meaning]] = value
    if len(entries.letters.problems) > before:
        return None
    raw = {"well": table, "medium_change": [_written(one) for one in changes]}
    letters = Letters(entries.letters.file)
    found = read_shared_well(raw, entries.catalogue, letters, line)
    for problem in letters.problems:
        entries.letters.say(_place(problem.key, mine, record), problem.message)
    return None if letters.problems else found


def _value(meaning: Meaning, entry: Entry, entries: EntryReader) -> object:
    """As TOML has it; None where a letter was written."""
    text = entry.cell.text
    if meaning == "volume":
        volume = entries.quantity(entry, text, "volume", unit=entry.column.unit)
        return None if volume is None else f"{volume:.12g} ul"
    if meaning == "growth":
        return _growth(entry, entries)
    if meaning == "mixed with":
        return dict(_shares(entry, entries))
    if meaning == "density" and plain(entry.column.unit).replace("²", "2") not in _DENSITIES:
        entries.letters.say(
            entry.key, f"a density in {shown(entry.column.unit)}. It is in cells/cm2: write that, or nothing."
        )
        return None
    value = entries.number(entry, text)
    return value if value is None or meaning == "density" or value != int(value) else int(value)


def _growth(entry: Entry, entries: EntryReader) -> object:
    """'yes', or in which time cells double: '30 h'."""
    if plain(entry.cell.text) in _YES:
        return True
    doubling_s = entries.quantity(entry, entry.cell.text, "time", unit=entry.column.unit)
    return None if doubling_s is None else f"{doubling_s:.12g} s"


def _shares(entry: Entry, entries: EntryReader) -> Iterator[tuple[str, float]]:
    """'EVSA-T 10 %; BJ 5 %'."""
    for part in re.split(r"\s*[;+&]\s*", entry.cell.text):
        if is_nothing(part):
            continue
        said = _SHARE.fullmatch(part)
        if said is None:
            entries.letters.say(
                entry.key, f"{shown(part)}: write the other line and its share of the cells: 'EVSA-T 10 %'."
            )
            continue
        share = entries.fraction(entry, said["share"])
        if share is not None:
            yield said["line"], share


def _changes(entry: Entry, entries: EntryReader) -> Iterator[dict[str, float]]:
    """'6 h; 50 % at 12 h', fresh medium each."""
    for part in re.split(r"\s*[;+&]\s*", entry.cell.text):
        if is_unknown(part):
            continue
        said = _CHANGE.fullmatch(part)
        assert said is not None  # a part that is not empty is a time at least
        at_s = entries.quantity(entry, said["time"], "time", unit=entry.column.unit)
        share = 1.0 if said["share"] is None else entries.fraction(entry, said["share"])
        if at_s is not None and share is not None:
            yield {"at_s": at_s, "fraction": share}


def _written(change: dict[str, float]) -> dict[str, Any]:
    return {"at": f"{change['at_s']:.12g} s", "fraction": change["fraction"]}


def _place(key: str, mine: dict[Meaning, Entry], record: Record) -> str:
    """Where the person wrote what this key of TOML is about."""
    first, _, rest = key.partition(".")
    named = first if first == "medium_change" else rest.partition(".")[0]
    return next((entry.key for meaning, entry in mine.items() if KEYS[meaning] == named), record.key)
