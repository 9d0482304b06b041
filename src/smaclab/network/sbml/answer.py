"""What comes out of the reader's process is as little trusted as what went in."""

import json
import math
from typing import Any

from smaclab.errors import SbmlError, shown

Plain = dict[str, Any]

MOST_DEPTH = 64  # of the answer; formulas are texts, so it is flat
MOST_REFUSALS = 20  # that are spelled out


def checked(text: bytes) -> Plain:
    """The model in an answer.

    Args:
        text: JSON, from the reader's process.

    Returns:
        {"model": the model as plain data}. No number is NaN, nothing is nested deeper than `MOST_DEPTH`; a
        number may be infinite, as SBML's may.

    Raises:
        SbmlError: the reader refused the file, or failed, or this is no answer.
    """
    try:
        found = json.loads(text, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise SbmlError(f"the reader's answer is not understood: {shown(str(error))}.") from None
    sound(found)
    if isinstance(found, dict):
        if set(found) == {"refused"}:
            raise SbmlError(refusals(found["refused"]))
        if set(found) == {"failed"} and isinstance(found["failed"], dict):
            raise SbmlError(_failure(found["failed"]))
        if set(found) == {"model"} and isinstance(found["model"], dict):
            return found
    raise SbmlError(f"the reader's answer holds no model: {shown(found)}.")


def sound(value: Any) -> None:
    """Complain about depth and NaN, which only a lost number can be.  No recursion: depth cannot harm it."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise SbmlError(f"the reader's answer is nested more than {MOST_DEPTH} deep: {shown(level[0])}.")
        deeper: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                deeper.extend(one.values())
            elif isinstance(one, list):
                deeper.extend(one)
            elif isinstance(one, float) and math.isnan(one):
                raise SbmlError(f"the reader's answer holds {one} where a number is due.")
        level = deeper


def refusals(found: Any) -> str:
    """The letter about everything that is not simulated here."""
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise SbmlError(f"the reader refused the file without saying why: {shown(found)}.")
    lines = [_refusal(one) for one in found[:MOST_REFUSALS]]
    if len(found) > MOST_REFUSALS:
        lines.append(f"... and {len(found) - MOST_REFUSALS} more.")
    return "\n".join(lines)


def _refusal(one: Plain) -> str:
    what, where, remedy = (str(one.get(key) or "") for key in ("what", "where", "remedy"))
    return f"{f'{where}: ' if where else ''}{what.rstrip('.') or 'refused'}.{f' {remedy}' if remedy else ''}"


def _failure(failed: Plain) -> str:
    kind, message = str(failed.get("kind")), shown(failed.get("message"))
    if kind == "MemoryError":
        return f"reading the SBML takes more memory than is allowed ({kind}). Is it one model, without data?"
    if kind == "RecursionError":
        return f"a formula of the SBML is nested too deep ({kind}). Cut it in pieces by assignment rules."
    return f"the SBML cannot be read: {kind}, {message}. Does a validator accept the file?"


def _constant(text: str) -> float:
    if text == "NaN":
        raise ValueError(f"{text} is no number")
    return float(text)
