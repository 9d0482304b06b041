"""A file of wells becomes a plate, or all its problems are told, each with its cell."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from smaclab.errors import ExperimentError, Problem, shown
from smaclab.experiment.catalogue import Catalogue
from smaclab.experiment.check import RULES
from smaclab.experiment.decimals import Mark, find_mark
from smaclab.experiment.draft import Draft
from smaclab.experiment.experiment import MEDIUM_VOLUME_PL
from smaclab.experiment.fields import Letters
from smaclab.experiment.plate import SHAPES, WELLS_RULE, Plate, Well, parse_well, well_name
from smaclab.experiment.plate_default import Default
from smaclab.experiment.plate_records import Entry, Record, grouped, records_of
from smaclab.experiment.read_change import ASSUMED_REMAINING
from smaclab.experiment.read_table import OLD_SUFFIXES, read_table
from smaclab.experiment.read_well import WellDraft, WellReader
from smaclab.experiment.sheet import Sheet

_DEFAULT = Default()
_ID_LENGTH = 48  # room for a number after it


def read_plate(path: Path, catalogue: Catalogue, default: Default = _DEFAULT) -> Plate:
    """The plate that a CSV, TSV or Excel file describes, with the catalogue's own names.

    Args:
        path: The file: a plate map or a long table, see `plate_records`.
        catalogue: What can be named.
        default: Cell line and time for wells that name none.

    Raises:
        ExperimentError: something is wrong; `problems` lists everything, with file and cell.
    """
    plate, problems = examine_plate(path, catalogue, default)
    if plate is None:
        raise ExperimentError(problems=problems)
    return plate


def examine_plate(
    path: Path, catalogue: Catalogue, default: Default = _DEFAULT
) -> tuple[Plate | None, list[Problem]]:
    """The plate and no problem, or None and all problems.  Bad input never raises."""
    letters = Letters(str(path))
    if path.suffix.lower() in OLD_SUFFIXES:
        letters.say("", f"{path.suffix} files are not read. Save the table as .xlsx or CSV.")
        return None, letters.problems
    sheets, problems = read_table(path)
    if problems:
        return None, grouped(problems)
    records, wells = records_of(sheets, catalogue, letters)
    reader = WellReader(catalogue, letters, _mark(sheets), default, wells)
    drafts = [draft for record in records if (draft := reader.read(record)) is not None]
    if not drafts and not letters.problems:
        letters.say("", "no well or row with a cell line. Name them, or give one for all with --cell-line.")
    placed = list(_placed(drafts, letters))
    _apply_rules(drafts, catalogue, letters)
    if letters.problems:
        return None, grouped(letters.problems)
    return _plate(path, placed, wells, sum(1 for one in records if one.name) - len(drafts)), []


def plate_id(path: Path) -> str:
    """The file's name as an id."""
    slug = re.sub(r"[^A-Za-z0-9_-]+", "_", path.stem)[:_ID_LENGTH].strip("_")
    return slug or "plate"


def _mark(sheets: Sequence[Sheet]) -> Mark:
    return find_mark(
        cell.text for sheet in sheets for row in sheet.rows for cell in row if not cell.is_number
    )


def _placed(drafts: Sequence[WellDraft], letters: Letters) -> Iterator[tuple[str, WellDraft]]:
    """(well's name, draft); a well of a long table may come again at another time."""
    seen: dict[tuple[str, float | None], WellDraft] = {}
    treatments: dict[str, WellDraft] = {}
    has_wells = any(_well_entry(draft.record) is not None for draft in drafts)
    for draft in drafts:
        name, key = draft.record.name, draft.record.key
        if has_wells:
            entry = _well_entry(draft.record)
            text, key = (entry.cell.text, entry.key) if entry else ("", key)
            at = parse_well(text)
            if at is None:
                letters.say(key, f"{shown(text)} is not a well. {WELLS_RULE}.")
                continue
            name = well_name(*at)
        before = treatments.setdefault(name, draft)
        earlier = seen.setdefault((name, draft.read_s), draft)
        if name and _treatment(before) != _treatment(draft):
            place = before.record.place
            letters.say(key, f"well {name} is treated otherwise at {place}. One well, one treatment.")
        elif name and earlier is not draft:
            letters.say(key, f"well {name} stands at {earlier.record.place} already, at the same time.")
        yield name, draft


def _well_entry(record: Record) -> Entry | None:
    return next((entry for entry in record.entries if entry.column.meaning == "well"), None)


def _treatment(draft: WellDraft) -> tuple[object, ...]:
    return (
        draft.cell_line,
        tuple(dose for _, dose in draft.doses),
        tuple(change for _, change in draft.perturbations),
        tuple(sorted(draft.hypotheses.items())),
        draft.shared,
    )


def _apply_rules(drafts: Sequence[WellDraft], catalogue: Catalogue, letters: Letters) -> None:
    """The same rules that an experiment in TOML meets; each treatment meets them once."""
    # A time course has rows before its last dose: what counts is when the last row of the file is read.
    end_s = max((draft.read_s for draft in drafts if draft.read_s is not None), default=None)
    done: set[tuple[object, ...]] = set()
    for draft in drafts:
        what = _treatment(draft)
        if what in done:
            continue
        done.add(what)
        nameless = _experiment_draft(draft, end_s)
        for rule in RULES:
            for key, message in rule(nameless, catalogue):
                letters.say(_place_of(key, draft), message)


def _experiment_draft(draft: WellDraft, end_s: float | None) -> Draft:
    """The well as the rules know an experiment; the keys of doses are the cells they stand in."""
    return Draft(
        id=None,
        cell_line=draft.cell_line,
        readouts=(),
        doses=draft.doses,
        perturbations=draft.perturbations,
        cells=None,
        duration_s=end_s or None,
        sample_s=None,
        seed=None,
        hypotheses=draft.hypotheses,
        medium_volume_pl=MEDIUM_VOLUME_PL,
        in_vitro=(),
        well=draft.shared,
    )


def _place_of(key: str, draft: WellDraft) -> str:
    """A rule adds the TOML key, such as `.from`, to the place; a table has no such keys."""
    places = [place for place, _ in (*draft.doses, *draft.perturbations)]
    return next((place for place in places if key.startswith(place)), draft.record.key)


def _plate(path: Path, placed: Sequence[tuple[str, WellDraft]], wells: int | None, empty: int) -> Plate:
    """The plate; every draft in it is complete."""
    found = [
        Well(
            name=name,
            place=draft.record.place,
            cell_line=draft.cell_line or "",
            doses=tuple(dose for _, dose in draft.doses),
            perturbations=tuple(change for _, change in draft.perturbations),
            hypotheses=draft.hypotheses,
            shared=draft.shared,
            read_s=draft.read_s or 0.0,
            replicate=draft.replicate,
            measured=draft.measured,
            own=tuple(
                (entry.column.header, entry.cell.text)
                for entry in draft.record.entries
                if entry.column.meaning != "well"
            ),
        )
        for name, draft in placed
    ]
    if wells is None and any(well.name for well in found):
        rows, columns = SHAPES[96]
        places = [parse_well(well.name) or (0, 0) for well in found]
        wells = 96 if all(row < rows and column < columns for row, column in places) else 384
    units = {
        entry.column.name: entry.column.unit
        for _, draft in placed
        for entry in draft.record.entries
        if entry.column.meaning == "measured"
    }
    return Plate(
        id=plate_id(path), wells=tuple(found), format=wells, units=units, notes=_notes(placed, empty)
    )


def _notes(placed: Sequence[tuple[str, WellDraft]], empty: int) -> tuple[str, ...]:
    notes = []
    if any(draft.assumes_remaining for _, draft in placed):
        notes.append(
            f"siRNA: {100 * ASSUMED_REMAINING:.0f} % of the protein is assumed to remain, as the file "
            "does not say. Write 'RIPK1 10 %', or a layer or column named remaining."
        )
    shared = [draft.record for _, draft in placed if draft.shared is not None]
    if shared and any(not one.name for one in shared):
        notes.append(
            "Cells share their medium. Where the file names no plate format, a volume, an area or a number "
            "of cells that it does not say is that of a plate of 96 wells."
        )
    if empty > 0:
        notes.append(f"{empty} wells name no cell line and are taken to hold no cells.")
    return tuple(notes)
