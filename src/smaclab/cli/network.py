"""`smaclab network build`, `smaclab network stats` and `smaclab network docs`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from smaclab.cli import screen
from smaclab.cli.options import Json

app = typer.Typer(
    help="The flat network: expand the rules again, count what is in it, or describe it.",
    no_args_is_help=True,
)


@app.command("build")
def build(
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; the package's own by default.")
    ] = None,
) -> None:
    """Expand the rules into the network's file (needs the extra rules and perl)."""
    from smaclab import lab

    screen.say(f"Written: {lab.build_network(out)}")


@app.command("stats")
def stats(as_json: Json = False) -> None:
    """Species, reactions, parameters, entries of the Jacobian and its factors, conserved totals."""
    from smaclab import lab

    numbers = lab.network_statistics()
    if as_json:
        print(json.dumps(numbers, ensure_ascii=False, indent=2))
        return
    screen.show_rows(["what", "value"], [[name, _text(value)] for name, value in numbers.items()])


@app.command("docs")
def docs(
    out: Annotated[Path, typer.Option("--out", help="Folder for the pages; other files in it stay.")],
) -> None:
    """Write the model as Markdown: rules in arrows, parameters with sources, lines, drugs, readouts."""
    from smaclab import lab

    for page in lab.write_model_pages(out):
        screen.say(f"Written: {page}")


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value) or "none"
    return str(value)
