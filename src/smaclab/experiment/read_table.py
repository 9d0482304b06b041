"""A file of a table becomes sheets, whatever it was saved as: CSV, TSV or Excel."""

from pathlib import Path

from smaclab.errors import Problem
from smaclab.experiment.read_text_table import read_text_table
from smaclab.experiment.read_workbook import read_workbook
from smaclab.experiment.sheet import Sheet

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
OLD_SUFFIXES = (".xls", ".xlsb", ".ods", ".numbers")  # tables that are not read, with a letter that says so
LARGEST_TABLE = 5_000_000  # bytes
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_table(source: object) -> bool:
    """Whether this is the name of a file of wells, and not of an experiment in TOML."""
    if not isinstance(source, str | Path):
        return False
    return Path(source).suffix.lower() in (*SUFFIXES, *OLD_SUFFIXES)


def read_table(path: Path) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets of a file; a text file is one sheet without a name.

    Args:
        path: The file.  What is in it decides how it is read, not its suffix.

    Returns:
        The sheets, and everything that is wrong with the file.  Never raises for what is in the file.
    """
    data, letter = _bytes_of(path)
    if data is None:
        return (), [Problem(file=str(path), key="", message=letter)]
    if data.startswith(_ZIP):
        sheets, letters = read_workbook(data)
        return sheets, [Problem(file=str(path), key=where, message=words) for where, words in letters]
    if data.startswith(_OLD_EXCEL):
        letter = "this is an old or a locked Excel file. Save it as .xlsx without a password, or as CSV."
        return (), [Problem(file=str(path), key="", message=letter)]
    sheet, letter = read_text_table(data)
    if sheet is None:
        return (), [Problem(file=str(path), key="", message=letter)]
    return (sheet,), []


def _bytes_of(path: Path) -> tuple[bytes | None, str]:
    """What is in the file, if it is one and of a sensible size."""
    try:
        if not path.exists():
            near = sorted(other.name for other in path.parent.glob("*")) if path.parent.is_dir() else []
            near = [name for name in near if is_table(name)]
            return None, "there is no such file." + (
                f" Tables there: {', '.join(near[:10])}." if near else ""
            )
        if not path.is_file():
            return None, "this is not a file. Name one CSV, TSV or Excel file."
        with path.open("rb") as file:
            data = file.read(LARGEST_TABLE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return None, f"the file cannot be read: {error}."
    if len(data) > LARGEST_TABLE:
        return None, f"the file is larger than {LARGEST_TABLE:,} bytes. A plate needs some ten thousand."
    if not data.strip():
        return None, "the file is empty. `smaclab plate new` writes one to start from."
    return data, ""
