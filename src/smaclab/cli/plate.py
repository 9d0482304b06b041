"""`smaclab plate new`: a file of wells to start from.  `smaclab run` runs it, `smaclab check` checks it."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Force

app = typer.Typer(help="A plate of your own: run it with `smaclab run FILE.csv`.", no_args_is_help=True)


@app.callback()
def commands() -> None:
    """A plate of your own: run it with `smaclab run FILE.csv`."""


@app.command("new")
def new(
    out: Annotated[Path, typer.Option("--out", help="File to write: .csv, .tsv or .xlsx.")],
    wells: Annotated[
        int, typer.Option("--format", help="Wells of the plate: 6, 12, 24, 48, 96 or 384.")
    ] = 96,
    long: Annotated[bool, typer.Option("--long", help="A row a well, and not a map of the plate.")] = False,
    force: Force = False,
) -> None:
    """Write a plate map with a few wells filled in, to be replaced by your own."""
    from smaclab import lab

    file = lab.write_template(out, wells=wells, long=long, force=force)
    screen.say(f"Written: {file}")
    screen.say("Replace its wells by yours, in a spreadsheet or an editor. Then:")
    screen.say(f"  smaclab check {file}\n  smaclab run {file} --out results")
