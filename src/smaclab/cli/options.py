"""Options that several commands share."""

from typing import Annotated

import typer

Cells = Annotated[
    int | None, typer.Option("--cells", min=1, help="Cells an experiment, instead of the file's.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Seed, instead of the file's.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Threads; all cores by default.")]
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
Duration = Annotated[
    str | None,
    typer.Option("--duration", help="Of a plate whose wells name no time: when they are read, such as 48h."),
]
CellLineName = Annotated[str | None, typer.Option("--cell-line", help="Of a plate whose wells name none.")]
