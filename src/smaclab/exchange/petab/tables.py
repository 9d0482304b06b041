"""Tab-separated tables with a header, as texts."""

import csv
import io
import math
from pathlib import Path

from smaclab.errors import PetabError, shown

MOST_BYTES = 64 * 1024**2
Row = dict[str, str]

EMPTY = ("", "nan", "NaN", "NA", "null")


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        PetabError: it is missing, too large, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise PetabError(f"{path}: cannot be read ({problem.strerror}).") from problem
    if len(data) > MOST_BYTES:
        raise PetabError(f"{path}: more than {MOST_BYTES:,} bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise PetabError(f"{path}: byte {problem.start} is no UTF-8; save it as UTF-8.") from None


def read_table(path: Path, needed: tuple[str, ...]) -> list[Row]:
    """The rows of a table, each a mapping of texts; what is missing or NaN is "".

    Args:
        path: the file.
        needed: columns that must be there.

    Raises:
        PetabError: the file cannot be read, a column is missing, or a row has more cells than the header.
    """
    reader = csv.reader(io.StringIO(read_text(path)), delimiter="\t")
    header = [one.strip() for one in next(reader, [])]
    for name in needed:
        if name not in header:
            raise PetabError(f"{path.name}: no column {name!r}. It has {', '.join(header)}.")
    rows = []
    for number, cells in enumerate(reader, 2):
        if not any(one.strip() for one in cells):
            continue
        if len(cells) > len(header):
            raise PetabError(f"{path.name}, line {number}: {len(cells)} cells under {len(header)} columns.")
        texts = [one.strip() for one in cells] + [""] * (len(header) - len(cells))
        rows.append({name: "" if text in EMPTY else text for name, text in zip(header, texts, strict=True)})
    return rows


def number(text: str, where: str) -> float:
    """A number, which may be infinite.

    Raises:
        PetabError: it is none.
    """
    try:
        value = float(text)
    except ValueError:
        raise PetabError(f"{where}: {shown(text)} is no number.") from None
    if math.isnan(value):
        raise PetabError(f"{where}: {shown(text)} is no number.")
    return value


def listed(text: str) -> tuple[str, ...]:
    """The parts of `a;b`."""
    return tuple(one.strip() for one in text.split(";") if one.strip())


def is_true(text: str) -> bool:
    """Whether `true`, `True` or `1` (or 1.0) is written."""
    return text.lower() in ("true", "1", "1.0")
