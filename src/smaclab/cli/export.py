"""`smaclab export FILE --format sbml --out PATH`: an experiment for other software."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen


def export(
    file: Annotated[Path, typer.Argument(help="The experiment, a TOML file.")],
    kind: Annotated[str, typer.Option("--format", help="sbml, sedml, omex, petab, bngl, csv or sbgn.")],
    out: Annotated[Path, typer.Option("--out", help="File to write; a folder for petab.")],
    cell: Annotated[
        int | None, typer.Option("--cell", min=0, help="Which cell; the line's median cell by default.")
    ] = None,
    experiment: Annotated[
        str | None, typer.Option("--experiment", help="Of a file with a grid: the id of one experiment.")
    ] = None,
) -> None:
    """Write one cell of an experiment in a format that other software reads."""
    from smaclab import lab

    for path in lab.export_experiment(file, kind, out, cell=cell, experiment=experiment):
        screen.say(f"Written: {path}")
