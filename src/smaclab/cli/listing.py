"""`smaclab list cell-lines|drugs|proteins|readouts|hypotheses`: what can be named."""

import json
from typing import Annotated, Any

import typer

from smaclab.cli import screen
from smaclab.cli.options import Json


def listing(
    kind: Annotated[str, typer.Argument(help="cell-lines, drugs, proteins, readouts or hypotheses.")],
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
    header = list(entries[0])
    rows = [[_text(entry[name]) for name in header] for entry in entries]
    screen.show_rows([name.replace("_", " ") for name in header], rows)


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        return "\n".join(f"{name}: {words}" for name, words in value.items())
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
