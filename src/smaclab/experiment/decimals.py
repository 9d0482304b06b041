"""Numbers as people type them: 0.5 and 0,5, 1,000 and 1.000.  Where two readings are possible, we ask."""

import re
from collections.abc import Iterable
from typing import Literal

from smaclab.errors import shown

Mark = Literal[".", ",", ""]
"""The decimal mark of a table; "" where nothing tells it."""

_NUMBER = r"[+-]?(?:\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d+)?"
_QUANTITY = re.compile(rf"({_NUMBER})\s*(.*)", re.ASCII)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 1,000: a thousand, or one
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")


def split_quantity(text: str) -> tuple[str, str] | None:
    """'0,5 ng/ml' -> ('0,5', 'ng/ml'); None where the text does not begin with a number."""
    found = _QUANTITY.fullmatch(text.replace("\u2212", "-").strip())
    return (found[1], found[2].strip()) if found else None


def find_mark(texts: Iterable[str]) -> Mark:
    """The decimal mark that the numbers among these texts use; "" where none tells, or they disagree."""
    found: set[Mark] = set()
    for text in texts:
        parts = split_quantity(text)
        if parts is None:
            continue
        marks = re.sub(r"[^.,]", "", parts[0])
        if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:  # 1.234,5
            found.add("," if marks[-1] == "," else ".")
        elif len(marks) == 1 and not _EITHER.fullmatch(parts[0]):
            found.add("," if marks == "," else ".")
    return found.pop() if len(found) == 1 else ""


def to_point(number: str, mark: Mark) -> tuple[str | None, str]:
    """A number as Python writes it.

    Args:
        number: What `split_quantity` found.
        mark: The decimal mark of the table.

    Returns:
        (text, "") or (None, a letter).
    """
    marks = re.sub(r"[^.,]", "", number)
    if not marks:
        return number, ""
    if len(marks) == 1:
        if _EITHER.fullmatch(number) and mark != marks and (marks == "," or mark):
            if not mark or marks == ".":
                thousand, one = re.sub(r"[.,]", "", number), number.replace(",", ".")
                return None, (
                    f"{shown(number)} can be read as {thousand} and as {float(one):g}. "
                    f"Write {thousand} or {float(one):.1f}."
                )
            return number.replace(",", ""), ""
        return number.replace(",", "."), ""
    if not _THOUSANDS.fullmatch(re.sub(r"[eE].*", "", number)):
        return None, f"{shown(number)} is not a number. Write it with one decimal mark, such as 1234.5."
    last = marks[-1] if len(set(marks)) == 2 else ""
    whole = "".join("." if c == last else c for c in number if c not in ".," or c == last)
    return whole, ""
