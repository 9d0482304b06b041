"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Cells = Annotated[
    int | None, typer.Option("--cells", min=1, help="Cells an experiment, instead of the file's.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Seed, instead of the file's.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Threads; all cores by default.")]
EnsembleFile = Annotated[
    Path | None,
    typer.Option(
        "--ensemble-file", help="Parameter sets of `smaclab calibrate`, instead of those that ship."
    ),
]
DrawSeed = Annotated[int, typer.Option("--draw-seed", min=0, help="Which parameter sets are drawn.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the results in the folder.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
SolverName = Annotated[
    str | None,
    typer.Option("--solver", help="compiled (the default) or scipy: one cell at a time, slow, independent."),
]
Precision = Annotated[
    str | None,
    typer.Option("--precision", help="double (the default) or screening: single precision, audited."),
]
MaxMemory = Annotated[
    str | None,
    typer.Option("--max-memory", help="What the cells in work may take, such as 500MB or 2GiB."),
]
File = Annotated[Path, typer.Argument(help="The experiment, a TOML file; with a grid, a lane each.")]
At = Annotated[
    str | None,
    typer.Option("--at", help='Times, such as "0, 30 min, 4 h"; bare numbers are hours. The end by default.'),
]
Picture = Annotated[
    Path | None,
    typer.Option("--out", help="Picture to write, .svg or .png; its numbers come beside it, .csv."),
]
Replicates = Annotated[
    int, typer.Option("--replicates", min=1, help="How many times the same samples are measured.")
]
BenchSeed = Annotated[
    int, typer.Option("--noise-seed", min=0, help="Seed of the instrument's noise, not of the cells.")
]
NoNoise = Annotated[bool, typer.Option("--no-noise", help="What is there, as the instrument answers to it.")]
Width = Annotated[int | None, typer.Option("--width", min=200, help="Of the picture, in pixels.")]
Duration = Annotated[
    str | None,
    typer.Option("--duration", help="Of a plate whose wells name no time: when they are read, such as 48h."),
]
CellLineName = Annotated[str | None, typer.Option("--cell-line", help="Of a plate whose wells name none.")]
