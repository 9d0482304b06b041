"""`[well]` and `[[medium_change]]`: the table of a well whose cells share their medium becomes a noun."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from smaclab.errors import ExperimentError, plain, shown, unknown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.fields import Letters, Table
from smaclab.experiment.find import own_name
from smaclab.experiment.real import is_real, is_whole
from smaclab.experiment.shared_well import FORMATS, MediumChange, PlateFormat, SharedWell
from smaclab.units import parse, show

WELL_KEYS = ("format", "volume", "cell_number", "cells_per_cm2", "with", "together", "growth")
CHANGE_KEYS = ("at", "fraction", "supernatant_of", "taken_at")
MOST_IN_A_WELL = 100_000_000
LARGEST_UL = 1e6  # a liter
DEFAULT_FORMAT = 96


def read_shared_well(
    raw: Mapping[str, Any], catalogue: Catalogue, letters: Letters, own_line: str | None
) -> SharedWell | None:
    """The well of an experiment; None where there is none, or a letter was written.

    Args:
        raw: The file's tables.
        catalogue: Knows the cell lines.
        letters: Receives every problem.
        own_line: The experiment's line, by the catalogue's name.
    """
    if "well" not in raw:
        if "medium_change" in raw:
            letters.say(
                "medium_change", "medium is changed in a well. Write a [well] too, such as format = 96."
            )
        return None
    if not isinstance(raw["well"], Mapping):
        letters.say("well", f"{shown(raw['well'])} is not a table. Write [well] and below it format = 96.")
        return None
    before = len(letters.problems)
    table = Table(raw["well"], letters, "well")
    table.allow(WELL_KEYS)
    plate = _format(table)
    volume = _volume(table, plate)
    number = _cell_number(table, plate)
    others = tuple(_others(table, catalogue, own_line))
    together = table.time("together", "0 h")
    growth = _growth(table)
    changes = tuple(_changes(raw, letters))
    if len(letters.problems) > before or volume is None or number is None or together is None:
        return None
    try:
        return SharedWell(
            volume_ul=volume,
            cell_number=number,
            others=others,
            together_s=together,
            changes=changes,
            **growth,
        )
    except ExperimentError as error:
        letters.say_error("well", error)
        return None


def own_well(well: SharedWell | None, catalogue: Catalogue, letters: Letters) -> SharedWell | None:
    """A well made in Python, with the catalogue's own names of lines."""
    if well is None:
        return None
    others = []
    for name, fraction in well.others:
        found, letter = own_name("cell line", name, catalogue)
        if found is None:
            letters.say(f"well.with.{name}", letter)
        others.append((found or name, fraction))
    return replace(well, others=tuple(others))


def _format(table: Table) -> PlateFormat:
    given = table.raw.get("format", DEFAULT_FORMAT)
    number = int(given) if isinstance(given, str) and given.strip().isdecimal() else given
    if is_whole(number) and number in FORMATS:
        return FORMATS[int(number)]
    known = ", ".join(map(str, FORMATS))
    table.say(
        "format", f"{shown(given)} is no plate that is known here. Known: {known} wells; or give volume."
    )
    return FORMATS[DEFAULT_FORMAT]


def _volume(table: Table, plate: PlateFormat) -> float | None:
    """Of medium, ul."""
    if "volume" not in table:
        return plate.volume_ul
    try:
        volume = parse(table.raw["volume"], "volume")
    except ExperimentError as error:
        table.letters.say_error(table.key("volume"), error)
        return None
    if not 0 < volume <= LARGEST_UL:
        table.say("volume", f"{shown(table.raw['volume'])}: a well holds more than nothing and at most 1 l.")
        return None
    return volume


def _cell_number(table: Table, plate: PlateFormat) -> int | None:
    if "cells_per_cm2" not in table:
        return table.whole("cell_number", plate.cells, 1, MOST_IN_A_WELL)
    if "cell_number" in table:
        table.say("cells_per_cm2", "how many cells there are is said twice, by cell_number too. Say it once.")
        return None
    density = table.number("cells_per_cm2", 1.0, 1e7, "30_000")
    if density is None:
        return None
    if "volume" in table and "format" not in table:
        table.say(
            "cells_per_cm2", "a density needs the area of a known plate. Give format too, or cell_number."
        )
        return None
    return max(1, round(density * plate.area_cm2))


def _growth(table: Table) -> dict[str, Any]:
    """Whether the cells divide, and in which time where the file says."""
    given = table.raw.get("growth", False)
    if given is True or given is False:
        return {"grows": given}
    try:
        doubling_s = parse(given, "time")
    except ExperimentError as error:
        table.say(
            "growth",
            f"{error} Write growth = true, and each line doubles in its own time, or give one, such as "
            'growth = "30 h".',
        )
        return {}
    if doubling_s <= 0:
        table.say("growth", f'cells that double in {shown(given)}. It is a time above 0, such as "30 h".')
        return {}
    return {"grows": True, "doubling_s": doubling_s}


def _others(table: Table, catalogue: Catalogue, own: str | None) -> Iterator[tuple[str, float]]:
    given = table.raw.get("with", {})
    if not isinstance(given, Mapping):
        table.say("with", f'{shown(given)} is not understood. Write for example: with = {{ "EVSA-T" = 0.2 }}')
        return
    seen: set[str] = set()
    for name, fraction in given.items():
        found, letter = own_name("cell line", name, catalogue)
        if found is None:
            table.say(f"with.{name}", letter)
        elif found == own or found in seen:
            again = "the experiment's own line" if found == own else "named already"
            table.say(f"with.{name}", f"{found} is {again}. The fractions are those of the other lines.")
        elif not is_real(fraction) or not 0 <= fraction <= 1:
            table.say(f"with.{name}", f"{shown(fraction)} is not a fraction of the cells, from 0 to 1.")
        else:
            seen.add(found)
            yield found, float(fraction)


def _changes(raw: Mapping[str, Any], letters: Letters) -> Iterator[MediumChange]:
    given = raw.get("medium_change", [])
    if not isinstance(given, list | tuple):
        letters.say("medium_change", "this is a list: write [[medium_change]] in double brackets.")
        return
    last_s = -1.0
    for number, entry in enumerate(given, start=1):
        if not isinstance(entry, Mapping):
            letters.say(f"medium_change.{number}", f"{shown(entry)} is not a table.")
            continue
        table = Table(entry, letters, f"medium_change.{number}")
        table.allow(CHANGE_KEYS)
        change = _change(table)
        if change is None:
            continue
        if change.at_s <= last_s:
            table.say("at", f"{show(change.at_s, 'time')} does not come after the change before it.")
            continue
        last_s = change.at_s
        yield change


def _change(table: Table) -> MediumChange | None:
    if "at" not in table:
        table.say("at", 'missing. Write for example: at = "24 h"')
        return None
    at_s = table.time("at", "")
    fraction = table.number("fraction", 0.0, 1.0, "0.5") if "fraction" in table else 1.0
    donor = table.text("supernatant_of", '"treated.toml"') if "supernatant_of" in table else None
    taken = table.time("taken_at", "") if "taken_at" in table else None
    if at_s is None or fraction is None:
        return None
    try:
        return MediumChange(at_s=at_s, fraction=fraction, donor=donor, taken_s=taken)
    except ExperimentError as error:
        table.letters.say_error(table.at, error)
        return None


def well_axis(name: str) -> tuple[tuple[str, ...], str]:
    """Where a grid's axis under `well.` goes; or a letter.

    Args:
        name: Such as "well.cell_number" or "well.with.EVSA-T".
    """
    _, _, field = name.partition(".")
    if field.startswith("with.") and field != "with.":
        return ("well", "with", field.removeprefix("with.")), ""
    known = tuple(key for key in WELL_KEYS if key != "with")
    if plain(field) in {plain(key) for key in known}:
        return ("well", field), ""
    return (), unknown("key", field, (*known, "with.<cell line>"))
