"""A cell line as the text of its file, in the format that `catalogue.py` reads."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from smaclab.experiment.value import Value

COMMENT = (
    "# What makes a line sensitive or not stands here as amounts and named properties, never as a label."
)


def written_line(head: Mapping[str, str | Sequence[str]], numbers: Mapping[str, Value]) -> str:
    """The file's text.

    Args:
        head: Key -> text or list of texts: name, aliases, accession and so on.
        numbers: Place in the file, such as "amounts.BIRC2" -> the number that stands there.

    Returns:
        TOML, one table a number, with unit, evidence, source and prior.
    """
    first = "\n".join([COMMENT, *(f"{key} = {_toml(value)}" for key, value in head.items())])
    return "\n\n".join([first, *(_table(place, value) for place, value in numbers.items())]) + "\n"


def _table(place: str, value: Value) -> str:
    lines = [f"[{place}]", f"value = {_toml(value.value)}", f"unit = {_toml(value.unit)}"]
    lines += [f"evidence = {_toml(value.evidence)}", f"source = {_toml(value.source)}"]
    if value.prior:
        inside = ", ".join(f"{key} = {_toml(entry)}" for key, entry in value.prior.items())
        lines.append(f"prior = {{ {inside} }}")
    return "\n".join(lines)


def _toml(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # amounts read as whole numbers
    # JSON's numbers, texts and lists of texts are TOML's too, but for one character that TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
