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
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    clean,
    column_letters,
    sheet_of,
)

MOST_UNPACKED = 20_000_000  # bytes; a workbook of 384 wells unpacks to some hundred thousand
MOST_PARTS = 500
MOST_SHEETS = 50
MOST_MERGED = 10_000
_READER = "openpyxl"
_FILLED = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>'
)  # not only formatted
_LITERAL = re.compile(r'"([^"]*)"')
_UNIT = re.compile(r"[A-Za-zµμ]{1,3}(?:/[A-Za-z]{1,2})?|%")
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
    left = MOST_CELLS
    for sheet in visible:
        name = clean(sheet.title)
        xml = parts.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), b"")
        extent, letter = _extent(xml)
        left -= extent[0] * extent[1]
        if not letter and left < 0:
            letter = f"more than {MOST_CELLS:,} cells. Remove what stands far from the table."
        if letter:
            letters.append((f"sheet {name!r}", letter))
            return
        rows = _texts((sheet, written[sheet.title]), extent, name, letters)
        _fill_merged(rows, _merged(xml))
        yield sheet_of(rows, name)


def _extent(xml: bytes) -> tuple[tuple[int, int], str]:
    """The last row and column of a sheet that hold anything, and a letter where that is too far.

    What the file itself says of its size is not believed; cells that are only formatted do not count.
    """
    rows, columns = 1, 1
    found = _FILLED.findall(xml)
    for letters, row in found:
        rows, columns = max(rows, int(row)), max(columns, _number(letters))
    if not found:  # a writer may leave the addresses out; then cells follow each other
        parts = re.split(rb"<(?:\w+:)?row\b", xml)[1:]
        rows = max(len(parts), 1)
        columns = max((len(re.findall(rb"<(?:\w+:)?c[\s>]", part)) for part in parts), default=1) or 1
    if rows > MOST_ROWS:
        return (0, 0), f"something stands in row {rows:,}. At most {MOST_ROWS:,} rows are understood."
    if columns > MOST_COLUMNS:
        words = f"something stands in column {column_letters(columns)}"
        return (0, 0), f"{words}. At most {MOST_COLUMNS} columns are understood."
    return (rows, columns), ""


def _texts(
    both: tuple[Any, Any], extent: tuple[int, int], name: str, letters: list[tuple[str, str]]
) -> list[list[tuple[str, bool]]]:
    """(text, whether it was a number) of each cell; what cannot be read is blank and gives a letter.

    both: the sheet with its stored values, and with its formulas.
    """
    rows: list[list[tuple[str, bool]]] = []
    for sheet in both:
        sheet.reset_dimensions()
    limited = [s.iter_rows(max_row=extent[0], max_col=extent[1]) for s in both]
    for values, formulas in zip(*limited, strict=False):
        row: list[tuple[str, bool]] = []
        for column, (cell, formula) in enumerate(zip(values, formulas, strict=False), start=1):
            text, is_number, letter = _text(cell.value, is_formula=_is_formula(formula.value))
            if is_number:
                text = _as_shown(cell.value, str(cell.number_format))
            if letter:
                letters.append((f"sheet {name!r}, {column_letters(column)}{len(rows) + 1}", letter))
            row.append((text, is_number))
        rows.append(row)
    return rows


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


def _as_shown(value: float, number_format: str) -> str:
    """The number with what its format adds: 0.875 shown as 87.5 %, 100 shown as 100 nM."""
    first = number_format.split(";")[0]
    literals = "".join(_LITERAL.findall(first)).strip()
    if "%" in _LITERAL.sub("", first):
        return f"{100 * value:.12g} %"
    return f"{value:.15g} {literals}".strip() if _UNIT.fullmatch(literals) else f"{value:.15g}"


def _merged(xml: bytes) -> list[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of the merged ranges of a sheet."""
    found = []
    for first, top, last, bottom in _REFERENCE.findall(xml)[:MOST_MERGED]:
        found.append((int(top), _number(first), int(bottom), _number(last)))
    return found


def _number(letters: bytes) -> int:
    """The number of a column's letters: AA is 27."""
    number = 0
    for letter in letters.decode("ascii"):
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _fill_merged(rows: list[list[tuple[str, bool]]], ranges: Iterable[tuple[int, int, int, int]]) -> None:
    """A merged range holds its text in its first cell only; a person reads it in all of them.

    Ranges end where the table ends, and together fill no more cells than a table may have.
    """
    left = MOST_CELLS
    for top, first, bottom, last in ranges:
        if not (1 <= top <= len(rows) and 1 <= first <= len(rows[top - 1])):
            continue
        text = rows[top - 1][first - 1]
        for row in rows[top - 1 : bottom] if text[0] else ():
            width = min(last, len(row)) - first + 1
            left -= max(width, 1)
            if left < 0:
                return
            row[first - 1 : first - 1 + width] = [text] * width
