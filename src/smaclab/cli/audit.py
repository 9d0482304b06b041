"""`smaclab audit [FILE]`: a quality score for a kinetic model, ours or any SBML file."""

import json
from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Json

_MOST_THINGS = 5  # of a loss on a screen; JSON has all


def audit(
    file: Annotated[Path | None, typer.Argument(help="An SBML file; our own model by default.")] = None,
    end: Annotated[
        float | None, typer.Option("--end", help="How long to follow it, in the model's unit of time.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Score a model: mass, units, links, sources, dead species, signs, solvers; list every point lost."""
    from smaclab import lab

    found = lab.audit(file, end=end)
    if as_json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
        return
    rows = []
    for one in found.criteria:
        rows.append([one.name, f"{one.points:.1f} of {one.weight:g}", ""])
        for each in one.lost:
            more = f" and {len(each.things) - _MOST_THINGS} more" if len(each.things) > _MOST_THINGS else ""
            things = ", ".join(each.things[:_MOST_THINGS]) + more
            rows.append(["", f"-{each.points:.1f}", f"{each.why}{f': {things}' if things else ''}"])
    screen.show_rows(["criterion", "points", "lost"], rows, title=found.model)
    screen.say(f"Score: {found.score:.1f} of 100")
