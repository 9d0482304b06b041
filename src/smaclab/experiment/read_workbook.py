"""An Excel workbook becomes sheets.  Nothing in it is executed: no formula, no macro, no link.

A workbook is a zip of XML, and comes from anywhere: its unpacked size is bounded before anything is parsed,
and XML that defines entities (which can grow without bound) is refused.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from smaclab.experiment.sheet import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Sheet,
    clean,
    column_letters,
)

MOST_UNPACKED = 40_000_000  # bytes; a workbook of 384 wells unpacks to some hundred thousand
MOST_PARTS = 500
MOST_SHEETS = 50
MOST_MERGED = 10_000
_READER = "openpyxl"
_REFERENCE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def read_workbook(data: bytes) -> tuple[tuple[Sheet, ...], list[tuple[str, str]]]:
    """The visible sheets of a workbook; each cell of a merged range has the range's text.

    Args:
        data: The file.

    Returns:
        The sheets, and (where, letter) of all that cannot be read.  Never raises for what is in the file.
    """
    if find_spec(_READER) is None:
        return (), [
            ("", "reading Excel needs the extra [excel]: pip install 'smaclab[excel]'. Or save as CSV.")
        ]
    parts, letter = _unpacked(data)
    if letter:
        return (), [("", letter)]
    letters: list[tuple[str, str]] = []
    try:
        sheets = tuple(_sheets(data, parts, letters))
    except Exception as error:  # noqa: BLE001 - a damaged workbook may make its reader raise anything
        words = f"{type(error).__name__}: {clean(str(error))[:200]}"
        return (), [("", f"the workbook cannot be read ({words}). Save it again as .xlsx, or as CSV.")]
    if not any(not sheet.is_blank for sheet in sheets) and not letters:
        letters.append(("", "the workbook has no visible sheet with anything in it."))
    return sheets, letters


def _unpacked(data: bytes) -> tuple[dict[str, bytes], str]:
    """Every XML part of the zip, or a letter.  The sizes that the zip states are not believed."""
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS:
                return {}, f"the workbook has {len(infos):,} parts. At most {MOST_PARTS} are understood."
            for info in infos:
                with archive.open(info) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    return {}, f"the workbook unpacks to more than {MOST_UNPACKED:,} bytes. Save it as CSV."
                if info.filename.endswith((".xml", ".rels", ".vml")):
                    if _defines_entities(content):
                        return {}, f"the part {info.filename!r} defines XML entities; no spreadsheet does."
                    parts[info.filename] = content
    except Exception as error:  # noqa: BLE001 - zip, zlib and the file system raise a dozen kinds here
        return {}, f"this is no sound Excel workbook ({type(error).__name__}). Save it again, or as CSV."
    if "xl/workbook.xml" not in parts:
        return {}, "this zip file is no Excel workbook (.xlsx). Save the table as .xlsx or CSV."
    return parts, ""


def _defines_entities(content: bytes) -> bool:
    plain = content.replace(b"\0", b"")  # UTF-16, too
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _sheets(data: bytes, parts: dict[str, bytes], letters: list[tuple[str, str]]) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    # Twice: once for the values that the spreadsheet stored, once to see which cells are formulas.
    stored = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    written = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    visible = [sheet for sheet in stored.worksheets if sheet.sheet_state == "visible"]
    if len(visible) > MOST_SHEETS:
        letters.append(("", f"{len(visible)} sheets. At most {MOST_SHEETS} are understood."))
        return
    for sheet in visible:
        name = clean(sheet.title)
        rows = _texts(sheet, written[sheet.title], name, letters)
        path = str(getattr(sheet, "_worksheet_path", ""))
        _fill_merged(rows, _merged(parts.get(path, b"")))
        yield Sheet(
            name=name,
            rows=tuple(
                tuple(
                    Cell(text=text, row=r, column=c, sheet=name, is_number=is_number)
                    for c, (text, is_number) in enumerate(row, start=1)
                )
                for r, row in enumerate(rows, start=1)
            ),
        )


def _texts(
    stored: Any, written: Any, name: str, letters: list[tuple[str, str]]
) -> list[list[tuple[str, bool]]]:
    """(text, whether it was a number) of each cell; what cannot be read is blank and gives a letter."""
    rows: list[list[tuple[str, bool]]] = []
    for values, formulas in zip(_limited(stored), _limited(written), strict=False):
        row: list[tuple[str, bool]] = []
        for column, (value, formula) in enumerate(zip(values, formulas, strict=False), start=1):
            at = f"sheet {name!r}, {column_letters(column)}{len(rows) + 1}"
            text, is_number, letter = _text(value, is_formula=_is_formula(formula))
            if not letter and column > MOST_COLUMNS and text:
                letter = f"at most {MOST_COLUMNS} columns are understood. Remove what stands beyond."
            if letter:
                letters.append((at, letter))
            if column <= MOST_COLUMNS:
                row.append((text, is_number))
        rows.append(row)
    if len(rows) > MOST_ROWS:
        letters.append((f"sheet {name!r}", f"more than {MOST_ROWS:,} rows. Split the table."))
        del rows[MOST_ROWS:]
    return rows


def _limited(sheet: Any) -> Iterable[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its size is not believed
    return sheet.iter_rows(max_row=MOST_ROWS + 1, values_only=True)


def _is_formula(value: object) -> bool:
    return (isinstance(value, str) and value.startswith("=")) or type(value).__name__ in (
        "ArrayFormula",
        "DataTableFormula",
    )


def _text(value: object, *, is_formula: bool) -> tuple[str, bool, str]:
    """(text, whether it is a number, letter)."""
    if value is None:
        if is_formula:
            words = "a formula whose result is not stored. Open and save the file in a spreadsheet"
            return "", False, f"{words}, or paste values."
        return "", False, ""
    if isinstance(value, bool):
        return str(value).upper(), False, ""
    if isinstance(value, int | float):
        return f"{value:.15g}", True, ""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        words = "a date or a time of day. Format the cell as text and type it again, such as '24 h'."
        return "", False, f"{clean(str(value))} is {words}"
    text = clean(str(value))
    if len(text) > MOST_CHARACTERS:
        return "", False, f"a cell of {len(text):,} characters; at most {MOST_CHARACTERS:,} are understood."
    return text, False, ""


def _merged(xml: bytes) -> list[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of the merged ranges of a sheet."""
    found = []
    for first, top, last, bottom in _REFERENCE.findall(xml)[:MOST_MERGED]:
        found.append((int(top), _number(first), int(bottom), _number(last)))
    return found


def _number(letters: bytes) -> int:
    """B'AA' -> 27."""
    number = 0
    for letter in letters.decode("ascii"):
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _fill_merged(rows: list[list[tuple[str, bool]]], ranges: Iterable[tuple[int, int, int, int]]) -> None:
    """A merged range holds its text in its first cell only; a person reads it in all of them."""
    for top, left, bottom, right in ranges:
        if not (1 <= top <= len(rows) and 1 <= left <= len(rows[top - 1])):
            continue
        text = rows[top - 1][left - 1]
        if not text[0]:
            continue
        for row in range(top, min(bottom, MOST_ROWS) + 1):
            while len(rows) < row:
                rows.append([])
            wide = rows[row - 1]
            wide.extend([("", False)] * (min(right, MOST_COLUMNS) - len(wide)))
            for column in range(left, min(right, MOST_COLUMNS) + 1):
                wide[column - 1] = text
