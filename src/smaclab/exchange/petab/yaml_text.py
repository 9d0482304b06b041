"""The part of YAML that PEtab's files use: mappings, lists and plain or quoted scalars.

Scope:   block mappings and lists by indentation, `[a, b]`, `[]`, `{}`, comments, quotes.
Ignores: anchors, tags, block scalars, several documents: each is refused by its line.
"""

import re
from typing import Any

from smaclab.errors import PetabError, shown

MOST_CHARACTERS = 1_000_000
MOST_DEPTH = 20
_PAIR = re.compile(r"""((?:"[^"]*"|'[^']*'|[^\s#'"\[\]{}&*!|>%@`][^#:]*?))\s*:(?:\s+(.*))?$""")
Line = tuple[int, int, str]  # number, indentation, text


def read_yaml(text: str) -> Any:
    """What a text says: dicts, lists and texts; numbers stay texts, `null` and nothing are None.

    Raises:
        PetabError: more than the few constructs that are read.
    """
    if len(text) > MOST_CHARACTERS:
        raise PetabError(f"a YAML file of {len(text):,} characters; at most {MOST_CHARACTERS:,} are read.")
    lines = [one for number, raw in enumerate(text.splitlines(), 1) if (one := _line(number, raw))]
    if not lines:
        return {}
    value, rest = _block(lines, lines[0][1], 0)
    if rest:
        raise PetabError(f"line {rest[0][0]}: {shown(rest[0][2])} stands out of line; mend its indentation.")
    return value


def _line(number: int, raw: str) -> Line | None:
    if "\t" in raw[: len(raw) - len(raw.lstrip())]:
        raise PetabError(f"line {number}: indented by a tab ({shown(raw)}); YAML wants spaces.")
    text = _without_comment(raw).rstrip()
    if not text.strip() or text.strip() == "---":
        return None
    return number, len(text) - len(text.lstrip()), text.strip()


def _without_comment(raw: str) -> str:
    quote = ""
    for place, character in enumerate(raw):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "#" and (place == 0 or raw[place - 1] in " \t"):
            return raw[:place]
    return raw


def _block(lines: list[Line], indent: int, depth: int) -> tuple[Any, list[Line]]:
    if depth > MOST_DEPTH:
        raise PetabError(f"line {lines[0][0]}: nested more than {MOST_DEPTH} deep.")
    if lines[0][2].startswith("- ") or lines[0][2] == "-":
        return _list(lines, indent, depth)
    if len(lines) == 1 and not _PAIR.match(lines[0][2]):
        return _scalar(lines[0][0], lines[0][2]), []
    return _mapping(lines, indent, depth)


def _list(lines: list[Line], indent: int, depth: int) -> tuple[Any, list[Line]]:
    found = []
    while lines and lines[0][1] == indent and (lines[0][2].startswith("- ") or lines[0][2] == "-"):
        number, _, text = lines[0]
        rest = text[1:].strip()
        if rest and _PAIR.match(rest) and rest[0] not in "[{":
            inner = indent + len(text) - len(text[1:].lstrip())
            value, lines = _mapping([(number, inner, rest), *lines[1:]], inner, depth + 1)
        elif rest:
            value, lines = _scalar(number, rest), lines[1:]
        else:
            value, lines = _nested(lines[1:], indent, depth)
        found.append(value)
    return found, lines


def _mapping(lines: list[Line], indent: int, depth: int) -> tuple[Any, list[Line]]:
    found: dict[str, Any] = {}
    while lines and lines[0][1] == indent and not lines[0][2].startswith("- "):
        number, _, text = lines[0]
        match = _PAIR.match(text)
        if not match:
            raise PetabError(f"line {number}: {shown(text)} is not `key: value`.")
        key = str(_scalar(number, match[1]))
        if key in found:
            raise PetabError(f"line {number}: {key!r} is given twice.")
        if match[2]:
            found[key], lines = _scalar(number, match[2].strip()), lines[1:]
        else:
            found[key], lines = _nested(lines[1:], indent, depth)
    return found, lines


def _nested(lines: list[Line], indent: int, depth: int) -> tuple[Any, list[Line]]:
    """What stands under a key: deeper, or a list at the key's own indentation; nothing is None."""
    if lines and (lines[0][1] > indent or (lines[0][1] == indent and lines[0][2].startswith("-"))):
        return _block_part(lines, lines[0][1], depth + 1)
    return None, lines


def _block_part(lines: list[Line], indent: int, depth: int) -> tuple[Any, list[Line]]:
    if lines[0][2].startswith("- ") or lines[0][2] == "-":
        return _list(lines, indent, depth)
    if not _PAIR.match(lines[0][2]):
        return _scalar(lines[0][0], lines[0][2]), lines[1:]
    if depth > MOST_DEPTH:
        raise PetabError(f"line {lines[0][0]}: nested more than {MOST_DEPTH} deep.")
    return _mapping(lines, indent, depth)


def _scalar(number: int, text: str) -> Any:
    if text in ("null", "~", "Null", "NULL"):
        return None
    if text == "{}":
        return {}
    if text.startswith("[") and text.endswith("]"):
        inside = text[1:-1].strip()
        return [_scalar(number, one.strip()) for one in inside.split(",")] if inside else []
    if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]:
        return text[1:-1]
    if text[0] in "[{&*!|>%@`":
        raise PetabError(f"line {number}: {shown(text)} is YAML that is not read here.")
    return text
