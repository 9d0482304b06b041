"""Options that several commands share."""

from typing import Annotated

import typer

Cells = Annotated[
    int | None, typer.Option("--cells", min=1, help="Cells an experiment, instead of the file's.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Seed, instead of the file's.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes; all cores by default.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the results in the folder.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
