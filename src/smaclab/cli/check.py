"""`smaclab check FILE`: every problem of a file at once."""

import json
from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Json


def check(
    file: Annotated[Path, typer.Argument(help="The experiment, a TOML file.")], as_json: Json = False
) -> None:
    """Look for mistakes in a file; exit code 2 if there are any."""
    from smaclab import lab

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
        screen.say(f"{file}: no problem found.")
    raise typer.Exit(2 if problems else 0)
