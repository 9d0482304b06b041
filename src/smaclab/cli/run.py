"""`smaclab run FILE.toml --out DIR`."""

from pathlib import Path
from typing import Annotated

import typer

from smaclab.cli import screen
from smaclab.cli.options import Cells, Force, MaxMemory, Precision, Seed, SolverName, Workers


def run(
    file: Annotated[Path, typer.Argument(help="The experiment, a TOML file.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for run.json, readouts.csv and report.html.")],
    cells: Cells = None,
    seed: Seed = None,
    workers: Workers = None,
    force: Force = False,
    parquet: Annotated[
        bool,
        typer.Option("--parquet", help="readouts.parquet too, with every cell (needs the extra [parquet])."),
    ] = False,
    solver: SolverName = None,
    precision: Precision = None,
    max_memory: MaxMemory = None,
) -> None:
    """Run an experiment, or a campaign where the file has a grid."""
    from smaclab import lab

    lab.refuse_if_taken(out, force=force)
    if parquet:
        lab.refuse_without_pyarrow()
    chosen = lab.solver_named(solver, precision=precision, max_memory=max_memory)
    catalogue = lab.catalogue_for(file)
    loaded = lab.load(file, catalogue=catalogue)
    with screen.progress("simulating cells") as progress:
        result = lab.run(
            loaded,
            cells=cells,
            seed=seed,
            workers=workers or lab.usable_cores(),
            progress=progress,
            catalogue=catalogue,
            solver=chosen,
        )
    screen.show_table(result.table())
    for table in result.endpoints.tables():
        screen.show_table(table)
    for line in result.failures():
        screen.complain(line)
    folder = result.write(out, force=force, parquet=parquet)
    beside = ["readouts.csv", *result.endpoints.files()]
    screen.say(f"Written, SIMULATED: {folder / 'report.html'}, {', '.join(beside)} and run.json beside it.")
    raise typer.Exit(result.exit_code)
