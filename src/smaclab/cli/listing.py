"""`smaclab list KIND`: what can be named, from cell lines to antibodies, and the instruments' numbers."""

import json
from typing import Annotated, Any

import typer

from smaclab.cli import screen
from smaclab.cli.options import Json

_TOO_LONG = ("source",)  # sentences, which would leave the names no room


def listing(
    kind: Annotated[
        str,
        typer.Argument(
            help="cell-lines, drugs, proteins, activities, mutations, readouts, hypotheses, antibodies "
            "or instruments.",
        ),
    ],
    as_json: Json = False,
) -> None:
    """Show what there is, by the names an experiment's file can use."""
    from smaclab import lab

    entries = lab.listing(kind)
    if as_json:
        print(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    if not entries:
        screen.say(f"No {kind}.")
        return
    header = [name for name in entries[0] if name not in _TOO_LONG]
    rows = [[_text(entry[name]) for name in header] for entry in entries]
    screen.show_rows([name.replace("_", " ") for name in header], rows)
    if len(header) < len(entries[0]):
        screen.say(f"For {' and '.join(name for name in entries[0] if name in _TOO_LONG)}: --json")


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        return "\n".join(f"{name}: {words}" for name, words in value.items())
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
