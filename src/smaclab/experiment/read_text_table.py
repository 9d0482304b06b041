"""A text file of a table becomes a sheet: comma, semicolon or tab, any byte-order mark, any line ends."""

import csv
import io
from collections import Counter

from smaclab.experiment.sheet import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    clean,
    sheet_of,
)

DELIMITERS = ("\t", ";", ",")
_LOOKED_AT = 200  # rows, to find the delimiter


def read_text_table(data: bytes) -> tuple[Sheet | None, str]:
    """The sheet that a CSV or TSV file holds.

    Args:
        data: The file.

    Returns:
        The sheet and an empty text, or None and a letter.  Never raises for what is in the file.
    """
    text, letter = _text_of(data)
    if text is None:
        return None, letter
    delimiter, text = _stated_delimiter(text)
    try:
        rows = _rows(text, delimiter or find_delimiter(text), MOST_ROWS + 1)
    except csv.Error as error:
        return None, f"this is no table of text: {error}. Perhaps a quotation mark is never closed."
    if len(rows) > MOST_ROWS:
        return None, f"more than {MOST_ROWS:,} rows. Split the table."
    if sum(map(len, rows)) > MOST_CELLS:
        return None, f"more than {MOST_CELLS:,} cells. Split the table."
    for number, row in enumerate(rows, start=1):
        if len(row) > MOST_COLUMNS:
            return None, f"row {number} has {len(row):,} columns. At most {MOST_COLUMNS} are understood."
        longest = max((len(cell) for cell in row), default=0)
        if longest > MOST_CHARACTERS:
            return None, (
                f"row {number} has a cell of {longest:,} characters; at most {MOST_CHARACTERS:,} are "
                "understood. Perhaps a quotation mark is never closed."
            )
    sheet = sheet_of([[(clean(cell), False) for cell in row] for row in rows])
    return (None, "the table is empty.") if sheet.is_blank else (sheet, "")


def find_delimiter(text: str) -> str:
    """The delimiter that cuts most rows into the same number of cells."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(row) for row in _rows(text, delimiter, _LOOKED_AT) if len(row) > 1)
        except csv.Error:
            continue
        alike = max(widths.values(), default=0)
        if alike > most:  # a tie is won by the first: commas are decimal marks too, tabs are nothing else
            best, most = delimiter, alike
    return best


def _rows(text: str, delimiter: str, most: int) -> list[list[str]]:
    """At most `most` rows; blank rows are rows too, or addresses would be wrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for _, row in zip(range(most), reader, strict=False)]


def _stated_delimiter(text: str) -> tuple[str, str]:
    """A first line `sep=;` tells spreadsheets the delimiter; they do not count it as a row."""
    first, _, rest = text.partition("\n")
    stated = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and stated in (";", ","):
        return stated, rest
    return ("\t", rest) if first.rstrip("\r") == "sep=\t" else ("", text)


def _text_of(data: bytes) -> tuple[str | None, str]:
    """The file's text: UTF-8, UTF-16 with its mark ("Unicode text" of spreadsheets), or Windows' Latin."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            return None, "the file holds NUL bytes, so it is no text. Save it as CSV in UTF-8."
        return text, ""
    return None, "the file is neither UTF-8, UTF-16 nor Windows text. Save it as CSV in UTF-8."
