"""`smaclab check FILE`: every problem of an experiment or a plate at once."""

import json
from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import CellLineName, Duration, Json


def check(
    file: Annotated[Path, typer.Argument(help="An experiment (TOML), or a plate (CSV, TSV or Excel).")],
    as_json: Json = False,
    read_at: Duration = None,
    cell_line: CellLineName = None,
) -> None:
    """Look for mistakes in a file; exit code 2 if there are any."""
    from smaclab import lab

    understood = ""
    if lab.is_table(file):
        plate, problems = lab.examine_plate(file, read_at=read_at or lab.READ_AT, cell_line=cell_line)
        understood = f" {plate.summary()}" if plate else ""
    else:
        given = {"--duration": read_at, "--cell-line": cell_line}
        lab.refuse_plate_options(file, [name for name, value in given.items() if value])
        problems = lab.check(file)
    if as_json:
        found = [{"file": one.file, "key": one.key, "message": one.message} for one in problems]
        print(
            json.dumps(
                {"file": str(file), "ok": not problems, "problems": found}, ensure_ascii=False, indent=2
            )
        )
    elif problems:
        for one in problems:
            screen.complain(str(one))
        screen.say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {file}.")
    else:
        screen.say(f"{file}: no problem found.{understood}")
    raise typer.Exit(2 if problems else 0)
