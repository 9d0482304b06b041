"""`smaclab run FILE --out DIR`: an experiment or a campaign in TOML, or a plate in CSV, TSV or Excel."""

from pathlib import Path
from typing import Annotated, Any

import typer

from smaclab.cli import screen
from smaclab.cli.options import (
    CellLineName,
    Cells,
    DrawSeed,
    Duration,
    EnsembleFile,
    Force,
    MaxMemory,
    Precision,
    Seed,
    SolverName,
    Workers,
)

_MOST_ROWS = 30  # of a plate's conditions on a screen; conditions.csv has all


def run(
    file: Annotated[Path, typer.Argument(help="An experiment (TOML), or a plate (CSV, TSV or Excel).")],
    out: Annotated[Path, typer.Option("--out", help="Folder for run.json, readouts.csv and report.html.")],
    cells: Cells = None,
    seed: Seed = None,
    workers: Workers = None,
    force: Force = False,
    parquet: Annotated[
        bool,
        typer.Option("--parquet", help="readouts.parquet too, with every cell (needs the extra parquet)."),
    ] = False,
    solver: SolverName = None,
    precision: Precision = None,
    max_memory: MaxMemory = None,
    read_at: Duration = None,
    cell_line: CellLineName = None,
    readout: Annotated[
        list[str] | None,
        typer.Option("--readout", help="Of a plate: look at this too, such as cIAP1. Repeatable."),
    ] = None,
    ensemble: Annotated[
        int | None,
        typer.Option(
            "--ensemble", min=1, help="Run under so many parameter sets, and give every number its band."
        ),
    ] = None,
    ensemble_file: EnsembleFile = None,
    draw_seed: DrawSeed = 1,
) -> None:
    """Run an experiment, a campaign where the file has a grid, or a plate."""
    from smaclab import lab

    plate: dict[str, Any] = {"--duration": read_at, "--cell-line": cell_line, "--readout": readout}
    is_plate = lab.is_table(file)
    if not is_plate:
        lab.refuse_plate_options(file, [name for name, value in plate.items() if value])
    lab.refuse_if_taken(out, force=force)
    if parquet:
        lab.refuse_without_pyarrow()
    how: dict[str, Any] = {
        "cells": cells,
        "seed": seed,
        "workers": workers or lab.usable_cores(),
        "solver": lab.solver_named(solver, precision=precision, max_memory=max_memory),
    }
    if ensemble is not None:
        lab.refuse_plate_ensemble(file, is_plate=is_plate, parquet=parquet)
        _run_ensemble(file, out, how, (ensemble, ensemble_file, draw_seed), force=force)
    if is_plate:
        _run_plate(file, out, how, plate, force=force, parquet=parquet)
    catalogue = lab.catalogue_for(file)
    loaded = lab.load(file, catalogue=catalogue)
    with screen.progress("simulating cells") as progress:
        result = lab.run(loaded, progress=progress, catalogue=catalogue, **how)
    screen.show_table(result.table())
    if result.wells is not None:
        screen.show_table(result.wells.shown())
    for table in result.endpoints.tables():
        screen.show_table(table)
    for line in result.failures():
        screen.complain(line)
    folder = result.write(out, force=force, parquet=parquet)
    beside = ["readouts.csv", *result.endpoints.files(), *(result.wells.files() if result.wells else ())]
    screen.say(f"Written, SIMULATED: {folder / 'report.html'}, {', '.join(beside)} and run.json beside it.")
    raise typer.Exit(result.exit_code)


def _run_ensemble(
    file: Path, out: Path, how: dict[str, Any], which: tuple[int, Path | None, int], *, force: bool
) -> None:
    from smaclab import lab

    number, path, draw_seed = which
    known = lab.ensemble_from(path)
    with screen.progress("parameter sets") as progress:
        found = lab.run_ensemble(file, number, ensemble=known, draw_seed=draw_seed, progress=progress, **how)
    screen.show_table(found.table())
    for line in found.shipped.failures():
        screen.complain(line)
    folder = found.write(out, force=force)
    screen.say(f"Written, SIMULATED: {folder / 'report.html'}, bands.csv, ensemble.json and more beside it.")
    raise typer.Exit(found.shipped.exit_code)


def _run_plate(
    file: Path, out: Path, how: dict[str, Any], given: dict[str, Any], *, force: bool, parquet: bool
) -> None:
    from smaclab import lab

    plate = lab.read_plate(file, read_at=given["--duration"] or lab.READ_AT, cell_line=given["--cell-line"])
    screen.say(f"{file}: {plate.summary()}")
    for note in plate.notes:
        screen.say(f"Note: {note}")
    with screen.progress("simulating cells") as progress:
        result = lab.run_plate(plate, readouts=given["--readout"] or (), progress=progress, **how)
    screen.show_table(result.table(most=_MOST_ROWS))
    if result.plate.plate.measured:
        screen.show_table(result.agreement_table())
    for line in result.failures():
        screen.complain(line)
    folder = result.write(out, force=force, parquet=parquet)
    tables = "results.csv and results.xlsx" if (folder / "results.xlsx").exists() else "results.csv"
    screen.say(f"Written, SIMULATED: {folder / 'report.html'}, {tables} beside it.")
    raise typer.Exit(result.exit_code)
