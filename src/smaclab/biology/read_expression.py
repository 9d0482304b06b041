"""A person's own table of transcripts: a gene symbol and its TPM in each row.

Comma, semicolon or tab between the columns; a header or none; decimal points or commas; with a byte-order
mark or without.  What cannot be understood becomes a letter with file and row, all of them at once.
"""

import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path

from smaclab.errors import ExperimentError, Problem, shown

MOST_LETTERS = 20  # a wrong separator spoils every row of a table, and one letter tells it
NOT_GIVEN = ("", "na", "nan", "n/a", "-", "null")


def read_expression(source: Path) -> dict[str, float]:
    """Gene symbol, in capitals -> TPM.

    Args:
        source: The table.

    Raises:
        ExperimentError: the file cannot be read, or has bad rows; `.problems` lists them.
    """
    text = _text(source)
    rows = _rows(text)
    has_points = any("." in row[1] for _, row in rows if len(row) == 2)
    problems: list[Problem] = []
    found: dict[str, float] = {}
    for place, (number, row) in enumerate(rows):
        letter, tpm = _tpm(row, has_points=has_points)
        gene = row[0].upper()
        if place == 0 and math.isnan(tpm) and _is_header(row):
            continue
        if not letter and found.get(gene, tpm) != tpm:
            letter = f"{gene} has {found[gene]:g} TPM in an earlier row, and {tpm:g} here. Keep one row."
        if letter:
            problems.append(Problem(file=str(source), key=f"row {number}", message=letter))
        else:
            found[gene] = tpm
    if not found and not problems:
        letter = "holds no row with a gene and its TPM. Write rows such as BIRC2,12.5"
        problems.append(Problem(file=str(source), key="", message=letter))
    if problems:
        raise ExperimentError(problems=_shortened(problems, str(source)))
    return found


def _text(source: Path) -> str:
    try:
        return source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExperimentError(
            f"{source}: is not UTF-8 at byte {error.start}. Save it as CSV in UTF-8; spreadsheets offer that."
        ) from error
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        words = getattr(error, "strerror", None) or error
        raise ExperimentError(f"{source}: cannot be read ({words}). Give the path of a table.") from error


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """(number of the row, its cells), without blank rows and comments."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    first = lines[0] if lines else ""
    separator = next((mark for mark in ("\t", ";") if mark in first), ",")
    return list(_cells(text, separator))


def _cells(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        # Line by line, so that one open quote spoils one row and not the rest of the file.
        try:
            cells = next(csv.reader(io.StringIO(line), delimiter=separator), [])
        except csv.Error:  # a cell of more than a hundred thousand letters
            cells = [line]
        yield number, [cell.strip() for cell in cells]


def _tpm(row: list[str], *, has_points: bool) -> tuple[str, float]:
    """A letter and NaN, or no letter and the number."""
    if len(row) != 2:
        return (
            f"{shown(row)} has {len(row)} columns, not a gene and its TPM. Keep these two; if commas are the "
            "decimal marks, separate the columns by semicolons or tabs."
        ), math.nan
    gene, given = row
    if not gene:
        return f"{given!r} has no gene. Write its symbol, or remove the row.", math.nan
    if given.casefold() in NOT_GIVEN:
        return (
            f"{gene} has no TPM ({given!r}). Remove the row; 0 would mean that it was measured.",
            math.nan,
        )
    if "," in given and has_points:
        return f"{given!r} has a comma, but other rows have decimal points. Write one kind.", math.nan
    try:
        tpm = float(given.replace(",", "."))
    except ValueError:
        return f"{gene}: {given!r} is not a number. Write its TPM, such as 12.5.", math.nan
    if not math.isfinite(tpm) or tpm < 0:
        return f"{gene}: {given} is no TPM, which is 0 or more. If these are logarithms, undo them.", math.nan
    return "", tpm


def _is_header(row: list[str]) -> bool:
    """Words over two columns; where the value begins like a number, or is none, a row went wrong."""
    return len(row) == 2 and row[1].casefold() not in NOT_GIVEN and row[1][0] not in "+-.,0123456789"


def _shortened(problems: list[Problem], file: str) -> list[Problem]:
    more = len(problems) - MOST_LETTERS
    rest = [Problem(file=file, key="", message=f"{more} more rows like these.")] if more > 0 else []
    return problems[:MOST_LETTERS] + rest
