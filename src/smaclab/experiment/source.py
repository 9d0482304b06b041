"""A file becomes a dict, or one letter about why it does not."""

import re
import tomllib
from pathlib import Path
from typing import Any

from smaclab.experiment.read_table import is_table

LARGEST_FILE = 1_000_000  # bytes; a real experiment needs a thousand
_MOST_DOTS = 1000  # in one name; reading takes the square of it


def read(path: Path) -> tuple[dict[str, Any] | None, str]:
    """The tables of a TOML file.

    Args:
        path: The file.

    Returns:
        The dict and an empty text, or None and a letter.  Never raises for what is in the file.
    """
    if is_table(path) and path.is_file():
        return None, "this is a table of wells. `smaclab run` runs it; in Python, smaclab.run_plate does."
    data, letter = _bytes_of(path)
    if data is None:
        return None, letter
    text, letter = _text_of(data)
    if text is None:
        return None, letter
    if max(part.count(".") for part in re.split(r"[,=\n]", text)) > _MOST_DOTS:
        return None, f"a name with more than {_MOST_DOTS} dots. This is no experiment."
    try:
        return tomllib.loads(text), ""
    except RecursionError:
        return None, "tables or lists are nested too deeply. This is no experiment."
    except tomllib.TOMLDecodeError as error:
        return None, f"this is not valid TOML: {error}."
    except ValueError:  # Python refuses integers of thousands of digits
        return None, "a number of thousands of digits. This is no experiment."


def _bytes_of(path: Path) -> tuple[bytes | None, str]:
    """What is in the file, if it is one and of a sensible size."""
    try:
        if not path.exists():
            near = sorted(other.name for other in path.parent.glob("*.toml")) if path.parent.is_dir() else []
            there = f" TOML files there: {', '.join(near[:10])}." if near else ""
            return None, f"there is no such file.{there}"
        if not path.is_file():
            return None, "this is not a file. Name one TOML file."
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return None, f"the file cannot be read: {error}."
    if len(data) > LARGEST_FILE:
        return None, f"the file is larger than {LARGEST_FILE:,} bytes. An experiment needs a few thousand."
    return data, ""


def _text_of(data: bytes) -> tuple[str | None, str]:
    """The file's text, if it is UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, "the file is UTF-16. Save it again as UTF-8."
    if b"\0" in data:
        return None, "the file holds NUL bytes: it is UTF-16 or no text at all. Save it again as UTF-8."
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (
            f"byte {data[error.start]:#04x} in line {line} is not UTF-8 (perhaps µ or a dash in Latin-1). "
            "Save the file again as UTF-8."
        )
    if "\r" in text and "\n" not in text:
        return None, "its lines end in bare carriage returns (CR). Save it again with usual line endings."
    if not text.strip():
        return None, 'the file is empty. A first line could be: id = "my_experiment"'
    return text, ""
