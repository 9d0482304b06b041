"""`smaclab demo`: a first result, a page, and what to try next."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Cells, Force, Workers
from smaclab.lab import DEMO_FOLDER


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path(DEMO_FOLDER),
    cells: Cells = None,
    workers: Workers = None,
    force: Force = False,
) -> None:
    """Three cell lines with a Smac mimetic, TNF, both and neither; needs no argument and no network."""
    from smaclab import claims, lab

    # The default folder is the demo's own: running the demo twice replaces it.
    force = force or out == Path(DEMO_FOLDER)
    lab.refuse_if_taken(out, force=force)
    ensemble = lab.shipped_ensemble()
    with screen.progress("simulating cells" if ensemble is None else "parameter sets") as progress:
        cores = workers or lab.usable_cores()
        tour = lab.demo(cells=cells, ensemble=ensemble, workers=cores, progress=progress)
    screen.show_table(tour.viability_table())
    screen.show_table(tour.event_table())
    for line in tour.result.failures():
        screen.complain(line)
    known, origin = claims.remembered(), tour.result.provenance
    folder = tour.write(
        out,
        force=force,
        sections=[claims.claims_line(known, origin)],
        files={claims.PAGE: claims.remembered_page(known, origin)},
    )
    screen.say("Everything here is SIMULATED.")
    screen.say(f"Report:    {folder / 'report.html'}   (open it in a browser)")
    screen.say("\nTry next:")
    for words, command in tour.try_next(out):
        screen.say(f"  {words}:\n      {command}")
    raise typer.Exit(tour.result.exit_code)
