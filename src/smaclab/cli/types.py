"""`smaclab types`: which type each cell line is, and how sure that is."""

from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import DrawSeed, EnsembleFile, Workers


def types(
    cell_line: Annotated[
        list[str] | None, typer.Argument(help="Lines, such as 'HCT 116'; all by default.")
    ] = None,
    sets: Annotated[
        int, typer.Option("--ensemble", min=0, help="Also under so many parameter sets of the ensemble.")
    ] = 0,
    ensemble_file: EnsembleFile = None,
    draw_seed: DrawSeed = 1,
    cells: Annotated[int, typer.Option("--cells", min=2, help="For each treatment.")] = 24,
    workers: Workers = None,
) -> None:
    """Which lines die of a mimetic alone (I), only with TNF (II), or of neither (III); how sure that is."""
    from smaclab import lab

    known = lab.own_catalogue()
    asked = lab.ensemble_from(ensemble_file) if sets else None
    drawn = lab.catalogues(asked, sets, known, seed=draw_seed) if asked is not None else ()
    with screen.count("parameter sets") as told:
        found = lab.types_of(
            cell_line or (),
            sets=drawn,
            cells=cells,
            catalogue=known,
            workers=workers or lab.usable_cores(),
            progress=lambda done: told("types", done, 0),
        )
    screen.show_table(found.table())
    screen.say(
        "SIMULATED. I, II, III: half of the cells or more die of 100 nM SM-164, only with 10 ng/ml TNF, of "
        "neither; in a day."
    )
